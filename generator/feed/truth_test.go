package feed_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// channels is what a site's feeds are about.
const channels = site + `
-- incidents/slow.md --
---
title: Slow
component: [web, api]
severity: minor
investigating: 2026-05-31 08:00 UTC
---

## 2026-05-31 09:00 UTC {severity=critical}
-- maintenance/move.md --
---
title: Move
component: api
scheduled: 2026-05-20 08:00 UTC
scheduled_for: 2026-06-10 20:00 UTC
scheduled_until: 2026-06-10 22:00 UTC
---

## 2026-05-21 08:00 UTC {until="2026-06-10 23:00 UTC"}

It takes longer.

## 2026-05-22 08:00 UTC {from="2026-06-12 20:00 UTC" until="2026-06-12 22:00 UTC"}

The vendor is ill.
-- announcements/holiday.md --
---
title: A holiday
from: 2026-05-29 08:00 UTC
until: 2026-05-30 08:00 UTC
---

Answers take [longer](/history/).
`

// texts is the text of each entry by its title, without markup, an entry's title
// with a number if another one has it too.
func texts(t *testing.T, file string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, item := range read(t, file).Items {
		title := item.Title
		for found[title] != "" {
			title += "*"
		}
		text := strings.NewReplacer("<p>", "", "</p>\n", "|", "</p>", "|").Replace(strings.TrimSpace(item.Content + item.Description))
		found[title] = strings.TrimSuffix(text, "|")
	}
	return found
}

