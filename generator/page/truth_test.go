package page

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// quiet is an incident of no severity that names an operational component.
func quiet() *derive.Snapshot {
	c := siteOf().Components
	return snapshot(siteWith(incident("odd", "Odd numbers", status.None, c[3:4], said("2026-11-21 08:15", status.Investigating, "We look."))), "2026-11-22 09:00")
}

func expect(t *testing.T, n *html.Node, selector string, want ...string) {
	t.Helper()
	if got := all(n, selector); !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", selector, got, want)
	}
}

func TestAnOpenIncidentIsNeverGreen(t *testing.T) {
	routes := defaultTheme(t).Routes(quiet())
	index := parsed(t, routes, "index.html")
	expect(t, index, ".component:has([href='components/sdk/']) .component-status", "Operational, open incident")
	expect(t, index, "summary", "India 2 components Operational, open incident")
	expect(t, index, ".banner h1 a[href='incidents/odd/']", "Odd numbers")
	component := parsed(t, routes, "components/sdk/index.html")
	expect(t, component, "main > .facts", "Operational, open incident Odd numbers")
	expect(t, component, "[aria-labelledby=troubled] td:nth-child(2)", "Operational, open incident", "Operational, open incident")
	for path, selector := range map[string]string{
		"index.html":                 ".banner, .card, .group > summary, .entry, .component:has([href='components/sdk/'])",
		"components/sdk/index.html":  "main > .facts, [aria-labelledby=troubled], .entry",
		"incidents/odd/index.html":   "main > .facts, main > section:first-of-type",
		"history/2026/11/index.html": ".entry",
		"embed/index.html":           "main",
	} {
		found := cascadia.QueryAll(parsed(t, routes, path), cascadia.MustCompile(selector))
		if len(found) == 0 {
			t.Errorf("%s has no %s", path, selector)
		}
		for _, part := range found {
			if green := cascadia.Query(part, cascadia.MustCompile(".tone-operational")); green != nil || attribute(part, "class") == "tone-operational" {
				t.Errorf("%s is green where it says %q", path, text(part))
			}
			if cascadia.Query(part, cascadia.MustCompile(".tone-notice")) == nil && !strings.Contains(attribute(part, "class"), "tone-notice") {
				t.Errorf("%s is not grey where it says %q", path, text(part))
			}
		}
	}
	bars := cascadia.Query(component, cascadia.MustCompile(".bars .bar-notice"))
	if bars == nil || strings.Count(attribute(bars, "d"), "M") != 2 {
		t.Error("the two days of the incident have no bars of their own")
	}
}

func TestAFigureSaysUntilWhenItCountsWhileAnOutageIsOpen(t *testing.T) {
	routes := defaultTheme(t).Routes(busy())
	for path, selector := range map[string]string{
		"index.html":                ".component:has([href='components/api/']) .component-uptime .until",
		"components/api/index.html": ".figure .until",
		"uptime/index.html":         ".figures + .note",
	} {
		for _, got := range all(parsed(t, routes, path), selector) {
			if !strings.HasSuffix(got, "9:00 AM UTC") {
				t.Errorf("%s says %q", path, got)
			}
		}
		at := cascadia.Query(parsed(t, routes, path), cascadia.MustCompile(selector+", "+selector+" time"))
		if at == nil {
			t.Errorf("%s does not say until when", path)
		}
	}
	expect(t, parsed(t, routes, "components/sdk/index.html"), ".until")
	for column, marked := range map[string]bool{"2": true, "6": false} { // the last 24 hours; October
		figure := cascadia.Query(parsed(t, routes, "uptime/index.html"), cascadia.MustCompile("tr:has([href='../components/api/']) td:nth-child("+column+") b"))
		if figure == nil || strings.HasSuffix(text(figure), "*") != marked {
			t.Errorf("the figure in column %s: is it marked as what the note is about? want %v", column, marked)
		}
	}
}

