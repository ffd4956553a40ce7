package language

import "golang.org/x/text/language"

// facts are how one language writes what has no words of its own in a theme.
// The patterns are CLDR's, in the letters of pattern's doc.
type facts struct {
	tag         string
	rightToLeft bool

	months, shortMonths [12]string // as they stand in a date, January first
	weekdays            [7]string  // Sunday first
	halves              [2]string  // of the day: AM, PM

	date         string // a day in full: December 1, 2022
	shortDate    string // Dec 1, 2022
	weekdayDate  string // Thursday, December 1, 2022
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
func known() []*facts { return []*facts{&german, &english} }

// Known lists the tags of the languages whose facts are known, sorted.
func Known() []string {
	var tags []string
	for _, f := range known() {
		tags = append(tags, f.tag)
	}
	return tags
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
