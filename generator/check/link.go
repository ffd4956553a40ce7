package check

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var ruleUnknownEvent = rules.Declare(diag.Rule{
	Code:  "unknown-event",
	Title: "A related event exists",
	Why:   "A link to a page that is not there helps no reader.",
})

// join joins what the files say of each other: ids, api_ids and aliases, which
// must be unique over incidents and maintenance together, and related events.
// It returns the events by first update, then by id.
func join(files []*event, drafts bool, list *diag.List) []*status.Event {
	ids, api, aliases := newOwners("id", list), newOwners("api_id", list), newOwners("alias", list)
	byID := make(map[string]*status.Event, len(files))
	events := make([]*status.Event, 0, len(files))
	for _, e := range files {
		joined := *e.Event // related events are added to the copy: a checked file may be joined again
		if ids.take(e.ID, e.at) {
			byID[e.ID] = &joined
		}
		events = append(events, &joined)
	}
	for i, e := range files {
		if e.APIID == "" {
			continue
		}
		if other := byID[e.APIID]; other != nil && other != events[i] {
			list.Add(ruleDuplicateID.At(e.apiIDAt, "api_id %q is the id of another event", e.APIID).WithHint("%s has it; each must be its own", other.Position.File))
			continue
		}
		api.take(e.APIID, e.apiIDAt)
	}
	for i, e := range files {
		for _, a := range e.Aliases {
			aliases.take(strings.TrimSuffix(a.Path, "/"), a.Position)
		}
		relate(events[i], e.related, byID, list)
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

// relate links an event and those that it names, in both directions, since a
// reader may be on either page.
func relate(e *status.Event, named []source.Value, byID map[string]*status.Event, list *diag.List) {
	for _, v := range named {
		switch other := byID[v.Text]; other {
		case nil:
			list.Add(ruleUnknownEvent.At(v.Position, "no event has the id %q", short(v.Text)).
				WithHint("%san event's id is its file's name without .md", diag.DidYouMean(v.Text, slices.Sorted(maps.Keys(byID)))))
		case e:
			list.Add(ruleUnknownEvent.At(v.Position, "an event is not related to itself").WithHint("leave it out"))
		default:
			addRelated(e, other)
			addRelated(other, e)
		}
	}
}

func addRelated(e, other *status.Event) {
	if !slices.Contains(e.Related, other) {
		e.Related = append(e.Related, other)
	}
}