func TestAGroupSpeaksForAllItsMembers(t *testing.T) {
	c := siteOf().Components
	s := snapshot(siteWith(incident("out", "Out", status.Critical, c[3:4], said("2026-11-22 08:15", status.Investigating, "Out."))), "2026-11-22 09:00")
	routes := defaultTheme(t).Routes(s)
	expect(t, parsed(t, routes, "index.html"), "summary", "India 1 of 2 components operational Major outage")
	expect(t, parsed(t, routes, "index.html"), "details.group .component-name", "Sdk", "Webhooks")
	expect(t, parsed(t, routes, "uptime/index.html"), "[scope=rowgroup]", "India") // which says how things were, not how they are
}

func TestEveryDayAndMonthNamesWhatWentOnInIt(t *testing.T) {
	c := siteOf().Components
	told := said("2026-11-20 10:00", status.Resolved, "It was down.")
	late := incident("late", "Told late", status.Critical, c[1:2], told)
	late.Started, late.Ended = at("2026-11-19 10:00"), at("2026-11-19 11:00")
	s := snapshot(siteWith(
		incident("long", "Long haul", status.Major, c[:1], said("2026-09-30 10:00", status.Investigating, "Still.")), late,
		maintenance("soon", "Soon", "2026-12-25 01:00", "2026-12-25 03:30", c[4:5], said("2026-11-01 09:00", status.Scheduled, "Soon.")),
	), "2026-11-22 09:00")
	routes := defaultTheme(t).Routes(s)
	index := parsed(t, routes, "index.html")
	expect(t, index, ".day h3", "November 21 – 22", "Friday, November 20", "Thursday, November 19", "November 16 – 18")
	expect(t, index, "[href='incidents/long/']", "Long haul", "Updates and details") // in the banner, and on none of the days
	expect(t, index, ".day.quiet .note", "Only the open incidents shown above.", "Only the open incidents shown above.")
	expect(t, index, ".day:nth-of-type(2) a", "Told late") // November 20, when it was told
	expect(t, index, ".day:nth-of-type(2) .words", "It was down.")
	expect(t, index, ".day:nth-of-type(3) .brief", "Told late · Resolved")
	expect(t, parsed(t, routes, "history/index.html"), "h2:has(a)", "November 2026 2 incidents and 1 maintenance window", "October 2026 1 incident", "September 2026 1 incident")
	for path, want := range map[string][]string{
		"history/2026/09/index.html": {"Long haul"}, "history/2026/10/index.html": {"Long haul"}, "history/2026/11/index.html": {"Soon", "Told late", "Long haul"}, // by the dates that they show
	} {
		n := parsed(t, routes, path)
		expect(t, n, ".entry-title", want...)
		if continues := len(all(n, ".entry > .note")) == 1; continues != (path != "history/2026/09/index.html") {
			t.Errorf("%s says that it continues: %v", path, continues)
		}
	}
	component := parsed(t, routes, "components/api/index.html")
	if got := all(component, "[aria-labelledby=troubled] tr a[href='../../incidents/long/']"); len(got) != 54 {
		t.Errorf("%d days lead to what happened", len(got))
	}
	pages := map[string]int{}
	for _, p := range defaultTheme(t).Pages(s) {
		pages[p.Path]++
	}
	for _, path := range []string{"history/2026/10/", "incidents/long/"} {
		if pages[path] != 1 {
			t.Errorf("%s is in the list of pages %d times", path, pages[path])
		}
	}
}

