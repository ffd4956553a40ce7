package derive

import (
	"slices"
	"time"

	"allclear/generator/status"
)

// farthest is how many instants a forecast holds at most.
const farthest = 8

// Forecast is the site as it will be at each of the next instants at which
// the clock alone moves an event that is public, soonest first, if nobody
// writes anything until then. It knows only the events that are not over, and
// nothing of what is held back: it is what a page may say ahead.
func (s *Snapshot) Forecast() []*Snapshot {
	site := *s.Site
	site.Events, site.Announcements, site.Preview = nil, s.Announcements, false
	var moments []time.Time
	for _, e := range slices.Backward(s.Events) {
		if e.Held || !e.Open() && !e.Ended.After(s.At) {
			continue
		}
		site.Events = append(site.Events, e.known(s.At))
		for _, at := range []time.Time{e.ScheduledFor, e.ScheduledUntil, e.Started, e.Ended} {
			if at.After(s.At) {
				moments = append(moments, at)
			}
		}
	}
	slices.SortFunc(moments, time.Time.Compare)
	moments = slices.CompactFunc(moments, time.Time.Equal)
	var ahead []*Snapshot
	for _, at := range moments[:min(len(moments), farthest)] {
		ahead = append(ahead, Derive(&site, at))
	}
	return ahead
}

// known is the event as its file would tell it without what is held back.
func (e *Event) known(at time.Time) *status.Event {
	known := *e.Event
	known.Related = nil
	known.Updates = slices.DeleteFunc(slices.Clone(known.Updates), func(u status.Update) bool { return u.At.After(at) })
	return &known
}
