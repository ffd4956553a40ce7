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
	w.host.printNotes(c.Notes())
	u.Event = e.ID
	if err := w.askStatus(ctx, c, e, u, t); err != nil {
		return err
	}
	template := c.TemplateFor(u.Status)
	if u.Template != "" {
		if template, err = c.Template(u.Template); err != nil {
			return err
		}
	}
	if u.Text = t.typed; u.Text == "" && (t.edit || template != nil || edit.NeedsText(edit.StatusNamed(u.Status))) {
		err = t.write(textOf(template), aboutUpdate(c, e, u.Status))
		u.Text = t.typed
	}
	return err
}

// askStatus asks for the status of an update and, where there is no editor, for its
// text, unless a template has one.
func (w *writing) askStatus(ctx context.Context, c *edit.Content, e *derive.Event, u *edit.Update, t *textFlags) error {
	if !w.host.interactive() {
		return nil
	}
	var fields []huh.Field
	if u.Status == "" {
		fields = append(fields, statusField(e, &u.Status))
	}
	mayBeBlank := func() bool {
		return c.TemplateFor(u.Status) != nil || !edit.NeedsText(edit.StatusNamed(u.Status))
	}
	if t.inField() && u.Template == "" && (u.Status == "" || !mayBeBlank()) {
		fields = append(fields, textField(&t.typed, mayBeBlank))
	}
	return w.host.ask(ctx, fields)
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
	asked := t.inField() && template == nil && !t.given()
	if w.host.interactive() {
		var text []huh.Field
		if asked {
			text = []huh.Field{textField(&t.typed, func() bool { return false })}
		}
		if err := w.host.ask(ctx, missingFields(c, n), text); err != nil {
			return err
		}
	}
	switch {
	case t.given():
		return nil
	case !asked:
		about := []string{"Write the first update above this line, in Markdown. An empty text ends it.", "", n.Title}
		err = t.write(textOf(template), append(about, n.Components...))
	}
	n.Text = t.typed
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

// inField reports whether the text is asked for in a field on the terminal, since the
// user has no editor.
func (t *textFlags) inField() bool { return !t.edit && t.host.interactive() && !t.host.hasEditor() }

// textOf is the text that an editor begins with.
func textOf(template *status.Template) string {
	if template == nil {
		return ""
	}
	return template.Text
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
