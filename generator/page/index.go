package page

import (
	"cmp"
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

func (l *Localization) index(s *derive.Snapshot) IndexPage {
	p := IndexPage{Base: l.base(s, "", ""), Overview: l.overview(s, "")}
	p.Section, p.Live, p.AsOf = "index", true, p.Banner.AsOf
	p.Shell = p.withIcon(s.Site, p.Banner.Tone)
	p.Title = l.verdict(s)
	p.Description = l.catalog.Text("index.description", "site", l.siteTitle(s.Site), "banner", l.verdict(s))
	p.LinkedData = l.siteData(s)
	return p
}

// verdict is the banner in words, with the incident that it is about. It is the
// title of a page about the whole site; the script keeps that true in an open tab.
func (l *Localization) verdict(s *derive.Snapshot) string {
	text := l.catalog.Text("banner." + string(s.Banner.Message))
	if e := s.Banner.Speaker; e != nil {
		text = l.catalog.Text("index.verdict", "banner", text, "title", l.title(e))
	}
	return text
}

// overview is the status of the site, for a page from which up leads to the
// index of its language.
func (l *Localization) overview(s *derive.Snapshot, up string) Overview {
	l = l.beside(s.At)
	top, forecast := up+upFrom(s.Site.Prefix(l.language)), s.Forecast()
	o := Overview{
		Banner:     l.banner(s, top, up),
		OpenEvents: l.openEvents(s, up),
		Record:     l.catalog.Count("component.record", s.Site.Uptime.Days),
		Ago:        l.catalog.Count("bars.ago", s.Site.Uptime.Days),
		Method:     l.method(s.Site),
		Groups:     l.groups(s, up, forecast),
		Upcoming:   l.upcoming(s, up),
		Days:       l.days(s, up, forecast),
	}
	var open, work time.Time // the ends of the forecasts
	o.OpenForecast, open = l.openForecast(o.OpenEvents, up, forecast)
	o.WorkForecast, work = l.workForecast(o.Upcoming, up, forecast)
	o.Banner.AsOf = l.asOf(s, open, work)
	o.BannerForecast = l.bannerForecast(o.Banner, top, up, forecast)
	for _, a := range s.Announcements {
		o.Announcements = append(o.Announcements, l.announcement(a))
	}
	return o
}

// banner is the status of the site in words, for a page from which top leads to the
// site's root, and up to the index of its language.
func (l *Localization) banner(s *derive.Snapshot, top, up string) Banner {
	b := Banner{Label: l.bannerLabel(s), Title: l.verdict(s)}
	if e := s.Banner.Speaker; e != nil {
		worst := l.card(up, e)
		b.Worst = &worst
	}
	if slices.ContainsFunc(s.Events, func(e *derive.Event) bool { return !e.HeldBack }) {
		b.Changed = l.time(s.Updated)
	}
	b.Icon = Shell{Root: top}.withIcon(s.Site, b.Tone).Icon
	return b
}

func (l *Localization) bannerLabel(s *derive.Snapshot) Label {
	return Label{l.catalog.Text("banner." + string(s.Banner.Message)), stateTone(s).Name}
}

// openEvents is the events that are going on.
func (l *Localization) openEvents(s *derive.Snapshot, up string) OpenEvents {
	open := OpenEvents{
		Open:    l.cards(up, openIncidents(s)),
		Running: l.works(s, up, events(s, (*derive.Event).Active), "running"),
	}
	if s.Banner.Speaker != nil {
		open.Also = open.Open[1:]
	} else {
		open.Also = open.Open
	}
	return open
}

// openIncidents lists the one that the banner is about, then the next worse ones,
// of several the newest first.
func openIncidents(s *derive.Snapshot) []*derive.Event {
	open := events(s, func(e *derive.Event) bool { return e.Kind == status.Incident })
	slices.SortStableFunc(open, func(a, b *derive.Event) int {
		switch s.Banner.Speaker {
		case a:
			return -1
		case b:
			return 1
		}
		return cmp.Compare(b.Severity, a.Severity)
	})
	return open
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
