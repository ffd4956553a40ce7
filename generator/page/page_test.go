package page

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// busy is a site in the middle of everything.
func busy() *derive.Snapshot {
	c := siteOf().Components
	grown := said("2026-11-20 05:04", status.Investigating, "It has grown.")
	grown.Settings = []status.Setting{{Component: c[3], Status: status.MajorOutage, Set: true}}
	draft := incident("draft", "A draft", status.Minor, nil, said("2026-11-21 08:00", status.Investigating, "Hm."))
	draft.Draft = true
	site := siteWith(
		incident("reports", "Reports were late", status.Minor, c[2:3],
			said("2026-09-18 04:03", status.Investigating, "We are looking."), said("2026-09-19 04:03", status.Resolved, "Done.")),
		maintenance("database", "Database upgrade", "2026-11-18 01:00", "2026-11-18 03:30", c[0:2], said("2026-11-01 09:00", status.Scheduled, "An upgrade.")),
		incident("india", "Downtime in India", status.Major, c[3:4],
			said("2026-11-20 04:03", status.Investigating, "We are looking."), grown, said("2026-11-20 11:48", status.Resolved, "Done.")),
		maintenance("router", "A new router", "2026-11-25 01:00", "2026-11-25 03:30", c[4:5], said("2026-11-20 09:00", status.Scheduled, "A router.")),
		draft,
		maintenance("disks", "New disks", "2026-11-22 08:00", "2026-11-22 12:00", c[1:2], said("2026-11-21 09:00", status.Scheduled, "Disks.")),
		incident("errors", "Errors & <b>more</b>", status.Major, c[0:1],
			said("2026-11-22 08:15", status.Investigating, "Some requests fail."), said("2026-11-22 08:40", status.Identified, "A bad deployment.")),
	)
	site.Components[2].Retired = at("2026-10-01 00:00")
	site.Announcements = []*status.Announcement{{ID: "a", Title: "Support is closed", From: at("2026-11-01 00:00"), Text: status.Text{HTML: "<p>Until Monday.</p>\n"}}}
	return snapshot(site, "2026-11-22 09:00")
}

// parsed is a page as a browser sees it.
func parsed(t testing.TB, routes []output.Route, path string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(written(t, routes, path)))
	if err != nil {
		t.Fatal(err)
	}
	for _, later := range cascadia.QueryAll(n, cascadia.MustCompile("template")) {
		later.Parent.RemoveChild(later) // a browser shows none of it
	}
	return n
}

// all lists the text of every element that a CSS selector finds, its white
// space joined.
func all(n *html.Node, selector string) []string {
	var texts []string
	for _, m := range cascadia.QueryAll(n, cascadia.MustCompile(selector)) {
		texts = append(texts, text(m))
	}
	return texts
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func pages(routes []output.Route) []string {
	var paths []string
	for _, r := range routes {
		if strings.HasSuffix(r.Path, ".html") {
			paths = append(paths, r.Path)
		}
	}
	return paths
}

func TestTheIndexSaysTheWholeStatusInWords(t *testing.T) {
	n := parsed(t, defaultTheme(t).Routes(busy()), "index.html")
	for selector, want := range map[string][]string{
		"h1":                     {"Partial System Outage Errors & <b>more</b>"},
		".banner .as-of":         {"As of Nov 22, 2026, 09:00 AM UTC"},
		".banner .facts":         {"Major · Identified · Since 8:15 AM UTC"},
		".banner .affects li":    {"Affects", "Api Partial outage"},
		".banner .text":          {"A bad deployment."},
		".banner .updated":       {"Updated 8:40 AM UTC"},
		".banner .go":            {"Updates and details"},
		".announcement-title":    {"Support is closed"},
		"h2":                     {"Also open", "Announcements", "Maintenance in progress", "Components Last 90 days", "Scheduled maintenance", "Past incidents"},
		".card h3":               {"A draft"},
		".open-events .work":     {"8:00 AM – 12:00 PM UTC New disks Dashboard"},
		".planned .work":         {"Wed, 1:00 AM – 3:30 AM UTC A new router Webhooks"},
		".component-name":        {"Api", "Dashboard", "Sdk", "Webhooks"},
		".component-status":      {"Partial outage", "Under maintenance", "Operational", "Operational"},
		".group[open] > summary": {"India 2 components Operational"},
		".day h3": {"Sunday, November 22", "Saturday, November 21", "Friday, November 20", "Thursday, November 19",
			"Wednesday, November 18", "November 16 – 17"},
		".day.quiet .note":  {"No incidents reported.", "No incidents reported.", "Only the open incidents shown above."},
		".day .brief":       {"New disks · In progress"},
		".day .entry-title": {"Downtime in India", "Database upgrade"},
		".day .words":       {"Done.", "An upgrade."},
	} {
		got := all(n, selector)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", selector, got, want)
		}
	}
}

