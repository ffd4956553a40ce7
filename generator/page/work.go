package page

import (
	"slices"

	"allclear/generator/derive"
)

// Of maintenance in a list the first ones are in sight, and the rest is there if a
// reader asks for it.
const (
	firstWorks = 3
	maxWorks   = 100
)

// upcoming is the maintenance to come, soonest first.
func (l *Localization) upcoming(s *derive.Snapshot, up string) Works {
	coming := events(s, (*derive.Event).Upcoming)
	slices.SortStableFunc(coming, func(a, b *derive.Event) int { return a.ScheduledFor.Compare(b.ScheduledFor) })
	return l.works(s, up, coming, "upcoming")
}

func (l *Localization) works(s *derive.Snapshot, up string, events []*derive.Event, name string) Works {
	works := Works{Anchor: "more-" + name}
	for i, e := range events[:min(len(events), maxWorks)] {
		if work := l.work(s, up, e); i < inSight(len(events), firstWorks) {
			works.First = append(works.First, work)
		} else {
			works.Rest = append(works.Rest, work)
		}
	}
	if rest := len(events) - len(works.First); rest > 0 {
		works.More = l.catalog.Count("list.more", rest)
	}
	return works
}

// len is how many lines there are.
func (w Works) len() int { return len(w.First) + len(w.Rest) }

func (l *Localization) work(s *derive.Snapshot, up string, e *derive.Event) Work {
	return Work{EventItem: l.item(up, e), Window: l.withWindow("period.range", e.ScheduledFor, e.ScheduledUntil), Next: l.overrun(s, e), Promise: l.promise(e)}
}
