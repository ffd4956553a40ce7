package generator_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/output"
	"allclear/generator/testbrowser"
)

// visit is a request to tools/visit.mjs.
type visit struct {
	URL     string   `json:"url"`
	Widths  []int    `json:"widths,omitempty"`
	Schemes []string `json:"schemes,omitempty"`
	Zone    string   `json:"zone,omitempty"`
	Now     string   `json:"now,omitempty"`
	Script  bool     `json:"script"`
	Axe     bool     `json:"axe"`
	Keys    bool     `json:"keys"`
	Read    string   `json:"read,omitempty"`
}

// visitResult is the response of tools/visit.mjs to a visit.
type visitResult struct{ Wrong, Text, Requests, Stops, Read []string }

func visitAll(t *testing.T, visits []visit) []visitResult {
	t.Helper()
	var results []visitResult
	testbrowser.Run(t, "visit.mjs", visits, &results)
	return results
}

// builtFrom builds a content folder with some files, at the example site's
// instant.
func builtFrom(t testing.TB, files map[string]string) *output.Output {
	t.Helper()
	return builtAt(t, files, exampleNow)
}

func builtAt(t testing.TB, files map[string]string, now time.Time) *output.Output {
	t.Helper()
	return built(t, at(contentOf(t, files), now))
}

// at is the options with another instant.
func at(o generator.Options, now time.Time) generator.Options {
	o.Now, o.Pinned = now, false
	return o
}

