package page

import (
	"slices"
	"strings"
	"testing"

	"allclear/generator/output"
	"allclear/generator/status"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// formed lists the times that a selector finds, as "form text".
func formed(t *testing.T, routes []output.Route, path, selector string) []string {
	t.Helper()
	var all []string
	for _, n := range cascadia.QueryAll(parsed(t, routes, path), cascadia.MustCompile(selector)) {
		all = append(all, strings.TrimSpace(attribute(n, "data-form")+" "+text(n)))
	}
	return all
}

func TestWhatIsCurrentIsSaidBrieflyAndARecordInFull(t *testing.T) {
	open := incident("out", "Out", status.Major, nil, said("2026-11-20 08:15", status.Investigating, "Out."), said("2026-11-22 08:30", status.Identified, "Found."))
	over := incident("over", "Over", status.Major, nil, said("2026-11-22 06:15", status.Investigating, "Out."), said("2026-11-22 07:15", status.Resolved, "In."))
	routes := defaultTheme(t).Routes(snapshot(siteWith(open, over), "2026-11-22 09:00"))
	for _, c := range []struct {
		path, selector string
		want           []string
	}{
		{"incidents/out/index.html", ".update time", []string{"short 8:30 AM UTC", "short Fri, 8:15 AM UTC"}},
		{"incidents/over/index.html", ".update time", []string{"Nov 22, 2026, 06:15 AM UTC", "Nov 22, 2026, 07:15 AM UTC"}},
		{"incidents/out/index.html", ".lead time", []string{"clock 08:15 AM UTC", "date November 20, 2026"}},
		{"incidents/over/index.html", ".lead time", []string{"date November 22, 2026"}},
		{"history/2026/11/index.html", ".record time", []string{"year Nov 22, 6:15 AM UTC", "year Nov 20, 8:15 AM UTC"}},
	} {
		if got := formed(t, routes, c.path, c.selector); !slices.Equal(got, c.want) {
			t.Errorf("%s, %s:\n got %q\nwant %q", c.path, c.selector, got, c.want)
		}
	}
	for _, n := range cascadia.QueryAll(parsed(t, routes, "index.html"), cascadia.MustCompile("main time")) {
		if form := attribute(n, "data-form"); form == "" && !within(n, "as-of") {
			t.Errorf("the index has a whole time, %q", text(n))
		}
	}
}

// within reports whether a node is in one of a class.
func within(n *html.Node, class string) bool {
	for ; n != nil; n = n.Parent {
		if slices.Contains(strings.Fields(attribute(n, "class")), class) {
			return true
		}
	}
	return false
}

func TestThePageOfAnEventThatIsOverNeverChanges(t *testing.T) {
	over := incident("over", "Over", status.Major, siteOf().Components[:1], said("2026-11-22 06:15", status.Investigating, "Out."), said("2026-11-22 07:15", status.Resolved, "In."))
	work := maintenance("work", "Work", "2026-11-22 04:00", "2026-11-22 05:00", nil, said("2026-11-20 09:00", status.Scheduled, "Soon."))
	for _, path := range []string{"incidents/over/index.html", "maintenance/work/index.html", "history/2026/11/index.html"} {
		first := ""
		for _, now := range []string{"2026-11-22 09:00", "2026-11-23 00:00", "2026-12-01 00:00", "2027-02-01 00:00"} {
			got := written(t, defaultTheme(t).Routes(snapshot(siteWith(over, work), now)), path)
			if first == "" {
				first = got
			}
			if got != first {
				t.Errorf("%s is another one at %s", path, now)
			}
		}
	}
}

func TestAPageIsTheSameAllDay(t *testing.T) {
	open := incident("out", "Out", status.Minor, nil, said("2026-11-20 08:15", status.Investigating, "Out."))
	for _, path := range []string{"index.html", "incidents/out/index.html", "components/api/index.html"} {
		morning := written(t, defaultTheme(t).Routes(snapshot(siteWith(open), "2026-11-22 00:00")), path)
		if written(t, defaultTheme(t).Routes(snapshot(siteWith(open), "2026-11-22 23:59")), path) != morning {
			t.Errorf("%s changes within a day on which nothing happens", path)
		}
	}
}

func TestAThemesOwnPageSaysWhatIsCurrentBriefly(t *testing.T) {
	open := incident("out", "Out", status.Minor, nil, said("2026-11-22 08:15", status.Investigating, "Out."))
	if got := inEnglish(t).overview(snapshot(siteWith(open), "2026-11-22 09:00"), "../").Banner.Changed; got.Text != "8:15 AM UTC" || got.Form != formShort {
		t.Errorf("it has %+v", got)
	}
}
