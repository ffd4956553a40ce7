package compose

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/source"
	"allclear/generator/status"
)

// File is the whole text of the event's file. Reading it gives an equal event,
// positions aside. Of each text only the Markdown counts. An update's id is
// written unless it is the one that would be made for it.
func File(e *status.Event) []byte {
	var w yamlWriter
	first := firstUpdates(e.Updates)
	w.WriteString("---\n")
	w.frontMatter(e, first)
	w.WriteString("---\n")
	made := status.UpdateIDs(e.Code(), e.Updates)
	for i, u := range e.Updates {
		if u.ID == made[i] {
			u.ID = ""
		}
		heading := headingOf(&u)
		n, inFront := first[u.Status]
		begins := inFront && n == i
		if begins {
			heading.Time = ""
		}
		switch plain := begins && len(heading.Attributes) == 0 && !tied(e.Updates, i); {
		case plain && i == 0 && !blank(u.Text.Markdown):
			w.section("", u.Text.Markdown)
		case plain && u.Text.Markdown == "":
			// the front matter has all of it
		default:
			w.section(source.FormatHeading(heading), u.Text.Markdown)
		}
	}
	return []byte(Clean(w.String()))
}

// AnnouncementFile is the whole text of an announcement's file.
func AnnouncementFile(a *status.Announcement) []byte {
	var w yamlWriter
	w.WriteString("---\n")
	w.text("title", a.Title)
	w.moment("from", a.From)
	w.moment("until", a.Until)
	if a.Imported {
		w.line("imported", "true")
	}
	w.aliases(a.Aliases)
	w.WriteString("---\n")
	w.section("", a.Text.Markdown)
	return []byte(Clean(w.String()))
}

// Section is the text of one update, ready to be appended to a file. Its
// heading has its time, and its status unless it is an interim update.
func Section(u *status.Update) []byte {
	var w yamlWriter
	w.section(source.FormatHeading(headingOf(u)), u.Text.Markdown)
	return []byte(Clean(w.String()))
}

func (w *yamlWriter) section(heading, text string) {
	for _, part := range []string{heading, strings.Trim(text, "\n")} {
		if part != "" {
			w.WriteString("\n" + part + "\n")
		}
	}
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// tied reports whether a neighbour of an update has the same instant, so that
// only their order in the file tells which came first.
func tied(updates []status.Update, i int) bool {
	return i > 0 && updates[i-1].At.Equal(updates[i].At) ||
		i+1 < len(updates) && updates[i+1].At.Equal(updates[i].At)
}

// firstUpdates finds the first update of each status, whose time the front
// matter holds. A status that two updates say at its first instant is left
// out, since then each heading must say its own time.
func firstUpdates(updates []status.Update) map[status.EventStatus]int {
	first := map[status.EventStatus]int{}
	repeated := map[status.EventStatus]bool{}
	for i, u := range updates {
		if u.Interim {
			continue
		}
		if n, seen := first[u.Status]; !seen {
			first[u.Status] = i
		} else if updates[n].At.Equal(u.At) {
			repeated[u.Status] = true
		}
	}
	for s := range repeated {
		delete(first, s)
	}
	return first
}

func (w *yamlWriter) frontMatter(e *status.Event, first map[status.EventStatus]int) {
	w.text("title", e.Title)
	w.components(e.Components)
	if e.SeverityStated {
		w.line("severity", e.Severity.String())
	}
	w.moment("scheduled_for", e.ScheduledFor)
	w.moment("scheduled_until", e.ScheduledUntil)
	for i, u := range e.Updates {
		if n, inFront := first[u.Status]; inFront && n == i {
			w.moment(u.Status.String(), u.At)
		}
	}
	w.moment("started", e.Started)
	w.moment("ended", e.Ended)
	if e.HoldBack {
		w.line("publish", "scheduled")
	}
	if e.Draft {
		w.line("draft", "true")
	}
	if e.Imported {
		w.line("imported", "true")
	}
	var related []string
	for _, r := range e.Related {
		related = append(related, r.ID)
	}
	w.line("related", list(related))
	w.aliases(e.Aliases)
	w.text("api_id", e.APIID)
}

// components writes one id, a list of ids, or a map from ids to statuses.
func (w *yamlWriter) components(settings []status.Setting) {
	var ids []string
	for _, s := range settings {
		ids = append(ids, s.Component.ID)
	}
	switch {
	case slices.ContainsFunc(settings, func(s status.Setting) bool { return s.Set }):
		w.WriteString("components:\n")
		for _, s := range settings {
			w.text("  "+scalar(s.Component.ID), s.Status.String())
		}
	case len(ids) == 1:
		w.text("component", ids[0])
	default:
		w.line("components", list(ids))
	}
}

func (w *yamlWriter) aliases(aliases []status.Alias) {
	var paths []string
	for _, a := range aliases {
		paths = append(paths, a.Path)
	}
	w.line("aliases", list(paths))
}

func (w *yamlWriter) moment(key string, t time.Time) {
	if !t.IsZero() {
		w.line(key, timestamp(t))
	}
}

// headingOf is the heading of an update with everything in it.
func headingOf(u *status.Update) source.Heading {
	h := source.Heading{Time: timestamp(u.At)}
	if !u.Interim {
		h.Status = u.Status
	}
	add := func(name, value string) {
		if value != "" {
			h.Attributes = append(h.Attributes, source.Attribute{Name: name, Value: value})
		}
	}
	for _, s := range u.Settings {
		add(s.Component.ID, s.Status.String())
	}
	if u.Severity != nil {
		add("severity", u.Severity.String())
	}
	if !u.From.IsZero() {
		add("from", timestamp(u.From))
	}
	if !u.Until.IsZero() {
		add("until", timestamp(u.Until))
	}
	add("next", promise(u))
	add("corrects", u.Corrects)
	add("#", u.ID)
	return h
}

// promise writes when the next update is promised: as a duration if that is
// short and of whole minutes, else as a timestamp.
func promise(u *status.Update) string {
	length := u.Next.Sub(u.At)
	switch {
	case u.Next.IsZero():
		return ""
	case length%time.Minute != 0 || length > 24*time.Hour:
		return timestamp(u.Next)
	}
	return source.FormatDuration(length)
}

// timestamp writes an instant in UTC, so that it reads the same everywhere.
func timestamp(t time.Time) string { return source.FormatTimestamp(t.UTC()) }
