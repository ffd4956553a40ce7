package loose

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"allclear/generator/language"
)

// Clock is what a text may be relative to.
type Clock struct {
	Now    time.Time
	Zone   *time.Location // the site's
	Future bool           // the time is still to come, such as the start of maintenance
}

// maxTime is the length of a text, in bytes, above which it is no time.
const maxTime = 100

// Reading is what a text may mean. Times is the likeliest first, each in the
// zone that it was written in, and empty for a text that is no time. It is
// Exact if a date, a time of day and a zone are in the text and can be read in
// only one way.
type Reading struct {
	Times []time.Time
	Exact bool
}

// Read reads a time. Without a zone it is read in UTC and in the site's zone;
// without a date it is the nearest one before now, or after it if the time is
// still to come; without a year likewise. A date such as 11/12/2025 has two
// readings.
func (c Clock) Read(text string) Reading {
	if len(text) > maxTime {
		return Reading{}
	}
	text = plain(text)
	if t, ok := c.relative(text); ok {
		return Reading{Times: []time.Time{t}}
	}
	s := scanner{rest: text}
	days, day, ok := s.days()
	clock, timed := s.clock()
	if !timed || !ok {
		return Reading{}
	}
	if day.year == 0 && len(days) > 0 {
		if year, found := s.take(lateYear()); found {
			for i := range days {
				days[i].year = number(year[1])
			}
		}
	}
	zones, named, ok := s.words(&clock, c.Zone)
	if !ok {
		return Reading{}
	}
	if len(days) == 0 {
		days = []date{{relative: true}}
	}
	r := Reading{Times: c.instants(days, clock, zones)}
	r.Exact = named && len(r.Times) == 1 && days[0].year != 0 && !days[0].odd && !clock.odd
	return r
}

// instants combines dates, a time of day and zones.
func (c Clock) instants(days []date, clock clock, zones []zone) []time.Time {
	var times []time.Time
	for _, zone := range zones {
		for _, day := range days {
			for _, t := range c.on(day, clock, zone) {
				if !slices.ContainsFunc(times, t.Equal) {
					times = append(times, t)
				}
			}
		}
	}
	return times
}

// on is a time of day on a date in a zone: none if a clock change skips it, two
// if one repeats it.
func (c Clock) on(day date, clock clock, zone zone) []time.Time {
	now := c.Now.In(zone.location)
	choices := []date{day}
	switch {
	case day.relative:
		today := now.AddDate(0, 0, day.days)
		choices = []date{dateOf(today)}
		if !day.named {
			choices = []date{dateOf(today.AddDate(0, 0, -1)), dateOf(today), dateOf(today.AddDate(0, 0, 1))}
		}
	case day.year == 0:
		choices = nil
		for year := now.Year() - 1; year <= now.Year()+1; year++ {
			choices = append(choices, date{year: year, month: day.month, day: day.day})
		}
	}
	var all []time.Time
	for _, choice := range choices {
		if choice.exists() {
			all = append(all, zone.instants(choice, clock)...)
		}
	}
	if len(choices) == 1 {
		return all
	}
	return c.likeliest(all)
}

// likeliest keeps the newest time that is not after now, or the oldest that is
// not before it if the time is still to come.
func (c Clock) likeliest(all []time.Time) []time.Time {
	const skew = time.Minute
	slices.SortFunc(all, time.Time.Compare)
	if c.Future {
		for _, t := range all {
			if !t.Before(c.Now.Add(-skew)) {
				return []time.Time{t}
			}
		}
		return nil
	}
	for _, t := range slices.Backward(all) {
		if !t.After(c.Now.Add(skew)) {
			return []time.Time{t}
		}
	}
	return nil
}

var (
	unixTime = pattern(`^(\d{10})(\d{3})?$`)
	ago      = pattern(`^(?:-|about |ca\.? )? ?(\d{1,4}) ?(m|mins?|minutes?|h|hrs?|hours?|d|days?)( ago)?$`)
	ahead    = pattern(`^(?:\+|in ) ?(\d{1,4}) ?(m|mins?|minutes?|h|hrs?|hours?|d|days?)$`)
	lateYear = pattern(`(?:^|[ ,])((?:19|20)\d\d)(?:$|[ ,.])`)
)

