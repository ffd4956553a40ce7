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

// TimestampError is the error of ParseTimestamp.
type TimestampError struct {
	Kind    TimestampErrorKind
	Text    string // as it was written
	Message string // what is wrong, to print after the position
	Hint    string // how to fix it; never empty

	// Readings, for NoZone, are the timestamps that may be meant, ready to
	// paste: first in UTC, then in the site's zone if that is another. There
	// are two in the site's zone if a clock change repeats the hour, and none
	// if it skips the hour.
	Readings []string
}

func (e *TimestampError) Error() string { return e.Message }

const timestampForm = "write it like 2022-12-01 10:48 UTC or 2022-12-01T10:48:00+05:30"

// ParseTimestamp parses RFC 3339, or 2022-12-01 10:48[:30] followed by UTC, Z
// or an offset such as +05:30. The result is in the given zone, the site's.
// Every error is a *TimestampError.
func ParseTimestamp(text string, zone *time.Location) (time.Time, error) {
	c, strict := readCivilTime(text)
	if !strict {
		var fault *TimestampError
		if c, fault = guessCivilTime(text); fault != nil {
			return time.Time{}, fault
		}
	}
	if reason := c.impossible(); reason != "" {
		return time.Time{}, &TimestampError{Kind: Impossible, Text: text,
			Message: fmt.Sprintf("there is no time %q: %s", text, reason), Hint: "correct it; " + timestampForm}
	}
	if !c.zoned {
		return time.Time{}, &TimestampError{Kind: NoZone, Text: text,
			Message:  fmt.Sprintf("the timestamp %q has no zone", text),
			Hint:     "write UTC or an offset such as +05:30 after it",
			Readings: c.readings(zone)}
	}
	t := c.instant()
	if !strict {
		return time.Time{}, &TimestampError{Kind: Malformed, Text: text,
			Message: fmt.Sprintf("the timestamp %q is not in a form that allclear reads", text),
			Hint:    "write " + FormatTimestamp(t.In(time.FixedZone("", c.offset*60)))}
	}
	return t.In(zone), nil
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
