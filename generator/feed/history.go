package feed

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// recent is the number of events in a feed.
const recent = 50

// history is the content of a feed in any format.
type history struct {
	Title, Description string
	Author             string
	Language           string // a BCP 47 tag
	ID                 string // its absolute address before any component was renamed
	Home, Self         string // absolute addresses of the page that it belongs to, and of itself
	Updated            time.Time
	Entries            []entry // newest first
}

// entry is one update.
type entry struct {
	ID         string // a urn:uuid: that never changes
	URL        string // the update's permalink
	Title      string
	HTML       string    // with absolute links
	At         time.Time // the date of publication, which no other entry has
	Changed    time.Time // when its text changed last; never before At
	Components []string  // the names of those that the event has affected so far, and
	IDs        []string  // their ids
}

// history is the feed of the whole site, at a path.
func (m maker) history(path string) history {
	title := output.Line(m.Site.Title)
	return m.newHistory(history{
		Title:       m.words.Text("feed.title", "site", title),
		Description: m.words.Text("feed.description", "site", title),
		Home:        m.Site.Absolute(""),
		ID:          m.Site.Absolute(path),
		Self:        m.Site.Absolute(path),
		Updated:     m.Updated,
	}, m.Events, m.Announced)
}

// componentHistory is the feed of a component: every update of the events that
// touch it.
func (m maker) componentHistory(c *derive.Component) history {
	title, name := output.Line(m.Site.Title), m.name(c.Component)
	return m.newHistory(history{
		Title:       m.words.Text("feed.component_title", "site", title, "component", name),
		Description: m.words.Text("feed.component_description", "site", title, "component", name),
		Home:        m.Site.Absolute(c.Path()),
		ID:          m.Site.Absolute(c.FirstPath() + atomPath),
		Self:        m.Site.Absolute(c.Path() + atomPath),
		Updated:     earliest(c.CreatedAt, m.At), // a component may begin in the future
	}, c.Events, nil)
}

