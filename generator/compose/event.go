package compose

import (
	"strings"
	"time"

	"allclear/generator/source"
	"allclear/generator/status"
)

// Event is an incident or a maintenance, as its file shall tell it.
type Event struct {
	Kind     status.Kind
	Title    string
	APIID    string           // "" for none
	Severity *status.Severity // of an incident; nil where the components say it

	Components []Component // the front matter's

	ScheduledFor, ScheduledUntil time.Time // of a maintenance
	Started, Ended               time.Time // zero where the updates say it

	HoldBack bool // publish: scheduled
	Draft    bool
	Related  []string // ids of other events
	Aliases  []string // old paths
	Updates  []Update // oldest first; the first one says a status
}

// Component is a component by its id, and what it is set to.
type Component struct {
	ID     string
	Status status.ComponentStatus
	Set    bool // false: named alone, so that the severity decides
}

// Update is one dated message.
type Update struct {
	Status     status.EventStatus // zero keeps the one in force
	At         time.Time
	ID         string           // {#…}, "" for none
	Components []Component      // set by hand from here on
	Severity   *status.Severity // likewise; nil for none
	Text       string           // Markdown, as Text makes it from plain text; "" for none
}

// File is the whole text of the event's file.
func File(e Event) []byte {
	var b strings.Builder
	first := firstTimes(e)
	b.WriteString("---\n")
	frontMatter(&b, e, first)
	b.WriteString("---\n")
	inForce := status.EventStatus(0)
	for i, u := range e.Updates {
		s := u.Status
		if s == 0 {
			s = inForce
		}
		heading := source.Heading{Attributes: attributes(u)}
		opens := s != inForce && first[s] == i
		switch {
		case opens:
			heading.Status = s
		case s == inForce && !e.clockBefore(i):
			heading.Time = timestamp(u.At)
		default:
			heading.Status, heading.Time = s, timestamp(u.At)
		}
		inForce = s
		plain := opens && len(heading.Attributes) == 0
		switch {
		case plain && i == 0 && !blank(u.Text) && !tied(e.Updates, i):
			section(&b, "", u.Text)
		case plain && blank(u.Text) && !tied(e.Updates, i):
			// the front matter says it all
		default:
			section(&b, source.FormatHeading(heading), u.Text)
		}
	}
	return []byte(Clean(b.String()))
}

// Section is the text of one update, ready to stand at the end of a file: its
// heading says its status, where it has one, and its time.
func Section(u Update) []byte {
	var b strings.Builder
	section(&b, source.FormatHeading(source.Heading{
		Status: u.Status, Time: timestamp(u.At), Attributes: attributes(u),
	}), u.Text)
	return []byte(Clean(b.String()))
}

func section(b *strings.Builder, heading, text string) {
	for _, part := range []string{heading, strings.Trim(text, "\n")} {
		if !blank(part) {
			b.WriteString("\n" + part + "\n")
		}
	}
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// tied reports whether a neighbour of an update has the same instant, so that
// only their places in the file tell which came first.
func tied(updates []Update, i int) bool {
	return i > 0 && updates[i-1].At.Equal(updates[i].At) ||
		i+1 < len(updates) && updates[i+1].At.Equal(updates[i].At)
}

// clockBefore reports whether the clock may have moved a maintenance on since
// the update before, so that a heading must say which status is in force.
func (e Event) clockBefore(i int) bool {
	for _, edge := range []time.Time{e.ScheduledFor, e.ScheduledUntil} {
		if i > 0 && !edge.IsZero() && !edge.Before(e.Updates[i-1].At) && !edge.After(e.Updates[i].At) {
			return true
		}
	}
	return false
}

// firstTimes says which update is the first of each status: the one whose
// time the front matter holds.
func firstTimes(e Event) map[status.EventStatus]int {
	first := map[status.EventStatus]int{}
	for i, u := range e.Updates {
		if _, seen := first[u.Status]; !seen && u.Status != 0 {
			first[u.Status] = i
		}
	}
	return first
}

func frontMatter(b *strings.Builder, e Event, first map[status.EventStatus]int) {
	line := func(key, value string) {
		if value != "" {
			b.WriteString(key + ": " + value + "\n")
		}
	}
	moment := func(key string, t time.Time) {
		if !t.IsZero() {
			line(key, timestamp(t))
		}
	}
	line("title", scalar(e.Title))
	components(b, e.Components)
	if e.Severity != nil {
		line("severity", e.Severity.String())
	}
	moment("scheduled_for", e.ScheduledFor)
	moment("scheduled_until", e.ScheduledUntil)
	for i, u := range e.Updates {
		if at, ok := first[u.Status]; ok && at == i {
			moment(u.Status.String(), u.At)
		}
	}
	moment("started", e.Started)
	moment("ended", e.Ended)
	if e.HoldBack {
		line("publish", "scheduled")
	}
	if e.Draft {
		line("draft", "true")
	}
	line("related", list(e.Related))
	line("aliases", list(e.Aliases))
	line("api_id", word(e.APIID))
}

// components writes one id, a list of ids, or a map from ids to statuses.
func components(b *strings.Builder, components []Component) {
	var ids []string
	set := false
	for _, c := range components {
		ids = append(ids, c.ID)
		set = set || c.Set
	}
	switch {
	case len(ids) == 0:
	case set:
		b.WriteString("components:\n")
		for _, c := range components {
			b.WriteString("  " + c.ID + ": " + c.Status.String() + "\n")
		}
	case len(ids) == 1:
		b.WriteString("component: " + ids[0] + "\n")
	default:
		b.WriteString("components: " + list(ids) + "\n")
	}
}

func attributes(u Update) []source.Attribute {
	var attributes []source.Attribute
	for _, c := range u.Components {
		attributes = append(attributes, source.Attribute{Name: c.ID, Value: c.Status.String()})
	}
	if u.Severity != nil {
		attributes = append(attributes, source.Attribute{Name: "severity", Value: u.Severity.String()})
	}
	if u.ID != "" {
		attributes = append(attributes, source.Attribute{Name: "#", Value: u.ID})
	}
	return attributes
}

// timestamp writes an instant in UTC, which readers of a file anywhere take
// for the same.
func timestamp(t time.Time) string { return source.FormatTimestamp(t.UTC()) }
