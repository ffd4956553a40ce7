package loose

import (
	"slices"
	"strings"
	"time"
)

// zone is a zone that a time can be in.
type zone struct{ location *time.Location }

// instants are the instants at which the clocks of the zone show a time: none
// if a clock change skips it, two if one repeats it.
func (z zone) instants(d date, c clock) []time.Time {
	wall := c.wall(d)
	var times []time.Time
	for _, near := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		_, offset := wall.Add(near).In(z.location).Zone()
		t := wall.Add(-time.Duration(offset) * time.Second).In(z.location)
		shown := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
		if year := t.UTC().Year(); shown.Equal(wall) && year >= 1970 && year <= 9998 && !slices.ContainsFunc(times, t.Equal) {
			times = append(times, t)
		}
	}
	return times
}

var offsetPattern = pattern(`((?:utc|gmt|z)? ?[+-]) ?(\d{1,2})(?::?(\d{2}))?(?:$|[ )\],])`)

// offsetZone is the zone of an offset: its sign, hours and minutes; false if no
// zone is so far from UTC.
func offsetZone(m []string) (zone, bool) {
	seconds := number(m[2])*3600 + number(m[3])*60
	if seconds > 14*3600 || number(m[3]) > 59 {
		return zone{}, false
	}
	if strings.HasSuffix(m[1], "-") {
		seconds = -seconds
	}
	return zone{time.FixedZone("", seconds)}, true
}

// zonesNamed are the zones that a word can mean; exact if there is no doubt. A
// name such as CET means that of the site's zone if the site's clocks show it at
// any time of the year, and what most people mean by it else.
func zonesNamed(word string, site *time.Location) (zones []zone, exact bool) {
	word = strings.Trim(word, ".")
	switch word {
	case "utc", "gmt", "z", "zulu", "utc0", "wet":
		return []zone{{time.UTC}}, true
	}
	if strings.Contains(word, "/") || strings.EqualFold(word, city(site)) {
		if strings.EqualFold(word, city(site)) {
			return []zone{{site}}, true
		}
		location, err := time.LoadLocation(ianaName(word))
		if err != nil {
			return nil, false
		}
		return []zone{{location}}, true
	}
	if shows(site, word) {
		zones, exact = append(zones, zone{site}), true
	}
	for _, minutes := range offsets[word] {
		zones = append(zones, zone{time.FixedZone("", minutes*60)})
	}
	return zones, exact || len(zones) == 1
}

// city is the last part of a zone's name, such as berlin.
func city(zone *time.Location) string {
	name := zone.String()
	return strings.ToLower(name[strings.LastIndexByte(name, '/')+1:])
}

// ZoneName is a zone's name with its capital letters; "" if there is no such zone.
func ZoneName(name string) string {
	name = ianaName(strings.ToLower(name))
	if _, err := time.LoadLocation(name); err != nil || name == "" {
		return ""
	}
	return name
}

// ianaName writes a zone's name with its capital letters.
func ianaName(word string) string {
	if strings.HasPrefix(word, "etc/") {
		return "Etc/" + strings.ToUpper(word[4:])
	}
	var b strings.Builder
	begins := true
	for _, r := range word {
		if begins {
			b.WriteString(strings.ToUpper(string(r)))
		} else {
			b.WriteRune(r)
		}
		begins = r == '/' || r == '_' || r == '-'
	}
	return b.String()
}

// shows reports whether the clocks of a zone show a name in winter or in summer.
func shows(zone *time.Location, word string) bool {
	for _, month := range []time.Month{time.January, time.July} {
		if name, _ := time.Date(2026, month, 1, 0, 0, 0, 0, zone).Zone(); strings.EqualFold(name, word) {
			return true
		}
	}
	return false
}

// offsets are the names of zones that people type, in minutes east of UTC, and
// the likeliest first.
var offsets = map[string][]int{
	"west": {60}, "bst": {60}, "cet": {60}, "mez": {60}, "cest": {120}, "mesz": {120}, "eet": {120}, "eest": {180}, "msk": {180},
	"est": {-300}, "edt": {-240}, "et": {-300, -240}, "cst": {-360, 480}, "cdt": {-300}, "ct": {-360, -300}, "mst": {-420}, "mdt": {-360},
	"pst": {-480}, "pdt": {-420}, "pt": {-480, -420}, "akst": {-540}, "akdt": {-480}, "hst": {-600}, "brt": {-180}, "art": {-180},
	"ist": {330, 60, 120}, "pkt": {300}, "sgt": {480}, "hkt": {480}, "jst": {540}, "kst": {540}, "awst": {480},
	"aest": {600}, "aedt": {660}, "acst": {570}, "acdt": {630}, "nzst": {720}, "nzdt": {780}, "sast": {120},
}
