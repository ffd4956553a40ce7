package page

import (
	"slices"

	"allclear/generator/derive"
	"allclear/generator/status"
	"allclear/generator/tone"
)

// maxDayEvents is how many events of one date are listed.
const maxDayEvents = 20

func (l *Localization) index(s *derive.Snapshot) IndexPage {
	l = l.beside(s.At)
	p := IndexPage{Base: l.base(s, "", ""), Overview: l.overview(s, "")}
	p.Section, p.Live, p.AsOf = "index", true, l.asOf(s)
	p.Shell = p.withIcon(s.Site, p.Banner.Tone)
	p.Title = l.verdictTitle(s)
	p.Description = l.catalog.Text("index.description", "site", l.siteTitle(s.Site), "banner", l.verdict(s))
	p.LinkedData = l.siteData(s)
	return p
}

// verdict is the banner in words, with the incident that it is about.
func (l *Localization) verdict(s *derive.Snapshot) string {
	text := l.catalog.Text("banner." + string(s.Banner.Message))
	if e := s.Banner.Speaker; e != nil {
		text = l.catalog.Text("index.verdict", "banner", text, "title", l.title(e))
	}
	return text
}

// verdictTitle is the title of a page about the whole site: the verdict, unless
// all is well. That all is well might stay in a reader's tab for longer than it
// is true.
func (l *Localization) verdictTitle(s *derive.Snapshot) string {
	if s.Banner.Message == derive.AllOperational {
		return l.catalog.Text("index.title")
	}
	return l.verdict(s)
}

// overview is the status of the site, for a page from which up leads to the
// index of its language.
func (l *Localization) overview(s *derive.Snapshot, up string) Overview {
	top, forecast := up+upFrom(s.Site.Prefix(l.language)), s.Forecast()
	o := Overview{
		Banner:     l.banner(s, top, up),
		OpenEvents: l.openEvents(s, up),
		BarDays:    l.catalog.Count("bars.days", s.Site.Uptime.Days),
		Method:     l.method(s.Site),
		Days:       l.days(s, up, forecast),
	}
	o.Banner.AsOf = l.asOf(s)
	o.BannerForecast = l.bannerForecast(o.Banner, top, up, forecast)
	o.OpenForecast = l.openForecast(o.OpenEvents, up, forecast)
	for _, a := range s.Announcements {
		o.Announcements = append(o.Announcements, l.announcement(a))
	}
	l.components(s, up, forecast, &o)
	return o
}

// banner is the status of the site in words, for a page from which top leads to the
// site's root, and up to the index of its language.
func (l *Localization) banner(s *derive.Snapshot, top, up string) Banner {
	b := Banner{Label: Label{Text: l.catalog.Text("banner." + string(s.Banner.Message))}}
	b.Tone = tone.OfIndicator(s.Banner.Indicator).Name
	if e := s.Banner.Speaker; e != nil {
		b.Speaker = l.eventLink(up, e)
		if s.Banner.Indicator == status.IndicatorNone {
			b.Tone = tone.Notice.Name // an open incident of no severity: not all is well, yet nothing is down
		}
	}
	if slices.ContainsFunc(s.Events, func(e *derive.Event) bool { return !e.HeldBack }) {
		b.Changed = l.time(s.Updated)
	}
	b.Icon = Shell{Root: top}.withIcon(s.Site, b.Tone).Icon
	return b
}

// openEvents is the events that are not over.
func (l *Localization) openEvents(s *derive.Snapshot, up string) OpenEvents {
	upcoming := events(s, (*derive.Event).Upcoming)
	slices.SortStableFunc(upcoming, func(a, b *derive.Event) int { return a.ScheduledFor.Compare(b.ScheduledFor) })
	return OpenEvents{
		Open:     l.cards(s, up, events(s, func(e *derive.Event) bool { return e.Kind == status.Incident })),
		Running:  l.cards(s, up, events(s, (*derive.Event).Active)),
		Upcoming: l.cards(s, up, upcoming),
	}
}

// events lists the events that are not over and meet a condition, newest first.
func events(s *derive.Snapshot, condition func(*derive.Event) bool) []*derive.Event {
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

// components fills in every component by group, and those that are affected on
// their own as well.
func (l *Localization) components(s *derive.Snapshot, up string, forecast []*derive.Snapshot, o *Overview) {
	for _, of := range l.grouped(s) {
		g := ComponentGroup{Name: of.name, GroupState: l.groupState(s, of.members)}
		g.Collapsed = g.Name != "" || len(of.members) > maxRows
		g.Forecast = l.groupForecast(g.GroupState, of.members, forecast)
		for _, c := range of.members {
			row := l.row(s, up, c)
			o.Affected = append(o.Affected, l.affectedRows(s, row, c, forecast)...)
			row.Forecast = l.labelForecast(c, forecast)
			g.Components = append(g.Components, row)
		}
		o.Groups = append(o.Groups, g)
	}
}

// affectedRows is a component's row among those that are not operational, now
// and each time that its status will change.
func (l *Localization) affectedRows(s *derive.Snapshot, row Component, c *derive.Component, forecast []*derive.Snapshot) []AffectedRow {
	row.Name = l.uniqueName(c.Component)
	var rows []AffectedRow
	shown := status.Operational
	for i, at := range append([]*derive.Snapshot{s}, forecast...) {
		now := at.Components[c.Index].Status
		if now == shown {
			continue
		}
		next := AffectedRow{Add: shown == status.Operational}
		if i > 0 {
			next.From = l.catalog.ISO(at.At)
		}
		if now != status.Operational {
			changed := row
			changed.Status = l.componentStatus(now)
			next.Row = &changed
		}
		rows = append(rows, next)
		shown = now
	}
	return rows
}

func (l *Localization) row(s *derive.Snapshot, up string, c *derive.Component) Component {
	days := s.Days(c, s.Site.Uptime.Days)
	row := Component{
		Name: l.name(c.Component), URL: up + c.Path(), Description: c.Descriptions.In(l.language, c.Description),
		Status: l.statusOf(c), Notices: l.notices(up, c),
		Bars: l.bars(days),
	}
	if fraction, ok := derive.Uptime(days, s.Site.Uptime); ok {
		row.Uptime, row.Until = l.catalog.Percent(fraction), l.until(s, days[len(days)-1].Open)
	}
	return row
}

// days lists the last dates, newest first, each with what was going on. Maintenance
// that has not begun is in Overview.Upcoming instead.
func (l *Localization) days(s *derive.Snapshot, up string, forecast []*derive.Snapshot) []Day {
	var days []Day
	next := status.NextDay(s.At)
	for range s.Site.HistoryDays {
		date := status.DayBefore(next)
		var on []*derive.Event
		for _, e := range s.Events {
			if e.During(date, next) && !e.Upcoming() {
				on = append(on, e)
			}
		}
		shown := on[:min(len(on), maxDayEvents)]
		day := Day{Date: l.date(date), Month: up + status.MonthPath(date), Events: l.entries(s, up, shown, date, forecast)}
		if rest := len(on) - len(shown); rest > 0 {
			day.More = l.catalog.Count("index.more", rest)
		}
		days, next = append(days, day), date
	}
	return days
}
