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
	"sync"
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

// Deriver derives again and again, working out anew only the events that are
// not the same as before or may still move. It is not safe for concurrent
// use; the snapshots are.
type Deriver struct {
	texts   ClockTexts
	at      time.Time                // of the last snapshot
	settled map[*status.Event]*Event // of the last snapshot: over, and nothing of them lies ahead
}

// NewDeriver begins with nothing derived.
func NewDeriver(texts ClockTexts) *Deriver { return &Deriver{texts: texts} }

// Derive makes a snapshot as the function Derive does.
func (d *Deriver) Derive(site *status.Site, now time.Time) *Snapshot {
	s := &Snapshot{Site: site, At: floor(site, now.In(site.Zone))}
	s.Next, s.NextPublic = next(site, s.At)
	if site.Freshness > 0 {
		// A build at half the time leaves the other half to run and to deploy it.
		s.Built = now.In(site.Zone).Truncate(time.Second)
		s.Next = earlier(s.Next, s.Built.Add(site.Freshness/2))
	}
	for _, c := range site.Components {
		s.Components = append(s.Components, &Component{Component: c, Retired: c.RetiredAt(s.At)})
	}
	d.deriveEvents(s)
	s.linkEvents()
	s.deriveComponents()
	s.deriveEntries()
	s.deriveAnnouncements()
	s.Overall = overall(s.Components)
	s.Banner = banner(s)
	return s
}

// deriveEvents fills Events.
func (d *Deriver) deriveEvents(s *Snapshot) {
	if s.At.Before(d.at) {
		d.settled = nil
	}
	d.at = s.At
	settled := make(map[*status.Event]*Event, len(d.settled))
	s.Events = make([]*Event, 0, len(s.Site.Events))
	for _, e := range slices.Backward(s.Site.Events) {
		event := d.settled[e].in(s)
		if event == nil {
			event = deriveEvent(e, s.Components, s.At, d.texts)
		}
		if s.Site.Preview {
			event = s.withHeldBack(event, e)
		}
		if event == nil {
			continue
		}
		s.Events = append(s.Events, event)
		if event.settled(s.At) {
			settled[e] = event
		}
	}
	d.settled = settled
	slices.SortFunc(s.Events, func(a, b *Event) int {
		if byTime := b.CreatedAt.Compare(a.CreatedAt); byTime != 0 {
			return byTime
		}
		return strings.Compare(a.ID, b.ID)
	})
}

// withHeldBack adds what a preview shows of an event before its time.
func (s *Snapshot) withHeldBack(event *Event, e *status.Event) *Event {
	if event == nil {
		event = deriveEvent(e, s.Components, e.Updates[0].At, ClockTexts{})
		event.Held, event.Affected = true, nil
	}
	for _, u := range e.Updates {
		if u.At.After(later(s.At, event.UpdatedAt)) {
			event.Coming = append(event.Coming, u)
		}
	}
	return event
}

// settled reports whether an event is over and stays as it is whatever the
// clock does.
func (d *Event) settled(at time.Time) bool {
	last := d.Event.Updates[len(d.Event.Updates)-1].At
	last = later(later(later(last, d.Started), d.Ended), later(d.ScheduledFor, d.ScheduledUntil))
	return d.Status.Closed() && !last.After(at) && !d.Held
}

// in is a settled event as it stands in a later snapshot, nil for nil.
func (d *Event) in(s *Snapshot) *Event {
	if d == nil {
		return nil
	}
	event := *d
	event.Related, event.Previous, event.Following = nil, nil, nil
	event.Affected = slices.Clone(d.Affected)
	for i := range event.Affected {
		event.Affected[i].Component = s.Components[event.Affected[i].Component.Index]
	}
	return &event
}

// linkEvents says what events are to each other, and when the newest thing
// happened.
func (s *Snapshot) linkEvents() {
	public := sync.OnceValue(func() map[*status.Event]*Event { // most sites relate nothing
		m := make(map[*status.Event]*Event, len(s.Events))
		for _, e := range s.Events {
			m[e.Event] = e
		}
		return m
	})
	for i, e := range s.Events {
		if i > 0 {
			e.Following = s.Events[i-1]
		}
		if i+1 < len(s.Events) {
			e.Previous = s.Events[i+1]
		}
		for _, related := range e.Event.Related {
			if r, ok := public()[related]; ok {
				e.Related = append(e.Related, r)
			}
		}
		if e.UpdatedAt.After(s.Updated) && !e.Held {
			s.Updated = e.UpdatedAt
		}
	}
	if s.Updated.IsZero() {
		s.Updated = s.quietSince()
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
