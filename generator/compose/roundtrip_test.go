package compose_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"allclear/generator/check"
	"allclear/generator/compose"
	"allclear/generator/diag"
	"allclear/generator/importer"
	"allclear/generator/importer/cstate"
	"allclear/generator/importer/statuspage"
	"allclear/generator/importer/testimport"
	"allclear/generator/source"
	"allclear/generator/status"
	"allclear/generator/testneed"
)

// sameEvent compares events by what their files say; of other events and of
// components the ids.
var sameEvent = cmp.Options{
	cmpopts.IgnoreTypes(diag.Position{}),
	cmpopts.IgnoreFields(status.Event{}, "File"),
	cmp.Transformer("ids", func(related []*status.Event) []string {
		var ids []string
		for _, e := range related {
			ids = append(ids, e.ID)
		}
		return ids
	}),
	cmp.Transformer("id", func(c *status.Component) string { return c.ID }),
}

// read checks a file together with a site and companions that it may name.
func read(name string, file []byte, kind status.Kind, content source.Content, now time.Time) (*status.Event, diag.List) {
	document, found := source.ParseEvent(name, file, kind)
	if document == nil {
		return nil, found
	}
	content.Documents = append(slices.Clip(content.Documents), document)
	site, more := check.Site(&content, check.Options{Now: now, Drafts: true})
	found.Add(more...)
	for _, e := range site.Events {
		if e.ID == document.ID {
			return e, found
		}
	}
	return nil, found
}

// rewritten composes an event, and reports what is lost when that is read.
func rewritten(t *testing.T, e *status.Event, content source.Content, now time.Time) []byte {
	t.Helper()
	file := compose.File(e)
	again, found := read(e.ID+".md", file, e.Kind, content, now)
	if found.HasErrors() || again == nil {
		t.Fatalf("what was composed breaks a rule: %v\n%s", found, file)
	}
	if diff := cmp.Diff(e, again, sameEvent); diff != "" {
		t.Fatalf("the event differs (-read +read again):\n%s\ncomposed:\n%s", diff, file)
	}
	if diff := cmp.Diff(string(file), string(compose.File(again))); diff != "" {
		t.Fatalf("composed again, the file differs (-first +second):\n%s", diff)
	}
	return file
}

func TestImportedEventsAreReadAsTheyAreComposed(t *testing.T) {
	for _, recorded := range []string{
		"statuspage-github", "statuspage-samples/cloudflare-summary.json", "statuspage-samples/bexio-summary.json",
		"statuspage-samples/asana-summary.json", "statuspage-samples/atlassian_docs_example-incidents.json",
		"cstate-jenkins", "statuskit-agrc", "clearstatus-xrel",
	} {
		t.Run(recorded, func(t *testing.T) {
			from := testneed.Corpus(t, recorded)
			folder := filepath.Join(t.TempDir(), "content")
			options := importer.Options{Content: folder, Now: testimport.Later}
			var err error
			if strings.HasPrefix(recorded, "statuspage") {
				err = statuspage.Import(from, options, &importer.Report{})
			} else {
				_, err = cstate.Import(from, options)
			}
			if err != nil {
				t.Fatal(err)
			}
			content, found, err := source.Read(folder)
			if err != nil || found.HasErrors() {
				t.Fatal(err, found)
			}
			site, found := check.Site(content, check.Options{Now: testimport.Later, Drafts: true})
			if found.HasErrors() {
				t.Fatal(found)
			}
			for _, e := range site.Events {
				file := rewritten(t, e, source.Content{Site: content.Site}, testimport.Later)
				imported, err := os.ReadFile(e.Position.File)
				if err != nil {
					t.Fatal(err)
				}
				imported, _ = source.WithoutDirectives(imported)
				if diff := cmp.Diff(string(imported), string(file)); diff != "" {
					t.Errorf("%s differs from the file that was imported: %s", e.ID, diff)
				}
			}
		})
	}
}

