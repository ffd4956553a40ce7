package compose_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/check"
	"allclear/generator/compose"
	"allclear/generator/markdown"
	"allclear/generator/source"
	"allclear/generator/status"
)

func at(hour, minute, second int) time.Time {
	return time.Date(2022, 12, 1, hour, minute, second, 0, time.UTC)
}

func severity(s status.Severity) *status.Severity { return &s }

var (
	api = &status.Component{ID: "api", Name: "API"}
	sdk = &status.Component{ID: "sdk", Name: "SDK", Index: 1}
)

func says(markdown string) status.Text { return status.Text{Markdown: markdown} }

func TestAFileReadsAsAPersonWouldHaveWrittenIt(t *testing.T) {
	for _, test := range []struct {
		name  string
		event *status.Event
		want  string
	}{
		{
			name: "an incident",
			event: &status.Event{
				Title:      "We are experiencing downtime: India",
				Components: []status.Setting{{Component: sdk}},
				Severity:   status.Major, SeverityStated: true,
				Updates: []status.Update{
					{Status: status.Investigating, At: at(4, 3, 0), Text: says("We are looking into it.")},
					{Status: status.Investigating, Interim: true, At: at(5, 4, 0), Text: says("It has grown."),
						Settings: []status.Setting{{Component: sdk, Status: status.MajorOutage, Set: true}}},
					{Status: status.Identified, At: at(10, 48, 0), Text: says("A fix is on its way.")},
					{Status: status.Investigating, At: at(11, 0, 30), Text: says("It was not enough.")},
					{Status: status.Resolved, At: at(11, 48, 0), Text: says("All is well.")},
				},
			},
			want: `---
title: "We are experiencing downtime: India"
component: sdk
severity: major
investigating: 2022-12-01 04:03 UTC
identified: 2022-12-01 10:48 UTC
resolved: 2022-12-01 11:48 UTC
---

We are looking into it.

## 2022-12-01 05:04 UTC {sdk=major_outage}

It has grown.

## Identified

A fix is on its way.

## Investigating · 2022-12-01 11:00:30 UTC

It was not enough.

## Resolved

All is well.
`,
		},
		{
			name: "ids, two updates at one instant, and nothing to say",
			event: &status.Event{
				Title: "API answers slowly", APIID: "abc123",
				Components: []status.Setting{{Component: api, Status: status.PartialOutage, Set: true}, {Component: sdk, Set: true}},
				Started:    at(3, 0, 0),
				Aliases:    []status.Alias{{Path: "/old/path/"}},
				Updates: []status.Update{
					{Status: status.Investigating, At: at(4, 0, 0), ID: "u1", Text: says("One.")},
					{Status: status.Identified, At: at(4, 0, 0), ID: "u2", Text: says("Two.")},
					{Status: status.Resolved, At: at(5, 0, 0)},
				},
			},
			want: `---
title: API answers slowly
components:
  api: partial_outage
  sdk: operational
investigating: 2022-12-01 04:00 UTC
identified: 2022-12-01 04:00 UTC
resolved: 2022-12-01 05:00 UTC
started: 2022-12-01 03:00 UTC
aliases: [/old/path/]
api_id: abc123
---

## Investigating {#u1}

One.

## Identified {#u2}

Two.
`,
		},
		{
			name: "a maintenance, whose clock may have moved it between two updates",
			event: &status.Event{
				Kind: status.Maintenance, Title: "Upgrade",
				Components:   []status.Setting{{Component: api}, {Component: sdk}},
				ScheduledFor: at(10, 0, 0), ScheduledUntil: at(12, 0, 0),
				Updates: []status.Update{
					{Status: status.Scheduled, At: at(4, 0, 0), Text: says("Soon.")},
					{Status: status.Scheduled, Interim: true, At: at(9, 0, 0), Text: says("In an hour.")},
					{Status: status.Scheduled, At: at(10, 5, 0), Text: says("We are late.")},
					{Status: status.InProgress, At: at(10, 10, 0), Text: says("Now.")},
				},
			},
			want: `---
title: Upgrade
components: [api, sdk]
scheduled_for: 2022-12-01 10:00 UTC
scheduled_until: 2022-12-01 12:00 UTC
scheduled: 2022-12-01 04:00 UTC
in_progress: 2022-12-01 10:10 UTC
---

Soon.

## 2022-12-01 09:00 UTC

In an hour.

## Scheduled · 2022-12-01 10:05 UTC

We are late.

## In progress

Now.
`,
		},
		{
			name: "a window that moves, promises and a correction",
			event: &status.Event{
				Kind: status.Maintenance, Title: "Upgrade",
				ScheduledFor: at(10, 0, 0), ScheduledUntil: at(12, 0, 0),
				Updates: []status.Update{
					{Status: status.Scheduled, At: at(4, 0, 0), Next: at(5, 30, 0), Text: says("Soon.")},
					{Status: status.Scheduled, Interim: true, At: at(9, 0, 0), ID: "u2", From: at(11, 0, 0), Until: at(13, 0, 0), Text: says("Later.")},
					{Status: status.Scheduled, Interim: true, At: at(9, 30, 0), Until: at(14, 0, 30), Next: at(10, 0, 30), Corrects: "u2", Text: says("And longer.")},
					{Status: status.InProgress, At: at(14, 10, 0), Until: at(15, 0, 0), Next: at(16, 10, 0), Text: says("Longer still.")},
				},
			},
			want: `---
title: Upgrade
scheduled_for: 2022-12-01 10:00 UTC
scheduled_until: 2022-12-01 12:00 UTC
scheduled: 2022-12-01 04:00 UTC
in_progress: 2022-12-01 14:10 UTC
---

## Scheduled {next=1h30m}

Soon.

## 2022-12-01 09:00 UTC {from="2022-12-01 11:00 UTC" until="2022-12-01 13:00 UTC" #u2}

Later.

## 2022-12-01 09:30 UTC {until="2022-12-01 14:00:30 UTC" next="2022-12-01 10:00:30 UTC" corrects=u2}

And longer.

## In progress {until="2022-12-01 15:00 UTC" next=2h}

Longer still.
`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			written := compose.File(test.event)
			if diff := cmp.Diff(test.want, string(written)); diff != "" {
				t.Error(diff)
			}
			for i, u := range checked(t, test.event.Kind, written).Updates {
				if want := strings.TrimSpace(test.event.Updates[i].Text.Markdown); u.Text.Markdown != want {
					t.Errorf("update %d reads %q, want %q", i, u.Text.Markdown, want)
				}
			}
		})
	}
}

