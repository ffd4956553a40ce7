package page

import (
	"allclear/generator/derive"
	"allclear/generator/status"
)

// UptimePage is the uptime of every component, uptime.html.
type UptimePage struct {
	Base
	Method  string   // how uptime is calculated: what part of an outage counts
	Periods []string // the columns: "Last 30 days", "December 2022"
	Groups  []UptimeGroup
	Table   string // the link to the same as CSV, with every month
}

// UptimeGroup is components under one heading; Name is empty for those at top
// level.
type UptimeGroup struct {
	Name string
	Rows []UptimeRow
}

// UptimeRow is a component's figures, one for each of UptimePage.Periods.
type UptimeRow struct {
	Name    string
	URL     string
	Figures []Figure
}

// Figure is an uptime with the outages behind it.
type Figure struct {
	Uptime         string // "99.98%"; empty for no data
	Partial, Major string // for how long the component was so; empty for not at all
}

// uptimeMonths is how many months the uptime page shows; uptime.csv has all of
// them.
const uptimeMonths = 12

// uptimePage is the uptime of every component that is not retired, for the last
// days and months.
func (l *Localization) uptimePage(s *derive.Snapshot) UptimePage {
	up := upFrom(status.UptimePath)
	p := UptimePage{Base: l.base(s, up, status.UptimePath), Method: l.method(s.Site)}
	p.Table = p.Root + status.UptimeTable
	p.Section = "uptime"
	p.Title = l.catalog.Text("uptime.title")
	p.Description = l.catalog.Text("uptime.description", "site", l.siteTitle(s.Site))
	lasts := []int{30, 90, 365}
	for _, n := range lasts {
		p.Periods = append(p.Periods, l.catalog.Text("component.record", "days", l.catalog.Count("bars.days", n)))
	}
	month := s.At
	for range uptimeMonths {
		p.Periods = append(p.Periods, l.catalog.MonthYear(month))
		month = status.DaysBefore(month, month.Day())
	}
	for group, c := range s.Listed {
		last := len(p.Groups) - 1
		if name := l.groupName(group); last < 0 || p.Groups[last].Name != name {
			p.Groups = append(p.Groups, UptimeGroup{Name: name})
			last++
		}
		p.Groups[last].Rows = append(p.Groups[last].Rows, l.uptimeRow(s, c, lasts))
	}
	return p
}

// uptimeRow is a component's figures: of the last days, then of the months,
// newest first.
func (l *Localization) uptimeRow(s *derive.Snapshot, c *derive.Component, lasts []int) UptimeRow {
	row := UptimeRow{Name: l.name(c.Component), URL: upFrom(status.UptimePath) + c.Path()}
	for _, n := range lasts {
		row.Figures = append(row.Figures, l.figure(s.Last(c, n), s.Site.Uptime))
	}
	months := s.Months(c, uptimeMonths)
	for i := range months {
		row.Figures = append(row.Figures, l.figure(months[len(months)-1-i], s.Site.Uptime))
	}
	return row
}

// figure is the uptime of a record, with the outages behind it.
func (l *Localization) figure(r derive.Record, rule status.UptimeRule) Figure {
	fraction, ok := r.Uptime(rule)
	if !ok {
		return Figure{}
	}
	f := Figure{Uptime: l.catalog.Percent(fraction)}
	if r.Partial > 0 {
		f.Partial = l.catalog.Duration(r.Partial)
	}
	if r.Major > 0 {
		f.Major = l.catalog.Duration(r.Major)
	}
	return f
}

// method explains in words how uptime is calculated.
func (l *Localization) method(site *status.Site) string {
	return l.catalog.Text("component.method",
		"partial", l.catalog.Percent(site.Uptime.PartialOutage), "major", l.catalog.Percent(site.Uptime.MajorOutage))
}
