package oracle

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Change is two builds of one site: of two instants, or of two versions of its
// content at one instant.
type Change struct {
	Kind   string // later, append, text, time, insert, rename, hide, quiet
	What   string // for a person
	Before *Build
	After  *Build
}

// updateKey is what the id of an update may hang on: the event, the instant,
// the status that its own heading says, and its place among those equal in all
// of that.
type updateKey struct {
	event  string
	at     time.Time
	status string
	equal  int
	named  string // {#id}
}

// keys are those of an event's updates, in their order.
func (t *Told) keys() []updateKey {
	var keys []updateKey
	count := map[updateKey]int{}
	for _, u := range t.updates {
		key := updateKey{event: t.Code(), at: u.At.UTC(), status: u.Status}
		if u.Clock {
			key.status = "clock " + u.Status
		}
		key.equal = count[key]
		count[updateKey{event: key.event, at: key.at, status: key.status}]++
		if u.ID != "" {
			key = updateKey{event: t.Code(), named: u.ID}
		}
		keys = append(keys, key)
	}
	return keys
}

// ids are the ids of a build's updates by their key, in the API, and those of
// the feed's entries. Events whose updates are not those of the content are
// left out: laws 14 and api look at them.
func (b *Build) ids() (api, feed map[updateKey]string) {
	api, feed = map[updateKey]string{}, map[updateKey]string{}
	entries, _ := b.feed("history.atom")
	for _, t := range b.truth().events {
		_, event := b.eventDocument(t)
		if event == nil || sequence(event) != t.sequence() {
			continue
		}
		for i, key := range t.keys() {
			id := event.Updates[len(event.Updates)-1-i].ID
			api[key] = id
			for _, e := range entries {
				if strings.HasSuffix(e.Link, "/"+t.Path()+"#update-"+id) {
					feed[key] = e.ID
				}
			}
		}
	}
	return api, feed
}

// lawIDsDiffer: no two updates of a site have one id.
func lawIDsDiffer(f *finder) {
	api, feed := f.b.ids()
	for name, ids := range map[string]map[updateKey]string{"api": api, "feed": feed} {
		seen := map[string]updateKey{}
		for key, id := range ids {
			if other, ok := seen[id]; ok && other.event == key.event {
				f.add("one id of two updates", name, id, "one of %v alone, not of %v", key, other)
			}
			seen[id] = key
		}
	}
}

// lawIDsStay: an update that is the same in two versions has the same id in
// both, and so have a feed's entry and a maintenance in the calendar.
func lawIDsStay(f *finder, change *Change) {
	apiBefore, feedBefore := change.Before.ids()
	apiAfter, feedAfter := change.After.ids()
	f.stay("an update's id", change, apiBefore, apiAfter)
	f.stay("a feed entry's id", change, feedBefore, feedAfter)
	f.feedsStay(change)
	before, after := change.Before.uids(), change.After.uids()
	for id, uid := range before {
		if now, ok := after[id]; ok && now != uid {
			f.add("a calendar's UID", "maintenance.ics", now, "%s as before: %s", uid, change.What)
		}
	}
}

// feedsStay: a feed keeps its id, that of a component by its API id.
func (f *finder) feedsStay(change *Change) {
	for _, was := range change.Before.Content.Components {
		for _, is := range change.After.Content.Components {
			if is.Code() != was.Code() {
				continue
			}
			before := change.Before.feedID("components/" + was.ID + "/history.atom")
			name := "components/" + is.ID + "/history.atom"
			if after := change.After.feedID(name); before != "" && after != before {
				f.add("a feed's id", name, after, "%s as before: %s", before, change.What)
			}
		}
	}
}

// feedID is the id of an Atom feed.
func (b *Build) feedID(name string) string {
	var feed atomFeed
	_ = xml.Unmarshal(b.Files[name], &feed)
	return feed.ID
}

func (f *finder) stay(class string, change *Change, before, after map[updateKey]string) {
	for key, id := range before {
		if now, ok := after[key]; ok && now != id {
			f.add(class+" ("+change.Kind+")", key.event, now, "%s as before: %s", id, change.What)
		}
	}
}

