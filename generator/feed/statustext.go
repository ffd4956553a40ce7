package feed

import (
	"io"
	"slices"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
	"allclear/generator/wrap"
)

// maxOpen is how many events of a kind status.txt lists at most.
const maxOpen = 50

// statusText writes the whole status for a terminal: the verdict,
// announcements, open incidents, running and planned maintenance, every
// component, and the time.
func (m maker) statusText(w io.Writer) error {
	var s screen
	banner := m.words.Text("banner." + string(m.Banner.Message))
	if m.Banner.Speaker != nil {
		banner = m.words.Text("index.verdict", "banner", banner, "title", output.Line(m.Banner.Speaker.Title))
	}
	s.text("", "", m.words.Text("status_txt.verdict", "site", output.Line(m.Site.Title), "banner", banner))
	m.announcements(&s)
	m.open(&s, "status_txt.incidents", func(e *derive.Event) bool { return e.Kind == status.Incident && e.Open() })
	m.open(&s, "status_txt.running", (*derive.Event).Active)
	m.open(&s, "status_txt.upcoming", (*derive.Event).Upcoming)
	m.components(&s)
	s.WriteString("\n")
	s.address("", m.Site.Absolute(""))
	s.text("", "", m.words.Text("status_txt.updated", "time", m.words.DateTime(m.At)))
	_, err := io.WriteString(w, s.String())
	return err
}

func (m maker) announcements(s *screen) {
	if len(m.Announcements) == 0 {
		return
	}
	s.heading(m.words.Text("status_txt.announcements"))
	for _, a := range m.Announcements {
		s.WriteString("\n")
		s.text("* ", "  ", output.Line(a.Title))
		if a.Text.Plain != "" {
			s.text("  ", "  ", a.Text.Plain)
		}
	}
}

// open lists the events that fulfil a condition: incidents from the newest,
// maintenance from the soonest.
func (m maker) open(s *screen, heading string, holds func(*derive.Event) bool) {
	var events []*derive.Event
	for _, e := range m.Events {
		if holds(e) {
			events = append(events, e)
		}
	}
	if len(events) == 0 {
		return
	}
	if events[0].Kind == status.Maintenance {
		slices.SortFunc(events, soonest)
	}
	s.heading(m.words.Text(heading))
	for _, e := range events[:min(len(events), maxOpen)] {
		m.event(s, e)
	}
	if rest := len(events) - maxOpen; rest > 0 {
		s.WriteString("\n")
		s.text("  ", "  ", m.words.Count("list.more", rest))
	}
}

// event writes an event's title, its status, the components that it affects,
// its newest update and the address of its page.
func (m maker) event(s *screen, e *derive.Event) {
	last := e.Updates[len(e.Updates)-1]
	s.WriteString("\n")
	s.text("* ", "  ", output.Line(e.Title))
	s.text("  ", "  ", m.facts(e))
	if names := m.names(e.Affected); names != "" {
		s.text("  ", "  ", m.words.Text("status_txt.affects", "components", names))
	}
	if p := e.Promise; !p.By.IsZero() {
		key := "next.update"
		if p.Overdue {
			key = "next.overdue"
		}
		s.text("  ", "  ", m.words.Text(key, "time", m.words.Short(p.By, m.At)))
	}
	if text := last.DisplayText(m.words).Plain; text != "" {
		s.WriteString("\n")
		s.text("  ", "  ", text)
		s.WriteString("\n")
	}
	s.address("  ", m.Site.Absolute(e.Path()))
}

// facts are an event's severity, its status, and when it began or is planned.
func (m maker) facts(e *derive.Event) string {
	var facts []string
	if e.Kind == status.Incident {
		facts = append(facts, m.words.Text("severity."+e.Severity.String()))
	}
	facts = append(facts, m.words.Text("event_label."+e.Status.String()))
	if e.Kind == status.Incident {
		facts = append(facts, m.words.Text("period.since", "time", m.words.Short(e.StartedAt, m.At)))
	} else {
		from, until := m.words.ShortWindow(e.ScheduledFor, e.ScheduledUntil, m.At)
		facts = append(facts, m.words.Text("period.range", "from", from, "until", until))
	}
	return strings.Join(facts, " · ")
}

// components lists every component, with its status first, since a name can be
// of any length, and each group with the status of all its members.
func (m maker) components(s *screen) {
	if len(m.Items) == 0 {
		return
	}
	s.heading(m.words.Text("status_txt.components"))
	s.WriteString("\n")
	width := 0
	for _, word := range status.ComponentStatuses() {
		width = max(width, wrap.Columns(m.words.Text("component_status."+word)))
	}
	write := func(c *derive.Component) {
		word := m.words.Text("component_status." + c.Status.String())
		name := output.Line(c.Name)
		if c.Noticed {
			name += " · " + output.Line(openOf(c).Title)
		}
		s.text("  "+pad(word, width)+"  ", strings.Repeat(" ", width+4), name)
	}
	for i, item := range m.Items {
		if item.Component != nil {
			write(item.Component)
			continue
		}
		if i > 0 {
			s.WriteString("\n")
		}
		s.text("  ", "  ", output.Line(item.Group.Name)+" · "+m.words.Text("component_status."+groupStatus(item.Group)))
		for _, c := range item.Group.Components {
			write(c)
		}
		if i+1 < len(m.Items) && m.Items[i+1].Component != nil {
			s.WriteString("\n")
		}
	}
}

// openOf is the newest open incident that names a component.
func openOf(c *derive.Component) *derive.Event {
	i := slices.IndexFunc(c.Events, func(e *derive.Event) bool { return e.Kind == status.Incident && e.Open() })
	return c.Events[i]
}

// groupStatus is the key of a group's status. A group is not simply operational if
// an open incident names one of its components.
func groupStatus(g *derive.Group) string {
	noticed := slices.ContainsFunc(g.Components, func(c *derive.Component) bool { return c.Noticed })
	if g.Status == status.Operational && noticed {
		return "noticed"
	}
	return g.Status.String()
}
