package page

import (
	"html/template"
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// ComponentPage is the page of one component, component.html.
type ComponentPage struct {
	Base
	Group    string // may be empty
	Heading  string
	About    string // its description; may be empty
	Retired  bool
	Status   Label
	Notices  []Link // the open incidents that name it although it is operational
	Forecast []LabelForecast
	Bars     Bars
	Record   string        // the span of the bars: "Last 90 days"
	Ago      string        // the same as the start of an axis: "90 days ago"
	Uptime   string        // "99.98 %"; empty if nothing is recorded yet
	Until    template.HTML // "until …", if the uptime does not count to now
	Method   string        // how uptime is calculated
	Troubled []RecordedDay // the days that were not all well, newest first
	Days     []RecordedDay // every day of the bars, newest first
	Events   []Entry       // newest first
	More     bool          // it has older ones, which are in the history
	Own      Subscription  // its own feed and calendar
}

// RecordedDay is one date of a component's record.
type RecordedDay struct {
	Date   Time
	Status Label         // the worst of the day; "no data" if nothing is recorded
	Down   string        // for how long it was out; empty for no outage
	Until  template.HTML // "until …", if that does not count to now
	Events []Link        // because of which it was not all well
}

// maxComponentEvents is how many events a component's page lists; the history
// has the rest.
const maxComponentEvents = 50

func (l *Localization) component(s *derive.Snapshot, c *derive.Component) ComponentPage {
	up := upFrom(c.Path())
	if !c.Retired {
		l = l.beside(s.At)
	}
	days := s.Days(c, s.Site.Uptime.Days)
	p := ComponentPage{
		Base:    l.base(s, up, c.Path()),
		Heading: l.name(c.Component), About: c.Descriptions.In(l.language, c.Description), Retired: c.Retired,
		Status: l.statusOf(c), Notices: l.notices(up, c),
		Bars:   l.bars(days),
		Record: l.catalog.Count("component.record", len(days)),
		Ago:    l.catalog.Count("bars.ago", len(days)),
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
	p.Own = subscription(s.Site, c.Path())
	p.Feeds = Feeds{Atom: own + "history.atom", Calendar: own + "maintenance.ics"}
	p.Description = l.catalog.Text("component.description", "component", p.Title, "site", l.siteTitle(s.Site))
	l.record(s, up, &p, days)
	p.Events = l.entries(up, c.Events[:min(len(c.Events), maxComponentEvents)], time.Time{}, forecast)
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
			day.Status = Label{l.catalog.Text("uptime.unrecorded"), unrecorded}
		}
		text := day.Status.Text
		if down := d.Partial + d.Major; down > 0 {
			day.Down = l.catalog.Duration(down)
			text = l.catalog.Text("join.detail", "first", text, "second", day.Down)
		}
		p.Days = append(p.Days, day)
		if d.Worst != status.Operational || d.Noticed {
			for _, e := range d.Events {
				day.Events = append(day.Events, *l.eventLink(up, e))
			}
			p.Troubled = append(p.Troubled, day)
			p.Bars.Notes = append(p.Bars.Notes, BarNote{X: i * barStep, Text: l.catalog.Text("join.name", "name", day.Date.Text, "value", text)})
		}
	}
}
