package provenance

import (
	"maps"
	"slices"
	"time"

	"allclear/generator/git"
)

// History is what a branch has published up to HEAD. It is never changed once it
// is read.
type History struct {
	head    string // the commit
	begun   bool   // it has `provenance: git`
	commits int    // since that came
	events  map[string]*event
	changed time.Time // when any event changed last; zero if none has
}

// event is what was published of an event or announcement, by its code.
type event struct {
	said         map[string]*record // by the ids of the updates
	facts        uint64
	imported     bool
	announcement bool
	public       bool      // it stands on the branch and is no draft
	changed      time.Time // zero if it has not changed since `provenance: git` came
	commit       int       // the last that has it
}

// record is what became of an update.
type record struct {
	published time.Time // zero if it counts as when it happened
	edited    time.Time // zero if it was not
	commit    int       // that published it
	words     uint64
	imported  bool // it stood in the event when that became imported
}

// newHistory applies the commits after the one that brought `provenance: git` to
// what stood then, oldest first.
func newHistory(r *reader, first int) *History {
	h := &History{events: map[string]*event{}}
	if len(r.commits) > 0 {
		h.head = r.commits[0].ID
	}
	if first < 0 {
		return h
	}
	h.begun = true
	files := make(map[string]git.Blob, len(r.head))
	for _, f := range r.head {
		files[f.Path] = f.Blob
	}
	for _, c := range r.commits[:first] {
		for _, change := range c.Changes {
			files[change.Path] = change.Before
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if v := r.version(name, files[name]); v != nil && !v.draft {
			h.apply(v, time.Time{})
		}
	}
	git.Publish(r.commits[:first+1], time.Time{})
	for _, c := range slices.Backward(r.commits[:first]) {
		h.commit(r, c)
	}
	return h
}

// version is what the content of a file says; nil for nothing.
func (r *reader) version(name string, blob git.Blob) *version {
	k, ok := keyOf(name, blob)
	if !ok {
		return nil
	}
	return r.versions[k]
}

// commit applies a commit.
func (h *History) commit(r *reader, c git.Commit) {
	h.commits++
	for _, change := range c.Changes {
		if v := r.version(change.Path, change.After); v != nil && !v.draft {
			h.apply(v, c.Published)
		}
	}
	for _, change := range c.Changes { // after what the commit brings, since a file may have moved
		v := r.version(change.Path, change.Before)
		if v == nil || h.events[v.code] == nil {
			continue
		}
		if e := h.events[v.code]; e.public && e.commit != h.commits && !v.draft {
			if e.public = false; !v.announcement {
				h.changed = c.Published
			}
		}
	}
}

// apply applies the version of an event that is public. What stood when
// `provenance: git` came is published at no instant.
func (h *History) apply(v *version, at time.Time) {
	e := h.events[v.code]
	if e == nil {
		e = &event{announcement: v.announcement, said: make(map[string]*record, len(v.said))}
		h.events[v.code] = e
	}
	becomes := v.imported && !e.imported
	if !at.IsZero() && !becomes && (!e.public || e.facts != v.facts) {
		e.changed = at
		if !v.announcement {
			h.changed = at
		}
	}
	for i, s := range v.said {
		r := e.said[s.id]
		if r == nil {
			r = h.record(v, i, at)
			e.said[s.id] = r
		}
		if r.words != s.words {
			r.words, r.edited = s.words, at
		}
		r.imported = r.imported || becomes
	}
	e.facts, e.imported, e.public, e.commit = v.facts, v.imported, true, h.commits
}

// record begins the record of an update: that of the event before it was renamed,
// if there is one.
func (h *History) record(v *version, i int, at time.Time) *record {
	if r := h.find(v, i); r != nil {
		renamed := *r
		return &renamed
	}
	return &record{published: at, commit: h.commits, words: v.said[i].words}
}

// find is the record of an update, by its own id or one that it had; nil if there
// is none.
func (h *History) find(v *version, i int) *record {
	if e := h.events[v.code]; e != nil && e.said[v.said[i].id] != nil {
		return e.said[v.said[i].id]
	}
	for n, code := range v.older {
		if e := h.events[code]; e != nil && e.said[v.said[i].older[n]] != nil {
			return e.said[v.said[i].older[n]]
		}
	}
	return nil
}
