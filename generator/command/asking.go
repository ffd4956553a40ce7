package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"charm.land/huh/v2"

	"allclear/generator/derive"
	"allclear/generator/edit"
	"allclear/generator/source"
	"allclear/generator/status"
)

// askUpdate asks for what the command line of an update leaves out.
func (w *writing) askUpdate(ctx context.Context, u *edit.Update, t *textFlags) error {
	c, err := edit.Read(w.options())
	if err != nil {
		return err
	}
	e, err := c.Find(u.Event, edit.StatusNamed(u.Status))
	var several *edit.Ambiguous
	if errors.As(err, &several) && w.host.interactive() {
		if u.Event, err = w.host.askEvent(ctx, several.Events); err == nil {
			e, err = c.Find(u.Event, 0)
		}
	}
	if err != nil {
		return u.Explain(err)
	}
	u.Event = e.ID
	if w.host.interactive() && u.Status == "" {
		if err := w.host.ask(ctx, statusField(e, &u.Status)); err != nil {
			return err
		}
	}
	template := c.TemplateFor(u.Status)
	if u.Template != "" {
		if template, err = c.Template(u.Template); err != nil {
			return err
		}
	}
	if !t.edit && template == nil && !edit.NeedsText(edit.StatusNamed(u.Status)) {
		return nil
	}
	u.Text, err = t.ask(ctx, template, aboutUpdate(c, e, u.Status))
	return err
}

// askNew asks for what the command line of a new event leaves out.
func (w *writing) askNew(ctx context.Context, n *edit.New, t *textFlags) error {
	c, err := edit.Read(w.options())
	if err != nil {
		return err
	}
	var template *status.Template
	if n.Template != "" {
		if template, err = c.Template(n.Template); err != nil {
			return err
		}
		*n = n.FillIn(template)
	}
	if w.host.interactive() {
		if err := w.host.ask(ctx, missingFields(c, n)...); err != nil {
			return err
		}
	}
	if !t.given() {
		about := []string{"Write the first update above this line, in Markdown. An empty text ends it.", "", n.Title}
		n.Text, err = t.ask(ctx, template, append(about, n.Components...))
	}
	return err
}

// missingFields ask for what a new event needs and the command line has not.
func missingFields(c *edit.Content, n *edit.New) []huh.Field {
	var fields []huh.Field
	if n.Title == "" {
		fields = append(fields, titleField(&n.Title))
	}
	graded := n.Severity != "" || n.Kind == status.Maintenance
	for _, component := range n.Components {
		graded = graded || strings.Contains(component, "=")
	}
	if len(n.Components) == 0 && len(c.Site.Components) > 0 {
		fields = append(fields, componentsField(c, &n.Components))
	}
	if !graded {
		fields = append(fields, severityField(&n.Severity))
	}
	if n.Kind == status.Maintenance && n.From == "" {
		fields = append(fields, lineField("When does it begin? ("+c.Site.Zone.String()+")", c.Now.In(c.Site.Zone).AddDate(0, 0, 1).Format("2006-01-02 15:00"), &n.From))
	}
	if n.Kind == status.Maintenance && n.For == "" && n.Until == "" {
		fields = append(fields, lineField("How long does it take?", "2h", &n.For))
	}
	return fields
}

// ask has the text written: in the user's editor if there is one, else in a field on
// the terminal.
func (t *textFlags) ask(ctx context.Context, template *status.Template, about []string) (string, error) {
	initial := ""
	if template != nil {
		initial = template.Text
	}
	if t.edit || t.host.hasEditor() || initial != "" {
		err := t.write(initial, about)
		return t.typed, err
	}
	err := t.host.ask(ctx, textField(&t.typed))
	return t.typed, err
}

// aboutUpdate tells the writer of an update what it is for.
func aboutUpdate(c *edit.Content, e *derive.Event, word string) []string {
	lines := []string{
		"Write the text of the update above this line, in Markdown. An empty text ends it.", "",
		e.Title + " (" + e.Position.File + ")",
	}
	if word != "" {
		lines = append(lines, "new status: "+word)
	}
	last := e.Updates[len(e.Updates)-1]
	lines = append(lines, "", "The last update, "+strings.ReplaceAll(last.Status.String(), "_", " ")+" since "+source.FormatTimestamp(last.At.UTC())+":")
	for line := range strings.Lines(last.Text.Plain) {
		lines = append(lines, "  "+strings.TrimRight(line, "\n"))
	}
	lines = append(lines, "", "Components, which --set changes:")
	for _, component := range c.Site.Components {
		if component.RetiredAt(c.Now) {
			continue
		}
		now := "operational"
		for _, a := range e.Affected {
			if a.Component.Component == component {
				now = a.Now.String()
			}
		}
		lines = append(lines, fmt.Sprintf("  %s=%s  %s", component.ID, now, component.FullName()))
	}
	return lines
}
