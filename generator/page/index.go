package page

import (
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
	"allclear/generator/tone"
)

// maxDayEvents is how many events of one date are listed.
const maxDayEvents = 20

func (l *Localization) index(s *derive.Snapshot) IndexPage {
	p := IndexPage{Base: l.base(s, "", ""), Overview: l.overview(s, "")}
	p.Section, p.Icon, p.Live = "index", p.Banner.Icon, true
	p.Title = l.catalog.Text("index.title")
	p.Description = l.catalog.Text("index.description", "site", l.siteTitle(s.Site), "banner", p.Banner.Text)
	p.LinkedData = l.siteData(s)
	return p
}

// overview is the status of the site, for a page from which up leads to the
// index of its language.
func (l *Localization) overview(s *derive.Snapshot, up string) Overview {
	top, forecast := up+upFrom(s.Site.Prefix(l.language)), s.Forecast()
	o := Overview{
		Banner:  l.banner(s, top, up),
		Open:    l.cards(s, up, openEvents(s, func(e *derive.Event) bool { return e.Kind == status.Incident })),
		Running: l.planned(s, up, openEvents(s, (*derive.Event).Active), forecast),
		BarDays: l.catalog.Count("bars.days", s.Site.Uptime.Days),
		Method:  l.method(s.Site),
		Days:    l.days(s, up),
	}
	o.BannerForecast = l.bannerForecast(o.Banner, top, up, forecast)
	for _, a := range s.Announcements {
		o.Announcements = append(o.Announcements, l.announcement(a))
	}
	upcoming := openEvents(s, (*derive.Event).Upcoming)
	slices.SortStableFunc(upcoming, func(a, b *derive.Event) int { return a.ScheduledFor.Compare(b.ScheduledFor) })
	o.Upcoming = l.planned(s, up, upcoming, forecast)
	l.components(s, up, forecast, &o)
	return o
}

// banner is the status of the site in words, for a page from which top leads to the
// site's root, and up to the index of its language.
func (l *Localization) banner(s *derive.Snapshot, top, up string) Banner {
	b := Banner{Label: Label{Text: l.catalog.Text("banner." + string(s.Banner.Message))}, Changed: l.time(s.Updated)}
	b.Tone = tone.OfIndicator(s.Banner.Indicator).Name
	if e := s.Banner.Speaker; e != nil {
		b.Speaker = l.eventLink(up, e)
		if s.Banner.Indicator == status.IndicatorNone {
			b.Tone = tone.Notice.Name // an open incident of no severity: not all is well, yet nothing is down
		}
	}
	b.Icon = top + Assets + "icon-" + b.Tone + ".svg"
	return b
}

// openEvents lists the events that are not over and meet a condition, newest
// first.
func openEvents(s *derive.Snapshot, condition func(*derive.Event) bool) []*derive.Event {
	var open []*derive.Event
	for _, e := range s.Events {
		if e.Open() && condition(e) {
			open = append(open, e)
		}
	}
	return open
}

// maxRows is how many components at top level are listed before they are
// collapsed like a group.
const maxRows = 5

// components fills in the components that are affected, and the others by group.
func (l *Localization) components(s *derive.Snapshot, up string, forecast []*derive.Snapshot, o *Overview) {
	var healthy [][]*derive.Component // of each of o.Groups
	for group, c := range s.Listed {
		row := l.row(s, up, c)
		row.Forecast = l.labelForecast(c.Status, forecast, worst(c))
		if c.Status != status.Operational {
			row.Name = c.FullNameIn(l.language)
			o.Affected = append(o.Affected, row)
			continue
		}
		last := len(o.Groups) - 1
		if name := l.groupName(group); last < 0 || o.Groups[last].Name != name {
			o.Groups = append(o.Groups, ComponentGroup{Name: name, Status: row.Status})
			healthy = append(healthy, nil)
			last++
		}
		o.Groups[last].Components = append(o.Groups[last].Components, row)
		healthy[last] = append(healthy[last], c)
	}
	for i := range o.Groups {
		g := &o.Groups[i]
		g.Count = l.catalog.Count("index.count", len(g.Components))
		g.Collapsed = g.Name != "" || len(g.Components) > maxRows
		g.Forecast = l.labelForecast(status.Operational, forecast, worst(healthy[i]...))
	}
}

// worst finds the worst status of components in another snapshot of the site.
func worst(components ...*derive.Component) func(*derive.Snapshot) status.ComponentStatus {
	return func(s *derive.Snapshot) status.ComponentStatus {
		found := status.Operational
		for _, c := range components {
			found = max(found, s.Components[c.Index].Status)
		}
		return found
	}
}

func (l *Localization) row(s *derive.Snapshot, up string, c *derive.Component) Component {
	days := s.Days(c, s.Site.Uptime.Days)
	row := Component{
		Name: l.name(c.Component), URL: up + c.Path(), Description: c.Descriptions.In(l.language, c.Description),
		Status: l.componentStatus(c.Status),
		Bars:   l.bars(days),
	}
	if fraction, ok := derive.Uptime(days, s.Site.Uptime); ok {
		row.Uptime = l.catalog.Percent(fraction)
	}
	return row
}

// days lists the last dates, newest first, each with what happened on it.
// Maintenance that has not begun is in Overview.Upcoming instead.
func (l *Localization) days(s *derive.Snapshot, up string) []Day {
	byDate := map[string][]*derive.Event{}
	for _, e := range s.Events {
		if !e.Upcoming() {
			date := happened(e).Format(time.DateOnly)
			byDate[date] = append(byDate[date], e)
		}
	}
	var days []Day
	for i := range s.Site.HistoryDays {
		date := status.DaysBefore(s.At, i)
		events := byDate[date.Format(time.DateOnly)]
		day := Day{Date: l.date(date), Month: up + status.MonthPath(date)}
		shown := events[:min(len(events), maxDayEvents)]
		for _, e := range shown {
			day.Events = append(day.Events, l.item(s, up, e))
		}
		if rest := len(events) - len(shown); rest > 0 {
			day.More = l.catalog.Count("index.more", rest)
			day.Month = up + status.MonthPath(events[maxDayEvents].CreatedAt)
		}
		days = append(days, day)
	}
	return days
}
