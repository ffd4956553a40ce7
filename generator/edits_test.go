package generator_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// randomContent is a content folder with random edits: events and their
// translations are written, moved and deleted, and sometimes broken and repaired.
type randomContent struct {
	t             testing.TB
	random        *rand.Rand
	content       string
	now           time.Time
	events        []*testEvent // the deleted ones too
	oneLanguage   bool         // the site is in one language
	announcements int
	changed       []string // since the last rebuild, as in Session.Rebuild
	log           []string // of the edits, printed if the test fails
}

// testEvent is the file of an event.
type testEvent struct {
	folder, subfolder, id string // incidents, 2026/ or "", api-outage
	deleted, broken       bool
	title                 string
	keys                  map[string]string // of the front matter, without the title
	start                 time.Time
	updates               []testUpdate
	translations          map[string]int // by language: the number of updates, -1 for no file
}

// testUpdate is one update of an event.
type testUpdate struct {
	status, text, attributes string
	after                    time.Duration // since the start
}

var componentIDs = []string{"website", "api", "eu-api", "eu-mail", "docs"}

func newRandomContent(t testing.TB, seed uint64) *randomContent {
	c := &randomContent{
		t: t, random: rand.New(rand.NewPCG(seed, 7)), content: filepath.Join(t.TempDir(), "content"),
		now: time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC),
	}
	c.settings()
	for range 8 {
		c.add()
	}
	for range 12 {
		c.edit(c.pickEvent())
	}
	c.repair()
	c.changed = nil
	return c
}

func (c *randomContent) logf(format string, args ...any) {
	c.log = append(c.log, fmt.Sprintf(format, args...))
}

func (c *randomContent) pick(from ...string) string { return from[c.random.IntN(len(from))] }

func (c *randomContent) chance(percent int) bool { return c.random.IntN(100) < percent }

func (c *randomContent) pickEvent() *testEvent { return c.events[c.random.IntN(len(c.events))] }

// another is the id of another event, "" if there is none.
func (c *randomContent) another(e *testEvent) string {
	for range 20 {
		if other := c.pickEvent(); !other.deleted && other.id != e.id {
			return other.id
		}
	}
	return ""
}

// step makes one edit.
func (c *randomContent) step() {
	switch roll := c.random.IntN(40); {
	case roll < 22:
		c.edit(c.pickEvent())
	case roll < 26:
		e := c.pickEvent()
		e.deleted = !e.deleted
		c.logf("%s is deleted: %t", e.id, e.deleted)
		c.save(e)
	case roll < 29:
		c.add()
	case roll < 32:
		c.translate(c.pickEvent())
	case roll < 33:
		c.settings()
	case roll < 34:
		c.announce()
	case roll < 35:
		name := c.pick("one.txt", "incidents/api-0/index.html", "de/index.html", "logo.svg")
		c.put("static/"+name, c.pick("", "", fmt.Sprint(roll)))
	case roll < 36:
		c.put("../themes/default/static/extra-"+c.pick("a", "b")+".css", c.pick("", "body{}"))
	default:
		by := time.Duration(c.random.IntN(60)) * time.Hour
		if c.chance(10) {
			by = -by
		}
		c.now = c.now.Add(by)
		c.logf("it is %s", c.now)
	}
}

// put writes a file below the content folder. It deletes the file if the text is "".
func (c *randomContent) put(name, text string) {
	path := filepath.Join(c.content, filepath.FromSlash(name))
	var err error
	if text == "" {
		err = os.RemoveAll(path)
	} else if err = os.MkdirAll(filepath.Dir(path), 0o777); err == nil {
		err = os.WriteFile(path, []byte(text), 0o666)
	}
	if err != nil {
		c.t.Fatal(err)
	}
	c.logf("write %s, %d bytes", name, len(text))
	c.changed = append(c.changed, filepath.ToSlash(filepath.Join("content", filepath.FromSlash(name))))
}

// save writes an event's file and its translations.
func (c *randomContent) save(e *testEvent) {
	name := e.folder + "/" + e.subfolder + e.id
	if e.deleted {
		c.put(name+".md", "")
	} else {
		c.put(name+".md", e.text())
	}
	for tag, updates := range e.translations {
		if e.deleted || updates < 0 {
			c.put(name+"."+tag+".md", "")
		} else {
			c.put(name+"."+tag+".md", e.translation(tag, updates))
		}
	}
}

func (e *testEvent) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\n", e.title)
	if e.folder == "maintenance" {
		fmt.Fprintf(&b, "scheduled: %s\n", timestamp(e.start))
	}
	for _, key := range []string{"component", "severity", "scheduled_for", "scheduled_until", "started", "ended", "related", "aliases", "api_id", "draft", "publish"} {
		if e.keys[key] != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, e.keys[key])
		}
	}
	if e.broken {
		b.WriteString("nonsense: [\n")
	}
	b.WriteString("---\n")
	for _, u := range e.updates {
		fmt.Fprintf(&b, "\n## %s · %s %s\n\n%s\n", u.status, timestamp(e.start.Add(u.after)), u.attributes, u.text)
	}
	return b.String()
}