// contentOf is a content folder with some files, at the example site's instant.
func contentOf(t testing.TB, files map[string]string) generator.Options {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		path := filepath.Join(folder, "content", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	o := exampleOptions()
	o.Content = filepath.Join(folder, "content")
	return o
}

func built(t testing.TB, o generator.Options) *output.Output {
	t.Helper()
	result, err := generator.Check(o)
	if err != nil {
		t.Fatal(err)
	}
	if result.Output == nil {
		var text strings.Builder
		_ = result.Diagnostics.Text(&text, false)
		t.Fatal(text.String())
	}
	return result.Output
}

// manyComponents is a site of fifty components in five groups.
func manyComponents() map[string]string {
	var b strings.Builder
	b.WriteString("title: Fifty\nurl: https://status.example.com\ncomponents:\n")
	for group := range 5 {
		fmt.Fprintf(&b, "  - group: Region %d\n    components:\n", group+1)
		for i := range 10 {
			fmt.Fprintf(&b, "      - { id: r%d-c%d, name: Component %d, description: Part %d of region %d, start_date: 2024-01-01 }\n", group, i, i+1, i+1, group+1)
		}
	}
	files := map[string]string{"site.yaml": b.String()}
	for i := range 40 {
		files[fmt.Sprintf("incidents/incident-%d.md", i)] = fmt.Sprintf(
			"---\ntitle: Elevated error rates in region %d\ncomponents: [r%d-c%d, r%d-c%d]\nseverity: %s\ninvestigating: 2026-%02d-%02d 08:00 UTC\nresolved: 2026-%02d-%02d 11:%02d UTC\n---\n\nSome requests fail.\n\n## Resolved\n\nAll is well.\n",
			i%5+1, i%5, i%10, i%5, (i+3)%10, []string{"minor", "major", "critical"}[i%3], 9+i%3, 1+i%20, 9+i%3, 1+i%20, i)
	}
	return files
}

// longNames is a site with the longest possible names and many open events.
func longNames() map[string]string {
	long := "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
	files := map[string]string{
		"site.yaml": "title: " + long + " of the North\nurl: https://status.example.com\ntimezone: Asia/Kathmandu\nlinks:\n  - { name: " + long + ", url: https://example.com/ }\ncomponents:\n" +
			"  - { id: one, name: " + long + ", description: " + long + " " + long + " }\n" +
			"  - group: " + long + "\n    components:\n      - { id: two, name: " + long + " }\n      - { id: three, name: Short }\n",
		"announcements/a.md": "---\ntitle: " + long + "\nfrom: 2026-01-01 00:00 UTC\nuntil: 2027-01-01 00:00 UTC\n---\n\n" + long + "\n",
		"maintenance/m.md": "---\ntitle: " + long + "\ncomponents: [one, two, three]\nscheduled: 2026-11-01 00:00 UTC\nscheduled_for: 2026-11-21 08:00 UTC\nscheduled_until: 2026-11-22 08:00 UTC\n---\n\n" +
			"| " + long + " | " + long + " |\n| --- | --- |\n| 1 | 2 |\n\n```\n" + long + long + "\n```\n",
	}
	for i := range 12 {
		files[fmt.Sprintf("incidents/i-%d.md", i)] = fmt.Sprintf(
			"---\ntitle: %s %d\ncomponents: [one, two, three]\nseverity: critical\ninvestigating: 2026-11-%02d 08:00 UTC\n---\n\n%s https://example.com/%s\n", long, i, 10+i, long, long)
	}
	return files
}

// sixOpen is a site with six open incidents of every severity, maintenance that is
// going on and much that is to come.
func sixOpen(language string) map[string]string {
	site := "title: Six\nurl: https://status.example.com\nlanguage: " + language + "\ncomponents:\n  - group: Core\n    components:\n"
	files := map[string]string{}
	for i, severity := range []string{"none", "minor", "major", "critical", "minor", "none"} {
		site += fmt.Sprintf("      - { id: c%d, name: Component %d, start_date: 2025-01-01 }\n", i, i)
		files[fmt.Sprintf("incidents/i%d.md", i)] = fmt.Sprintf(
			"---\ntitle: Problem %d\ncomponent: c%d\nseverity: %s\ninvestigating: 2026-11-21 0%d:00 UTC\n---\n\nSome requests fail.\n", i, i, severity, i)
	}
	for i := range 14 {
		files[fmt.Sprintf("maintenance/m%d.md", i)] = fmt.Sprintf(
			"---\ntitle: Work %d\ncomponent: web\nscheduled: 2026-11-20 08:00 UTC\nscheduled_for: 2026-11-21 %d:00 UTC\nscheduled_until: 2026-11-22 10:00 UTC\n---\n\nA new router.\n", i, 10+i)
	}
	files["site.yaml"] = site + "  - { id: web, name: Web }\n"
	return files
}

// fiveHundred is a site of components without groups.
func fiveHundred() map[string]string {
	var b strings.Builder
	b.WriteString("title: Five hundred\nurl: https://status.example.com\ncomponents:\n")
	for i := range 500 {
		fmt.Fprintf(&b, "  - { id: c%d, name: Component %d, start_date: 2026-11-01 }\n", i, i)
	}
	return map[string]string{"site.yaml": b.String()}
}

func exampleSite(t testing.TB) *output.Output { return built(t, exampleOptions()) }

// kindsOfPages is one page of each kind of the example site.
var kindsOfPages = []string{
	"/", "/incidents/2022-12-01-india-sdk-endpoint/", "/incidents/2024-03-14-sample-campaigns-stopped/",
	"/maintenance/2035-01-20-sample-move/", "/components/dashboard/", "/history/", "/history/incidents/", "/history/2024/05/", "/uptime/", "/subscribe/", "/404.html",
}

func TestPagesAreAccessibleAtEveryWidthInBothSchemes(t *testing.T) {
	var visits []visit
	for _, of := range []struct {
		out   *output.Output
		pages []string
	}{
		{exampleSite(t), append(slices.Clone(kindsOfPages), "/embed/")},
		{builtFrom(t, manyComponents()), []string{"/"}},
		{builtFrom(t, longNames()), []string{"/", "/incidents/i-1/", "/maintenance/m/", "/components/two/", "/history/2026/11/", "/uptime/"}},
		{builtFrom(t, sixOpen("en")), []string{"/", "/incidents/i3/", "/maintenance/m0/"}},
		{builtFrom(t, sixOpen("ar")), []string{"/", "/incidents/i3/"}},
		{builtFrom(t, fiveHundred()), []string{"/"}},
		{builtFrom(t, map[string]string{"site.yaml": "title: One\nurl: https://status.example.com\ncomponents: [{ id: web, name: Web }]\n"}), []string{"/"}},
		{builtFrom(t, map[string]string{"site.yaml": "title: Empty\nurl: https://status.example.com\n"}), []string{"/", "/history/"}},
	} {
		server := testbrowser.Serve(t, of.out)
		for _, page := range of.pages {
			visits = append(visits, visit{
				URL: server.URL + page, Script: true, Axe: true,
				Widths: []int{320, 1280}, Schemes: []string{"light", "dark"},
			})
		}
	}
	for i, s := range visitAll(t, visits) {
		for _, wrong := range s.Wrong {
			t.Errorf("%s: %s", visits[i].URL, wrong)
		}
	}
}

func TestTheKeyboardReachesEverythingInOrder(t *testing.T) {
	server := testbrowser.Serve(t, exampleSite(t))
	var visits []visit
	for _, page := range kindsOfPages {
		visits = append(visits, visit{URL: server.URL + page, Script: true, Keys: true})
	}
	for i, s := range visitAll(t, visits) {
		for _, wrong := range s.Wrong {
			t.Errorf("%s: %s", visits[i].URL, wrong)
		}
		if len(s.Stops) < 4 || s.Stops[0] != "Skip to content" {
			t.Errorf("%s: the first stops are %q", visits[i].URL, s.Stops)
		}
	}
}

func TestPagesSayTheSameWordsWithoutJavaScript(t *testing.T) {
	server := testbrowser.Serve(t, exampleSite(t))
	var visits []visit
	for _, page := range kindsOfPages {
		for _, script := range []bool{false, true} {
			visits = append(visits, visit{URL: server.URL + page, Script: script, Now: "2026-11-21T15:30:00Z"})
		}
	}
	far := regexp.MustCompile(` \((in )?[\d,]+ \w+( ago)?\)`) // how far an instant is, which only a script can know
	results := visitAll(t, visits)
	for i := 0; i < len(results); i += 2 {
		without, with := results[i].Text, results[i+1].Text
		for _, line := range without {
			if strings.HasPrefix(line, "As of ") { // which a script says of an old page only
				continue
			}
			if !slices.ContainsFunc(with, func(s string) bool { return far.ReplaceAllString(s, "") == line }) {
				t.Errorf("%s says %q only without a script; with one:\n%s", visits[i].URL, line, strings.Join(with, "\n"))
			}
		}
		if len(without) < 5 {
			t.Errorf("%s says hardly anything: %q", visits[i].URL, without)
		}
	}
}

func TestTheIndexIsSmall(t *testing.T) {
	for name, out := range map[string]*output.Output{"example": exampleSite(t), "fifty": builtFrom(t, manyComponents())} {
		server := testbrowser.Serve(t, out)
		page := visitAll(t, []visit{{URL: server.URL + "/", Script: true}})[0]
		files := map[string]int{}
		for _, url := range page.Requests {
			files[strings.TrimPrefix(url, server.URL+"/")] = 0
		}
		all := 0
		for _, r := range out.Routes {
			path := r.Path
			if path == "index.html" {
				path = ""
			}
			if _, asked := files[path]; asked {
				files[path] = compressed(t, r)
				all += files[path]
			}
		}
		t.Logf("%s: %d bytes in all: %v", name, all, files)
		if html := files[""]; html == 0 || html > 10<<10 {
			t.Errorf("%s: the HTML has %d bytes, at most %d are due", name, html, 10<<10)
		}
		if all > 20<<10 || len(files) > 4 {
			t.Errorf("%s: %d bytes in %d requests, at most %d in 4 are due", name, all, len(files), 20<<10)
		}
	}
}

func compressed(t *testing.T, r output.Route) int {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := r.Write(z); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestPagesAreValidHTML(t *testing.T) {
	pages := map[string]string{}
	for name, out := range map[string]*output.Output{"example": exampleSite(t), "long": builtFrom(t, longNames()), "fifty": builtFrom(t, manyComponents()), "six": builtFrom(t, sixOpen("en"))} {
		for _, r := range out.Routes {
			var b strings.Builder
			if !strings.HasSuffix(r.Path, ".html") {
				continue
			}
			if err := r.Write(&b); err != nil {
				t.Fatal(err)
			}
			pages[name+"/"+r.Path] = b.String()
		}
	}
	var wrong []string
	testbrowser.Run(t, "validate.mjs", pages, &wrong)
	for _, sentence := range wrong {
		t.Error(sentence)
	}
}
