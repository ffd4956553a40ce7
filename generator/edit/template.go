package edit

import (
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Template returns the template with a name, or with the only name that has it as a
// part.
func (c *Content) Template(name string) (*status.Template, error) {
	var found []*status.Template
	var names []string
	for _, t := range c.Site.Templates {
		if t.Name == name {
			return t, nil
		}
		names = append(names, t.Name)
		if part := source.NearestID(name); part != "" && strings.Contains(t.Name, part) {
			found = append(found, t)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	hint := "the templates are " + strings.Join(names, ", ")
	if len(names) == 0 {
		hint = "a template is a file in " + c.file("templates") + "/"
	}
	return nil, problem(diag.DidYouMean(name, names)+hint, "there is no template %q", diag.Short(name))
}

// TemplateFor returns the template that is named like a status; nil if there is none.
func (c *Content) TemplateFor(word string) *status.Template {
	i := slices.IndexFunc(c.Site.Templates, func(t *status.Template) bool { return t.Name == strings.ReplaceAll(word, "_", "-") })
	if i < 0 || word == "" {
		return nil
	}
	return c.Site.Templates[i]
}

// templateText is the text of a template that is used as it is. It must have nothing
// to fill in.
func templateText(t *status.Template) (string, error) {
	if strings.Contains(t.Text, "TODO") {
		return "", problem("write it with -m, -F or -e", "the text of the template %q has parts to fill in, TODO", t.Name)
	}
	return t.Text, nil
}

// FillIn is a new event with what a template has and the person leaves out, but for
// the text.
func (n New) FillIn(t *status.Template) New {
	if t.Kind == status.Maintenance {
		n.Kind = t.Kind
	}
	if n.Title == "" {
		n.Title = t.Title
	}
	if len(n.Components) == 0 {
		for _, s := range t.Components {
			name := s.Component.ID
			if s.Set {
				name += "=" + s.Status.String()
			}
			n.Components = append(n.Components, name)
		}
	}
	if n.Severity == "" && t.SeverityStated {
		n.Severity = t.Severity.String()
	}
	if n.For == "" && n.Until == "" && t.Length > 0 {
		n.For = source.FormatDuration(t.Length)
	}
	return n
}
