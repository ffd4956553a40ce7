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

func componentChanges(from, to *site) []Item {
	var all []Item
	ids := slices.Concat(to.order, from.order)
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			continue
		}
		a, was := from.components[id]
		b, is := to.components[id]
		fields := properties("name", a.Name, b.Name, "status", a.Status, b.Status, "description", a.Description, b.Description)
		if changed := item(id, cmp.Or(b.Name, a.Name), was, is, fields); changed != nil {
			all = append(all, *changed)
		}
	}
	return all
}

func announcementChanges(from, to *site) []Item {
	var all []Item
	for _, id := range sorted(from.Announcements, to.Announcements) {
		a, was := from.Announcements[id]
		b, is := to.Announcements[id]
		if changed := item(id, cmp.Or(b.Title, a.Title), was, is, properties("title", a.Title, b.Title, "text", a.Text, b.Text)); changed != nil {
			all = append(all, *changed)
		}
	}
	return all
}

func calendarChanges(from, to *site) []Item {
	var all []Item
	for _, id := range sorted(from.calendar, to.calendar) {
		a, was := from.calendar[id]
		b, is := to.calendar[id]
		fields := properties("summary", a.Summary, b.Summary, "start", a.Start, b.Start, "end", a.End, b.End,
			"status", a.Status, b.Status, "description", a.Description, b.Description)
		if changed := item(id, cmp.Or(b.Summary, a.Summary), was, is, fields); changed != nil {
			all = append(all, *changed)
		}
	}
	return all
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
