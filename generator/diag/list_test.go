package diag

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// crowd has n mistakes in each of some files, from the last line to the first.
// Every tenth is an error.
func crowd(files, n int, makeHint func() string) List {
	var l List
	for f := range files {
		for line := n; line > 0; line-- {
			rule := ruleOdd
			if line%10 == 0 {
				rule = ruleWrong
			}
			l.Add(rule.At(Position{fmt.Sprintf("content/%03d.md", f), line, 1}, "no").WithHintFrom(makeHint))
		}
	}
	return l
}

func TestAListKeepsTheFirstOfAFileAndCountsTheRest(t *testing.T) {
	hints := 0
	l := crowd(1, 20000, func() string { hints++; return "a hint" })
	if len(l) > 3*boundAt {
		t.Errorf("the list holds %d diagnostics while it grows", len(l))
	}
	sorted := l.Sorted()
	if len(sorted) != MaxOfFile+2 || hints != MaxOfFile {
		t.Fatalf("%d diagnostics are kept, and %d hints made", len(sorted), hints)
	}
	for i, d := range sorted[:MaxOfFile] {
		if d.Rule != ruleWrong || d.Position.Line != 10*(i+1) || d.Hint == "" {
			t.Errorf("diagnostic %d is %+v, not one of the first errors", i, d)
		}
	}
	if got := sorted.Summary(); got != "2000 errors, 18000 warnings" {
		t.Errorf("summary is %q", got)
	}
	more, warnings := sorted[MaxOfFile], sorted[MaxOfFile+1]
	if more.Message != "1950 more errors in this file are not listed" || warnings.Message != "18000 more warnings in this file are not listed" {
		t.Errorf("the rest is %q and %q", more.Message, warnings.Message)
	}
	if again := sorted.Sorted(); again.Summary() != sorted.Summary() || len(again) != len(sorted) {
		t.Errorf("sorted again, it is %s", again.Summary())
	}
}

func TestAListIsBoundedOverAllFiles(t *testing.T) {
	sorted := crowd(300, 20, func() string { return "" }).Sorted()
	if len(sorted) > MaxKept+300+2 || sorted.Summary() != "600 errors, 5400 warnings" {
		t.Fatalf("%d diagnostics are kept: %s", len(sorted), sorted.Summary())
	}
	kept := 0
	for _, d := range sorted {
		if d.omitted == 0 {
			kept++
		}
	}
	if kept != MaxKept {
		t.Errorf("%d are kept", kept)
	}
	elsewhere := ""
	sorted = crowd(3000, 50, func() string { return "" }).Sorted()
	if len(sorted) > 2*MaxKept+2 || sorted.Summary() != "15000 errors, 135000 warnings" {
		t.Errorf("%d diagnostics are kept: %s", len(sorted), sorted.Summary())
	}
	for _, d := range sorted {
		if d.elsewhere {
			elsewhere = d.Message
		}
	}
	if !strings.HasSuffix(elsewhere, "more warnings in this file and others are not listed") {
		t.Errorf("the rest of the files is %q", elsewhere)
	}
}

func TestListsJoinedInAnyPiecesAreTheSame(t *testing.T) {
	var whole, pieces List
	for f := range 40 {
		var ofFile List
		for line := 60; line > 0; line-- {
			ofFile.Add(ruleOdd.At(Position{fmt.Sprintf("content/%03d.md", f), line, 1}, "no"))
		}
		whole.Add(ofFile...)
		pieces.Add(ofFile.Bounded()...)
	}
	if a, b := whole.Sorted(), pieces.Sorted(); a.Summary() != b.Summary() || len(a) != len(b) {
		t.Errorf("as a whole %d: %s; in pieces %d: %s", len(a), a.Summary(), len(b), b.Summary())
	}
}

func TestADiagnosticOfALongLineIsShort(t *testing.T) {
	line := strings.Repeat("é", 40000) + "X" + strings.Repeat("ü", 20000)
	d := ruleWrong.At(Position{"a", 1, 40001}, "unknown word %q", line).WithHint("write %s", line).WithExcerpt(line)
	for _, text := range []string{d.Message, d.Hint, d.Excerpt} {
		if n := utf8.RuneCountInString(text); n > maxHint+1 || !utf8.ValidString(text) {
			t.Errorf("a text of %d characters is kept", n)
		}
	}
	if n := utf8.RuneCountInString(d.Excerpt); n != maxExcerpt+2 {
		t.Errorf("the excerpt has %d characters", n)
	}
	if marked := []rune(d.Excerpt)[d.Mark-1]; marked != 'X' {
		t.Errorf("the excerpt marks %q in %s", marked, d.Excerpt)
	}
	for column, want := range map[int]string{1: "abc", 250: "c"} {
		line := "abc" + strings.Repeat("-", 246) + "c"
		d := ruleWrong.At(Position{"a", 1, column}, "").WithExcerpt(line)
		if !strings.HasPrefix(string([]rune(d.Excerpt)[d.Mark-1:]), want) {
			t.Errorf("column %d is marked in %s at %d", column, d.Excerpt, d.Mark)
		}
	}
}
