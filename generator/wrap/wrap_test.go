package wrap_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"allclear/generator/wrap"
)

func TestLines(t *testing.T) {
	for name, c := range map[string]struct {
		text            string
		words, segments []string
	}{
		"nothing":                 {"", []string{""}, []string{""}},
		"short":                   {"one two", []string{"one two"}, []string{"one two"}},
		"at a blank":              {"one two three four", []string{"one two", "three four"}, []string{"one two", "three four"}},
		"at a hyphen":             {"one two-three", []string{"one", "two-three"}, []string{"one two-", "three"}},
		"a word that is too long": {"a abcdefghijklmnop b", []string{"a", "abcdefghij", "klmnop b"}, []string{"a", "abcdefghij", "klmnop b"}},
		"exactly as wide":         {"abcdefghij klm", []string{"abcdefghij", "klm"}, []string{"abcdefghij", "klm"}},
		"many blanks":             {"one\t two", []string{"one two"}, []string{"one\t two"}},
		"letters of two columns":  {"障害が発生しています", []string{"障害が発生", "しています"}, []string{"障害が発生", "しています"}},
	} {
		if got := wrap.Lines(wrap.Words(c.text), 10, wrap.Columns); !slices.Equal(got, c.words) {
			t.Errorf("%s: by words got %q, want %q", name, got, c.words)
		}
		if got := wrap.Lines(wrap.Segments(c.text), 10, wrap.Columns); !slices.Equal(got, c.segments) {
			t.Errorf("%s: by segments got %q, want %q", name, got, c.segments)
		}
	}
}

func TestLinesEndWhereNoCharacterFits(t *testing.T) {
	for _, width := range []int{1, 0, -1} {
		got := wrap.Lines(wrap.Words("xxx yyy"), width, utf8.RuneCountInString)
		if strings.Join(got, "") != "xxxyyy" {
			t.Errorf("width %d: got %q", width, got)
		}
	}
}

func TestCutSplitsNoCharacter(t *testing.T) {
	const accented = "e\u0301"
	if got := wrap.Cut("a"+accented+"b", 2, utf8.RuneCountInString); got != "a" {
		t.Errorf("got %q", got)
	}
	if got := wrap.Cut(accented, 1, utf8.RuneCountInString); got != accented {
		t.Errorf("got %q", got)
	}
}

func BenchmarkLines(b *testing.B) {
	for name, text := range map[string]string{
		"prose": strings.Repeat("We are looking into an elevated rate of errors. ", 1000),
		"word":  strings.Repeat("long", 12_000),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				wrap.Lines(wrap.Segments(text), 80, wrap.Columns)
			}
		})
	}
}
