package page

import (
	"html/template"
	"slices"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// UptimePage is the uptime of every component, uptime.html.
type UptimePage struct {
	Base
	Method string   // how uptime is calculated: what part of an outage counts
	Lasts  []string // the first columns: "Last 30 days"
	Months []string // the columns after them: "December 2022", newest first
	Groups []UptimeGroup
	Table  string // the link to the same as CSV, with every month
}

// UptimeGroup is components under one heading; Name is empty for those at top
// level.
type UptimeGroup struct {
	Name string
	Rows []UptimeRow
}

// UptimeRow is a component's figures, one for each of UptimePage.Lasts and then of
// UptimePage.Months.
type UptimeRow struct {
	Name    string
	URL     string
	Figures []Figure
}

// Figure is an uptime with the outages behind it.
type Figure struct {
	Period         string        // what it is the uptime of, as the column says
	Month          bool          // it is of a month, not of the last days
	Uptime         string        // "99.98%"; empty for no data
	Partial, Major string        // for how long the component was so; empty for not at all
	Until          template.HTML // "until …", if it does not count to now
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
		p.Lasts = append(p.Lasts, l.catalog.Count("component.record", n))
	}
	month := status.StartOfMonth(s.At)
	for range uptimeMonths {
		p.Months = append(p.Months, l.catalog.MonthHeading(month))
		month = status.StartOfMonth(status.DayBefore(month))
	}
	p.Live, p.AsOf = true, l.asOf(s)
	periods := slices.Concat(p.Lasts, p.Months)
	for _, g := range l.grouped(s) {
		group := UptimeGroup{Name: g.name}
		for _, c := range g.members {
			row := l.uptimeRow(s, c, lasts)
			for i := range row.Figures {
				row.Figures[i].Period, row.Figures[i].Month = periods[i], i >= len(lasts)
			}
			group.Rows = append(group.Rows, row)
		}
		p.Groups = append(p.Groups, group)
	}
	return p
}

// group is the components of one group that are not retired, or neighbours at
// the top level, whose name is "".
type group struct {
	id, name string
	members  []*derive.Component
}

// grouped lists the components that are not retired by group, in the site's
// order.
func (l *Localization) grouped(s *derive.Snapshot) []group {
	var groups []group
	for of, c := range s.Listed {
		last := len(groups) - 1
		if name := l.groupName(of); last < 0 || groups[last].name != name {
			groups = append(groups, group{name: name})
			if of != nil {
				groups[len(groups)-1].id = of.ID
			}
			last++
		}
		groups[last].members = append(groups[last].members, c)
	}
	return groups
}

// groupState is how some components are in a snapshot of their site, all
// together.
func (l *Localization) groupState(s *derive.Snapshot, members []*derive.Component) GroupState {
	worst, up, noticed := status.Operational, 0, false
	for _, m := range members {
		c := s.Components[m.Index]
		worst, noticed = max(worst, c.Status), noticed || c.Noticed
		if c.Status == status.Operational {
			up++
		}
	}
	state := GroupState{Count: l.catalog.Count("index.count", len(members)), Status: l.componentStatus(worst)}
	if up < len(members) {
		state.Count = l.catalog.Count("index.operational", len(members), "up", l.catalog.Number(up))
	}
	if worst == status.Operational && noticed {
		state.Status = l.noticed()
	}
	return state
}

// uptimeRow is a component's figures: of the last days, then of the months,
// newest first.
func (l *Localization) uptimeRow(s *derive.Snapshot, c *derive.Component, lasts []int) UptimeRow {
	row := UptimeRow{Name: l.name(c.Component), URL: upFrom(status.UptimePath) + c.Path()}
	for _, n := range lasts {
		row.Figures = append(row.Figures, l.figure(s, s.Last(c, n)))
	}
	months := s.Months(c, uptimeMonths)
	for i := range months {
		row.Figures = append(row.Figures, l.figure(s, months[len(months)-1-i]))
	}
	return row
}

// figure is the uptime of a record, with the outages behind it.
func (l *Localization) figure(s *derive.Snapshot, r derive.Record) Figure {
	fraction, ok := r.Uptime(s.Site.Uptime)
	if !ok {
		return Figure{}
	}
	f := Figure{Uptime: l.catalog.Percent(fraction), Until: l.until(s, r.Open)}
	if r.Partial > 0 {
		f.Partial = l.catalog.Duration(r.Partial)
	}
	if r.Major > 0 {
		f.Major = l.catalog.Duration(r.Major)
	}
	return f
}

// until says until when a figure counts, if there is an outage that has not
// ended; open is the status that has not ended.
func (l *Localization) until(s *derive.Snapshot, open status.ComponentStatus) template.HTML {
	if open < status.PartialOutage {
		return ""
	}
	return l.withTime("uptime.until", l.clock(s.At), "")
}

// method explains in words how uptime is calculated.
func (l *Localization) method(site *status.Site) string {
	return l.catalog.Text("component.method",
		"partial", l.catalog.Percent(site.Uptime.PartialOutage), "major", l.catalog.Percent(site.Uptime.MajorOutage))
}
