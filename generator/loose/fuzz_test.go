package loose_test

import (
	"testing"
	"time"

	"allclear/generator/loose"
	"allclear/generator/source"
)

// FuzzReadingsCanBeWritten tests that whatever is meant by a text can be written
// in the documented form and read back.
func FuzzReadingsCanBeWritten(f *testing.F) {
	for _, seed := range []string{
		"2022-12-01 10:48", "22.11.2025 9pm CET", "9998-12-31 23:59 -14:00", "1970-01-01 00:00 +14:00", "0403", "9999999999", "-9999d",
		"2022-12-01 10:48 +99:99", "2022-10-30 02:30", "Dec 1, 24:10 UTC", "\xff", "29.2. 10:00", "١ ديسمبر 10:00",
	} {
		f.Add(seed)
	}
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		f.Fatal(err)
	}
	clock := loose.Clock{Now: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC), Zone: zurich}
	f.Fuzz(func(t *testing.T, text string) {
		for _, at := range clock.Read(text).Times {
			written := source.FormatTimestamp(at)
			again, err := source.ParseTimestamp(written, zurich)
			if err != nil || !again.Equal(at) {
				t.Errorf("%q may mean %q, which reads as %v, %v", text, written, again, err)
			}
		}
	})
}
