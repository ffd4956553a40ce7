package oracle

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// truthCases is the folder of small inputs that showed what was untrue once,
// beside the repository.
const truthCases = "../../../shared/cases/truth"

// truthCase is one of them: at which instants to build it, which laws it is
// about, and what `check` is to say about it.
type truthCase struct {
	name   string
	nows   []string
	laws   []string
	change string            // the kind of change from one instant to the next
	edit   map[string]string // a correction of the content, from one text to another
	check  []string          // what the output of check is to contain
	not    []string          // and what not
}

var truths = []truthCase{
	{name: "02", nows: []string{"2012-01-03T00:00:00Z"}, laws: []string{"dates", "uptime", "4"}},
	{name: "10", nows: []string{"2026-11-26T12:00:00Z"}, laws: []string{"4"}, check: []string{"long.md", "warning"}},
	{name: "11", nows: []string{"2026-11-26T12:00:00Z"}, laws: []string{"4", "17"}},
	{name: "14", nows: []string{"2026-11-26T12:00:00Z"}, laws: []string{"6"}, change: "time", edit: map[string]string{"10:29": "10:30"}},
	{name: "27", nows: []string{"2026-11-25T23:50:00Z"}, laws: []string{"1"}},
	{name: "35", nows: []string{"2026-11-26T12:00:00Z"}, laws: []string{"2"}},
	{name: "42", nows: []string{"2026-11-26T09:30:00Z", "2026-11-26T12:00:00Z"}, laws: []string{"pictures"}, change: "later"},
	{name: "43", nows: []string{"2026-11-26T12:00:00Z"}, laws: []string{"8"}},
	{name: "46", nows: []string{"2026-11-26T11:59:00Z", "2026-11-26T12:00:00Z"}, laws: []string{"announcements"}},
	{name: "60", nows: []string{"2026-11-25T22:00:00Z"}, laws: []string{"2", "3"}},
	{name: "63", nows: []string{"2026-10-01T10:00:00Z"}, laws: []string{"9", "age"}},
	{name: "67", nows: []string{"2026-11-26T12:00:00Z"}, check: []string{"none.png", "nope.pdf", "/incidents/none/"}},
	{name: "74", nows: []string{"2026-11-26T12:00:00Z"}, laws: []string{"aliases"}, not: []string{"unknown-key"}},
	{name: "76", nows: []string{"2026-11-26T12:00:00Z"}, laws: []string{"5"}},
	{name: "82", nows: []string{"2026-11-26T12:00:00Z"}, check: []string{"x.md"}},
	{name: "86", nows: []string{"2026-11-26T12:00:00Z"}, laws: []string{"8"}},
	{name: "87", check: []string{"degraded_performance"}},
	{name: "clock-then-hand", nows: []string{"2026-11-20T10:01:00Z", "2026-11-20T10:20:00Z"}, laws: []string{"14"}, change: "later"},
	{name: "ended-while-open", nows: []string{"2026-11-20T10:30:00Z", "2026-11-20T10:40:00Z", "2026-11-20T23:59:00Z"}, laws: []string{"13"}, change: "later"},
	{name: "held-started", nows: []string{"2026-11-20T10:29:00Z", "2026-11-20T10:30:00Z"}, laws: []string{"quiet"}, change: "quiet"},
	{name: "updated-at", nows: []string{"2026-11-20T10:06:00Z", "2026-11-20T10:31:00Z"}, laws: []string{"15"}, change: "later"},
}

// unasserted are the cases that no output of a build or a check can show, with
// the reason.
var unasserted = map[string]string{
	"07": "the first state of case 08",
	"08": "a rewritten window is seen by check --against; law 7 holds moved windows",
	"47": "recurring maintenance is no part of the design",
	"62": "it takes a browser in another zone",
	"78": "it takes a browser, later",
}

func TestTruthCases(t *testing.T) {
	entries, err := os.ReadDir(truthCases)
	if err != nil {
		if strings.Contains(os.Getenv("ALLCLEAR_REQUIRE"), "corpus") {
			t.Fatal(err)
		}
		t.Skip("the truth cases are not here: ", err)
	}
	for _, entry := range entries {
		if reason, ok := unasserted[entry.Name()]; ok {
			t.Logf("%s is not asserted: %s", entry.Name(), reason)
			continue
		}
		i := slices.IndexFunc(truths, func(c truthCase) bool { return c.name == entry.Name() })
		if i < 0 {
			t.Errorf("%s has no line in truths or unasserted", entry.Name())
			continue
		}
		t.Run(entry.Name(), truths[i].test)
	}
}

func (c truthCase) test(t *testing.T) {
	found := c.look(t)
	reason, known := brokenTruths[c.name]
	if known && len(found) == 0 {
		t.Errorf("%s holds now: take its line out of brokenTruths", c.name)
	}
	for i, what := range found {
		if known && !*broken {
			t.Logf("skipped, known to be broken (%s): %s", reason, what)
		} else if i < 20 {
			t.Error(what)
		}
	}
}

// look says all that is wrong with a case.
func (c truthCase) look(t *testing.T) (found []string) {
	files, err := readFolder(os.DirFS(filepath.Join(truthCases, c.name, "content")))
	if err != nil {
		t.Fatal(err)
	}
	said, err := check(files, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range c.check {
		if !strings.Contains(said, want) {
			found = append(found, "check does not say "+want+": "+said)
		}
	}
	for _, bad := range c.not {
		if strings.Contains(said, bad) {
			found = append(found, "check says "+bad+": "+said)
		}
	}
	if len(c.laws) == 0 || strings.Contains(said, `"level": "error"`) {
		return found
	}
	for _, v := range c.judge(t, files, said) {
		if slices.Contains(c.laws, v.Law) {
			found = append(found, v.String())
		}
	}
	return found
}

// judge builds a case at its instants, and as it is corrected.
func (c truthCase) judge(t *testing.T, files map[string]string, said string) []Violation {
	content, err := readContent(files)
	if err != nil {
		t.Fatal(err)
	}
	var found []Violation
	var before *Build
	at := func(files map[string]string, content *Content, now string) {
		when, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		b, err := buildFiles(content, files, when, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		b.Check = said
		found = append(found, judge(b)...)
		if before != nil && c.change != "" {
			found = append(found, judgeChange(&Change{Kind: c.change, What: c.name, Before: before, After: b})...)
		}
		before = b
	}
	for _, now := range c.nows {
		at(files, content, now)
	}
	for from, to := range c.edit {
		corrected := map[string]string{}
		for name, text := range files {
			corrected[name] = strings.ReplaceAll(text, from, to)
		}
		after, err := readContent(corrected)
		if err != nil {
			t.Fatal(err)
		}
		at(corrected, after, c.nows[len(c.nows)-1])
	}
	return found
}
