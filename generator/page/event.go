package page

import (
	"html"
	"html/template"
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/language"
	"allclear/generator/status"
)

// EventPage is the page of an incident or a maintenance, event.html.
type EventPage struct {
	Base
	Kind             string // incident or maintenance
	Eyebrow          string // the line above the title: "CleverTap incident"
	Heading          string
	Original         *Original // of Heading
	Note             string    // that some text of the page is not translated; may be empty
	Draft            bool
	Window           template.HTML // "… – …", of a maintenance that is not over; may be empty
	Sentence         template.HTML // what happened and what the status is
	Next             template.HTML // when work that is going on is to end, a sentence; may be empty
	Status           string
	Open             bool
	Impact           Label
	Since            template.HTML // "Since …", of an open incident; may be empty
	Latest           *Update       // of an open event; nil once it is over
	LatestForecast   []UpdateForecast
	Forecast         []EventForecast
	Promise          Promise
	PromiseForecast  []PromiseForecast
	Affected         []Affected
	AffectedForecast []AffectedForecast
	Span             template.HTML    // "… to …" or "Since …", the time that the strips of Affected show; may be empty
	Updates          []Update         // oldest first; of an open event newest first
	UpdateForecast   []UpdateForecast // what the clock will add to them, in the same order
	Postmortem       []Update         // the postmortem, after the event was over, oldest first
	Related          []Link
	Edits            string // the address of the history of the event's file; "" if the site has no repository
	Previous         *Link  // the next older event
	Following        *Link  // the next newer one
}

// EventForecast is what an event will be from an instant on.
type EventForecast struct {
	From           string // RFC 3339
	Title          string // of the tab
	Status         string
	Sentence, Next template.HTML
}

// UpdateForecast is a message that the clock will add at an instant.
type UpdateForecast struct {
	From string // RFC 3339
	Update
}

// Affected is a component of an event. Both of its states are empty if the event
// has not done anything to it.
type Affected struct {
	Name    string
	URL     string
	Now     Label  // its status now because of the event; empty once the event is over
	Worst   Label  // its worst status in the event, unless Now says the same
	Overall Label  // its status now, if another event makes it worse than Now; else empty
	Because *Link  // that event
	Strip   *Strip // its status over the time of the event, on the event's page; nil if that is nothing to see
}

// AffectedForecast is how the components will be from an instant on.
type AffectedForecast struct {
	From     string // RFC 3339
	Affected []Affected
}

// Update is one message of a timeline.
type Update struct {
	Held      bool          // shown only in the preview, before its time
	Anchor    string        // the id that its permalink leads to
	Permalink template.HTML // a link to it with At as its text, ready to show
	Status    string        // "investigating"
	Label     string        // the same with a capital, where it stands alone
	State     string        // the same as content writes it: in_progress
	Closed    bool          // the status means that the event is over
	At        Time
	After     string          // how long after the beginning of an incident; empty for its first
	Notes     []template.HTML // that it moves the window, corrects another update or was corrected
	Corrected bool            // a later update corrects it
	Text      template.HTML
	Original  *Original // of Text
	Changes   []Change  // the components whose status it changed
}

// Change is a component whose status an update changed.
type Change struct {
	Component string
	Old, New  Label
}

