package compose

import (
	"strings"
	"time"

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
