package render

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/page"
	"allclear/generator/source"
	"allclear/generator/status"
)

// outage is a resolved incident with old paths.
func outage(id string, when time.Time, aliases ...string) *status.Event {
	e := &status.Event{
		ID: id, Title: "An outage", Position: diag.Position{File: "content/incidents/" + id + ".md", Line: 2},
		Updates: []status.Update{
			{ID: "a", At: when, Status: status.Investigating},
			{ID: "b", At: when.Add(time.Hour), Status: status.Resolved},
		},
	}
	for _, path := range aliases {
		e.Aliases = append(e.Aliases, status.Alias{Path: path, Position: diag.Position{File: "content/incidents/" + id + ".md", Line: 5, Column: 4}})
	}
	return e
}

var noon = time.Date(2022, 12, 1, 12, 0, 0, 0, time.UTC)

func siteOf(events ...*status.Event) *status.Site {
	c := &status.Component{ID: "api", Name: "API", Position: diag.Position{File: "content/site.yaml", Line: 9}}
	return &status.Site{
		Title: "Example", URL: "https://status.example.com", Zone: time.UTC, Language: "en",
		Uptime: status.UptimeRule{Days: 90, PartialOutage: 0.3, MajorOutage: 1}, HistoryDays: 7,
		Items: []status.Item{{Component: c}}, Components: []*status.Component{c}, Events: events,
	}
}

// static is files of a site, each holding its own path.
func static(paths ...string) []source.Static {
	var files []source.Static
	for _, p := range paths {
		held := fstest.MapFS{"file": &fstest.MapFile{Data: []byte(p)}}
		files = append(files, source.Static{
			Path: p, Position: diag.Position{File: "content/static/" + p},
			Open: func() (fs.File, error) { return held.Open("file") },
		})
	}
	return files
}

func rendered(t *testing.T, site *status.Site, files ...string) (*output.Output, diag.List) {
	t.Helper()
	theme, found := page.Load(nil, os.DirFS("../../themes/default"), "default", "en")
	if len(found) > 0 {
		t.Fatal(found)
	}
	return Site(theme, derive.Derive(site, noon.AddDate(0, 1, 0)), static(files...))
}

