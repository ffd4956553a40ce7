package compare

import (
	"cmp"
	"path"
	"slices"
	"strings"
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
	i := Item{ID: id, Name: name, Kind: Changed, Fields: append([]Property{}, fields...)}
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

// changes lists the things of some ids that change, in the order of the ids. old
// and current give the properties of one as pairs of a name and a value.
func changes[T any](ids []string, from, to map[string]T, name func(T) string, old, current func(T) []string) []Item {
	var all []Item
	for _, id := range ids {
		a, was := from[id]
		b, is := to[id]
		before, after := old(a), current(b)
		var triples []string
		for i := 0; i < len(before); i += 2 {
			triples = append(triples, before[i], before[i+1], after[i+1])
		}
		if changed := item(id, cmp.Or(name(b), name(a)), was, is, properties(triples...)); changed != nil {
			all = append(all, *changed)
		}
	}
	return all
}

// siteChanges lists what changes of the site as a whole.
func siteChanges(from, to *site) []Property {
	a, b := from.status.Page, to.status.Page
	if a.ID == "" {
		a = b // nothing was public
	}
	before, after := "", ""
	if old, current := from.common(to), to.common(from); !slices.Equal(old, current) {
		before, after = from.names(old), to.names(current)
	}
	return properties("name", a.Name, b.Name, "address", a.URL, b.URL, "time zone", a.Zone, b.Zone, "page id of the API", a.ID, b.ID, "order of components", before, after)
}

// common lists the components that another site has too, and in the same group, in
// their order.
func (s *site) common(other *site) []string {
	return slices.DeleteFunc(slices.Clone(s.order), func(id string) bool {
		c, both := other.components[id]
		return !both || c.GroupID != s.components[id].GroupID
	})
}

func (s *site) names(ids []string) string {
	var names []string
	for _, id := range ids {
		names = append(names, s.components[id].Name)
	}
	return strings.Join(names, ", ")
}

func componentChanges(from, to *site) []Item {
	ids := slices.Clone(to.order)
	for _, id := range from.order {
		if _, is := to.components[id]; !is {
			ids = append(ids, id)
		}
	}
	describe := func(s *site) func(component) []string {
		return func(c component) []string {
			return []string{"name", c.Name, "status", c.Status, "description", c.Description, "group", s.components[c.GroupID].Name, "start_date", c.Start}
		}
	}
	all := changes(ids, from.components, to.components, func(c component) string { return c.Name }, describe(from), describe(to))
	for i, c := range all {
		if c.Kind == Removed && to.has("api/v2/components/"+path.Base(c.ID)+"/uptime.json") {
			all[i].Fields = append(c.Fields, Property{"page", Change{"", "stays, since the component is retired"}})
		}
	}
	return all
}

// has reports whether there is a file.
func (s *site) has(name string) bool {
	_, err := s.Read(name)
	return err == nil
}

func announcementChanges(from, to *site) []Item {
	tags := slices.Concat(from.Languages, to.Languages)
	slices.Sort(tags)
	tags = slices.Compact(tags)
	describe := func(a Announcement) []string {
		pairs := []string{"title", a.Title, "text", a.Text}
		for _, tag := range tags {
			pairs = append(pairs, "title ("+tag+")", a.In[tag].Title, "text ("+tag+")", a.In[tag].Text)
		}
		return pairs
	}
	return changes(sorted(from.Announcements, to.Announcements), from.Announcements, to.Announcements, func(a Announcement) string { return a.Title }, describe, describe)
}

func comingChanges(from, to *site) []Item {
	describe := func(c Coming) []string { return []string{"published", c.At, "text", c.Text} }
	return changes(sorted(from.Coming, to.Coming), from.Coming, to.Coming, func(c Coming) string { return c.Name }, describe, describe)
}

func calendarChanges(from, to *site) []Item {
	describe := func(a appointment) []string {
		return []string{"summary", a.Summary, "start", a.Start, "end", a.End, "status", a.Status, "description", a.Description}
	}
	return changes(sorted(from.calendar, to.calendar), from.calendar, to.calendar, func(a appointment) string { return a.Summary }, describe, describe)
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
			"address", from.local(a.Shortlink, to), to.local(b.Shortlink, from))
		words := wordings(from, to, id)
		fields = append(fields, words("")...)
		updates := updateChanges(a, b, words)
		changed := item(id, cmp.Or(b.Name, a.Name), was, is, fields)
		if changed == nil && len(updates) > 0 {
			changed = &Item{ID: id, Name: b.Name, Kind: Changed, Fields: []Property{}}
		}
		if changed != nil {
			all = append(all, Event{*changed, cmp.Or(b.Shortlink, a.Shortlink), updates})
			created[id] = cmp.Or(b.CreatedAt, a.CreatedAt)
		}
	}
	slices.SortStableFunc(all, func(a, b Event) int { return cmp.Compare(created[b.ID], created[a.ID]) })
	return all
}

// local is an address of the site, without the site's own address if that has
// changed as a whole, which is said once.
func (s *site) local(address string, other *site) string {
	if s.status.Page.URL == other.status.Page.URL {
		return address
	}
	return strings.TrimPrefix(address, strings.TrimSuffix(s.status.Page.URL, "/"))
}

// wordings gives what changes in the translations of an event: of its title for
// the id "", else of the text of an update.
func wordings(from, to *site, event string) func(id string) []Property {
	tags := sorted(from.Translations, to.Translations)
	return func(id string) []Property {
		var triples []string
		for _, tag := range tags {
			a, b := from.Translations[tag][event], to.Translations[tag][event]
			if id == "" {
				triples = append(triples, "title ("+tag+")", a.Title, b.Title)
			} else {
				triples = append(triples, "text ("+tag+")", a.Texts[id], b.Texts[id])
			}
		}
		return properties(triples...)
	}
}

// updateChanges lists the updates that change, in the order of the event.
func updateChanges(a, b *event, words func(id string) []Property) []Item {
	was, is := a.byID(), b.byID()
	all := []Item{}
	for _, u := range b.Updates {
		old, had := was[u.ID]
		if changed := item(u.ID, u.Status+" · "+moment(u.At), had, true, append(updateProperties(old, u), words(u.ID)...)); changed != nil {
			all = append(all, *changed)
		}
	}
	for _, u := range a.Updates {
		if _, has := is[u.ID]; !has {
			all = append(all, *item(u.ID, u.Status+" · "+moment(u.At), true, false, append(updateProperties(u, update{}), words(u.ID)...)))
		}
	}
	return all
}

// byID are the updates of an event by their ids.
func (e *event) byID() map[string]update {
	all := make(map[string]update, len(e.Updates))
	for _, u := range e.Updates {
		all[u.ID] = u
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
			e.Fields = properties("title", a.Title, b.Title, "link", a.URL, b.URL, "date_published", a.Published, b.Published, "date_modified", a.Modified, b.Modified)
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
