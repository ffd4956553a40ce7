package loose

import (
	"regexp"
	"strings"
	"time"

	"allclear/generator/language"
)

// date is a day as it was written: a year of 0 is not written. A relative one
// is counted from today.
type date struct {
	year, month, day int
	relative         bool
	days             int
	named            bool // today, yesterday or tomorrow
	odd              bool // its month has fewer days
}

func dateOf(t time.Time) date { return date{year: t.Year(), month: int(t.Month()), day: t.Day()} }

// exists reports whether there is such a day.
func (d date) exists() bool {
	return d.year >= 1970 && d.year <= 9998 && d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= lastDay(d.year, d.month)
}

// leapYear is for a date without a year, which may be 29 February.
const leapYear = 2024

// withinMonth makes 31 November the month's last day.
func (d date) withinMonth() date {
	year := d.year
	if year == 0 {
		year = leapYear
	}
	if d.month >= 1 && d.month <= 12 && d.day <= 31 && d.day > lastDay(year, d.month) {
		d.day, d.odd = lastDay(year, d.month), true
	}
	return d
}

func lastDay(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

var (
	yearFirst  = pattern(`(?:^|[^\d])((?:19|20)\d\d)[-/. ] ?(\d{1,2})[-/. ] ?(\d{1,2})(?:[^\d:]|$)`)
	compact    = pattern(`(?:^|[^\d])((?:19|20)\d\d)([01]\d)([0-3]\d)(?:t|z|[^\d]|$)`)
	yearLast   = pattern(`(?:^|[^\d])(\d{1,2})([-/.]) ?(\d{1,2})[-/.] ?((?:19|20)?\d\d)(?:[^\d:]|$)`)
	noYear     = pattern(`(?:^|[^\d:])(\d{1,2})([-/.])(\d{1,2})[./]?(?:[ ,t]|$)`)
	dayMonth   = pattern(`(?:^|[^\d:])(\d{1,2})(?:st|nd|rd|th|\.|º)?[ -]?(?:of |de )?([\pL\pM]{3,}[.॰]?),?(?:[ -]?(?:de )?((?:19|20)\d\d))?(?:[^\d:]|$)`)
	monthDay   = pattern(`(?:^|[^\pL\d])([\pL\pM]{3,}[.॰]?)[ -](\d{1,2})(?:st|nd|rd|th)?(?:,? ((?:19|20)\d\d))?(?:[^\d:]|$)`)
	dayInWords = pattern(`(?:^|[^\pL])(today|yesterday|tomorrow|tonight|heute|gestern|morgen)(?:[^\pL]|$)`)
)

// days takes the date out of a text: the days that it can mean, none if it has
// no date; false if there is no such day. The first one is also returned by
// itself.
func (s *scanner) days() (days []date, first date, ok bool) {
	days = s.written()
	for i := range days {
		days[i] = days[i].withinMonth()
		leap := days[i]
		if leap.year == 0 {
			leap.year = leapYear
		}
		ok = ok || leap.exists()
	}
	switch {
	case len(days) == 0:
		if m, found := s.take(dayInWords()); found {
			offset := map[string]int{"yesterday": -1, "gestern": -1, "tomorrow": 1, "morgen": 1}[m[1]]
			days = []date{{relative: true, days: offset, named: true}}
			return days, date{year: 1}, true
		}
		return nil, date{}, true
	case !ok:
		return nil, date{}, false
	}
	return days, days[0], true
}

// written takes a date in digits or with the name of its month out of a text.
func (s *scanner) written() []date {
	if m, found := s.take(yearFirst()); found {
		return []date{{year: number(m[1]), month: number(m[2]), day: number(m[3])}}
	}
	if m, found := s.take(compact()); found {
		return []date{{year: number(m[1]), month: number(m[2]), day: number(m[3])}}
	}
	if m, found := s.take(yearLast()); found {
		year := number(m[4])
		if year < 100 {
			year += 2000
		}
		return eitherWay(number(m[1]), number(m[3]), year, m[2])
	}
	if d, found := s.monthNamed(dayMonth(), 2, 1); found {
		return []date{d}
	}
	if d, found := s.monthNamed(monthDay(), 1, 2); found {
		return []date{d}
	}
	if m := noYear().FindStringSubmatch(s.rest); m != nil && (m[2] != "." || hasClock(s.rest, m[0])) {
		s.take(noYear())
		return eitherWay(number(m[1]), number(m[3]), 0, m[2])
	}
	return nil
}

// monthNamed takes a date whose month is a name.
func (s *scanner) monthNamed(p *regexp.Regexp, month, day int) (date, bool) {
	m := p.FindStringSubmatch(s.rest)
	if m == nil {
		return date{}, false
	}
	named := language.Month(m[month])
	if named == 0 {
		return date{}, false
	}
	s.take(p)
	return date{year: number(m[3]), month: int(named), day: number(m[day])}, true
}

// hasClock reports whether a text has a time of day besides a part.
func hasClock(text, part string) bool {
	s := scanner{rest: strings.Replace(text, part, " ", 1)}
	_, ok := s.clock()
	return ok
}

// eitherWay is the days that two numbers can mean: with dots the day is first,
// with slashes it may be either.
func eitherWay(first, second, year int, mark string) []date {
	dayFirst, monthFirst := date{year: year, month: second, day: first}, date{year: year, month: first, day: second}
	switch {
	case mark == "." || first > 12:
		return []date{dayFirst}
	case second > 12 || first == second || mark == "-" && year == 0: // 11-26
		return []date{monthFirst}
	}
	return []date{monthFirst, dayFirst}
}
