package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// figures are the cells of a component's row on the uptime page, by column.
func figures(n *html.Node, component string) map[string]string {
	columns := all(n, "thead th")[1:]
	for _, row := range cascadia.QueryAll(n, cascadia.MustCompile("tbody tr")) {
		if !slices.Equal(all(row, "th a"), []string{component}) {
			continue
		}
		cells := map[string]string{}
		for i, cell := range all(row, "td") {
			cells[columns[i]] = cell
		}
		return cells
	}
	return nil
}

func TestUptimeStandsByMonthWithWhatItWasReachedFrom(t *testing.T) {
	n := parsed(t, defaultTheme(t).Routes(busy()), "uptime/index.html")
	sdk := figures(n, "Sdk")
	for column, want := range map[string]string{
		// an hour of partial outage and a minute, then 6 h 44 min of major outage
		"Last 30 days":  "99.02% 1h 1m Partial outage 6h 44m Major outage",
		"November 2026": "98.66% 1h 1m Partial outage 6h 44m Major outage",
		"October 2026":  "100%",
		"December 2025": "100%",
	} {
		if sdk[column] != want {
			t.Errorf("%s: it says %q, want %q", column, sdk[column], want)
		}
	}
	if len(sdk) != 3+12 {
		t.Errorf("there are %d figures", len(sdk))
	}
	if method := strings.Join(all(n, "main > .note"), " "); !strings.Contains(method, "A partial outage counts as 30% downtime and a major outage as 100%") {
		t.Errorf("the method is %q", method)
	}
	if got := all(n, "tbody tr > th"); !slices.Equal(got, []string{"Api", "Dashboard", "India", "Sdk", "Webhooks"}) {
		t.Errorf("the rows are %q", got)
	}
}

func TestUptimeWithoutDataSaysSo(t *testing.T) {
	site := siteOf()
	site.Components[1].StartDate = at("2026-11-10 00:00")
	n := parsed(t, defaultTheme(t).Routes(snapshot(site, "2026-11-22 09:00")), "uptime/index.html")
	young := figures(n, "Dashboard")
	if young["October 2026"] != "no data" || young["November 2026"] != "100%" || young["Last 90 days"] != "100%" {
		t.Errorf("it says %q", young)
	}
}

func TestTheUptimeIsBesideTheBarsWithItsMethod(t *testing.T) {
	routes := defaultTheme(t).Routes(busy())
	n := parsed(t, routes, "index.html")
	if got := all(n, ".component-uptime"); len(got) != 4 || !slices.Contains(got, "99.67% uptime") {
		t.Errorf("the index says %q", got)
	}
	if got := strings.Join(all(n, ".note"), " "); !strings.Contains(got, "A partial outage counts as 30% downtime") {
		t.Errorf("the index says no method in %q", got)
	}
	n = parsed(t, routes, "components/sdk/index.html")
	if got := all(n, ".figure"); !slices.Equal(got, []string{"99.67% uptime"}) {
		t.Errorf("the component's page says %q", got)
	}
}

func TestTheUptimePageIsBoundedByItsComponents(t *testing.T) {
	short, long := siteOf(), siteOf()
	for i := range 2000 {
		when := at("2022-01-01 00:00").AddDate(0, 0, i%1700)
		e := incident(fmt.Sprint("event-", i), "Event", status.Critical, long.Components[:1],
			said(when.Format("2006-01-02 15:04"), status.Investigating, ""), said(when.Format("2006-01-02")+" 01:00", status.Resolved, ""))
		long.Events = append(long.Events, e)
	}
	slices.SortStableFunc(long.Events, func(a, b *status.Event) int { return a.Updates[0].At.Compare(b.Updates[0].At) })
	size := func(site *status.Site) int {
		s := derive.Derive(site, at("2026-11-22 09:00"))
		return len(written(t, defaultTheme(t).Routes(s), "uptime/index.html"))
	}
	if a, b := size(short), size(long); b > a+2000 {
		t.Errorf("it has %d bytes with no event and %d with many", a, b)
	}
}
