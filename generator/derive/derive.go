// Package derive turns a site and an instant into a snapshot: the updates that
// have happened, those that the clock made, the status and the history of every
// component, the banner, and the next instant at which the clock alone changes
// something. It is pure arithmetic: it never reads a clock or a file, and has no
// words of its own.
//
// The instant is floored once, here, to the newest boundary at or before it;
// nothing above ever sees the real now. So two instants between which nothing
// begins or ends and no day begins give equal snapshots, and equal sites.
package derive

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/status"
)

// Derive makes the snapshot of a site at an instant.
func Derive(site *status.Site, now time.Time) *Snapshot {
	now = now.In(site.Zone)
	at, next, nextPublic := boundaries(site, now)
	s := deriveAt(site, at)
	if s.outage() {
		hour := outageHour(now).In(site.Zone)
		if hour.After(at) {
			s = deriveAt(site, hour)
		}
		next, nextPublic = earlier(next, hour.Add(time.Hour)), earlier(nextPublic, hour.Add(time.Hour))
	}
	s.Next, s.NextPublic = next, nextPublic
	if site.Freshness > 0 {
		// A rebuild after half the time leaves the other half for building and deploying.
		s.Built = now.Truncate(time.Second)
		s.Next = earlier(s.Next, s.Built.Add(site.Freshness/2))
	}
	return s
}

// deriveAt makes the snapshot of a boundary.
func deriveAt(site *status.Site, at time.Time) *Snapshot {
	s := &Snapshot{Site: site, At: at}
	for _, c := range site.Components {
		s.Components = append(s.Components, &Component{Component: c, Retired: c.RetiredAt(s.At)})
	}
	s.deriveEvents()
	s.linkEvents()
	s.deriveComponents()
	s.deriveItems()
	s.deriveAnnouncements()
	s.Overall = overall(s.Components)
	s.Banner = banner(s)
	return s
}

// outage reports whether a component is in an outage, which counts on with
// every hour.
func (s *Snapshot) outage() bool {
	return slices.ContainsFunc(s.Components, func(c *Component) bool { return c.Outage() })
}

// deriveEvents fills Events, newest first.
func (s *Snapshot) deriveEvents() {
	s.Events = make([]*Event, 0, len(s.Site.Events))
	for _, e := range slices.Backward(s.Site.Events) {
		if event := s.deriveEvent(e); event != nil {
			s.Events = append(s.Events, event)
		}
	}
	slices.SortFunc(s.Events, func(a, b *Event) int {
		if byTime := b.CreatedAt.Compare(a.CreatedAt); byTime != 0 {
			return byTime
		}
		return strings.Compare(a.ID, b.ID)
	})
}

// deriveEvent derives one event. It returns nil for an event whose first update
// has not happened yet, except in a preview, which also shows such events and
// the updates that are held back.
func (s *Snapshot) deriveEvent(e *status.Event) *Event {
	d := &Event{}
	heldBack := e.Updates[0].At.After(s.At)
	switch {
	case !heldBack:
		d.derive(e, s.Components, s.At)
	case !s.Site.Preview:
		return nil
	default:
		d.derive(e, s.Components, e.Updates[0].At)
		d.HeldBack, d.Affected = true, nil
	}
	if s.Site.Preview {
		for _, u := range e.Updates {
			if u.At.After(later(s.At, d.UpdatedAt)) {
				d.Coming = append(d.Coming, u)
			}
		}
	}
	return d
}

// linkEvents links each event to its neighbours and its related events, and
// fills in Updated.
func (s *Snapshot) linkEvents() {
	derived := make(map[*status.Event]*Event, len(s.Events))
	for i, e := range s.Events {
		derived[e.Event] = e
		if i > 0 {
			e.Following = s.Events[i-1]
		}
		if i+1 < len(s.Events) {
			e.Previous = s.Events[i+1]
		}
		if e.UpdatedAt.After(s.Updated) && !e.HeldBack {
			s.Updated = e.UpdatedAt
		}
	}
	if !s.Site.Changed.After(s.At) {
		s.Updated = later(s.Updated, s.Site.Changed)
	}
	if s.Updated.IsZero() {
		s.Updated = s.updatedWithoutEvents()
	}
	for _, e := range s.Events {
		for _, related := range e.Event.Related {
			if other, ok := derived[related]; ok {
				e.Related = append(e.Related, other)
			}
		}
	}
}

// updatedWithoutEvents takes the place of the newest update on a site that has
// none.
func (s *Snapshot) updatedWithoutEvents() time.Time {
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
