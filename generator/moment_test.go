package generator_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/net/html"

	"allclear/generator/output"
	"allclear/generator/testbrowser"
)

// momentsBuilt is when the pages of the cases in testdata/moments.json were
// built; a case says what they say at a later instant.
var momentsBuilt = time.Date(2026, 11, 21, 15, 30, 0, 0, time.UTC)

type momentCase struct {
	Name          string
	Incident      string // the line of an incident of another component that is open all the time
	UpdatesBefore string // what the maintenance's file has beside its announcement
	Held          bool   // updates dated later are held back
	Seen          time.Time
	pageWords
}

// pageWords are the words on the pages.
type pageWords struct {
	Verdict, Component, Status string
	Updates                    int
}

func momentCases(t *testing.T) []momentCase {
	t.Helper()
	text, err := os.ReadFile("testdata/moments.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []momentCase
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

func (c momentCase) content() map[string]string {
	held := ""
	if c.Held {
		held = "publish: scheduled\n"
	}
	files := map[string]string{
		"site.yaml": "title: Example\nurl: https://status.example.com\ncomponents:\n  - { id: api, name: API, start_date: 2026-01-01 }\n  - { id: web, name: Web, start_date: 2026-01-01 }\n",
		"maintenance/upgrade.md": "---\ntitle: Upgrade\ncomponent: api\nscheduled: 2026-11-20 09:00 UTC\nscheduled_for: 2026-11-21 18:00 UTC\nscheduled_until: 2026-11-21 20:00 UTC\n" +
			held + "---\n\nWe upgrade.\n" + c.UpdatesBefore,
	}
	if c.Incident != "" {
		files["incidents/outage.md"] = "---\ntitle: Outage\ncomponent: web\nseverity: major\n" + c.Incident + "\n---\n\nIt is out.\n"
	}
	return files
}

// momentPages are the pages with the words of a case, each with a selector.
var momentPages = []struct{ path, selector string }{
	{"/", ".verdict"},
	{"/components/api/", "main > .facts"},
	{"/maintenance/upgrade/", "main > .facts .word"},
	{"/maintenance/upgrade/", ".timeline .update-label"},
}

func wordsOf(read [][]string) pageWords {
	first := func(texts []string) string { return strings.ToLower(strings.Join(texts, " ")) }
	return pageWords{first(read[0]), first(read[1]), first(read[2]), len(read[3])}
}

func (w pageWords) lowerCase() pageWords {
	w.Verdict, w.Component, w.Status = strings.ToLower(w.Verdict), strings.ToLower(w.Component), strings.ToLower(w.Status)
	return w
}

func TestABuildShowsWhatTheClockHasChanged(t *testing.T) {
	for _, c := range momentCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			out := builtAt(t, c.content(), c.Seen)
			var read [][]string
			for _, p := range momentPages {
				read = append(read, readIn(t, out, p.path, p.selector))
			}
			if diff := cmp.Diff(c.lowerCase(), wordsOf(read)); diff != "" {
				t.Errorf("pages built at %v (-want +got):\n%s", c.Seen, diff)
			}
		})
	}
}

func TestThePageShowsWhatTheClockHasChangedSinceItsBuild(t *testing.T) {
	cases := momentCases(t)
	var visits []visit
	for _, c := range cases {
		server := testbrowser.ServeAt(t, builtAt(t, c.content(), momentsBuilt), c.Seen)
		for _, p := range momentPages {
			visits = append(visits, visit{URL: server.URL + p.path, Script: true, Now: c.Seen.Format(time.RFC3339), Read: p.selector})
		}
	}
	responses := visitAll(t, visits)
	for i, c := range cases {
		var read [][]string
		for _, s := range responses[i*len(momentPages) : (i+1)*len(momentPages)] {
			read = append(read, s.Read)
			for _, wrong := range s.Wrong {
				t.Errorf("%s: %s", c.Name, wrong)
			}
		}
		if diff := cmp.Diff(c.lowerCase(), wordsOf(read)); diff != "" {
			t.Errorf("%s: pages built at %v and seen at %v (-want +got):\n%s", c.Name, momentsBuilt, c.Seen, diff)
		}
	}
}