// uids are the UIDs of the calendar by the API id of the maintenance.
func (b *Build) uids() map[string]string {
	found := map[string]string{}
	for _, t := range b.truth().events {
		for _, e := range b.calendar("maintenance.ics") {
			if strings.HasSuffix(e.one("URL"), "/"+t.Path()) {
				found[t.Code()] = e.one("UID")
			}
		}
	}
	return found
}

// lawNothingFalls: no number that counts and no instant that says how new a
// thing is goes back, whatever is appended, and a moved window is seen.
func lawNothingFalls(f *finder, change *Change) {
	if change.Kind != "later" && change.Kind != "append" {
		return
	}
	f.calendarRises(change)
	before, ok1 := document[apiList](change.Before, "api/v2/summary.json")
	after, ok2 := document[apiList](change.After, "api/v2/summary.json")
	if ok1 && ok2 && after.Page.UpdatedAt.Before(before.Page.UpdatedAt) {
		f.add("page.updated_at falls", "api/v2/summary.json", instant(&after.Page.UpdatedAt), "not before %s", instant(&before.Page.UpdatedAt))
	}
	for _, feed := range slices.Concat([]string{"history.atom"}, change.After.paths("components/*/history.atom")) {
		_, was := change.Before.feed(feed)
		_, is := change.After.feed(feed)
		if is.Before(was) {
			f.add("a feed's updated falls", feed, instant(&is), "not before %s", instant(&was))
		}
	}
	f.entriesRise(change)
	for _, t := range change.Before.truth().events {
		_, was := change.Before.eventDocument(t)
		name, is := change.After.eventDocument(t)
		if was != nil && is != nil && is.UpdatedAt.Before(was.UpdatedAt) {
			f.add("an event's updated_at falls", name, instant(&is.UpdatedAt), "not before %s", instant(&was.UpdatedAt))
		}
	}
}

// calendarRises: SEQUENCE, DTSTAMP and LAST-MODIFIED never fall, and SEQUENCE
// rises with a moved window.
func (f *finder) calendarRises(change *Change) {
	for _, was := range change.Before.calendar("maintenance.ics") {
		for _, is := range change.After.calendar("maintenance.ics") {
			if is.one("UID") != was.one("UID") {
				continue
			}
			if number := atoi(is.one("SEQUENCE")); number < atoi(was.one("SEQUENCE")) {
				f.add("SEQUENCE falls", "maintenance.ics", is.one("SEQUENCE"), "not below %s: %s", was.one("SEQUENCE"), change.What)
			}
			for _, property := range []string{"DTSTAMP", "LAST-MODIFIED"} {
				if is.one(property) < was.one(property) {
					f.add(property+" falls", "maintenance.ics", is.one(property), "not before %s: %s", was.one(property), change.What)
				}
			}
			moved := is.one("DTSTART") != was.one("DTSTART") || is.one("DTEND") != was.one("DTEND")
			if moved && atoi(is.one("SEQUENCE")) <= atoi(was.one("SEQUENCE")) {
				f.add("a moved window does not raise SEQUENCE", "maintenance.ics", is.one("SEQUENCE"), "above %s", was.one("SEQUENCE"))
			}
		}
	}
}

func atoi(text string) int {
	var n int
	_, _ = fmt.Sscan(text, &n)
	return n
}

// entriesRise: an entry that readers have is not unsaid, and its date does not
// change.
func (f *finder) entriesRise(change *Change) {
	before, _ := change.Before.feed("history.atom")
	after, _ := change.After.feed("history.atom")
	if len(after) >= 50 {
		return
	}
	for _, was := range before {
		i := slices.IndexFunc(after, func(is entry) bool { return is.ID == was.ID })
		if i < 0 {
			if !f.ofMaintenance(was) {
				f.add("an entry is gone", "history.atom", was.Title, "it stays: %s", change.What)
			}
			continue
		}
		if !after[i].Published.Equal(was.Published) {
			f.add("an entry's date changes", "history.atom", instant(&after[i].Published), "%s: %s", instant(&was.Published), change.What)
		}
		if after[i].Updated.Before(was.Updated) {
			f.add("an entry's updated falls", "history.atom", instant(&after[i].Updated), "not before %s", instant(&was.Updated))
		}
	}
}

// ofMaintenance reports whether an entry is about maintenance, which is law
// 14's.
func (f *finder) ofMaintenance(e entry) bool { return strings.Contains(e.Link, "/maintenance/") }

