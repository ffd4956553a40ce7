package check

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/status"
)

var ruleUnknownEvent = &diag.Rule{
	Code:  "unknown-event",
	Title: "A related event exists",
	Why:   "A link to a page that is not there helps no reader.",
}

// link joins what the files say of each other: ids, api_ids and aliases that
// must be unique over incidents and maintenance together, and related events.
func link(site *status.Site, events []*event, list *diag.List) {
	events = linkable(events)
	ids, api := newOwners("id", list), newOwners("api_id", list)
	known := make(map[string]*status.Event, len(events))
	for _, e := range events {
		if ids.take(e.ID, e.at) {
			known[e.ID] = e.Event
		}
	}
	for _, e := range events {
		if e.APIID == "" {
			continue
		}
		if other, isID := known[e.APIID]; isID && other != e.Event {
			list.Add(ruleDuplicateID.At(e.apiIDAt, "api_id %q is the id of another event", e.APIID).WithHint("%s has it; each must be its own", other.Position.File))
			continue
		}
		api.take(e.APIID, e.apiIDAt)
	}
	aliases := newOwners("alias", list)
	for _, e := range events {
		for _, a := range e.Aliases {
			aliases.take(strings.TrimSuffix(a.Path, "/"), a.Position)
		}
		relate(e, known, list)
		site.Events = append(site.Events, e.Event)
	}
	sortEvents(site.Events)
}

// linkable lists the events that there are. Those that relate will write into
// are copies: what was checked is kept for the next time.
func linkable(events []*event) []*event {
	events = slices.DeleteFunc(slices.Clone(events), func(e *event) bool { return e == nil })
	related := map[string]bool{}
	for _, e := range events {
		for _, v := range e.related {
			related[e.ID], related[v.Text] = true, true
		}
	}
	for i, e := range events {
		if related[e.ID] {
			copied, inner := *e, *e.Event
			copied.Event = &inner
			events[i] = &copied
		}
	}
	return events
}

// relate joins an event with those that it names, each with the other, since
// a reader may stand on either page.
func relate(e *event, known map[string]*status.Event, list *diag.List) {
	for _, v := range e.related {
		switch other := known[v.Text]; {
		case other == nil:
			list.Add(ruleUnknownEvent.At(v.Position, "no event has the id %q", short(v.Text)).
				WithHint("%san event's id is its file's name without .md", diag.DidYouMean(v.Text, slices.Sorted(maps.Keys(known)))))
		case other == e.Event:
			list.Add(ruleUnknownEvent.At(v.Position, "an event is not related to itself").WithHint("leave it out"))
		default:
			join(e.Event, other)
			join(other, e.Event)
		}
	}
}

func join(e, other *status.Event) {
	if !slices.Contains(e.Related, other) {
		e.Related = append(e.Related, other)
	}
}

// keep puts announcements into the site, and takes drafts out of it.
func keep(site *status.Site, announcements []*status.Announcement, drafts bool) {
	for _, a := range announcements {
		if a != nil && (drafts || !a.Draft) {
			site.Announcements = append(site.Announcements, a)
		}
	}
	slices.SortFunc(site.Announcements, func(a, b *status.Announcement) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.ID, b.ID))
	})
	if drafts {
		return
	}
	site.Events = slices.DeleteFunc(site.Events, func(e *status.Event) bool { return e.Draft })
	for _, e := range site.Events {
		e.Related = slices.DeleteFunc(e.Related, func(r *status.Event) bool { return r.Draft })
	}
}
