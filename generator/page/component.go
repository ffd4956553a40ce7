package page

import (
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// maxComponentEvents is how many events a component's page lists; the history
// has the rest.
const maxComponentEvents = 50

func (l *Localization) component(s *derive.Snapshot, c *derive.Component) ComponentPage {
	up := upFrom(c.Path())
	days := s.Days(c, s.Site.Uptime.Days)
	p := ComponentPage{
		Base:    l.base(s, up, c.Path()),
		Heading: l.name(c.Component), About: c.Descriptions.In(l.language, c.Description), Retired: c.Retired,
		Status: l.statusOf(c), Notices: l.notices(up, c),
		Bars:    l.bars(days),
		BarDays: l.catalog.Count("bars.days", len(days)),
	}
	if c.Group != nil {
		p.Group = c.Group.Names.In(l.language, c.Group.Name)
	}
	p.Title = l.uniqueName(c.Component)
	forecast := s.Forecast()
	if !c.Retired {
		p.Live, p.AsOf = true, l.asOf(s)
	}
	p.Forecast = l.labelForecast(c, forecast)
	own := up + upFrom(s.Site.Prefix(l.language)) + c.Path()
	p.Feeds = Feeds{Atom: own + "history.atom", Calendar: own + "maintenance.ics"}
	p.Description = l.catalog.Text("component.description", "component", p.Title, "site", l.siteTitle(s.Site))
	l.record(s, up, &p, days)
	p.Events = l.entries(s, up, c.Events[:min(len(c.Events), maxComponentEvents)], time.Time{}, forecast)
	p.More = len(c.Events) > maxComponentEvents
	return p
}

// notices links to the open incidents that name a component although it is
// operational.
func (l *Localization) notices(up string, c *derive.Component) []Link {
	if !c.Noticed {
		return nil
	}
	var links []Link
	for _, e := range c.Events {
		if e.Kind == status.Incident && e.Open() {
			links = append(links, *l.eventLink(up, e))
		}
	}
	return links
}

// record says in words what the bars show, and links to what happened.
func (l *Localization) record(s *derive.Snapshot, up string, p *ComponentPage, days []derive.Day) {
	if fraction, ok := derive.Uptime(days, s.Site.Uptime); ok {
		p.Uptime, p.Until = l.catalog.Percent(fraction), l.until(s, days[len(days)-1].Open)
		p.Method = l.method(s.Site)
	}
	for i, d := range slices.Backward(days) {
		day := RecordedDay{Date: l.date(d.Date), Status: l.componentStatus(d.Worst), Until: l.until(s, d.Open)}
		switch {
		case d.Noticed:
			day.Status = l.noticed()
		case !d.Recorded && d.Worst == status.Operational:
			day.Status = Label{l.catalog.Text("uptime.unrecorded"), "unrecorded"}
		}
		text := day.Date.Text + ": " + day.Status.Text
		if down := d.Partial + d.Major; down > 0 {
			day.Down = l.catalog.Duration(down)
			text += ", " + day.Down
		}
		p.Days = append(p.Days, day)
		if d.Worst != status.Operational || d.Noticed {
			for _, e := range d.Events {
				day.Events = append(day.Events, *l.eventLink(up, e))
			}
			p.Troubled = append(p.Troubled, day)
			p.Bars.Notes = append(p.Bars.Notes, BarNote{X: i * barStep, Text: text})
		}
	}
}
