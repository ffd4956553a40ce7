package page

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// manyMonths is a site with an incident in each of the last months, a maintenance
// in every third and an announcement in one.
func manyMonths() *derive.Snapshot {
	var events []*status.Event
	for i := range 8 {
		day := at("2026-11-10 08:00").AddDate(0, -i, 0).Format("2006-01-02")
		events = append([]*status.Event{incident(fmt.Sprint("i", i), fmt.Sprint("Outage ", i), status.Minor, nil,
			said(day+" 08:00", status.Investigating, "Down."), said(day+" 09:31", status.Resolved, "Up."))}, events...)
		if i%3 == 1 {
			events = append([]*status.Event{maintenance(fmt.Sprint("m", i), fmt.Sprint("Work ", i), day+" 10:00", day+" 12:00", nil, said(day+" 09:40", status.Scheduled, ""))}, events...)
		}
	}
	slices.SortStableFunc(events, func(a, b *status.Event) int { return a.Updates[0].At.Compare(b.Updates[0].At) })
	site := siteOf(events...)
	site.Announcements = []*status.Announcement{{ID: "holiday", Title: "Holiday", From: at("2026-10-10 08:30"), Until: at("2026-10-20 00:00"), Text: status.Text{HTML: "<p>We rest.</p>\n"}}}
	return snapshot(site, "2026-11-22 09:00")
}

func TestTheHistoryHasTheNewestTitlesAndThenTheMonths(t *testing.T) {
	routes := defaultTheme(t).Routes(manyMonths())
	n := parsed(t, routes, "history/index.html")
	expect(t, n, "h2:has(a)", "November 2026 1 incident", "October 2026 1 incident, 1 maintenance window and 1 announcement", "September 2026 1 incident")
	expect(t, n, ".record .entry-title", "Outage 0", "Work 1", "Holiday", "Outage 1", "Outage 2")
	expect(t, n, ".record:has([href='../incidents/i0/'])", "Nov 10, 8:00 AM UTC Outage 0 Minor · 1h 31m")
	expect(t, n, ".months li", "August 2026 1 incident", "July 2026 1 incident and 1 maintenance window", "June 2026 1 incident", "May 2026 1 incident", "April 2026 1 incident and 1 maintenance window")
}

func TestEachKindHasPagesOfItsOwn(t *testing.T) {
	routes := defaultTheme(t).Routes(manyMonths())
	expect(t, parsed(t, routes, "history/index.html"), ".kinds a", "All", "Incidents", "Maintenance", "Announcements")
	works := parsed(t, routes, "history/maintenance/index.html")
	expect(t, works, "h1, .kinds [aria-current], h2:has(a)", "Maintenance", "Maintenance",
		"October 2026 1 maintenance window", "July 2026 1 maintenance window", "April 2026 1 maintenance window")
	expect(t, works, ".entry-title", "Work 1", "Work 4", "Work 7")
	july := parsed(t, routes, "history/maintenance/2026/07/index.html")
	expect(t, july, "h1, .entry-title", "Maintenance, July 2026", "Work 4")
	expect(t, july, ".neighbours a", "April 2026", "October 2026", "All months")
	expect(t, july, ".kinds a", "All", "Incidents", "Maintenance")
	expect(t, parsed(t, routes, "history/2026/08/index.html"), ".kinds a")
	expect(t, parsed(t, routes, "history/announcements/index.html"), ".lead", "All announcements, by the months in which they began.")
	notices := parsed(t, routes, "history/announcements/2026/10/index.html")
	expect(t, notices, "main #announcement-holiday .text", "We rest.")
	expect(t, notices, ".entry")
	lead := cascadia.Query(parsed(t, routes, "history/announcements/index.html"), cascadia.MustCompile(".entry-title a"))
	if got := attribute(lead, "href"); got != "../../history/announcements/2026/10/#announcement-holiday" {
		t.Errorf("the announcement leads to %s", got)
	}
}

