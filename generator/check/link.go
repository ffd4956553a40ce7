package check

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"allclear/generator/diag"
	"allclear/generator/status"
)

var ruleUnknownEvent = &diag.Rule{
	Code:  "unknown-event",
	Title: "A related event exists",
	Why:   "A link to a page that is not there helps no reader.",
}

// links is the events of a site, joined.
type links struct {
	events  []*event        // as they were given; nil for a file that tells of none
	places  []int           // of each of them in sorted, or -1
	sorted  []*status.Event // by first update, then by id; drafts are left out where nobody is to see them
	related map[string]bool // the ids that name others or are named
	ahead   []*status.Event // of sorted, those with an update that the clock has yet to reach
	faulty  bool            // something in them was wrong
}

// link joins what the files say of each other: ids, api_ids and aliases that
// must be unique over incidents and maintenance together, and related events.
func link(given []*event, drafts bool, now time.Time, list *diag.List) links {
	l := links{events: given, places: make([]int, len(given)), related: relatedIDs(given)}
	events := linkable(given, l.related)
	before := len(*list)
	join(events, list)
	l.faulty = len(*list) > before
	type entry struct { // of what it is sorted by, beside each other in memory
		at time.Time
		id string
		i  int
	}
	var order []entry
	for i, e := range events {
		if l.places[i] = -1; e != nil && (drafts || !e.Draft) {
			order = append(order, entry{e.Updates[0].At, e.ID, i})
		}
	}
	slices.SortFunc(order, func(a, b entry) int {
		if byTime := a.at.Compare(b.at); byTime != 0 {
			return byTime
		}
		return strings.Compare(a.id, b.id)
	})
	for place, o := range order {
		i, e := o.i, events[o.i].Event
		if !drafts && len(e.Related) > 0 { // a copy then, see linkable
			e.Related = slices.DeleteFunc(e.Related, func(r *status.Event) bool { return r.Draft })
		}
		l.places[i], l.sorted = place, append(l.sorted, e)
		l.see(e, now)
	}
	return l
}

// follow takes over how events were joined the last time, with each edited
// one in the place of what it was before; it is false where that can't be.
func (l *links) follow(events []*event, now time.Time) bool {
	if l.faulty || len(events) != len(l.events) {
		return false
	}
	next := *l
	next.events, next.sorted, next.ahead = events, slices.Clone(l.sorted), slices.Clone(l.ahead)
	for i, e := range events {
		before := l.events[i]
		switch {
		case e == before:
		case before == nil || e == nil || !l.alike(before, e):
			return false
		case l.places[i] >= 0:
			next.sorted[l.places[i]] = e.Event
			next.ahead = slices.DeleteFunc(next.ahead, func(a *status.Event) bool { return a == before.Event })
			next.see(e.Event, now)
		}
	}
	*l = next
	return true
}

// alike reports whether two versions of an event differ in nothing that
// matters to other events.
func (l *links) alike(a, b *event) bool {
	return a.Kind == b.Kind && a.ID == b.ID && a.APIID == b.APIID && a.Draft == b.Draft &&
		a.Updates[0].At.Equal(b.Updates[0].At) && !l.related[a.ID] && len(b.related) == 0 &&
		slices.EqualFunc(a.Aliases, b.Aliases, func(a, b status.Alias) bool { return a.Path == b.Path })
}

// see notes an event of which something lies ahead.
func (l *links) see(e *status.Event, now time.Time) {
	if e.Updates[len(e.Updates)-1].At.After(now) {
		l.ahead = append(l.ahead, e)
	}
}

// relatedIDs lists the ids of events that name others or are named.
func relatedIDs(events []*event) map[string]bool {
	related := map[string]bool{}
	for _, e := range events {
		if e == nil {
			continue
		}
		for _, v := range e.related {
			related[e.ID], related[v.Text] = true, true
		}
	}
	return related
}

// linkable makes copies of the events that relate will write into: what was
// checked is kept for the next time.
func linkable(events []*event, related map[string]bool) []*event {
	events = slices.Clone(events)
	for i, e := range events {
		if e != nil && len(related) > 0 && related[e.ID] {
			copied, inner := *e, *e.Event
			copied.Event = &inner
			events[i] = &copied
		}
	}
	return events
}

// join joins events with each other, and reports where two of them hold the
// same.
func join(events []*event, list *diag.List) {
	ids, api, aliases := newOwners("id", list), newOwners("api_id", list), newOwners("alias", list)
	var rightful []*status.Event // each the first of its id
	for _, e := range events {
		if e != nil && ids.take(e.ID, e.at) {
			rightful = append(rightful, e.Event)
		}
	}
	known := sync.OnceValue(func() map[string]*status.Event { // most sites never ask
		m := make(map[string]*status.Event, len(rightful))
		for _, e := range rightful {
			m[e.ID] = e
		}
		return m
	})
	for _, e := range events {
		if e == nil || e.APIID == "" {
			continue
		}
		if other, isID := known()[e.APIID]; isID && other != e.Event {
			list.Add(ruleDuplicateID.At(e.apiIDAt, "api_id %q is the id of another event", e.APIID).WithHint("%s has it; each must be its own", other.Position.File))
			continue
		}
		api.take(e.APIID, e.apiIDAt)
	}
	for _, e := range events {
		if e == nil {
			continue
		}
		for _, a := range e.Aliases {
			aliases.take(strings.TrimSuffix(a.Path, "/"), a.Position)
		}
		relate(e, known, list)
	}
}

// relate joins an event with those that it names, each with the other, since
// a reader may stand on either page.
func relate(e *event, known func() map[string]*status.Event, list *diag.List) {
	for _, v := range e.related {
		switch other := known()[v.Text]; {
		case other == nil:
			list.Add(ruleUnknownEvent.At(v.Position, "no event has the id %q", short(v.Text)).
				WithHint("%san event's id is its file's name without .md", diag.DidYouMean(v.Text, slices.Sorted(maps.Keys(known())))))
		case other == e.Event:
			list.Add(ruleUnknownEvent.At(v.Position, "an event is not related to itself").WithHint("leave it out"))
		default:
			addRelated(e.Event, other)
			addRelated(other, e.Event)
		}
	}
}

func addRelated(e, other *status.Event) {
	if !slices.Contains(e.Related, other) {
		e.Related = append(e.Related, other)
	}
}

// sortAnnouncements puts announcements in the order in which they begin, and
// leaves out drafts where nobody is to see them.
func sortAnnouncements(announcements []*status.Announcement, drafts bool) []*status.Announcement {
	announcements = slices.DeleteFunc(announcements, func(a *status.Announcement) bool { return a == nil || a.Draft && !drafts })
	slices.SortFunc(announcements, func(a, b *status.Announcement) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.ID, b.ID))
	})
	return announcements
}
