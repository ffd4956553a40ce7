package check

import (
	_ "embed"
	"strings"
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
