package page

import (
	"html/template"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// clocksDiffer is by how much an update's clocks may differ before its page says so.
const clocksDiffer = 15 * time.Minute

// clocks says when an update happened, was published and was edited, if these are
// far apart; else nothing.
func (l *Localization) clocks(u derive.Update) []template.HTML {
	last := u.Public()
	if u.Edited.After(last) {
		last = u.Edited
	}
	if last.Sub(u.At) <= clocksDiffer {
		return nil
	}
	key := "update.happened_published_edited"
	switch {
	case u.Edited.IsZero():
		key = "update.happened_published"
	case u.Public().Truncate(time.Minute).Equal(u.At.Truncate(time.Minute)):
		key = "update.happened_edited"
	}
	var p phrase
	p.text = l.catalog.Text(key,
		"happened", p.time(l.timeOn(u.At, u.At), ""),
		"published", p.time(l.timeOn(u.Public(), u.At), ""),
		"edited", p.time(l.timeOn(u.Edited, u.At), ""))
	return []template.HTML{p.html()}
}

// timeOn is an instant beside another one: the time of day alone if both are on
// the same date.
func (l *Localization) timeOn(at, other time.Time) Time {
	if status.SameDate(at, other) {
		return l.clock(at)
	}
	return l.time(at)
}