func TestAnEventTellsHowItsComponentsAreNowAndWereAtWorst(t *testing.T) {
	c := siteOf().Components
	worse, better := said("2026-11-22 08:30", status.Identified, "Worse."), said("2026-11-22 08:45", status.Monitoring, "Better.")
	worse.Severity, better.Severity = new(status.Critical), new(status.Minor)
	s := snapshot(siteWith(
		incident("out", "Out", status.Minor, c[:1], said("2026-11-22 08:15", status.Investigating, "Out."), worse, better),
		maintenance("soon", "Soon", "2026-12-25 01:00", "2026-12-25 03:30", c[4:5], said("2026-11-01 09:00", status.Scheduled, "Soon.")),
	), "2026-11-22 09:00")
	routes := defaultTheme(t).Routes(s)
	expect(t, parsed(t, routes, "index.html"), ".affects li", "Affects", "Api Degraded performance")
	expect(t, parsed(t, routes, "incidents/out/index.html"), ".affected-name, .affected-status", "Api", "Now Degraded performance At worst Major outage")
	expect(t, parsed(t, routes, "incidents/out/index.html"), ".spans li",
		"Degraded performance 8:15 AM – 8:30 AM UTC", "Major outage 8:30 AM – 8:45 AM UTC", "Degraded performance Since 8:45 AM UTC")
	future := parsed(t, routes, "maintenance/soon/index.html")
	expect(t, future, ".affected > li", "Webhooks")
	expect(t, future, ".affected .icon")
}

func TestAnEventSaysWhatItDoesItselfAndWhatAnotherMakesWorse(t *testing.T) {
	c := siteOf().Components
	slow := incident("slow", "Slow", status.Minor, c[:1], said("2026-11-22 08:15", status.Investigating, "Slow."))
	out := incident("out", "Out", status.Critical, c[:1], said("2026-11-22 08:30", status.Investigating, "Out."))
	routes := defaultTheme(t).Routes(snapshot(siteOf(slow, out), "2026-11-22 09:00"))
	own := parsed(t, routes, "incidents/slow/index.html")
	expect(t, own, ".affected-status", "Now Degraded performance")
	expect(t, own, ".affected-overall", "Overall Major outage Out")
	expect(t, own, ".affected-overall a[href='../../incidents/out/']", "Out")
	expect(t, parsed(t, routes, "incidents/out/index.html"), ".affected-status, .affected-overall", "Now Major outage")
	expect(t, parsed(t, routes, "index.html"), ".card .affects li", "Affects", "Api Degraded performance Overall Major outage")
}

func TestWorkThatTheClockBeganSaysItsWindowAndWhatAPersonWroteLast(t *testing.T) {
	work := maintenance("work", "Work", "2026-11-22 08:00", "2026-11-22 12:00", siteOf().Components[:1], said("2026-11-20 09:00", status.Scheduled, "We replace a disk."))
	planned := parsed(t, defaultTheme(t).Routes(snapshot(siteWith(work), "2026-11-22 07:00")), "maintenance/work/index.html")
	running := parsed(t, defaultTheme(t).Routes(snapshot(siteWith(work), "2026-11-22 09:00")), "maintenance/work/index.html")
	for _, n := range []*html.Node{planned, running} {
		expect(t, n, ".event-window .window", "8:00 AM – 12:00 PM UTC")
	}
	expect(t, planned, ".latest .text", "We replace a disk.")
	expect(t, running, ".latest .update-label", "In progress · 8:00 AM UTC")
	expect(t, running, ".latest .note", "Message from Fri, 9:00 AM UTC:")
	expect(t, running, ".latest .text", "We replace a disk.")
	expect(t, running, ".timeline .word", "in progress", "scheduled")
	over := parsed(t, defaultTheme(t).Routes(snapshot(siteWith(work), "2026-11-22 13:00")), "maintenance/work/index.html")
	expect(t, over, ".event-window")
}

