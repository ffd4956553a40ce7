package page

import (
	"allclear/generator/derive"
	"allclear/generator/status"
)

// On a site of at most smallSite components a reader sees all of them at once. On
// a larger one the groups in which all is well are folded, and so is what is well
// in a group in which something is wrong, if it has more than shortList components.
const (
	smallSite = 40
	shortList = 12
)

// groups is every component by group, in the site's order.
func (l *Localization) groups(s *derive.Snapshot, up string, forecast []*derive.Snapshot) []ComponentGroup {
	all := l.grouped(s)
	listed := 0
	for _, of := range all {
		listed += len(of.members)
	}
	var groups []ComponentGroup
	for _, of := range all {
		groups = append(groups, l.componentGroup(s, up, of, forecast, listed <= smallSite))
	}
	return groups
}

func (l *Localization) componentGroup(s *derive.Snapshot, up string, of group, forecast []*derive.Snapshot, small bool) ComponentGroup {
	g := ComponentGroup{Name: of.name, GroupState: l.groupState(s, of.members)}
	g.Forecast = l.groupForecast(g.GroupState, of.members, forecast)
	var wrong []bool // now, or by the clock
	var days [][]derive.Day
	for _, c := range of.members {
		last := s.Days(c, s.Site.Uptime.Days)
		days = append(days, last)
		row := l.row(s, up, c, last)
		row.Forecast = l.labelForecast(c, forecast)
		row.BarsForecast = l.barsForecast(last, []*derive.Component{c}, forecast)
		g.Components = append(g.Components, row)
		wrong = append(wrong, c.Status != status.Operational || c.Noticed || len(row.Forecast) > 0)
		g.Open = g.Open || c.Status != status.Operational || c.Noticed
	}
	if of.name != "" {
		together := derive.Together(days)
		g.Anchor, g.Bars = "group-"+of.id, l.bars(together)
		g.BarsForecast = l.barsForecast(together, of.members, forecast)
	}
	whole := small || len(g.Components) <= shortList || of.name != "" && !g.Open
	for i, row := range g.Components {
		if whole || wrong[i] || of.name == "" && i < shortList {
			g.First = append(g.First, row)
		} else {
			g.Rest = append(g.Rest, row)
		}
	}
	if rest := len(g.Rest); rest > 0 {
		g.More, g.RestID = l.catalog.Count("index.well", rest), "rest-"+of.members[0].ID
	}
	g.Open = g.Open || small
	return g
}

func (l *Localization) row(s *derive.Snapshot, up string, c *derive.Component, days []derive.Day) Component {
	row := Component{
		Name: l.name(c.Component), Anchor: "component-" + c.ID, URL: up + c.Path(),
		Status: l.statusOf(c), Bars: l.bars(days),
	}
	if fraction, ok := derive.Uptime(days, s.Site.Uptime); ok {
		row.Uptime, row.Until = l.catalog.Percent(fraction), l.until(s, days[len(days)-1].Open)
	}
	return row
}