func TestAnEntrySaysTheFactThatItsChannelIsFor(t *testing.T) {
	files := build(t, channels, now)
	for _, path := range []string{"history.atom", "history.rss", "feed.json"} {
		want := map[string]string{
			"Investigating: Slow": "This incident is being investigated.|Critical · Affects Website and API.",
			"Update: Slow":        "This incident is being investigated.|Critical · Affects Website and API.",
			"Scheduled: Move":     "This maintenance has been scheduled.|Planned from Jun 10, 2026, 08:00 PM to 10:00 PM UTC · Affects API.",
			"Update: Move*":       "It takes longer.|New window: Jun 10, 2026, 08:00 PM – 11:00 PM UTC · Affects API.",
			"Update: Move":        "The vendor is ill.|New window: Jun 12, 2026, 08:00 PM – 10:00 PM UTC · Affects API.",
			"A holiday":           `Answers take <a href="https://status.example.com/history/">longer</a>.|May 29, 2026, 08:00 AM UTC – May 30, 2026, 08:00 AM UTC`,
		}
		if diff := cmp.Diff(want, texts(t, files[path])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
	if _, ok := texts(t, files["components/api/history.atom"])["A holiday"]; ok {
		t.Error("an announcement is in the feed of a component")
	}
}

func TestAnAnnouncementKeepsItsEntry(t *testing.T) {
	id := func(content string) string {
		for _, item := range read(t, build(t, content, now)["history.atom"]).Items {
			if strings.Contains(item.Title, "holiday") {
				return item.GUID
			}
		}
		return ""
	}
	before := id(channels)
	after := id(strings.NewReplacer("A holiday", "The holiday", "longer](", "a day](", "until: 2026-05-30", "until: 2026-06-30").Replace(channels))
	if before == "" || after != before {
		t.Errorf("the id %s became %s", before, after)
	}
}

// ids are the ids of the entries and of the calendar's events.
func ids(t *testing.T, files map[string]string, folder string) []string {
	t.Helper()
	feed := read(t, files[folder+"history.atom"])
	var found []string
	for _, item := range feed.Items {
		found = append(found, item.GUID)
	}
	for _, e := range readGo(t, files[folder+"maintenance.ics"]) {
		found = append(found, e.UID)
	}
	return found
}

func TestARenamedFileKeepsItsIDs(t *testing.T) {
	before := build(t, story, now)
	after := build(t, strings.NewReplacer(
		"incidents/slow.md --\n---", "incidents/slow-pages.md --\n---\napi_id: slow",
		"maintenance/move.md --\n---", "maintenance/hall.md --\n---\napi_id: move",
	).Replace(story), now)
	if diff := cmp.Diff(ids(t, before, ""), ids(t, after, "")); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

func TestARenamedComponentKeepsItsFeedAndCalendar(t *testing.T) {
	before := build(t, story, now)
	for name, renamed := range map[string]string{
		"twice":          "{ id: front, name: Website, start_date: 2025-01-01, aliases: [web, pages] }",
		"with an api_id": "{ id: front, name: Website, start_date: 2025-01-01, aliases: [web], api_id: web }",
	} {
		after := build(t, strings.Replace(story, "{ id: web, name: Website, start_date: 2025-01-01 }", renamed, 1), now)
		if diff := cmp.Diff(ids(t, before, "components/web/"), ids(t, after, "components/front/")); diff != "" {
			t.Errorf("%s (-before +after):\n%s", name, diff)
		}
		const id = "<id>https://status.example.com/components/web/history.atom</id>"
		if feed := after["components/front/history.atom"]; !strings.Contains(feed, id) || !strings.Contains(feed, `href="https://status.example.com/components/front/history.atom"`) {
			t.Errorf("%s: the feed has another id, or says another place", name)
		}
		for _, file := range []string{"history.atom", "maintenance.ics"} {
			if after["components/web/"+file] != after["components/front/"+file] {
				t.Errorf("%s: the old address of %s has no copy", name, file)
			}
		}
	}
}

func TestACancelledMaintenanceSaysSoInItsTitle(t *testing.T) {
	german := strings.Replace(story, "title: Example", "title: Example\nlanguage: de", 1)
	events := readGo(t, buildIn(t, "de", german, now)["maintenance.ics"])
	if last := events[len(events)-1]; last.Summary != "Abgesagt: Off again" || last.Status != "CANCELLED" {
		t.Errorf("the calendar says %q, %s", last.Summary, last.Status)
	}
}

func TestAMovedWindowIsInTheCalendar(t *testing.T) {
	var last planned
	for i, instant := range []string{"2026-05-20 12:00", "2026-05-21 12:00", "2026-05-22 12:00"} {
		e := readGo(t, build(t, channels, at(instant))["maintenance.ics"])[0]
		if want := []string{"20260610T200000Z 20260610T220000Z", "20260610T200000Z 20260610T230000Z", "20260612T200000Z 20260612T220000Z"}[i]; e.Start+" "+e.End != want {
			t.Errorf("on %s it is from %s to %s", instant, e.Start, e.End)
		}
		if i > 0 && (e.Sequence <= last.Sequence || e.Stamp <= last.Stamp || e.UID != last.UID) {
			t.Errorf("%+v became %+v", last, e)
		}
		last = e
	}
}

func TestStatusTextTellsTheWholeTruth(t *testing.T) {
	content := channels + `
-- incidents/worst.md --
---
title: Everything burns
severity: critical
investigating: 2026-05-31 09:00 UTC
---

We run. {next}

-- incidents/noted.md --
---
title: Odd logs
component: mail
severity: none
investigating: 2026-05-30 07:00 UTC
---

## 2026-05-31 10:00 UTC {next="30m"}
`
	content = strings.NewReplacer(
		"We run. {next}", "We run.\n\n## 2026-06-01 11:45 UTC {next=\"45m\"}\n\nWe still run.",
		"      - { id: api, name: API }\n", "      - { id: api, name: API }\n  - group: Post\n    components:\n      - { id: mail, name: Mail }\n      - { id: fax, name: Fax }\n",
		"component: [web, api]", "component: web",
	).Replace(content)
	got := build(t, content, now)["status.txt"]
	for _, want := range []string{
		"Example: Major System Outage: Everything burns\n",
		"  Next update by 12:30 PM UTC\n",
		"The next update is overdue. It was promised by Sun, 10:30 AM UTC.\n",
		"  Scheduled · Jun 12, 8:00 PM – 10:00 PM UTC\n",
		"  Major outage          Website\n\n  Europe · Operational\n  Operational           API\n\n" +
			"  Post · Operational, open incident\n  Operational           Mail · Odd logs\n  Operational           Fax\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "A holiday") {
		t.Error("it shows an announcement that is over")
	}
}
