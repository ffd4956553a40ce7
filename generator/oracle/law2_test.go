package oracle

import (
	"slices"
	"strings"
)

// lawOneStatus: a component has the same present status on every page and in
// every document, that of the content. The worst that it had in an event is
// called the worst; what another event makes worse is said beside what this one
// does. What a maintenance is yet to touch has no green tick there.
func lawOneStatus(f *finder) {
	for _, component := range f.m.listed() {
		if f.m.endedEarly(component) || f.m.betterWordsFor(component) {
			continue // laws 13 and 14 look at these
		}
		now := f.m.componentStatus(component, f.m.at)
		f.statusOnPages(component, now)
		f.statusInText(component, now)
		f.statusInBadges(component, now)
		f.statusInAPI(component, now)
	}
	f.affectedLists()
}

func (f *finder) oneStatus(file, said, now string) {
	if said != now {
		f.add("present status", file, said, "%s", now)
	}
}

func (f *finder) statusOnPages(component *Component, now string) {
	onIndex := false
	for _, at := range f.componentPlaces(component) {
		node := at.node
		if at.file != "index.html" {
			node = f.b.page(at.file).lead()
		}
		statuses := statusesIn(words(node))
		if len(statuses) == 0 {
			f.add("no present status", at.file, words(node), "%s is %s", component.ID, now)
			continue
		}
		f.oneStatus(at.file+" "+component.ID, statuses[0], now)
		onIndex = onIndex || at.file == "index.html"
	}
	if !onIndex && f.b.page("index.html") != nil {
		f.add("no present status", "index.html", "", "%s is %s", component.ID, now)
	}
}

func (f *finder) statusInText(component *Component, now string) {
	_, rows, _ := f.b.statusText()
	for _, row := range rows {
		if row.group == component.Group && row.name == component.Name || row.group == "" && row.name == component.Full() {
			f.oneStatus("status.txt "+component.ID, row.status, now)
			return
		}
	}
	f.add("present status", "status.txt", "", "%s is %s", component.ID, now)
}

func (f *finder) statusInBadges(component *Component, now string) {
	for _, name := range []string{"badge.json", "badge.svg"} {
		name = "components/" + component.ID + "/" + name
		_, message, color := f.b.badge(name)
		if message != word(now) {
			f.add("present status", name, message, "%s", word(now))
		}
		if slices.Contains(greens, color) != (now == "operational") {
			f.add("present status", name, message+" in "+color, "the colour of %s", now)
		}
	}
}

// withComponents are the documents that say a component's present status.
var withComponents = []string{
	"api/v2/summary.json", "api/v2/components.json", "api/v2/incidents.json", "api/v2/incidents/unresolved.json",
	"api/v2/scheduled-maintenances.json", "api/v2/scheduled-maintenances/upcoming.json", "api/v2/scheduled-maintenances/active.json",
}

func (f *finder) statusInAPI(component *Component, now string) {
	for _, name := range withComponents {
		doc, ok := document[apiList](f.b, name)
		if !ok {
			f.add("no document", name, "", "a list")
			continue
		}
		all := slices.Clone(doc.Components)
		for _, event := range slices.Concat(doc.Incidents, doc.Maintenances) {
			all = append(all, event.Components...)
		}
		for _, said := range all {
			if said.ID == component.Code() && !said.Group {
				f.oneStatus(name+" "+component.ID, said.Status, now)
			}
		}
	}
}

// affectedLists looks at what the pages of events say beside the names of
// components, their timelines aside.
func (f *finder) affectedLists() {
	for _, t := range f.m.events {
		name := t.Path() + "index.html"
		p := f.b.page(name)
		if p == nil {
			continue
		}
		for _, component := range f.m.touched(t) {
			if t.open() && !f.m.retired(component, f.m.at) && !slices.ContainsFunc(f.b.items(p), func(i item) bool { return f.c.component(i.id) == component }) {
				f.add("an event's page does not say what it affects", name, "", "%s", component.ID)
			}
		}
		for _, i := range f.b.items(p) {
			component := f.c.component(i.id)
			if component == nil || i.kind != "components" || strings.Contains(strings.ToLower(i.under), "timeline") || f.m.endedEarly(component) || f.m.betterWordsFor(component) {
				continue
			}
			f.affected(name, t, component, i)
			f.strip(name, t, component, i)
		}
	}
	f.cards()
}

// cards looks at what the index says of components beside an event.
func (f *finder) cards() {
	p := f.b.page("index.html")
	if p == nil {
		return
	}
	for _, i := range f.b.items(p) {
		component, t := f.c.component(i.id), f.m.event(i.of)
		if i.kind == "components" && component != nil && t != nil && !f.m.endedEarly(component) && !f.m.betterWordsFor(component) {
			f.affected(p.Path, t, component, i)
		}
	}
}

func (f *finder) affected(name string, t *Told, component *Component, i item) {
	now, worst := f.m.componentStatus(component, f.m.at), f.m.worstDoneTo(t, component)
	callsWorst := strings.Contains(strings.ToLower(i.text+" "+i.under), "worst")
	for _, said := range statusesIn(words(withoutRecord(i.node))) {
		switch {
		case said == now, callsWorst && said == worst:
		case t.open() && said == t.statusOf(component, f.c, f.m.at) && saysToo(i, now):
		case t.open():
			f.add("an open event says another present status", name, component.ID+" "+said, "%s now, %s at worst", now, worst)
		default:
			f.add("the worst is not called the worst", name, component.ID+" "+said, "%s now, %s at worst", now, worst)
		}
	}
	if t.Maintenance && t.status() == "scheduled" && green(i.node) {
		f.add("a green tick before maintenance", name, i.text, "no tick")
	}
}