// relative reads now, -12m, 10 minutes ago, +2h, and seconds since 1970.
func (c Clock) relative(text string) (time.Time, bool) {
	minute := c.Now.UTC().Truncate(time.Minute)
	if m := unixTime().FindStringSubmatch(text); m != nil {
		seconds, _ := strconv.ParseInt(m[1], 10, 64)
		return time.Unix(seconds, 0).UTC(), true
	}
	switch text {
	case "now", "now()", "just now", "right now", "today", "asap", "immediately":
		return minute, true
	}
	if m := ahead().FindStringSubmatch(text); m != nil {
		return minute.Add(length(m[1], m[2])), true
	}
	if m := ago().FindStringSubmatch(text); m != nil && (m[3] != "" || text[0] == '-') {
		return minute.Add(-length(m[1], m[2])), true
	}
	return time.Time{}, false
}

func length(count, unit string) time.Duration {
	return time.Duration(number(count)) * map[byte]time.Duration{'m': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour}[unit[0]]
}

// plain writes a text in lower case and without what word processors and other
// scripts make of hyphens, blanks and digits.
func plain(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case '\uff01' <= r && r <= '\uff5e': // full width
			b.WriteRune(r - 0xfee0)
		case '\u0660' <= r && r <= '\u0669': // Arabic digits
			b.WriteRune(r - 0x0660 + '0')
		case '\u0966' <= r && r <= '\u096f': // Devanagari digits
			b.WriteRune(r - 0x0966 + '0')
		default:
			b.WriteString(plainMarks.Replace(string(r)))
		}
	}
	return strings.Trim(strings.Join(strings.Fields(b.String()), " "), "\"'`")
}

var plainMarks = strings.NewReplacer("‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "―", "-", "−", "-",
	"\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u200a", " ", "\u3000", " ", "\t", " ", "\u200b", "", "\u200e", "", "\u200f", "",
	"：", ":", "∶", ":", "،", ",", "年", "-", "月", "-", "日", " ")

// pattern is a regular expression that is compiled on first use.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// number is the value of a few digits; 0 if there are none.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// scanner takes the parts of a time out of a text, until only words are left.
type scanner struct{ rest string }

// take removes what the groups of a pattern match first, and returns them. What
// is around them stays.
func (s *scanner) take(p *regexp.Regexp) ([]string, bool) {
	at := p.FindStringSubmatchIndex(s.rest)
	if at == nil {
		return nil, false
	}
	groups := make([]string, len(at)/2)
	begin, end := len(s.rest), 0
	for i := range groups {
		if from, to := at[2*i], at[2*i+1]; from >= 0 {
			groups[i] = s.rest[from:to]
			if i > 0 {
				begin, end = min(begin, from), max(end, to)
			}
		}
	}
	s.rest = s.rest[:begin] + " " + strings.TrimLeft(s.rest[end:], "t_") // 2022-12-01T10:48
	return groups, true
}

// words reads what is left of a text: halves of the day and zones, and words
// that say nothing. It reports whether a zone is named, and whether all of the
// text was read.
func (s *scanner) words(c *clock, site *time.Location) (zones []zone, named, ok bool) {
	if offset, found := s.take(offsetPattern()); found {
		zone, possible := offsetZone(offset)
		if !possible {
			return nil, false, false
		}
		zones, named = append(zones, zone), true
	}
	words := strings.FieldsFunc(s.rest, func(r rune) bool { return strings.ContainsRune(" ,;()[]·|@~<>-", r) })
	for _, word := range words {
		if half := language.HalfOfDay(word); half > 0 {
			c.half(half == 2)
			continue
		}
		if isFiller(word) {
			continue
		}
		more, exact := zonesNamed(word, site)
		if len(more) == 0 || len(zones) > 0 {
			return nil, false, false
		}
		zones, named = more, exact
	}
	if len(zones) == 0 {
		zones = []zone{{location: time.UTC}, {location: site}}
	}
	return zones, named, true
}

// isFiller reports whether a word says nothing about a time.
func isFiller(word string) bool {
	word = strings.Trim(word, ".:")
	switch word {
	case "", "at", "on", "the", "of", "de", "del", "um", "uhr", "à", "le", "el", "den", "am", "h", "hr", "hrs", "hours", "time", "o'clock", "local", "lt", "ca", "approx", "approximately", "around", "about", "st", "nd", "rd", "th":
		return true
	}
	return len(word) >= 2 && slices.ContainsFunc(weekdays, func(day string) bool {
		return day == word || len(word) >= 3 && strings.HasPrefix(day, word)
	})
}

var weekdays = []string{
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "mo", "di", "mi", "do", "fr", "sa", "so",
	"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
	"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
}
