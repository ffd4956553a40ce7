package command

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"allclear/generator"
)

func newNext(h *Host) *cobra.Command {
	s := &site{host: h}
	cmd := &cobra.Command{
		Use:   "next",
		Short: "Print when the clock alone changes the site next",
		Example: `  allclear next                          2022-12-02T00:00:00Z
  allclear next --now "2022-12-01 10:48 UTC"`,
		Long: `next prints the next instant at which the site changes although its content
does not: a maintenance or an announcement begins or ends, an update that was
held back is published, or a day begins in the site's zone. A build before
that instant changes no file.

Standard output is only the instant, RFC 3339 in UTC, or the word never;
standard error has it in words and in the site's zone.`,
		Annotations: exits("the instant is printed", "the content has an error, or could not be read"),
		Args:        arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := s.options(cmd)
			if err != nil {
				return err
			}
			return await(cmd.Context(), func() error { return h.next(o) })
		},
	}
	s.addContent(cmd)
	s.addNow(cmd)
	return cmd
}

func (h *Host) next(o generator.Options) error {
	result, err := generator.Check(o)
	if err != nil {
		return err
	}
	if result.Diagnostics.HasErrors() {
		return h.refuse(result.Diagnostics, "")
	}
	at := result.Snapshot.Next
	if at.IsZero() {
		_, err := fmt.Fprintln(h.Stdout, "never")
		return err
	}
	if _, err := fmt.Fprintln(h.Stdout, at.UTC().Format(time.RFC3339)); err != nil {
		return err
	}
	_, err = fmt.Fprintf(h.Stderr, "in %s, on %s\n", inWords(at.Sub(o.Now)), at.In(result.Snapshot.Site.Zone).Format("Monday, January 2, 2006 at 15:04 MST"))
	return err
}

// inWords is a duration, rounded up to the minute.
func inWords(d time.Duration) string {
	minutes := int((d + time.Minute - 1) / time.Minute)
	days, hours := minutes/(24*60), minutes/60%24
	switch {
	case days > 0:
		return fmt.Sprintf("%dd %dh", days, hours)
	case hours > 0:
		return fmt.Sprintf("%dh %dm", hours, minutes%60)
	}
	return fmt.Sprintf("%dm", minutes)
}
