package provenance

import (
	"slices"
	"time"

	"allclear/generator/status"
)

// Head is the commit up to which the history goes.
func (h *History) Head() string { return h.head }

// Date says of each update and announcement of a site, and of the site itself,
// when it was published, edited and changed, as known at an instant. The events
// are copies already, which nothing else has.
func (h *History) Date(site *status.Site, at time.Time) {
	at = at.Truncate(time.Second) // as commits and feeds say times
	site.Changed = limit(h.changed, at)
	here := make(map[string]bool, len(site.Events))
	for _, e := range site.Events {
		if e.Draft {
			continue
		}
		v := versionOf(e)
		here[v.code] = true
		e.Updates = slices.Clone(e.Updates)
		for i := range e.Updates {
			u := &e.Updates[i]
			u.Publication = h.publication(v, i, at)
		}
		if e.Changed = h.changedAt(v, at); e.Changed.After(site.Changed) {
			site.Changed = e.Changed
		}
	}
	for i, a := range site.Announcements {
		if !a.Draft {
			dated := *a
			dated.Publication = h.publication(announcementVersion(a), 0, at)
			site.Announcements[i] = &dated
		}
	}
	for code, e := range h.events {
		if e.public && !e.announcement && !here[code] { // it is removed, and that is not committed
			site.Changed = at
		}
	}
}

// limit is an instant, or another one that it must not be after.
func limit(t, at time.Time) time.Time {
	if t.After(at) {
		return at
	}
	return t
}

// publication dates one of the things that a version says, which may not be
// committed.
func (h *History) publication(v *version, i int, at time.Time) status.Publication {
	s := v.said[i]
	r := h.find(v, i)
	if r == nil {
		r = &record{published: at, commit: h.commits + 1, words: s.words}
	}
	e := h.events[v.code]
	imported := v.imported && (r.imported || e == nil || !e.imported)
	p := status.Publication{Published: limit(r.published, at), Edited: limit(r.edited, at), Commit: r.commit}
	if r.words != s.words {
		p.Edited = at
	}
	if !h.begun || imported || p.Published.Before(s.at) {
		p.Published = s.at
	}
	if !h.begun || imported {
		p.Commit = 0
	}
	if !p.Edited.After(p.Published) {
		p.Edited = time.Time{}
	}
	zone := s.at.Location()
	p.Published = p.Published.In(zone)
	if !p.Edited.IsZero() {
		p.Edited = p.Edited.In(zone)
	}
	return p
}

// changedAt is when an event changed last; zero if that was before the history.
func (h *History) changedAt(v *version, at time.Time) time.Time {
	e := h.events[v.code]
	switch {
	case !h.begun, v.imported && e == nil:
		return time.Time{}
	case e == nil || !e.public || e.facts != v.facts:
		return at
	}
	return limit(e.changed, at)
}
