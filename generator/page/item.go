package page

import (
	"html"
	"html/template"
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// maxCards is how many cards of one kind a page shows.
const maxCards = 50

func (l *Localization) cards(s *derive.Snapshot, up string, events []*derive.Event) []Card {
	var cards []Card
	for _, e := range events[:min(len(events), maxCards)] {
		cards = append(cards, l.card(s, up, e))
	}
	return cards
}

// entries lists events with what the clock will do to them, and marks those that
// went on at an instant already, if it is not zero.
func (l *Localization) entries(s *derive.Snapshot, up string, events []*derive.Event, from time.Time, forecast []*derive.Snapshot) []Entry {
	var entries []Entry
	for _, e := range events {
		entry := Entry{EventItem: l.item(s, up, e)}
		entry.Continues = slices.ContainsFunc(e.Periods, func(p derive.Period) bool {
			return p.From.Before(from) && (p.To.After(from) || p.Open)
		})
		if forecastable(e) {
			entry.Forecast = l.itemForecast(e, up, forecast)
		}
		entries = append(entries, entry)
	}
	return entries
}

// forecastable reports whether the clock may change what a list says about an
// event.
func forecastable(e *derive.Event) bool { return e.Kind == status.Maintenance && e.Open() }

// item is an event in a list, on a page from which up leads to the index of
// its language.
func (l *Localization) item(s *derive.Snapshot, up string, e *derive.Event) EventItem {
	return EventItem{
		Kind: e.Kind.String(), Title: l.title(e), Original: originalOf(l, e.Titles), URL: up + e.Path(), Draft: e.Draft || e.HeldBack,
		Status: l.eventLabel(e.Status), Impact: l.impact(e),
		When: l.time(happened(e)), Sentence: l.leadOf(s, e).html(),
	}
}

// maxCardComponents is how many components of an event its card lists.
const maxCardComponents = 10

func (l *Localization) card(s *derive.Snapshot, up string, e *derive.Event) Card {
	card := Card{
		EventItem: l.item(s, up, e),
		Affects:   l.names(e.Affected),
		Period:    l.period(e),
		Latest:    l.update(up+e.Path(), e, e.Updates[len(e.Updates)-1]),
		Next:      l.next(s, e),
		Promise:   l.promise(e),
	}
	if !e.Upcoming() {
		shown := e.Affected[:min(len(e.Affected), maxCardComponents)]
		for _, a := range shown {
			card.Components = append(card.Components, l.affected(e, a, ""))
		}
		if rest := len(e.Affected) - len(shown); rest > 0 {
			card.More = l.catalog.Count("index.more", rest)
		}
	}
	return card
}

// affected is a component of an event: how it is now, while the event is open,
// and how it was at worst. What a maintenance has not touched has no status. url
// leads to its page, or is empty.
func (l *Localization) affected(e *derive.Event, a derive.Affected, url string) Affected {
	c := a.Component
	shown := Affected{Name: l.uniqueName(c.Component), URL: url}
	if a.Worst == status.Operational && e.Kind == status.Maintenance {
		return shown
	}
	shown.Worst = l.componentStatus(a.Worst)
	if a.Worst == status.Operational {
		shown.Worst.Tone = "notice"
	}
	if e.Open() && !e.HeldBack && !c.Retired {
		shown.Now = l.statusOf(c)
	}
	return shown
}

// affectedBy lists the components of an event, for its own page.
func (l *Localization) affectedBy(e *derive.Event, up string) []Affected {
	var list []Affected
	for _, a := range e.Affected {
		list = append(list, l.affected(e, a, up+a.Component.Path()))
	}
	return list
}

// promise says when the next update of an event comes.
func (l *Localization) promise(e *derive.Event) Promise {
	switch by := l.time(e.Promise.By); {
	case e.Promise.By.IsZero():
		return Promise{}
	case e.Promise.Overdue:
		return Promise{Text: l.withTime("next.overdue", by, dataAgo), Overdue: true}
	default:
		return Promise{Text: l.withTime("next.update", by, dataAgo)}
	}
}

// dataAgo is the attribute of a <time> to which the script adds how far away it
// is.
const dataAgo = " data-ago"

// period is since when an open event has lasted, or the window of a maintenance
// that has not begun.
func (l *Localization) period(e *derive.Event) template.HTML {
	since := e.StartedAt
	switch {
	case e.Kind == status.Maintenance && !e.Active():
		return l.withWindow("period.range", e.ScheduledFor, e.ScheduledUntil)
	case e.Active():
		since = began(e)
	}
	return l.withTime("period.since", l.time(since), dataAgo)
}

// next is what a reader may expect to happen next in an open event.
func (l *Localization) next(s *derive.Snapshot, e *derive.Event) template.HTML {
	return l.nextIn(s, e, dataAgo)
}

// nextIn is next, with an attribute for the time in it.
func (l *Localization) nextIn(s *derive.Snapshot, e *derive.Event, attribute string) template.HTML {
	switch e.Status {
	case status.Scheduled:
		return l.withTime("next.scheduled", l.time(e.ScheduledFor), attribute)
	case status.InProgress:
		if s.At.Before(e.ScheduledUntil) {
			return l.withTime("next.in_progress", l.time(e.ScheduledUntil), attribute)
		}
		return template.HTML(html.EscapeString(l.catalog.Text("next.overrun")))
	}
	return ""
}

// plannedEnd is when work that is going on is to end, a sentence; empty for
// other events, since their sentence says all that is known.
func (l *Localization) plannedEnd(s *derive.Snapshot, e *derive.Event) template.HTML {
	if !e.Active() {
		return ""
	}
	return l.nextIn(s, e, "")
}

// happened is when an event began: an incident, or the work of a maintenance. Of
// one that is to begin it is when, and of one that never began when it was
// cancelled or completed.
func happened(e *derive.Event) time.Time {
	if e.Kind == status.Incident {
		return e.StartedAt
	}
	return began(e)
}
