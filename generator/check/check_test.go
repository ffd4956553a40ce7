package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

const siteYAML = `title: Example
url: https://status.example.com
timezone: Europe/Zurich
components:
  - { id: api, name: API }
  - group: Europe
    components:
      - { id: web, name: Website }
`

// checkFiles is a site made of site.yaml and files, each "path: text", with the
// mistakes in it, as at noon on 2026-05-10.
func checkFiles(t testing.TB, files map[string]string) (*status.Site, diag.List) {
	t.Helper()
	fields, list := source.ParseYAML("content/site.yaml", []byte(siteYAML))
	if len(list) > 0 {
		t.Fatal(list)
	}
	content := &source.Content{Name: "content", Site: &source.Document{File: &source.File{}, Fields: fields}}
	for path, text := range files {
		kind := status.Incident
		if strings.HasPrefix(path, "maintenance/") {
			kind = status.Maintenance
		}
		doc, mistakes := source.ParseEvent("content/"+path, []byte(text), kind)
		list.Add(mistakes...)
		if doc != nil {
			content.Documents = append(content.Documents, doc)
		}
	}
	site, mistakes := Site(content, Options{Now: time.Date(2026, 5, 10, 12, 0, 0, 0, time.UTC)})
	list.Add(mistakes...)
	return site, list.Sorted()
}

// lines returns one line per diagnostic: line and column, code, message.
func lines(list diag.List) []string {
	var all []string
	for _, d := range list {
		all = append(all, fmt.Sprintf("%d:%d %s: %s", d.Position.Line, d.Position.Column, d.Rule.Code, d.Message))
	}
	return all
}

func TestUpdatesHaveTheTimesOfFrontMatterAndHeadings(t *testing.T) {
	site, list := checkFiles(t, map[string]string{"incidents/a.md": `---
title: A
components: [web, api]
severity: minor
investigating: 2026-05-01 10:00 UTC
identified: 2026-05-01 11:00 UTC
monitoring: 2026-05-01 12:30 +02:00
resolved: 2026-05-01 13:00 UTC
---

First.

## 2026-05-01 10:20 UTC {api=major_outage #abc}

Interim.

## Monitoring

Watching.

## Identified

Found it.

## Investigating - 2026-05-01 11:30 UTC {severity=major}

Again.

## 2026-05-01 13:00 UTC | Resolved

Over.
`})
	if diff := cmp.Diff([]string(nil), lines(list)); diff != "" {
		t.Fatalf("mistakes (-want +got):\n%s", diff)
	}
	var got []string
	for _, u := range site.Events[0].Updates {
		line := u.At.Format("15:04 -0700 ") + u.Status.String() + " " + u.Text.Plain
		for _, s := range u.Settings {
			line += fmt.Sprintf(" %s=%s", s.Component.ID, s.Status)
		}
		if u.Severity != nil {
			line += " " + u.Severity.String()
		}
		got = append(got, line)
	}
	want := []string{
		"12:00 +0200 investigating First.",
		"12:20 +0200 investigating Interim. api=major_outage",
		"12:30 +0200 monitoring Watching.",
		"13:00 +0200 identified Found it.",
		"13:30 +0200 investigating Again. major",
		"15:00 +0200 resolved Over.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("updates (-want +got):\n%s", diff)
	}
	if id := site.Events[0].Updates[1].ID; id != "abc" {
		t.Errorf("the second update's id is %q, want the one in its heading", id)
	}
}

func TestEveryMistakeIsReportedInOneRun(t *testing.T) {
	_, list := checkFiles(t, map[string]string{"incidents/a.md": `---
title: A
component: ap1
severity: mayor
investigating: 2026-05-01 10:00
identified: 2026-05-20 10:00 UTC
resolvd: 2026-05-01 13:00 UTC
---

First.

## Identified

x

## Monitoring {web=down nxt="30m"}

y

## Identified

z
`})
	want := []string{
		`3:12 unknown-component: unknown component "ap1"`,
		`4:11 unknown-severity: unknown severity "mayor"`,
		`5:16 timestamp-no-zone: the timestamp "2026-05-01 10:00" has no zone`,
		`6:13 timestamp-future: this update is in the future, at 2026-05-20 12:00 +02:00`,
		`7:1 unknown-key: unknown key "resolvd" in an incident`,
		`16:4 status-without-time: "monitoring" has no time`,
		`16:20 unknown-component-status: unknown component status "down"`,
		`16:25 unknown-component: unknown component "nxt"`,
		`20:1 status-repeated: "identified" already has a section`,
	}
	if diff := cmp.Diff(want, lines(list)); diff != "" {
		t.Errorf("mistakes (-want +got):\n%s", diff)
	}
}