func TestAQuietSiteSaysThatAllIsWell(t *testing.T) {
	n := parsed(t, defaultTheme(t).Routes(snapshot(siteOf(), "2026-11-22 09:00")), "index.html")
	if got := all(n, "h1"); !slices.Equal(got, []string{"All Systems Operational"}) {
		t.Errorf("the banner says %q", got)
	}
	expect(t, n, ".day", "November 16 – 22 No incidents reported.")
	if got := all(n, ".card"); len(got) != 0 {
		t.Errorf("there are open events: %q", got)
	}
}

func TestAnIncidentWithoutComponentsSpeaksInTheBanner(t *testing.T) {
	site := siteOf(incident("errors", "Errors", status.Major, nil, said("2026-11-22 08:15", status.Investigating, "")))
	s := snapshot(site, "2026-11-22 09:00")
	n := parsed(t, defaultTheme(t).Routes(s), "index.html")
	if got := all(n, "h1 .verdict, h1 a"); !slices.Equal(got, []string{"Partial System Outage", "Errors"}) {
		t.Errorf("the banner says %q", got)
	}
}

func TestATimelineIsOldestFirstWithWhatEachUpdateChanged(t *testing.T) {
	n := parsed(t, defaultTheme(t).Routes(busy()), "incidents/india/index.html")
	want := []string{
		"investigating Nov 20, 2026, 04:03 AM UTC We are looking. Sdk Operational → Partial outage",
		"investigating Nov 20, 2026, 05:04 AM UTC 1h 1m after start It has grown. Sdk Partial outage → Major outage",
		"resolved Nov 20, 2026, 11:48 AM UTC 7h 45m after start Done. Sdk Major outage → Operational",
	}
	if got := all(n, ".update"); !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	if got := all(n, ".affected-name, .affected-status, .spans li"); !slices.Equal(got, []string{
		"Sdk", "At worst Major outage", "Partial outage Nov 20, 2026, 04:03 AM – 05:04 AM UTC", "Major outage Nov 20, 2026, 05:04 AM – 11:48 AM UTC",
	}) {
		t.Errorf("it affects %q", got)
	}
	if got := all(n, ".neighbours a"); !slices.Equal(got, []string{"Database upgrade", "A new router"}) {
		t.Errorf("its neighbours are %q", got)
	}
}

func TestAnOpenEventBeginsWithWhatIsNew(t *testing.T) {
	n := parsed(t, defaultTheme(t).Routes(busy()), "incidents/errors/index.html")
	expect(t, n, ".latest .update-label", "Identified · 8:40 AM UTC")
	expect(t, n, ".latest .text", "A bad deployment.")
	expect(t, n, ".timeline .text", "A bad deployment.", "Some requests fail.")
	expect(t, parsed(t, defaultTheme(t).Routes(busy()), "incidents/india/index.html"), ".latest")
	work := written(t, defaultTheme(t).Routes(busy()), "maintenance/router/index.html")
	_, timeline, _ := strings.Cut(work, `<ol class="timeline">`)
	end, begin, last := strings.Index(timeline, `data-from="2026-11-25T03:30:00Z"`), strings.Index(timeline, `data-from="2026-11-25T01:00:00Z"`), strings.Index(timeline, `class="update"`)
	if end < 0 || begin < end || last < begin {
		t.Errorf("what the clock adds is not above what was said last: %s", timeline)
	}
}

func TestAStripShowsWhenAComponentWasAffected(t *testing.T) {
	n := parsed(t, defaultTheme(t).Routes(busy()), "incidents/india/index.html")
	var drawn []string
	for _, path := range cascadia.QueryAll(n, cascadia.MustCompile(".strip path")) {
		drawn = append(drawn, attribute(path, "class")+" "+attribute(path, "d"))
	}
	want := []string{"track M0 0h600v14H0z", "bar-partial M0 0h78v14h-78z", "bar-major M78 0h522v14h-522z"} // 61 of 465 minutes
	if !slices.Equal(drawn, want) {
		t.Errorf("\n got %q\nwant %q", drawn, want)
	}
}

func TestADraftIsMarkedOnEveryPage(t *testing.T) {
	routes := defaultTheme(t).Routes(busy())
	for path, want := range map[string]int{"index.html": 1, "incidents/draft/index.html": 1, "history/2026/11/index.html": 1, "incidents/india/index.html": 0} {
		if got := all(parsed(t, routes, path), ".draft"); len(got) != want {
			t.Errorf("%s marks %d drafts, want %d", path, len(got), want)
		}
	}
}

func TestAComponentsPageSaysItsRecordInWords(t *testing.T) {
	routes := defaultTheme(t).Routes(busy())
	n := parsed(t, routes, "components/sdk/index.html")
	if got, want := all(n, "[aria-labelledby=troubled] tbody tr"), []string{"Friday, November 20 Major outage 7h 45m Downtime in India"}; !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	bars := cascadia.Query(n, cascadia.MustCompile("svg.bars"))
	if got, want := attribute(bars, "aria-label"), "Last 90 days: 1 day with an outage"; got != want {
		t.Errorf("the bars say %q, want %q", got, want)
	}
	if got, want := all(n, "svg.bars title"), []string{"Friday, November 20: Major outage, 7h 45m"}; !slices.Equal(got, want) {
		t.Errorf("the bars' notes are %q, want %q", got, want)
	}
	retired := parsed(t, routes, "components/reports/index.html")
	if got := all(retired, ".draft"); !slices.Equal(got, []string{"This component has been retired. Its history remains available."}) {
		t.Errorf("the retired one says %q", got)
	}
}

