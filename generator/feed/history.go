package feed

import (
	"cmp"
	"slices"
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
	Home, Self         string // absolute addresses of the page that it belongs to, and of itself
	Updated            time.Time
	Entries            []entry // newest first
}

// entry is one update.
type entry struct {
	ID         string // a urn:uuid: that never changes
	URL        string // the update's permalink
	Title      string
	HTML       string // with absolute links
	At         time.Time
	Components []*status.Component // that the event has affected so far
}

// history is the feed of the whole site, at a path.
func (m maker) history(path string) history {
	title := output.Line(m.Site.Title)
	return m.newHistory(history{
		Title:       m.words.Text("feed.title", "site", title),
		Description: m.words.Text("feed.description", "site", title),
		Home:        m.Site.Absolute(""),
		Self:        m.Site.Absolute(path),
		Updated:     m.Updated,
	}, m.Events)
}

// componentHistory is the feed of a component: every update of the events that
// touch it.
func (m maker) componentHistory(c *derive.Component) history {
	title, name := output.Line(m.Site.Title), output.Line(c.FullName())
	return m.newHistory(history{
		Title:       m.words.Text("feed.component_title", "site", title, "component", name),
		Description: m.words.Text("feed.component_description", "site", title, "component", name),
		Home:        m.Site.Absolute(c.Path()),
		Self:        m.Site.Absolute(c.Path() + atomPath),
		Updated:     c.CreatedAt,
	}, c.Events)
}

func (m maker) newHistory(h history, events []*derive.Event) history {
	h.Author = output.Line(m.Site.Title)
	h.Language = m.Site.Language
	for _, e := range latest(events) {
		h.Entries = append(h.Entries, m.entries(e)...)
	}
	slices.SortStableFunc(h.Entries, func(a, b entry) int { return b.At.Compare(a.At) })
	if len(h.Entries) > 0 {
		h.Updated = h.Entries[0].At
	}
	return h
}

// latest lists the events that were updated last, since an update of an old
// event is news.
func latest(events []*derive.Event) []*derive.Event {
	sorted := slices.SortedStableFunc(slices.Values(events), func(a, b *derive.Event) int {
		return b.UpdatedAt.Compare(a.UpdatedAt)
	})
	return sorted[:min(len(sorted), recent)]
}

// entries are an event's updates, the last one first.
func (m maker) entries(e *derive.Event) []entry {
	var entries []entry
	for i, u := range slices.Backward(e.Updates) {
		entry := entry{
			ID:    "urn:uuid:" + uuid(e.ID+"#"+u.ID),
			URL:   m.permalink(e, u),
			Title: m.words.Text("feed.entry", "status", m.label(e, i), "title", output.Line(e.Title)),
			HTML:  output.Prose(u.DisplayText(m.words).FeedHTML),
			At:    u.At,
		}
		for _, change := range u.Changes {
			entry.Components = append(entry.Components, change.Component)
		}
		entries = append(entries, entry)
	}
	return entries
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
	return m.words.Text("feed.status." + e.Updates[i].Status.String())
}

// names joins the components of an event; more than three are "A, B, C and 5
// more".
func (m maker) names(affected []derive.Affected) string {
	const most = 3
	var names []string
	for _, a := range affected[:min(len(affected), most)] {
		names = append(names, output.Line(a.Component.FullName()))
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
