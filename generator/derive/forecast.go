package derive

import (
	"slices"
	"time"

	"allclear/generator/status"
)

// maxForecasts is how many instants a forecast has at most.
const maxForecasts = 8

// Forecast is the site at each of the next instants at which the clock alone
// changes a public event, soonest first, if nobody writes anything until then.
// It has only the events that are not over, and nothing that is held back, so
// that a page may publish it.
func (s *Snapshot) Forecast() []*Snapshot { return s.forecast.get(s.makeForecast) }

func (s *Snapshot) makeForecast() []*Snapshot {
	site := *s.Site
	site.Events, site.Announcements, site.Preview = nil, s.Announcements, false
	for _, e := range slices.Backward(s.Events) {
		if e.expected() {
			site.Events = append(site.Events, e.Until(s.At))
		}
	}
	var forecast []*Snapshot
	instants := s.changes()
	for _, at := range instants[:min(len(instants), maxForecasts)] {
		forecast = append(forecast, Derive(&site, at))
	}
	return forecast
}

// ForecastEnd is the first instant at which the clock changes something that the
// forecast has no room for; zero if it has all.
func (s *Snapshot) ForecastEnd() time.Time {
	if instants := s.changes(); len(instants) > maxForecasts {
		return instants[maxForecasts]
	}
	return time.Time{}
}

// expected reports whether the clock may change a public event.
func (e *Event) expected() bool { return !e.HeldBack && e.Open() }

// changes are the instants to come at which the clock changes a public event.
func (s *Snapshot) changes() []time.Time { return s.instants.get(s.makeChanges) }

func (s *Snapshot) makeChanges() []time.Time {
	var instants []time.Time
	for _, e := range s.Events {
		if !e.expected() {
			continue
		}
		for _, at := range []time.Time{e.ScheduledFor, e.ScheduledUntil, e.Promise.By} {
			if at.After(s.At) {
				instants = append(instants, at)
			}
		}
	}
	slices.SortFunc(instants, time.Time.Compare)
	return slices.CompactFunc(instants, time.Time.Equal)
}

// Until is the event as its file would be without related events, and without
// the updates and times after an instant, of which nobody knows yet. A window is
// known from the update that says it.
func (e *Event) Until(at time.Time) *status.Event {
	public := *e.Event
	public.Related = nil
	if public.Started.After(at) {
		public.Started = time.Time{}
	}
	if public.Ended.After(at) {
		public.Ended = time.Time{}
	}
	public.Updates = slices.DeleteFunc(slices.Clone(public.Updates), func(u status.Update) bool { return u.At.After(at) })
	return &public
}
