package oracle

import (
	"sync"
	"time"
)

// A date is written YYYY-MM-DD. Its first instant is found by looking, minute
// by minute, since a zone may skip midnight, repeat it, or skip a whole day.

// dateOf is the date of an instant in a zone.
func dateOf(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) }

// startOfDate is the first instant of the date that t has in a zone.
func startOfDate(t time.Time, zone *time.Location) time.Time {
	date := dateOf(t, zone)
	key := zone.String() + date
	if found, ok := starts.Load(key); ok {
		return found.(time.Time)
	}
	first := lookForStart(t, date, zone)
	starts.Store(key, first)
	return first
}

func lookForStart(t time.Time, date string, zone *time.Location) time.Time {
	first := t
	// No clock has ever gone back by more than a day, and none has a date in
	// two parts further apart than an hour or two.
	for back := t.Truncate(time.Minute); back.After(t.Add(-50 * time.Hour)); back = back.Add(-time.Minute) {
		if dateOf(back, zone) == date {
			first = back
		}
		if back.Before(t.Add(-26*time.Hour)) && dateOf(back, zone) != date {
			break
		}
	}
	return first.UTC()
}

// dayOf is the date of the day that holds an instant, and its first instant. It
// is what a clock on the wall shows but for the hour that comes again after a
// zone went back over midnight.
func dayOf(t time.Time, zone *time.Location) (date string, start time.Time) {
	start = startOfDate(t, zone)
	if next := startOfNextDate(start, zone); !t.Before(next) {
		start = next
	}
	return dateOf(start, zone), start
}

// dateAt is the date of the day that holds an instant.
func dateAt(t time.Time, zone *time.Location) string {
	date, _ := dayOf(t, zone)
	return date
}

// day is one date in a zone with its first instant and that of the next date.
type day struct {
	date       string
	start, end time.Time
}

// calendar lists the dates from that of one instant to that of another, each
// once, only those that exist.
func calendar(from, to time.Time, zone *time.Location) []day {
	var days []day
	last := dateAt(to, zone)
	for _, start := dayOf(from, zone); ; {
		next := startOfNextDate(start, zone)
		date := dateOf(start, zone)
		days = append(days, day{date, start, next})
		if date >= last {
			return days
		}
		start = next
	}
}

// starts and nextDates keep what startOfDate and startOfNextDate found: looking
// at every minute is slow.
var starts, nextDates sync.Map

// startOfNextDate is the first instant whose date is later than that of the
// first instant of a date.
func startOfNextDate(start time.Time, zone *time.Location) time.Time {
	key := zone.String() + start.UTC().String()
	if found, ok := nextDates.Load(key); ok {
		return found.(time.Time)
	}
	next := lookForNextDate(start, zone)
	nextDates.Store(key, next)
	return next
}

func lookForNextDate(start time.Time, zone *time.Location) time.Time {
	date := dateOf(start, zone)
	at := start
	for dateOf(at, zone) <= date {
		at = at.Add(time.Hour)
	}
	at = at.Add(-time.Hour).Truncate(time.Minute)
	for dateOf(at, zone) <= date {
		at = at.Add(time.Minute)
	}
	return at.UTC()
}
