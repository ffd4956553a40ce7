package compose

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

// SiteFile is the text of a new site.yaml: title, url, time zone, language,
// api_id, links and components. Every other setting keeps its default.
func SiteFile(s *status.Site) []byte {
	var w yamlWriter
	w.text("title", s.Title)
	w.text("url", s.URL)
	if s.Zone != nil && s.Zone != time.UTC {
		w.text("timezone", s.Zone.String())
	}
	w.text("language", s.Language)
	w.text("api_id", s.APIID)
	if len(s.Links) > 0 {
		w.WriteString("links:\n")
	}
	for _, l := range s.Links {
		w.WriteString("  - { name: " + item(l.Name) + ", url: " + item(l.URL) + " }\n")
	}
	if len(s.Items) > 0 {
		w.WriteString("components:\n")
	}
	for _, e := range s.Items {
		if e.Group == nil {
			w.component("  ", e.Component)
			continue
		}
		w.text("  - group", e.Group.Name)
		w.text("    id", e.Group.ID)
		w.text("    api_id", e.Group.APIID)
		w.WriteString("    components:\n")
		for _, c := range e.Group.Components {
			w.component("      ", c)
		}
	}
	return []byte(Clean(w.String()))
}

// ComponentLines declare a component, ready to be added below components: in
// site.yaml.
func ComponentLines(c *status.Component) string {
	var w yamlWriter
	w.component("  ", c)
	return Clean(w.String())
}

// AddComponents adds components to the end of the list in a site.yaml, of which
// fields are the keys as they were read. Nothing that is there changes. It
// reports false where it can't find the end.
func AddComponents(file []byte, fields source.Value, components []*status.Component) ([]byte, bool) {
	lines := splitLines(file)
	field, there := fields.Field("components")
	at, indent := len(lines), "  "
	switch {
	case !there:
	case field.Value.Kind == source.KindNull:
		at = field.KeyAt.Line
	case field.Value.Kind != source.KindList || len(field.Value.Items) == 0:
		return nil, false
	default:
		last := field.Value.Items[len(field.Value.Items)-1].Position
		line := lines[last.Line-1]
		indent = line[:len(line)-len(strings.TrimLeft(line, " "))]
		if strings.TrimSpace(line[:min(last.Column-1, len(line))]) != "-" {
			return addToFlow(file, lines, field.Value.Position, components)
		}
		at = endOfItem(lines, last.Line, len(indent))
	}
	var w yamlWriter
	if !there {
		w.WriteString("components:\n")
	}
	for _, c := range components {
		w.component(indent, c)
	}
	end := lineEnd(file)
	added := withLineEnd(Clean(w.String()), end)
	before := strings.Join(lines[:at], "")
	if at > 0 && !strings.HasSuffix(before, "\n") && !strings.HasSuffix(before, "\r") {
		before += end
	}
	return []byte(before + added + strings.Join(lines[at:], "")), true
}

// addToFlow adds components before the bracket that closes a list such as
// [{ id: api, name: API }], which opens at a position.
func addToFlow(file []byte, lines []string, at diag.Position, components []*status.Component) ([]byte, bool) {
	open := len(strings.Join(lines[:at.Line-1], "")) + at.Column - 1
	depth, quote := 0, byte(0)
	for n := open; n < len(file); n++ {
		c := file[n]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			depth--
		}
		if depth > 0 || n == open && c != '[' {
			continue
		}
		var added strings.Builder
		for _, c := range components {
			added.WriteString(", " + flowComponent(c))
		}
		end := len(bytes.TrimRight(file[:n], ", \t\r\n"))
		return slices.Concat(file[:end], []byte(added.String()), bytes.TrimLeft(file[end:], ",")), true
	}
	return nil, false
}

// flowComponent declares a component on one line.
func flowComponent(c *status.Component) string {
	parts := []string{"id: " + item(c.ID), "name: " + item(c.Name)}
	add := func(key, value string) {
		if value != "" {
			parts = append(parts, key+": "+value)
		}
	}
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	if c.Description != "" {
		add("description", item(c.Description))
	}
	add("start_date", day(c.StartDate))
	add("retired", day(c.Retired))
	add("aliases", list(c.Aliases))
	if c.APIID != "" {
		add("api_id", item(c.APIID))
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

// endOfItem is how many lines there are to the end of a list's item that begins
// above a line: those that are indented deeper than its hyphen.
func endOfItem(lines []string, from, indent int) int {
	end := from
	for n := from; n < len(lines); n++ {
		text := strings.TrimLeft(lines[n], " ")
		if blank(text) {
			continue
		}
		if len(lines[n])-len(text) <= indent {
			break
		}
		end = n + 1
	}
	return end
}

func (w *yamlWriter) component(indent string, c *status.Component) {
	w.text(indent+"- id", c.ID)
	indent += "  "
	w.text(indent+"name", c.Name)
	w.text(indent+"description", c.Description)
	w.date(indent+"start_date", c.StartDate)
	w.date(indent+"retired", c.Retired)
	w.line(indent+"aliases", list(c.Aliases))
	w.text(indent+"api_id", c.APIID)
}

func (w *yamlWriter) date(key string, t time.Time) {
	if !t.IsZero() {
		w.line(key, t.Format(time.DateOnly))
	}
}

// yamlWriter writes lines of keys and values.
type yamlWriter struct{ strings.Builder }

// line writes a key with a value that is YAML already, unless that is "".
func (w *yamlWriter) line(key, value string) {
	if value != "" {
		w.WriteString(key + ": " + value + "\n")
	}
}

// text writes a key with a text, unless that is "".
func (w *yamlWriter) text(key, text string) {
	if text != "" {
		w.line(key, scalar(text))
	}
}
