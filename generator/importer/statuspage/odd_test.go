package statuspage_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"allclear/generator/importer"
	"allclear/generator/importer/statuspage"
	"allclear/generator/importer/testimport"
	"allclear/generator/testneed"
)

// load imports a recorded page.
func load(source string, o importer.Options) (*importer.Report, error) {
	report := &importer.Report{}
	err := statuspage.Import(source, o, report)
	return report, err
}

// imported imports recorded files and builds what came of them.
func imported(t *testing.T, files map[string]string) (content string, report string) {
	t.Helper()
	content = filepath.Join(t.TempDir(), "content")
	r, err := load(testimport.Folder(t, files), importer.Options{Content: content, Now: testimport.Later})
	if err != nil {
		t.Fatal(err)
	}
	testimport.Build(t, content, testimport.Later)
	return content, testimport.Printed(t, r)
}

// only is the text of the one event of a content folder.
func only(t *testing.T, content string) string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(content, "*", "*.md"))
	if len(files) != 1 {
		t.Fatalf("there are %d events: %q", len(files), files)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const page = `"page":{"id":"p","name":"Example","url":"https://status.example.com"}`

func incident(fields string) string {
	return `{` + page + `,"incidents":[{"id":"i1","name":"It","impact":"minor",` + fields + `}]}`
}

func update(id, status, at, body string) string {
	return fmt.Sprintf(`{"id":%q,"status":%q,"display_at":%q,"body":%q}`, id, status, at, body)
}

func TestOddEventsAreCorrectedOrReported(t *testing.T) {
	first := update("u1", "investigating", "2022-01-01T10:00:00Z", "Text.")
	for _, test := range []struct{ name, recorded, file, report string }{
		{"no updates", incident(`"incident_updates":[]`), "", "it has no time"},
		{"no updates, but times", incident(`"status":"resolved","started_at":"2022-01-01T10:00:00Z","resolved_at":"2022-01-01T11:00:00Z"`),
			"investigating: 2022-01-01 10:00 UTC\nresolved: 2022-01-01 11:00 UTC\n", "it has no updates: its own times and status are imported"},
		{"no updates, and open", incident(`"status":"monitoring","created_at":"2022-01-01T10:00:00Z"`), "monitoring: 2022-01-01 10:00 UTC\n", ""},
		{"an update without a time", incident(`"incident_updates":[{"id":"u1","status":"resolved"}]`), "", "it has no time"},
		{"one update of two without a time", incident(`"incident_updates":[{"id":"u2","status":"identified","body":"Found."},` + first + `]`),
			"## Identified {#u2}\n\nFound.", `its update "u2" has no time: that of what is before it is used`},
		{"a time that there is not", incident(`"incident_updates":[` + update("u1", "resolved", "2022-02-31T10:00:00Z", "") + `]`), "", "it has no time"},
		{"an unknown status first", incident(`"incident_updates":[` + update("u1", "on fire", "2022-01-01T10:00:00Z", "") + `]`), "investigating: 2022-01-01 10:00 UTC", "its first update has an unknown status"},
		{"an unknown status testimport.Later", incident(`"incident_updates":[` + update("u2", "on fire", "2022-01-01T11:00:00Z", "More.") + `,` + first + `]`),
			"## 2022-01-01 11:00 UTC {#u2}\n\nMore.", "it keeps the status before"},
		{"resolved, and no update says so", incident(`"status":"resolved","resolved_at":"2022-01-01T12:00:00Z","incident_updates":[` + first + `]`),
			"resolved: 2022-01-01 12:00 UTC", "no update says so"},
		{"a postmortem of its own", incident(`"status":"postmortem","postmortem_body":"Why.","postmortem_published_at":"2022-01-03T00:00:00Z","incident_updates":[` +
			update("u2", "resolved", "2022-01-01T11:00:00Z", "Done.") + `,` + first + `]`), "## Postmortem\n\nWhy.", ""},
		{"an impact that is none", incident(`"impact":"huge","incident_updates":[` + first + `]`), "severity: none", `its impact "huge" is unknown`},
		{"ids with slashes", strings.Replace(incident(`"incident_updates":[`+update("../u1", "investigating", "2022-01-01T10:00:00Z", "Text.")+`]`), `"i1"`, `"../../etc/passwd"`, 1),
			"title: It\nseverity: minor\ninvestigating: 2022-01-01 10:00 UTC\nimported: true\n---\n\nText.", "its id can't be kept"},
		{"a twin id", incident(`"incident_updates":[` + update("u1", "resolved", "2022-01-01T11:00:00Z", "Done.") + `,` + first + `]`), "## Investigating {#u1}", "two updates have the id"},
		{"control characters and bidi marks", strings.Replace(incident(`"incident_updates":[`+first+`]`), `"It"`, `"I\u0000t\u0007 \u202e# \"quoted\": \ud800 'x'\nline"`, 1), "title: ", ""},
		{"wrong types everywhere", incident(`"created_at":5,"started_at":{},"resolved_at":[],"components":{"a":1},"shortlink":7,"incident_updates":["x",5,null,` + first + `]`), "Text.", ""},
		{"a component that nothing declares, left in an outage", incident(`"incident_updates":[{"id":"u2","status":"resolved","display_at":"2022-01-01T11:00:00Z","affected_components":[{"code":"c1","name":"A","old_status":"operational","new_status":"major_outage"}]},` + first + `]`),
			"components:\n  a: operational", "leaves a in major_outage"},
		{"a component twice in one update", incident(`"components":[{"id":"c1","name":"A"}],"incident_updates":[{"id":"u2","status":"identified","body":"x","display_at":"2022-01-01T11:00:00Z","affected_components":[` +
			`{"code":"c1","name":"A","new_status":"partial_outage"},{"code":"c1","name":"A","new_status":"major_outage"}]},` + first + `]`), "## Identified {a=major_outage #u2}", ""},
		{"a beginning after the end that only an update says", incident(`"started_at":"2022-01-01T12:00:00Z","incident_updates":[` + update("u2", "resolved", "2022-01-01T11:00:00Z", "Done.") + `,` + first + `]`),
			"resolved: 2022-01-01 11:00 UTC\nimported: true\naliases", "no `started` is written"},
		{"components whose names are no ids", strings.Replace(incident(`"components":[{"id":"c1","name":"Severity"},{"id":"c2","name":"404 page"}],"incident_updates":[`+first+`]`), `"incidents"`, `"components":[{"id":"c1","name":"Severity"},{"id":"c2","name":"404 page"}],"incidents"`, 1),
			"components: [severity-2, component-404-page]", ""},
		{"a maintenance without its end", `{` + page + `,"scheduled_maintenances":[{"id":"m","name":"M","scheduled_for":"2022-01-01T10:00:00Z","incident_updates":[` + update("u1", "scheduled", "2022-01-01T09:00:00Z", "") + `]}]}`,
			"## Investigating {#u1}", "it is imported as an incident"},
		{"a maintenance to come without its end", `{` + page + `,"scheduled_maintenances":[{"id":"m","name":"M","scheduled_for":"2027-01-01T10:00:00Z","incident_updates":[` + update("u1", "scheduled", "2022-01-01T09:00:00Z", "") + `]}]}`,
			"scheduled_until: 2027-01-01 11:00 UTC", "write its end into the file"},
		{"a maintenance that ended before it could begin", `{` + page + `,"components":[{"id":"c1","name":"API","status":"operational"}],"scheduled_maintenances":[{"id":"m","name":"M","components":[{"id":"c1","name":"API"}],"scheduled_for":"2022-01-01T10:00:00Z","scheduled_until":"2022-01-01T10:00:00Z","incident_updates":[` +
			update("u2", "completed", "2022-01-01T09:30:00Z", "") + `,` + update("u1", "scheduled", "2022-01-01T09:00:00Z", "") + `]}]}`,
			"components:\n  api: under_maintenance\nseverity: none\ninvestigating: 2022-01-01 09:00 UTC\nresolved: 2022-01-01 09:30 UTC", "it is imported as an incident"},
		{"an event without an id", strings.Replace(incident(`"incident_updates":[`+first+`]`), `"id":"i1",`, "", 1), "title: It\n", "its id can't be kept"},
		{"old addresses", incident(`"shortlink":"https://status.example.com/s/x1","incident_updates":[` + first + `]`), "aliases: [/incidents/i1, /s/x1]\n", ""},
		{"a shortlink of another host", incident(`"shortlink":"https://stspg.io/x1","incident_updates":[` + first + `]`), "aliases: [/incidents/i1]\n", ""},
		{"Markdown, as incident.io has it", strings.Replace(incident(`"incident_updates":[`+update("01JMDK9XYNY6FA3MMT9S5GQX88", "investigating", "2022-01-01T10:00:00Z", "We see **errors**:\n\n- in [one](https://example.com/a) place\n- <b>and</b> [another](/x)")+`]`), `"i1"`, `"01JMDK9XYNY6FA3MMT9S5GQX87"`, 1),
			"We see **errors**:\n\n- in [one](https://example.com/a) place\n- **and** [another](https://status.example.com/x)", ""},
		{"a maintenance that was never announced", `{` + page + `,"incidents":[{"id":"m","name":"M","impact":"maintenance","incident_updates":[` +
			update("u2", "completed", "2022-01-01T12:00:00Z", "Done.") + `,` + update("u1", "in_progress", "2022-01-01T10:00:00Z", "Now.") + `]}]}`,
			"scheduled_for: 2022-01-01 10:00 UTC\nscheduled_until: 2022-01-01 12:00 UTC\nscheduled: 2022-01-01 10:00 UTC", "it was never announced"},
		{"a maintenance that overran", `{` + page + `,"scheduled_maintenances":[{"id":"m","name":"M","scheduled_for":"2022-01-01T10:00:00Z","scheduled_until":"2022-01-01T11:00:00Z","incident_updates":[` +
			update("u3", "completed", "2022-01-01T14:00:00Z", "Done.") + `,` + update("u2", "in_progress", "2022-01-01T10:20:00Z", "Now.") + `,` + update("u1", "scheduled", "2022-01-01T09:00:00Z", "Soon.") + `]}]}`,
			"## Completed {#u3}", "the clock completes it before that"},
		{"components in a group, and one with its name in another script", `{` + page + `,"components":[{"id":"g","name":"EU","group":true},{"id":"c1","name":"API","group_id":"g"},{"id":"c2","name":"接口"},{"id":"c3","name":"severity"},{"id":"C1","name":"API"}],"incidents":[{"id":"i","name":"事故","impact":"none","incident_updates":[` + first + `]}]}`,
			"title: 事故", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			content, report := imported(t, map[string]string{"incidents.json": test.recorded})
			if !strings.Contains(report, test.report) {
				t.Errorf("the report does not say %q:\n%s", test.report, report)
			}
			if test.file == "" {
				if files, _ := filepath.Glob(filepath.Join(content, "*", "*.md")); len(files) > 0 {
					t.Errorf("it was imported: %q", files)
				}
			} else if text := only(t, content); !strings.Contains(text, test.file) {
				t.Errorf("the file has no %q:\n%s", test.file, text)
			}
		})
	}
}