func (m maker) newHistory(h history, events []*derive.Event, announcements []*status.Announcement) history {
	h.Author = output.Line(m.Site.Title)
	h.Language = m.Site.Language
	for _, e := range latest(events) {
		h.Entries = append(h.Entries, m.entries(e)...)
	}
	for _, a := range announcements[:min(len(announcements), recent)] {
		h.Entries = append(h.Entries, m.announcement(a))
	}
	slices.SortStableFunc(h.Entries, func(a, b entry) int { return b.At.Compare(a.At) })
	if len(h.Entries) > 0 {
		h.Updated = h.Entries[0].Changed
	}
	for _, e := range h.Entries {
		if e.Changed.After(h.Updated) {
			h.Updated = e.Changed
		}
	}
	return h
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// announcement is an entry that leads to the month in which it began.
func (m maker) announcement(a *status.Announcement) entry {
	facts := m.words.DateTime(a.From)
	if !a.Until.IsZero() {
		from, until := m.words.Window(a.From, a.Until)
		facts = m.words.Text("period.range", "from", from, "until", until)
	}
	return entry{
		ID:    "urn:uuid:" + uuid("announcement "+a.ID),
		URL:   m.Site.Absolute(status.MonthPath(a.From)),
		Title: output.Line(a.Title),
		HTML:  output.Prose(a.Text.FeedHTML + status.Paragraph(facts).FeedHTML),
		At:    m.dates().announcements[a], Changed: later(m.dates().announcements[a], a.Edited),
	}
}

// facts say what an update leaves out: for when a maintenance is planned from then
// on, or how bad an incident is, and what it affects.
func (m maker) entryFacts(e *derive.Event, u derive.Update, from, until time.Time) string {
	var facts []string
	first, last := m.words.Window(from, until)
	switch window := []string{"from", first, "until", last}; {
	case e.Kind == status.Incident:
		facts = append(facts, m.words.Text("severity."+e.Severity.String()))
	case u.From.IsZero() && u.Until.IsZero():
		facts = append(facts, m.words.Text("feed.planned", window...))
	default:
		facts = append(facts, m.words.Text("update.window", window...))
	}
	if names := m.names(e.Affected); names != "" {
		facts = append(facts, m.words.Text("feed.affects", "components", names))
	}
	return status.Paragraph(strings.Join(facts, " · ")).FeedHTML
}

// latest lists the events whose updates were published last, since an update of an
// old event is news. An edit is none: it would bring back the event's older updates,
// which readers have forgotten.
func latest(events []*derive.Event) []*derive.Event {
	sorted := slices.SortedStableFunc(slices.Values(events), func(a, b *derive.Event) int {
		return b.PublishedAt.Compare(a.PublishedAt)
	})
	return sorted[:min(len(sorted), recent)]
}

// entries are an event's updates, the last one first.
func (m maker) entries(e *derive.Event) []entry {
	entries := make([]entry, 0, len(e.Updates))
	from, until := e.Event.ScheduledFor, e.Event.ScheduledUntil
	for i, u := range e.Updates {
		if !u.From.IsZero() {
			from = u.From
		}
		if !u.Until.IsZero() {
			until = u.Until
		}
		entry := entry{
			ID:    "urn:uuid:" + uuid(e.Code()+"#"+u.ID),
			URL:   m.permalink(e, u),
			Title: m.words.Text("feed.entry", "status", m.label(e, i), "title", output.Line(e.Title)),
			HTML:  output.Prose(m.text(e, u) + m.entryFacts(e, u, from, until)),
			At:    m.dates().updates[u.Update], Changed: m.dates().updates[u.Update],
		}
		entry.Changed = later(later(entry.Changed, u.SaidAt), u.Edited) // the clock made it, and a person put words to it, or corrected them
		if u.Corrected != nil {
			entry.Changed = later(entry.Changed, u.Corrected.Public())
		}
		for _, change := range u.Changes {
			entry.Components = append(entry.Components, m.name(change.Component))
			entry.IDs = append(entry.IDs, change.Component.ID)
		}
		entries = append(entries, entry)
	}
	slices.Reverse(entries)
	return entries
}

// text is the HTML of an update. One that was corrected is struck through, with a
// link to the update that corrects it.
func (m maker) text(e *derive.Event, u derive.Update) string {
	text := u.DisplayText(m.words).FeedHTML
	if u.Corrected == nil {
		return text
	}
	correction := m.words.Text("update.corrected", "time", m.words.DateTime(u.Corrected.At))
	link := m.permalink(e, derive.Update{Update: u.Corrected})
	return `<p><a href="` + html.EscapeString(link) + `">` + html.EscapeString(correction) + "</a></p>\n<del>" + text + "</del>\n"
}

func (m maker) permalink(e *derive.Event, u derive.Update) string {
	return m.Site.Absolute(e.Path()) + "#" + u.Anchor()
}

// label is the status of an update, or the word for an update if the status is
// that of the one before.
func (m maker) label(e *derive.Event, i int) string {
	if i > 0 && e.Updates[i].Status == e.Updates[i-1].Status {
		return m.words.Text("feed.update")
	}
	return m.words.Text("event_label." + e.Updates[i].Status.String())
}

// names joins the components of an event; more than three are "A, B, C and 5
// more".
func (m maker) names(affected []derive.Affected) string {
	const most = 3
	var names []string
	for _, a := range affected[:min(len(affected), most)] {
		names = append(names, m.name(a.Component.Component))
	}
	if rest := len(affected) - most; rest > 0 {
		names = append(names, m.words.Count("list.more", rest))
	}
	return m.words.List(names)
}

// soonest compares maintenances by their beginning.
func soonest(a, b *derive.Event) int {
	return cmp.Or(a.ScheduledFor.Compare(b.ScheduledFor), cmp.Compare(a.ID, b.ID))
}
