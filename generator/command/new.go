package command

import (
	"github.com/spf13/cobra"

	"allclear/generator/edit"
	"allclear/generator/status"
)

func newNew(h *Host) *cobra.Command {
	w := &writing{site: site{host: h}}
	text := &textFlags{host: h}
	var n edit.New
	var maintenance bool
	cmd := &cobra.Command{
		Use:   "new [TITLE]",
		Short: "Report an incident, or announce a maintenance",
		Example: `  allclear new "API requests fail" -c api=major_outage -m "We are looking into it."
  allclear new "Reports are slow" -c reports -s minor -m "…" --at -12m
  allclear new --maintenance "Database move" -c api --from "2026-12-01 03:00" --for 2h -m "…"`,
		Long: `new writes the file of a new event, with the current time. Its name is made of the
date and the title. The content is checked with the file before it is written;
if it has an error, nothing is written.

A component is named by its id, its name, or a part of one; a group means its
components. Without a status, the severity says how bad it is.

A template gives what the command line leaves out. On a terminal, without -m and
-F, the text is written in $VISUAL or $EDITOR, and what is missing is asked for;
nowhere else. Without a terminal the text may be piped in.

Times are a time today (04:03), a time ago (-12m), or a whole time ("2026-12-01
03:00", in the site's zone unless it names another).

--json prints the same document as "allclear update --json".`,
		Annotations: exits("the event is written", "it is refused, with the reasons, or could not be written"),
		Args:        cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if args = text.cutDash(args); len(args) > 1 {
				return wrongUsage(cmd, "unexpected argument %q; put the title in quotes", args[1])
			}
			if len(args) == 1 {
				n.Title = args[0]
			}
			if maintenance {
				n.Kind = status.Maintenance
			}
			if n.Text, err = text.read(cmd, n.Template == ""); err != nil {
				return err
			}
			if text.edit || h.interactive() && (!text.given() || n.Title == "") {
				if err := w.askNew(cmd.Context(), &n, text); err != nil {
					return text.end(h.reportProblem(err), false)
				}
			}
			return text.end(w.apply(cmd, func(c *edit.Content) (*edit.Change, error) { return n.Plan(c) }, nil), w.dry || w.print)
		},
	}
	flags := cmd.Flags()
	text.add(cmd)
	flags.StringArrayVarP(&n.Components, "component", "c", nil, "what is affected, `COMPONENT[=STATUS]`: by id, name or a part of one; a group means its components")
	flags.StringVarP(&n.Severity, "severity", "s", "", "how bad it is: none, minor, major or critical; default: the worst status of a component")
	flags.StringVar(&n.Status, "status", "", "the first `status`; default: investigating, of a maintenance scheduled")
	flags.StringVar(&n.At, "at", "", "the `time` of the first update; default: now")
	flags.StringVar(&n.Started, "started", "", "the `time` at which the impact began, if that was earlier")
	flags.StringVar(&n.Next, "next", "", "promise the next update: in a `duration`, or by a time")
	flags.StringVar(&n.ID, "id", "", "the `id`, which is the file's name; default: made of the date and the title")
	flags.BoolVar(&maintenance, "maintenance", false, "it is planned work, with --from and --for or --until")
	flags.StringVar(&n.From, "from", "", "the `time` at which a maintenance begins")
	flags.StringVar(&n.For, "for", "", "how long a maintenance takes: a `duration` such as 2h")
	flags.StringVar(&n.Until, "until", "", "the `time` at which a maintenance ends")
	flags.BoolVar(&n.Scheduled, "scheduled", false, "the time may be in the future; the event is held back until then")
	flags.StringVarP(&n.Template, "template", "t", "", "begin with a `template` in content/templates/")
	w.add(cmd)
	w.addPrint(cmd)
	w.completeNew(cmd)
	return cmd
}