func TestASentenceInPlaceOfAComponentIsNone(t *testing.T) {
	_, report := imported(t, map[string]string{"incidents.json": incident(`"incident_updates":[{"id":"u1","status":"resolved","body":"x","display_at":"2022-01-01T11:00:00Z",` +
		`"affected_components":[{"name":"No components were affected by this update."}]}]`)})
	if strings.Contains(report, "No components") {
		t.Error(report)
	}
}

func TestAStatusThatNoEventGivesIsReportedWithItsFix(t *testing.T) {
	component := func(id, name, now string) string {
		return fmt.Sprintf(`{"id":%q,"name":%q,"status":%q,"updated_at":"2022-01-01T12:00:00Z"}`, id, name, now)
	}
	affected := func(id, now string) string {
		return fmt.Sprintf(`{"code":%q,"name":%q,"old_status":"operational","new_status":%q}`, id, id, now)
	}
	_, report := imported(t, map[string]string{"summary.json": `{` + page + `,"components":[` + strings.Join([]string{
		component("c1", "API", "partial_outage"), component("c2", "Web", "under_maintenance"), component("c3", "Mail", "operational"),
		component("c4", "Search", "major_outage"), component("c5", "Files", "operational"),
	}, ",") + `],"incidents":[{"id":"i1","name":"It","impact":"major","incident_updates":[{"id":"u1","status":"investigating","body":"x","display_at":"2022-01-01T11:00:00Z",` +
		`"affected_components":[` + affected("c3", "degraded_performance") + `,` + affected("c4", "major_outage") + `]}]}]}`})
	for _, want := range []string{
		"component API: the page shows it as partial_outage, but no event says so, and the site will show it as operational: allclear new \"TITLE\" -c api=partial_outage\n",
		"component Web: the page shows it as under_maintenance, but no event says so, and the site will show it as operational: allclear new --maintenance",
		"component Mail: the page shows it as operational, but its open event i1 as degraded_performance: after the import, add an update with --set mail=operational\n",
	} {
		if !strings.Contains(report, want) {
			t.Errorf("the report does not say %q:\n%s", want, report)
		}
	}
	for _, name := range []string{"component Search", "component Files"} {
		if strings.Contains(report, name) {
			t.Error(report)
		}
	}
}

