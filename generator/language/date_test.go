package language_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/language"
)

func in(t *testing.T, zone, instant string) time.Time {
	t.Helper()
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		t.Fatal(err)
	}
	return at.In(location)
}

func TestDatesAreSaidInTheZoneThatTheyCarry(t *testing.T) {
	const night, noon, evening = "2022-12-01T04:03:00Z", "2022-07-01T12:00:00Z", "2022-03-09T23:05:59Z"
	for _, c := range []struct{ tag, zone, instant, dateTime, clock, iso string }{
		{"en", "Etc/UTC", night, "Dec 01, 2022, 04:03 AM UTC", "04:03 AM UTC", "2022-12-01T04:03:00Z"},
		{"en", "UTC", noon, "Jul 01, 2022, 12:00 PM UTC", "12:00 PM UTC", "2022-07-01T12:00:00Z"},
		{"en", "UTC", "2022-07-01T00:00:00Z", "Jul 01, 2022, 12:00 AM UTC", "12:00 AM UTC", "2022-07-01T00:00:00Z"},
		{"en", "Europe/Berlin", night, "Dec 01, 2022, 05:03 AM CET", "05:03 AM CET", "2022-12-01T05:03:00+01:00"},
		{"en", "Europe/Berlin", noon, "Jul 01, 2022, 02:00 PM CEST", "02:00 PM CEST", "2022-07-01T14:00:00+02:00"},
		{"en", "Asia/Kolkata", evening, "Mar 10, 2022, 04:35 AM IST", "04:35 AM IST", "2022-03-10T04:35:59+05:30"},
		{"en", "America/Sao_Paulo", night, "Dec 01, 2022, 01:03 AM UTC-03:00", "01:03 AM UTC-03:00", "2022-12-01T01:03:00-03:00"},
		{"en", "Asia/Kathmandu", noon, "Jul 01, 2022, 05:45 PM UTC+05:45", "05:45 PM UTC+05:45", "2022-07-01T17:45:00+05:45"},
		{"en", "America/New_York", "2022-11-06T05:30:00Z", "Nov 06, 2022, 01:30 AM EDT", "01:30 AM EDT", "2022-11-06T01:30:00-04:00"},
		{"en", "America/New_York", "2022-11-06T06:30:00Z", "Nov 06, 2022, 01:30 AM EST", "01:30 AM EST", "2022-11-06T01:30:00-05:00"},
		{"en", "Etc/GMT+5", night, "Nov 30, 2022, 11:03 PM UTC-05:00", "11:03 PM UTC-05:00", "2022-11-30T23:03:00-05:00"},
		{"de", "Europe/Berlin", evening, "10. März 2022, 00:05 CET", "00:05 CET", "2022-03-10T00:05:59+01:00"},
		{"de", "UTC", night, "1. Dez. 2022, 04:03 UTC", "04:03 UTC", "2022-12-01T04:03:00Z"},
	} {
		t.Run(c.tag+" "+c.zone+" "+c.instant, func(t *testing.T) {
			at, words := in(t, c.zone, c.instant), catalog(t, c.tag, nil, nil)
			got := []string{words.DateTime(at), words.Clock(at), words.ISO(at)}
			if diff := cmp.Diff([]string{c.dateTime, c.clock, c.iso}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestZonesWithoutNames(t *testing.T) {
	at := time.Date(2022, 12, 1, 4, 3, 0, 0, time.UTC)
	words := catalog(t, "en", nil, nil)
	for _, c := range []struct {
		name   string
		offset int
		want   string
	}{
		{"", 0, "04:03 AM UTC"},
		{"", 19800, "09:33 AM UTC+05:30"},
		{"+0530", 19800, "09:33 AM UTC+05:30"},
		{"-0330", -12600, "12:33 AM UTC-03:30"},
		{"GMT", 0, "04:03 AM GMT"},
	} {
		if got := words.Clock(at.In(time.FixedZone(c.name, c.offset))); got != c.want {
			t.Errorf("zone %q at %d s: %q, want %q", c.name, c.offset, got, c.want)
		}
	}
}

func TestDays(t *testing.T) {
	at := time.Date(2022, 12, 1, 4, 3, 0, 0, time.UTC)
	for tag, want := range map[string][]string{
		"en": {"December 1, 2022", "December 2022"},
		"de": {"1. Dezember 2022", "Dezember 2022"},
	} {
		words := catalog(t, tag, nil, nil)
		got := []string{words.Date(at), words.MonthYear(at)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", tag, diff)
		}
	}
}

func TestABeginningThatTwoMonthsHaveNamesNone(t *testing.T) {
	for word, want := range map[string]time.Month{
		"jui": 0, "juin": time.June, "juil": time.July, "sept": time.September, "septem": time.September, "Dec": time.December, "ما": 0,
	} {
		if got := language.Month(word); got != want {
			t.Errorf("%q is %v, want %v", word, got, want)
		}
	}
}