// event is an event's own page. Once the event is over, nothing on it depends on
// the whole site, so an edit elsewhere does not change the pages of old events.
func (l *Localization) event(s *derive.Snapshot, e *derive.Event) EventPage {
	up, title := upFrom(e.Path()), l.title(e)
	if e.Open() {
		l = l.beside(s.At)
	}
	sentence := l.sentence(s, e)
	p := EventPage{
		Base:     l.base(s, up, e.Path()),
		Kind:     e.Kind.String(),
		Eyebrow:  l.catalog.Text("event.incident", "site", l.siteTitle(s.Site)),
		Heading:  title,
		Original: originalOf(l, e.Titles),
		Draft:    e.Draft || e.HeldBack,
		Sentence: sentence.html(), Next: l.plannedEnd(s, e),
		Status: l.eventLabel(e.Status),
		Open:   e.Open(),
		Impact: l.impact(e),
	}
	if e.Kind == status.Maintenance {
		p.Eyebrow = l.catalog.Text("event.maintenance", "site", l.siteTitle(s.Site))
	}
	p.Title, p.Description, p.Article = l.eventTitle(e), sentence.plain(), true
	p.Affected = l.affectedBy(e, up)
	p.Promise = l.promise(e)
	if p.Original != nil {
		p.Note = p.Original.Note
	}
	p.Span = l.span(e)
	l.timeline(e, &p)
	if e.Open() {
		p.Live, p.AsOf = true, l.asOf(s)
		if e.Kind == status.Maintenance {
			p.Window = l.withWindow("period.range", e.ScheduledFor, e.ScheduledUntil)
		}
		l.eventForecast(s, e, up, &p)
		l.newestFirst(e, &p)
	}
	if r := s.Site.Repository; r != nil && e.File != "" {
		p.Edits = r.History(e.File)
	}
	for _, other := range e.Related {
		p.Related = append(p.Related, *l.eventLink(up, other))
	}
	p.Picture = l.picture(s, e)
	p.LinkedData = l.eventData(s, e, &p)
	p.Previous, p.Following = l.eventLink(up, e.Previous), l.eventLink(up, e.Following)
	return p
}

// eventTitle is what the tab and a shared link say: of an event that is not over its
// status too.
func (l *Localization) eventTitle(e *derive.Event) string {
	if !e.Open() {
		return l.title(e)
	}
	return l.catalog.Text("feed.entry", "status", l.eventLabel(e.Status), "title", l.title(e))
}

// timeline fills in the updates, and that some are not translated.
func (l *Localization) timeline(e *derive.Event, p *EventPage) {
	p.Updates = make([]Update, 0, len(e.Updates)+len(e.Coming))
	for _, u := range e.Updates {
		v := l.update("", e, u)
		if v.Original != nil && p.Note == "" {
			p.Note = l.catalog.Text("translation.partly", "language", language.Name(l.original))
		}
		if u.Status == status.Postmortem {
			p.Postmortem = append(p.Postmortem, v)
			continue
		}
		if passed := u.At.Sub(e.StartedAt); passed > 0 && e.Kind == status.Incident {
			v.After = l.catalog.Text("event.after", "length", l.catalog.Duration(passed))
		}
		p.Updates = append(p.Updates, v)
	}
	for _, u := range e.Coming {
		v := l.update("", e, derive.Update{Update: &u, Status: u.Status})
		v.Held = true
		p.Updates = append(p.Updates, v)
	}
}

// newestFirst turns the updates of an open event round, and shows the newest on
// top: a reader of an open event looks for what is new, of one that is over for
// what happened.
func (l *Localization) newestFirst(e *derive.Event, p *EventPage) {
	if e.Kind == status.Incident {
		p.Since = l.since(e)
	}
	latest := l.latest(e)
	p.Latest = &latest
	slices.Reverse(p.Updates)
	slices.Reverse(p.UpdateForecast)
}

// latest is the newest update of an event. If nobody put words to
// one of a maintenance, as to those of the clock, the words below it are the last
// that a person wrote, with their time, since those tell more.
func (l *Localization) latest(e *derive.Event) Update {
	last := e.Updates[len(e.Updates)-1]
	v := l.update("", e, last)
	if last.MessageKey == "" || e.Kind == status.Incident {
		return v
	}
	for _, u := range slices.Backward(e.Updates) {
		if u.MessageKey != "" || u.Text.Plain == "" || u.Corrected != nil {
			continue
		}
		said := l.update("", e, u)
		v.Notes = append([]template.HTML{l.withTime("event.said", said.At, "")}, said.Notes...)
		v.Text, v.Original = said.Text, said.Original
		break
	}
	return v
}

