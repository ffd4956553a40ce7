package check

import (
	_ "embed"
	"strings"

	"allclear/generator/loose"
)

// canonicalZone returns the canonical IANA name of a zone; "" if there is none,
// such as for EST.
func canonicalZone(name string) string {
	for line := range strings.Lines(oldZones) {
		if old, now, _ := strings.Cut(strings.TrimSpace(line), " "); old == name {
			return now
		}
	}
	if !strings.Contains(name, "/") {
		return ""
	}
	return name
}

// oldZones is the old names that the time zone database keeps for old programs,
// each with its canonical name: the links in the file backward, 2025b,
// https://data.iana.org/time-zones/tz-link.html
//
//go:embed oldzones.txt
var oldZones string

// likelyZone is the zone that was most likely meant: another letter case, a city
// alone, an abbreviation; "" for none.
func likelyZone(name string) string {
	if word, ok := zoneWords[strings.ToUpper(name)]; ok {
		return word
	}
	name = strings.ReplaceAll(strings.TrimSpace(name), " ", "_")
	for _, area := range []string{"", "Europe/", "America/", "Asia/", "Australia/", "Africa/", "Pacific/", "Etc/"} {
		if zone := loose.ZoneName(area + name); zone != "" && canonicalZone(zone) == zone {
			return zone
		}
	}
	return ""
}

// zoneWords are zones for the abbreviations that people type.
var zoneWords = map[string]string{
	"CET": "Europe/Berlin", "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin", "GMT": "Etc/UTC", "BST": "Europe/London", "WET": "Europe/Lisbon", "EET": "Europe/Helsinki",
	"EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York", "CST": "America/Chicago", "CDT": "America/Chicago", "CT": "America/Chicago",
	"MST": "America/Denver", "MDT": "America/Denver", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
	"IST": "Asia/Kolkata", "JST": "Asia/Tokyo", "AEST": "Australia/Sydney", "MSK": "Europe/Moscow", "SGT": "Asia/Singapore",
}
