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

// newsroom is a content folder that several people work in at random: they
// write, mend, move and delete events and their translations, and now and
// then somebody leaves a file broken.
type newsroom struct {
	t       testing.TB
	random  *rand.Rand
	content string
	now     time.Time
	events  []*story // those that were deleted too
	single  bool     // the site is in one language
	notices int
	changed []string // since the last rebuild, as Session.Rebuild has it
	done    []string // what was done, to tell if the test fails
}

// story is one event as its file tells it.
type story struct {
	folder, shelf, id string // incidents, 2026/ or "", api-outage
	deleted, broken   bool
	title             string
	keys              map[string]string // of the front matter, the title aside
	start             time.Time
	updates           []posting
	translations      map[string]int // by language: how many updates it has
}

// posting is one update of a story.
type posting struct {
	status, text, attributes string
	after                    time.Duration // the start
}

var parts = []string{"website", "api", "eu-api", "eu-mail", "docs"}

func newNewsroom(t testing.TB, seed uint64) *newsroom {
	n := &newsroom{
		t: t, random: rand.New(rand.NewPCG(seed, 7)), content: filepath.Join(t.TempDir(), "content"),
		now: time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC),
	}
	n.settings()
	for range 8 {
		n.add()
	}
	for range 12 {
		n.edit(n.pickStory())
	}
	n.mend()
	n.changed = nil
	return n
}

func (n *newsroom) say(format string, args ...any) {
	n.done = append(n.done, fmt.Sprintf(format, args...))
}

func (n *newsroom) pick(from ...string) string { return from[n.random.IntN(len(from))] }

func (n *newsroom) chance(percent int) bool { return n.random.IntN(100) < percent }

func (n *newsroom) pickStory() *story { return n.events[n.random.IntN(len(n.events))] }

// another is the id of a story other than one, "" where that is the only one.
func (n *newsroom) another(s *story) string {
	for range 20 {
		if other := n.pickStory(); !other.deleted && other.id != s.id {
			return other.id
		}
	}
	return ""
}

// step is one thing that somebody does.
func (n *newsroom) step() {
	switch roll := n.random.IntN(40); {
	case roll < 22:
		n.edit(n.pickStory())
	case roll < 26:
		s := n.pickStory()
		s.deleted = !s.deleted
		n.say("%s is deleted: %t", s.id, s.deleted)
		n.save(s)
	case roll < 29:
		n.add()
	case roll < 32:
		n.translate(n.pickStory())
	case roll < 33:
		n.settings()
	case roll < 34:
		n.notice()
	case roll < 35:
		name := n.pick("one.txt", "incidents/api-0/index.html", "de/index.html", "logo.svg")
		n.put("static/"+name, n.pick("", "", fmt.Sprint(roll)))
	case roll < 36:
		n.put("../themes/default/static/extra-"+n.pick("a", "b")+".css", n.pick("", "body{}"))
	default:
		by := time.Duration(n.random.IntN(60)) * time.Hour
		if n.chance(10) {
			by = -by
		}
		n.now = n.now.Add(by)
		n.say("it is %s", n.now)
	}
}

// put writes a file below the content folder, or deletes it for no text.
func (n *newsroom) put(name, text string) {
	path := filepath.Join(n.content, filepath.FromSlash(name))
	var err error
	if text == "" {
		err = os.RemoveAll(path)
	} else if err = os.MkdirAll(filepath.Dir(path), 0o777); err == nil {
		err = os.WriteFile(path, []byte(text), 0o666)
	}
	if err != nil {
		n.t.Fatal(err)
	}
	n.say("write %s, %d bytes", name, len(text))
	n.changed = append(n.changed, filepath.ToSlash(filepath.Join("content", filepath.FromSlash(name))))
}

// save writes a story's file, and its translations.
func (n *newsroom) save(s *story) {
	name := s.folder + "/" + s.shelf + s.id
	if s.deleted {
		n.put(name+".md", "")
	} else {
		n.put(name+".md", s.text())
	}
	for tag, updates := range s.translations {
		if s.deleted || updates < 0 {
			n.put(name+"."+tag+".md", "")
		} else {
			n.put(name+"."+tag+".md", s.translation(tag, updates))
		}
	}
}

func (s *story) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\n", s.title)
	if s.folder == "maintenance" {
		fmt.Fprintf(&b, "scheduled: %s\n", stamped(s.start))
	}
	for _, key := range []string{"component", "severity", "scheduled_for", "scheduled_until", "started", "ended", "related", "aliases", "api_id", "draft", "publish"} {
		if s.keys[key] != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, s.keys[key])
		}
	}
	if s.broken {
		b.WriteString("nonsense: [\n")
	}
	b.WriteString("---\n")
	for _, u := range s.updates {
		fmt.Fprintf(&b, "\n## %s · %s %s\n\n%s\n", u.status, stamped(s.start.Add(u.after)), u.attributes, u.text)
	}
	return b.String()
}