func TestBodiesBecomeMarkdown(t *testing.T) {
	for _, test := range []struct{ body, want string }{
		{"plain *text* with # marks", `plain \*text\* with # marks`},
		{"one<br />two<br/><br/>three &amp; four", "one\\\ntwo\n\nthree & four"},
		{"<p>one</p><p>two</p>", "one\n\ntwo"},
		{`See <a href="https://example.com/a_b" target="_blank">our page</a>.`, "See [our page](https://example.com/a_b)."},
		{`See <a href="/incidents/x">here</a>`, "See [here](https://status.example.com/incidents/x)"},
		{`<a href="javascript:alert(1)">here</a> <script>alert(1)</script>`, "here"},
		{"<b>Bold</b> and <i>italic</i>\nnext line", "**Bold** and *italic*\\\nnext line"},
		{"<ul><li>one</li><li>two</li></ul>", "- one\n- two"},
		{"<h1>Big</h1><p>text</p>", "### Big\n\ntext"},
		{"wait for <ID> & <b>go</b>", "wait for &lt;ID&gt; & **go**"},
		{"a < b > c", "a < b > c"},
		{`<img src="https://example.com/x.png" alt="Graph">`, "[Graph](https://example.com/x.png)"},
		{"## Resolved\n\n1. one\n2. two", "\\## Resolved\n\n1. one\n2. two"},
		{"<!-- hidden -->shown", "shown"},
		{"Affected:\n- API\n- Web", "Affected:\n\n- API\n- Web"},
		{"<code>a_b</code> and <pre>## Resolved\nx</pre>", "`a_b` and"},
	} {
		content, _ := imported(t, map[string]string{"incidents.json": incident(`"incident_updates":[` + update("", "investigating", "2022-01-01T10:00:00Z", test.body) + `]`)})
		_, text, _ := strings.Cut(only(t, content), "---\n\n")
		if text = strings.TrimSpace(text); text != test.want && !(strings.HasSuffix(test.want, " and") && strings.HasPrefix(text, test.want)) {
			t.Errorf("%q became %q, want %q", test.body, text, test.want)
		}
	}
}

