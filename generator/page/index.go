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

func (t *Theme) index(s *derive.Snapshot) IndexPage {
	p := IndexPage{
		Base:    t.base(s, "", ""),
		Banner:  t.banner(s, root(s.Site.Prefix())),
		BarDays: t.catalog.Count("bars.days", s.Site.Uptime.Days),
		Method:  t.method(s.Site),
		Days:    t.days(s),
	}
	ahead := t.forecast(s)
	p.BannersAhead = t.bannersAhead(p.Banner, ahead)
	p.Section, p.Icon, p.Live = "index", p.Banner.Icon, true
	p.Title = t.catalog.Text("index.title")
	p.Description = t.catalog.Text("index.description", "site", s.Site.Title, "banner", p.Banner.Text)
	for _, a := range s.Announcements {
		p.Announcements = append(p.Announcements, Announcement{Title: a.Title, From: t.time(a.From), Text: template.HTML(a.Text.HTML), Original: t.original(a.Language)})
	}
	p.Open = t.cards(openEvents(s, func(e *derive.Event) bool { return e.Kind == status.Incident }))
	p.Running = t.planned(openEvents(s, (*derive.Event).Active), ahead)
	upcoming := openEvents(s, (*derive.Event).Upcoming)
	slices.SortStableFunc(upcoming, func(a, b *derive.Event) int { return a.ScheduledFor.Compare(b.ScheduledFor) })
	p.Upcoming = t.planned(upcoming, ahead)
	t.components(s, ahead, &p)
	p.LinkedData = t.siteData(s)
	return p
}

// banner is the verdict in words; up leads from the page to the site's root.
func (t *Theme) banner(s *derive.Snapshot, up string) Banner {
	b := Banner{Label: Label{Text: t.catalog.Text("banner." + string(s.Banner.Message))}, Changed: t.time(s.Updated)}
	b.Tone = [...]string{"operational", "degraded", "partial", "major", "maintenance"}[s.Banner.Indicator]
	if e := s.Banner.Speaker; e != nil {
		b.Speaker = t.eventLink("", e)
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

func (t *Theme) cards(events []*derive.Event) []Card {
	var cards []Card
	for _, e := range events[:min(len(events), maxCards)] {
		cards = append(cards, t.card(e))
	}
	return cards
}

// planned is the cards of maintenance, each with what the clock will make of it.
func (t *Theme) planned(events []*derive.Event, ahead []*derive.Snapshot) []PlannedCard {
	var cards []PlannedCard
	for _, e := range events[:min(len(events), maxCards)] {
		card := PlannedCard{Card: t.card(e)}
		for _, m := range moved(e, ahead) {
			card.Ahead = append(card.Ahead, CardAhead{From: t.catalog.ISO(m.site.At), Card: t.card(m.event)})
		}
		cards = append(cards, card)
	}
	return cards
}

func (t *Theme) card(e *derive.Event) Card {
	last := e.Updates[len(e.Updates)-1]
	return Card{
		Kind: e.Kind.String(), Title: e.Title, Original: t.original(e.Language), URL: e.Path(), Draft: e.Draft || e.Held,
		Status:   t.eventStatus(e.Status),
		Impact:   t.impact(e),
		Affected: t.names(e.Affected),
		Period:   t.period(e),
		Latest:   t.update(last),
		Next:     t.next(e, last.At),
	}
}

// counting is the attribute of a <time> of which readers want to know how far
// it is.
const counting = " data-ago"

// period is since when an open event has lasted, or when it is to be.
func (t *Theme) period(e *derive.Event) template.HTML {
	since := e.StartedAt
	switch {
	case e.Kind == status.Maintenance && !e.Active():
		from, until := t.ends(e)
		return t.withTimes("period.window", "", instant{"from", e.ScheduledFor, from}, instant{"until", e.ScheduledUntil, until})
	case e.Active():
		since = begun(e)
	}
	return t.withTimes("period.since", counting, instant{"time", since, t.catalog.DateTime(since)})
}

// next is what a reader may expect of an open event after its last update.
func (t *Theme) next(e *derive.Event, last time.Time) template.HTML {
	switch e.Status {
	case status.Investigating:
		return t.withTimes("next.investigating", "")
	case status.Identified:
		return t.withTimes("next.identified", "")
	case status.Monitoring:
		return t.withTimes("next.monitoring", "")
	case status.Scheduled:
		return t.withTimes("next.scheduled", counting, instant{"time", e.ScheduledFor, t.catalog.DateTime(e.ScheduledFor)})
	case status.Verifying:
		return t.withTimes("next.verifying", "")
	case status.InProgress:
		if last.Before(e.ScheduledUntil) {
			return t.withTimes("next.in_progress", counting, instant{"time", e.ScheduledUntil, t.catalog.DateTime(e.ScheduledUntil)})
		}
		return t.withTimes("next.overrun", "")
	}
	return ""
}

// maxRows is how many components at top level stand in a row before they are
// folded like a group.
const maxRows = 5

// components fills in the affected components and the others by group.
func (t *Theme) components(s *derive.Snapshot, ahead []*derive.Snapshot, p *IndexPage) {
	var healthy [][]*derive.Component // of each of the page's groups
	for group, c := range s.Listed {
		row := t.row(s, c)
		row.Ahead = t.labelsAhead(c.Status, ahead, worst(c))
		if c.Status != status.Operational {
			row.Name = c.FullName()
			p.Affected = append(p.Affected, row)
			continue
		}
		last := len(p.Groups) - 1
		if last < 0 || p.Groups[last].Name != group {
			p.Groups = append(p.Groups, ComponentGroup{Name: group, Status: row.Status})
			healthy = append(healthy, nil)
			last++
		}
		p.Groups[last].Components = append(p.Groups[last].Components, row)
		healthy[last] = append(healthy[last], c)
	}
	for i := range p.Groups {
		g := &p.Groups[i]
		g.Count = t.catalog.Count("index.count", len(g.Components))
		g.Folded = g.Name != "" || len(g.Components) > maxRows
		g.Ahead = t.labelsAhead(status.Operational, ahead, worst(healthy[i]...))
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

func (t *Theme) row(s *derive.Snapshot, c *derive.Component) Component {
	days := s.Days(c, s.Site.Uptime.Days)
	made := Component{
		Name: c.Name, URL: c.Path(), Description: c.Description,
		Status: t.componentStatus(c.Status),
		Bars:   t.bars(days),
	}
	if fraction, ok := derive.Uptime(days, s.Site.Uptime); ok {
		made.Uptime = t.catalog.Percent(fraction)
	}
	return made
}

// days lists the last dates, newest first, each with what happened on it.
// Maintenance that is yet to come stands above, not here.
func (t *Theme) days(s *derive.Snapshot) []Day {
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
		day := Day{Date: t.date(date), Month: status.MonthPath(date)}
		shown := events[:min(len(events), maxDayEvents)]
		for _, e := range shown {
			day.Events = append(day.Events, t.entry(s, e, ""))
		}
		if rest := len(events) - len(shown); rest > 0 {
			day.More = t.catalog.Count("index.more", rest)
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
func (t *Theme) entry(s *derive.Snapshot, e *derive.Event, root string) Entry {
	return Entry{
		Kind: e.Kind.String(), Title: e.Title, Original: t.original(e.Language), URL: root + e.Path(), Draft: e.Draft || e.Held,
		Status: t.eventStatus(e.Status), Impact: t.impact(e),
		When: t.time(happened(e)), Sentence: t.lead(s, e),
	}
}
