package oracle

import (
	"math/rand/v2"
	"slices"
	"time"
)

// An edit makes two versions of a site's content, or two instants of one, that
// are then built and held against each other. It is false where the content
// has nothing to edit so.
type edit func(d *rand.Rand, c *Content, now time.Time) (versions, bool)

// versions are two sites to build.
type versions struct {
	what                string
	before, after       *Content
	beforeNow, afterNow time.Time
}

var edits = []struct {
	kind string
	make edit
}{
	{"append", appended}, {"text", corrected}, {"time", retimed}, {"insert", inserted}, {"rename", renamed}, {"hide", without}, {"quiet", floored},
	{"component", componentRenamed},
}

// visible picks one of the updates that have happened, of an event that is
// public, and says which.
func visible(d *rand.Rand, c *Content, now time.Time, is func(*Event, int) bool) (event, update int, ok bool) {
	type place struct{ event, update int }
	var places []place
	for i, e := range c.Events {
		for j, u := range e.Updates {
			if !e.Draft && !u.At.After(now) && is(e, j) {
				places = append(places, place{i, j})
			}
		}
	}
	if len(places) == 0 {
		return 0, 0, false
	}
	p := places[d.IntN(len(places))]
	return p.event, p.update, true
}

// appended is a site just after an update was appended to a file, beside the
// same without it.
func appended(d *rand.Rand, c *Content, _ time.Time) (versions, bool) {
	work := d.IntN(2) == 0
	i, j, ok := visible(d, c, c.end(), func(e *Event, j int) bool { return j > 0 && e.Ended.IsZero() && e.Maintenance == work })
	if !ok {
		return versions{}, false
	}
	after, before := c.clone(), c.clone()
	after.Events[i].Updates = after.Events[i].Updates[:j+1]
	before.Events[i].Updates = before.Events[i].Updates[:j]
	at := c.Events[i].Updates[j].At
	now := at.Add(time.Duration(d.IntN(600)) * time.Second)
	if t := tell(before.Events[i], now); t != nil && slices.ContainsFunc(t.updates, func(u Said) bool { return u.Clock && u.At.After(at) }) {
		now = at // nobody writes after the clock's act what came before it
	}
	return versions{"an update is appended to " + c.Events[i].ID, before, after, now, now}, true
}

// end is an instant after all that the content tells.
func (c *Content) end() time.Time {
	var last time.Time
	for _, e := range c.Events {
		for _, t := range append([]time.Time{e.Until, e.Ended}, e.Updates[len(e.Updates)-1].At) {
			if t.After(last) {
				last = t
			}
		}
	}
	return last.Add(time.Hour)
}

// corrected corrects the text of one update.
func corrected(d *rand.Rand, c *Content, now time.Time) (versions, bool) {
	i, j, ok := visible(d, c, now, func(e *Event, j int) bool { return e.Updates[j].Text != "" })
	if !ok {
		return versions{}, false
	}
	after := c.clone()
	after.Events[i].Updates[j].Text += " Corrected."
	return versions{"a text of " + c.Events[i].ID + " is corrected", c, after, now, now}, true
}

// retimed corrects the time of one update by a minute.
func retimed(d *rand.Rand, c *Content, now time.Time) (versions, bool) {
	back := func(e *Event, j int) time.Time { return e.Updates[j].At.Add(-time.Minute) }
	i, j, ok := visible(d, c, now, func(e *Event, j int) bool {
		return j > 0 && !back(e, j).Before(e.Updates[j-1].At) && (e.Ended.IsZero() || e.Ended.Before(back(e, j)))
	})
	if !ok {
		return versions{}, false
	}
	after := c.clone()
	after.Events[i].Updates[j].At = back(c.Events[i], j)
	return versions{"a time of " + c.Events[i].ID + " is corrected", c, after, now, now}, true
}

// inserted puts an interim update between two others.
func inserted(d *rand.Rand, c *Content, now time.Time) (versions, bool) {
	i, j, ok := visible(d, c, now, func(e *Event, j int) bool { return j > 0 && !e.Updates[j].Front })
	if !ok {
		return versions{}, false
	}
	after := c.clone()
	e := after.Events[i]
	between := e.Updates[j-1].At.Add(e.Updates[j].At.Sub(e.Updates[j-1].At) / 2).Truncate(time.Second)
	e.Updates = slices.Insert(e.Updates, j, Update{At: between, Text: "Put in between, k999k."})
	e.Translations = nil
	return versions{"an update is put into " + e.ID, c, after, now, now}, true
}

// renamed gives the file of one event another name, and keeps its API id.
func renamed(d *rand.Rand, c *Content, now time.Time) (versions, bool) {
	i, _, ok := visible(d, c, now, func(*Event, int) bool { return true })
	if !ok {
		return versions{}, false
	}
	after := c.clone()
	e := after.Events[i]
	e.APIID, e.ID = e.Code(), "renamed-"+e.ID
	for _, other := range after.Events {
		if slices.Contains(other.Related, c.Events[i].ID) {
			other.Related = []string{e.ID}
		}
	}
	return versions{c.Events[i].ID + " is renamed", c, after, now, now}, true
}

// componentRenamed gives a component another id, and keeps the old one and its
// API id.
func componentRenamed(d *rand.Rand, c *Content, now time.Time) (versions, bool) {
	if !features.ComponentAliases {
		return versions{}, false
	}
	after := c.clone()
	component := after.Components[d.IntN(len(after.Components))]
	old := component.ID
	component.APIID, component.Aliases = component.Code(), append(slices.Clone(component.Aliases), old)
	component.ID = "renamed-" + old
	return versions{"the component " + old + " is renamed", c, after, now, now}, true
}

// without is the content without all that is not public at an instant.
func without(_ *rand.Rand, c *Content, now time.Time) (versions, bool) {
	public := c.clone()
	hidden := false
	public.Events = slices.DeleteFunc(public.Events, func(e *Event) bool { return tell(e, now) == nil })
	hidden = len(public.Events) < len(c.Events)
	for _, e := range public.Events {
		n := 0
		for n < len(e.Updates) && !e.Updates[n].At.After(now) {
			n++
		}
		hidden = hidden || n < len(e.Updates)
		e.Updates = e.Updates[:n]
		if e.Ended.After(now) {
			e.Ended = time.Time{}
		}
		e.Translations = e.translationsOf(n)
	}
	for _, e := range public.Events {
		e.Related = slices.DeleteFunc(slices.Clone(e.Related), func(id string) bool {
			return !slices.ContainsFunc(public.Events, func(o *Event) bool { return o.ID == id })
		})
	}
	public.Announcements = slices.DeleteFunc(public.Announcements, func(a *Announcement) bool { return a.From.After(now) })
	return versions{"there is more that is not public yet", public, c, now, now}, hidden
}

// translationsOf are the translations of the first updates alone.
func (e *Event) translationsOf(n int) map[string]*Translation {
	all := map[string]*Translation{}
	for language, t := range e.Translations {
		short := &Translation{Title: t.Title, Texts: map[int]string{}}
		for i, text := range t.Texts {
			if i < n {
				short.Texts[i] = text
			}
		}
		all[language] = short
	}
	return all
}

// floored is one content at an instant and at the boundary before it.
func floored(_ *rand.Rand, c *Content, now time.Time) (versions, bool) {
	m := reason(c, now)
	if m.at.Equal(now) {
		now = now.Add(time.Second)
		m = reason(c, now)
	}
	return versions{"nothing happens between " + m.at.Format(time.RFC3339) + " and " + now.Format(time.RFC3339), c, c, m.at, now}, !m.at.Equal(now)
}
