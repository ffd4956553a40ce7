package command

import (
	"github.com/spf13/cobra"

	"allclear/generator/importer"
	"allclear/generator/importer/mapped"
)

func newImportMarkdown(h *Host) *cobra.Command {
	i := &importFlags{site: site{host: h}}
	var name string
	cmd := &cobra.Command{
		Use:   "markdown DIR --map FILE",
		Short: "From Markdown files of any site, with a map of their keys",
		Example: `  allclear import markdown ../old-status --map map.yaml
  allclear import markdown ../blog/_posts --map map.yaml --timezone Europe/Berlin`,
		Long: `import markdown reads a folder of Markdown files, one for each incident, as
Jekyll, Hugo, Eleventy and Pelican have them. A map says how: which keys of the
front matter are what, which words mean which severity, and how a text tells its
updates. Only the parts that a site has are needed:

  files: _posts/**/*.md            # default: every .md file
  site: { title: Example, url: https://status.example.com }
  timezone: Europe/Berlin          # of times without a zone
  title: title                     # a key, or a list: the first that a file has
  date: date                       # when it began
  end: [resolved_at, fixed]        # when it was over
  resolved: { key: state, words: [closed, done] }   # or only a key: resolved
  severity:
    key: level
    words: { critical: [down, P1], major: P2, minor: [slow, P3], none: info }
  components: affected             # a list, or names with commas between
  maintenance: { key: kind, words: planned }
  draft: draft
  text: description                # where the file has no text
  address: /{year}/{month}/{day}/{slug}.html        # {path}, {name}: its old address
  status:
    words: { investigating: [new], identified: [found], resolved: [fixed] }
  updates:
    headings: true                 # ## 2022-12-01 10:48 UTC, ## Fixed
    bold: true                     # **Update 14:05:** …
    mark: '{{< track "TIME" >}}'   # at the end of a paragraph
    list: { key: updates, date: at, status: state, text: message }
    files: { files: _updates/*.md, event: incident, date: date, status: state }

A part of a text becomes an update if its time is certain; the rest stays in the
update before. No time is invented. Maps for netlify-statuskit and ClearStatus
are in the folder tools/maps of allclear's source.`,
		Annotations:           exits(imported, notImported),
		DisableFlagsInUseLine: true,
		Args:                  arguments("the folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if name == "" {
				return wrongUsage(cmd, "--map is missing: the file that says which keys are what")
			}
			return i.run(cmd, func(o importer.Options) (*importer.Report, error) {
				m, err := mapped.ReadMap(name)
				if err != nil {
					return nil, err
				}
				return mapped.Import(args[0], m, o)
			})
		},
	}
	i.add(cmd)
	cmd.Flags().StringVar(&name, "map", "", "the `file` that says how to read the files")
	must(cmd.MarkFlagFilename("map", "yaml", "yml"))
	return cmd
}
