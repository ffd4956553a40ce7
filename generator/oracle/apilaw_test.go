package oracle

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// lawAPI: the API's documents say of events just what the content says.
func lawAPI(f *finder) {
	for _, t := range f.m.events {
		name, event := f.b.eventDocument(t)
		if event == nil {
			continue // law 10 looks for it
		}
		f.eventFacts(name, t, event)
		f.eventUpdates(name, t, event)
	}
	f.lists()
	f.newestOfPage()
}

func (f *finder) same(class, file, said, want string) {
	if said != want {
		f.add(class, file, said, "%s", want)
	}
}

func instant(t *time.Time) string {
	if t == nil || t.IsZero() {
		return "null"
	}
	return t.UTC().Format(time.RFC3339)
}

// apiStatusOf is a status as the API says it.
func apiStatusOf(status string) string {
	if status == "cancelled" {
		return "completed"
	}
	return status
}

func (f *finder) eventFacts(name string, t *Told, event *apiEvent) {
	f.same("name", name, event.Name, t.Title)
	impact := "maintenance"
	if !t.Maintenance {
		impact = t.severity()
	}
	f.same("impact", name, event.Impact, impact)
	if t.Maintenance {
		f.same("scheduled_for", name, instant(event.From), instant(&t.from))
		f.same("scheduled_until", name, instant(event.Until), instant(&t.until))
	}
	if t.Maintenance && sequence(event) != t.sequence() {
		return // law 14 looks at these
	}
	f.same("status", name, event.Status, apiStatusOf(t.status()))
	first, last := t.updates[0], t.updates[len(t.updates)-1]
	f.same("created_at", name, instant(&event.CreatedAt), instant(&first.At))
	if !last.Better {
		f.same("updated_at of an event", name, instant(&event.UpdatedAt), instant(&last.At))
	}
	started := first.At
	if !t.Started.IsZero() {
		started = t.Started
	}
	f.same("started_at", name, instant(&event.StartedAt), instant(&started))
	monitoring, resolved := t.monitoringAt(), t.resolvedAt()
	f.same("monitoring_at", name, instant(event.MonitoringAt), instant(&monitoring))
	f.same("resolved_at", name, instant(event.ResolvedAt), instant(&resolved))
	for _, component := range f.m.touched(t) {
		want := f.m.worstDoneTo(t, component)
		for _, said := range event.Components {
			if said.ID == component.Code() {
				f.same("the worst status of a component", name+" "+component.ID, said.Status, want)
			}
		}
	}
}

// monitoringAt is the instant of the first update that says monitoring.
func (t *Told) monitoringAt() time.Time {
	for _, u := range t.updates {
		if u.Status == "monitoring" || u.Status == "verifying" {
			return u.At
		}
	}
	return time.Time{}
}

// resolvedAt is that of the first update of the last unbroken run of closed
// ones, zero while the event is open.
func (t *Told) resolvedAt() time.Time {
	at := time.Time{}
	for _, u := range slices.Backward(t.updates) {
		if !closed(u.InForce) {
			break
		}
		at = u.At
	}
	return at
}

// eventUpdates holds the updates of an event against what was said. Those of
// the clock are law 14's.
func (f *finder) eventUpdates(name string, t *Told, event *apiEvent) {
	if sequence(event) != t.sequence() {
		if !t.Maintenance {
			f.add("updates", name, sequence(event), "%s", t.sequence())
		}
		return
	}
	for i, said := range slices.Backward(event.Updates) {
		i = len(event.Updates) - 1 - i
		u := t.updates[i]
		if token := tokenForm.FindString(u.Text); token != "" && !strings.Contains(said.Body, token) {
			f.add("an update's text", name, said.Body, "%s", u.Text)
		}
		if u.InForce != "postmortem" {
			f.affectedBy(name, t, i, said)
		}
	}
}

// affectedBy looks at what one update is said to have changed.
func (f *finder) affectedBy(name string, t *Told, i int, said apiUpdate) {
	var want, got []string
	soFar := *t
	soFar.updates = t.updates[:i+1]
	before := *t
	before.updates = t.updates[:i]
	for _, component := range f.m.touched(&soFar) {
		old := "operational"
		switch {
		case i > 0:
			old = before.statusBefore(said.DisplayAt, component, f.c)
		case closed(t.updates[0].InForce):
			old = soFar.statusOf(component, f.c, said.DisplayAt.Add(-time.Nanosecond))
		}
		want = append(want, fmt.Sprintf("%s %s %s→%s", component.Code(), component.Full(), old, soFar.statusAfterLast(component, f.c)))
	}
	for _, a := range said.Affected {
		got = append(got, fmt.Sprintf("%s %s %s→%s", a.Code, a.Name, a.Old, a.New))
	}
	f.same("affected_components", name+" "+said.ID, strings.Join(got, ", "), strings.Join(want, ", "))
}

