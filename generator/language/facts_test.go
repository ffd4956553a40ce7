package language

import (
	"slices"
	"testing"
	"time"

	"golang.org/x/text/language"
)

// What the tables of further languages will ask of the code, in CLDR's own
// examples.

func TestPatternsOfOtherLanguages(t *testing.T) {
	f := facts{months: [12]string{11: "diciembre"}, halves: [2]string{"ص", "م"}}
	at := time.Date(2022, 12, 1, 16, 3, 0, 0, time.UTC)
	for pattern, want := range map[string]string{
		"d 'de' MMMM 'de' y":            "1 de diciembre de 2022",
		"y年M月d日":                        "2022年12月1日",
		"dd\u200f/MM\u200f/y، h:mm a z": "01\u200f/12\u200f/2022، 4:03 م UTC",
		"'":                             "'",
		"":                              "",
		"y年M月d日、d日、HH:mm":               "2022年12月1日、1日、16:03",
	} {
		if got := f.format(pattern, at); got != want {
			t.Errorf("%q is %q, want %q", pattern, got, want)
		}
	}
}

func TestPluralCategoriesOfArabic(t *testing.T) {
	arabic := language.Arabic
	for n, want := range map[int]string{
		0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many",
		100: "other", 101: "other", 102: "other", 103: "few", 111: "many", 1_000_000: "other", 10_000_003: "few",
	} {
		if got := category(arabic, n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	if err := checkForms("a", map[string]string{"zero": "", "one": "", "two": "", "few": "", "many": "", "other": ""}); err != nil {
		t.Error(err)
	}
}

func TestGroupsOfDigitsInOtherLanguages(t *testing.T) {
	hindi := number{separator: ",", last: 3, others: 2, least: 4}
	spanish := number{separator: ".", last: 3, others: 3, least: 5}
	for _, c := range []struct {
		rule         number
		digits, want string
	}{
		{hindi, "1234567", "12,34,567"},
		{hindi, "1234", "1,234"},
		{spanish, "1234", "1234"},
		{spanish, "12345", "12.345"},
	} {
		if got := c.rule.group(c.digits); got != c.want {
			t.Errorf("%s is %s, want %s", c.digits, got, c.want)
		}
	}
}

func TestEveryLanguageIsWhole(t *testing.T) {
	if !slices.IsSorted(Known()) {
		t.Errorf("the languages %q are not sorted", Known())
	}
	for _, f := range known() {
		for _, pattern := range []string{f.date, f.monthYear, f.dateTime, f.clock, f.percent, f.underAMinute, f.list.two, f.list.middle, f.list.last, f.number.decimal, f.name} {
			if pattern == "" {
				t.Errorf("%s lacks a pattern", f.tag)
			}
		}
		for _, name := range slices.Concat(f.months[:], f.shortMonths[:], f.halves[:]) {
			if name == "" {
				t.Errorf("%s lacks a name", f.tag)
			}
		}
		for _, forms := range []map[string]string{f.length.day, f.length.hour, f.length.minute} {
			if err := checkForms("length", forms); err != nil || forms == nil {
				t.Errorf("%s: units %v: %v", f.tag, forms, err)
			}
		}
	}
}