func TestAListShowsOneMoreInsteadOfSayingThatThereIsOne(t *testing.T) {
	for n, want := range map[int]int{0: 0, 3: 3, 4: 4, 5: 5, 6: 4, 60: 4} {
		if got := inSight(n, 4); got != want {
			t.Errorf("%d of %d are in sight, want %d", got, n, want)
		}
	}
	out := incident("out", "Out", status.Critical, siteOf().Components, said("2026-11-22 08:15", status.Investigating, "Out."))
	index := parsed(t, defaultTheme(t).Routes(snapshot(siteWith(out), "2026-11-22 09:00")), "index.html")
	expect(t, index, ".affects .note")
	if got := len(all(index, ".affects li:not(.term)")); got != len(siteOf().Components) {
		t.Errorf("the card names %d components", got)
	}
}

func TestTheVerdictNamesTheWorstOpenIncidentEverywhere(t *testing.T) {
	events := []*status.Event{incident("worst", "Down & out", status.Critical, nil, said("2026-11-22 08:00", status.Investigating, "Out."))}
	for _, minute := range []string{"10", "20", "30", "40"} {
		events = append(events, incident("i"+minute, "Small "+minute, status.Minor, nil, said("2026-11-22 08:"+minute, status.Investigating, "Hm.")))
	}
	routes := defaultTheme(t).Routes(snapshot(siteOf(events...), "2026-11-22 09:00"))
	index, embed := parsed(t, routes, "index.html"), parsed(t, routes, "embed/index.html")
	for _, n := range []*html.Node{index, embed} {
		expect(t, n, "title", "Major System Outage: Down & out · Example")
		if icon := attribute(cascadia.Query(n, cascadia.MustCompile("link[rel=icon]")), "href"); !strings.HasSuffix(icon, "icon-major.svg") {
			t.Errorf("the icon is %s", icon)
		}
	}
	if got := property(index, "og:title") + " " + property(index, "og:description"); strings.Count(got, "Major System Outage: Down & out") != 2 {
		t.Errorf("links say %q", got)
	}
	expect(t, embed, "li", "Down & out", "Small 40", "Small 30", "and 2 more")
}

func TestTheTitlesOfTabsAndLinksSayTheState(t *testing.T) {
	quiet := parsed(t, defaultTheme(t).Routes(snapshot(siteOf(), "2026-11-22 09:00")), "index.html")
	expect(t, quiet, "title", "All Systems Operational · Example")
	if got := property(quiet, "og:title"); got != "All Systems Operational" {
		t.Errorf("a link to the index says %q", got)
	}
	c := siteOf().Components
	soon := maintenance("soon", "Soon", "2026-11-22 10:00", "2026-11-22 11:00", c[4:5], said("2026-11-01 09:00", status.Scheduled, "Soon."))
	out := incident("out", "Out", status.Minor, nil, said("2026-11-22 08:15", status.Investigating, "Out."))
	over := incident("over", "Over", status.Minor, nil, said("2026-11-21 08:15", status.Investigating, "Out."), said("2026-11-21 09:15", status.Resolved, "In."))
	routes := defaultTheme(t).Routes(snapshot(siteWith(soon, out, over), "2026-11-22 09:00"))
	for path, want := range map[string]string{"incidents/out/": "Investigating: Out", "maintenance/soon/": "Scheduled: Soon", "incidents/over/": "Over"} {
		n := parsed(t, routes, path+"index.html")
		expect(t, n, "title", want+" · Example")
		if got := property(n, "og:title"); got != want {
			t.Errorf("a link to %s says %q", path, got)
		}
	}
	text := written(t, routes, "maintenance/soon/index.html")
	for _, later := range []string{"Scheduled: Soon", "In progress: Soon", "Soon"} {
		if !strings.Contains(text, `data-title="`+later+`"`) {
			t.Errorf("the script can't make the title %q", later)
		}
	}
}

func TestOnlyAChangeThatHappenedIsTheLastOne(t *testing.T) {
	n := parsed(t, defaultTheme(t).Routes(snapshot(siteOf(), "2026-11-22 09:00")), "index.html")
	expect(t, n, ".changed:not(.checked)")
	expect(t, n, ".as-of", "As of November 22, 2026")
}

