package compose

import "strings"

// Site is what a new site.yaml says. An entry is a component or a group.
type Site struct {
	Title, URL string
	Timezone   string // an IANA name, "" for UTC
	Language   string // "" for English
	APIID      string
	Links      []Link
	Entries    []Entry
}

// Link is one of the footer's.
type Link struct{ Name, URL string }

// Entry is a component, or with Components a group of them.
type Entry struct {
	ID, Name, APIID    string
	Description        string
	StartDate, Retired string // YYYY-MM-DD, "" for none
	Components         []Entry
}

// SiteFile is the whole text of site.yaml.
func SiteFile(s Site) []byte {
	var b strings.Builder
	w := yamlWriter{&b, ""}
	w.line("title", s.Title)
	w.line("url", s.URL)
	w.line("timezone", s.Timezone)
	w.line("language", s.Language)
	w.line("api_id", s.APIID)
	if len(s.Links) > 0 {
		b.WriteString("links:\n")
		for _, l := range s.Links {
			b.WriteString("  - { name: " + item(l.Name) + ", url: " + item(l.URL) + " }\n")
		}
	}
	if len(s.Entries) > 0 {
		b.WriteString("components:\n")
		w.entries(s.Entries)
	}
	return []byte(Clean(b.String()))
}

type yamlWriter struct {
	*strings.Builder
	indent string
}

func (w yamlWriter) line(key, value string) {
	if value != "" {
		w.WriteString(w.indent + key + ": " + scalar(value) + "\n")
	}
}

func (w yamlWriter) entries(entries []Entry) {
	inner := yamlWriter{w.Builder, w.indent + "    "}
	for _, e := range entries {
		if len(e.Components) == 0 {
			w.WriteString(w.indent + "  - id: " + e.ID + "\n")
			inner.line("name", e.Name)
		} else {
			w.WriteString(w.indent + "  - group: " + scalar(e.Name) + "\n")
			inner.line("id", e.ID)
		}
		inner.line("description", e.Description)
		inner.date("start_date", e.StartDate)
		inner.date("retired", e.Retired)
		inner.line("api_id", e.APIID)
		if len(e.Components) > 0 {
			w.WriteString(inner.indent + "components:\n")
			inner.entries(e.Components)
		}
	}
}

func (w yamlWriter) date(key, date string) {
	if date != "" {
		w.WriteString(w.indent + key + ": " + date + "\n")
	}
}

// EntryLines is a component or a group as it stands below components: in
// site.yaml.
func EntryLines(e Entry) string {
	var b strings.Builder
	yamlWriter{&b, ""}.entries([]Entry{e})
	return Clean(b.String())
}
