package check

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var ruleUnknownEvent = rules.Declare(diag.Rule{
	Code:  "unknown-event",
	Title: "A related event exists",
	Why:   "Otherwise the link would lead to a page that does not exist.",
})

// join checks that ids and api_ids are unique among incidents and maintenance
// together, and aliases among announcements too, and links related events, of which each may have a
// limited number. It returns the events sorted
// by first update, then by id.
func join(files []*event, announcements []*status.Announcement, drafts bool, limit int, list *diag.List) []*status.Event {
	ids, apiIDs, aliases := newUniqueIDs("id", list), newUniqueIDs("api_id", list), newUniqueIDs("alias", list)
	byID := make(map[string]*status.Event, len(files))
	events := make([]*status.Event, 0, len(files))
	for _, e := range files {
		joined := *e.Event // a copy, since a checked file may be joined again
		if ids.add(e.ID, e.at) {
			byID[e.ID] = &joined
		}
		events = append(events, &joined)
	}
	for i, e := range files {
		if e.APIID == "" {
			continue
		}
		if other := byID[e.APIID]; other != nil && other != events[i] {
			list.Add(ruleDuplicateID.At(e.apiIDAt, "api_id %q is the id of another event", e.APIID).WithHint("write another one: %s has it", other.Position.File))
			continue
		}
		apiIDs.add(e.APIID, e.apiIDAt)
	}
	known := sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(byID)) })
	for i, e := range files {
		for _, a := range e.Aliases {
			aliases.add(strings.TrimSuffix(a.Path, "/"), a.Position)
		}
		relate(events[i], e.related, byID, known, limit, list)
	}
	for _, a := range announcements {
		for _, alias := range a.Aliases {
			aliases.add(strings.TrimSuffix(alias.Path, "/"), alias.Position)
		}
	}
	if !drafts {
		isDraft := func(e *status.Event) bool { return e.Draft }
		events = slices.DeleteFunc(events, isDraft)
		for _, e := range events {
			e.Related = slices.DeleteFunc(e.Related, isDraft)
		}
	}
	slices.SortFunc(events, func(a, b *status.Event) int {
		return cmp.Or(a.Updates[0].At.Compare(b.Updates[0].At), strings.Compare(a.ID, b.ID))
	})
	return events
}

// relate links an event and its related events in both directions, since a
// reader may be on either page. known are the ids of all events, for hints.
func relate(e *status.Event, named []source.Value, byID map[string]*status.Event, known func() []string, limit int, list *diag.List) {
	for _, v := range named {
		switch other := byID[v.Text]; other {
		case nil:
			list.Add(ruleUnknownEvent.At(v.Position, "no event has the id %q", diag.Short(v.Text)).
				WithHintFrom(func() string {
					if meant := likelyEvent(v.Text, known()); meant != "" {
						return fmt.Sprintf("did you mean %q? write\nrelated: %s", meant, meant)
					}
					return "write the name of the event's file without .md"
				}))
		case e:
			list.Add(ruleUnknownEvent.At(v.Position, "an event can't be related to itself").WithHint("delete this id"))
		default:
			addRelated(e, other, limit)
			addRelated(other, e, limit)
		}
	}
}

// likelyEvent is the id that was most likely meant; "" for none. A part of an id
// that only one event has is enough.
func likelyEvent(text string, known []string) string {
	id := strings.ToLower(strings.TrimSuffix(path.Base(strings.TrimSuffix(strings.TrimSpace(text), "/")), ".md"))
	if slices.Contains(known, id) {
		return id
	}
	if near := diag.Near(id, known); near != "" {
		return near
	}
	var with []string
	for _, other := range known {
		if len(id) >= 3 && strings.Contains(other, id) {
			with = append(with, other)
		}
	}
	if len(with) == 1 {
		return with[0]
	}
	return ""
}

// addRelated adds an event to the related ones of another, up to one more than
// are allowed, which is reported later.
func addRelated(e, other *status.Event, limit int) {
	if len(e.Related) <= limit && !slices.Contains(e.Related, other) {
		e.Related = append(e.Related, other)
	}
}