// saysToo reports whether an item says a status: an open event may say what it
// does to a component only if it says, too, that the component is worse because
// of another event.
func saysToo(i item, now string) bool {
	return strings.Contains(strings.ToLower(i.text), "overall") && slices.Contains(statusesIn(words(withoutRecord(i.node))), now)
}

// strip looks at what an event's page says of a component's status at an instant of
// the event.
func (f *finder) strip(name string, t *Told, component *Component, i item) {
	for _, span := range records(i.node) {
		said, at := statusesIn(words(span)), times(span)
		if len(said) != 1 || len(at) == 0 {
			f.add("a time of an event without a status and a time", name, words(span), "both")
			continue
		}
		if truth := t.statusOf(component, f.c, at[0]); said[0] != truth {
			f.add("another status in an event's time", name, component.ID+" "+words(span), "%s", truth)
		}
	}
}

// endedEarly reports whether the present status of a component hangs on an
// `ended` of an event that is still open.
func (m *Model) endedEarly(component *Component) bool {
	return slices.ContainsFunc(m.events, func(t *Told) bool {
		return !t.Maintenance && t.open() && !t.Ended.IsZero() && !t.Ended.After(m.now) && t.names(component, m.c)
	})
}

// betterWordsFor reports whether a component is in a maintenance of which
// somebody says by hand, within the lag, what the clock has just done.
func (m *Model) betterWordsFor(component *Component) bool {
	return slices.ContainsFunc(m.events, func(t *Told) bool {
		return t.Maintenance && t.names(component, m.c) && t.betterWordsNear(m)
	})
}

// clockDiffers reports whether a maintenance of a component has other updates
// than those that the content makes, or an event that is open an end of its
// impact, so that its hours are for laws 14 and 13.
func (f *finder) clockDiffers(component *Component) bool {
	return f.m.endedEarly(component) || slices.ContainsFunc(f.m.events, func(t *Told) bool {
		if !t.Maintenance || !t.names(component, f.c) {
			return false
		}
		_, event := f.b.eventDocument(t)
		return event != nil && sequence(event) != t.sequence()
	})
}

// betterWordsNear reports whether the instant is between what the clock did
// and a status by hand soon after it, which is written in the file already.
func (t *Told) betterWordsNear(m *Model) bool {
	for _, u := range t.updates {
		if !u.Clock {
			continue
		}
		for _, hand := range t.Event.Updates {
			late := hand.At.Sub(u.At)
			if hand.Status != "" && late >= 0 && late <= lag && !u.At.After(m.now) && hand.At.After(m.now) {
				return true
			}
		}
	}
	return false
}

// lawEnded: `ended` in an event that is still open takes effect at its
// instant.
func lawEnded(f *finder) {
	for _, component := range f.m.listed() {
		if !f.m.endedEarly(component) || f.m.betterWordsFor(component) {
			continue
		}
		now := f.m.componentStatus(component, f.m.at)
		sub := &finder{law: f.law, b: f.b, m: f.m, c: f.c}
		sub.statusOnPages(component, now)
		sub.statusInText(component, now)
		sub.statusInBadges(component, now)
		sub.statusInAPI(component, now)
		sub.exactAPI(component)
		f.found = append(f.found, sub.found...)
	}
}

// lawWholeGroup: a group's status and count are those of all its members.
func lawWholeGroup(f *finder) {
	_, members := f.m.groups()
	for _, list := range []string{"api/v2/components.json", "api/v2/summary.json"} {
		doc, ok := document[apiList](f.b, list)
		if !ok {
			continue
		}
		for _, group := range doc.Components {
			if of := members[group.Name]; group.Group && of != nil {
				f.groupInAPI(list, group, of)
			}
		}
	}
	f.groupsOnIndex()
}

func (f *finder) groupsOnIndex() {
	p := f.b.page("index.html")
	if p == nil {
		return
	}
	names, members := f.m.groups()
	for _, part := range p.groupParts(names) {
		of := members[part.name]
		if m := countForm.FindStringSubmatch(part.text); m != nil && m[1] != itoa(len(of)) {
			f.add("a group's count", "index.html", part.name+" "+part.text, "%d components", len(of))
		}
		worst := f.m.worstOf(of)
		statuses := statusesIn(part.text)
		if len(statuses) > 0 && statuses[0] != worst && !f.excused(of) {
			f.add("a group's status", "index.html", part.name+" "+part.text, "%s", worst)
		}
		if part.green && worst != "operational" && (len(statuses) == 0 || statuses[0] == worst) {
			f.add("a group in green", "index.html", part.name+" "+part.text, "%s", worst)
		}
	}
}

// excused reports whether laws 13 and 14 look at one of some components.
func (f *finder) excused(of []*Component) bool {
	return slices.ContainsFunc(of, func(c *Component) bool { return f.m.endedEarly(c) || f.m.betterWordsFor(c) })
}

func (f *finder) groupInAPI(list string, group apiComponent, of []*Component) {
	var ids []string
	for _, member := range of {
		ids = append(ids, member.Code())
	}
	if !slices.Equal(ids, group.Components) {
		f.add("a group's members", list, strings.Join(group.Components, " "), "%s", strings.Join(ids, " "))
	}
	if worst := f.m.worstOf(of); group.Status != worst && !f.excused(of) {
		f.add("a group's status", list, group.Name+" "+group.Status, "%s", worst)
	}
}
