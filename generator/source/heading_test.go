package source_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var lineStart = diag.Position{File: "x.md", Line: 7, Column: 1}

func TestParseHeadingReadsStatusTimeAndAttributes(t *testing.T) {
	const at = "2022-12-01 10:48 UTC"
	tests := []struct {
		line   string
		kind   status.Kind
		status status.EventStatus
		time   string
	}{
		{"## Identified", status.Incident, status.Identified, ""},
		{"##\tresolved  ", status.Incident, status.Resolved, ""},
		{"## Identified ##", status.Incident, status.Identified, ""},
		{"## Identified:", status.Incident, status.Identified, ""},
		{"## " + at, status.Incident, 0, at},
		{"## Resolved · " + at, status.Incident, status.Resolved, at},
		{"## Resolved – " + at, status.Incident, status.Resolved, at},
		{"## Resolved — " + at, status.Incident, status.Resolved, at},
		{"## RESOLVED - " + at, status.Incident, status.Resolved, at},
		{"## Resolved: " + at, status.Incident, status.Resolved, at},
		{"## Resolved," + at, status.Incident, status.Resolved, at},
		{"## Resolved | " + at + " | {api=operational} ##", status.Incident, status.Resolved, at},
		{"## " + at + " Resolved", status.Incident, status.Resolved, at},
		{"## " + at + " - Resolved", status.Incident, status.Resolved, at},
		{"## " + at + "-Resolved", status.Incident, status.Resolved, at},
		{"## 2022-12-01T10:48:00+05:30: Resolved", status.Incident, status.Resolved, "2022-12-01T10:48:00+05:30"},
		{"## In Progress " + at, status.Maintenance, status.InProgress, at},
		{"## in-progress", status.Maintenance, status.InProgress, ""},
		{"## in_progress", status.Maintenance, status.InProgress, ""},
		{"## " + at + " IN  PROGRESS", status.Maintenance, status.InProgress, at},
		{"## Resolved 10:48", status.Incident, status.Resolved, "10:48"},
		{"## 9:30 pm", status.Incident, 0, "9:30 pm"},
	}
	for _, test := range tests {
		t.Run(test.line, func(t *testing.T) {
			heading, found := source.ParseHeading(test.line, test.kind, lineStart)
			if len(found) > 0 {
				t.Errorf("found %v", found)
			}
			if heading.Status != test.status || heading.Time != test.time {
				t.Errorf("read status %q and time %q, want %q and %q", heading.Status, heading.Time, test.status, test.time)
			}
		})
	}
}

