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
	"cmp"
	"slices"
	"time"

	"allclear/generator/status"
)

// ClockTexts are what an update says that the clock made, in the theme's words.
type ClockTexts struct {
	InProgress, Completed status.Text
}

// Derive makes the snapshot of a site at an instant.
func Derive(site *status.Site, now time.Time, texts ClockTexts) *Snapshot {
	s := &Snapshot{Site: site, At: floor(site, now.In(site.Zone))}
	s.Next, s.NextPublic = next(site, s.At)
	for _, c := range site.Components {
		s.Components = append(s.Components, &Component{Component: c, Retired: c.RetiredAt(s.At)})
	}
	s.deriveEvents(texts)
	s.deriveComponents()
	s.deriveEntries()
	s.deriveAnnouncements()
	s.Overall = overall(s.Components)
	s.Banner = banner(s)
	return s
}

// deriveEvents fills Events, Updated and what events say of each other.
func (s *Snapshot) deriveEvents(texts ClockTexts) {
	public := map[*status.Event]*Event{}
	for _, e := range s.Site.Events {
		if event := deriveEvent(e, s.Components, s.At, texts); event != nil {
			s.Events = append(s.Events, event)
			public[e] = event
		}
	}
	slices.SortStableFunc(s.Events, func(a, b *Event) int {
		return cmp.Or(b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	for i, e := range s.Events {
		if i > 0 {
			e.Following = s.Events[i-1]
		}
		if i+1 < len(s.Events) {
			e.Previous = s.Events[i+1]
		}
		for _, related := range e.Event.Related {
			if r, ok := public[related]; ok {
				e.Related = append(e.Related, r)
			}
		}
		if e.UpdatedAt.After(s.Updated) {
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