func TestAPageThatShowsAStateSaysOfWhen(t *testing.T) {
	routes := defaultTheme(t).Routes(busy())
	for _, path := range []string{"index.html", "components/api/index.html", "incidents/errors/index.html", "embed/index.html", "uptime/index.html"} {
		n := parsed(t, routes, path)
		expect(t, n, ".as-of", "As of Nov 22, 2026, 09:00 AM UTC")
		if got := attribute(cascadia.Query(n, cascadia.MustCompile(".as-of")), "data-at"); got != "2026-11-22T09:00:00Z" {
			t.Errorf("%s is as of %s", path, got)
		}
	}
	expect(t, parsed(t, routes, "incidents/india/index.html"), ".as-of")
}

// promising is an incident with a promise of the next update, seen at an instant.
func promising(t *testing.T, now string) []output.Route {
	t.Helper()
	first := said("2026-11-22 08:15", status.Investigating, "Out.")
	first.Next = at("2026-11-22 09:15")
	return defaultTheme(t).Routes(snapshot(siteWith(incident("out", "Out", status.Major, nil, first)), now))
}

func TestAPromiseOfTheNextUpdateIsKeptInSight(t *testing.T) {
	for now, want := range map[string]string{
		"2026-11-22 09:14": "Next update by 9:15 AM UTC",
		"2026-11-22 09:15": "The next update is overdue. It was promised by 9:15 AM UTC.",
	} {
		for _, path := range []string{"index.html", "incidents/out/index.html"} {
			expect(t, parsed(t, promising(t, now), path), ".promise", want)
		}
	}
	for _, path := range []string{"index.html", "incidents/out/index.html"} {
		page := written(t, promising(t, "2026-11-22 09:00"), path)
		_, later, found := strings.Cut(page, `<template data-from="2026-11-22T09:15:00Z">`)
		if later, _, _ = strings.Cut(later, "</template>"); !found || !strings.Contains(later, `class="promise overdue"`) {
			t.Errorf("%s will not say that it is overdue: %s", path, later)
		}
	}
}

func TestACorrectedUpdateAndItsCorrectionLeadToEachOther(t *testing.T) {
	wrong, right := said("2026-11-22 08:15", status.Investigating, "All is lost."), said("2026-11-22 08:30", status.Investigating, "Some is lost.")
	right.Corrects = wrong.ID
	n := parsed(t, defaultTheme(t).Routes(snapshot(siteWith(incident("out", "Out", status.Major, nil, wrong, right)), "2026-11-22 09:00")), "incidents/out/index.html")
	expect(t, n, ".update del", "All is lost.")
	expect(t, n, ".update .note a[href='#"+right.Anchor()+"']", "Corrected 8:30 AM UTC")
	expect(t, n, ".update .note a[href='#"+wrong.Anchor()+"']", "Corrects the update of 8:15 AM UTC")
}

func TestAnUpdateThatMovesTheWindowSaysSo(t *testing.T) {
	moves := said("2026-11-21 08:15", status.Scheduled, "Not now.")
	moves.From = at("2026-11-30 02:00")
	longer := said("2026-11-21 09:15", status.Scheduled, "And longer.")
	longer.Until = at("2026-11-30 05:00")
	e := maintenance("move", "Move", "2026-11-30 01:00", "2026-11-30 04:00", nil, said("2026-11-20 09:00", status.Scheduled, "Soon."), moves, longer)
	routes := defaultTheme(t).Routes(snapshot(siteWith(e), "2026-11-22 09:00"))
	expect(t, parsed(t, routes, "maintenance/move/index.html"), ".timeline .note",
		"New window: Nov 30, 2:00 AM – 5:00 AM UTC", "New window: Nov 30, 2:00 AM – 4:00 AM UTC")
	expect(t, parsed(t, routes, "index.html"), ".work-window", "Nov 30, 2:00 AM – 5:00 AM UTC")
}

