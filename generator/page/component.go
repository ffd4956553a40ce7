package page

import (
	"slices"

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
	Forecast []LabelForecast
	Bars     Bars
	BarDays  string        // "90 days"
	Uptime   string        // "99.98 %"; empty if nothing is recorded yet
	Method   string        // how uptime is calculated
	Troubled []RecordedDay // the days that were not operational, newest first
	Days     []RecordedDay // every day of the bars, newest first
	Events   []EventItem   // newest first
	More     bool          // it has older ones, which are in the history
}

// RecordedDay is one date of a component's record.
type RecordedDay struct {
	Date   Time
	Status Label  // the worst of the day; "no data" if nothing is recorded
	Down   string // for how long it was out; empty for no outage
}

// maxComponentEvents is how many events a component's page lists; the history
// has the rest.
const maxComponentEvents = 50

func (l *Localization) component(s *derive.Snapshot, c *derive.Component) ComponentPage {
	up := upFrom(c.Path())
	days := s.Days(c, s.Site.Uptime.Days)
	p := ComponentPage{
		Base:    l.base(s, up, c.Path()),
		Heading: l.name(c.Component), About: c.Descriptions.In(l.language, c.Description), Retired: c.Retired,
		Status:  l.componentStatus(c.Status),
		Bars:    l.bars(days),
		BarDays: l.catalog.Count("bars.days", len(days)),
	}
	if c.Group != nil {
		p.Group = c.Group.Names.In(l.language, c.Group.Name)
	}
	p.Title = c.FullNameIn(l.language)
	p.Live = !c.Retired
	p.Forecast = l.labelForecast(c.Status, s.Forecast(), worst(c))
	own := up + upFrom(s.Site.Prefix(l.language)) + c.Path()
	p.Feeds = Feeds{Atom: own + "history.atom", Calendar: own + "maintenance.ics"}
	p.Description = l.catalog.Text("component.description", "component", p.Title, "site", l.siteTitle(s.Site))
	l.record(s, &p, days)
	for _, e := range c.Events[:min(len(c.Events), maxComponentEvents)] {
		p.Events = append(p.Events, l.item(s, up, e))
	}
	p.More = len(c.Events) > maxComponentEvents
	return p
}

// record says in words what the bars show.
func (l *Localization) record(s *derive.Snapshot, p *ComponentPage, days []derive.Day) {
	if fraction, ok := derive.Uptime(days, s.Site.Uptime); ok {
		p.Uptime = l.catalog.Percent(fraction)
		p.Method = l.method(s.Site)
	}
	for i, d := range slices.Backward(days) {
		day := RecordedDay{Date: l.date(d.Date), Status: l.componentStatus(d.Worst)}
		if !d.Recorded && d.Worst == status.Operational {
			day.Status = Label{l.catalog.Text("uptime.unrecorded"), unrecorded}
		}
		text := day.Date.Text + ": " + day.Status.Text
		if down := d.Partial + d.Major; down > 0 {
			day.Down = l.catalog.Duration(down)
			text += ", " + day.Down
		}
		p.Days = append(p.Days, day)
		if d.Worst != status.Operational {
			p.Troubled = append(p.Troubled, day)
			p.Bars.Notes = append(p.Bars.Notes, BarNote{X: i * barStep, Text: text})
		}
	}
}