func TestRandomEventsAreReadAsTheyAreComposed(t *testing.T) {
	events := uint64(4000)
	if testing.Short() {
		events = 400
	}
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	content := source.Content{}
	var found diag.List
	content.Site, found = source.ParseSite("site.yaml", []byte(`
title: Example
url: https://status.example.com
timezone: Europe/Zurich
components: [{ id: api, name: API }, { id: sdk, name: SDK }, { id: "null", name: Lights }, { id: old-api, name: Old, retired: 2024-01-01 }]
`))
	for _, companion := range []string{"2020-01-01-one", "2030-01-01-two"} {
		document, more := source.ParseEvent(companion+".md", []byte("---\ntitle: It\npublish: scheduled\nresolved: "+companion[:10]+" 00:00 UTC\n---\n\nIt.\n"), status.Incident)
		found.Add(more...)
		content.Documents = append(content.Documents, document)
	}
	if found.HasErrors() {
		t.Fatal(found)
	}
	for seed := range events {
		w := &writer{Rand: rand.New(rand.NewPCG(seed, 3)), now: now}
		file := w.file()
		e, found := read("2024-02-30-it.md", []byte(file), w.kind, content, now)
		if found.HasErrors() || e == nil {
			t.Fatalf("seed %d: the file breaks a rule: %v\n%s", seed, found, file)
		}
		if t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { rewritten(t, e, content, now) }); t.Failed() {
			t.Fatalf("the file was:\n%s", file)
		}
	}
}

// writer writes the file of one event at random, in the many ways in which
// people write the same.
type writer struct {
	*rand.Rand
	now     time.Time
	kind    status.Kind
	updates []*written

	announced, window [2]time.Time // of a maintenance: in the front matter, and in force
}

// written is an update of a file.
type written struct {
	at       time.Time
	status   string // "" for an interim update
	inForce  string
	inFront  bool // the front matter has its time
	heading  bool
	text     string
	settings []string
}

func (w *writer) chance(percent int) bool { return w.IntN(100) < percent }

func pick[T any](w *writer, from ...T) T { return from[w.IntN(len(from))] }

func (w *writer) file() string {
	w.kind = status.Kind(w.IntN(2))
	w.timeline()
	var b strings.Builder
	b.WriteString(pick(w, "", "", "", "\ufeff") + "---\n")
	b.WriteString(w.frontMatter())
	b.WriteString("---\n")
	for i, u := range w.updates {
		if u.heading {
			b.WriteString(strings.Repeat("\n", w.IntN(3)) + w.heading(u, i) + "\n")
		}
		if u.text != "" {
			b.WriteString(strings.Repeat(pick(w, "\n", " \t\n"), w.IntN(3)) + u.text + strings.Repeat(pick(w, "\n", "  \n"), 1+w.IntN(3)))
		}
	}
	file := b.String()
	if w.chance(10) {
		file = strings.TrimRight(file, "\n")
	}
	if w.chance(10) {
		file = strings.ReplaceAll(file, "\n", "\r\n")
	}
	return file
}

// timeline makes updates, and decides which of their statuses the front
// matter says.
func (w *writer) timeline() {
	at := time.Date(2020+w.IntN(8), 1, 1+w.IntN(365), w.IntN(24), w.IntN(60), 0, 0, time.UTC)
	words := status.EventStatuses(w.kind)
	begin := at.Add(time.Duration(w.IntN(200)) * time.Minute)
	w.announced = [2]time.Time{begin, begin.Add(time.Duration(1+w.IntN(200)) * time.Minute)}
	w.window = w.announced
	inForce := ""
	for n := 1 + w.IntN(7); len(w.updates) < n; {
		u := &written{at: at, status: pick(w, words...), heading: true}
		switch {
		case inForce == "" && w.kind == status.Maintenance:
			u.status = "scheduled"
		case inForce != "" && w.chance(25):
			u.status = ""
		case inForce != "" && w.chance(15):
			u.status = inForce
		}
		if u.status != "" {
			inForce = u.status
		}
		u.inForce = inForce
		w.updates = append(w.updates, u)
		at = at.Add(pick(w, 0, 0, time.Nanosecond, time.Second, 90*time.Second, time.Minute, time.Minute, time.Hour, 30*time.Hour))
	}
	for i, u := range w.updates {
		if w.chance(80) {
			u.text = w.text(i == len(w.updates)-1)
		}
		if w.chance(25) {
			u.settings = w.attributes(u, i)
		}
		u.settings = append(u.settings, w.story(u, i)...)
		same := func(o *written) bool { return o.status == u.status }
		twin := func(o *written) bool { return o != u && same(o) && o.at.Equal(u.at) }
		if u.status == "" || slices.IndexFunc(w.updates, same) != i || slices.ContainsFunc(w.updates, twin) || w.chance(20) {
			continue
		}
		u.inFront = true
		tied := i > 0 && w.updates[i-1].at.Equal(u.at) || i+1 < len(w.updates) && w.updates[i+1].at.Equal(u.at)
		if len(u.settings) == 0 && !tied && (i == 0 && strings.TrimSpace(u.text) != "" || u.text == "") {
			u.heading = w.chance(30)
		}
	}
}

