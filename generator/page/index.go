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
		Banner:  t.banner(s),
		Changed: t.time(s.Updated),
		BarDays: t.catalog.Count("bars.days", s.Site.Uptime.Days),
		Method:  t.method(s.Site),
		Days:    t.days(s),
	}
	p.Section = "index"
	p.Title = t.catalog.Text("index.title")
	p.Description = t.catalog.Text("index.description", "site", s.Site.Title, "banner", p.Banner.Text)
	for _, a := range s.Announcements {
		p.Announcements = append(p.Announcements, Announcement{Title: a.Title, From: t.time(a.From), Text: template.HTML(a.Text.HTML), Original: t.original(a.Language)})
	}
	p.Open = t.cards(openEvents(s, func(e *derive.Event) bool { return e.Kind == status.Incident }))
	p.Running = t.cards(openEvents(s, (*derive.Event).Active))
	upcoming := openEvents(s, (*derive.Event).Upcoming)
	slices.SortStableFunc(upcoming, func(a, b *derive.Event) int { return a.ScheduledFor.Compare(b.ScheduledFor) })
	p.Upcoming = t.cards(upcoming)
	t.components(s, &p)
	return p
}

// banner is the verdict in words.
func (t *Theme) banner(s *derive.Snapshot) Banner {
	b := Banner{Label: Label{Text: t.catalog.Text("banner." + string(s.Banner.Message))}}
	b.Tone = [...]string{"operational", "degraded", "partial", "major", "maintenance"}[s.Banner.Indicator]
	if e := s.Banner.Speaker; e != nil {
		b.Speaker = t.eventLink("", e)
		if s.Banner.Indicator == status.IndicatorNone {
			b.Tone = "notice" // an open incident of no severity: not all is well, yet nothing is down
		}
	}
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
		cards = append(cards, Card{
			Kind: e.Kind.String(), Title: e.Title, Original: t.original(e.Language), URL: e.Path(), Draft: e.Draft,
			Status:   t.eventStatus(e.Status),
			Impact:   t.impact(e),
			Affected: t.names(e.Affected),
			Period:   t.period(e),
			Latest:   t.update(e.Updates[len(e.Updates)-1]),
			Next:     t.next(e),
		})
	}
	return cards
}

// period is since when an open event has lasted, or when it is to be.
func (t *Theme) period(e *derive.Event) string {
	switch {
	case e.Upcoming():
		return t.window(e)
	case e.Active():
		return t.catalog.Text("period.since", "time", t.catalog.DateTime(begun(e)))
	}
	return t.catalog.Text("period.since", "time", t.catalog.DateTime(e.StartedAt))
}

// next is what a reader may expect of an open event.
func (t *Theme) next(e *derive.Event) string {
	last := e.Updates[len(e.Updates)-1].At
	switch e.Status {
	case status.Investigating:
		return t.catalog.Text("next.investigating")
	case status.Identified:
		return t.catalog.Text("next.identified")
	case status.Monitoring:
		return t.catalog.Text("next.monitoring")
	case status.Scheduled:
		return t.catalog.Text("next.scheduled", "time", t.catalog.DateTime(e.ScheduledFor))
	case status.Verifying:
		return t.catalog.Text("next.verifying")
	case status.InProgress:
		if last.Before(e.ScheduledUntil) {
			return t.catalog.Text("next.in_progress", "time", t.catalog.DateTime(e.ScheduledUntil))
		}
		return t.catalog.Text("next.overrun")
	}
	return ""
}

// components fills in the affected components and the others by group.
func (t *Theme) components(s *derive.Snapshot, p *IndexPage) {
	add := func(group string, c *derive.Component) {
		row := t.row(s, c)
		if c.Status != status.Operational {
			row.Name = c.FullName()
			p.Affected = append(p.Affected, row)
			return
		}
		last := len(p.Groups) - 1
		if last < 0 || p.Groups[last].Name != group {
			p.Groups = append(p.Groups, ComponentGroup{Name: group})
			last++
		}
		p.Groups[last].Components = append(p.Groups[last].Components, row)
	}
	for _, entry := range s.Entries {
		if entry.Component != nil {
			add("", entry.Component)
			continue
		}
		for _, c := range entry.Group.Components {
			add(entry.Group.Name, c)
		}
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
		Kind: e.Kind.String(), Title: e.Title, Original: t.original(e.Language), URL: root + e.Path(), Draft: e.Draft,
		Status: t.eventStatus(e.Status), Impact: t.impact(e),
		When: t.time(happened(e)), Sentence: t.lead(s, e),
	}
}
