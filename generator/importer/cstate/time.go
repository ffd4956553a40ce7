package cstate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/loose"
)

// This file reads times in many forms.

// hugoTime is a time with what its text left out.
type hugoTime struct {
	time.Time
	zoneless bool // it has no zone
	dateOnly bool // it has no time of day
}

const clockForm = `(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?:[ \t]*([AaPp])\.?[Mm]\b\.?)?[ \t]*(Z\b|z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2}(?:[ \t]+(?:UTC|GMT)\b)?)?`

var (
	isoForm = regexp.MustCompile(`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:[Tt]|,?[ \t]+(?:at[ \t]+|-[ \t]+)?)` + clockForm + `)?`)
	dayForm = regexp.MustCompile(`(?i)(\d{1,2})(?:st|nd|rd|th)?[ \t]+(?:of[ \t]+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?[ \t]+(\d{4})[ \t,at-]+` + clockForm)
	monthUS = regexp.MustCompile(`(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[ \t]+(\d{1,2})(?:st|nd|rd|th)?,?[ \t]+(\d{4})[ \t,at-]+` + clockForm)
	months  = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
)

// findTime finds a time in a text, and its position.
func findTime(text string, zone *time.Location) (at hugoTime, start, end int, ok bool) {
	for _, form := range []struct {
		*regexp.Regexp
		year, month, day int
	}{{isoForm, 1, 2, 3}, {dayForm, 3, 2, 1}, {monthUS, 3, 1, 2}} {
		m := form.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		if at, ok = readTime(part(form.year), part(form.month), part(form.day), clock{part(4), part(5), part(6), part(7), part(8)}, zone); ok {
			return at, m[0], m[1], true
		}
	}
	return hugoTime{}, 0, 0, false
}

// hugoLayouts are the forms of times that Hugo reads beside those of findTime.
var hugoLayouts = []string{
	time.RFC1123Z, time.RFC1123, time.RFC822Z, time.RFC822, time.RFC850, time.ANSIC, time.UnixDate, time.RubyDate,
	"2006-01-02 15:04:05.999999999 -0700 MST", "02 Jan 2006", "2 Jan 2006", "Jan 2, 2006", "January 2, 2006",
}

// parseTime reads a text that is only a time.
func parseTime(text string, zone *time.Location) (hugoTime, bool) {
	text = strings.TrimSpace(text)
	if at, start, end, ok := findTime(text, zone); ok && start == 0 && end == len(text) {
		return at, true
	}
	for _, layout := range hugoLayouts {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil && t.Year() >= 1970 && t.Year() < 9999 {
			return hugoTime{
				Time: t.UTC(), zoneless: !strings.Contains(layout, "MST") && !strings.Contains(layout, "-0700"), dateOnly: !strings.Contains(layout, "15"),
			}, true
		}
	}
	return hugoTime{}, false
}

// likelyTime reads a time as people type it that Hugo does not read, if it can
// mean only one instant: 14.05.2021, 12:00 Uhr, or 2021-05-14 12:00 CEST.
func likelyTime(text string, zone *time.Location, near time.Time) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if !hasDate.MatchString(text) {
		return time.Time{}, false
	}
	all := loose.Clock{Now: near, Zone: zone, Future: true}.Read(text).Times
	own := slices.DeleteFunc(slices.Clone(all), func(t time.Time) bool { return t.Location().String() != zone.String() })
	if len(own) > 0 {
		all = own
	}
	if len(all) != 1 || all[0].Year() < 1970 || all[0].Year() > 9998 {
		return time.Time{}, false
	}
	return all[0].UTC(), true
}

// hasDate is the date in a text: 14.05.2021, 2021/5/14, 14 May.
var hasDate = regexp.MustCompile(`(?i)\d{1,4}[./-]\d{1,2}[./-]|\d{1,2}\.?(?:st|nd|rd|th)?\s+(?:of\s+|de\s+)?(?:` + monthNames + `)|(?:` + monthNames + `)\pL*\.?\s+\d{1,2}`)

const monthNames = `jan|feb|fév|mär|mar|apr|abr|avr|mai|may|mag|jun|jui|giu|jul|lug|aug|aoû|ago|sep|set|okt|oct|ott|out|nov|dez|dec|déc|dic`

// nearestDay is a time whose day its month does not have, on the last day that
// it has; false for any other text.
func nearestDay(text string, zone *time.Location) (time.Time, bool) {
	m := isoForm.FindStringSubmatchIndex(text)
	if m == nil {
		return time.Time{}, false
	}
	for day := 28; day <= 30; day++ {
		if at, ok := parseTime(text[:m[6]]+strconv.Itoa(58-day)+text[m[7]:], zone); ok && text[m[6]:m[7]] > "28" && text[m[6]:m[7]] <= "31" {
			return at.Time, true
		}
	}
	return time.Time{}, false
}

// clock is a time of day as it was written.
type clock struct {
	hour, minute, second string
	half                 string // a or p, on a 12-hour clock
	offset               string
}

func readTime(year, month, day string, c clock, zone *time.Location) (hugoTime, bool) {
	n := func(s string) int { v, _ := strconv.Atoi(s); return v }
	hour, offset := n(c.hour), c.offset
	if c.half != "" {
		if hour < 1 || hour > 12 {
			return hugoTime{}, false
		}
		hour %= 12
		if strings.EqualFold(c.half, "p") {
			hour += 12
		}
	}
	m := n(month)
	if i := slices.Index(months, strings.ToLower(month[:min(3, len(month))])); i >= 0 {
		m = i + 1
	}
	at := hugoTime{dateOnly: c.hour == "", zoneless: offset == ""}
	in := zone
	switch {
	case offset == "":
	case len(offset) <= 3:
		in = time.UTC
	default:
		seconds := (n(offset[1:3])*60 + n(offset[len(offset)-2:])) * 60
		if offset[0] == '-' {
			seconds = -seconds
		}
		in = time.FixedZone("", seconds)
	}
	at.Time = time.Date(n(year), time.Month(m), n(day), hour, n(c.minute), n(c.second), 0, in)
	valid := n(year) >= 1970 && n(year) < 9999 && at.Day() == n(day) && int(at.Month()) == m && hour < 24 && n(c.minute) < 60 && n(c.second) < 60
	at.Time = at.UTC()
	return at, valid
}
