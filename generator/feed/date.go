package feed

import (
	"cmp"
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// dates are the dates of publication that entries carry: when they were published,
// by the history of a site with provenance, else when they happened. All of the
// site's are different, since programs that keep the newest date they have seen drop
// an entry of the same one. An entry has the same date in every feed.
type dates struct {
	updates       map[*status.Update]time.Time
	announcements map[*status.Announcement]time.Time
}

// dated is an entry that needs a date.
type dated struct {
	at       time.Time
	commit   int    // that published it; 0 if that is not known
	code     string // of its event
	position int    // in its event
	set      func(time.Time)
}

// datesOf gives each entry its own instant, or a second more than the entry
// before it. Entries of one instant go by their commit, their event's id and their
// position, so that a later entry changes no date.
func datesOf(s *derive.Snapshot) dates {
	d := dates{map[*status.Update]time.Time{}, map[*status.Announcement]time.Time{}}
	var all []dated
	for _, e := range s.Events {
		for i, u := range e.Updates {
			all = append(all, dated{u.Public(), u.Commit, e.Code(), i, func(t time.Time) { d.updates[u.Update] = t }})
		}
	}
	for _, a := range s.Announced {
		all = append(all, dated{a.Public(), a.Commit, "announcement " + a.ID, 0, func(t time.Time) { d.announcements[a] = t }})
	}
	slices.SortFunc(all, func(a, b dated) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.commit, b.commit), cmp.Compare(a.code, b.code), cmp.Compare(a.position, b.position))
	})
	var last time.Time
	for _, entry := range all {
		at := entry.at.Truncate(time.Second)
		if !at.After(last) {
			at = last.Add(time.Second)
		}
		entry.set(at.In(entry.at.Location()))
		last = at
	}
	return d
}
