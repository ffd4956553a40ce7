package derive

import (
	"slices"
	"time"

	"allclear/generator/status"
)

// Days is a component's last n dates, oldest first. The last one is the date of
// Snapshot.At, which counts as a whole day. A date that a zone skips is left out.
func (s *Snapshot) Days(c *Component, n int) []Day {
	days := make([]Day, n)
	date, next := status.StartOfDay(s.At), status.NextDay(s.At)
	for i := n - 1; i >= 0; i-- {
		days[i] = Day{
			Date:     date,
			Length:   next.Sub(date),
			Recorded: next.After(c.Since) && !(c.Retired && !date.Before(c.Component.Retired)),
		}
		date, next = status.DayBefore(date), date
	}
	if n == 0 {
		return days
	}
	for _, span := range spansSince(c.Spans, days[0].Date) {
		for i := dayOf(days, span.From); i < len(days) && overlaps(span, days[i]); i++ {
			days[i].add(span)
		}
	}
	for _, e := range c.Events {
		if !e.During(days[0].Date, days[n-1].end()) {
			continue
		}
		for i := range days {
			d := &days[i]
			open := e.Kind == status.Incident && e.During(d.Date, d.end())
			if open || slices.ContainsFunc(e.spansOf(c), func(span Span) bool { return overlaps(span, *d) }) {
				d.Events = append(d.Events, e)
			}
			d.Noticed = d.Noticed || open && d.Worst == status.Operational
		}
	}
	return days
}

// Together is the dates of several components as one: each is the worst of them,
// without its times and events. All have the same dates.
func Together(components [][]Day) []Day {
	var together []Day
	for _, days := range components {
		if together == nil {
			together = make([]Day, len(days))
		}
		for i, d := range days {
			t := &together[i]
			t.Date, t.Length, t.Recorded = d.Date, d.Length, t.Recorded || d.Recorded
			t.Worst = max(t.Worst, d.Worst)
			t.Noticed = t.Noticed || d.Noticed
		}
	}
	for i := range together {
		together[i].Noticed = together[i].Noticed && together[i].Worst == status.Operational
	}
	return together
}

func (d *Day) end() time.Time { return d.Date.Add(d.Length) }

// dayOf is the index of the day of an instant, or 0 if it is before the first.
func dayOf(days []Day, t time.Time) int {
	i, found := slices.BinarySearchFunc(days, t, func(d Day, t time.Time) int { return d.Date.Compare(t) })
	if !found {
		i--
	}
	return max(i, 0)
}

// overlaps reports whether part of a span is on a day. An open span is also on
// the day of Snapshot.At if that is the day's first instant.
func overlaps(s Span, d Day) bool {
	begins := s.From.Before(d.Date.Add(d.Length))
	return begins && (s.To.After(d.Date) || s.Open && s.To.Equal(d.Date))
}

func (d *Day) add(s Span) {
	d.Worst = max(d.Worst, s.Status)
	if s.Open && s.To.Before(d.end()) {
		d.Open = s.Status
	}
	share := earlier(s.To, d.end()).Sub(later(s.From, d.Date))
	switch s.Status {
	case status.PartialOutage:
		d.Partial += share
	case status.MajorOutage:
		d.Major += share
	}
}

// spansOf lists the spans in which a component was not operational because of
// the event.
func (d *Event) spansOf(c *Component) []Span {
	for _, a := range d.Affected {
		if a.Component == c {
			return a.Spans
		}
	}
	return nil
}
