package compare

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// appointment is an event of the calendar. The times are those of RFC 5545.
type appointment struct{ Summary, Start, End, Status, Description string }

// calendarText undoes the escapes of RFC 5545, section 3.3.11.
var calendarText = strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\;`, ";", `\,`, ",", `\\`, `\`)

// readCalendar reads the calendar of maintenance, which this program has written.
func (s *site) readCalendar() error {
	s.calendar = map[string]appointment{}
	data, err := s.Read("maintenance.ics")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("maintenance.ics: %w", err)
	}
	unfolded := strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "").Replace(string(data))
	var id string
	var a appointment
	for line := range strings.Lines(unfolded) {
		name, value, _ := strings.Cut(strings.TrimRight(line, "\r\n"), ":")
		name, _, _ = strings.Cut(name, ";")
		value = calendarText.Replace(value)
		switch name {
		case "BEGIN":
			id, a = "", appointment{}
		case "UID":
			id = value
		case "SUMMARY":
			a.Summary = value
		case "DTSTART":
			a.Start = value
		case "DTEND":
			a.End = value
		case "STATUS":
			a.Status = value
		case "DESCRIPTION":
			a.Description = value
		case "END":
			if id != "" {
				s.calendar[id] = a
			}
		}
	}
	return nil
}
