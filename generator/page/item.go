package page

import (
	"cmp"
	"html"
	"html/template"
	"slices"
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// maxCards is how many cards of one kind a page shows.
const maxCards = 50

func (l *Localization) cards(up string, events []*derive.Event) []Card {
	var cards []Card
	for _, e := range events[:min(len(events), maxCards)] {
		cards = append(cards, l.card(up, e))
	}
	return cards
}

// entries lists events with what the clock will do to them, and marks those that
// went on at an instant already, if it is not zero.
func (l *Localization) entries(up string, events []*derive.Event, from time.Time, forecast []*derive.Snapshot) []Entry {
	var entries []Entry
	for _, e := range events {
		entry := Entry{EventItem: l.item(up, e)}
		entry.Continues = continues(e, from)
		if forecastable(e) {
			entry.Forecast = l.itemForecast(e, up, forecast)
		}
		entries = append(entries, entry)
	}
	return entries
}

// continues reports whether an event went on at an instant already.
func continues(e *derive.Event, at time.Time) bool {
	return slices.ContainsFunc(e.Periods, func(p derive.Period) bool {
		return p.From.Before(at) && (p.To.After(at) || p.Open)
	})
}

// forecastable reports whether the clock may change what a list says about an
// event.
func forecastable(e *derive.Event) bool { return e.Kind == status.Maintenance && e.Open() }

// item is an event in a list, on a page from which up leads to the index of
// its language.
func (l *Localization) item(up string, e *derive.Event) EventItem {
	item := EventItem{
		Kind: e.Kind.String(), Title: l.title(e), Original: originalOf(l, e.Titles), URL: up + e.Path(), Draft: e.Draft || e.HeldBack,
		Status: l.eventLabel(e.Status), Impact: l.impact(e),
		When: l.time(happened(e)), Affects: l.names(e.Affected),
	}
	if !e.Open() && e.Length > 0 {
		item.Length = l.catalog.Duration(e.Length)
	}
	item.Words, item.Foreign = l.lastWords(e)
	return item
}

// maxWords is how many characters of an update a list shows.
const maxWords = 280

// lastWords is the first paragraph of what the writer said last and has not
// corrected, the postmortem aside, without markup.
func (l *Localization) lastWords(e *derive.Event) (string, *Original) {
	for _, u := range slices.Backward(e.Updates) {
		if u.Status == status.Postmortem || u.MessageKey != "" || u.Corrected != nil {
			continue
		}
		text, original := l.text(u)
		paragraph, _, _ := strings.Cut(text.Plain, "\n\n")
		if words := strings.Join(strings.Fields(paragraph), " "); words != "" {
			return shortened(words), original
		}
	}
	return "", nil
}

// shortened is the beginning of a text, up to the end of a word.
func shortened(text string) string {
	letters := []rune(text)
	if len(letters) <= maxWords {
		return text
	}
	cut := string(letters[:maxWords])
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)/2 { // some languages have no spaces
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,.;:") + "…"
}

// inSight is how many of some things a list shows that has room for most. One more
// takes no more room than "and 1 more".
func inSight(n, most int) int {
	if n == most+1 {
		return n
	}
	return min(n, most)
}

// maxCardComponents is how many components of an event its card lists, the worst
// first.
const maxCardComponents = 4

func (l *Localization) card(up string, e *derive.Event) Card {
	card := Card{
		EventItem: l.item(up, e),
		Anchor:    "event-" + e.ID,
		Period:    l.since(e),
		Latest:    l.update(up+e.Path(), e, e.Updates[len(e.Updates)-1]),
		Promise:   l.promise(e),
	}
	worst := slices.Clone(e.Affected)
	slices.SortStableFunc(worst, func(a, b derive.Affected) int { return cmp.Compare(b.Component.Status, a.Component.Status) })
	shown := worst[:inSight(len(worst), maxCardComponents)]
	for _, a := range shown {
		card.Components = append(card.Components, l.affected(e, a, up))
	}
	if rest := len(e.Affected) - len(shown); rest > 0 {
		card.More = l.catalog.Count("index.more", rest)
	}
	return card
}

// affected is a component of an event: what the event does to it now, while the
// event is open, and did at worst. Where another event makes the component worse
// now, it is said beside that. What a maintenance has not touched has no status.
// up leads to the index of the language.
func (l *Localization) affected(e *derive.Event, a derive.Affected, up string) Affected {
	c := a.Component
	shown := Affected{Name: l.uniqueName(c.Component), URL: up + c.Path()}
	if a.Worst == status.Operational && e.Kind == status.Maintenance {
		return shown
	}
	shown.Worst = l.componentStatus(a.Worst)
	if a.Worst == status.Operational {
		shown.Worst.Tone = "notice"
	}
	if e.Open() && !e.HeldBack && !c.Retired {
		if shown.Now = l.statusIn(e, a); shown.Now == shown.Worst {
			shown.Worst = Label{}
		}
		shown.Overall, shown.Because = l.elsewhere(e, a, up)
	}
	return shown
}

// statusIn is what an open event does to a component now.
func (l *Localization) statusIn(e *derive.Event, a derive.Affected) Label {
	switch {
	case a.Now >= a.Component.Status:
		return l.statusOf(a.Component)
	case a.Now == status.Operational && e.Kind == status.Incident:
		return l.noticed()
	}
	return l.componentStatus(a.Now)
}

// elsewhere is a component's present status, and the event that causes it, if that
// is worse than what an event does to the component.
func (l *Localization) elsewhere(e *derive.Event, a derive.Affected, up string) (Label, *Link) {
	c := a.Component
	if a.Now >= c.Status {
		return Label{}, nil
	}
	for _, other := range c.Events {
		if causes := func(b derive.Affected) bool { return b.Component.Index == c.Index && b.Now == c.Status }; other.ID != e.ID && slices.ContainsFunc(other.Affected, causes) {
			return l.componentStatus(c.Status), l.eventLink(up, other)
		}
	}
	return l.componentStatus(c.Status), nil
}

// affectedBy lists the components of an event, for its own page.
func (l *Localization) affectedBy(e *derive.Event, up string) []Affected {
	var list []Affected
	for _, a := range e.Affected {
		shown := l.affected(e, a, up)
		shown.Strip = l.strip(e, a)
		list = append(list, shown)
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

// since is from when on an open event has lasted.
func (l *Localization) since(e *derive.Event) template.HTML {
	return l.withTime("period.since", l.time(e.StartedAt), dataAgo)
}

// plannedEnd is when work that is going on is to end, a sentence; empty for
// other events, since their sentence says all that is known.
func (l *Localization) plannedEnd(s *derive.Snapshot, e *derive.Event) template.HTML {
	switch {
	case !e.Active():
		return ""
	case e.Status == status.InProgress && s.At.Before(e.ScheduledUntil):
		return l.withTime("next.in_progress", l.time(e.ScheduledUntil), "")
	}
	return l.overrun(s, e)
}

// overrun says that work takes longer than planned, if it does.
func (l *Localization) overrun(s *derive.Snapshot, e *derive.Event) template.HTML {
	if e.Status != status.InProgress || s.At.Before(e.ScheduledUntil) {
		return ""
	}
	return template.HTML(html.EscapeString(l.catalog.Text("next.overrun")))
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
