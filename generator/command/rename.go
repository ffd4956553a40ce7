package command

import (
	"github.com/spf13/cobra"

	"allclear/generator/edit"
)

func newRename(h *Host) *cobra.Command {
	w := &writing{site: site{host: h}}
	cmd := &cobra.Command{
		Use:   "rename EVENT NEW-ID",
		Short: "Give an event a new address, and keep the old one and all ids",
		Example: `  allclear rename 2026-11-26-api-requests-fail 2026-11-26-checkout-fails
  allclear rename requests 2026-11-26-checkout-fails --dry-run`,
		Long: `rename moves the file of an event, and its translations. The old address becomes an
alias, which leads to the new one, and api_id keeps the id that the API, the
feeds and the calendar have. Events that name it as related are changed too.
No other byte of any file changes, and all of the content is checked first.

EVENT is an id, or a part of an id or title.

--json prints the same document as "allclear update --json"; status and at are null.`,
		Annotations:           exits("the event is renamed", "it is refused, with the reasons, or could not be written"),
		DisableFlagsInUseLine: true,
		Args:                  arguments("the event", "the new id"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return w.apply(cmd, edit.Rename{Event: args[0], ID: args[1]}.Plan, nil)
		},
	}
	w.add(cmd)
	w.completeRename(cmd)
	return cmd
}