// checked reads a file back and holds every rule against it.
func checked(t *testing.T, kind status.Kind, file []byte) *status.Event {
	t.Helper()
	site, found := source.ParseSite("site.yaml", compose.SiteFile(&status.Site{
		Title: "Example", URL: "https://status.example.com",
		Items: []status.Item{{Component: api}, {Component: sdk}},
	}))
	event, more := source.ParseEvent("2022-12-01-it.md", file, kind)
	found.Add(more...)
	if event == nil || site == nil {
		t.Fatal(found, "\n", string(file))
	}
	content := &source.Content{Site: site, Documents: []*source.Document{event}}
	built, more := check.Site(content, check.Options{Now: at(23, 0, 0), Pinned: true, Drafts: true})
	found.Add(more...)
	if found.HasErrors() {
		t.Fatal(found, "\n", string(file))
	}
	return built.Events[0]
}

func TestASectionCanBeAppendedToAnyFile(t *testing.T) {
	written := compose.Section(&status.Update{
		Status: status.Monitoring, At: at(6, 0, 0), ID: "u9", Text: says("Better.\n"),
		Settings: []status.Setting{{Component: api, Status: status.DegradedPerformance, Set: true}},
		Severity: severity(status.Critical),
	})
	want := "\n## Monitoring · 2022-12-01 06:00 UTC {api=degraded_performance severity=critical #u9}\n\nBetter.\n"
	if diff := cmp.Diff(want, string(written)); diff != "" {
		t.Error(diff)
	}
}

