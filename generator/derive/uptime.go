package derive

import (
	"math"
	"slices"
	"time"

	"allclear/generator/status"
)

// Uptime is the share of the recorded days for which a component was up, 0 to 1,
// calculated like Statuspage's: a second of an outage has the rule's weight, a
// second of any other status none. It is false if no day is recorded, since no
// data is not the same as no outage.
func Uptime(days []Day, rule status.UptimeRule) (float64, bool) {
	var all Record
	for _, d := range days {
		if d.Recorded {
			all.Length += d.Length
			all.Partial += d.Partial
			all.Major += d.Major
			all.Open = d.Open
		}
	}
	return all.Uptime(rule)
}

// Record sums up the recorded days of a component in a range of dates.
type Record struct {
	From           time.Time              // the first instant of the range, in the site's zone
	Days           int                    // recorded days, today included; 0 for no data
	Length         time.Duration          // of those days; today counts as a whole day
	Partial, Major time.Duration          // time in partial_outage and major_outage on those days, up to Snapshot.At
	Open           status.ComponentStatus // the status that has not ended at Snapshot.At, if that is within those days
}

// Uptime is the uptime on the recorded days, like the function [Uptime]. An open
// outage counts as at least a second, so that no uptime is perfect while there
// is one.
func (r Record) Uptime(rule status.UptimeRule) (float64, bool) {
	switch r.Open {
	case status.PartialOutage:
		r.Partial = max(r.Partial, time.Second)
	case status.MajorOutage:
		r.Major = max(r.Major, time.Second)
	}
	return fraction(r.Length, r.Partial, r.Major, rule)
}

// Last is the record of a component for the last n dates, up to that of
// Snapshot.At.
func (s *Snapshot) Last(c *Component, n int) Record {
	return s.recorded(c).record(c, status.DaysBefore(s.At, n-1), status.NextDay(s.At))
}

// Months is the record of a component for each of the last n months, oldest
// first, up to that of Snapshot.At.
func (s *Snapshot) Months(c *Component, n int) []Record {
	all := s.recorded(c)
	months := make([]Record, 0, n)
	first := status.StartOfMonth(s.At)
	for range n {
		months = append(months, all.record(c, first, status.NextMonth(first)))
		first = status.StartOfMonth(status.DayBefore(first))
	}
	slices.Reverse(months)
	return months
}

// RecordedMonths lists every month in which a component has a recorded day,
// oldest first.
func (s *Snapshot) RecordedMonths(c *Component) []Record {
	all := s.recorded(c)
	var months []Record
	for first := status.StartOfMonth(c.Since); first.Before(all.to); {
		next := status.NextMonth(first)
		if m := all.record(c, first, next); m.Days > 0 {
			months = append(months, m)
		}
		first = next
	}
	return months
}

// dateRange is a range of whole days. from is included, to is not.
type dateRange struct{ from, to time.Time }

// recorded is the range of days on which a component is recorded, up to today,
// which counts as a whole day.
func (s *Snapshot) recorded(c *Component) dateRange {
	days := dateRange{status.StartOfDay(c.Since), status.NextDay(s.At)}
	if c.Retired {
		days.to = earlier(days.to, c.Component.Retired)
	}
	return days
}

// record sums up the recorded days between two instants. It goes through the
// spans and not the days, since a record may be decades long.
func (days dateRange) record(c *Component, from, to time.Time) Record {
	record := Record{From: from}
	from, to = later(days.from, from), earlier(days.to, to)
	if !from.Before(to) {
		return record
	}
	record.Days, record.Length = datesBetween(from, to), to.Sub(from)
	for _, span := range spansSince(c.Spans, from) {
		if !span.From.Before(to) {
			break
		}
		if span.Open && span.To.Before(to) {
			record.Open = span.Status
		}
		share := earlier(span.To, to).Sub(later(span.From, from))
		switch span.Status {
		case status.PartialOutage:
			record.Partial += share
		case status.MajorOutage:
			record.Major += share
		}
	}
	return record
}

// fraction is Statuspage's formula. It is 1 only of a time without an outage, even
// if a site gives its outages no weight. The conversions to float64 prevent fused
// multiply-add instructions, with which some processors round differently.
func fraction(whole, partial, major time.Duration, rule status.UptimeRule) (float64, bool) {
	if whole <= 0 {
		return 0, false
	}
	down := float64(rule.PartialOutage*partial.Seconds()) + float64(rule.MajorOutage*major.Seconds())
	most := 1.0
	if partial > 0 || major > 0 {
		most = math.Nextafter(1, 0)
	}
	return min(max(1-down/whole.Seconds(), 0), most), true
}

// datesBetween counts the dates between the first instants of two days; the
// second day is not counted. A zone that moves across the date line skips a date,
// or has it twice.
func datesBetween(from, to time.Time) int {
	date := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	const day = 24 * time.Hour
	return int(min(date(to).Sub(date(from)), to.Sub(from).Round(day)) / day)
}