// lawClockStays: what was published of a maintenance stays, whatever is
// appended to its file: every update by its id, and every entry.
func lawClockStays(f *finder, change *Change) {
	if change.Kind != "later" && change.Kind != "append" {
		return
	}
	for _, t := range change.Before.truth().events {
		if !t.Maintenance {
			continue
		}
		_, was := change.Before.eventDocument(t)
		name, is := change.After.eventDocument(t)
		if was == nil || is == nil {
			continue
		}
		for _, u := range was.Updates {
			same := func(o apiUpdate) bool { return o.ID == u.ID || o.Status == u.Status && o.DisplayAt.Equal(u.DisplayAt) }
			if !slices.ContainsFunc(is.Updates, same) {
				f.add("an update of a maintenance is gone", name, sequence(is), "%s %s %s stays: %s", u.ID, u.Status, instant(&u.DisplayAt), change.What)
			}
		}
	}
	before, _ := change.Before.feed("history.atom")
	after, _ := change.After.feed("history.atom")
	for _, e := range before {
		if f.ofMaintenance(e) && len(after) < 50 && !slices.ContainsFunc(after, func(o entry) bool { return o.ID == e.ID }) {
			f.add("an entry of a maintenance is gone", "history.atom", e.Title, "it stays: %s", change.What)
		}
	}
}

// lawUpdatedAt: a component's updated_at never goes back, nor a group's.
func lawUpdatedAt(f *finder, change *Change) {
	if change.Kind != "later" && change.Kind != "append" {
		return
	}
	const name = "api/v2/components.json"
	before, ok1 := document[apiList](change.Before, name)
	after, ok2 := document[apiList](change.After, name)
	if !ok1 || !ok2 {
		return
	}
	for _, was := range before.Components {
		for _, is := range after.Components {
			if is.ID == was.ID && is.Group == was.Group && is.UpdatedAt.Before(*was.UpdatedAt) {
				f.add("updated_at goes back ("+change.Kind+")", name, is.ID+" "+instant(is.UpdatedAt), "not before %s: %s", instant(was.UpdatedAt), change.What)
			}
		}
	}
}

// lawHidden: with what is not public yet and without it, every byte is the
// same.
func lawHidden(f *finder, change *Change) {
	if change.Kind == "hide" {
		f.sameBytes(change)
	}
}

// lawQuiet: between two boundaries no byte changes.
func lawQuiet(f *finder, change *Change) {
	if change.Kind == "quiet" {
		f.sameBytes(change)
	}
}

func (f *finder) sameBytes(change *Change) {
	names := map[string]bool{}
	for name := range change.Before.Files {
		names[name] = true
	}
	for name := range change.After.Files {
		names[name] = true
	}
	for name := range names {
		was, is := change.Before.Files[name], change.After.Files[name]
		if !bytes.Equal(was, is) {
			f.add("a file changes", name, difference(was, is), "%s: %s", difference(is, was), change.What)
		}
	}
}

// difference is where a text begins to differ from another one.
func difference(was, is []byte) string {
	at := 0
	for at < len(was) && at < len(is) && was[at] == is[at] {
		at++
	}
	from, to := max(0, at-30), min(len(is), at+60)
	return string(is[min(from, len(is)):to])
}

// lawPictures: a social picture that changes has another address.
func lawPictures(f *finder, change *Change) {
	for _, t := range change.Before.truth().events {
		name := t.Path() + "index.html"
		p, q := change.Before.page(name), change.After.page(name)
		if p == nil || q == nil || p.head("meta", "og:image") == "" {
			continue
		}
		was, is := p.head("meta", "og:image"), q.head("meta", "og:image")
		pictureWas, pictureIs := change.Before.picture(was), change.After.picture(is)
		if pictureIs == nil {
			f.add("no picture", name, is, "a file")
			continue
		}
		if same := bytes.Equal(pictureWas, pictureIs); same != (was == is) {
			f.add("a picture's address", name, is, "one that changes with the picture, as %s", was)
		}
	}
}

func (b *Build) picture(address string) []byte {
	address, _, _ = strings.Cut(address, "?")
	return b.Files[strings.TrimPrefix(strings.TrimPrefix(address, b.Content.URL), "/")]
}