func (w *writer) attributes(u *written, i int) []string {
	var attributes []string
	for _, id := range []string{"old-api", "null", "api"} {
		if w.chance(40) {
			value := pick(w, status.ComponentStatuses()...)
			if slices.Contains([]string{"resolved", "postmortem", "completed", "cancelled"}, u.inForce) {
				value = "operational"
			}
			attributes = append(attributes, id+pick(w, "="+value, `="`+value+`"`))
		}
	}
	if w.kind == status.Incident && w.chance(40) {
		attributes = append(attributes, "severity="+pick(w, status.Severities()...))
	}
	if w.chance(40) || len(attributes) == 0 {
		attributes = append(attributes, pick(w, "#u", "#U_-", "#0")+fmt.Sprint(i))
	}
	w.Shuffle(len(attributes), func(i, j int) { attributes[i], attributes[j] = attributes[j], attributes[i] })
	return attributes
}

// story is the attributes that need to know what came before: a window that
// moves, a promise, a correction.
func (w *writer) story(u *written, i int) []string {
	var attributes []string
	add := func(name, value string) { attributes = append(attributes, name+"="+value) }
	closes := slices.Contains([]string{"resolved", "postmortem", "completed", "cancelled"}, u.inForce)
	later := func(t time.Time) time.Time { return t.Add(time.Duration(1+w.IntN(3000)) * time.Second) }
	scheduled := !slices.ContainsFunc(w.updates[:i+1], func(o *written) bool { return o.inForce != "scheduled" })
	switch from, until := w.window[0], w.window[1]; {
	case w.kind == status.Incident || !w.chance(30):
	case scheduled && u.at.Before(from): // it has not begun
		if w.chance(70) {
			from = later(u.at)
			add("from", `"`+w.timestamp(from)+`"`)
		}
		if !until.After(from) || w.chance(50) {
			until = later(from)
			add("until", `'`+w.timestamp(until)+`'`)
		}
		w.window = [2]time.Time{from, until}
	case u.status == "in_progress" || u.status == "verifying":
		if until = later(u.at); until.After(from) {
			add("until", `"`+w.timestamp(until)+`"`)
			w.window[1] = until
		}
	}
	open := w.kind == status.Incident || u.status != "" || u.at.Before(w.window[1])
	if !closes && open && w.chance(20) {
		add("next", pick(w, "1m", `"90m"`, "24h0m0s", "1h0.5s", `"`+w.timestamp(later(u.at))+`"`, `"`+w.timestamp(later(u.at).Add(time.Nanosecond))+`"`, "168h"))
	}
	for _, older := range w.updates[:i] {
		for _, a := range older.settings {
			if id, ok := strings.CutPrefix(a, "#"); ok && w.chance(10) {
				add("corrects", id)
				return attributes
			}
		}
	}
	return attributes
}

func (w *writer) heading(u *written, i int) string {
	parts := []string{strings.ReplaceAll(pick(w, u.status, strings.ToUpper(u.status)), "_", pick(w, " ", "-", "_"))}
	if at := w.timestamp(u.at); u.status == "" {
		parts[0] = at
	} else if !u.inFront || w.chance(30) {
		parts = slices.Insert(parts, w.IntN(2), at)
	}
	line := "##" + pick(w, " ", "  ", "\t") + strings.Join(parts, pick(w, " ", " · ", " - ", " | "))
	if len(u.settings) > 0 {
		line += " {" + strings.Join(u.settings, pick(w, " ", ", ")) + "}"
	}
	return line + pick(w, "", "", " ##", "  ")
}

func (w *writer) timestamp(t time.Time) string {
	return pick(w,
		t.Format("2006-01-02 15:04:05.999999999 UTC"),
		source.FormatTimestamp(t),
		source.FormatTimestamp(t.In(time.FixedZone("", 5*3600+1800))),
		t.In(time.FixedZone("", -3*3600)).Format(time.RFC3339Nano),
		t.Format("2006-01-02 15:04:05.999999999")+pick(w, "Z", "z", " utc"),
	)
}

