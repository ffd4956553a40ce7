// Package derive turns a site and an instant into a snapshot: which updates
// have happened, what the clock did, how every component is and was, what the
// banner says, and when the clock alone will change something next. It is
// pure arithmetic: no clock, no files, no words of its own but the API's.
//
// The instant is floored once, here, to the newest boundary at or before it;
// nothing above ever sees the real now. So two instants between which nothing
// begins, ends or turns midnight give equal snapshots, and equal sites.
package derive

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/status"
)

// ClockTexts are what an update says that the clock made, in the theme's words.
type ClockTexts struct {
	InProgress, Completed status.Text
}

// Derive makes the snapshot of a site at an instant.
func Derive(site *status.Site, now time.Time, texts ClockTexts) *Snapshot {
	return NewDeriver(texts).Derive(site, now)
}

// Deriver derives again and again, taking over what the last snapshot has
// settled. It is not safe for concurrent use; the snapshots are.
type Deriver struct {
	texts ClockTexts
	last  memory
}

// NewDeriver begins with nothing derived.
func NewDeriver(texts ClockTexts) *Deriver { return &Deriver{texts: texts} }

// Derive makes a snapshot as the function Derive does.
func (d *Deriver) Derive(site *status.Site, now time.Time) *Snapshot {
	now = now.In(site.Zone)
	r := begin(site, now, d.last)
	r.At = r.floor(now)
	r.Next, r.NextPublic = r.next(r.At)
	if site.Freshness > 0 {
		// A build at half the time leaves the other half to run and to deploy it.
		r.Built = now.Truncate(time.Second)
		r.Next = earlier(r.Next, r.Built.Add(site.Freshness/2))
	}
	for _, c := range site.Components {
		r.Components = append(r.Components, &Component{Component: c, Retired: c.RetiredAt(r.At)})
	}
	r.deriveEvents(d.texts)
	r.linkEvents()
	r.deriveComponents()
	r.deriveEntries()
	r.deriveAnnouncements()
	r.Overall = overall(r.Components)
	r.Banner = banner(r.Snapshot)
	d.last = memory{r.Snapshot, r.settled}
	return r.Snapshot
}

// deriveEvents fills Events. They lie side by side in their order, since going
// through thousands of them is mostly waiting for memory.
func (r *run) deriveEvents(texts ClockTexts) {
	room := make([]Event, len(r.Site.Events))
	r.Events = make([]*Event, 0, len(room))
	for i := range slices.Backward(r.Site.Events) {
		event := &room[len(r.Events)]
		if r.takeOver(event, i) || r.deriveEvent(event, i, texts) {
			r.Events = append(r.Events, event)
		}
	}
	slices.SortFunc(r.Events, func(a, b *Event) int {
		if byTime := b.CreatedAt.Compare(a.CreatedAt); byTime != 0 {
			return byTime
		}
		return strings.Compare(a.ID, b.ID)
	})
}

// deriveEvent derives one of the site's events, and is false for one of which
// there is nothing to say yet. A preview shows more: the updates that wait for
// their time, and an event before its first.
func (r *run) deriveEvent(d *Event, i int, texts ClockTexts) bool {
	e := r.Site.Events[i]
	held := e.Updates[0].At.After(r.At)
	switch {
	case !held:
		d.derive(e, r.Components, r.At, texts)
	case !r.Site.Preview:
		return false
	default:
		d.derive(e, r.Components, e.Updates[0].At, ClockTexts{})
		d.Held, d.Affected = true, nil
	}
	if r.Site.Preview {
		for _, u := range e.Updates {
			if u.At.After(later(r.At, d.UpdatedAt)) {
				d.Coming = append(d.Coming, u)
			}
		}
	}
	r.settle(d, i)
	return true
}

// linkEvents says what events are to each other, and when the newest thing
// happened.
func (r *run) linkEvents() {
	for i, e := range r.Events {
		if i > 0 {
			e.Following = r.Events[i-1]
		}
		if i+1 < len(r.Events) {
			e.Previous = r.Events[i+1]
		}
		if e.UpdatedAt.After(r.Updated) && !e.Held {
			r.Updated = e.UpdatedAt
		}
	}
	if r.Updated.IsZero() {
		r.Updated = r.quietSince()
	}
	if len(r.relating) == 0 {
		return
	}
	public := make(map[*status.Event]*Event, len(r.Events))
	for _, e := range r.Events {
		public[e.Event] = e
	}
	for _, e := range r.relating {
		for _, related := range e.Event.Related {
			if other, ok := public[related]; ok {
				e.Related = append(e.Related, other)
			}
		}
	}
}

// quietSince stands for the newest update of a site without any event.
func (s *Snapshot) quietSince() time.Time {
	oldest := status.StartOfDay(s.At)
	for _, c := range s.Site.Components {
		if !c.StartDate.IsZero() && c.StartDate.Before(oldest) {
			oldest = c.StartDate
		}
	}
	return oldest
}

func (s *Snapshot) deriveAnnouncements() {
	for _, a := range s.Site.Announcements {
		if a.From.After(s.At) {
			continue
		}
		s.Announced = append(s.Announced, a)
		if a.Until.IsZero() || a.Until.After(s.At) {
			s.Announcements = append(s.Announcements, a)
		}
	}
	slices.SortStableFunc(s.Announced, func(a, b *status.Announcement) int { return b.From.Compare(a.From) })
}
