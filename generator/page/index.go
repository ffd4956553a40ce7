package page

import (
	"html/template"
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// What the index shows at most, whatever the site holds.
const (
	maxCards     = 50 // of each kind
	maxDayEvents = 20
)

func (l *Localization) index(s *derive.Snapshot) IndexPage {
	p := IndexPage{
		Base:    l.base(s, "", ""),
		Banner:  l.banner(s, root(s.Site.Prefix(l.language))),
		BarDays: l.catalog.Count("bars.days", s.Site.Uptime.Days),
		Method:  l.method(s.Site),
		Days:    l.days(s),
	}
	ahead := s.Forecast()
	p.BannersAhead = l.bannersAhead(p.Banner, ahead)
	p.Section, p.Icon, p.Live = "index", p.Banner.Icon, true
	p.Title = l.catalog.Text("index.title")
	p.Description = l.catalog.Text("index.description", "site", l.siteTitle(s.Site), "banner", p.Banner.Text)
	for _, a := range s.Announcements {
		p.Announcements = append(p.Announcements, l.announcement(a))
	}
	p.Open = l.cards(openEvents(s, func(e *derive.Event) bool { return e.Kind == status.Incident }))
	p.Running = l.planned(openEvents(s, (*derive.Event).Active), ahead)
	upcoming := openEvents(s, (*derive.Event).Upcoming)
	slices.SortStableFunc(upcoming, func(a, b *derive.Event) int { return a.ScheduledFor.Compare(b.ScheduledFor) })
	p.Upcoming = l.planned(upcoming, ahead)
	l.components(s, ahead, &p)
	p.LinkedData = l.siteData(s)
	return p
}

// banner is the verdict in words; up leads from the page to the site's root.
func (l *Localization) banner(s *derive.Snapshot, up string) Banner {
	b := Banner{Label: Label{Text: l.catalog.Text("banner." + string(s.Banner.Message))}, Changed: l.time(s.Updated)}
	b.Tone = [...]string{"operational", "degraded", "partial", "major", "maintenance"}[s.Banner.Indicator]
	if e := s.Banner.Speaker; e != nil {
		b.Speaker = l.eventLink("", e)
		if s.Banner.Indicator == status.IndicatorNone {
			b.Tone = "notice" // an open incident of no severity: not all is well, yet nothing is down
		}
	}
	b.Icon = up + Assets + "icon-" + b.Tone + ".svg"
	return b
}

// openEvents lists the events that are not over and of which a condition
// holds, newest first.
func openEvents(s *derive.Snapshot, holds func(*derive.Event) bool) []*derive.Event {
	var open []*derive.Event
	for _, e := range s.Events {
		if e.Open() && holds(e) {
			open = append(open, e)
		}
	}
	return open
}

func (l *Localization) cards(events []*derive.Event) []Card {
	var cards []Card
	for _, e := range events[:min(len(events), maxCards)] {
		cards = append(cards, l.card(e))
	}
	return cards
}

// planned is the cards of maintenance, each with what the clock will make of it.
func (l *Localization) planned(events []*derive.Event, ahead []*derive.Snapshot) []PlannedCard {
	var cards []PlannedCard
	for _, e := range events[:min(len(events), maxCards)] {
		card := PlannedCard{Card: l.card(e)}
		for _, m := range moved(e, ahead) {
			card.Ahead = append(card.Ahead, CardAhead{From: l.catalog.ISO(m.site.At), Card: l.card(m.event)})
		}
		cards = append(cards, card)
	}
	return cards
}

func (l *Localization) card(e *derive.Event) Card {
	last := e.Updates[len(e.Updates)-1]
	return Card{
		Kind: e.Kind.String(), Title: l.title(e), Original: originalOf(l, e.Titles), URL: e.Path(), Draft: e.Draft || e.HeldBack,
		Status:   l.eventStatus(e.Status),
		Impact:   l.impact(e),
		Affected: l.names(e.Affected),
		Period:   l.period(e),
		Latest:   l.update(last),
		Next:     l.next(e, last.At),
	}
}

// counting is the attribute of a <time> of which readers want to know how far
// it is.
const counting = " data-ago"

// period is since when an open event has lasted, or when it is to be.
func (l *Localization) period(e *derive.Event) template.HTML {
	since := e.StartedAt
	switch {
	case e.Kind == status.Maintenance && !e.Active():
		from, until := l.ends(e)
		return l.withTimes("period.window", "", instant{"from", e.ScheduledFor, from}, instant{"until", e.ScheduledUntil, until})
	case e.Active():
		since = begun(e)
	}
	return l.withTimes("period.since", counting, instant{"time", since, l.catalog.DateTime(since)})
}

// next is what a reader may expect of an open event after its last update.
func (l *Localization) next(e *derive.Event, last time.Time) template.HTML {
	switch e.Status {
	case status.Investigating:
		return l.withTimes("next.investigating", "")
	case status.Identified:
		return l.withTimes("next.identified", "")
	case status.Monitoring:
		return l.withTimes("next.monitoring", "")
	case status.Scheduled:
		return l.withTimes("next.scheduled", counting, instant{"time", e.ScheduledFor, l.catalog.DateTime(e.ScheduledFor)})
	case status.Verifying:
		return l.withTimes("next.verifying", "")
	case status.InProgress:
		if last.Before(e.ScheduledUntil) {
			return l.withTimes("next.in_progress", counting, instant{"time", e.ScheduledUntil, l.catalog.DateTime(e.ScheduledUntil)})
		}
		return l.withTimes("next.overrun", "")
	}
	return ""
}

// maxRows is how many components at top level stand in a row before they are
// folded like a group.
const maxRows = 5

// components fills in the affected components and the others by group.
func (l *Localization) components(s *derive.Snapshot, ahead []*derive.Snapshot, p *IndexPage) {
	var healthy [][]*derive.Component // of each of the page's groups
	for group, c := range s.Listed {
		row := l.row(s, c)
		row.Ahead = l.labelsAhead(c.Status, ahead, worst(c))
		if c.Status != status.Operational {
			row.Name = c.FullNameIn(l.language)
			p.Affected = append(p.Affected, row)
			continue
		}
		last := len(p.Groups) - 1
		if name := l.groupName(group); last < 0 || p.Groups[last].Name != name {
			p.Groups = append(p.Groups, ComponentGroup{Name: name, Status: row.Status})
			healthy = append(healthy, nil)
			last++
		}
		p.Groups[last].Components = append(p.Groups[last].Components, row)
		healthy[last] = append(healthy[last], c)
	}
	for i := range p.Groups {
		g := &p.Groups[i]
		g.Count = l.catalog.Count("index.count", len(g.Components))
		g.Folded = g.Name != "" || len(g.Components) > maxRows
		g.Ahead = l.labelsAhead(status.Operational, ahead, worst(healthy[i]...))
	}
}

// worst says the worst status of components in another snapshot of the site.
func worst(components ...*derive.Component) func(*derive.Snapshot) status.ComponentStatus {
	return func(s *derive.Snapshot) status.ComponentStatus {
		found := status.Operational
		for _, c := range components {
			found = max(found, s.Components[c.Index].Status)
		}
		return found
	}
}

func (l *Localization) row(s *derive.Snapshot, c *derive.Component) Component {
	days := s.Days(c, s.Site.Uptime.Days)
	made := Component{
		Name: l.name(c.Component), URL: c.Path(), Description: c.Descriptions.In(l.language, c.Description),
		Status: l.componentStatus(c.Status),
		Bars:   l.bars(days),
	}
	if fraction, ok := derive.Uptime(days, s.Site.Uptime); ok {
		made.Uptime = l.catalog.Percent(fraction)
	}
	return made
}

// days lists the last dates, newest first, each with what happened on it.
// Maintenance that is yet to come stands above, not here.
func (l *Localization) days(s *derive.Snapshot) []Day {
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
		day := Day{Date: l.date(date), Month: status.MonthPath(date)}
		shown := events[:min(len(events), maxDayEvents)]
		for _, e := range shown {
			day.Events = append(day.Events, l.entry(s, e, ""))
		}
		if rest := len(events) - len(shown); rest > 0 {
			day.More = l.catalog.Count("index.more", rest)
			day.Month = status.MonthPath(events[maxDayEvents].CreatedAt)
		}
		days = append(days, day)
	}
	return days
}

// happened is the instant under whose date the index lists an event: an
// incident's first update, the beginning of a maintenance.
func happened(e *derive.Event) time.Time {
	switch {
	case e.Kind == status.Incident:
		return e.CreatedAt
	case e.Status == status.Cancelled:
		return e.UpdatedAt
	}
	return begun(e)
}

// entry is an event in a list, on a page from which root leads to the site's.
func (l *Localization) entry(s *derive.Snapshot, e *derive.Event, root string) Entry {
	return Entry{
		Kind: e.Kind.String(), Title: l.title(e), Original: originalOf(l, e.Titles), URL: root + e.Path(), Draft: e.Draft || e.HeldBack,
		Status: l.eventStatus(e.Status), Impact: l.impact(e),
		When: l.time(happened(e)), Sentence: l.lead(s, e),
	}
}
