package compare

import (
	"cmp"
	"slices"
)

// properties lists the pairs of name, before and after that differ.
func properties(triples ...string) []Property {
	var all []Property
	for t := range slices.Chunk(triples, 3) {
		if t[1] != t[2] {
			all = append(all, Property{t[0], Change{t[1], t[2]}})
		}
	}
	return all
}

// item is a thing that changes, or nil if it does not.
func item(id, name string, was, is bool, fields []Property) *Item {
	i := Item{ID: id, Name: name, Kind: Changed, Fields: fields}
	switch {
	case !was:
		i.Kind = Added
	case !is:
		i.Kind = Removed
	case len(fields) == 0:
		return nil
	}
	return &i
}

// changes lists the things of some ids that change, in the order of the ids.
// describe gives a thing's name, and its properties as pairs of a name and a value.
func changes[T any](ids []string, from, to map[string]T, describe func(T) (name string, pairs []string)) []Item {
	var all []Item
	for _, id := range ids {
		a, was := from[id]
		b, is := to[id]
		before, old := describe(a)
		after, current := describe(b)
		var triples []string
		for i := 0; i < len(old); i += 2 {
			triples = append(triples, old[i], old[i+1], current[i+1])
		}
		if changed := item(id, cmp.Or(after, before), was, is, properties(triples...)); changed != nil {
			all = append(all, *changed)
		}
	}
	return all
}

func componentChanges(from, to *site) []Item {
	ids := slices.Clone(to.order)
	for _, id := range from.order {
		if _, is := to.components[id]; !is {
			ids = append(ids, id)
		}
	}
	return changes(ids, from.components, to.components, func(c component) (string, []string) {
		return c.Name, []string{"name", c.Name, "status", c.Status, "description", c.Description}
	})
}

func announcementChanges(from, to *site) []Item {
	return changes(sorted(from.Announcements, to.Announcements), from.Announcements, to.Announcements, func(a Announcement) (string, []string) {
		return a.Title, []string{"title", a.Title, "text", a.Text}
	})
}

func calendarChanges(from, to *site) []Item {
	return changes(sorted(from.calendar, to.calendar), from.calendar, to.calendar, func(a appointment) (string, []string) {
		return a.Summary, []string{"summary", a.Summary, "start", a.Start, "end", a.End, "status", a.Status, "description", a.Description}
	})
}

// eventChanges lists the events that change, newest first.
func eventChanges(from, to *site) []Event {
	var all []Event
	created := map[string]string{}
	for _, id := range sorted(from.events, to.events) {
		a, was := from.events[id]
		b, is := to.events[id]
		if !was {
			a = &event{}
		}
		if !is {
			b = &event{}
		}
		fields := properties("title", a.Name, b.Name, "status", a.Status, b.Status, "severity", a.Impact, b.Impact,
			"scheduled_for", a.ScheduledFor, b.ScheduledFor, "scheduled_until", a.ScheduledUntil, b.ScheduledUntil,
			"address", a.Shortlink, b.Shortlink)
		updates := updateChanges(a, b)
		changed := item(id, cmp.Or(b.Name, a.Name), was, is, fields)
		if changed == nil && len(updates) > 0 {
			changed = &Item{ID: id, Name: b.Name, Kind: Changed}
		}
		if changed != nil {
			all = append(all, Event{*changed, cmp.Or(b.Shortlink, a.Shortlink), updates})
			created[id] = cmp.Or(b.CreatedAt, a.CreatedAt)
		}
	}
	slices.SortStableFunc(all, func(a, b Event) int { return cmp.Compare(created[b.ID], created[a.ID]) })
	return all
}

// updateChanges lists the updates that change, in the order of the event.
func updateChanges(a, b *event) []Item {
	find := func(all []update, id string) (update, bool) {
		i := slices.IndexFunc(all, func(u update) bool { return u.ID == id })
		if i < 0 {
			return update{}, false
		}
		return all[i], true
	}
	var all []Item
	for _, u := range b.Updates {
		old, was := find(a.Updates, u.ID)
		if changed := item(u.ID, u.Status+" · "+moment(u.At), was, true, updateProperties(old, u)); changed != nil {
			all = append(all, *changed)
		}
	}
	for _, u := range a.Updates {
		if _, is := find(b.Updates, u.ID); !is {
			all = append(all, *item(u.ID, u.Status+" · "+moment(u.At), true, false, updateProperties(u, update{})))
		}
	}
	return all
}

func updateProperties(a, b update) []Property {
	return properties("status", a.Status, b.Status, "time", a.At, b.At, "text", a.Body, b.Body, "affects", a.affects(), b.affects())
}

// affects lists the components after an update: "API major_outage, …".
func (u *update) affects() string {
	var text string
	for i, c := range u.Affected {
		if i > 0 {
			text += ", "
		}
		text += c.Name + " " + c.New
	}
	return text
}

// entryChanges lists the entries of the feed that subscribers get, newest first,
// and those that vanish although their events are still there.
func entryChanges(from, to *site) []Entry {
	var all []Entry
	for _, id := range sorted(from.entries, to.entries) {
		a, was := from.entries[id]
		b, is := to.entries[id]
		e := newEntry(b)
		switch {
		case !was:
			e.Kind = Added
		case !is && to.updates[a.update()]:
			continue // older ones have left the feed
		case !is:
			e = newEntry(a)
			e.Kind = Removed
		case a != b:
			e.Kind, e.Before = Changed, plain(a.HTML)
		default:
			continue
		}
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b Entry) int { return cmp.Compare(b.At, a.At) })
	return all
}

func newEntry(e entry) Entry {
	return Entry{ID: e.ID, Language: e.Language, Title: e.Title, At: e.Published, URL: e.URL, Text: plain(e.HTML)}
}
