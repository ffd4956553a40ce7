package command

import (
	"github.com/spf13/cobra"

	"allclear/generator/edit"
)

func newUpdate(h *Host) *cobra.Command {
	w := &writing{site: site{host: h}}
	text := &textFlags{host: h}
	var u edit.Update
	cmd := &cobra.Command{
		Use:   "update [EVENT] [STATUS]",
		Short: "Add an update to an incident or a maintenance",
		Example: `  allclear update resolved               resolve the only open incident
  allclear update identified -m "A disk is full. We are adding space."
  allclear update api monitoring -m "It is back." --set api=operational
  allclear update -m "Still slow." --next 30m --at -12m`,
		Long: `update adds one block to the end of an event's file, with the current time. No
other byte of the file changes. The content is checked with the block before
anything is written; if it has an error, the file stays as it was.

EVENT is an id, or a part of an id or title. It may be left out if only one
event is open. STATUS is one of
  incident     investigating, identified, monitoring, resolved, postmortem
  maintenance  scheduled, in_progress, verifying, completed, cancelled
Without it the update keeps the current status.

The text is Markdown. On a terminal, without -m and -F, it is written in $VISUAL or
$EDITOR, and what is missing is asked for; nowhere else. Without a terminal the text
may be piped in, if the status needs one.

--at is a time today (04:03), a time ago (-12m), or a whole time ("2026-12-01
03:00", in the site's zone unless it names another).

--json prints {"written", "event", "kind", "status", "at", "files", "line",
"block", "banner": {"before", "after"}, "components": [{"id", "name", "before",
"after"}], "git", "diagnostics"}.`,
		Annotations: exits("the update is written", "it is refused, with the reasons, or could not be written"),
		Args:        cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			args = text.cutDash(args)
			if u.Event, u.Status, err = eventAndStatus(cmd, args); err != nil {
				return err
			}
			needed := u.Template == "" && edit.NeedsText(edit.StatusNamed(u.Status))
			if u.Text, err = text.read(cmd, needed); err != nil {
				return err
			}
			if !text.given() && (text.edit || h.interactive()) {
				if err := w.askUpdate(cmd.Context(), &u, text); err != nil {
					return text.end(h.reportProblem(err), false)
				}
			}
			return text.end(w.apply(cmd, func(c *edit.Content) (*edit.Change, error) { return u.Plan(c) }, func(id string) { u.Event = id }), w.dry || w.print)
		},
	}
	flags := cmd.Flags()
	text.add(cmd)
	flags.StringArrayVarP(&u.Set, "set", "c", nil, "set a component's status, `COMPONENT=STATUS`: by id, name or a part of one; a group means its components")
	flags.StringVarP(&u.Severity, "severity", "s", "", "set the severity: none, minor, major or critical")
	flags.StringVar(&u.At, "at", "", "the `time` of the update; default: now")
	flags.StringVar(&u.Next, "next", "", "promise the next update: in a `duration`, or by a time")
	flags.StringVar(&u.From, "from", "", "move the beginning of a maintenance to this `time`")
	flags.StringVar(&u.Until, "until", "", "move the end of a maintenance to this `time`")
	flags.StringVar(&u.For, "for", "", "how long a maintenance takes from its beginning: a `duration` such as 2h")
	flags.StringVar(&u.Corrects, "corrects", "", "the `id` of an older update that this one corrects")
	flags.BoolVar(&u.Scheduled, "scheduled", false, "the time may be in the future; the update is held back until then")
	flags.StringVarP(&u.Template, "template", "t", "", "begin with the text of a `template` in content/templates/; default: the one named like the status")
	w.add(cmd)
	w.addPrint(cmd)
	w.completeUpdate(cmd)
	return cmd
}

// eventAndStatus sorts out the arguments of update. One argument is a status if it
// is one, or if it looks more like one than like an event.
func eventAndStatus(cmd *cobra.Command, args []string) (event, word string, err error) {
	switch len(args) {
	case 0:
		return "", "", nil
	case 1:
		if edit.StatusNamed(args[0]) != 0 {
			return "", args[0], nil
		}
		return args[0], "", nil
	case 2:
		if edit.StatusNamed(args[0]) != 0 && edit.StatusNamed(args[1]) == 0 {
			return args[1], args[0], nil
		}
		return args[0], args[1], nil
	}
	return "", "", wrongUsage(cmd, "unexpected argument %q; put a text or a title with blanks in quotes", args[2])
}