func (e *testEvent) translation(tag string, updates int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s (%s)\n---\n", e.title, tag)
	for _, u := range e.updates[:min(updates, len(e.updates))] {
		fmt.Fprintf(&b, "\n## %s · %s\n\n%s (%s)\n", u.status, timestamp(e.start.Add(u.after)), u.text, tag)
	}
	return b.String()
}

func timestamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 MST") }

// add writes a new event.
func (c *randomContent) add() {
	e := &testEvent{
		folder: c.pick("incidents", "incidents", "maintenance"), subfolder: c.pick("", "2026/", "api-0/"),
		id: fmt.Sprintf("api-%d", len(c.events)), title: fmt.Sprint("Title ", c.random.IntN(100)),
		keys: map[string]string{}, translations: map[string]int{},
		start: c.now.Add(-time.Duration(c.random.IntN(60*24)) * time.Hour / 2),
	}
	if c.chance(10) && len(c.events) > 0 {
		e.id = c.pickEvent().id // may be taken
	}
	c.events = append(c.events, e)
	c.logf("add %s/%s%s", e.folder, e.subfolder, e.id)
	c.components(e)
	c.times(e)
	for range 1 + c.random.IntN(3) {
		c.addUpdate(e)
	}
	c.save(e)
}

// times sets the times of an event's front matter.
func (c *randomContent) times(e *testEvent) {
	at := func(hours int) string { return timestamp(e.start.Add(time.Duration(hours) * time.Hour)) }
	if e.folder == "maintenance" {
		if len(e.updates) == 0 {
			e.updates = []testUpdate{{status: "Scheduled", text: "Planned."}}
		}
		begin := 1 + c.random.IntN(100)
		e.keys["scheduled_for"], e.keys["scheduled_until"] = at(begin), at(begin+1+c.random.IntN(20))
		return
	}
	e.keys["started"] = c.pick("", "", at(-c.random.IntN(5)))
}

// addUpdate appends an update to an event.
func (c *randomContent) addUpdate(e *testEvent) {
	u := testUpdate{text: fmt.Sprint("Text *", c.random.IntN(100), "*."), status: c.status(e)}
	if last := len(e.updates); last > 0 {
		u.after = e.updates[last-1].after + time.Duration(c.random.IntN(30))*time.Hour
	}
	if open := u.status != "Resolved" && u.status != "Completed" && u.status != "Cancelled"; open && c.chance(40) {
		u.attributes = "{" + c.pick(componentIDs...) + "=" + c.pick("degraded_performance", "partial_outage", "major_outage", "operational") + "}"
	}
	e.updates = append(e.updates, u)
	if e.folder == "incidents" && e.start.Add(u.after).After(c.now) && c.chance(70) {
		e.keys["publish"] = "scheduled"
	}
}

func (c *randomContent) status(e *testEvent) string {
	if e.folder == "maintenance" {
		return c.pick("Scheduled", "In progress", "Verifying", "Completed", "Completed", "Cancelled")
	}
	return c.pick("Investigating", "Identified", "Monitoring", "Resolved", "Resolved")
}

func (c *randomContent) components(e *testEvent) {
	e.keys["component"] = c.pick("", c.pick(componentIDs...), c.pick(componentIDs...), "["+c.pick("website, api", "docs, eu-api", "eu-mail, api, docs")+"]", "{ "+c.pick(componentIDs...)+": partial_outage }")
}

