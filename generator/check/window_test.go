package check

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"allclear/generator/status"
)

// maintenance is the file of a maintenance from 10:00 to 12:00 on 2026-05-05,
// announced on 2026-05-01, with further updates.
func maintenance(updates string) string {
	return "---\ntitle: M\ncomponent: api\nscheduled: 2026-05-01 10:00 UTC\nscheduled_for: 2026-05-05 10:00 UTC\n" +
		"scheduled_until: 2026-05-05 12:00 UTC\n---\n\nSoon.\n\n" + updates
}

// explained is a line per diagnostic: its position, code, message and hint.
func explained(t *testing.T, path, text string) (*status.Site, []string) {
	t.Helper()
	site, list := checkFiles(t, map[string]string{path: text})
	var all []string
	for i, line := range lines(list) {
		all = append(all, line+" | "+strings.ReplaceAll(list[i].Hint, "\n", " / "))
	}
	return site, all
}

func TestAnUpdateMovesTheWindow(t *testing.T) {
	site, found := explained(t, "maintenance/m.md", maintenance(`## 2026-05-02 10:00 UTC {from="2026-05-06 10:00 UTC" until="2026-05-06T14:00:00+02:00"}

Later.

## In progress · 2026-05-06 09:30 UTC {from="2026-05-06 09:30 UTC"}

Early.

## 2026-05-06 11:00 UTC {until="2026-05-06 13:00 UTC"}

Longer.

## In progress · 2026-05-06 13:10 UTC {until="2026-05-06 14:00 UTC"}

Longer still.
`))
	if len(found) > 0 {
		t.Fatal(strings.Join(found, "\n"))
	}
	var got []string
	for _, u := range site.Events[0].Updates {
		for _, at := range []time.Time{u.From, u.Until} {
			if at.IsZero() {
				got = append(got, "-")
			} else {
				got = append(got, at.Format("02 15:04"))
			}
		}
	}
	want := "- - 06 12:00 06 14:00 06 11:30 - - 06 15:00 - 06 16:00"
	if strings.Join(got, " ") != want {
		t.Errorf("the windows are %s, want %s, in the site's zone", strings.Join(got, " "), want)
	}
}