func TestParseHeadingReturnsThePositionOfEachPart(t *testing.T) {
	got, found := source.ParseHeading("## Resolved · 2022-12-01 10:48 UTC {api=operational, name='två ord' #r-1}", status.Incident, lineStart)
	at := func(column int) diag.Position { return diag.Position{File: "x.md", Line: 7, Column: column} }
	want := source.Heading{
		Position: at(1),
		Status:   status.Resolved, StatusAt: at(4),
		Time: "2022-12-01 10:48 UTC", TimeAt: at(15),
		Attributes: []source.Attribute{
			{Name: "api", Value: "operational", NameAt: at(37), ValueAt: at(41)},
			{Name: "name", Value: "två ord", NameAt: at(54), ValueAt: at(59)},
			{Name: "#", Value: "r-1", NameAt: at(69), ValueAt: at(70)},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" || len(found) > 0 {
		t.Errorf("found %v, and read (-want +got):\n%s", found, diff)
	}
}

func TestParseHeadingReportsMistakes(t *testing.T) {
	tests := []struct {
		line   string
		code   string
		column int
		hint   string // part of it
		status status.EventStatus
		time   string
	}{
		{"## Identifed", "unknown-status", 4, `did you mean "Identified"?`, status.Identified, ""},
		{"## **Resolved**", "not-an-update-heading", 4, "write\n## Resolved", status.Resolved, ""},
		{"## Reslved 2022-12-01 10:48 UTC", "unknown-status", 4, `did you mean "Resolved"?`, status.Resolved, "2022-12-01 10:48 UTC"},
		{"## 2022-12-01 10:48 UTC · Reslved", "unknown-status", 27, `did you mean "Resolved"?`, status.Resolved, "2022-12-01 10:48 UTC"},
		{"## Mitigated 2022-12-01 10:48 UTC", "unknown-status", 4, "## Resolved · 2022-12-01 10:48 UTC", status.Resolved, "2022-12-01 10:48 UTC"},
		{"## 2022-12-01 10:48 PST we broke it", "unknown-status", 25, "## 2022-12-01 10:48 -08:00\n\nwe broke it", 0, "2022-12-01 10:48 -08:00"},
		{"## Scheduled", "unknown-status", 4, "## Investigating", 0, ""},
		{"## 2022-12-01 10:48 UTC in progress", "unknown-status", 25, "## Identified · 2022-12-01 10:48 UTC", status.Identified, "2022-12-01 10:48 UTC"},
		{"##", "not-an-update-heading", 1, "## Identified · 2022-12-01 10:48 UTC", 0, ""},
		{"## ##", "not-an-update-heading", 1, "## Identified", 0, ""},
		{"## What happened", "not-an-update-heading", 4, "### What happened", 0, ""},
		{"## Identified the cause", "not-an-update-heading", 15, "## Identified\n\nthe cause", status.Identified, ""},
		{"## 5 regions down", "not-an-update-heading", 4, "### 5 regions down", 0, ""},
		{"## Regions 5 and 6", "not-an-update-heading", 4, "### Regions 5 and 6", 0, ""},
		{"## Update - 2022-12-01 10:48 UTC", "not-an-update-heading", 4, "write\n## 2022-12-01 10:48 UTC", 0, "2022-12-01 10:48 UTC"},
		{"## {api=operational}", "not-an-update-heading", 1, "## Identified", 0, ""},
		{"## Resolved {", "attributes", 13, "put a } at the end", status.Resolved, ""},
		{"## Resolved {api=operational", "attributes", 13, "## Resolved {api=operational}", status.Resolved, ""},
		{"## Resolved }", "attributes", 13, "", status.Resolved, ""},
		{"## Resolved {}", "attributes", 13, "delete the braces", status.Resolved, ""},
		{"## Resolved { , }", "attributes", 13, "delete the braces", status.Resolved, ""},
		{"## Resolved {api}", "attributes", 14, "write api=value", status.Resolved, ""},
		{"## Resolved {api=}", "attributes", 17, "write api=value", status.Resolved, ""},
		{"## Resolved {api = operational}", "attributes", 14, "## Resolved {api=operational}", status.Resolved, ""},
		{`## Resolved {api="operational}`, "attributes", 18, "## Resolved {api=operational}", status.Resolved, ""},
		{"## Resolved {.class}", "attributes", 14, "{api=major_outage", status.Resolved, ""},
		{"## Resolved {=x}", "attributes", 14, "{api=major_outage", status.Resolved, ""},
		{"## Resolved {{api=operational}}", "attributes", 14, "write\n## Resolved {api=operational}", status.Resolved, ""},
		{"## Resolved {api=operational}}", "attributes", 30, "## Resolved {api=operational}", status.Resolved, ""},
		{"## Resolved {api=operational} 10:48", "attributes", 31, "## Resolved {api=operational}\n\n10:48", status.Resolved, ""},
		{"## Resolved {from=2022-12-01 11:00 UTC api=x}", "attributes", 30, `## Resolved {from="2022-12-01 11:00 UTC" api=x}`, status.Resolved, ""},
		{"## Resolved {until=2022-12-01 11:00 +01:00}", "attributes", 31, `## Resolved {until="2022-12-01 11:00 +01:00"}`, status.Resolved, ""},
		{"## Resolved {#}", "attributes", 14, "{#abc123}", status.Resolved, ""},
		{"## Resolved {#a.b}", "attributes", 14, "## Resolved {#a-b}", status.Resolved, ""},
		{"## Resolved {#" + strings.Repeat("a", 65) + "}", "attributes", 14, "{#abc123}", status.Resolved, ""},
		{"## Resolved {#a #b}", "attributes", 17, "one id", status.Resolved, ""},
		{"## Resolved {a=b c=d a=e}", "duplicate-attribute", 22, "delete one", status.Resolved, ""},
	}
	for _, test := range tests {
		t.Run(test.line, func(t *testing.T) {
			heading, found := source.ParseHeading(test.line, status.Incident, lineStart)
			if len(found) != 1 {
				t.Fatalf("found %v, want one diagnostic", found)
			}
			d := found[0]
			if d.Rule.Code != test.code || d.Position.Column != test.column || !strings.Contains(d.Hint, test.hint) {
				t.Errorf("said %v: %s [%s], hint %q; want %s in column %d with %q",
					d.Position, d.Message, d.Rule.Code, d.Hint, test.code, test.column, test.hint)
			}
			if heading.Status != test.status || heading.Time != test.time {
				t.Errorf("kept status %q and time %q, want %q and %q", heading.Status, heading.Time, test.status, test.time)
			}
		})
	}
}

func TestIsUpdateHeading(t *testing.T) {
	for line, want := range map[string]bool{
		"## Resolved":                     true,
		"   ## In progress":               true,
		"\t## Resolved {api=operational}": true,
		"## 2022-12-01 10:48 UTC":         true,
		"## 2022-12-01 10:48":             true,
		"## Resolved · 2022-12-01T10:48Z": true,
		"##Resolved":                      false,
		"### Resolved":                    false,
		"# Resolved":                      false,
		"Resolved":                        false,
		"## Resolved: the disk was full":  false,
		"## 5":                            false,
		"## install":                      false,
		"##":                              false,
		"## Resolved {":                   false,
	} {
		if got := source.IsUpdateHeading(line); got != want {
			t.Errorf("IsUpdateHeading(%q) = %v", line, got)
		}
	}
}

func TestFormatHeading(t *testing.T) {
	heading := source.Heading{
		Status: status.InProgress, Time: "2022-12-01 10:48 UTC",
		Attributes: []source.Attribute{{Name: "#", Value: "a1"}, {Name: "api", Value: "major_outage"}, {Name: "x", Value: `say "so"`}},
	}
	const want = `## In progress · 2022-12-01 10:48 UTC {#a1 api=major_outage x='say "so"'}`
	if got := source.FormatHeading(heading); got != want {
		t.Errorf("wrote %s, want %s", got, want)
	}
}

var withoutPositions = cmp.Options{cmpopts.IgnoreTypes(diag.Position{}), cmpopts.EquateEmpty()}

func FuzzHeading(f *testing.F) {
	for _, seed := range []string{
		"## Identified", "## 2022-12-01 10:48 UTC Resolved", "## In progress · 2022-12-01T10:48Z {#a api=major_outage}",
		"## Resolved {", "##", "## ## ##", "## {}", "## Resolved {a='b\"' c=\"d'\"} ##", "## 5 \u00a0 x", "## Investigating\u2014\xff",
		"  ## Resolved", "## {#a,,b=c}", "## 1 - {", "##\t\t#", "## Resolved:1{#a=b}",
		"## Resolved {from=2022-12-01 11:00 UTC}", `## Resolved {from="2022-12-01 11:00 UTC" next=30m corrects=a}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if !strings.HasPrefix(line, "##") || strings.ContainsAny(line, "\n\r") {
			line = "## " + strings.NewReplacer("\n", " ", "\r", " ").Replace(line)
		}
		for _, kind := range []status.Kind{status.Incident, status.Maintenance} {
			heading, found := source.ParseHeading(line, kind, lineStart)
			for _, d := range found {
				if d.Position.Column < 1 || d.Position.Column > len([]rune(line))+1 {
					t.Errorf("%q: %v is outside the line", line, d.Position)
				}
			}
			if heading.Status == 0 && heading.Time == "" {
				if len(found) == 0 {
					t.Errorf("%q: read nothing and reported nothing", line)
				}
				continue
			}
			if len(found) > 0 {
				continue
			}
			written := source.FormatHeading(heading)
			again, found := source.ParseHeading(written, kind, lineStart)
			if diff := cmp.Diff(heading, again, withoutPositions); diff != "" || len(found) > 0 {
				t.Errorf("%q was written as %q, which is read differently: %v\n%s", line, written, found, diff)
			}
		}
	})
}
