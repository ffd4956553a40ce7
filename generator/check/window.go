package check

import (
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var ruleWindowPast = rules.Declare(diag.Rule{
	Code:  "window-in-the-past",
	Title: "An update moves the window of maintenance to times that are still to come",
	Why:   "Readers have seen what began and what was over, and what has been published is not rewritten.",
})

// windowTime reads the attribute from or until; zero if it can't be used.
func (d *document) windowTime(kind status.Kind, h *source.Heading, a source.Attribute) time.Time {
	if kind == status.Incident {
		d.list.Add(ruleClosedSetting.At(a.NameAt, "an incident has no window, so %s has no effect", a.Name).
			WithHint("delete it:\n%s\nwrite when the impact began or ended as started or ended in the front matter", source.FormatHeading(withoutAttributes(*h, a.Name))))
		return time.Time{}
	}
	return d.time(a.Value, a.ValueAt, true)
}

// work is the window of a maintenance, and its work, just before an update.
type work struct {
	from, until time.Time
	begun       time.Time // zero before it begins
	over        time.Time // zero while it is not over
}

// workBefore is the work before an update, as the clock, up to the update's
// instant, and the earlier updates have left it.
func (t *timeline) workBefore(updates []status.Update, i int) work {
	w := work{from: t.event.ScheduledFor, until: t.event.ScheduledUntil}
	if i == 0 {
		return w
	}
	earlier := *t.event
	earlier.Updates = updates[:i]
	var told []derive.Update
	told, w.from, w.until = derive.Timeline(&earlier, updates[i].At)
	for _, u := range told {
		switch {
		case u.Interim:
		case u.Status.Closed():
			w.over = u.At
		case u.Status == status.Scheduled && !w.over.IsZero():
			w.begun, w.over = time.Time{}, time.Time{}
		case u.Status != status.Scheduled:
			w.over = time.Time{}
			if w.begun.IsZero() {
				w.begun = u.At
			}
		}
	}
	return w
}

// hasWindow reports whether the front matter has a window that can be used.
func (t *timeline) hasWindow() bool {
	return !t.event.ScheduledFor.IsZero() && t.event.ScheduledUntil.After(t.event.ScheduledFor)
}

// checkWindows checks the updates of a maintenance that move its window or
// promise the next update.
func (t *timeline) checkWindows(updates []status.Update) {
	if !t.hasWindow() {
		return
	}
	for i := range updates {
		if u := &updates[i]; u.From.IsZero() && u.Until.IsZero() && u.Next.IsZero() {
			continue
		}
		c := windowCheck{t.document, &updates[i], t.headings[i], t.workBefore(updates, i)}
		if !c.hasEffect() || !c.from() || !c.until() || !c.order() {
			updates[i].From, updates[i].Until = time.Time{}, time.Time{} // so that one mistake causes no others
		}
	}
}

// windowCheck checks one update.
type windowCheck struct {
	*document
	update  *status.Update
	heading *source.Heading
	before  work
}

// attribute returns one of the attributes of the heading.
func (c *windowCheck) attribute(name string) (source.Attribute, bool) {
	i := slices.IndexFunc(c.heading.Attributes, func(a source.Attribute) bool { return a.Name == name })
	if i < 0 {
		return source.Attribute{}, false
	}
	return c.heading.Attributes[i], true
}

// with is the heading with a status, and with another value for an attribute or
// without the attribute if the value is "".
func (c *windowCheck) with(s status.EventStatus, name, value string) string {
	return headingWith(*c.heading, c.update, s, name, value)
}

func withoutAttributes(h source.Heading, names ...string) source.Heading {
	h.Attributes = slices.DeleteFunc(slices.Clone(h.Attributes), func(a source.Attribute) bool { return slices.Contains(names, a.Name) })
	return h
}

func headingWith(h source.Heading, u *status.Update, s status.EventStatus, name, value string) string {
	h = withoutAttributes(h, name)
	if value != "" {
		h.Attributes = append(h.Attributes, source.Attribute{Name: name, Value: value})
	}
	if h.Status != s {
		h.Status, h.Time = s, source.FormatTimestamp(u.At)
	}
	return source.FormatHeading(h)
}

// hasEffect reports attributes of an update that ends the maintenance, or that
// comes after its end and does not resume it.
func (c *windowCheck) hasEffect() bool {
	u := c.update
	closes := !u.Interim && u.Status.Closed()
	if !closes && (c.before.over.IsZero() || !u.Interim) {
		return true
	}
	times := map[string]time.Time{"from": u.From, "until": u.Until, "next": u.Next}
	without := withoutAttributes(*c.heading, "from", "until", "next")
	over, hint := "is over with this update", "delete it: write "+source.FormatHeading(without)
	if !closes {
		over = "was over at " + source.FormatTimestamp(c.before.over)
		if !u.Until.IsZero() {
			hint += "\nor, if the work continues, " + c.with(status.InProgress, "from", "")
		}
	}
	i := slices.IndexFunc(c.heading.Attributes, func(a source.Attribute) bool { return !times[a.Name].IsZero() })
	first := c.heading.Attributes[i]
	c.list.Add(ruleClosedSetting.At(first.NameAt, "the maintenance %s, so %s has no effect", over, first.Name).WithHint("%s", hint))
	return false
}

// from reports a beginning that is not to come.
func (c *windowCheck) from() bool {
	u, begun := c.update, c.before.begun
	if u.From.IsZero() {
		return true
	}
	a, _ := c.attribute("from")
	begins := !u.Interim && u.Status != status.Scheduled
	switch {
	case !c.before.over.IsZero() && !begins: // a new beginning
	case !begun.IsZero():
		c.list.Add(ruleWindowPast.At(a.ValueAt, "the work began at %s, so its beginning can't be moved to %s", source.FormatTimestamp(begun), source.FormatTimestamp(u.From)).
			WithHint("delete it: write %s", c.with(c.heading.Status, "from", "")))
		return false
	case begins && u.From.After(u.At):
		c.list.Add(ruleWindowPast.At(a.ValueAt, "the work begins with this update, so its beginning can't be moved to %s", source.FormatTimestamp(u.From)).
			WithHint("delete it: write %s", c.with(c.heading.Status, "from", "")))
		return false
	}
	if u.From.Before(u.At) {
		c.list.Add(ruleWindowPast.At(a.ValueAt, "from is before its own update, %s", source.FormatTimestamp(u.At)).
			WithHint("write this time or a later one: %s", c.with(c.heading.Status, "from", source.FormatTimestamp(u.At.UTC()))))
		return false
	}
	return true
}

// until reports an end that is not to come.
func (c *windowCheck) until() bool {
	u := c.update
	if u.Until.IsZero() || u.Until.After(u.At) {
		return true
	}
	a, _ := c.attribute("until")
	over := withoutAttributes(*c.heading, "from", "next")
	c.list.Add(ruleWindowPast.At(a.ValueAt, "until is not after its own update, %s", source.FormatTimestamp(u.At)).
		WithHint("correct it; or, if the work is over, write %s", headingWith(over, u, status.Completed, "until", "")))
	return false
}

// order reports a window that ends before it begins.
func (c *windowCheck) order() bool {
	from, until := c.before.from, c.before.until
	length := until.Sub(from)
	a, ok := c.attribute("until")
	if c.update.Until.IsZero() {
		a, ok = c.attribute("from")
	} else {
		until = c.update.Until
	}
	if !c.update.From.IsZero() {
		from = c.update.From
	}
	if !ok || until.After(from) {
		return true
	}
	c.list.Add(ruleEndsFirst.At(a.ValueAt, "the window from %s ends at %s", source.FormatTimestamp(from), source.FormatTimestamp(until)).
		WithHint("write both times; for work of %s, write %s", source.FormatDuration(length), c.with(c.heading.Status, "until", source.FormatTimestamp(from.Add(length)))))
	return false
}
