package language_test

import (
	"strings"
	"testing"

	"allclear/generator/language"

	"github.com/google/go-cmp/cmp"
)

func catalog(t *testing.T, tag string, messages map[string]language.Message, fallback *language.Catalog) *language.Catalog {
	t.Helper()
	c, err := language.New(tag, messages, fallback)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func plain(pairs ...string) map[string]language.Message {
	messages := map[string]language.Message{}
	for i := 0; i < len(pairs); i += 2 {
		messages[pairs[i]] = language.Message{Text: pairs[i+1]}
	}
	return messages
}

func TestTextFillsPlaceholders(t *testing.T) {
	c := catalog(t, "en", plain(
		"a", "{site} had {incident} on {site}",
		"b", "no braces",
		"c", "{} { } {a{site}} }{ {open",
	), nil)
	for _, test := range []struct {
		key       string
		arguments []string
		want      string
	}{
		{"a", []string{"site", "Example", "incident", "{site}"}, "Example had {site} on Example"},
		{"a", []string{"site", "Example"}, "Example had {incident} on Example"},
		{"a", []string{"site"}, "{site} had {incident} on {site}"},
		{"b", []string{"site", "Example"}, "no braces"},
		{"c", []string{"site", "Example"}, "{} { } {aExample} }{ {open"},
		{"missing.key", nil, "missing.key"},
	} {
		if got := c.Text(test.key, test.arguments...); got != test.want {
			t.Errorf("%s with %q is %q, want %q", test.key, test.arguments, got, test.want)
		}
	}
}

func TestPlaceholdersAreNamedOnceInOrder(t *testing.T) {
	if diff := cmp.Diff([]string{"b", "a", "c d"}, language.Placeholders("{b} {a} {b} {} {{c d}}")); diff != "" {
		t.Error(diff)
	}
	if got := language.Placeholders("none"); got != nil {
		t.Errorf("%q", got)
	}
}

func TestFallbackSpeaksInItsOwnLanguage(t *testing.T) {
	english := catalog(t, "en", map[string]language.Message{
		"both": {Text: "both"},
		"days": {Plural: map[string]string{"one": "{n} day", "other": "{n} days"}},
	}, nil)
	german := catalog(t, "de", plain("both", "beide", "own", "eigen"), english)
	got := []string{german.Text("both"), german.Text("own"), german.Count("days", 1), german.Count("days", 1000), german.Text("neither")}
	if diff := cmp.Diff([]string{"beide", "eigen", "1 day", "1.000 days", "neither"}, got); diff != "" {
		t.Error(diff)
	}
	if english.Text("both") != "both" || english.Text("own") != "own" {
		t.Error("the fallback changed")
	}
}

func TestCountPicksTheForm(t *testing.T) {
	message := map[string]language.Message{
		"outages": {Plural: map[string]string{"one": "{n} {what}", "other": "{n} {what}s"}},
		"flat":    {Text: "{n} in all"},
	}
	for _, tag := range []string{"en", "de"} {
		c := catalog(t, tag, message, nil)
		for n, want := range map[int]string{0: "0 outages", 1: "1 outage", 2: "2 outages", 101: "101 outages", -1: "-1 outage"} {
			if got := c.Count("outages", n, "what", "outage"); got != want {
				t.Errorf("%s: %d is %q, want %q", tag, n, got, want)
			}
		}
		if got := c.Count("flat", 3); got != "3 in all" {
			t.Errorf("%s: %q", tag, got)
		}
		if got := c.Text("outages", "n", "some", "what", "outage"); got != "some outages" {
			t.Errorf("%s: %q", tag, got)
		}
	}
}

func TestUnfitMessagesAreErrors(t *testing.T) {
	for _, test := range []struct {
		name, tag string
		forms     map[string]string
		want      string
	}{
		{"unknown language", "sw", nil, `the language "sw" is not known; the known ones are ar, de, en, es, fr, hi, ja, pt-BR, zh-Hans`},
		{"no language at all", "english!", nil, `"english!" is not a language tag; the known ones are ar, de, en, es, fr, hi, ja, pt-BR, zh-Hans`},
		{"no form other", "en", map[string]string{"one": "a"}, `the string "a.b" has no plural form "other", which every language needs`},
		{"no form at all", "de", map[string]string{"1": "a", "other": "b"}, `the string "a.b" has a plural form "1"; there are other, zero, one, two, few, many`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := language.New(test.tag, map[string]language.Message{"a.b": {Plural: test.forms}}, nil)
			if err == nil || err.Error() != test.want {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
}

func TestRegionsTakeTheirLanguagesFacts(t *testing.T) {
	for _, tag := range []string{"de", "de-AT", "de-CH", "en-GB", "en-US"} {
		c := catalog(t, tag, nil, nil)
		if c.Direction() != "ltr" {
			t.Errorf("%s is %s", tag, c.Direction())
		}
		if got := c.Text("x"); got != "x" {
			t.Errorf("%s: %q", tag, got)
		}
		if german := c.List([]string{"A", "B"}) == "A und B"; german != strings.HasPrefix(tag, "de") {
			t.Errorf("%s lists A and B as %q", tag, c.List([]string{"A", "B"}))
		}
	}
}