func TestAWindowIsMovedToTimesThatAreStillToCome(t *testing.T) {
	for _, test := range []struct{ name, updates, want string }{
		{"a beginning before its own update", `## 2026-05-02 10:00 UTC {api=operational from="2026-05-02 09:00 UTC"}`,
			`11:47 window-in-the-past: from is before its own update, 2026-05-02 12:00 +02:00 | ` +
				`write this time or a later one: ## 2026-05-02 10:00 UTC {api=operational from="2026-05-02 10:00 UTC"}`},
		{"the beginning of work that the clock began", `## 2026-05-05 10:30 UTC {from="2026-05-05 11:00 UTC" until="2026-05-05 13:00 UTC"}`,
			`11:31 window-in-the-past: the work began at 2026-05-05 12:00 +02:00, so its beginning can't be moved to 2026-05-05 13:00 +02:00 | ` +
				`delete it: write ## 2026-05-05 10:30 UTC {until="2026-05-05 13:00 UTC"}`},
		{"the beginning of work that an update began", "## In progress · 2026-05-05 09:00 UTC\n\nx\n\n" + `## 2026-05-05 09:30 UTC {from="2026-05-05 10:30 UTC"}`,
			`15:31 window-in-the-past: the work began at 2026-05-05 11:00 +02:00, so its beginning can't be moved to 2026-05-05 12:30 +02:00 | ` +
				`delete it: write ## 2026-05-05 09:30 UTC`},
		{"at the same minute", "## In progress · 2026-05-05 09:00 UTC\n\nx\n\n" + `## 2026-05-05 09:00 UTC {from="2026-05-05 10:30 UTC"}`,
			`15:31 window-in-the-past: the work began at 2026-05-05 11:00 +02:00, so its beginning can't be moved to 2026-05-05 12:30 +02:00 | ` +
				`delete it: write ## 2026-05-05 09:00 UTC`},
		{"the beginning of work that begins now", `## In progress · 2026-05-05 09:00 UTC {from="2026-05-05 09:30 UTC"}`,
			`11:45 window-in-the-past: the work begins with this update, so its beginning can't be moved to 2026-05-05 11:30 +02:00 | ` +
				`delete it: write ## In progress · 2026-05-05 09:00 UTC`},
		{"at the instant at which it would begin", `## 2026-05-05 10:00 UTC {from="2026-05-05 11:00 UTC"}`,
			`11:31 window-in-the-past: the work began at 2026-05-05 12:00 +02:00, so its beginning can't be moved to 2026-05-05 13:00 +02:00 | ` +
				`delete it: write ## 2026-05-05 10:00 UTC`},
		{"a minute before it would begin", `## 2026-05-05 09:59 UTC {from="2026-05-05 11:00 UTC"}`, ""},
		{"an end at its own update", `## In progress · 2026-05-05 11:00 UTC {until="2026-05-05 11:00 UTC" #u1}`,
			`11:46 window-in-the-past: until is not after its own update, 2026-05-05 13:00 +02:00 | ` +
				`correct it; or, if the work is over, write ## Completed · 2026-05-05 13:00 +02:00 {#u1}`},
		{"an end at its own update, with a promise", `## In progress · 2026-05-05 11:00 UTC {next="30m" until="2026-05-05 11:00 UTC" #u1}`,
			`11:57 window-in-the-past: until is not after its own update, 2026-05-05 13:00 +02:00 | ` +
				`correct it; or, if the work is over, write ## Completed · 2026-05-05 13:00 +02:00 {#u1}`},
		{"an end before the beginning", `## 2026-05-02 10:00 UTC {until="2026-05-05 10:00 UTC"}`,
			`11:32 ends-before-start: the window from 2026-05-05 12:00 +02:00 ends at 2026-05-05 12:00 +02:00 | ` +
				`write both times; for work of 2h, write ## 2026-05-02 10:00 UTC {until="2026-05-05 14:00 +02:00"}`},
		{"a beginning after the end in force", `## 2026-05-02 10:00 UTC {until="2026-05-05 12:30 UTC"}` + "\n\nx\n\n" + `## 2026-05-02 11:00 UTC {from="2026-05-05 12:30 UTC"}`,
			`15:31 ends-before-start: the window from 2026-05-05 14:30 +02:00 ends at 2026-05-05 14:30 +02:00 | ` +
				`write both times; for work of 2h30m, write ## 2026-05-02 11:00 UTC {from="2026-05-05 12:30 UTC" until="2026-05-05 17:00 +02:00"}`},
		{"a remark after the clock completed it", `## 2026-05-05 13:00 UTC {from="2026-05-05 13:00 UTC" until="2026-05-05 14:00 UTC"}`,
			`11:26 attribute-without-effect: the maintenance was over at 2026-05-05 14:00 +02:00, so from has no effect | ` +
				`delete it: write ## 2026-05-05 13:00 UTC / or, if the work continues, ## In progress · 2026-05-05 15:00 +02:00 {until="2026-05-05 14:00 UTC"}`},
		{"the update that completes it", `## Completed · 2026-05-05 11:00 UTC {until="2026-05-05 12:00 UTC"}`,
			`11:38 attribute-without-effect: the maintenance is over with this update, so until has no effect | delete it: write ## Completed · 2026-05-05 11:00 UTC`},
		{"a new date after it was cancelled", "## Cancelled · 2026-05-04 10:00 UTC\n\nx\n\n" + `## Scheduled · 2026-05-04 11:00 UTC {from="2026-05-07 10:00 UTC" until="2026-05-07 12:00 UTC"}`, ""},
		{"no zone", `## 2026-05-02 10:00 UTC {until="2026-05-02 10:00"}`,
			`11:32 timestamp-no-zone: the timestamp "2026-05-02 10:00" has no zone | replace the line with one of these: / ` +
				`## 2026-05-02 10:00 UTC {until="2026-05-02 10:00 UTC"} / ## 2026-05-02 10:00 UTC {until="2026-05-02 10:00 +02:00"}`},
		{"no zone and no quotes", `## 2026-05-02 10:00 UTC {until=2026-05-05T13:00}`,
			`11:32 timestamp-no-zone: the timestamp "2026-05-05T13:00" has no zone | replace the line with one of these: / ` +
				`## 2026-05-02 10:00 UTC {until="2026-05-05 13:00 UTC"} / ## 2026-05-02 10:00 UTC {until="2026-05-05 13:00 +02:00"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, found := explained(t, "maintenance/m.md", maintenance(test.updates+"\n\ny\n")); strings.Join(found, "\n") != test.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(found, "\n"), test.want)
			}
		})
	}
}

func TestAnIncidentHasNoWindow(t *testing.T) {
	_, found := explained(t, "incidents/a.md", "---\ntitle: A\ninvestigating: 2026-05-01 10:00 UTC\n---\n\nx\n\n## 2026-05-01 11:00 UTC {until=\"2026-05-01 12:00 UTC\"}\n\ny\n")
	want := "8:26 attribute-without-effect: an incident has no window, so until has no effect | delete it: / ## 2026-05-01 11:00 UTC / write when the impact began or ended as started or ended in the front matter"
	if strings.Join(found, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(found, "\n"), want)
	}
}

func TestMaintenanceThatTheClockDoesNotCompleteIsReported(t *testing.T) {
	const continues = `11:1 maintenance-never-completes: this maintenance is in_progress until an update completes it, since it continues after its end, 2026-05-05 14:00 +02:00 | ` +
		`when it is over, add ## Completed with its time; or say until when it continues: ## In progress · %s UTC {until="%s"}`
	for _, test := range []struct{ name, updates, want string }{
		{"by the clock", "## In progress · 2026-05-05 10:30 UTC", ""},
		{"resumed", "## In progress · 2026-05-05 12:10 UTC", fmt.Sprintf(continues, "2026-05-05 12:10", "2026-05-05 16:10 +02:00")},
		{"continued at its end", "## In progress · 2026-05-05 12:00 UTC", fmt.Sprintf(continues, "2026-05-05 12:00", "2026-05-05 16:00 +02:00")},
		{"resumed with a new end", `## In progress · 2026-05-05 12:10 UTC {until="2026-05-05 13:00 UTC"}`, ""},
		{"resumed, and then with a new end", "## In progress · 2026-05-05 12:10 UTC\n\nx\n\n" + `## 2026-05-05 12:20 UTC {until="2026-05-05 13:00 UTC"}`, ""},
		{"after the old end, within the new one", `## 2026-05-05 11:00 UTC {until="2026-05-05 14:00 UTC"}` + "\n\nx\n\n## In progress · 2026-05-05 13:00 UTC", ""},
		{"verifying", "## Verifying · 2026-05-05 11:50 UTC",
			"11:1 maintenance-never-completes: this maintenance is verifying until an update completes it, since the clock does not complete it after verifying | when it is over, add ## Completed with its time"},
		{"verifying, and then completed", "## Verifying · 2026-05-05 11:50 UTC\n\nx\n\n## Completed · 2026-05-05 12:50 UTC", ""},
		{"resumed after an update completed it", "## Completed · 2026-05-05 11:00 UTC\n\nx\n\n" + `## In progress · 2026-05-05 11:10 UTC {until="2026-05-05 13:00 UTC"}`, ""},
		{"resumed, without a new end", "## Completed · 2026-05-05 11:00 UTC\n\nx\n\n## In progress · 2026-05-05 11:10 UTC\n\nx\n\n## Completed · 2026-05-05 11:20 UTC",
			`15:1 maintenance-resumed: "in_progress" resumes maintenance that was completed at 2026-05-05 13:00 +02:00 | ` +
				"to add a remark without resuming it, write a heading with only a timestamp; if it was resumed, ignore this warning"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, found := explained(t, "maintenance/m.md", maintenance(test.updates+"\n\ny\n")); strings.Join(found, "\n") != test.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(found, "\n"), test.want)
			}
		})
	}
}

