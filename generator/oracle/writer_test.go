package oracle

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

// files writes the content folder: path below content/ → text.
func (c *Content) files() map[string]string {
	files := map[string]string{"site.yaml": c.siteYAML()}
	for _, e := range c.Events {
		base := e.Kind() + "/" + e.Folder + e.ID
		files[base+".md"] = e.text()
		for language, translation := range e.Translations {
			files[base+"."+language+".md"] = translation.text(e)
		}
	}
	for _, a := range c.Announcements {
		files["announcements/"+a.ID+".md"] = a.text()
	}
	return files
}

func (c *Content) siteYAML() string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nurl: %s\ntimezone: %s\n", c.Title, c.URL, c.Zone)
	if len(c.Languages) > 1 {
		fmt.Fprintf(&b, "languages: [%s]\n", strings.Join(c.Languages, ", "))
	} else {
		fmt.Fprintf(&b, "language: %s\n", c.Languages[0])
	}
	fmt.Fprintf(&b, "history_days: %d\n", c.HistoryDays)
	fmt.Fprintf(&b, "uptime: { days: %d, partial_outage: %g, major_outage: %g }\n", c.UptimeDays, c.Partial, c.Major)
	if c.Social {
		b.WriteString("social_images: true\n")
	}
	b.WriteString("components:\n")
	group := ""
	for _, component := range c.Components {
		indent := "  "
		if component.Group != "" {
			indent = "      "
		}
		if component.Group != group && component.Group != "" {
			fmt.Fprintf(&b, "  - group: %s\n    components:\n", component.Group)
		}
		group = component.Group
		fmt.Fprintf(&b, "%s- %s\n", indent, component.flow())
	}
	return b.String()
}

func (c *Component) flow() string {
	keys := []string{"id: " + c.ID}
	if len(c.Translated) > 0 {
		names := []string{"en: " + c.Name}
		for language, name := range c.Translated {
			names = append(names, language+": "+name)
		}
		sort.Strings(names[1:])
		keys = append(keys, "name: { "+strings.Join(names, ", ")+" }")
	} else {
		keys = append(keys, "name: "+c.Name)
	}
	for _, key := range []struct{ name, value string }{
		{"api_id", c.APIID}, {"start_date", c.Start}, {"retired", c.Retired},
	} {
		if key.value != "" {
			keys = append(keys, key.name+": "+key.value)
		}
	}
	if len(c.Aliases) > 0 {
		keys = append(keys, "aliases: ["+strings.Join(c.Aliases, ", ")+"]")
	}
	if c.Descriptions {
		keys = append(keys, "description: What "+c.ID+" is for")
	}
	return "{ " + strings.Join(keys, ", ") + " }"
}

// stamp writes an instant in the zone that it carries.
func stamp(t time.Time) string {
	layout := "2006-01-02 15:04"
	if t.Second() != 0 {
		layout += ":05"
	}
	if _, offset := t.Zone(); offset == 0 {
		return t.UTC().Format(layout) + " UTC"
	}
	return t.Format(layout + " -07:00")
}

func (e *Event) text() string {
	var b strings.Builder
	key := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	moment := func(name string, t time.Time) {
		if !t.IsZero() {
			key(name, stamp(t))
		}
	}
	list := func(name string, values []string) {
		if len(values) > 0 {
			key(name, "["+strings.Join(values, ", ")+"]")
		}
	}
	b.WriteString("---\n")
	key("title", e.Title)
	e.writeComponents(&b)
	key("severity", e.Severity)
	moment("started", e.Started)
	moment("ended", e.Ended)
	for _, u := range e.Updates {
		if u.Front {
			moment(u.Status, u.At)
		}
	}
	moment("scheduled_for", e.From)
	moment("scheduled_until", e.Until)
	if e.Draft {
		key("draft", "true")
	}
	if e.Held {
		key("publish", "scheduled")
	}
	list("related", e.Related)
	list("aliases", e.Aliases)
	key("api_id", e.APIID)
	b.WriteString("---\n")
	for i, u := range e.Updates {
		if u.Front && (i == 0 || u.Text == "") && u.attributes() == "" {
			if u.Text != "" {
				fmt.Fprintf(&b, "\n%s\n", u.Text) // the text before the first heading
			}
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n", u.heading())
		if u.Text != "" {
			fmt.Fprintf(&b, "\n%s\n", u.Text)
		}
	}
	return b.String()
}

func (e *Event) writeComponents(b *strings.Builder) {
	if len(e.Components) == 0 {
		return
	}
	var parts []string
	pairs := false
	for _, s := range e.Components {
		if s.Status != "" {
			pairs = true
			parts = append(parts, s.Component+": "+s.Status)
		} else {
			parts = append(parts, s.Component)
		}
	}
	switch {
	case pairs:
		fmt.Fprintf(b, "components: { %s }\n", strings.Join(parts, ", "))
	case len(parts) == 1:
		fmt.Fprintf(b, "component: %s\n", parts[0])
	default:
		fmt.Fprintf(b, "components: [%s]\n", strings.Join(parts, ", "))
	}
}

func (u Update) heading() string {
	word := strings.ReplaceAll(u.Status, "_", " ")
	if word != "" {
		word = strings.ToUpper(word[:1]) + word[1:]
	}
	switch {
	case u.Front && word != "":
	case word != "":
		word += " · " + stamp(u.At)
	default:
		word = stamp(u.At)
	}
	if attributes := u.attributes(); attributes != "" {
		word += " " + attributes
	}
	return word
}

func (u Update) attributes() string {
	var parts []string
	for _, s := range u.Settings {
		parts = append(parts, s.Component+"="+s.Status)
	}
	if u.Severity != "" {
		parts = append(parts, "severity="+u.Severity)
	}
	if !u.From.IsZero() {
		parts = append(parts, `from="`+stamp(u.From)+`"`)
	}
	if !u.Until.IsZero() {
		parts = append(parts, `until="`+stamp(u.Until)+`"`)
	}
	if u.Next != "" {
		parts = append(parts, `next="`+u.Next+`"`)
	}
	if u.Corrects != "" {
		parts = append(parts, "corrects="+u.Corrects)
	}
	if u.ID != "" {
		parts = append(parts, "#"+u.ID)
	}
	if len(parts) == 0 {
		return ""
	}
	return "{" + strings.Join(parts, " ") + "}"
}

// text writes a translation: the texts that it has, below their headings.
func (t *Translation) text(e *Event) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\n---\n", t.Title)
	for i, u := range e.Updates {
		text, ok := t.Texts[i]
		if !ok {
			continue
		}
		if !(u.Front && i == 0 && u.attributes() == "") {
			plain := Update{At: u.At, Status: u.Status, Front: u.Front}
			fmt.Fprintf(&b, "\n## %s\n", plain.heading())
		}
		fmt.Fprintf(&b, "\n%s\n", text)
	}
	return b.String()
}

func (a *Announcement) text() string {
	until := ""
	if !a.Until.IsZero() {
		until = "until: " + stamp(a.Until) + "\n"
	}
	return fmt.Sprintf("---\ntitle: %s\nfrom: %s\n%s---\n\n%s\n", a.Title, stamp(a.From), until, a.Text)
}
