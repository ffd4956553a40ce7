package source_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"allclear/generator/source"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestParseTimestampReadsEachForm(t *testing.T) {
	const noon = "2022-12-01T12:00:00Z"
	tests := map[string]string{
		"2022-12-01T12:00:00Z":              noon,
		"2022-12-01t12:00:00z":              noon,
		"2022-12-01T12:00Z":                 noon,
		"2022-12-01T17:30:00+05:30":         noon,
		"2022-12-01 12:00 UTC":              noon,
		"2022-12-01  12:00 utc":             noon,
		"2022-12-01 12:00UTC":               noon,
		"2022-12-01 12:00 Z":                noon,
		"2022-12-01 12:00Z":                 noon,
		"2022-12-01 17:30 +05:30":           noon,
		"2022-12-01 04:00-08:00":            noon,
		"2022-12-01 12:00 -00:00":           noon,
		"2022-12-02 02:00 +14:00":           noon,
		"2022-12-01 12:00:30 UTC":           "2022-12-01T12:00:30Z",
		"2022-12-01T12:00:30.25Z":           "2022-12-01T12:00:30.25Z",
		"2022-12-01 12:00:30.123456789 UTC": "2022-12-01T12:00:30.123456789Z",
		"2024-02-29 00:00 UTC":              "2024-02-29T00:00:00Z",
	}
	kolkata := zone(t, "Asia/Kolkata")
	for text, want := range tests {
		got, err := source.ParseTimestamp(text, kolkata)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if s := got.UTC().Format(time.RFC3339Nano); s != want || got.Location() != kolkata {
			t.Errorf("%q was read as %s in %s, want %s in the site's zone", text, s, got.Location(), want)
		}
	}
}

func TestParseTimestampRefusesWhatItDoesNotKnow(t *testing.T) {
	tests := []struct {
		text    string
		kind    source.TimestampErrorKind
		message string
	}{
		{"2022-13-01 10:48 UTC", source.Impossible, "months go from 01 to 12, not 13"},
		{"2022-00-01 10:48 UTC", source.Impossible, "months go from 01 to 12, not 00"},
		{"2022-02-30 10:48 UTC", source.Impossible, "February 2022 has 28 days"},
		{"2022-12-00 10:48 UTC", source.Impossible, "December 2022 has 31 days"},
		{"2022-12-01 24:00 UTC", source.Impossible, "midnight is 00:00 of the next day"},
		{"2022-12-01 25:00 UTC", source.Impossible, "hours go from 00 to 23, not 25"},
		{"2022-12-01 10:60 UTC", source.Impossible, "minutes go from 00 to 59, not 60"},
		{"2022-12-01 10:48:60 UTC", source.Impossible, "seconds go from 00 to 59, not 60"},
		{"2022-12-01 10:48 +14:01", source.Impossible, "offsets go from -14:00 to +14:00"},
		{"2022-12-01 10:48 +05:60", source.Impossible, "offsets go from"},
		{"0222-12-01 10:48 UTC", source.Impossible, "the year 0222 is not between"},
		{"2022-13-01 10:48", source.Impossible, "months go from 01 to 12, not 13"},
		{"2022-12-01 10:48", source.NoZone, "has no zone"},
		{"2022-12-01T10:48:30", source.NoZone, "has no zone"},
		{"2022-12-01", source.Malformed, "no time of day"},
		{"2022-12-01 9:30 UTC", source.Malformed, "is not a timestamp"},
		{"2022-12-01 10:48 GMT", source.Malformed, "is not a timestamp"},
		{"2022-12-01 10:48 PST", source.Malformed, "is not a timestamp"},
		{"2022-12-01 10:48 +0530", source.Malformed, "is not a timestamp"},
		{"10:48", source.Malformed, "is not a timestamp"},
		{"", source.Malformed, "is not a timestamp"},
		{"2022-12-01T10:48:30.1234567890Z", source.Malformed, "is not a timestamp"},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			_, err := source.ParseTimestamp(test.text, time.UTC)
			var refused *source.TimestampError
			if !errors.As(err, &refused) {
				t.Fatalf("error %v, want a TimestampError", err)
			}
			if refused.Kind != test.kind || !strings.Contains(refused.Error(), test.message) {
				t.Errorf("kind %d, %q; want kind %d, %q", refused.Kind, refused, test.kind, test.message)
			}
		})
	}
}

func TestFormatTimestampWritesWhatAPersonWould(t *testing.T) {
	at := time.Date(2022, 12, 1, 10, 48, 0, 0, time.UTC)
	for want, got := range map[string]time.Time{
		"2022-12-01 10:48 UTC":           at,
		"2022-12-01 10:48:05 UTC":        at.Add(5 * time.Second),
		"2022-12-01 10:48:00.5 UTC":      at.Add(500 * time.Millisecond),
		"2022-12-01 11:48 +01:00":        at.In(zone(t, "Europe/Zurich")),
		"2022-12-01 05:48 -05:00":        at.In(zone(t, "America/New_York")),
		"2022-12-01 10:48:00.000001 UTC": at.Add(time.Microsecond),
		"1970-06-01 00:00 UTC":           time.Date(1970, 6, 1, 0, 0, 0, 0, time.UTC).In(zone(t, "Africa/Monrovia")), // 44:30 behind
	} {
		if s := source.FormatTimestamp(got); s != want {
			t.Errorf("wrote %s, want %s", s, want)
		}
	}
}

func FuzzTimestamp(f *testing.F) {
	for _, seed := range []string{
		"2022-12-01T10:48:00Z", "2022-12-01 10:48 UTC", "2022-12-01 10:48:30.5 +05:30", "2022-10-30 02:30", "2022/1/1 9.30 pm GMT",
		"9998-12-31 23:59 -14:00", "1970-01-01 00:00 +14:00", "2022-12-01 10:48 +99:99", "2022-12-01 1:00 -9", "\xff", "2022-12-01 10:48:",
	} {
		f.Add(seed)
	}
	zurich := zone(f, "Europe/Zurich")
	f.Fuzz(func(t *testing.T, text string) {
		at, err := source.ParseTimestamp(text, zurich)
		if err != nil {
			var refused *source.TimestampError
			if !errors.As(err, &refused) || refused.Message == "" {
				t.Fatalf("%q: error %v without a message", text, err)
			}
			return
		}
		written := source.FormatTimestamp(at)
		again, err := source.ParseTimestamp(written, zurich)
		if err != nil || !again.Equal(at) {
			t.Errorf("%q was written as %q, which reads as %v, %v", text, written, again, err)
		}
	})
}

func TestFormatDuration(t *testing.T) {
	for _, text := range []string{"30m", "1h30m", "2h", "10h", "1h10m", "30s", "1m30s", "0s", "168h"} {
		d, err := time.ParseDuration(text)
		if got := source.FormatDuration(d); err != nil || got != text {
			t.Errorf("%s is written as %s", text, got)
		}
	}
}