// statusBefore is what an event made of a component just before an update that
// comes after its last one.
func (t *Told) statusBefore(at time.Time, component *Component, c *Content) string {
	if n := len(t.updates); n > 0 && !t.updates[n-1].At.Before(at) {
		return t.statusAfterLast(component, c)
	}
	return t.statusOf(component, c, at.Add(-time.Nanosecond))
}

// statusAfterLast is what an event makes of a component once its last update
// has been said.
func (t *Told) statusAfterLast(component *Component, c *Content) string {
	return t.statusOf(component, c, t.updates[len(t.updates)-1].At)
}

// sequence is the statuses and instants of an event's updates, oldest first.
func sequence(event *apiEvent) string {
	var parts []string
	for _, u := range slices.Backward(event.Updates) {
		parts = append(parts, u.Status+" "+instant(&u.DisplayAt))
	}
	return strings.Join(parts, ", ")
}

func (t *Told) sequence() string {
	var parts []string
	for _, u := range t.updates {
		parts = append(parts, apiStatusOf(u.InForce)+" "+instant(&u.At))
	}
	return strings.Join(parts, ", ")
}

// lists: what is unresolved, upcoming and active is in the lists of that.
func (f *finder) lists() {
	ids := func(is func(*Told) bool) string {
		var found []string
		for _, t := range f.m.events {
			if is(t) && !t.betterWordsNear(f.m) {
				found = append(found, t.Code())
			}
		}
		slices.Sort(found)
		return strings.Join(found, " ")
	}
	said := func(events []apiEvent) string {
		var found []string
		for _, e := range events {
			if t := f.coded(e.ID); t == nil || !t.betterWordsNear(f.m) {
				found = append(found, e.ID)
			}
		}
		slices.Sort(found)
		return strings.Join(found, " ")
	}
	open := ids(func(t *Told) bool { return !t.Maintenance && t.open() })
	for _, name := range []string{"api/v2/incidents/unresolved.json", "api/v2/summary.json"} {
		if doc, ok := document[apiList](f.b, name); ok {
			f.same("open incidents", name, said(doc.Incidents), open)
		}
	}
	for name, is := range map[string]func(*Told) bool{
		"upcoming": func(t *Told) bool { return t.Maintenance && t.status() == "scheduled" },
		"active":   func(t *Told) bool { return t.Maintenance && active(t.status()) },
	} {
		name = "api/v2/scheduled-maintenances/" + name + ".json"
		if doc, ok := document[apiList](f.b, name); ok {
			f.same("maintenance", name, said(doc.Maintenances), ids(is))
		}
	}
}

// waiting reports whether the clock has just done what a person says by hand a
// little later, which is law 14's.
func (f *finder) waiting() bool {
	return slices.ContainsFunc(f.m.events, func(t *Told) bool { return t.betterWordsNear(f.m) })
}

// coded finds an event by the id that the API says.
func (f *finder) coded(code string) *Told {
	for _, t := range f.m.events {
		if t.Code() == code {
			return t
		}
	}
	return nil
}

func (f *finder) newestOfPage() {
	newest := f.m.newestUpdate()
	if newest.IsZero() || f.waiting() {
		return
	}
	for _, name := range []string{"api/v2/summary.json", "api/v2/status.json"} {
		if doc, ok := document[apiList](f.b, name); ok && doc.Page.UpdatedAt.Before(newest) {
			f.add("page.updated_at", name, instant(&doc.Page.UpdatedAt), "%s", instant(&newest))
		}
	}
}

// lawFeeds: all feeds have the same entries in the same order, their dates
// fall strictly, no id comes twice, and a component's feed has those that are
// about it.
func lawFeeds(f *finder) {
	atom, _ := f.b.feed("history.atom")
	want := idsOf(atom)
	for _, feed := range siteFeeds {
		entries, _ := f.b.feed(feed)
		f.same("entries", feed, idsOf(entries), want)
		seen := map[string]bool{}
		for i, e := range entries {
			if seen[e.ID] {
				f.add("an id twice", feed, e.ID, "each id once")
			}
			seen[e.ID] = true
			if i > 0 && !entries[i-1].Published.After(e.Published) {
				f.add("dates that do not fall", feed, instant(&e.Published), "before %s", instant(&entries[i-1].Published))
			}
		}
	}
	for _, component := range f.c.Components {
		name := "components/" + component.ID + "/history.atom"
		entries, _ := f.b.feed(name)
		for _, e := range entries {
			known := slices.ContainsFunc(atom, func(o entry) bool { return o.ID == e.ID && o.Title == e.Title })
			if !known && len(atom) < 50 {
				f.add("an entry of its own", name, e.Title, "an entry of history.atom too")
			}
		}
	}
}

func idsOf(entries []entry) string {
	var ids []string
	for _, e := range entries {
		ids = append(ids, e.ID)
	}
	return strings.Join(ids, " ")
}