func TestASiteWithOneKindHasNoPagesOfKinds(t *testing.T) {
	s := siteOf(incident("a", "A", status.Minor, nil, said("2026-11-10 08:00", status.Resolved, "")))
	for _, r := range defaultTheme(t).Routes(snapshot(s, "2026-11-22 09:00")) {
		if strings.HasPrefix(r.Path, "history/incidents/") {
			t.Errorf("there is %s", r.Path)
		}
	}
}

func TestTheFirstPageOfTheHistoryIsBounded(t *testing.T) {
	var events []*status.Event
	for i := range maxFrontTitles + 7 {
		events = append(events, incident(fmt.Sprint("e", i), "T", status.None, nil, said("2026-11-20 04:03", status.Resolved, "")))
	}
	n := parsed(t, defaultTheme(t).Routes(snapshot(siteOf(events...), "2026-11-22 09:00")), "history/index.html")
	if got := len(all(n, ".entry")); got != maxFrontTitles {
		t.Errorf("it has %d titles", got)
	}
	expect(t, n, "section > p.note a", "and 7 more")
}

// titlesIn reads the files of titles that a page of the history names.
func titlesIn(t *testing.T, routes []output.Route, page string) (files []string, titles []searched) {
	t.Helper()
	form := cascadia.Query(parsed(t, routes, page), cascadia.MustCompile("#search:empty"))
	for _, link := range strings.Fields(attribute(form, "data-files")) {
		file := resolve(page, link)
		var read []searched
		if err := json.Unmarshal([]byte(written(t, routes, file)), &read); err != nil {
			t.Fatal(err)
		}
		files, titles = append(files, file), append(titles, read...)
	}
	return files, titles
}

func TestEveryTitleCanBeSearchedByYear(t *testing.T) {
	s := manyMonths()
	s.Site.Events = append([]*status.Event{incident("old", "An old one", status.Major, nil, said("2024-02-10 08:00", status.Resolved, ""))}, s.Site.Events...)
	routes := defaultTheme(t).Routes(snapshot(s.Site, "2026-11-22 09:00"))
	files, titles := titlesIn(t, routes, "history/index.html")
	if !slices.Equal(files, []string{"search/2026-1.json", "search/2024-1.json"}) || len(titles) != 8+3+1+1 {
		t.Errorf("%d titles in %q", len(titles), files)
	}
	if want := (searched{Title: "An old one", URL: "incidents/old/", Date: "2024-02-10", Impact: "Major"}); titles[len(titles)-1] != want {
		t.Errorf("the oldest is %+v", titles[len(titles)-1])
	}
	if i := slices.IndexFunc(titles, func(t searched) bool { return t.Title == "Holiday" }); titles[i].URL != "history/2026/10/#announcement-holiday" {
		t.Errorf("an announcement leads to %s", titles[i].URL)
	}
}

func TestAYearWithVeryManyTitlesHasSeveralFiles(t *testing.T) {
	var events []*status.Event
	for i := range 2*maxSearched + 3 {
		events = append(events, incident(fmt.Sprint("e", i), "T", status.None, nil, said("2026-11-20 04:03", status.Resolved, "")))
	}
	routes := defaultTheme(t).Routes(snapshot(siteOf(events...), "2026-11-22 09:00"))
	files, titles := titlesIn(t, routes, "history/index.html")
	if !slices.Equal(files, []string{"search/2026-3.json", "search/2026-2.json", "search/2026-1.json"}) || len(titles) != len(events) {
		t.Errorf("%d titles in %q", len(titles), files)
	}
}

func TestARowOfAnotherYearThanItsMonthSaysTheYear(t *testing.T) {
	long := incident("long", "Long", status.Minor, nil, said("2025-12-31 23:00", status.Investigating, "Out."), said("2026-01-02 01:00", status.Resolved, "In."))
	routes := defaultTheme(t).Routes(snapshot(siteOf(long), "2026-01-10 09:00"))
	expect(t, parsed(t, routes, "history/2026/01/index.html"), ".record time", "Dec 31, 2025, 11:00 PM UTC")
	expect(t, parsed(t, routes, "history/2025/12/index.html"), ".record time", "Dec 31, 11:00 PM UTC")
}