// eventForecast fills in what the clock will do to an event that is not over.
func (l *Localization) eventForecast(s *derive.Snapshot, e *derive.Event, up string, p *EventPage) {
	forecast := s.Forecast()
	p.PromiseForecast = l.promiseForecast(e, forecast)
	p.AffectedForecast = l.affectedForecast(e, up, p.Affected, forecast)
	if e.Kind == status.Incident {
		return
	}
	for _, m := range transitions(e, forecast) {
		from := l.catalog.ISO(m.site.At)
		p.Forecast = append(p.Forecast, EventForecast{
			From: from, Title: l.eventTitle(m.event), Status: l.eventLabel(m.event.Status),
			Sentence: l.sentence(m.site, m.event).html(), Next: l.plannedEnd(m.site, m.event),
		})
		last := m.event.Updates[len(m.event.Updates)-1]
		p.UpdateForecast = append(p.UpdateForecast, UpdateForecast{From: from, Update: l.update("", m.event, last)})
		p.LatestForecast = append(p.LatestForecast, UpdateForecast{From: from, Update: l.latest(m.event)})
	}
}

func (l *Localization) eventLink(up string, e *derive.Event) *Link {
	if e == nil {
		return nil
	}
	return &Link{Name: l.title(e), URL: up + e.Path(), Original: originalOf(l, e.Titles)}
}

// update is one message of an event, for a page from which page leads to the
// event's own page.
func (l *Localization) update(page string, e *derive.Event, u derive.Update) Update {
	text, original := l.text(u)
	v := Update{
		Anchor: u.Anchor(),
		Status: l.eventStatus(u.Status), Label: l.eventLabel(u.Status), State: u.Status.String(), Closed: u.Status.Closed(),
		At:    l.time(u.At),
		Notes: l.notes(page, e, u),
		Text:  template.HTML(text.HTML), Original: original,
	}
	v.Permalink = permalink(v)
	v.Corrected = u.Corrected != nil
	for _, c := range u.Changes {
		if c.Old != c.New {
			v.Changes = append(v.Changes, Change{
				Component: l.uniqueName(c.Component), Old: l.componentStatus(c.Old), New: l.componentStatus(c.New),
			})
		}
	}
	return v
}

// notes says in the theme's words what an update's text may leave out: that it was
// published or edited later, moves the window, corrects another update or was corrected.
func (l *Localization) notes(page string, e *derive.Event, u derive.Update) []template.HTML {
	notes := l.clocks(u)
	if !u.From.IsZero() || !u.Until.IsZero() {
		from, until := windowAt(e, u)
		notes = append(notes, l.withWindow("update.window", from, until))
	}
	for _, other := range e.Updates {
		switch {
		case u.Corrects != "" && u.Corrects == other.ID:
			notes = append(notes, l.linkTo(page, other, "update.corrects"))
		case other.Corrects != "" && other.Corrects == u.ID:
			notes = append(notes, l.linkTo(page, other, "update.corrected"))
		}
	}
	return notes
}

// windowAt is the window of a maintenance from an update on.
func windowAt(e *derive.Event, u derive.Update) (from, until time.Time) {
	from, until = e.Event.ScheduledFor, e.Event.ScheduledUntil
	for _, other := range append(slices.Clip(e.Updates), u) {
		if !other.From.IsZero() {
			from = other.From
		}
		if !other.Until.IsZero() {
			until = other.Until
		}
		if other.Update == u.Update {
			break
		}
	}
	return from, until
}

// linkTo is a sentence with the time of an update, which leads to it.
func (l *Localization) linkTo(page string, u derive.Update, key string) template.HTML {
	text := l.withTime(key, l.time(u.At), "")
	return template.HTML(`<a href="`+html.EscapeString(page+"#"+u.Anchor())+`">`) + text + `</a>`
}

// permalink is an update's time as a link to the update itself. It is made here
// and not by a template, since no other piece of HTML is made more often.
func permalink(u Update) template.HTML {
	return template.HTML(`<a href="#` + html.EscapeString(u.Anchor) + `">` + timeElement(u.At, "") + `</a>`)
}
