package source

import (
	"fmt"
	"strings"
	"time"
)

// TimestampErrorKind is the kind of mistake in a timestamp.
type TimestampErrorKind int

const (
	Malformed  TimestampErrorKind = iota // not in a form that ParseTimestamp reads
	Impossible                           // in the right form, but there is no such time
	NoZone                               // a date and a time of day without a zone
)

// TimestampError is the error of ParseTimestamp. Package loose knows what was
// most likely meant.
type TimestampError struct {
	Kind    TimestampErrorKind
	Message string // what is wrong, to print after the position
}

func (e *TimestampError) Error() string { return e.Message }

// ParseTimestamp parses RFC 3339, or 2022-12-01 10:48[:30] followed by UTC, Z
// or an offset such as +05:30. The result is in the given zone, the site's.
// Every error is a *TimestampError.
func ParseTimestamp(text string, zone *time.Location) (time.Time, error) {
	c, ok := readCivilTime(text)
	if !ok {
		message := fmt.Sprintf("%q is not a timestamp that allclear reads", text)
		if startsWithDate(text) && len(text) == len("2022-12-01") {
			message = fmt.Sprintf("the timestamp %q has no time of day", text)
		}
		return time.Time{}, &TimestampError{Malformed, message}
	}
	if reason := c.impossible(); reason != "" {
		return time.Time{}, &TimestampError{Impossible, fmt.Sprintf("there is no time %q: %s", text, reason)}
	}
	if !c.zoned {
		return time.Time{}, &TimestampError{NoZone, fmt.Sprintf("the timestamp %q has no zone", text)}
	}
	return c.instant().In(zone), nil
}

// FormatTimestamp writes an instant as a person would type it, in its own
// zone: 2022-12-01 10:48 UTC, or 2022-12-01 11:48 +01:00. Seconds and their
// fraction are left out if they are zero.
func FormatTimestamp(t time.Time) string {
	_, offset := t.Zone()
	if offset%60 != 0 || offset < -maxOffset*60 || offset > maxOffset*60 {
		t, offset = t.UTC(), 0
	}
	layout := "2006-01-02 15:04"
	if t.Second() != 0 || t.Nanosecond() != 0 {
		layout += ":05.999999999"
	}
	if offset == 0 {
		return t.Format(layout) + " UTC"
	}
	return t.Format(layout + " -07:00")
}

// FormatDuration writes a duration without the zeros at its end: 1h30m, 2h.
func FormatDuration(d time.Duration) string {
	text := d.String()
	if minutes, ok := strings.CutSuffix(text, "m0s"); ok {
		text = minutes + "m"
	}
	if hours, ok := strings.CutSuffix(text, "h0m"); ok {
		text = hours + "h"
	}
	return text
}