// edit changes one thing in an event.
func (c *randomContent) edit(e *testEvent) {
	other := c.pickEvent()
	update := &e.updates[c.random.IntN(len(e.updates))]
	what := c.pick("text", "text", "text", "append", "append", "soon", "title", "component", "severity", "time", "start", "status", "attributes", "times",
		"related", "related", "aliases", "aliases", "api_id", "draft", "publish", "rename", "break", "nothing")
	c.logf("%s: %s", e.id, what)
	switch what {
	case "text":
		update.text = fmt.Sprint("Other text ", c.random.IntN(1000))
	case "append":
		c.addUpdate(e)
	case "soon": // the clock of the writer is ahead
		if u := c.now.Add(40 * time.Second).Sub(e.start); u > e.updates[len(e.updates)-1].after {
			e.updates = append(e.updates, testUpdate{status: c.status(e), text: "Soon.", after: u})
		}
	case "title":
		e.title = fmt.Sprint("Other title ", c.random.IntN(1000))
	case "component":
		c.components(e)
	case "severity":
		if e.folder == "incidents" {
			e.keys["severity"] = c.pick("", "none", "minor", "major", "critical")
		}
	case "time":
		update.after += time.Duration(c.random.IntN(9)-3) * 10 * time.Minute
	case "start":
		e.start = c.pickEvent().start.Add(time.Duration(c.random.IntN(3)-1) * time.Hour)
	case "status":
		update.status = c.status(e)
	case "attributes":
		update.attributes = c.pick("", "{docs=major_outage}", "{severity=major}")
	case "times":
		c.times(e)
	case "related":
		e.keys["related"] = c.pick("", c.another(e), "["+c.another(e)+", "+c.another(e)+"]", other.id)
	case "aliases":
		e.keys["aliases"] = c.pick("", "/old/"+e.id+"/", "/old/a/", "/old/b/", "/Old/A", "[/old/a/, /older]", "/history/")
	case "api_id":
		e.keys["api_id"] = c.pick("", "x"+e.id, "x"+other.id, other.id)
	case "draft":
		e.keys["draft"] = c.pick("", "true")
	case "publish":
		e.keys["publish"] = c.pick("", "scheduled")
	case "rename":
		deleted := e.deleted
		e.deleted = true
		c.save(e)
		e.deleted, e.id, e.subfolder = deleted, c.pick("web-", "api-")+fmt.Sprint(c.random.IntN(30)), c.pick("", "2025/")
	case "break":
		e.broken = true
	}
	c.save(e)
}

// translate changes, adds or removes a translation of an event.
func (c *randomContent) translate(e *testEvent) {
	e.translations[c.pick("de", "fr")] = c.random.IntN(len(e.updates)+2) - 1
	c.save(e)
}

// settings writes site.yaml.
func (c *randomContent) settings() {
	components := []string{
		"  - { id: website, name: Website }", "  - { id: api, name: API" + c.pick("", "", ", start_date: 2026-04-01") + " }",
		"  - group: Europe\n    components: [{ id: eu-api, name: API }, { id: eu-mail, name: Mail }]",
		"  - { id: docs, name: Docs" + c.pick("", "", ", retired: 2026-05-22") + " }",
	}
	c.random.Shuffle(len(components), func(i, j int) { components[i], components[j] = components[j], components[i] })
	languages := c.pick("languages: [en, de, fr]\n", "languages: [en, de, fr]\n", "languages: [en, fr, de]\n")
	c.oneLanguage = !c.oneLanguage && c.chance(10)
	if c.oneLanguage {
		languages = ""
	}
	c.put("site.yaml", fmt.Sprintf("title: Example %d\nurl: https://status.example.com\ntimezone: %s\n%scomponents:\n%s\n",
		c.random.IntN(100), c.pick("Etc/UTC", "Europe/Berlin"), languages,
		strings.Join(components, "\n")))
}

func (c *randomContent) announce() {
	c.announcements++
	name := fmt.Sprintf("announcements/notice-%d.md", c.random.IntN(3))
	from := c.now.Add(time.Duration(c.random.IntN(48)-24) * time.Hour)
	c.put(name, c.pick("", fmt.Sprintf("---\ntitle: Notice %d\nfrom: %s\nuntil: %s\n---\n\nText.\n", c.announcements, timestamp(from), timestamp(from.Add(24*time.Hour)))))
}

// repair fixes the errors in all files.
func (c *randomContent) repair() {
	c.logf("repair")
	seen := map[string]bool{}
	for i, e := range c.events {
		e.broken = false
		for seen[e.id] || seen[e.keys["api_id"]] {
			deleted := e.deleted
			e.deleted = true
			c.save(e)
			e.deleted, e.id, e.keys["api_id"] = deleted, fmt.Sprintf("repaired-%d-%d", i, c.random.IntN(1000)), ""
		}
		seen[e.id] = true
		if e.keys["api_id"] != "" {
			seen[e.keys["api_id"]] = true
		}
		if e.keys["aliases"] != "" {
			e.keys["aliases"] = "/old/" + e.id + "/"
		}
		if e.keys["related"] != "" {
			e.keys["related"] = c.another(e)
		}
		delete(e.keys, "started")
		e.updates[0].after = 0
		for u := range e.updates {
			if u > 0 && e.updates[u].after < e.updates[u-1].after {
				e.updates[u].after = e.updates[u-1].after
			}
			if e.start.Add(e.updates[u].after).After(c.now) {
				e.keys["publish"] = "scheduled"
			}
			if e.updates[u].status == "Resolved" || e.folder == "maintenance" {
				e.updates[u].attributes = ""
			}
		}
		if e.keys["publish"] != "" && !e.start.Before(c.now) {
			e.start = c.now.Add(-time.Hour)
		}
		c.save(e)
	}
	for _, name := range []string{"static/incidents", "static/de"} {
		c.put(name, "")
	}
	if c.oneLanguage {
		c.settings()
	}
}