func TestATextThatIsTooLongIsCut(t *testing.T) {
	body := strings.Repeat("A sentence that goes on. ", 20) + "\n\n"
	content, report := imported(t, map[string]string{"incidents.json": incident(`"incident_updates":[` + update("u1", "investigating", "2022-01-01T10:00:00Z", strings.Repeat(body, 300)) + `]`)})
	if n := len(only(t, content)); n < 60<<10 || n > 65<<10 || !strings.Contains(report, "is cut to 63 KiB") {
		t.Errorf("%d bytes were imported; the report says %s", n, report)
	}
}

func TestPagesAreNotMixed(t *testing.T) {
	dir := testimport.Folder(t, map[string]string{
		"a.json": `{"page":{"id":"a","name":"A"}}`,
		"b.json": `{"page":{"id":"b","name":"B"}}`,
	})
	_, err := load(dir, importer.Options{Content: filepath.Join(t.TempDir(), "content"), Now: testimport.Later})
	if err == nil || !strings.Contains(err.Error(), "import one page at a time") {
		t.Errorf("the error is %v", err)
	}
}

func TestSeveralPagesOfIncidentsAreOneHistory(t *testing.T) {
	old := `{` + page + `,"incidents":[{"id":"i1","name":"Old name","impact":"minor","updated_at":"2022-01-01T10:00:00Z","incident_updates":[` + update("u1", "investigating", "2022-01-01T10:00:00Z", "x") + `]}]}`
	newer := `[{"id":"i1","name":"New name","impact":"minor","updated_at":"2022-01-01T12:00:00Z","incident_updates":[` + update("u2", "resolved", "2022-01-01T12:00:00Z", "y") + `,` + update("u1", "investigating", "2022-01-01T10:00:00Z", "x") + `]}]`
	single := `{"id":"i2","name":"Single","impact":"none","incident_updates":[` + update("u3", "resolved", "2022-02-01T12:00:00Z", "z") + `]}`
	content, report := imported(t, map[string]string{"incidents.json": newer, "incidents-2.json": old, "more/i2.json": single, "page.html": "<html>", "broken.json": `{"incidents":[`})
	for _, want := range []string{"found 2 incidents", "wrote 3 files", "broken.json: it is not valid JSON: line 1"} {
		if !strings.Contains(report, want) {
			t.Errorf("the report does not say %q:\n%s", want, report)
		}
	}
	if _, err := os.Stat(filepath.Join(content, "incidents", "2022-01-01-new-name.md")); err != nil {
		t.Error(err)
	}
}

