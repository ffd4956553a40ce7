package language

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// facts say how one language writes dates, durations, lists and numbers. The
// patterns are CLDR's; see format for their letters.
type facts struct {
	tag         string
	name        string // in the language itself, with a capital letter as in a menu
	rightToLeft bool

	months, shortMonths     [12]string // as in a date, January first
	weekdays, shortWeekdays [7]string  // Sunday first
	halves                  [2]string  // of the day: AM, PM

	date         string // a day in full: December 1, 2022
	monthYear    string // December 2022
	dateTime     string // an instant in a timeline, with its zone
	clock        string // the time of day, with its zone
	short        short
	day          day
	days         days
	list         list
	number       number
	percent      string // {n} is the number
	length       length
	underAMinute string // a duration of less than a minute
}

// short is how an instant is written beside the present: by the clock alone
// today, with the weekday this week, without the year this year.
type short struct{ clock, week, year, other string }

// day is a date as a heading: without the year this year.
type day struct{ year, other string }

// days is a stretch of dates of this year, in one month and in two.
type days struct{ month, months span }

// span is the patterns of its ends, and what is between them.
type span struct{ first, last, between string }

// list is what separates the items of a list.
type list struct {
	two    string // between two
	middle string // between all but the last two of three and more
	last   string // between the last two of three and more

	beforeI string // instead of the last separator before the sound of i, as Spanish has it
}

// number is how digits are grouped.
type number struct {
	decimal   string // before the fraction
	separator string // between groups
	last      int    // digits in the last group
	others    int    // digits in every other group
	least     int    // digits that a number needs to be grouped
}

// length is the units of a duration by plural category, with {n} for the
// number, and what separates two units.
type length struct {
	day, hour, minute map[string]string
	between           string
}

// known lists the languages, by their tags.
func known() []*facts {
	return []*facts{&arabic, &german, &english, &spanish, &french, &hindi, &japanese, &portuguese, &chinese}
}

// Known lists the tags of the languages whose facts are known, sorted.
func Known() []string {
	var tags []string
	for _, f := range known() {
		tags = append(tags, f.tag)
	}
	return tags
}

// Lookup takes a tag as a person may write it, pt-br, and returns its canonical
// form, pt-BR, and the tag in Known whose facts apply to it. It is false if
// there is none, and for tags with variants or extensions.
func Lookup(tag string) (canonical, served string, ok bool) {
	parsed, err := language.Parse(tag)
	if err != nil || len(parsed.Variants()) > 0 || len(parsed.Extensions()) > 0 {
		return "", "", false
	}
	if f := find(parsed); f != nil {
		return parsed.String(), f.tag, true
	}
	return "", "", false
}

// Name is the name of a language in itself: Deutsch. A region without facts of
// its own is added: de-AT is Deutsch (AT). The name of an unknown language is
// its tag.
func Name(tag string) string {
	canonical, served, ok := Lookup(tag)
	if !ok {
		return tag
	}
	parsed := language.MustParse(canonical)
	f := find(parsed)
	own, _ := language.MustParse(served).Region()
	if region, confidence := parsed.Region(); confidence == language.Exact && region != own {
		base, _, _ := strings.Cut(f.name, " (")
		return base + " (" + region.String() + ")"
	}
	return f.name
}

// Direction is "rtl" for a known language that is written from right to left,
// "ltr" for all others.
func Direction(tag string) string {
	if parsed, err := language.Parse(tag); err == nil {
		if f := find(parsed); f != nil && f.rightToLeft {
			return "rtl"
		}
	}
	return "ltr"
}

// Categories lists the plural categories that a language needs for the whole
// numbers on pages, "other" first. A category for millions, which some
// languages have, is left out.
func Categories(tag string) []string {
	found := []string{other}
	parsed, err := language.Parse(tag)
	if err != nil {
		return found
	}
	for n := range 200 {
		if c := category(parsed, n); !slices.Contains(found, c) {
			found = append(found, c)
		}
	}
	return found
}

// find returns the facts that apply to a language, such as those of de for
// de-AT, or nil.
func find(tag language.Tag) *facts {
	all := known()
	var tags []language.Tag
	for _, f := range all {
		tags = append(tags, language.MustParse(f.tag))
	}
	_, i, confidence := language.NewMatcher(tags).Match(tag)
	asked, _ := tag.Base()
	// The matcher also offers other languages that speakers are likely to read.
	if matched, _ := tags[i].Base(); matched != asked || confidence < language.High {
		return nil
	}
	return all[i]
}