func (s *story) translation(tag string, updates int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s (%s)\n---\n", s.title, tag)
	for _, u := range s.updates[:min(updates, len(s.updates))] {
		fmt.Fprintf(&b, "\n## %s · %s\n\n%s (%s)\n", u.status, stamped(s.start.Add(u.after)), u.text, tag)
	}
	return b.String()
}

func stamped(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 MST") }

// add begins a new story.
func (n *newsroom) add() {
	s := &story{
		folder: n.pick("incidents", "incidents", "maintenance"), shelf: n.pick("", "2026/", "api-0/"),
		id: fmt.Sprintf("api-%d", len(n.events)), title: fmt.Sprint("Title ", n.random.IntN(100)),
		keys: map[string]string{}, translations: map[string]int{},
		start: n.now.Add(-time.Duration(n.random.IntN(60*24)) * time.Hour / 2),
	}
	if n.chance(10) && len(n.events) > 0 {
		s.id = n.pickStory().id // may be taken
	}
	n.events = append(n.events, s)
	n.say("begin %s/%s%s", s.folder, s.shelf, s.id)
	n.components(s)
	n.frame(s)
	for range 1 + n.random.IntN(3) {
		n.post(s)
	}
	n.save(s)
}

// frame says when a story began and ended, or will.
func (n *newsroom) frame(s *story) {
	at := func(hours int) string { return stamped(s.start.Add(time.Duration(hours) * time.Hour)) }
	if s.folder == "maintenance" {
		if len(s.updates) == 0 {
			s.updates = []posting{{status: "Scheduled", text: "Planned."}}
		}
		begin := 1 + n.random.IntN(100)
		s.keys["scheduled_for"], s.keys["scheduled_until"] = at(begin), at(begin+1+n.random.IntN(20))
		return
	}
	s.keys["started"] = n.pick("", "", at(-n.random.IntN(5)))
}

// post appends an update to a story.
func (n *newsroom) post(s *story) {
	u := posting{text: fmt.Sprint("Text *", n.random.IntN(100), "*."), status: n.status(s)}
	if last := len(s.updates); last > 0 {
		u.after = s.updates[last-1].after + time.Duration(n.random.IntN(30))*time.Hour
	}
	if open := u.status != "Resolved" && u.status != "Completed" && u.status != "Cancelled"; open && n.chance(40) {
		u.attributes = "{" + n.pick(parts...) + "=" + n.pick("degraded_performance", "partial_outage", "major_outage", "operational") + "}"
	}
	s.updates = append(s.updates, u)
	if s.folder == "incidents" && s.start.Add(u.after).After(n.now) && n.chance(70) {
		s.keys["publish"] = "scheduled"
	}
}

func (n *newsroom) status(s *story) string {
	if s.folder == "maintenance" {
		return n.pick("Scheduled", "In progress", "Verifying", "Completed", "Completed", "Cancelled")
	}
	return n.pick("Investigating", "Identified", "Monitoring", "Resolved", "Resolved")
}

func (n *newsroom) components(s *story) {
	s.keys["component"] = n.pick("", n.pick(parts...), n.pick(parts...), "["+n.pick("website, api", "docs, eu-api", "eu-mail, api, docs")+"]", "{ "+n.pick(parts...)+": partial_outage }")
}

// edit changes one thing that a story says.
func (n *newsroom) edit(s *story) {
	other := n.pickStory()
	update := &s.updates[n.random.IntN(len(s.updates))]
	what := n.pick("text", "text", "text", "append", "append", "soon", "title", "component", "severity", "time", "start", "status", "attributes", "frame",
		"related", "related", "aliases", "aliases", "api_id", "draft", "publish", "rename", "break", "nothing")
	n.say("%s: %s", s.id, what)
	switch what {
	case "text":
		update.text = fmt.Sprint("Other text ", n.random.IntN(1000))
	case "append":
		n.post(s)
	case "soon": // by a clock that is ahead of ours
		if u := n.now.Add(40 * time.Second).Sub(s.start); u > s.updates[len(s.updates)-1].after {
			s.updates = append(s.updates, posting{status: n.status(s), text: "Soon.", after: u})
		}
	case "title":
		s.title = fmt.Sprint("Other title ", n.random.IntN(1000))
	case "component":
		n.components(s)
	case "severity":
		if s.folder == "incidents" {
			s.keys["severity"] = n.pick("", "none", "minor", "major", "critical")
		}
	case "time":
		update.after += time.Duration(n.random.IntN(9)-3) * 10 * time.Minute
	case "start":
		s.start = n.pickStory().start.Add(time.Duration(n.random.IntN(3)-1) * time.Hour)
	case "status":
		update.status = n.status(s)
	case "attributes":
		update.attributes = n.pick("", "{docs=major_outage}", "{severity=major}")
	case "frame":
		n.frame(s)
	case "related":
		s.keys["related"] = n.pick("", n.another(s), "["+n.another(s)+", "+n.another(s)+"]", other.id)
	case "aliases":
		s.keys["aliases"] = n.pick("", "/old/"+s.id+"/", "/old/a/", "/old/b/", "/Old/A", "[/old/a/, /older]", "/history/")
	case "api_id":
		s.keys["api_id"] = n.pick("", "x"+s.id, "x"+other.id, other.id)
	case "draft":
		s.keys["draft"] = n.pick("", "true")
	case "publish":
		s.keys["publish"] = n.pick("", "scheduled")
	case "rename":
		deleted := s.deleted
		s.deleted = true
		n.save(s)
		s.deleted, s.id, s.shelf = deleted, n.pick("web-", "api-")+fmt.Sprint(n.random.IntN(30)), n.pick("", "2025/")
	case "break":
		s.broken = true
	}
	n.save(s)
}

// translate changes, adds or takes away the translation of a story.
func (n *newsroom) translate(s *story) {
	s.translations[n.pick("de", "fr")] = n.random.IntN(len(s.updates)+2) - 1
	n.save(s)
}

// settings writes site.yaml.
func (n *newsroom) settings() {
	components := []string{
		"  - { id: website, name: Website }", "  - { id: api, name: API" + n.pick("", "", ", start_date: 2026-04-01") + " }",
		"  - group: Europe\n    components: [{ id: eu-api, name: API }, { id: eu-mail, name: Mail }]",
		"  - { id: docs, name: Docs" + n.pick("", "", ", retired: 2026-05-22") + " }",
	}
	n.random.Shuffle(len(components), func(i, j int) { components[i], components[j] = components[j], components[i] })
	languages := n.pick("languages: [en, de, fr]\n", "languages: [en, de, fr]\n", "languages: [en, fr, de]\n")
	n.single = !n.single && n.chance(10)
	if n.single {
		languages = ""
	}
	n.put("site.yaml", fmt.Sprintf("title: Example %d\nurl: https://status.example.com\ntimezone: %s\n%scomponents:\n%s\n",
		n.random.IntN(100), n.pick("Etc/UTC", "Europe/Berlin"), languages,
		strings.Join(components, "\n")))
}

func (n *newsroom) notice() {
	n.notices++
	name := fmt.Sprintf("announcements/notice-%d.md", n.random.IntN(3))
	from := n.now.Add(time.Duration(n.random.IntN(48)-24) * time.Hour)
	n.put(name, n.pick("", fmt.Sprintf("---\ntitle: Notice %d\nfrom: %s\nuntil: %s\n---\n\nText.\n", n.notices, stamped(from), stamped(from.Add(24*time.Hour)))))
}

// mend takes back what makes a site impossible, in every file.
func (n *newsroom) mend() {
	n.say("mend")
	seen := map[string]bool{}
	for i, s := range n.events {
		s.broken = false
		for seen[s.id] || seen[s.keys["api_id"]] {
			deleted := s.deleted
			s.deleted = true
			n.save(s)
			s.deleted, s.id, s.keys["api_id"] = deleted, fmt.Sprintf("mended-%d-%d", i, n.random.IntN(1000)), ""
		}
		seen[s.id] = true
		if s.keys["api_id"] != "" {
			seen[s.keys["api_id"]] = true
		}
		if s.keys["aliases"] != "" {
			s.keys["aliases"] = "/old/" + s.id + "/"
		}
		if s.keys["related"] != "" {
			s.keys["related"] = n.another(s)
		}
		delete(s.keys, "started")
		s.updates[0].after = 0
		for u := range s.updates {
			if u > 0 && s.updates[u].after < s.updates[u-1].after {
				s.updates[u].after = s.updates[u-1].after
			}
			if s.start.Add(s.updates[u].after).After(n.now) {
				s.keys["publish"] = "scheduled"
			}
			if s.updates[u].status == "Resolved" || s.folder == "maintenance" {
				s.updates[u].attributes = ""
			}
		}
		if s.keys["publish"] != "" && !s.start.Before(n.now) {
			s.start = n.now.Add(-time.Hour)
		}
		n.save(s)
	}
	for _, name := range []string{"static/incidents", "static/de"} {
		n.put(name, "")
	}
	if n.single {
		n.settings()
	}
}
