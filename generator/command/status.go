package command

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"allclear/generator"
	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/edit"
	"allclear/generator/source"
	"allclear/generator/status"
)

func newStatus(h *Host) *cobra.Command {
	s := &site{host: h}
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "status",
		Short: "List what is open, with ids, from the content",
		Example: `  allclear status
  allclear status --json`,
		Long: `status prints the banner, and every incident and maintenance that is open: its id,
its status, what it affects, and its updates with the ids that update --corrects
takes. It reads the content, not a published site.

--json prints {"banner", "events": [{"id", "kind", "title", "status", "since",
"severity", "scheduled_for", "scheduled_until", "next_update", "components":
[{"id", "name", "status"}], "updates": [{"id", "status", "at"}], "file"}],
"faulty"}, with null for what an event has not. "faulty" lists the files that have
an error: they may be open.`,
		Annotations: exits("the list is printed", "the content could not be read, or site.yaml has an error"),
		Args:        arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return await(cmd.Context(), func() error {
				c, err := edit.Read(generator.Options{Content: s.content, Now: h.Now(), Theme: h.Theme})
				if err != nil {
					return h.reportProblem(err)
				}
				if asJSON {
					return h.printJSON(statusOf(c))
				}
				return h.printStatus(c)
			})
		},
	}
	s.addContent(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document instead of text")
	return cmd
}

func (h *Host) printStatus(c *edit.Content) error {
	var b strings.Builder
	open := c.Open()
	switch {
	case c.Diagnostics().HasErrors():
		fmt.Fprintf(&b, "the content has errors, and files with one are left out here; \"allclear check\" lists them\n")
	default:
		fmt.Fprintf(&b, "%s\n", diag.Printable(c.Banner()))
	}
	for _, file := range c.Faulty() {
		fmt.Fprintf(&b, "%s has an error, and may be open\n", diag.Printable(file))
	}
	if len(open) == 0 && len(c.Faulty()) == 0 {
		b.WriteString("nothing is open\n")
	}
	for _, e := range open {
		fmt.Fprintf(&b, "\n%s\n  %s\n  %s\n", e.ID, diag.Printable(e.Title), strings.Join(openWords(c, e), "; "))
		for _, a := range e.Affected {
			fmt.Fprintf(&b, "  %s: %s\n", diag.Printable(a.Component.FullName()), a.Now)
		}
		for _, u := range toldBy(e, c.Now) {
			fmt.Fprintf(&b, "  update %s: %s, %s\n", u.ID, strings.ReplaceAll(u.Status.String(), "_", " "), c.Said(u.At))
		}
	}
	_, err := io.WriteString(h.Stdout, b.String())
	return err
}

// toldBy are the updates that persons wrote and that have happened. The clock's have
// no id that can be written.
func toldBy(e *derive.Event, now time.Time) []status.Update {
	return slices.DeleteFunc(slices.Clone(e.Event.Updates), func(u status.Update) bool { return u.At.After(now) })
}

// openWords say how an open event is.
func openWords(c *edit.Content, e *derive.Event) []string {
	last := e.Updates[len(e.Updates)-1]
	words := []string{e.Kind.String() + " " + strings.ReplaceAll(e.Status.String(), "_", " ")}
	switch {
	case e.Upcoming():
		words = append(words, "begins "+c.Said(e.ScheduledFor)+", for "+source.FormatDuration(e.ScheduledUntil.Sub(e.ScheduledFor)))
	case e.Kind == status.Maintenance:
		words = append(words, "ends "+c.Said(e.ScheduledUntil))
	default:
		words[0] = e.Severity.String() + " " + words[0]
		words = append(words, "last update "+c.Said(last.At)+", "+inWords(c.Now.Sub(last.At))+" ago")
	}
	switch {
	case e.Promise.Overdue:
		words = append(words, "the next one is overdue since "+c.Said(e.Promise.By))
	case !e.Promise.By.IsZero():
		words = append(words, "the next one is promised for "+c.Said(e.Promise.By))
	}
	return words
}

// statusReport is the documented form of --json.
type statusReport struct {
	Banner *string     `json:"banner"` // null if the content has errors
	Events []openEvent `json:"events"`
	Faulty []string    `json:"faulty"` // files with an error, which may be open
}

type openEvent struct {
	ID             string          `json:"id"`
	Kind           string          `json:"kind"`
	Title          string          `json:"title"`
	Status         string          `json:"status"`
	Since          *string         `json:"since"` // the last update
	Severity       *string         `json:"severity"`
	ScheduledFor   *string         `json:"scheduled_for"`
	ScheduledUntil *string         `json:"scheduled_until"`
	NextUpdate     *string         `json:"next_update"`
	Components     []openComponent `json:"components"`
	Updates        []toldUpdate    `json:"updates"`
	File           string          `json:"file"`
}

type openComponent struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Status string `json:"status"`
}

type toldUpdate struct {
	ID     string  `json:"id"`
	Status string  `json:"status"`
	At     *string `json:"at"`
}

func statusOf(c *edit.Content) statusReport {
	r := statusReport{Banner: orNull(c.Banner()), Events: []openEvent{}, Faulty: append([]string{}, c.Faulty()...)}
	for _, e := range c.Open() {
		o := openEvent{
			ID: e.ID, Kind: e.Kind.String(), Title: e.Title, Status: e.Status.String(),
			Since: instant(e.Updates[len(e.Updates)-1].At), NextUpdate: instant(e.Promise.By),
			ScheduledFor: instant(e.ScheduledFor), ScheduledUntil: instant(e.ScheduledUntil),
			Components: []openComponent{}, Updates: []toldUpdate{}, File: e.Position.File,
		}
		if e.Kind == status.Incident {
			o.Severity = orNull(e.Severity.String())
		}
		for _, a := range e.Affected {
			o.Components = append(o.Components, openComponent{a.Component.ID, a.Component.FullName(), a.Now.String()})
		}
		for _, u := range toldBy(e, c.Now) {
			o.Updates = append(o.Updates, toldUpdate{u.ID, u.Status.String(), instant(u.At)})
		}
		r.Events = append(r.Events, o)
	}
	return r
}

// instant is RFC 3339 in UTC; nil for no time.
func instant(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return orNull(t.UTC().Format(time.RFC3339))
}