func written(t *testing.T, out *output.Output, path string) string {
	t.Helper()
	for _, r := range out.Routes {
		if r.Path == path {
			var b bytes.Buffer
			if err := r.Write(&b); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
	}
	t.Fatalf("the site has no %s", path)
	return ""
}

func TestASiteHasAllThatAHostNeeds(t *testing.T) {
	out, found := rendered(t, siteOf(outage("a", noon, "/old/a.html")), "logo.svg")
	if len(found) > 0 {
		t.Fatal(found)
	}
	for path, want := range map[string]string{
		"index.html":                "All Systems Operational",
		"404.html":                  "Page not found",
		"incidents/a/index.html":    "An outage",
		"components/api/index.html": "API",
		"history/index.html":        "December 2022",
		"api/v2/status.json":        "indicator",
		"assets/style.css":          "--paper",
		"logo.svg":                  "logo.svg",
		"robots.txt":                "User-agent: *\nAllow: /\n\nSitemap: https://status.example.com/sitemap.xml\n",
		"old/a.html":                `content="0; url=/incidents/a/"`,
		"_redirects":                "/old/a.html /incidents/a/ 301!\n/old/a.html /incidents/a/ 301\n",
		"_headers":                  "/\n  Content-Security-Policy: default-src 'none';",
	} {
		if got := written(t, out, path); !strings.Contains(got, want) {
			t.Errorf("%s does not hold %q:\n%s", path, want, got)
		}
	}
}

func TestAnOldPathIsServedFromAFileThatEveryHostFinds(t *testing.T) {
	for alias, want := range map[string]string{
		"/foo":                "foo/index.html",
		"/foo/":               "foo/index.html",
		"/foo.html":           "foo.html",
		"/2022/12/outage.htm": "2022/12/outage.htm",
		"/status.php":         "status.php/index.html",
		"/v1.2":               "v1.2/index.html",
	} {
		if got := aliasFile(alias); got != want {
			t.Errorf("%s is served from %s, want %s", alias, got, want)
		}
	}
}

// manyAliases is a site of n events, each with an old path, the newest first.
func manyAliases(n int) *status.Site {
	var events []*status.Event
	for i := range n {
		id := strconv.Itoa(i)
		events = append(events, outage("e"+id, noon.Add(-time.Duration(i)*time.Hour), "/old/"+id))
	}
	return siteOf(events...)
}

func TestOnlyTheNewestAliasesAreRedirects(t *testing.T) {
	out, found := rendered(t, manyAliases(maxRedirects+10))
	if len(found) > 0 {
		t.Fatal(found)
	}
	if len(out.Redirects) != maxRedirects || out.Redirects[0].From != "/old/0" {
		t.Errorf("%d redirects, the first one %+v", len(out.Redirects), out.Redirects[0])
	}
	written(t, out, "old/2009/index.html")
}

func TestAnOldPathIsARedirectOnEachHostAsFarAsItsLimitGoes(t *testing.T) {
	for aliases, cloudflare := range map[int]int{1: 1, maxRedirects / 2: maxRedirects / 2, maxRedirects - 1: 1, maxRedirects: 0, maxRedirects + 1: 0} {
		out, _ := rendered(t, manyAliases(aliases))
		lines := strings.Split(strings.TrimSuffix(written(t, out, "_redirects"), "\n"), "\n")
		netlify := min(aliases, maxRedirects)
		if want := netlify + cloudflare; len(lines) != want || want > maxRedirects {
			t.Errorf("%d aliases give %d lines, want %d", aliases, len(lines), want)
		}
		for i, line := range lines {
			want := fmt.Sprintf("/old/%d /incidents/e%d/ 301!", i, i)
			if i >= netlify {
				want = fmt.Sprintf("/old/%d /incidents/e%d/ 301", i-netlify, i-netlify)
			}
			if line != want {
				t.Fatalf("%d aliases: line %d is %q, want %q", aliases, i+1, line, want)
			}
		}
	}
}

func TestAnOldPathLeadsOnBelowABasePath(t *testing.T) {
	site := siteOf(outage("a", noon, "/old"))
	site.URL = "https://example.com/status"
	out, _ := rendered(t, site)
	if got, want := written(t, out, "_redirects"), "/old /status/incidents/a/ 301!\n"; !strings.HasPrefix(got, want) {
		t.Errorf("the redirects are %q, want first %q", got, want)
	}
	if got, want := written(t, out, "old/index.html"), `content="0; url=/status/incidents/a/"`; !strings.Contains(got, want) {
		t.Errorf("the page does not hold %s:\n%s", want, got)
	}
}

func TestTheSitemapNamesEachPageWithItsNewestUpdate(t *testing.T) {
	out, _ := rendered(t, siteOf(outage("a", noon)))
	var got urlSet
	if err := xml.Unmarshal([]byte(written(t, out, "sitemap.xml")), &got); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, p := range got.URLs {
		lines = append(lines, p.Location+" "+p.Changed)
	}
	want := []string{
		"https://status.example.com/ 2022-12-01T13:00:00Z",
		"https://status.example.com/uptime/ 2022-12-01T13:00:00Z",
		"https://status.example.com/subscribe/ ",
		"https://status.example.com/components/api/ 2022-12-01T12:00:00Z",
		"https://status.example.com/history/ 2022-12-01T13:00:00Z",
		"https://status.example.com/history/2022/12/ 2022-12-01T13:00:00Z",
		"https://status.example.com/incidents/a/ 2022-12-01T13:00:00Z",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestALargeSitesSitemapIsAnIndexByYear(t *testing.T) {
	var events []*status.Event
	for i := range largeSitemap {
		events = append(events, outage("e"+strconv.Itoa(i), noon.AddDate(0, 0, -i)))
	}
	out, _ := rendered(t, siteOf(events...))
	var index sitemapIndex
	if err := xml.Unmarshal([]byte(written(t, out, "sitemap.xml")), &index); err != nil {
		t.Fatal(err)
	}
	pages := 0
	for _, p := range index.Sitemaps {
		var set urlSet
		if err := xml.Unmarshal([]byte(written(t, out, strings.TrimPrefix(p.Location, "https://status.example.com/"))), &set); err != nil {
			t.Fatal(err)
		}
		pages += len(set.URLs)
	}
	if want := 4; len(index.Sitemaps) != want {
		t.Errorf("%d files, want one for other pages and one for each of three years", len(index.Sitemaps))
	}
	history := written(t, out, "history/index.html")
	months := strings.Count(history, "<li><a href=\"../history/2") + strings.Count(history, "<h2><a href=\"../history/2")
	if want := 5 + months + largeSitemap; pages != want {
		t.Errorf("%d pages, want %d", pages, want)
	}
}

func TestPathsThatCollideAreReportedWithBothOrigins(t *testing.T) {
	for _, test := range []struct {
		name    string
		aliases []string
		files   []string
		want    string
	}{
		{"a static file against a page", nil, []string{"index.html"},
			"content/static/index.html: the path index.html is taken; the site itself has index.html: choose another name"},
		{"a static file against an event", nil, []string{"incidents/a/index.html"},
			"content/static/incidents/a/index.html: the path incidents/a/index.html is taken; the other one comes from content/incidents/a.md:2: rename one of them"},
		{"letter case alone", nil, []string{"History/index.html"},
			"content/static/History/index.html: the paths History/index.html and history/index.html differ only by letter case or Unicode form; the site itself has history/index.html: choose another name"},
		{"Unicode form alone", nil, []string{"caf\u00e9.txt", "cafe\u0301.txt"},
			"content/static/cafe\u0301.txt: the paths cafe\u0301.txt and caf\u00e9.txt differ only by letter case or Unicode form; the other one comes from content/static/caf\u00e9.txt: rename one of them"},
		{"a file against a folder", nil, []string{"history"},
			"content/static/history: the paths history and history/index.html collide: one is a file, and the other needs a folder of the same name; the site itself has history/index.html: choose another name"},
		{"a folder against a file", nil, []string{"robots.txt/a"},
			"content/static/robots.txt/a: the paths robots.txt/a and robots.txt collide: one is a file, and the other needs a folder of the same name; the site itself has robots.txt: choose another name"},
		{"a host's own file", nil, []string{"_headers"},
			"content/static/_headers: the path _headers is taken; the site itself has _headers: choose another name"},
		{"an alias against a page", []string{"/components/api/"}, nil,
			"content/incidents/a.md:5:4: the path components/api/index.html is taken; the other one comes from content/site.yaml:9: rename one of them"},
		{"an alias against a static file", []string{"/old"}, []string{"old/index.html"},
			"content/incidents/a.md:5:4: the path old/index.html is taken; the other one comes from content/static/old/index.html: rename one of them"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, found := rendered(t, siteOf(outage("a", noon, test.aliases...)), test.files...)
			var got []string
			for _, d := range found {
				got = append(got, d.Position.String()+": "+d.Message+"; "+d.Hint)
			}
			if diff := cmp.Diff([]string{test.want}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnOldIDOfAComponentIsAPageAndARedirect(t *testing.T) {
	site := siteOf(outage("a", noon, "/old/a.html"))
	site.Components[0].Aliases = []string{"rest"}
	out, found := rendered(t, site)
	if len(found) > 0 {
		t.Fatal(found)
	}
	if page := written(t, out, "components/rest/index.html"); !strings.Contains(page, `url=/components/api/"`) {
		t.Errorf("the page does not lead on:\n%s", page)
	}
	want := "/components/rest/ /components/api/ 301!\n/old/a.html /incidents/a/ 301!\n/components/rest/ /components/api/ 301\n/old/a.html /incidents/a/ 301\n"
	if got := written(t, out, "_redirects"); got != want {
		t.Errorf("the redirects are\n%s", got)
	}
}

// renamed is a site whose component had other ids.
func renamed() *status.Site {
	site := siteOf(outage("a", noon))
	site.Components[0].Aliases = []string{"interface", "rest"}
	site.Events[0].Components = []status.Setting{{Component: site.Components[0], Status: status.MajorOutage, Set: true}}
	return site
}

func TestARenamedComponentIsFoundByItsOldIDs(t *testing.T) {
	out, found := rendered(t, renamed())
	if len(found) > 0 {
		t.Fatal(found)
	}
	for _, old := range []string{"interface", "rest"} {
		for _, file := range []string{"history.atom", "maintenance.ics", "badge.svg", "badge.json", "uptime.svg", "uptime.json"} {
			if written(t, out, "components/"+old+"/"+file) != written(t, out, "components/api/"+file) {
				t.Errorf("%s of %s is no copy", file, old)
			}
		}
		if written(t, out, "api/v2/components/"+old+"/uptime.json") != written(t, out, "api/v2/components/api/uptime.json") {
			t.Errorf("the uptime of %s in the API is no copy", old)
		}
		if page := written(t, out, "components/"+old+"/index.html"); !strings.Contains(page, "/components/api/") {
			t.Errorf("the page of %s leads nowhere", old)
		}
	}
}

func TestAStaticFileTakesThePlaceOfAnIcon(t *testing.T) {
	out, found := rendered(t, siteOf(), "favicon.ico", "apple-touch-icon.png")
	if len(found) > 0 {
		t.Fatal(found)
	}
	for _, path := range []string{"favicon.ico", "apple-touch-icon.png"} {
		if got := written(t, out, path); got != path {
			t.Errorf("%s is not the site's own", path)
		}
	}
	out, _ = rendered(t, siteOf())
	if got := header(out.Headers, "/favicon.ico", "Cache-Control"); got != fresh[0].Value {
		t.Errorf("the icon of the state is kept for %q", got)
	}
}
