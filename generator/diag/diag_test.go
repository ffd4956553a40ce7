package diag

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	ruleWrong = &Rule{Code: "wrong-thing"}
	ruleOdd   = &Rule{Code: "odd-thing", Level: Warning}
)

func sample() List {
	var l List
	l.Add(
		ruleOdd.At(Position{"content/b.md", 9, 1}, "odd"),
		ruleWrong.At(Position{"content/b.md", 2, 12}, "unknown component %q", "ap1").WithHint("did you mean %q?\nor another", "api"),
		ruleWrong.At(Position{"content/a.md", 0, 0}, "100%%, a:b,\rc\nd"),
		ruleOdd.At(Position{"content/b.md", 9, 1}, "odd"),
	)
	return l.Sorted()
}

func TestTextReadsLikeACompiler(t *testing.T) {
	var b strings.Builder
	if err := sample().Text(&b, false); err != nil {
		t.Fatal(err)
	}
	want := `content/a.md: error: 100%, a:b,\x0dc\x0ad [wrong-thing]
content/b.md:2:12: error: unknown component "ap1" [wrong-thing]
	hint: did you mean "api"?
	      or another
content/b.md:9:1: warning: odd [odd-thing]
2 errors, 1 warning
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

func TestContentCannotDriveTheTerminal(t *testing.T) {
	var b strings.Builder
	l := List{ruleWrong.At(Position{File: "a\x1b[2J.md"}, "x\u202ey\u200bz\x9b31m").WithHint("\x07")}
	if err := l.Text(&b, false); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\x07\u202e\u200b\u009b") {
		t.Errorf("%q reaches the terminal", b.String())
	}
}

func TestGitHubAnnotationsAreEscaped(t *testing.T) {
	var b strings.Builder
	if err := sample().GitHub(&b); err != nil {
		t.Fatal(err)
	}
	want := `::error file=content/a.md,title=wrong-thing::100%25, a:b,` + `\x0d` + `c%0Ad
::error file=content/b.md,line=2,col=12,title=wrong-thing::unknown component "ap1"%0Ahint: did you mean "api"?%0Aor another
::warning file=content/b.md,line=9,col=1,title=odd-thing::odd
2 errors, 1 warning
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("annotations (-want +got):\n%s", diff)
	}
}

func TestJSONHoldsEveryDiagnostic(t *testing.T) {
	var b strings.Builder
	if err := sample().JSON(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Diagnostics []struct {
			File, Level, Code, Message string
			Line, Column               int
			Hint                       *string
		}
		Errors, Warnings int
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Diagnostics) != 3 || got.Errors != 2 || got.Warnings != 1 {
		t.Fatalf("report is %+v", got)
	}
	second := got.Diagnostics[1]
	if second.File != "content/b.md" || second.Line != 2 || second.Column != 12 || second.Code != "wrong-thing" || second.Hint == nil {
		t.Errorf("second is %+v", second)
	}
	if got.Diagnostics[0].Hint != nil {
		t.Errorf("a diagnostic without a hint has %q", *got.Diagnostics[0].Hint)
	}
}

func TestNearFindsWhatWasMeant(t *testing.T) {
	candidates := []string{"identified", "investigating", "monitoring", "resolved", "postmortem", "api"}
	for word, want := range map[string]string{
		"identifed":     "identified",
		"resolevd":      "resolved",
		"invesitgating": "investigating",
		"ap1":           "api",
		"banana":        "",
		"":              "",
		"fixed":         "",
	} {
		if got := Near(word, candidates); got != want {
			t.Errorf("near %q is %q, want %q", word, got, want)
		}
	}
}
