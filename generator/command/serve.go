package command

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"allclear/generator/diag"
	"allclear/generator/preview"
)

// defaultAddr is the address that the preview listens on unless its port is taken.
const defaultAddr = "127.0.0.1:8080"

func newServe(h *Host) *cobra.Command {
	s := &site{host: h}
	addr := defaultAddr
	var poll, open bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Preview the site live, on this machine only",
		Example: `  allclear serve                         the site at http://127.0.0.1:8080/, or the next free port
  allclear serve --open                  the same, and open it in a browser
  allclear serve --now "2022-12-01 10:48 UTC"`,
		Long: `serve serves the site as a host would, including drafts and updates that are
held back. Every open tab shows each change of the content or a theme as soon
as it is saved. serve writes no file and answers only this machine. Ctrl-C
ends it.

The first line on standard output is the address. Then each rebuild prints a
line: what changed, how long it took, and the number of errors and warnings.
The diagnostics are printed on standard error. While the content has errors,
the last good site stays, with the errors on top.`,
		Annotations: exits("the preview was ended by Ctrl-C or SIGTERM", "there is no content folder, or the address is taken"),
		Args:        arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := s.options(cmd)
			if err != nil {
				return err
			}
			return h.serve(cmd.Context(), preview.Options{
				Site:     o,
				Clock:    h.Now,
				Addr:     addr,
				NextPort: !cmd.Flags().Changed("addr"),
				Poll:     poll,
			}, open)
		},
	}
	s.addContent(cmd)
	usage := fmt.Sprintf("the `address` to listen on, on this machine; port 0 is any free one (default %s)", defaultAddr)
	cmd.Flags().Func("addr", usage, func(text string) error {
		parsed, err := preview.ParseAddr(text)
		addr = parsed.String()
		return err
	})
	s.addNow(cmd)
	cmd.Flags().BoolVar(&poll, "poll", false, "poll all files twice a second, for network and container mounts, which send no events")
	cmd.Flags().BoolVar(&open, "open", false, "open a browser")
	return cmd
}

// serve returns nil when ctx ends, which is how a preview normally ends.
func (h *Host) serve(ctx context.Context, o preview.Options, open bool) error {
	o.Ready = func(url string) {
		fmt.Fprintf(h.Stdout, "%s\n", url)
		if open {
			if err := preview.Open(url); err != nil {
				fmt.Fprintf(h.Stderr, "%v\n", err)
			}
		}
	}
	o.Rebuilt = h.rebuilt
	o.Note = func(note string) { fmt.Fprintln(h.Stderr, note) }
	return preview.Run(ctx, o)
}

// rebuilt prints the result of a rebuild. It ignores errors in printing, so that
// the preview continues without a reader.
func (h *Host) rebuilt(r preview.Rebuild) {
	summary := r.Diagnostics.Summary()
	switch {
	case r.Err != nil:
		summary = "1 error"
		fmt.Fprintf(h.Stderr, "allclear: %v\n", r.Err)
	case len(r.Diagnostics) > 0:
		_ = r.Diagnostics.Text(h.Stderr, h.color(h.Stderr))
	}
	if r.Changed == nil && r.Undated != nil {
		fmt.Fprintf(h.Stderr, "warning: %s: %v\n", undatedEffect, r.Undated)
	}
	fmt.Fprintf(h.Stdout, "%s: %s, %s\n", cause(r.Changed), milliseconds(r.Took), summary)
}

// cause is the cause of a rebuild in words.
func cause(changed []string) string {
	switch {
	case changed == nil:
		return "all files"
	case len(changed) == 0:
		return "the clock"
	case len(changed) == 1:
		return diag.Printable(changed[0])
	}
	return fmt.Sprintf("%s and %d more", diag.Printable(changed[0]), len(changed)-1)
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) }
