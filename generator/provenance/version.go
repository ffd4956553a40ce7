package provenance

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/source"
	"allclear/generator/status"
)

// version is what one content of a file says of its event or announcement.
type version struct {
	code            string // of the event in the API, or "announcement " and an id
	draft, imported bool
	announcement    bool
	said            []said
	facts           uint64   // a hash of what readers see of it, besides its components
	older           []string // codes that the event had before, by its aliases
}

// said is one update, or the text of an announcement.
type said struct {
	id    string
	at    time.Time // when it happened
	words uint64    // a hash of its text
	older []string  // the ids that it had as part of version.older; "" where it had the same
}

// parse reads a file that was in the content folder; nil if nothing of it can be
// dated.
func parse(name string, text []byte) *version {
	doc := source.ParsePast(name, text)
	if doc == nil {
		return nil
	}
	switch event, announcement := check.Outline(doc); {
	case event != nil:
		return versionOf(event)
	case announcement != nil:
		return announcementVersion(announcement)
	}
	return nil
}

func versionOf(e *status.Event) *version {
	v := &version{code: e.Code(), draft: e.Draft, imported: e.Imported, said: make([]said, len(e.Updates))}
	facts := fnv.New64a()
	fmt.Fprintln(facts, e.Title, e.SeverityStated, e.Severity, unix(e.Started), unix(e.Ended), unix(e.ScheduledFor), unix(e.ScheduledUntil))
	for i := range e.Updates {
		u := &e.Updates[i]
		v.said[i] = said{id: u.ID, at: u.At, words: words(u.Text.Markdown)}
		fmt.Fprintln(facts, u.ID, unix(u.At), v.said[i].words, u.Status, unix(u.From), unix(u.Until))
	}
	v.facts = facts.Sum64()
	v.addOlder(e)
	return v
}

// addOlder adds the ids that the updates had before the event was renamed.
func (v *version) addOlder(e *status.Event) {
	var made []string
	for _, a := range e.Aliases {
		code := codeAt(a.Path)
		if code == "" || code == v.code || slices.Contains(v.older, code) {
			continue
		}
		if made == nil {
			made = status.UpdateIDs(v.code, e.Updates)
		}
		v.older = append(v.older, code)
		for i, id := range status.UpdateIDs(code, e.Updates) {
			if e.Updates[i].ID != made[i] {
				id = e.Updates[i].ID // its heading states it
			}
			v.said[i].older = append(v.said[i].older, id)
		}
	}
}

// codeAt is the id of the event whose page has a path; "" if it is of none.
func codeAt(path string) string {
	folder, id, _ := strings.Cut(strings.Trim(path, "/"), "/")
	if folder != "incidents" && folder != "maintenance" || !source.IsID(id) {
		return ""
	}
	return id
}

func announcementVersion(a *status.Announcement) *version {
	v := &version{code: announcementCode(a), announcement: true, draft: a.Draft, imported: a.Imported, said: []said{{at: a.From, words: words(a.Text.Markdown)}}}
	facts := fnv.New64a()
	fmt.Fprintln(facts, a.Title, unix(a.From), unix(a.Until), v.said[0].words)
	v.facts = facts.Sum64()
	return v
}

// announcementCode has a blank, which no code of an event has.
func announcementCode(a *status.Announcement) string { return "announcement " + a.ID }

// unix is an instant in seconds, whatever its zone. A zero one is the same number
// everywhere.
func unix(t time.Time) int64 { return t.Unix() }

// words is a hash of the words of a text.
func words(text string) uint64 {
	const prime = 1099511628211 // FNV-1a
	sum, blank := uint64(14695981039346656037), true
	for i := range len(text) {
		c := text[i]
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			blank = true
			continue
		}
		if blank {
			sum, blank = (sum^' ')*prime, false
		}
		sum = (sum ^ uint64(c)) * prime
	}
	return sum
}