func TestAnUpdatePromisesTheNextOne(t *testing.T) {
	const bad = "bad-next: next must be a duration from 1m to 168h or a timestamp, not %q | write / ## Investigating {next=%s}"
	for _, test := range []struct{ next, promised, want string }{
		{`"30m"`, "12:30", ""},
		{"1h30m", "13:30", ""},
		{"168h", "12:00", ""},
		{`"2026-05-01 11:00 UTC"`, "13:00", ""},
		{"2026-05-01T11:00:00Z", "13:00", ""},
		{"169h", "", fmt.Sprintf(bad, "169h", "168h")},
		{"-30m", "", fmt.Sprintf(bad, "-30m", "30m")},
		{"0s", "", fmt.Sprintf(bad, "0s", "1m")},
		{`"2 hours"`, "", fmt.Sprintf(bad, "2 hours", "2h")},
		{"1d", "", fmt.Sprintf(bad, "1d", "24h")},
		{"90min", "", fmt.Sprintf(bad, "90min", "1h30m")},
		{"soon", "", fmt.Sprintf(bad, "soon", "30m")},
		{`"2026-05-01 10:00 UTC"`, "", "bad-next: next is not after its own update, 2026-05-01 12:00 +02:00 | write a later time, or a duration / ## Investigating {next=30m}"},
		{`"2026-05-01 11:00"`, "", `timestamp-no-zone: the timestamp "2026-05-01 11:00" has no zone | replace the line with one of these: / ` +
			`## Investigating {next="2026-05-01 11:00 UTC"} / ## Investigating {next="2026-05-01 11:00 +02:00"}`},
	} {
		t.Run(test.next, func(t *testing.T) {
			site, found := explained(t, "incidents/a.md", "---\ntitle: A\ninvestigating: 2026-05-01 10:00 UTC\n---\n\n## Investigating {next="+test.next+"}\n\nx\n")
			want := ""
			if test.want != "" {
				want = "6:24 " + test.want
			}
			if strings.Join(found, "\n") != want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(found, "\n"), want)
			}
			got := ""
			if next := site.Events[0].Updates[0].Next; !next.IsZero() {
				got = next.Format("15:04")
			}
			if got != test.promised {
				t.Errorf("the next update is promised for %q, want %q", got, test.promised)
			}
		})
	}
}

