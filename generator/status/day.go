package status

import "time"

// StartOfDay is the first instant of the date that t has in its own zone.
// That is not always 00:00: a clock change may skip midnight, or run through
// it twice. A change that goes back over midnight makes the last hour of a date
// come again; that hour belongs to the date that has already begun.
func StartOfDay(t time.Time) time.Time {
	first := startOfDate(t.Year(), t.Month(), t.Day(), t.Location())
	_, then := first.Zone()
	if _, now := t.Zone(); now == then {
		return first
	}
	if next := startOfDate(t.Year(), t.Month(), t.Day()+1, t.Location()); !next.After(t) && next.After(first) {
		return next
	}
	return first
}

// NextDay is the first instant of the next date. A zone that moves across the
// date line may skip one.
func NextDay(t time.Time) time.Time {
	for days := 1; ; days++ {
		next := startOfDate(t.Year(), t.Month(), t.Day()+days, t.Location())
		if next.After(t) {
			return next
		}
	}
}

// DayBefore is the first instant of the date before the one that t has.
func DayBefore(t time.Time) time.Time {
	return StartOfDay(StartOfDay(t).Add(-time.Nanosecond))
}

// DaysBefore is the first instant of the date n dates before the one that t has.
func DaysBefore(t time.Time, n int) time.Time {
	t = StartOfDay(t)
	for range n {
		t = DayBefore(t)
	}
	return t
}

// StartOfMonth is the first instant of the month that t has in its own zone.
func StartOfMonth(t time.Time) time.Time {
	day := StartOfDay(t)
	return startOfMonth(day.Year(), day.Month(), day.Location())
}

// NextMonth is the first instant of the month after the one that t has.
func NextMonth(t time.Time) time.Time {
	day := StartOfDay(t)
	return startOfMonth(day.Year(), day.Month()+1, day.Location())
}

func startOfMonth(year int, month time.Month, zone *time.Location) time.Time {
	want := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).Month()
	for day := 1; ; day++ {
		if first := startOfDate(year, month, day, zone); first.Month() == want {
			return first
		}
	}
}

// startOfDate tries midnight with the offsets before and after it, and the
// clock change between them, and returns the earliest instant of the date.
func startOfDate(year int, month time.Month, day int, zone *time.Location) time.Time {
	noon := time.Date(year, month, day, 12, 0, 0, 0, zone)
	midnight := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	midnightAs := func(t time.Time) time.Time {
		_, offset := t.Zone()
		return midnight.Add(-time.Duration(offset) * time.Second).In(zone)
	}
	change, _ := noon.ZoneBounds()
	first := midnightAs(noon)
	for _, candidate := range []time.Time{midnightAs(noon.Add(-24 * time.Hour)), change.In(zone)} {
		if SameDate(candidate, noon) && !SameDate(candidate.Add(-time.Nanosecond), noon) &&
			(candidate.Before(first) || !SameDate(first, noon)) {
			first = candidate
		}
	}
	return first
}

// SameDate reports whether two instants have the same date, each in its own zone.
func SameDate(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}
