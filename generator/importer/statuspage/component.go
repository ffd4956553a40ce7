package statuspage

import (
	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/status"
)

// carry notes each component whose status on the page is another than the
// imported events give it: it was set by hand, beside all events.
func (s *statuspage) carry(events []*event, components *importer.Registry) {
	given := map[*status.Component]status.ComponentStatus{}
	by := map[*status.Component]*event{}
	for _, e := range events {
		if !e.openAt(s) {
			continue
		}
		for c, now := range e.now {
			if by[c] == nil || now > given[c] {
				given[c], by[c] = now, e
			}
		}
	}
	for _, id := range s.order {
		c, shown := components.Component(id), s.components[id].Status
		wanted, known := status.ParseComponentStatus(string(shown))
		if c == nil || !known || !s.listed[id] || wanted == given[c] {
			continue
		}
		where := "component " + markup.Short(c.Name)
		switch {
		case by[c] != nil:
			s.report.Note(where, "%s", "the page shows it as "+wanted.String()+", but its open event "+string(by[c].APIID)+
				" as "+given[c].String()+": after the import, add an update with --set "+c.ID+"="+wanted.String())
		case wanted == status.UnderMaintenance:
			s.report.Note(where, "%s", "the page shows it as "+wanted.String()+", but no event says so, and the site will show it as operational: allclear new --maintenance \"TITLE\" -c "+c.ID+" --from NOW --until TIME")
		default:
			s.report.Note(where, "%s", "the page shows it as "+wanted.String()+", but no event says so, and the site will show it as operational: allclear new \"TITLE\" -c "+c.ID+"="+wanted.String())
		}
	}
}

// openAt reports whether the event is going on, as far as updates and the clock
// tell.
func (e *event) openAt(s *statuspage) bool {
	last := e.Updates[len(e.Updates)-1]
	switch {
	case last.Status.Closed():
		return false
	case e.Kind == status.Incident:
		return true
	}
	return !s.now.Before(e.ScheduledFor) && s.now.Before(e.ScheduledUntil) || last.Status != status.Scheduled && s.now.Before(e.ScheduledUntil)
}
