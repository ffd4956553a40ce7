package oracle

import (
	"slices"
	"time"
)

// Model is what is true at one instant, worked out from the content alone, as
// DESIGN sections 2 to 4 have it. It is slow and plain on purpose: every
// question is answered by looking at all events again.
type Model struct {
	c      *Content
	now    time.Time
	at     time.Time // now, floored to the newest boundary
	events []*Told   // those that the public can see, in the order of their files

	found   map[string][]interval // what was asked before
	records map[string]record
	months  map[string][]day
	year    []day // the last dates
}

// Told is an event as far as it has been told.
type Told struct {
	*Event
	updates     []Said
	from, until time.Time // the window now in force
	now         time.Time
}

// Said is one update that has been published, by hand or by the clock.
type Said struct {
	Update
	InForce string    // the status after it
	Clock   bool      // the clock said it first
	Better  bool      // and a person gave it better words, in Update
	After   time.Time // when a person gave it better words, else At or zero
	from    time.Time // the window after it, of a maintenance
	until   time.Time
}

// reason makes the model of content at an instant.
func reason(c *Content, now time.Time) *Model {
	m := &Model{c: c, now: now, found: map[string][]interval{}, records: map[string]record{}, months: map[string][]day{}}
	for _, e := range c.Events {
		if told := tell(e, now); told != nil {
			m.events = append(m.events, told)
		}
	}
	m.at = m.floor()
	clear(m.found)
	return m
}

// tell is an event as it has been told until an instant, nil if nothing has.
func tell(e *Event, now time.Time) *Told {
	if e.Draft || len(e.Updates) == 0 || e.Updates[0].At.After(now) {
		return nil
	}
	t := &Told{Event: e, from: e.From, until: e.Until, now: now}
	if e.Maintenance {
		t.runClock()
		return t
	}
	inForce := ""
	for _, u := range e.Updates {
		if u.At.After(now) {
			break
		}
		if u.Status != "" {
			inForce = u.Status
		}
		t.updates = append(t.updates, Said{Update: u, InForce: inForce})
	}
	return t
}

func closed(status string) bool {
	return slices.Contains([]string{"resolved", "postmortem", "completed", "cancelled"}, status)
}

// started is when an incident's impact began.
func (t *Told) started() time.Time {
	if !t.Started.IsZero() {
		return t.Started
	}
	return t.updates[0].At
}

// inForce is the status in force at an instant, "" before the first update.
func (t *Told) inForce(at time.Time) string {
	status := ""
	for _, u := range t.updates {
		if !u.At.After(at) {
			status = u.InForce
		}
	}
	return status
}

// status is the status in force now.
func (t *Told) status() string { return t.updates[len(t.updates)-1].InForce }

// open reports whether an event is open now: an incident that is not over, a
// maintenance that is neither completed nor cancelled.
func (t *Told) open() bool { return !closed(t.status()) }

// active reports whether a maintenance is being worked on at an instant.
func active(status string) bool { return status == "in_progress" || status == "verifying" }

// names reports whether the event has touched a component so far.
func (t *Told) names(component *Component, c *Content) bool {
	named := func(s Setting) bool { return c.component(s.Component) == component }
	if slices.ContainsFunc(t.Components, named) {
		return true
	}
	return slices.ContainsFunc(t.updates, func(u Said) bool { return slices.ContainsFunc(u.Settings, named) })
}

// touched lists the components that an event has touched so far, in the
// order of the site.
func (m *Model) touched(t *Told) []*Component {
	var found []*Component
	for _, component := range m.c.Components {
		if t.names(component, m.c) {
			found = append(found, component)
		}
	}
	return found
}

// severity is the highest severity that was stated, else that of the worst
// component status that was named, else none.
func (t *Told) severity() string {
	highest, stated := "none", t.Severity != ""
	raise := func(severity string) {
		if severities[severity] > severities[highest] {
			highest = severity
		}
	}
	raise(t.Severity)
	for _, u := range t.updates {
		if u.Severity != "" {
			raise(u.Severity)
		}
	}
	if stated {
		return highest
	}
	for _, s := range t.Components {
		raise(severityOf[s.Status])
	}
	for _, u := range t.updates {
		for _, s := range u.Settings {
			raise(severityOf[s.Status])
		}
	}
	return highest
}

var severities = map[string]int{"none": 0, "minor": 1, "major": 2, "critical": 3}

var severityOf = map[string]string{
	"degraded_performance": "minor", "partial_outage": "major", "major_outage": "critical",
}

var statusOfSeverity = map[string]string{
	"": "operational", "none": "operational", "minor": "degraded_performance", "major": "partial_outage", "critical": "major_outage",
}

// worse orders the component statuses.
var worse = map[string]int{
	"operational": 0, "under_maintenance": 1, "degraded_performance": 2, "partial_outage": 3, "major_outage": 4,
}

// statusOf is what an event makes of a component at an instant.
func (t *Told) statusOf(component *Component, c *Content, at time.Time) string {
	if !t.names(component, c) {
		return "operational"
	}
	if !t.Maintenance && at.Before(t.started()) {
		return "operational"
	}
	if !t.Ended.IsZero() && !at.Before(t.Ended) {
		return "operational"
	}
	status, named, byHand, severity := "", false, "", t.Severity
	for _, s := range t.Components {
		if c.component(s.Component) == component {
			named, byHand = true, s.Status
		}
	}
	for i, u := range t.updates {
		first := i == 0 && !t.Maintenance
		if first && closed(u.InForce) && at.Before(u.At) {
			status = "investigating" // told when all was over: until then as the front matter says
			break
		}
		if u.At.After(at) && !first {
			break
		}
		status = u.InForce
		if u.Severity != "" {
			severity = u.Severity
		}
		for _, s := range u.Settings {
			if c.component(s.Component) == component {
				named, byHand = true, s.Status
			}
		}
	}
	switch {
	case !named, closed(status), status == "", t.Maintenance && !active(status):
		return "operational"
	case byHand != "":
		return byHand
	case t.Maintenance:
		return "under_maintenance"
	}
	return statusOfSeverity[severity]
}

// retired reports whether a component is retired at an instant.
func (m *Model) retired(component *Component, at time.Time) bool {
	return component.Retired != "" && dateAt(at, m.c.Zone) >= component.Retired
}

// componentStatus is the worst that any event makes of a component at an
// instant.
func (m *Model) componentStatus(component *Component, at time.Time) string {
	worst := "operational"
	if m.retired(component, at) {
		return worst
	}
	for _, t := range m.events {
		if s := t.statusOf(component, m.c, at); worse[s] > worse[worst] {
			worst = s
		}
	}
	return worst
}

// listed are the components that are not retired now.
func (m *Model) listed() []*Component {
	return slices.DeleteFunc(slices.Clone(m.c.Components), func(component *Component) bool { return m.retired(component, m.at) })
}

// groups are the names of groups in the site's order, with their members that
// are listed.
func (m *Model) groups() (names []string, members map[string][]*Component) {
	members = map[string][]*Component{}
	for _, component := range m.listed() {
		if component.Group == "" {
			continue
		}
		if members[component.Group] == nil {
			names = append(names, component.Group)
		}
		members[component.Group] = append(members[component.Group], component)
	}
	return names, members
}

// worstOf is the worst present status of some components.
func (m *Model) worstOf(components []*Component) string {
	worst := "operational"
	for _, component := range components {
		if s := m.componentStatus(component, m.at); worse[s] > worse[worst] {
			worst = s
		}
	}
	return worst
}