func TestTheHistoryListsEveryEventUnderItsMonth(t *testing.T) {
	routes := defaultTheme(t).Routes(busy())
	want := []string{"November 2026 3 incidents, 3 maintenance windows and 1 announcement", "September 2026 1 incident"}
	if got := all(parsed(t, routes, "history/index.html"), "h2:has(a)"); !slices.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	september := parsed(t, routes, "history/2026/09/index.html")
	if got := all(september, "h1, .entry-title, .neighbours a"); !slices.Equal(got, []string{"September 2026", "Reports were late", "November 2026", "All months"}) {
		t.Errorf("September has %q", got)
	}
}

func TestAMonthWithVeryManyEventsListsTheRestByTitle(t *testing.T) {
	var events []*status.Event
	for i := range maxMonthEvents + 5 {
		events = append(events, incident("e"+strconv.Itoa(i), "T", status.None, nil, said("2026-11-20 04:03", status.Resolved, "")))
	}
	routes := defaultTheme(t).Routes(snapshot(siteOf(events...), "2026-11-22 09:00"))
	n := parsed(t, routes, "history/2026/11/index.html")
	if full, rest := len(all(n, ".entry")), len(all(n, "main section li")); full != maxMonthEvents || rest != 5 {
		t.Errorf("%d in full and %d by title", full, rest)
	}
	index := parsed(t, routes, "index.html")
	if got := all(index, ".day > p.note > a"); !slices.Equal(got, []string{"and 185 more"}) {
		t.Errorf("the index says %q", got)
	}
}

func TestAnEditRewritesNoPageOfAnOldEvent(t *testing.T) {
	theme := defaultTheme(t)
	before, after := busy(), busy()
	before = derive.Derive(before.Site, at("2026-11-22 09:00"))
	open := after.Site.Events[len(after.Site.Events)-1]
	open.Updates = append(open.Updates, said("2026-11-22 08:50", status.Resolved, "Done."))
	after = derive.Derive(after.Site, at("2026-11-22 09:00"))
	for _, path := range []string{"incidents/reports/index.html", "incidents/india/index.html", "history/2026/09/index.html", "history/incidents/2026/09/index.html", "404.html"} {
		if written(t, theme.Routes(before), path) != written(t, theme.Routes(after), path) {
			t.Errorf("%s changed", path)
		}
	}
}

func TestEveryLinkOfEveryPageLeadsSomewhere(t *testing.T) {
	routes := defaultTheme(t).Routes(busy())
	known := map[string]bool{}
	for _, r := range routes {
		known[r.Path] = true
	}
	known[status.UptimeTable] = true // which the API makes
	known["api/openapi.json"] = true // likewise
	for _, file := range []string{"history.atom", "history.rss", "feed.json", "maintenance.ics"} {
		known[file] = true // which package feed makes
		for _, c := range []string{"api", "dashboard", "reports", "sdk", "webhooks"} {
			known["components/"+c+"/"+file] = true
		}
	}
	for _, path := range pages(routes) {
		n := parsed(t, routes, path)
		for _, link := range cascadia.QueryAll(n, cascadia.MustCompile("a[href], link[href]")) {
			href := attribute(link, "href")
			if strings.HasPrefix(href, "https://example.com/") {
				continue
			}
			if fragment, ok := strings.CutPrefix(href, "#"); ok {
				if cascadia.Query(n, cascadia.MustCompile("[id='"+fragment+"']")) == nil {
					t.Errorf("%s links to #%s, which it has not", path, fragment)
				}
				continue
			}
			href, _, _ = strings.Cut(strings.Replace(href, "webcal:", "https:", 1), "#")
			if target := resolve(path, href); !known[target] {
				t.Errorf("%s links to %s, which is %s", path, href, target)
			}
		}
	}
}

// resolve is the file that a link on a page leads to.
func resolve(page, href string) string {
	href = strings.TrimPrefix(href, "https://status.example.com")
	folders := strings.Split(page, "/")
	folders = folders[:len(folders)-1]
	if strings.HasPrefix(href, "/") {
		folders = nil
	}
	for _, part := range strings.Split(strings.TrimPrefix(href, "/"), "/") {
		switch part {
		case "..":
			folders = folders[:len(folders)-1]
		case ".":
		default:
			folders = append(folders, part)
		}
	}
	path := strings.Join(folders, "/")
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	return path
}

func TestPagesCanBeWrittenSideBySideAndAgain(t *testing.T) {
	routes := defaultTheme(t).Routes(busy())
	first := map[string]string{}
	for _, path := range pages(routes) {
		first[path] = written(t, routes, path)
	}
	for _, path := range pages(routes) {
		for range 2 {
			t.Run(path, func(t *testing.T) {
				t.Parallel()
				if written(t, routes, path) != first[path] {
					t.Error("it differs the second time")
				}
			})
		}
	}
}
