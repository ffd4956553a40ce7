package language

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Short is an instant as a person says it on a date: on that date the clock
// alone, less than a week away the weekday and the clock, in the same year no
// year, else the whole. The zone is always there.
func (c *Catalog) Short(t, today time.Time) string {
	return c.facts.format(c.facts.shortPattern(t, today), t)
}

func (f *facts) shortPattern(t, today time.Time) string {
	today = today.In(t.Location())
	switch away := daysBetween(today, t); {
	case away == 0:
		return f.short.clock
	case -7 < away && away < 7:
		return f.short.week
	case t.Year() == today.Year():
		return f.short.year
	}
	return f.short.other
}

// ShortClock is the time of day alone with its zone: 4:03 AM UTC.
func (c *Catalog) ShortClock(t time.Time) string { return c.facts.format(c.facts.short.clock, t) }

// InYear is an instant where the year is known: Nov 24, 4:03 AM UTC.
func (c *Catalog) InYear(t time.Time) string { return c.facts.format(c.facts.short.year, t) }

// ShortWindow is the two ends of a window as Short has them. On one date the
// second has the clock alone, and the zone is there once.
func (c *Catalog) ShortWindow(from, until, today time.Time) (string, string) {
	f := c.facts
	first, last := f.shortPattern(from, today), f.shortPattern(until, today)
	if daysBetween(from, until) != 0 {
		return f.format(first, from), f.format(last, until)
	}
	return f.oneZone(from, until, first, f.short.clock)
}

// Window is the two ends of a window in full. On one date the second has the
// clock alone, and the zone is there once.
func (c *Catalog) Window(from, until time.Time) (string, string) {
	if daysBetween(from, until) != 0 {
		return c.DateTime(from), c.DateTime(until)
	}
	return c.facts.oneZone(from, until, c.facts.dateTime, c.facts.clock)
}

// oneZone writes two instants of one date, with their zone once unless it
// changed between them.
func (f *facts) oneZone(from, until time.Time, first, last string) (string, string) {
	if zone(from) == zone(until) {
		if strings.HasSuffix(last, " z") {
			first = strings.TrimSuffix(first, " z")
		} else {
			last = strings.TrimPrefix(last, "z ")
		}
	}
	return f.format(first, from), f.format(last, until)
}

// Day is a date as a heading: the weekday, the day and the month, and the year
// if it is not this one.
func (c *Catalog) Day(t, today time.Time) string {
	pattern := c.facts.day.other
	if t.Year() == today.In(t.Location()).Year() {
		pattern = c.facts.day.year
	}
	return capital(c.facts.format(pattern, t))
}

// Days is the ends of a stretch of dates as a heading, and what is between them:
// November 22, " – ", 23. A date of another year is whole.
func (c *Catalog) Days(from, until, today time.Time) (first, last, between string) {
	span := c.facts.days.months
	switch year := today.In(from.Location()).Year(); {
	case from.Year() != year || until.Year() != year:
		return c.Day(from, today), c.Day(until, today), span.between
	case from.Month() == until.Month():
		span = c.facts.days.month
	}
	return c.facts.format(span.first, from), c.facts.format(span.last, until), span.between
}

// MonthHeading is a month as a heading or in a list: Diciembre de 2022.
func (c *Catalog) MonthHeading(t time.Time) string { return capital(c.MonthYear(t)) }

// capital writes the first letter of a text as a capital.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// daysBetween counts the dates from that of one instant to that of another in
// the zone of the second; it is negative if the second is earlier.
func daysBetween(a, b time.Time) int {
	date := func(t time.Time) time.Time {
		year, month, day := t.In(b.Location()).Date()
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	return int(date(b).Sub(date(a)) / (24 * time.Hour))
}
