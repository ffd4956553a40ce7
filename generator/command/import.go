package command

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"allclear/generator/importer"
	"allclear/generator/importer/cstate"
	"allclear/generator/importer/statuspage"
)

func newImport(h *Host) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Move a history in from Statuspage or cState",
		Example: `  allclear import statuspage https://status.example.com
  allclear import cstate ../old-status`,
		Long: `import writes the history of another status page into the content folder:
site.yaml where there is none, and one Markdown file an event. It writes over
nothing. A second run adds what is new: events as files, further updates at the
end of theirs; where the source tells an event otherwise than its file does, it
says so and leaves the file.

A report on standard output names what was mended, what could not be carried,
and where.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return wrongUsage(cmd, "nothing is imported from %q%s", args[0], near(args[0], commandNames(cmd)))
			}
			return wrongUsage(cmd, "a source is missing: statuspage or cstate")
		},
	}
	cmd.AddCommand(newImportStatuspage(h), newImportCState(h))
	return cmd
}

// importing holds what both sources have in common.
type importing struct {
	site
	zone     zone
	insecure bool
}

const reported = "the history is in the content folder, and the report says what is not"

func newImportStatuspage(h *Host) *cobra.Command {
	i := &importing{site: site{host: h}}
	cmd := &cobra.Command{
		Use:   "statuspage SOURCE",
		Short: "From a page on Atlassian Statuspage",
		Example: `  allclear import statuspage https://status.example.com    what the page's API tells now
  allclear import statuspage recorded/                      what it told before, in files`,
		Long: `import statuspage takes the answers of Statuspage's API: SOURCE is the address
of a page, a folder of recorded answers, or one of them. In a folder it reads
incidents.json, scheduled-maintenances.json, components.json, summary.json and
any other file of theirs, such as further pages of incidents.

An address tells the 50 newest incidents and maintenances alone; what is older
comes in from answers recorded before.

Ids of page, components, events and updates stay as clients know them.`,
		Annotations: exits(reported, "nothing was written: the source could not be read, or the content has a mistake"),
		Args:        arguments("the source"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return i.run(cmd, func(ctx context.Context, o importer.Options) (*importer.Report, error) {
				return statuspage.Import(ctx, args[0], o)
			})
		},
	}
	i.add(cmd)
	cmd.Flags().BoolVar(&i.insecure, "insecure-http", false, "take the history over plain http, which anybody on the way can change; this machine needs no leave")
	return cmd
}

func newImportCState(h *Host) *cobra.Command {
	i := &importing{site: site{host: h}}
	cmd := &cobra.Command{
		Use:   "cstate DIR",
		Short: "From a cState site, or one like it",
		Example: `  allclear import cstate ../old-status
  allclear import cstate ../old-status --timezone Europe/Berlin`,
		Long: `import cstate takes the folder of a site made with cState, netlify-statuskit or
ClearStatus: its settings, and every issue of the site's language.

Updates come out of an issue's text where it says for certain when they were
written; the rest stays in the text as it is. No time is invented. The old
addresses lead to the new pages.`,
		Annotations:           exits(reported, "nothing was written: the source could not be read, or the content has a mistake"),
		DisableFlagsInUseLine: true,
		Args:                  arguments("the folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return i.run(cmd, func(_ context.Context, o importer.Options) (*importer.Report, error) {
				return cstate.Import(args[0], o)
			})
		},
	}
	i.add(cmd)
	return cmd
}

func (i *importing) add(cmd *cobra.Command) {
	i.addContent(cmd)
	cmd.Flags().Var(&i.zone, "timezone", "the `zone` of times that name none, and of the new site: an IANA name such as Europe/Berlin; else the source's own, else UTC")
}

func (i *importing) run(cmd *cobra.Command, from func(context.Context, importer.Options) (*importer.Report, error)) error {
	return await(cmd.Context(), func() error {
		report, err := from(cmd.Context(), importer.Options{
			Content: i.content, Zone: i.zone.Location, Now: i.host.Now(), InsecureHTTP: i.insecure,
		})
		if err != nil {
			return err
		}
		if i.host.verbose {
			for _, name := range report.Written {
				fmt.Fprintf(i.host.Stderr, "wrote %s\n", name)
			}
			for _, name := range report.Appended {
				fmt.Fprintf(i.host.Stderr, "added to %s\n", name)
			}
		}
		return report.Print(i.host.Stdout)
	})
}

// zone is a flag that holds a time zone.
type zone struct{ *time.Location }

func (z *zone) String() string {
	if z.Location == nil {
		return ""
	}
	return z.Location.String()
}

func (z *zone) Type() string { return "zone" }

func (z *zone) Set(name string) error {
	location, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return fmt.Errorf("%q is no IANA time zone; write it like Europe/Berlin or Etc/UTC", name)
	}
	z.Location = location
	return nil
}
