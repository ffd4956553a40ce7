package cstate

import (
	"testing"
	"time"
)

func TestTimesInManySpellings(t *testing.T) {
	zurich, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, want string }{
		{"2021-05-14T12:00:00Z", "2021-05-14T12:00:00Z"},
		{"2021-05-14T9:00:00-00:00", "2021-05-14T09:00:00Z"},
		{"2026-04-30 12:00:00Z", "2026-04-30T12:00:00Z"},
		{"2021-05-14 12:00:00 +0200", "2021-05-14T10:00:00Z"},
		{"2021-05-14T12:00:00.123456+02:00", "2021-05-14T10:00:00Z"},
		{"2021-05-14T12:00", "2021-05-14T10:00:00Z"},
		{"2021-01-14 12:00:30", "2021-01-14T11:00:30Z"},
		{"2021-01-14", "2021-01-13T23:00:00Z"},
		{"2021/01/14 2:00 PM UTC", "2021-01-14T14:00:00Z"},
		{"2021-01-14 12:05:00 am", "2021-01-13T23:05:00Z"},
		{"2023-03-29 15h50 UTC", "2023-03-29T15:50:00Z"},
		{"11th of February 2022 - 15:20 UTC", "2022-02-11T15:20:00Z"},
		{"May 14, 2021 12:00 UTC", "2021-05-14T12:00:00Z"},
		{"14 May 2021 12:00", "2021-05-14T10:00:00Z"},
		{"2021-02-30 12:00", ""},
		{"2021-05-14 24:00:00", ""},
		{"2021-05-14 13:00 PM", ""},
		{"2021-05-14 12:00:00 CET", ""},
		{"14.05.2021 12:00", ""},
		{"1620993600", ""},
		{"soon", ""},
		{"", ""},
	} {
		got := ""
		if at, ok := parseTime(test.text, zurich); ok {
			got = at.Format(time.RFC3339)
		}
		if got != test.want {
			t.Errorf("%q is %q, want %q", test.text, got, test.want)
		}
	}
}

func TestAddressesAsHugoMakesThem(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"issues/2021-05-08 Two  Words", "issues/2021-05-08-Two-Words"},
		{"issues/CI.example.io_down", "issues/CI.example.io_down"},
		{"issues/what? (really)!", "issues/what-really"},
		{"issues/Störung", "issues/Störung"},
	} {
		if got := urlize(test.name); got != test.want {
			t.Errorf("%q is %q, want %q", test.name, got, test.want)
		}
	}
}
