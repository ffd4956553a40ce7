package language

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// facts are how one language writes what has no words of its own in a theme.
// The patterns are CLDR's, in the letters of pattern's doc.
type facts struct {
	tag         string
	name        string // what the language calls itself, with a capital as a menu writes it
	rightToLeft bool

	months, shortMonths [12]string // as they stand in a date, January first
	halves              [2]string  // of the day: AM, PM

	date         string // a day in full: December 1, 2022
	monthYear    string // December 2022
	dateTime     string // an entry of a timeline, with its zone
	clock        string // the time of day, with its zone
	list         list
	number       number
	percent      string // {n} is the number
	length       length
	underAMinute string // of a length of time
}

// list is what stands between the items of a list.
type list struct {
	two    string // between two
	middle string // between all but the last two of three and more
	last   string // between the last two of three and more
}

// number is how digits are grouped.
type number struct {
	decimal   string // before the fraction
	separator string // between groups
	last      int    // digits in the last group
	others    int    // digits in every other group
	least     int    // digits that a number needs to be grouped
}

// length is the units of a length of time by plural category, {n} being the
// number, and what stands between two of them.
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

// Lookup takes a tag as a person may write it, pt-br, and returns it as BCP 47
// does, pt-BR, with the tag of the language of Known whose facts serve it. It
// is false where there is none, and for tags with variants or extensions.
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

// Name is what a language calls itself: Deutsch. A region that facts are not
// told apart by is added, de-AT being Deutsch (AT); an unknown language is its
// tag.
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

// Direction is how a language is written: "rtl" for the known ones that are
// written from the right, "ltr" for all others.
func Direction(tag string) string {
	if parsed, err := language.Parse(tag); err == nil {
		if f := find(parsed); f != nil && f.rightToLeft {
			return "rtl"
		}
	}
	return "ltr"
}

// Categories lists the plural categories that a language needs for the whole
// numbers that pages say, "other" first. That some languages have one more
// for millions is left out.
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

// find returns the facts that a speaker of a language would take as their
// own, such as those of de for de-AT, or nil.
func find(tag language.Tag) *facts {
	all := known()
	var tags []language.Tag
	for _, f := range all {
		tags = append(tags, language.MustParse(f.tag))
	}
	_, i, confidence := language.NewMatcher(tags).Match(tag)
	asked, _ := tag.Base()
	// The matcher also offers what speakers of another language likely read.
	if matched, _ := tags[i].Base(); matched != asked || confidence < language.High {
		return nil
	}
	return all[i]
}
