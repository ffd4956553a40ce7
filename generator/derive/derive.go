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

// Derive makes the snapshot of a site at an instant.
func Derive(site *status.Site, now time.Time) *Snapshot {
	now = now.In(site.Zone)
	s := &Snapshot{Site: site, At: floor(site, now)}
	s.Next, s.NextPublic = next(site, s.At)
	if site.Freshness > 0 {
		// Building at half the time leaves the other half for the build and its deployment.
		s.Built = now.Truncate(time.Second)
		s.Next = earlier(s.Next, s.Built.Add(site.Freshness/2))
	}
	for _, c := range site.Components {
		s.Components = append(s.Components, &Component{Component: c, Retired: c.RetiredAt(s.At)})
	}
	s.deriveEvents()
	s.linkEvents()
	s.deriveComponents()
	s.deriveEntries()
	s.deriveAnnouncements()
	s.Overall = overall(s.Components)
	s.Banner = banner(s)
	return s
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

// deriveEvent derives one of the site's events. It returns nil for an event
// whose first update has not happened yet, except in a preview, which also
// shows such events and the updates that are held back.
func (s *Snapshot) deriveEvent(e *status.Event) *Event {
	d := &Event{}
	held := e.Updates[0].At.After(s.At)
	switch {
	case !held:
		d.derive(e, s.Components, s.At)
	case !s.Site.Preview:
		return nil
	default:
		d.derive(e, s.Components, e.Updates[0].At)
		d.Held, d.Affected = true, nil
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

// linkEvents links each event with its neighbours and its related events, and
// fills Updated.
func (s *Snapshot) linkEvents() {
	public := make(map[*status.Event]*Event, len(s.Events))
	for i, e := range s.Events {
		public[e.Event] = e
		if i > 0 {
			e.Following = s.Events[i-1]
		}
		if i+1 < len(s.Events) {
			e.Previous = s.Events[i+1]
		}
		if e.UpdatedAt.After(s.Updated) && !e.Held {
			s.Updated = e.UpdatedAt
		}
	}
	if s.Updated.IsZero() {
		s.Updated = s.quietSince()
	}
	for _, e := range s.Events {
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