func TestAnUpdateWithoutTextSaysItsStatusInTheWordsOfTheTheme(t *testing.T) {
	s := snapshot(siteWith(incident("out", "Out", status.Major, nil, said("2026-11-22 08:15", status.Investigating, ""))), "2026-11-22 09:00")
	for path, selector := range map[string]string{"index.html": ".text", "incidents/out/index.html": ".timeline .text"} {
		expect(t, parsed(t, defaultTheme(t).Routes(s), path), selector, "This incident is being investigated.")
	}
}

func TestMaintenanceBeganWhenTheClockSaysSo(t *testing.T) {
	e := maintenance("work", "Work", "2026-11-22 08:00", "2026-11-22 12:00", nil, said("2026-11-20 09:00", status.Scheduled, "Soon."))
	begun := said("2026-11-22 08:02", status.InProgress, "Begun.")
	e.Updates = append(e.Updates, begun)
	n := parsed(t, defaultTheme(t).Routes(snapshot(siteWith(e), "2026-11-22 09:00")), "maintenance/work/index.html")
	if got := strings.Join(all(n, ".lead"), " "); !strings.Contains(got, "since 08:00 AM UTC") {
		t.Errorf("it says %q", got)
	}
}

func TestAnAnnouncementStaysInTheHistory(t *testing.T) {
	c := siteOf().Components
	site := siteWith(incident("old", "Old", status.Minor, c[:1], said("2026-10-05 08:00", status.Resolved, "Over.")))
	until := at("2026-11-03 00:00")
	site.Announcements = []*status.Announcement{{ID: "a", Title: "Holiday", From: at("2026-09-30 00:00"), Until: until, Text: status.Text{HTML: "<p>We rest.</p>\n"}}}
	for _, now := range []string{"2026-11-22 09:00", "2026-10-22 09:00"} {
		routes := defaultTheme(t).Routes(snapshot(site, now))
		for _, path := range []string{"history/2026/09/index.html", "history/2026/10/index.html"} {
			expect(t, parsed(t, routes, path), ".announcement", "Holiday Sep 30, 2026, 12:00 AM UTC – Nov 03, 2026, 12:00 AM UTC We rest.")
		}
		expect(t, parsed(t, routes, "history/index.html"), "h2:has(a)", "October 2026 1 incident and 1 announcement", "September 2026 1 announcement")
		shown := len(all(parsed(t, routes, "index.html"), ".announcement")) == 1
		if page := written(t, routes, "index.html"); shown != strings.Contains(page, `<template data-from="`+until.Format(time.RFC3339)+`"></template>`) {
			t.Error("the index does not take it away in time")
		}
	}
}

func TestAPicturesAddressChangesWithThePicture(t *testing.T) {
	address := func(now string) string {
		s := busy()
		s.Site.SocialImages = true
		return property(parsed(t, defaultTheme(t).Routes(snapshot(s.Site, now)), "incidents/errors/index.html"), "og:image")
	}
	if address("2026-11-22 08:45") != address("2026-11-22 09:00") {
		t.Error("it changes without a reason")
	}
	if address("2026-11-22 08:30") == address("2026-11-22 09:00") {
		t.Error("it stays, though the status on the picture changes")
	}
}

func TestAnOldIDOfAComponentLeadsOn(t *testing.T) {
	theme, found := Load(nil, builtin(), "default", "en", "de")
	if len(found) > 0 {
		t.Fatal(found)
	}
	site := siteOf()
	site.Languages, site.URL = []string{"en", "de"}, "https://example.com/status"
	site.Components[0].Aliases = []string{"rest"}
	routes := theme.ComponentAliases(snapshot(site, "2026-11-22 09:00"))
	for path, want := range map[string]string{"components/rest/index.html": "/status/components/api/", "de/components/rest/index.html": "/status/de/components/api/"} {
		n := parsed(t, routes, path)
		if got := attribute(cascadia.Query(n, cascadia.MustCompile("a")), "href"); got != want {
			t.Errorf("%s leads to %s, want %s", path, got, want)
		}
		if got := attribute(cascadia.Query(n, cascadia.MustCompile("link[rel=canonical]")), "href"); got != "https://example.com"+want {
			t.Errorf("%s is a copy of %s", path, got)
		}
	}
}

