package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"allclear/generator/importer"
	"allclear/generator/importer/recorder"
	"allclear/generator/importer/statuspage"
)

func newImportStatuspage(h *Host) *cobra.Command {
	i := &importFlags{site: site{host: h}}
	var o recorder.Options
	cmd := &cobra.Command{
		Use:   "statuspage SOURCE",
		Short: "From a page on Atlassian Statuspage",
		Example: `  allclear import statuspage https://status.example.com    the whole history of a page
  allclear import statuspage recorded/                      recorded responses, in files`,
		Long: `import statuspage reads the responses of Statuspage's API: SOURCE is the address
of a page, a folder of recorded responses, or one of them.

From an address it reads the whole history: the list of all incidents and
maintenances, and each of them, two requests a second unless --rate says
otherwise. The responses are kept in a folder, statuspage- and the host's name,
or the one that --recorded names. An interrupted run goes on where it stopped,
and a later one asks only for what may have changed; --refresh asks for
everything. A page that has no such list, as one on incident.io, gives the 50
newest, and the report says so.

In a folder it reads every .json file that is a response: incidents.json,
scheduled-maintenances.json, components.json, summary.json, single incidents.

The page, components, events and updates keep the ids that clients know, and the
old addresses of events lead to the new pages.`,
		Annotations: exits(imported, notImported),
		Args:        arguments("the source"),
		RunE: func(cmd *cobra.Command, args []string) error {
			address := isAddress(args[0])
			for _, flag := range []string{"recorded", "rate", "refresh", "insecure-http"} {
				if !address && cmd.Flags().Changed(flag) {
					return wrongUsage(cmd, "--%s is for an address, which begins with https://", flag)
				}
			}
			if !(o.Rate > 0 && o.Rate <= 1000) {
				return wrongUsage(cmd, "--rate is %v; write a number of requests a second, such as 2 or 0.5", o.Rate)
			}
			report, source := &importer.Report{}, args[0]
			if address {
				i.first = func(ctx context.Context) (err error) {
					source, err = i.record(ctx, args[0], o, report)
					return err
				}
			}
			return i.run(cmd, func(to importer.Options) (*importer.Report, error) {
				return report, statuspage.Import(source, to, report)
			})
		},
	}
	i.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&o.Folder, "recorded", "", "the `folder` that keeps the responses of an address (default statuspage-HOST)")
	must(cmd.MarkFlagDirname("recorded"))
	flags.Float64Var(&o.Rate, "rate", 2, "requests a second, at most")
	flags.BoolVar(&o.Refresh, "refresh", false, "ask again for what was recorded and is over")
	flags.BoolVar(&o.InsecureHTTP, "insecure-http", false, "read the history over plain http, which anyone on the network can change; not needed for this machine")
	return cmd
}

// record records the page at an address, and shows the progress on a terminal.
func (i *importFlags) record(ctx context.Context, address string, o recorder.Options, report *importer.Report) (folder string, err error) {
	shown := newStages(i.host)
	o.Now, o.Wait, o.Progress = i.host.Now, wait, shown.now
	folder, err = recorder.Record(ctx, address, o, report)
	shown.end()
	switch {
	case err == nil:
		fmt.Fprintf(i.host.Stderr, "the page's responses are kept in %s; the next import asks only for what may have changed\n", folder)
	case errors.Is(err, context.Canceled): // which is all that is said about it
		fmt.Fprintln(i.host.Stderr, "what was read so far is kept; run the same command again to go on from there")
	}
	return folder, err
}

// wait waits for a time, unless ctx ends before.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
