package page

import (
	"html/template"
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

// planned is the cards of maintenance, each with its forecast.
func (l *Localization) planned(s *derive.Snapshot, up string, events []*derive.Event, forecast []*derive.Snapshot) []PlannedCard {
	var cards []PlannedCard
	for _, e := range events[:min(len(events), maxCards)] {
		card := PlannedCard{Card: l.card(s, up, e)}
		for _, m := range transitions(e, forecast) {
			card.Forecast = append(card.Forecast, CardForecast{From: l.catalog.ISO(m.site.At), Card: l.card(m.site, up, m.event)})
		}
		cards = append(cards, card)
	}
	return cards
}

// item is an event in a list, on a page from which up leads to the index of
// its language.
func (l *Localization) item(s *derive.Snapshot, up string, e *derive.Event) EventItem {
	return EventItem{
		Kind: e.Kind.String(), Title: l.title(e), Original: originalOf(l, e.Titles), URL: up + e.Path(), Draft: e.Draft || e.HeldBack,
		Status: l.eventStatus(e.Status), Impact: l.impact(e),
		When: l.time(happened(e)), Sentence: l.lead(s, e),
	}
}

func (l *Localization) card(s *derive.Snapshot, up string, e *derive.Event) Card {
	last := e.Updates[len(e.Updates)-1]
	return Card{
		EventItem: l.item(s, up, e),
		Affected:  l.names(e.Affected),
		Period:    l.period(e),
		Latest:    l.update(last),
		Next:      l.next(e, last.At),
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
		from, until := l.ends(e)
		return l.withTimes("period.window", "", namedTime{"from", e.ScheduledFor, from}, namedTime{"until", e.ScheduledUntil, until})
	case e.Active():
		since = began(e)
	}
	return l.withTimes("period.since", dataAgo, namedTime{"time", since, l.catalog.DateTime(since)})
}

// next is what a reader may expect to happen next in an open event.
func (l *Localization) next(e *derive.Event, last time.Time) template.HTML {
	switch e.Status {
	case status.Scheduled:
		return l.withTimes("next.scheduled", dataAgo, namedTime{"time", e.ScheduledFor, l.catalog.DateTime(e.ScheduledFor)})
	case status.InProgress:
		if last.Before(e.ScheduledUntil) {
			return l.withTimes("next.in_progress", dataAgo, namedTime{"time", e.ScheduledUntil, l.catalog.DateTime(e.ScheduledUntil)})
		}
		return l.withTimes("next.overrun", "")
	}
	return ""
}

// happened is the instant at whose date the index lists an event: the first
// update of an incident, the beginning of a maintenance.
func happened(e *derive.Event) time.Time {
	switch {
	case e.Kind == status.Incident:
		return e.CreatedAt
	case e.Status == status.Cancelled:
		return e.UpdatedAt
	}
	return began(e)
}
