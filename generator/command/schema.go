package command

import (
	"github.com/spf13/cobra"

	"allclear/generator"
	"allclear/generator/check"
)

func newSchema(h *Host) *cobra.Command {
	s := &site{host: h}
	names := newChoice(check.SchemaNames()...)
	cmd := &cobra.Command{
		Use:   "schema KIND",
		Short: "Print the JSON Schema of a file, for editors",
		Example: `  allclear schema site > schema/site.json
  allclear schema incident --content content`,
		Long: `schema prints the JSON Schema (draft 7) of site.yaml or of the front matter of a
file: KIND is site, incident, maintenance, announcement or template. It is made
of the rules of "allclear check". With --content, components must be those of
that site.

An editor with the YAML language server reads the schema that the first line of
site.yaml names:

  # yaml-language-server: $schema=../schema/site.json`,
		Annotations:           exits("the schema is printed", "the content could not be read"),
		DisableFlagsInUseLine: true,
		Args:                  arguments("the kind of file"),
		ValidArgs:             check.SchemaNames(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := names.Set(args[0]); err != nil {
				return wrongUsage(cmd, "%v", err)
			}
			var c *check.Config
			if cmd.Flags().Changed("content") {
				var err error
				if c, err = generator.Config(s.content); err != nil {
					return err
				}
			}
			return h.printJSON(check.SchemaOf(names.word, c))
		},
	}
	s.addContent(cmd)
	return cmd
}
