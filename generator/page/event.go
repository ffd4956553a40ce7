package page

import (
	"html/template"

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
		Draft:    e.Draft,
		Sentence: t.sentence(s, e),
		Status:   t.eventStatus(e.Status),
		Open:     e.Open(),
		Impact:   t.impact(e),
	}
	if e.Kind == status.Maintenance {
		p.Eyebrow = t.catalog.Text("event.maintenance", "site", s.Site.Title)
	}
	p.Title, p.Description = e.Title, p.Sentence
	for _, a := range e.Affected {
		p.Affected = append(p.Affected, Affected{
			Name: a.Component.FullName(), URL: up + a.Component.Path(), Status: t.componentStatus(a.Worst),
		})
	}
	if p.Original != nil {
		p.Note = p.Original.Note
	}
	for _, u := range e.Updates {
		v := t.update(u)
		p.Updates = append(p.Updates, v)
		if v.Original != nil && p.Note == "" {
			p.Note = t.catalog.Text("translation.partly", "language", language.Name(u.Language))
		}
	}
	for _, other := range e.Related {
		p.Related = append(p.Related, *t.eventLink(up, other))
	}
	p.Previous, p.Following = t.eventLink(up, e.Previous), t.eventLink(up, e.Following)
	return p
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
	for _, c := range u.Changes {
		if c.Old != c.New {
			v.Changes = append(v.Changes, Change{
				Component: c.Component.Name, Old: t.componentStatus(c.Old), New: t.componentStatus(c.New),
			})
		}
	}
	return v
}