func TestATimeThatCannotBeReadCausesNoFurtherMistakes(t *testing.T) {
	_, list := checkFiles(t, map[string]string{"incidents/a.md": `---
title: A
investigating: 2026-13-01 10:00 UTC
resolved: yesterday
---

First.

## Resolved

Over.
`})
	want := []string{"3:16 timestamp-impossible", "4:11 timestamp-malformed"}
	var got []string
	for _, line := range lines(list) {
		position, _, _ := strings.Cut(line, ": ")
		got = append(got, position)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mistakes (-want +got):\n%s", diff)
	}
}

func TestAnUpdateAtMostAMinuteAheadOfTheClockIsNotInTheFuture(t *testing.T) {
	now := time.Date(2026, 5, 10, 12, 0, 0, 0, time.UTC)
	site, list := checkFiles(t, map[string]string{"incidents/a.md": "---\ntitle: A\ninvestigating: 2026-05-10 12:00:40 UTC\n---\n\nx\n"})
	if len(list) > 0 {
		t.Fatal(lines(list))
	}
	if got := instant(site.Events, now, false); !got.Equal(now.Add(40 * time.Second)) {
		t.Errorf("the site is built for %s, want the update's own time", got)
	}
	if got := instant(site.Events, now, true); !got.Equal(now) {
		t.Errorf("a chosen instant moved to %s", got)
	}
}