var oddLines = []string{
	"# not a heading", "## Resolved", "##Resolved", "#channel", "- item", "* star", "+ plus", "1. one", "7. seven", "12) twelve",
	"> quote", "```", "~~~", "    indented", "<b>bold</b>", "<ID> and <repo.example.org>", "a < b && c > d", "&amp; &copy; &#35;",
	"snake_case and _emphasis_ and *stars*", "a | b\n--|--\n1 | 2", "Title\n---", "Title\n===", "***", "---", "[x] [link](javascript:alert(1)) ![image](x)",
	"[foo]: /url", "~08:05 UTC and ~16:30", "~struck~ ~~out~~", `back\slash \* \`, "`code` and ``more``", "https://example.com/a_b_c?x=1&y=*2*",
	"https://example.com/{owner}/{repo} snake_a _b_", "me@example.com", "www.example.com/_x_", "tab\tin", "a\u00a0b\u200bc", "😀 – ünïcode",
	"- a\n- b\n\n- c", "1. a\n2. b\n\n1. c", "1. a\n3. b", "Affected:\n- API\n- SDK\nand more", "ends with a backslash\\\nnext",
	"{#id api=major_outage}", "== \\", "$5 & 10%", "line one\nline two\n\n\nparagraph", "\u0007bell\u2028separated",
}

func TestTextStaysText(t *testing.T) {
	renderer := markdown.New(markdown.Options{SiteURL: "https://status.example.com", BasePath: "/", IsUpdateHeading: source.IsUpdateHeading})
	texts := append([]string{strings.Join(oddLines, "\n\n"), strings.Join(oddLines, "\n"), strings.Repeat("*[_", 2000), "", " \n "}, oddLines...)
	for _, text := range texts {
		written := compose.Text(text)
		read, findings := renderer.Render([]byte(written))
		for _, f := range findings {
			t.Errorf("%q became %q: %s", text, written, f.Message)
		}
		want := strings.NewReplacer("\u0007", "", "\u2028", " ").Replace(text)
		if diff := cmp.Diff(words(want), words(read.Plain)); diff != "" {
			t.Errorf("%q became %q: %s", text, written, diff)
		}
		event := &status.Event{Title: "It", Updates: []status.Update{
			{Status: status.Investigating, At: at(1, 0, 0), Text: says(written)}, {Status: status.Resolved, At: at(2, 0, 0), Text: says(written)},
		}}
		if n := len(checked(t, status.Incident, compose.File(event)).Updates); n != 2 {
			t.Errorf("%q became %d updates", text, n)
		}
	}
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestTextIsEscapedNoMoreThanNeeded(t *testing.T) {
	for _, test := range []struct{ plain, want string }{
		{"We see errors (~7%) for snake_case_names at https://example.com/a_b.", "We see errors (~7%) for snake_case_names at https://example.com/a_b."},
		{"View -> Command & more", "View -> Command & more"},
		{"Affected:\n- API\n- SDK", "Affected:\n\n- API\n- SDK"},
		{"one\ntwo", "one\\\ntwo"},
		{"# one", `\# one`},
		{"2022. A year", `2022\. A year`},
		{"*a* at https://example.com/b_c", `\*a\* at https://example.com/b_c`},
	} {
		if got := compose.Text(test.plain); got != test.want {
			t.Errorf("%q became %q, want %q", test.plain, got, test.want)
		}
	}
}

func TestAnyTitleIsReadAsItWasWritten(t *testing.T) {
	for _, title := range []string{
		"Plain words", "Outage: API down", "a #hash", "#1 priority", "yes", "null", "~", "2022", "2022-12-01", "1e3", ".5", "- item", "? what", "@here", "`x`", "%", "&a", "*b",
		"!tag", "{a}", "[b]", "a, b", `"quoted"`, `it's "so" \ `, `'`, `"`, "trailing:", "a: b: c", "| pipe", "> more", "---", "...", "<<", "=", "ünï 😀", "key: 'v", "0x1F", "12:30", "on",
	} {
		event := &status.Event{Title: title, Aliases: []status.Alias{{Path: "/a/b"}}, Updates: []status.Update{{Status: status.Resolved, At: at(1, 0, 0), Text: says("x")}}}
		if got := checked(t, status.Incident, compose.File(event)).Title; got != strings.TrimSpace(title) {
			t.Errorf("%q came back as %q from\n%s", title, got, compose.File(event))
		}
	}
}

func TestASiteFileSaysTheSite(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	site := &status.Site{
		Title: "Example: status", URL: "https://status.example.com", Zone: zone, APIID: "p1",
		Links: []status.Link{{Name: "Help, and more", URL: "https://example.com/help"}},
		Items: []status.Item{
			{Component: &status.Component{ID: "api", Name: "API", Description: "Where: here", StartDate: time.Date(2021, 1, 1, 0, 0, 0, 0, zone), Aliases: []string{"rest", "null"}, APIID: "c1"}},
			{Group: &status.Group{ID: "europe", Name: "Europe", APIID: "g1", Components: []*status.Component{
				{ID: "eu-api", Name: "API", Retired: time.Date(2024, 1, 1, 0, 0, 0, 0, zone)},
			}}},
		},
	}
	want := `title: "Example: status"
url: https://status.example.com
timezone: Europe/Zurich
api_id: p1
links:
  - { name: "Help, and more", url: https://example.com/help }
components:
  - id: api
    name: API
    description: "Where: here"
    start_date: 2021-01-01
    aliases: [rest, "null"]
    api_id: c1
  - group: Europe
    id: europe
    api_id: g1
    components:
      - id: eu-api
        name: API
        retired: 2024-01-01
`
	if diff := cmp.Diff(want, string(compose.SiteFile(site))); diff != "" {
		t.Error(diff)
	}
}
