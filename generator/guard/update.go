package guard

import (
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/source"
	"allclear/generator/status"
)

// compareWindow reports a window that was rewritten in the front matter.
func (c *comparison) compareWindow(was, is *derive.Event) {
	a, b := was.Event, is.Event
	if a.Kind != status.Maintenance || a.ScheduledFor.Equal(b.ScheduledFor) && a.ScheduledUntil.Equal(b.ScheduledUntil) {
		return
	}
	c.list.Add(ruleWindow.At(is.Position, "readers were told the window from %s to %s, and would not be told that it has changed",
		source.FormatTimestamp(a.ScheduledFor), source.FormatTimestamp(a.ScheduledUntil)).
		WithHint("write back:\nscheduled_for: %s\nscheduled_until: %s\nand append an update that moves it:\n%s",
			source.FormatTimestamp(a.ScheduledFor), source.FormatTimestamp(a.ScheduledUntil), moved(a, b, c.now)))
}

// moved is the heading of an update that moves a window.
func moved(from, to *status.Event, now time.Time) string {
	h := source.Heading{Time: source.FormatTimestamp(now.Truncate(time.Minute))}
	if !from.ScheduledFor.Equal(to.ScheduledFor) {
		h.Attributes = append(h.Attributes, source.Attribute{Name: "from", Value: source.FormatTimestamp(to.ScheduledFor)})
	}
	if !from.ScheduledUntil.Equal(to.ScheduledUntil) {
		h.Attributes = append(h.Attributes, source.Attribute{Name: "until", Value: source.FormatTimestamp(to.ScheduledUntil)})
	}
	return source.FormatHeading(h)
}

// compareUpdates looks for each public update of an event, by its id.
func (c *comparison) compareUpdates(was, is *derive.Event) {
	old, all := c.publicUpdates(was), is.Event.Updates
	taken := map[string]bool{}
	for _, u := range old {
		taken[u.ID] = true
	}
	for i, u := range old {
		at := slices.IndexFunc(all, func(v status.Update) bool { return v.ID == u.ID })
		if at >= 0 {
			c.compareUpdate(u, &all[at])
			continue
		}
		if c.withdrawn[u.ID] {
			continue
		}
		if v := successor(u, all, taken); v != nil {
			taken[v.ID] = true
			c.list.Add(ruleID.At(v.Position, "this update is public with the id %s, and would come to subscribers again with another", u.ID).
				WithHint("keep the id, in the heading, beside what it has there already:\n%s\nor put back what the id is made of:\n%s", headingWith(v, u.ID), heading(u)))
			continue
		}
		position := is.Position
		if i > 0 && i-1 < len(all) {
			position = all[i-1].Position
		}
		c.list.Add(ruleGone.At(position, "an update is public, and would be gone: %s", heading(u)).
			WithHint("put it back: what turned out wrong is corrected by a new update; what must go is withdrawn in site.yaml:\n%s", c.withdrawal(u.ID)))
	}
	c.lateUpdates(old, all, taken)
}

// publicUpdates are the updates that persons wrote and that have happened.
func (c *comparison) publicUpdates(e *derive.Event) []*status.Update {
	var updates []*status.Update
	for i := range e.Event.Updates {
		if u := &e.Event.Updates[i]; !u.At.After(c.public.At) {
			updates = append(updates, u)
		}
	}
	return updates
}

// successor is the update that seems to be a public one with another id: of the
// same text, or of the same time, and not public itself.
func successor(u *status.Update, all []status.Update, taken map[string]bool) *status.Update {
	for _, same := range []func(v *status.Update) bool{
		func(v *status.Update) bool { return v.Text.Plain == u.Text.Plain && u.Text.Plain != "" },
		func(v *status.Update) bool { return v.At.Equal(u.At) },
	} {
		for i := range all {
			if v := &all[i]; !taken[v.ID] && same(v) {
				return v
			}
		}
	}
	return nil
}

// compareUpdate warns of what changes in a public update that keeps its id.
func (c *comparison) compareUpdate(was, is *status.Update) {
	if !was.At.Equal(is.At) {
		c.list.Add(ruleRewritten.At(is.Position, "the time of this update, which is public, would change from %s", source.FormatTimestamp(was.At)).
			WithHint("put it back, unless it was wrong: readers see no sign of the change"))
	}
	if was.Status != is.Status || was.Interim != is.Interim {
		c.list.Add(ruleRewritten.At(is.Position, "the status of this update, which is public, would change from %s to %s", was.Status, is.Status).
			WithHint("put it back, and tell a new status in a new update"))
	}
	if was.Text.Plain != is.Text.Plain {
		hint := "a slip of the pen may be put right; tell what is new in a new update, since subscribers may not get this one again"
		if c.change.Site.Provenance {
			hint += "; it will be marked as edited"
		}
		c.list.Add(ruleRewritten.At(is.Position, "the text of this update, which is public, would change").WithHint("%s", hint))
	}
}

// lateUpdates warns of new updates that are dated before a public one.
func (c *comparison) lateUpdates(old []*status.Update, all []status.Update, taken map[string]bool) {
	if len(old) == 0 {
		return
	}
	newest := old[len(old)-1]
	why := "readers of feeds that go by the newest date never get it"
	if c.change.Site.Provenance { // then feeds are in order of publication
		why = "readers who have read the newest one do not look for another above it"
	}
	for i := range all {
		if u := &all[i]; !taken[u.ID] && u.At.Before(newest.At) {
			c.list.Add(ruleLate.At(u.Position, "this new update is dated before one that is public, of %s", source.FormatTimestamp(newest.At)).
				WithHint("date it when you publish it, and say in its text when it happened; %s", why))
		}
	}
}

// heading is the heading of an update, as its file may have it.
func heading(u *status.Update) string { return headingWith(u, "") }

// headingWith is the same with an id, unless that is "".
func headingWith(u *status.Update, id string) string {
	h := source.Heading{Time: source.FormatTimestamp(u.At)}
	if !u.Interim {
		h.Status = u.Status
	}
	if id != "" {
		h.Attributes = []source.Attribute{{Name: "#", Value: id}}
	}
	return source.FormatHeading(h)
}