var titles = []string{
	"API answers slowly", "Outage: API down", "a #hash", "#1 priority", "yes", "null", "~", "2022-12-01", "1e3", "- item", "? what", "@here", "`x`", "%", "&a", "*b",
	"!tag", "{a}", "[b], c", `"quoted"`, `it's "so" \ `, "'", `"`, "trailing:", "| pipe", "> more", "---", "...", "<<", "=", "ünï 😀\u200b", "key: 'v", "0x1F", "12:30",
	"a\tb", "a\u00a0b", "a \ufffd b", "b\t#c", `\`, strings.Repeat("long ", 40),
}

func (w *writer) frontMatter() string {
	title := pick(w, titles...)
	if w.chance(50) {
		title += pick(w, " ", "", ": ", " #", "'", `"`) + pick(w, titles...)
	}
	lines := []string{"title: " + `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`).Replace(title) + `"`}
	line := func(percent int, key, value string) {
		if w.chance(percent) {
			lines = append(lines, key+": "+value)
		}
	}
	component := func() string {
		return pick(w, "api", "[sdk]", "[old-api, api]", `["null", sdk, api]`, "{ api: "+pick(w, status.ComponentStatuses()...)+` }`,
			"{ sdk: operational, \"null\": "+pick(w, status.ComponentStatuses()...)+" }", `"null"`)
	}
	line(70, pick(w, "component", "components"), component())
	for _, u := range w.updates {
		if u.inFront {
			line(100, u.status, pick(w, "", `'`)+w.timestamp(u.at))
			if last := &lines[len(lines)-1]; strings.Contains(*last, "'") {
				*last += "'"
			}
		}
	}
	first, last := w.updates[0], w.updates[len(w.updates)-1]
	if w.kind == status.Incident {
		line(70, "severity", pick(w, status.Severities()...))
	} else {
		line(100, "scheduled_for", w.timestamp(w.announced[0]))
		line(100, "scheduled_until", w.timestamp(w.announced[1]))
	}
	line(20, "started", w.timestamp(first.at.Add(-time.Hour)))
	if last.status == "resolved" && len(w.updates) == 2 && last.at.After(first.at) && first.status == "investigating" {
		line(50, "ended", w.timestamp(last.at))
	}
	line(20, "draft", pick(w, "true", "false"))
	late := last.at.Add(400 * time.Minute).After(w.now)
	if late {
		line(100, "publish", "scheduled")
	} else {
		line(5, "publish", "scheduled")
	}
	line(20, "related", pick(w, "2020-01-01-one", "[2030-01-01-two]", `["2030-01-01-two", 2020-01-01-one]`))
	line(20, "aliases", pick(w, "/2022/outage.html", "[issues/42, /a/b/]", "[/x~, /1.2-3_4]"))
	line(20, "api_id", pick(w, "abc123", `"123"`, "123", `"null"`, "true", "1e3", "A-b_c"))
	w.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return strings.Join(lines, "\n") + "\n"
}

var texts = []string{
	"We are looking into it.", "Two lines\nof text.", "A line with a break  \nand another\\\nand one more.", "Spaces at its end   ", "tab at its end\t",
	"### A heading", "#### Deeper ##\n\ntext", "- a\n- b\n  - c\n\n    d", "1. one\n2. two\n   text", "* a\n\n\n* b", "> quoted\n> text",
	"| a | b |\n| --- | :-: |\n| 1 | `2` |", "```sh\n# make\n\n## build it\n\n   ls   \n```", "~~~~\n```\n---\n~~~~", "    indented code   \n\n    and more  ", "\tcode after a tab",
	"*emphasis*, **strong**, ~~struck~~, `code`", "[a link](https://example.com/a_b?c=(d)) and <https://example.com>", "[ref]\n\n[ref]: https://example.com 'title'",
	"text\n\n---\n\nmore", "a\u00a0b\u200b😀 ünï \ufffd", "\u00a0", `\# no heading \ & &amp; &#35;`, "{#id api=major_outage", "- [ ] task\n- [x] done", "key: value", "+ plus\n+ more", "Line ends with a backslash\\",
}

func (w *writer) text(last bool) string {
	if last && w.chance(10) {
		return "```\nnever closed   \n\nmore"
	}
	text := pick(w, texts...)
	for w.chance(40) {
		text += "\n" + strings.Repeat(pick(w, "\n", "  \n"), 1+w.IntN(2)) + pick(w, texts...)
	}
	return text
}
