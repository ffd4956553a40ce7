package page

import (
	"html"
	"html/template"
	"slices"

	"allclear/generator/derive"
	"allclear/generator/language"
	"allclear/generator/status"
)

// event is an event's own page. Nothing in it speaks of the site as a whole,
// so that an edit elsewhere leaves the pages of old events as they are.
func (t *Theme) event(s *derive.Snapshot, e *derive.Event) EventPage {
	up := root(e.Path())
	p := EventPage{
		Base:     t.base(s, up, e.Path()),
		Kind:     e.Kind.String(),
		Eyebrow:  t.catalog.Text("event.incident", "site", s.Site.Title),
		Heading:  e.Title,
		Original: t.original(e.Language),
		Draft:    e.Draft || e.Held,
		Sentence: t.sentence(s, e),
		Status:   t.eventStatus(e.Status),
		Open:     e.Open(),
		Impact:   t.impact(e),
	}
	if e.Kind == status.Maintenance {
		p.Eyebrow = t.catalog.Text("event.maintenance", "site", s.Site.Title)
	}
	p.Title, p.Description, p.Article = e.Title, p.Sentence, true
	for _, a := range e.Affected {
		p.Affected = append(p.Affected, Affected{
			Name: a.Component.FullName(), URL: up + a.Component.Path(), Status: t.componentStatus(a.Worst),
		})
	}
	if p.Original != nil {
		p.Note = p.Original.Note
	}
	p.Updates = make([]Update, 0, len(e.Updates)+len(e.Coming))
	for _, u := range e.Updates {
		v := t.update(u)
		if v.Original != nil && p.Note == "" {
			p.Note = t.catalog.Text("translation.partly", "language", language.Name(u.Language))
		}
		if u.Status == status.Postmortem {
			p.Postmortem = append(p.Postmortem, v)
			continue
		}
		if passed := u.At.Sub(e.StartedAt); passed > 0 && e.Kind == status.Incident {
			v.After = t.catalog.Text("event.after", "length", t.catalog.Duration(passed))
		}
		p.Updates = append(p.Updates, v)
	}
	for _, u := range e.Coming {
		v := t.update(derive.Update{Update: &u, Status: u.Status})
		v.Held = true
		p.Updates = append(p.Updates, v)
	}
	p.Live = e.Open()
	t.eventAhead(s, e, &p)
	for _, other := range e.Related {
		p.Related = append(p.Related, *t.eventLink(up, other))
	}
	p.Picture = t.picture(s, e)
	p.LinkedData = t.eventData(s, e, &p)
	p.Previous, p.Following = t.eventLink(up, e.Previous), t.eventLink(up, e.Following)
	return p
}

// eventAhead fills in what the clock will do to a maintenance that is not over.
func (t *Theme) eventAhead(s *derive.Snapshot, e *derive.Event, p *EventPage) {
	if !e.Open() || e.Kind == status.Incident {
		return
	}
	for _, m := range moved(e, t.forecast(s)) {
		from := t.catalog.ISO(m.site.At)
		p.Ahead = append(p.Ahead, EventAhead{From: from, Status: t.eventStatus(m.event.Status), Sentence: t.sentence(m.site, m.event)})
		last := m.event.Updates[len(m.event.Updates)-1]
		p.Coming = append(p.Coming, UpdateAhead{From: from, Update: t.update(last)})
	}
}

func (t *Theme) eventLink(up string, e *derive.Event) *Link {
	if e == nil {
		return nil
	}
	return &Link{Name: e.Title, URL: up + e.Path(), Original: t.original(e.Language)}
}

func (t *Theme) update(u derive.Update) Update {
	v := Update{
		Anchor: u.Anchor(),
		Status: t.eventStatus(u.Status), State: u.Status.String(), Closed: u.Status.Closed(),
		At:   t.time(u.At),
		Text: template.HTML(u.Text.HTML), Original: t.original(u.Language),
	}
	v.Permalink = permalink(v)
	for _, c := range u.Changes {
		if c.Old != c.New {
			name := c.Component.Name
			if slices.ContainsFunc(u.Changes, func(other derive.Change) bool { return other.Component != c.Component && other.Component.Name == name }) {
				name = c.Component.FullName()
			}
			v.Changes = append(v.Changes, Change{
				Component: name, Old: t.componentStatus(c.Old), New: t.componentStatus(c.New),
			})
		}
	}
	return v
}

// permalink is an update's time as a link to the update itself. It stands here,
// since of all that a site says it is what it says most often.
func permalink(u Update) template.HTML {
	return template.HTML(`<a href="#` + html.EscapeString(u.Anchor) + `">` + timeElement(u.At, "") + `</a>`)
}
