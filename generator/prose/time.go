package prose

import (
	"regexp"
	"strings"

	"allclear/generator/diag"
)

var (
	ruleETA = rules.Declare(diag.Rule{
		Code: "eta-in-text", Level: diag.Warning,
		Title: "A text of an incident does not promise when it will be over",
		Why:   "Nobody knows, and a promise that is not kept costs more trust than none. Readers want to know when they will hear more.",
	})
	ruleRelativeDay = rules.Declare(diag.Rule{
		Code: "relative-day", Level: diag.Warning,
		Title: "A text names days by their dates",
		Why:   "An update is read on other days and in other time zones, where today is another date.",
	})
	ruleTimeWithoutZone = rules.Declare(diag.Rule{
		Code: "time-without-zone", Level: diag.Warning,
		Title: "A time of day in a text has its zone",
		Why:   "Readers in other time zones take it for their own time.",
	})
)

const (
	future = `(?:will|should|shall|expect\w*|hop(?:e|ing)|aim\w*|anticipat\w*|estimat\w*|plan\w*|going to|'ll|’ll|likely)`
	over   = `(?:fix(?:ed)?|resolv(?:e|ed)|resolution|restor(?:e|ed)|back|recover(?:ed|y)?|online|available|complete[d]?|solved|over|done|repaired)`
	span   = `(?:the next |about |around |approximately |roughly |less than |under |an? |~ ?)*(?:\d+|one|two|three|five|ten|fifteen|twenty|thirty|a few|few|couple of|half an|half|next)? ?-?(?:more )?(?:minutes?|mins?|hours?|hrs?|h|days?)\b`
	clock  = `(?:\d{1,2}(?::\d\d)? ?(?:am|pm|a\.m\.|p\.m\.|UTC|GMT|[A-Z]{2,4}\b)|\d{1,2}:\d\d|noon|midnight|tonight|tomorrow|end of (?:the )?day)`
)

var eta = regexp.MustCompile(`(?i:\b` + future + `\b[^.!?\n]{0,60}?\b` + over + `\b[^.!?\n]{0,30}?\b(?:in|within|by|before|until)\b (?:` + span + `|` + clock + `))` +
	`|(?i:^(?:[^.!?\n]*[.!?] +)?(?:fixed|back(?: up| online)?|resolved|restored|solved) (?:in|within) ` + span + `)` +
	`|\bETA ?(?:[:=~-]|is\b|of\b|for\b|\d)`)

// promises finds when an incident is said to be over, and returns the line without
// it.
func (r *reader) promises(line string, offset int) (rest string) {
	if !r.Incident {
		return line
	}
	r.first(eta, line, offset, ruleETA, `"%" promises an end`, "say when the next update comes instead, which the page shows: {next=30m} at the end of the heading")
	return blanked(eta, line)
}

// dayWords are words for days that depend on when they are read.
var dayWords = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\b(?:today|yesterday|tomorrow|tonight|last night|this (?:morning|afternoon|evening))\b`),
	"de": regexp.MustCompile(`(?i)\b(?:heute|gestern|morgen (?:früh|mittag|abend|nachmittag)|heute (?:früh|morgen|abend))\b`),
	"fr": regexp.MustCompile(`(?i)(?:\baujourd['’]hui\b|\bhier\b|\bdemain\b|\bce (?:matin|soir)\b)`),
	"es": regexp.MustCompile(`(?i)\b(?:hoy|ayer|esta (?:mañana|tarde|noche))\b`),
	"pt": regexp.MustCompile(`(?i)\b(?:hoje|ontem|esta (?:manhã|tarde|noite))\b`),
	"ja": regexp.MustCompile(`(?:今日|本日|昨日|明日|今朝|今夜)`),
	"zh": regexp.MustCompile(`(?:今天|昨天|明天|今晚|今早)`),
	"hi": regexp.MustCompile(`(?:आज|कल रात)`),
	"ar": regexp.MustCompile(`(?:اليوم|أمس|غدا)`),
}

// dateAfter is the date behind such a word: today, Thursday 23rd of May.
var dateAfter = regexp.MustCompile(`(?i)^[\s,(]*(?:on |the )*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d{4}-\d\d|\d{1,2}(?:st|nd|rd|th)?,? (?:of )?[a-z]{3}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d)`)

var dayBefore = regexp.MustCompile(`(?i)^(?:yesterday|last night|gestern|hier|ayer|ontem|昨日|昨天|أمس)`)
var dayAfter = regexp.MustCompile(`(?i)^(?:tomorrow|morgen|demain|明日|明天|غدا)`)

func (r *reader) days(line string, offset int) {
	base, _, _ := strings.Cut(r.Language, "-")
	words := dayWords[base]
	if words == nil {
		words = dayWords["en"]
	}
	at := words.FindStringIndex(line)
	if at == nil || dateAfter.MatchString(line[at[1]:]) {
		return
	}
	word, day := line[at[0]:at[1]], r.At
	switch {
	case dayBefore.MatchString(word):
		day = day.AddDate(0, 0, -1)
	case dayAfter.MatchString(word):
		day = day.AddDate(0, 0, 1)
	}
	hint := "write the date"
	if !r.At.IsZero() {
		hint += ", such as " + day.Format("2006-01-02")
	}
	r.report(ruleRelativeDay, offset+at[0], `"`+word+`" is another day for other readers`, hint)
}

var (
	timeOfDay = regexp.MustCompile(`(?i)(?:^|[^\w.:/+-])((?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\b\.?)?|(?:1[0-2]|[1-9]) ?[ap]m\b)`)
	zoneAfter = regexp.MustCompile(`^(?:Z\b|[\s (]*(?:UTC|GMT|[A-Z]{3,5}\b|[CEMPB]T\b|[+-]\d{1,2}(?::?\d\d)?\b|[A-Z][a-z]+/[A-Z][a-z]+|(?:[A-Z][a-z]+|local|Eastern|Pacific|Central) (?:standard |daylight )?time\b))`)
	rangeTo   = regexp.MustCompile(`(?i)^ *(?:-|–|—|to|and|until|till|bis|und|through|,|or|/) *(?:(?:from|between|at|about|around|again|\d{4}-\d\d-\d\d|[A-Z][a-z]{2,8} \d{1,2},?) *)*`)
	zoneFirst = regexp.MustCompile(`(?:UTC|GMT)(?:[+-]\d+)? *$`)
	noTime    = regexp.MustCompile(`(?i)(?:ratio|scale|score|aspect|version|lasted|took|duration|for)(?: of| was| is)? *$`)
)

// times finds the first time of day that has no zone behind it, nor behind the
// end of the range that it begins.
func (r *reader) times(line string, offset int) {
	if r.zoned {
		return
	}
	for _, at := range timeOfDay.FindAllStringSubmatchIndex(line, -1) {
		if zoneFirst.MatchString(line[:at[2]]) || noTime.MatchString(line[:at[2]]) || hasZone(line[at[3]:]) {
			continue
		}
		text := line[at[2]:at[3]]
		r.report(ruleTimeWithoutZone, offset+at[2], text+" has no zone", "write its zone: "+text+" UTC")
		return
	}
}

// hasZone reports whether a zone follows a time of day, or a range that it begins.
func hasZone(rest string) bool {
	for range 4 {
		if zoneAfter.MatchString(rest) {
			return true
		}
		to := rangeTo.FindStringIndex(rest)
		if to == nil {
			return false
		}
		next := timeOfDay.FindStringSubmatchIndex(" " + rest[to[1]:])
		if next == nil || next[2] > 1 {
			return false
		}
		rest = (" " + rest[to[1]:])[next[3]:]
	}
	return false
}