func TestIDsMustBeUnique(t *testing.T) {
	const incident = "---\ntitle: A\n%sinvestigating: 2026-05-01 10:00 UTC\n---\n\nx\n"
	const maintenance = "---\ntitle: A\n%sscheduled: 2026-05-01 10:00 UTC\nscheduled_for: 2026-05-11 10:00 UTC\nscheduled_until: 2026-05-11 11:00 UTC\n---\n\nx\n"
	for _, test := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"an incident and a maintenance", map[string]string{
			"incidents/a.md": fmt.Sprintf(incident, ""), "maintenance/a.md": fmt.Sprintf(maintenance, ""),
		}, `0:0 duplicate-id: id "a" is already used`},
		{"two api_ids", map[string]string{
			"incidents/a.md": fmt.Sprintf(incident, "api_id: x1\n"), "maintenance/b.md": fmt.Sprintf(maintenance, "api_id: x1\n"),
		}, `3:9 duplicate-id: api_id "x1" is already used`},
		{"an api_id and an id", map[string]string{
			"incidents/a.md": fmt.Sprintf(incident, ""), "maintenance/b.md": fmt.Sprintf(maintenance, "api_id: a\n"),
		}, `3:9 duplicate-id: api_id "a" is the id of another event`},
		{"an api_id and its own id", map[string]string{"incidents/a.md": fmt.Sprintf(incident, "api_id: a\n")}, ""},
		{"two aliases", map[string]string{
			"incidents/a.md": fmt.Sprintf(incident, "aliases: [/old, /old/]\n"),
		}, `3:17 duplicate-id: alias "/old" is already used`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, list := checkFiles(t, test.files)
			if got := strings.Join(lines(list), "\n"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestRelatedEventsAreLinkedInBothDirections(t *testing.T) {
	const incident = "---\ntitle: A\n%sinvestigating: 2026-05-01 10:00 UTC\n---\n\nx\n"
	site, list := checkFiles(t, map[string]string{
		"incidents/a.md": fmt.Sprintf(incident, "related: [b, c]\n"),
		"incidents/b.md": fmt.Sprintf(incident, "related: a\n"),
		"incidents/c.md": fmt.Sprintf(incident, ""),
	})
	if len(list) > 0 {
		t.Fatal(lines(list))
	}
	got := map[string]string{}
	for _, e := range site.Events {
		for _, r := range e.Related {
			got[e.ID] += r.ID
		}
	}
	if diff := cmp.Diff(map[string]string{"a": "bc", "b": "a", "c": "a"}, got); diff != "" {
		t.Errorf("related (-want +got):\n%s", diff)
	}
}

func TestEveryMistakeInSiteYAMLIsReported(t *testing.T) {
	fields, list := source.ParseYAML("content/site.yaml", []byte(`title: Example # 1
url: status.example.com
timezone: Europe/Zurick
history_days: many
uptime: { day: 90, major_outage: 2 }
links: [{ name: Help, url: "javascript:alert(1)" }]
components:
  - { id: API, name: API }
  - { id: severity, name: Severity }
  - { id: web, name: Web, start_date: 2026-02-30 }
  - { id: web, name: Web again }
  - group: Europe
    components: [{ group: Deep }]
`))
	content := &source.Content{Name: "content", Site: &source.Document{File: &source.File{}, Fields: fields}}
	_, mistakes := Site(content, Options{})
	list.Add(mistakes...)
	var got []string
	for _, line := range lines(list.Sorted()) {
		position, _, _ := strings.Cut(line, ": ")
		got = append(got, position)
	}
	want := []string{
		"1:8 title-cut", "2:6 bad-url", "3:11 unknown-timezone", "4:15 wrong-type",
		"5:11 unknown-key", "5:34 wrong-type", "6:28 bad-url",
		"8:11 bad-component-id", "9:11 bad-component-id", "10:39 bad-date", "11:11 duplicate-id", "13:18 wrong-type",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mistakes (-want +got):\n%s", diff)
	}
}

func TestTimezoneIsACanonicalName(t *testing.T) {
	for name, want := range map[string]string{
		"Etc/UTC": "", "UTC": "", "Europe/Oslo": "", "America/Argentina/Buenos_Aires": "", "Asia/Kolkata": "",
		"Asia/Calcutta": "write\ntimezone: Asia/Kolkata", "US/Pacific": "write\ntimezone: America/Los_Angeles",
		"EST": "write America/New_York", "Local": "write an IANA name", "europe/zurich ": "write Europe/Zurich",
	} {
		fields, _ := source.ParseYAML("content/site.yaml", []byte("title: A\nurl: https://a.example\ntimezone: "+name+"\n"))
		site, list := Site(&source.Content{Name: "content", Site: &source.Document{File: &source.File{}, Fields: fields}}, Options{})
		if want == "" && len(list) > 0 || want != "" && (len(list) != 1 || !strings.HasPrefix(list[0].Hint, want)) {
			t.Errorf("timezone %s: %v", name, list)
		}
		if name == "UTC" && site.Zone.String() != "Etc/UTC" {
			t.Errorf("UTC is %s", site.Zone)
		}
	}
}

func TestEndedMustBeWithinTheIncident(t *testing.T) {
	const incident = "---\ntitle: A\ncomponent: api\n%sinvestigating: 2026-05-01 10:00 UTC\nresolved: 2026-05-01 12:00 UTC\n---\n\nx\n\n## Resolved\n\ny\n"
	const reopened = "\n## Investigating · 2026-05-01 13:00 UTC\n\nz\n\n## Resolved · 2026-05-01 14:00 UTC\n\nz\n"
	for _, test := range []struct{ keys, more, want string }{
		{"ended: 2026-05-01 11:00 UTC\n", "", ""},
		{"ended: 2026-05-01 12:00 UTC\n", "", ""},
		{"ended: 2026-05-01 13:00 UTC\n", "", "4:8 ended-outside"},
		{"ended: 2026-05-01 09:00 UTC\n", "", "4:8 ended-outside"},
		{"started: 2026-05-01 09:00 UTC\nended: 2026-05-01 09:30 UTC\n", "", ""},
		{"started: 2026-05-01 11:00 UTC\n", "", ""},
		{"started: 2026-05-01 12:00 UTC\n", "", "4:10 ends-before-start"},
		{"ended: 2026-05-01 13:30 UTC\n", reopened, "reopened"},
		{"ended: 2026-05-01 11:00 UTC\n", reopened, "4:8 ended-outside reopened"},
		{"ended: 2026-05-01 11:00 UTC\n", "\n## Monitoring · 2026-05-01 11:30 UTC {api=major_outage}\n\nz\n", "attribute-without-effect"},
	} {
		text := fmt.Sprintf(incident, test.keys)
		if strings.Contains(test.more, "11:30") {
			text = strings.Replace(text, "\n## Resolved", test.more+"\n## Resolved", 1)
		} else {
			text += test.more
		}
		_, list := checkFiles(t, map[string]string{"incidents/a.md": text})
		var got []string
		for _, d := range list {
			if d.Position.Line == 4 {
				got = append(got, fmt.Sprintf("%d:%d %s", d.Position.Line, d.Position.Column, d.Rule.Code))
			} else {
				got = append(got, d.Rule.Code)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s%s: %q, want %q", test.keys, test.more, got, test.want)
		}
	}
}

func TestInterimUpdateAtTheTimeOfAFrontMatterStatusFollowsIt(t *testing.T) {
	site, list := checkFiles(t, map[string]string{"incidents/a.md": "---\ntitle: A\ninvestigating: 2026-05-01 10:00 UTC\n---\n\n## 2026-05-01 10:00 UTC\n\nx\n"})
	if list.HasErrors() || len(site.Events) != 1 || !site.Events[0].Updates[1].Interim || site.Events[0].Updates[1].Status != status.Investigating {
		t.Errorf("%v, %+v", lines(list), site.Events)
	}
}

func FuzzEvent(f *testing.F) {
	f.Add("---\ntitle: A\ncomponent: api\nseverity: major\ninvestigating: 2026-05-01 10:00 UTC\n---\n\nx\n\n## Resolved · 2026-05-01 11:00 UTC {api=operational}\n\ny\n", false)
	f.Add("---\ntitle: M\nscheduled: 2026-05-01 10:00 UTC\nscheduled_for: 2026-05-11 10:00 UTC\nscheduled_until: 2026-05-11 11:00 UTC\n---\n\nx\n\n## In progress · 2026-05-11 11:00 UTC\n", true)
	f.Add("---\ntitle: M\nscheduled: 2026-05-01 10:00 UTC\nscheduled_for: 2026-05-02 10:00 UTC\nscheduled_until: 2026-05-02 11:00 UTC\nverifying: 2026-05-02 10:30 UTC\n---\n\nx\n\n"+
		"## 2026-05-02 09:00 UTC {from=\"2026-05-02 10:30 UTC\" until='2026-05-02 12:00 UTC' next=30m #a}\n\n## Scheduled · 2026-05-02 13:00 UTC {from=2026-05-02T14:00:00Z corrects=a}\n", true)
	f.Add("---\ncomponent: {api: 1}\nrelated: [a]\naliases: /x\nstarted: 1\n---\n## 2026-05-01 10:00 UTC\n", false)
	f.Fuzz(func(t *testing.T, text string, maintenance bool) {
		path := "incidents/a.md"
		if maintenance {
			path = "maintenance/a.md"
		}
		site, list := checkFiles(t, map[string]string{path: text})
		for _, d := range list {
			if d.Position.File == "" {
				t.Errorf("%s has no position: %s", d.Rule.Code, d.Message)
			}
		}
		for _, e := range site.Events {
			for i, u := range e.Updates {
				if u.At.IsZero() || u.Status == 0 || u.ID == "" || (i > 0 && u.At.Before(e.Updates[i-1].At)) {
					t.Errorf("update %d is incomplete or out of order: %+v", i, u)
				}
			}
		}
	})
}

func TestARenamedEventWithItsAPIIDKeepsItsUpdatesIDs(t *testing.T) {
	fields, found := source.ParseYAML("content/site.yaml", []byte(siteYAML))
	if len(found) > 0 {
		t.Fatal(found)
	}
	updates := func(name, key string) []string {
		text := "---\ntitle: A\n" + key + "investigating: 2026-05-01 10:00 UTC\n---\n\nx\n\n## 2026-05-01 10:00 UTC\n\ny\n"
		doc, found := source.ParseEvent("content/incidents/"+name+".md", []byte(text), status.Incident)
		if len(found) > 0 {
			t.Fatal(found)
		}
		site, found := Site(&source.Content{Name: "content", Site: &source.Document{File: &source.File{}, Fields: fields}, Documents: []*source.Document{doc}}, Options{Now: time.Date(2026, 5, 10, 12, 0, 0, 0, time.UTC)})
		if found.HasErrors() {
			t.Fatal(found)
		}
		var ids []string
		for _, u := range site.Events[0].Updates {
			ids = append(ids, u.ID)
		}
		return ids
	}
	before, after := updates("old", ""), updates("new", "api_id: old\n")
	if !slices.Equal(before, after) || before[0] == before[1] {
		t.Errorf("the ids are %q, they were %q", after, before)
	}
}
