package command

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"allclear/generator/diag"
	"allclear/generator/importer"
	"allclear/generator/importer/cstate"
)

func newImport(h *Host) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Move a history in from Statuspage, cState or Markdown",
		Example: `  allclear import statuspage https://status.example.com
  allclear import cstate ../old-status
  allclear import markdown ../old-status --map map.yaml`,
		Long: `import writes the history of another status page into the content folder:
site.yaml if it is missing, and one Markdown file per event. It never writes
over a file. A second run adds new events as files, and new updates at the end
of the files of their events. Other differences between the source and a file
are reported, and the file stays unchanged.

A component that site.yaml does not declare is added to it as retired from the
day after the last event that names it. One that an open event names may be a
mistake: it is left out unless --add-components is given.

A report on standard output says what was left out and why, and what was
changed: one line a kind of change, with a count and three positions in the
source. --verbose prints all of them, and --report writes them to a file.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return wrongUsage(cmd, "unknown source %q%s", args[0], near(args[0], commandNames(cmd)))
			}
			return wrongUsage(cmd, "a source is missing: statuspage, cstate or markdown")
		},
	}
	cmd.AddCommand(newImportStatuspage(h), newImportCState(h), newImportMarkdown(h))
	return cmd
}

// importFlags are the flags of both sources.
type importFlags struct {
	site
	zone          *time.Location // nil unless --timezone is given
	addComponents bool
	report        string // a file that gets the whole report, or ""

	first func(context.Context) error // what comes before the import, unless nil; it ends when its context does
}

const (
	imported    = "every event of the source is in the content folder"
	notImported = "an event or a file was left out, as the report says; or nothing was written: the source could not be read, or the content has a mistake"
)

func newImportCState(h *Host) *cobra.Command {
	i := &importFlags{site: site{host: h}}
	cmd := &cobra.Command{
		Use:   "cstate DIR",
		Short: "From a cState site, or one like it",
		Example: `  allclear import cstate ../old-status
  allclear import cstate ../old-status --timezone Europe/Berlin`,
		Long: `import cstate reads the folder of a site made with cState, netlify-statuskit or
ClearStatus: its settings, and every issue in the site's language.

A part of an issue's text becomes an update if its time is certain; the rest of
the text stays unchanged. No time is invented. The old addresses lead to the new
pages.`,
		Annotations:           exits(imported, notImported),
		DisableFlagsInUseLine: true,
		Args:                  arguments("the folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return i.run(cmd, func(o importer.Options) (*importer.Report, error) {
				return cstate.Import(args[0], o)
			})
		},
	}
	i.add(cmd)
	return cmd
}

func (i *importFlags) add(cmd *cobra.Command) {
	i.addContent(cmd)
	i.addNowFor(cmd, "import the history as of this `time`: \"2022-12-01 10:48 UTC\" or RFC 3339; later updates are held back.")
	cmd.Flags().StringVar(&i.report, "report", "", "write the whole report to a `file`, too")
	must(cmd.MarkFlagFilename("report"))
	cmd.Flags().BoolVar(&i.addComponents, "add-components", false, "add components to site.yaml that open events name and it does not declare")
	cmd.Flags().Func("timezone", "the `zone` of times without a zone, and of the new site: an IANA name such as Europe/Berlin; default: that of the source, else UTC", func(name string) (err error) {
		if i.zone, err = time.LoadLocation(name); err != nil || name == "" || name == "Local" {
			return fmt.Errorf("%q is not an IANA time zone; write it like Europe/Berlin or Etc/UTC", name)
		}
		return nil
	})
}

func (i *importFlags) run(cmd *cobra.Command, from func(importer.Options) (*importer.Report, error)) error {
	o, err := i.options(cmd)
	if err != nil {
		return err
	}
	file, err := i.reportFile()
	if err != nil {
		return err
	}
	defer file.Close()
	if i.first != nil {
		if err := i.first(cmd.Context()); err != nil {
			return err
		}
	}
	return await(cmd.Context(), func() error {
		report, err := from(importer.Options{Content: i.content, Zone: i.zone, Now: o.Now, AddComponents: i.addComponents})
		if err != nil {
			return err
		}
		return i.print(report, file)
	})
}

// reportFile opens the file of --report, before anything is written elsewhere;
// nil if there is none.
func (i *importFlags) reportFile() (*os.File, error) {
	if i.report == "" {
		return nil, nil
	}
	return os.Create(i.report)
}

// print prints a report, and writes all of it into a file unless that is nil.
func (i *importFlags) print(report *importer.Report, file *os.File) error {
	if i.host.verbose {
		for _, name := range report.Written {
			fmt.Fprintf(i.host.Stderr, "wrote %s\n", name)
		}
		for _, name := range report.Appended {
			fmt.Fprintf(i.host.Stderr, "added to %s\n", name)
		}
	}
	if file != nil {
		if err := report.Print(diag.NewDoor(file, false), true); err != nil {
			return err
		}
	}
	if err := report.Print(i.host.Stdout, i.host.verbose); err != nil {
		return err
	}
	if report.LeftOut() > 0 {
		return errReported
	}
	return nil
}