// wholePages are all words on the pages that the clock may change.
var wholePages = []struct{ path, selector string }{
	{"/", "h1, h2, .card h3, .facts .word, .affects li, .work, .group-state, .component-status" + daysOnIndex},
	{"/embed/", ".verdict, li"},
	{"/components/api/", ".entry .facts, .entry .words"},
	{"/history/2026/11/", ".entry .facts"},
	{"/history/", ".entry .facts"},
	{"/maintenance/upgrade/", ".affected-name, .affected-status, main > .lead"}, // what the clock brings has its times as short as an open event's
}

// daysOnIndex is the part of the index that is of each day, which a page that was
// built on another day does not have.
const daysOnIndex = ", .day h3, .day .brief, .day .entry-title, .day > .note"

// TestThePageOfThenIsThePageOfNow holds a page that was built at one instant, as
// a script shows it later, against the page that is built then.
func TestThePageOfThenIsThePageOfNow(t *testing.T) {
	cases := momentCases(t)
	var visits []visit
	read := func(c momentCase, selector string) string {
		if c.Seen.YearDay() != momentsBuilt.YearDay() {
			return strings.TrimSuffix(selector, daysOnIndex)
		}
		return selector
	}
	for _, c := range cases {
		server := testbrowser.ServeAt(t, builtAt(t, c.content(), momentsBuilt), c.Seen)
		for _, p := range wholePages {
			visits = append(visits, visit{URL: server.URL + p.path, Script: true, Now: c.Seen.Format(time.RFC3339), Read: read(c, p.selector)})
		}
	}
	words := func(texts []string) []string {
		var all []string
		for _, text := range texts {
			all = append(all, strings.ToLower(strings.Join(strings.Fields(text), " ")))
		}
		return all
	}
	responses := visitAll(t, visits)
	for i, c := range cases {
		later := builtAt(t, c.content(), c.Seen)
		for n, p := range wholePages {
			want, got := words(readIn(t, later, p.path, read(c, p.selector))), words(responses[i*len(wholePages)+n].Read)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s: %s built at %v and seen at %v (-want +got):\n%s", c.Name, p.path, momentsBuilt, c.Seen, diff)
			}
		}
	}
}

func TestNoPageContainsAnUpdateThatIsHeldBack(t *testing.T) {
	for _, c := range momentCases(t) {
		for _, r := range builtAt(t, c.content(), momentsBuilt).Routes {
			var b strings.Builder
			if err := r.Write(&b); err != nil {
				t.Fatal(err)
			}
			if c.Held && strings.Contains(b.String(), "A secret.") {
				t.Errorf("%s contains it", r.Path)
			}
		}
	}
}

// readIn is the text of what a selector finds on a page as a browser without
// a script shows it.
func readIn(t *testing.T, out *output.Output, path, selector string) []string {
	t.Helper()
	var b strings.Builder
	for _, r := range out.Routes {
		if r.Path == strings.TrimPrefix(path, "/")+"index.html" {
			if err := r.Write(&b); err != nil {
				t.Fatal(err)
			}
		}
	}
	root, err := html.Parse(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	for _, later := range cascadia.QueryAll(root, cascadia.MustCompile("template")) {
		later.Parent.RemoveChild(later)
	}
	var texts []string
	for _, n := range cascadia.QueryAll(root, cascadia.MustCompile(selector)) {
		var text strings.Builder
		for d := range n.Descendants() {
			if d.Type == html.TextNode {
				text.WriteString(d.Data)
			}
		}
		texts = append(texts, strings.TrimSpace(text.String()))
	}
	return texts
}
