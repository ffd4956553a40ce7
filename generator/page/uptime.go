package page

import (
	"allclear/generator/derive"
	"allclear/generator/status"
)

// uptimeMonths is how many months the uptime page shows; uptime.csv has all.
const uptimeMonths = 12

// uptimePage is every component that is not retired by the last days and
// months.
func (t *Theme) uptimePage(s *derive.Snapshot) UptimePage {
	up := root(status.UptimePath)
	p := UptimePage{Base: t.base(s, up, status.UptimePath), Method: t.method(s.Site)}
	p.Table = p.Root + status.UptimeTable
	p.Section = "uptime"
	p.Title = t.catalog.Text("uptime.title")
	p.Description = t.catalog.Text("uptime.description", "site", s.Site.Title)
	lasts := []int{30, 90, 365}
	for _, n := range lasts {
		p.Periods = append(p.Periods, t.catalog.Text("component.record", "days", t.catalog.Count("bars.days", n)))
	}
	month := s.At
	for range uptimeMonths {
		p.Periods = append(p.Periods, t.catalog.MonthYear(month))
		month = status.DaysBefore(month, month.Day())
	}
	for group, c := range s.Listed {
		last := len(p.Groups) - 1
		if last < 0 || p.Groups[last].Name != group {
			p.Groups = append(p.Groups, UptimeGroup{Name: group})
			last++
		}
		p.Groups[last].Rows = append(p.Groups[last].Rows, t.uptimeRow(s, c, lasts))
	}
	return p
}

// uptimeRow is a component's figures: of the last days, then of the months,
// newest first.
func (t *Theme) uptimeRow(s *derive.Snapshot, c *derive.Component, lasts []int) UptimeRow {
	row := UptimeRow{Name: c.Name, URL: root(status.UptimePath) + c.Path()}
	for _, n := range lasts {
		row.Figures = append(row.Figures, t.figure(s.Last(c, n), s.Site.Uptime))
	}
	months := s.Months(c, uptimeMonths)
	for i := range months {
		row.Figures = append(row.Figures, t.figure(months[len(months)-1-i], s.Site.Uptime))
	}
	return row
}

// figure is the uptime of a record with the outages that it was reached from.
func (t *Theme) figure(r derive.Record, rule status.UptimeRule) Figure {
	fraction, ok := r.Uptime(rule)
	if !ok {
		return Figure{}
	}
	f := Figure{Uptime: t.catalog.Percent(fraction)}
	if r.Partial > 0 {
		f.Partial = t.catalog.Duration(r.Partial)
	}
	if r.Major > 0 {
		f.Major = t.catalog.Duration(r.Major)
	}
	return f
}

// method says in words how every figure of uptime is reached.
func (t *Theme) method(site *status.Site) string {
	return t.catalog.Text("component.method",
		"partial", t.catalog.Percent(site.Uptime.PartialOutage), "major", t.catalog.Percent(site.Uptime.MajorOutage))
}
