package page

import (
	"slices"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// maxComponentEvents is how many events a component's page lists; the rest
// stand in the history.
const maxComponentEvents = 50

func (t *Theme) component(s *derive.Snapshot, c *derive.Component) ComponentPage {
	up := root(c.Path())
	days := s.Days(c, s.Site.Uptime.Days)
	p := ComponentPage{
		Base:    t.base(s, up, c.Path()),
		Heading: c.Name, About: c.Description, Retired: c.Retired,
		Status:  t.componentStatus(c.Status),
		Bars:    t.bars(days),
		BarDays: t.catalog.Count("bars.days", len(days)),
	}
	if c.Group != nil {
		p.Group = c.Group.Name
	}
	p.Title = c.FullName()
	p.Live = !c.Retired
	p.Ahead = t.labelsAhead(c.Status, t.forecast(s), worst(c))
	own := up + root(s.Site.Prefix()) + c.Path()
	p.Feeds = Feeds{Atom: own + "history.atom", Calendar: own + "maintenance.ics"}
	p.Description = t.catalog.Text("component.description", "component", c.FullName(), "site", s.Site.Title)
	t.record(s, &p, days)
	for _, e := range c.Events[:min(len(c.Events), maxComponentEvents)] {
		p.Events = append(p.Events, t.entry(s, e, up))
	}
	p.More = len(c.Events) > maxComponentEvents
	return p
}

// record says in words what the bars show.
func (t *Theme) record(s *derive.Snapshot, p *ComponentPage, days []derive.Day) {
	if fraction, ok := derive.Uptime(days, s.Site.Uptime); ok {
		p.Uptime = t.catalog.Percent(fraction)
		p.Method = t.method(s.Site)
	}
	for i, d := range slices.Backward(days) {
		day := RecordedDay{Date: t.date(d.Date), Status: t.componentStatus(d.Worst)}
		if !d.Recorded && d.Worst == status.Operational {
			day.Status = Label{t.catalog.Text("uptime.unrecorded"), "unrecorded"}
		}
		text := day.Date.Text + ": " + day.Status.Text
		if down := d.Partial + d.Major; down > 0 {
			day.Down = t.catalog.Duration(down)
			text += ", " + day.Down
		}
		p.Days = append(p.Days, day)
		if d.Worst != status.Operational {
			p.Troubled = append(p.Troubled, day)
			p.Bars.Notes = append(p.Bars.Notes, BarNote{X: i * barStep, Text: text})
		}
	}
}
