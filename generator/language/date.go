package language

import (
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Date is a day: December 1, 2022.
func (c *Catalog) Date(t time.Time) string { return c.facts.format(c.facts.date, t) }

// MonthYear is a month: December 2022.
func (c *Catalog) MonthYear(t time.Time) string { return c.facts.format(c.facts.monthYear, t) }

// DateTime is an instant in a timeline: Dec 01, 2022, 04:03 AM UTC.
func (c *Catalog) DateTime(t time.Time) string { return c.facts.format(c.facts.dateTime, t) }

// Clock is the time of day with its zone: 04:03 AM UTC.
func (c *Catalog) Clock(t time.Time) string { return c.facts.format(c.facts.clock, t) }

// ISO is an instant for <time datetime>, RFC 3339 to the second:
// 2022-12-01T04:03:00Z.
func (c *Catalog) ISO(t time.Time) string { return t.Format(time.RFC3339) }

// format writes a time by a pattern of CLDR. It knows these letters:
//
//	y                year
//	M MM MMM MMMM    month: 9, 09, short, full
//	d dd             day: 1, 01
//	h hh H HH        hour: 1 to 12, 0 to 23
//	mm               minute
//	E EEEE           weekday: short, full
//	a                half of the day
//	z                zone, see zone
//
// Other characters are written unchanged, and so is text between single
// quotes. https://unicode.org/reports/tr35/tr35-dates.html#Date_Field_Symbol_Table
func (f *facts) format(pattern string, t time.Time) string {
	var b strings.Builder
	for pattern != "" {
		if quoted, rest, ok := strings.Cut(pattern[1:], "'"); pattern[0] == '\'' && ok {
			b.WriteString(quoted)
			pattern = rest
			continue
		}
		width := len(pattern) - len(strings.TrimLeft(pattern, pattern[:1]))
		if pattern[0] >= 0x80 {
			width = 1 // a byte of a longer character, never a field
		}
		b.WriteString(f.field(pattern[:width], t))
		pattern = pattern[width:]
	}
	return b.String()
}

func (f *facts) field(field string, t time.Time) string {
	switch field {
	case "y":
		return fmt.Sprint(t.Year())
	case "M", "MM":
		return padded(int(t.Month()), field)
	case "MMM":
		return f.shortMonths[t.Month()-1]
	case "MMMM":
		return f.months[t.Month()-1]
	case "d", "dd":
		return padded(t.Day(), field)
	case "h", "hh":
		return padded((t.Hour()+11)%12+1, field)
	case "H", "HH":
		return padded(t.Hour(), field)
	case "mm":
		return padded(t.Minute(), field)
	case "E":
		return f.shortWeekdays[t.Weekday()]
	case "EEEE":
		return f.weekdays[t.Weekday()]
	case "a":
		return f.halves[t.Hour()/12]
	case "z":
		return zone(t)
	}
	return field
}

// padded writes a number with at least as many digits as its field has letters.
func padded(n int, field string) string { return fmt.Sprintf("%0*d", len(field), n) }

// zone is the zone's abbreviation, such as UTC or CET. If it has none, it is
// the offset from UTC, such as UTC+05:30.
func zone(t time.Time) string {
	name, offset := t.Zone()
	letters := strings.ContainsFunc(name, isLetter) && !strings.ContainsFunc(name, isNoLetter)
	if letters {
		return name
	}
	if offset == 0 {
		return "UTC"
	}
	sign := '+'
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return fmt.Sprintf("UTC%c%02d:%02d", sign, offset/3600, offset/60%60)
}

func isLetter(r rune) bool   { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }
func isNoLetter(r rune) bool { return !isLetter(r) }

// Month is the month that a word names in any language, short, in full or by a
// beginning that no other month of the language has; 0 if it names none.
func Month(word string) time.Month {
	word = bareWord(word)
	for _, months := range monthWords() {
		var begun []time.Month
		for i, m := range months {
			if word == m.full || word == m.short {
				return time.Month(i + 1)
			}
			if utf8.RuneCountInString(m.short) > 3 && utf8.RuneCountInString(word) >= 3 && strings.HasPrefix(m.full, word) {
				begun = append(begun, time.Month(i+1))
			}
		}
		if len(begun) == 1 {
			return begun[0]
		}
	}
	return 0
}

// monthWord is the name of a month in a language, as bareWord has it.
type monthWord struct{ full, short string }

// monthWords are the months of each language.
var monthWords = sync.OnceValue(func() [][]monthWord {
	var all [][]monthWord
	for _, f := range known() {
		var months []monthWord
		for i := range f.months {
			months = append(months, monthWord{bareWord(f.months[i]), bareWord(f.shortMonths[i])})
		}
		all = append(all, months)
	}
	return all
})

// HalfOfDay is 1 for a word such as AM in any language, 2 for PM, else 0.
func HalfOfDay(word string) int {
	for _, f := range known() {
		for i, half := range f.halves {
			if bareWord(word) == bareWord(half) {
				return i + 1
			}
		}
	}
	return 0
}

// bareWord is a word without letter case and the marks of short forms.
func bareWord(word string) string { return strings.Trim(Fold(word), ".॰\u00a0 ") }