func TestTheSecondImportOfAPageChangesNothing(t *testing.T) {
	source := testneed.Corpus(t, "statuspage-github")
	content := filepath.Join(t.TempDir(), "content")
	for run := range 2 {
		report, err := load(source, importer.Options{Content: content, Now: testimport.Later})
		if err != nil {
			t.Fatal(err)
		}
		if run == 1 && (report.Same != 310 || len(report.Written)+len(report.Appended) > 0) {
			t.Errorf("%d of 310 events are the same:\n%s", report.Same, testimport.Printed(t, report))
		}
	}
}

// FuzzStatuspage looks for a recording that stops the program, or is imported as
// something that check refuses.
func FuzzStatuspage(f *testing.F) {
	f.Add([]byte(incident(`"incident_updates":[` + update("u1", "resolved", "2022-01-01T10:00:00Z", "<b>x</b>\n## Resolved") + `]`)))
	f.Add([]byte(`{` + page + `,"components":[{"id":"c","name":"A"}],"scheduled_maintenances":[{"id":"m","name":"M","scheduled_for":"2022-01-01T10:00:00Z","scheduled_until":"2022-01-01T11:00:00Z","incident_updates":[` + update("u1", "scheduled", "2022-01-01T09:00:00Z", "<a href=x>y</a>") + `]}]}`))
	f.Add([]byte("[[[[[[[[[["))
	f.Add([]byte(`{"incidents":{"a":[]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		source := filepath.Join(t.TempDir(), "incidents.json")
		if err := os.WriteFile(source, raw, 0o666); err != nil {
			t.Fatal(err)
		}
		content := filepath.Join(t.TempDir(), "content")
		if _, err := load(source, importer.Options{Content: content, Now: testimport.Later}); err != nil {
			return
		}
		// What is there is checked before the second import reads anything.
		if _, err := load(source, importer.Options{Content: content, Now: testimport.Later}); err != nil {
			t.Fatal(err)
		}
	})
}