func TestAnUpdateThatEndsAnEventPromisesNothing(t *testing.T) {
	const resolved = "---\ntitle: A\ninvestigating: 2026-05-01 10:00 UTC\n---\n\nx\n\n## Resolved · 2026-05-01 11:00 UTC%s\n\ny\n\n## 2026-05-01 12:00 UTC%s\n\nz\n"
	for _, test := range []struct{ path, text, want string }{
		{"incidents/a.md", fmt.Sprintf(resolved, " {next=30m}", ""), "8:37 attribute-without-effect: an update with the status resolved can't promise another one | delete the attribute: / ## Resolved · 2026-05-01 11:00 UTC"},
		{"incidents/a.md", fmt.Sprintf(resolved, "", " {next=30m}"), "12:26 attribute-without-effect: an update with the status resolved can't promise another one | delete the attribute: / ## 2026-05-01 12:00 UTC"},
		{"maintenance/m.md", maintenance("## 2026-05-05 13:00 UTC {next=30m}\n\nx\n"),
			"11:26 attribute-without-effect: the maintenance was over at 2026-05-05 14:00 +02:00, so next has no effect | delete it: write ## 2026-05-05 13:00 UTC"},
		{"maintenance/m.md", maintenance("## 2026-05-05 11:00 UTC {next=30m}\n\nx\n"), ""},
	} {
		if _, found := explained(t, test.path, test.text); strings.Join(found, "\n") != test.want {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(found, "\n"), test.want)
		}
	}
}

func TestAnUpdateCorrectsAnOlderOne(t *testing.T) {
	file := func(id string) string {
		return "---\ntitle: A\ninvestigating: 2026-05-01 10:00 UTC\n---\n\n## Investigating {#first}\n\nx\n\n## 2026-05-01 10:30 UTC\n\nx\n\n## 2026-05-01 11:00 UTC {corrects=" +
			id + " #second}\n\ny\n\n## Monitoring · 2026-05-01 12:00 UTC {#third}\n\nz\n"
	}
	site, found := explained(t, "incidents/a.md", file("first"))
	if len(found) > 0 || site.Events[0].Updates[2].Corrects != "first" {
		t.Fatal(found)
	}
	made := site.Events[0].Updates[1].ID
	older := "write the id of an older update: / corrects=first for Investigating · 2026-05-01 12:00 +02:00 / corrects=" + made + " for 2026-05-01 12:30 +02:00"
	for id, want := range map[string]string{
		made:     "",
		"frist":  `14:35 unknown-update: no update of this event has the id frist | did you mean "first"? ` + older,
		"third":  "14:35 unknown-update: the update third is not older than this one | " + older,
		"second": "14:35 unknown-update: an update can't correct itself | " + older,
	} {
		if _, found := explained(t, "incidents/a.md", file(id)); strings.Join(found, "\n") != want {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(found, "\n"), want)
		}
	}
}

func TestAnUpdateMayCorrectTheClock(t *testing.T) {
	event := "m"
	begun := status.ClockUpdateID(event, time.Date(2026, 5, 5, 10, 0, 0, 0, time.UTC), status.InProgress)
	completed := status.ClockUpdateID(event, time.Date(2026, 5, 5, 12, 0, 0, 0, time.UTC), status.Completed)
	file := maintenance("## In progress · 2026-05-05 10:02 UTC\n\nNow.\n\n## 2026-05-05 11:00 UTC {corrects=%s}\n\nx\n")
	if _, found := explained(t, "maintenance/m.md", fmt.Sprintf(file, begun)); len(found) > 0 {
		t.Error(strings.Join(found, "\n"))
	}
	_, found := explained(t, "maintenance/m.md", fmt.Sprintf(file, completed))
	if len(found) != 1 || !strings.HasPrefix(found[0], "15:35 unknown-update: the update "+completed+" is not older than this one") {
		t.Errorf("the clock's later update can be corrected: %s", strings.Join(found, "\n"))
	}
}