func TestThePageOfWorkThatIsGoingOnSaysWhenItIsToEnd(t *testing.T) {
	move := maintenance("move", "A move", "2026-11-22 10:00", "2026-11-22 12:00", siteOf().Components[3:4], said("2026-11-20 10:00", status.Scheduled, "We move."))
	for now, want := range map[string]bool{"2026-11-22 09:00": false, "2026-11-22 10:30": true, "2026-11-22 12:00": false} {
		page := parsed(t, defaultTheme(t).Routes(snapshot(siteWith(move), now)), "maintenance/move/index.html")
		if lead := all(page, "main > p.lead"); len(lead) != 1 || strings.Contains(lead[0], "Expected to end 12:00 PM UTC.") != want {
			t.Errorf("at %s it says %q", now, lead)
		}
	}
}

func TestTodayChangesWithTheClockInItsBarsAndItsList(t *testing.T) {
	e := maintenance("work", "Work", "2026-11-22 10:00", "2026-11-22 12:00", siteOf().Components[3:4], said("2026-11-20 09:00", status.Scheduled, "Soon."))
	page := written(t, defaultTheme(t).Routes(snapshot(siteWith(e), "2026-11-22 09:00")), "index.html")
	for _, from := range []string{"2026-11-22T10:00:00Z", "2026-11-22T12:00:00Z"} {
		if _, later, found := strings.Cut(page, `<template data-from="`+from+`"><div class="day">`); !found || !strings.Contains(later[:800], ">Work</a>") {
			t.Errorf("from %s on the list of days does not name it", from)
		}
	}
	if strings.Count(page, `<template data-from="2026-11-22T10:00:00Z"><svg class="bars"`) != 2 { // of the component and of its group
		t.Error("the bars of today will not show it")
	}
	expect(t, parsed(t, defaultTheme(t).Routes(snapshot(siteWith(e), "2026-11-22 09:00")), "index.html"), ".day h3", "Sunday, November 22", "November 16 – 21")
}

func TestALargeSiteFoldsWhatIsWellAndNothingElse(t *testing.T) {
	site := siteOf()
	group := &status.Group{ID: "far", Name: "Far"}
	site.Items = append(site.Items, status.Item{Group: group})
	for i := range 60 {
		c := &status.Component{ID: "far" + strconv.Itoa(i), Name: "Far " + strconv.Itoa(i), Group: group, Index: len(site.Components)}
		group.Components, site.Components = append(group.Components, c), append(site.Components, c)
	}
	far := site.Components[len(site.Components)-7]
	for _, severity := range []status.Severity{status.Minor, status.None} {
		site.Events = []*status.Event{incident("out", "Out", severity, []*status.Component{far}, said("2026-11-22 08:15", status.Investigating, "Out."))}
		n := parsed(t, defaultTheme(t).Routes(snapshot(site, "2026-11-22 09:00")), "index.html")
		expect(t, n, "#group-far[open] > .components .component-name", far.Name)
		expect(t, n, "#group-far[open] > .more > summary", "59 more, all operational")
	}
	site.Events = nil
	n := parsed(t, defaultTheme(t).Routes(snapshot(site, "2026-11-22 09:00")), "index.html")
	if got := all(n, "#group-far:not([open]) > .components .component-name"); len(got) != 60 {
		t.Errorf("a folded group has %d components", len(got))
	}
	if got := cascadia.QueryAll(n, cascadia.MustCompile("#group-far > summary .bars")); len(got) != 1 {
		t.Error("a folded group has no bars of its own")
	}
}
