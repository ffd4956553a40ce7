package oracle

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"time"
)

var tagForm = regexp.MustCompile(`<[^>]*>`)

// plain is HTML's text on one line.
func plain(markup string) string {
	return strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(tagForm.ReplaceAllString(markup, " ")), " "))
}

// lawChannelsTell: a feed's entry says what is affected and how bad it is, or
// from when to when; the calendar says which window, and that it is cancelled.
func lawChannelsTell(f *finder) {
	for _, t := range f.m.events {
		for _, feed := range siteFeeds {
			entries, _ := f.b.feed(feed)
			for _, e := range entries {
				if strings.Contains(e.Link, "/"+t.Path()) {
					f.entryTells(feed, t, e)
				}
			}
		}
		if t.Maintenance {
			f.calendarTells(t)
		}
	}
	f.everyUpdateHasAnEntry()
}

func (f *finder) entryTells(feed string, t *Told, e entry) {
	text := plain(e.Text)
	for _, component := range f.m.touched(t) {
		if !strings.Contains(text, component.Name) && len(f.m.touched(t)) <= 3 {
			f.add("an entry does not say what is affected", feed, e.Title+": "+text, "%s", f.c.label(component))
		}
	}
	if t.Maintenance {
		if u := f.saidBy(t, e); u != nil && u.InForce != "completed" && u.InForce != "cancelled" && !f.saysWindow(e.Text, t.from, t.until) && !f.saysWindow(e.Text, u.from, u.until) {
			f.add("a maintenance's entry does not say its window", feed, e.Title+": "+text, "from %s to %s", stamp(t.from), stamp(t.until))
		}
		return
	}
	severity := t.severity()
	if severity != "none" && !strings.Contains(strings.ToLower(text+" "+e.Title), severity) {
		f.add("an incident's entry does not say its severity", feed, e.Title+": "+text, "%s", severity)
	}
}

// saidBy finds the update that a feed's entry is about by its instant, or by
// its text.
func (f *finder) saidBy(t *Told, e entry) *Said {
	for i := range t.updates {
		u := &t.updates[i]
		if token := tokenForm.FindString(u.Text); token != "" && strings.Contains(e.Text, token) {
			return u
		}
	}
	for i := range t.updates {
		if u := &t.updates[i]; u.At.Equal(e.Published) || u.After.Equal(e.Published) {
			return u
		}
	}
	return nil
}

// tokenForm is what tells a random update's text from every other one.
var tokenForm = regexp.MustCompile(`k\d+k`)

// saysWindow reports whether a text says both ends of a maintenance's window,
// the one in force or the one that its update announced:
// as datetime attributes, or the time of day in the site's zone.
func (f *finder) saysWindow(markup string, from, until time.Time) bool {
	text := plain(markup)
	for _, at := range []time.Time{from, until} {
		local := at.In(f.c.Zone)
		machine := strings.Contains(markup, at.UTC().Format("2006-01-02T15:04:05Z")) || strings.Contains(markup, local.Format(time.RFC3339))
		person := strings.Contains(text, local.Format("03:04 PM")) || strings.Contains(text, local.Format("3:04 PM")) || strings.Contains(text, local.Format("15:04"))
		if !machine && !person {
			return false
		}
	}
	return true
}

func (f *finder) calendarTells(t *Told) {
	events := slices.DeleteFunc(slices.Clone(f.b.calendar("maintenance.ics")), func(e calendarEvent) bool {
		return !strings.HasSuffix(e.one("URL"), "/"+t.Path())
	})
	if len(events) != 1 {
		f.add("a maintenance is in the calendar once", "maintenance.ics", itoa(len(events)), "1 of %s", t.ID)
		return
	}
	e := events[0]
	if t.status() == "cancelled" {
		if !strings.Contains(strings.ToLower(e.one("SUMMARY")), "cancelled") {
			f.add("a cancelled maintenance's title does not say so", "maintenance.ics", e.one("SUMMARY"), "Cancelled: %s", t.Title)
		}
		if e.one("STATUS") != "CANCELLED" {
			f.add("a cancelled maintenance's STATUS", "maintenance.ics", e.one("STATUS"), "CANCELLED")
		}
	} else if e.one("STATUS") == "CANCELLED" {
		f.add("a maintenance's STATUS", "maintenance.ics", e.one("STATUS"), "not cancelled")
	}
	if !e.at("DTSTART").Equal(t.from) || !e.at("DTEND").Equal(t.until) {
		f.add("a maintenance's window", "maintenance.ics", e.one("DTSTART")+" to "+e.one("DTEND"), "%s to %s", stamp(t.from.UTC()), stamp(t.until.UTC()))
	}
	for _, component := range f.m.touched(t) {
		if !strings.Contains(e.one("DESCRIPTION"), component.Name) && len(f.m.touched(t)) <= 3 {
			f.add("the calendar does not say what is affected", "maintenance.ics", e.one("DESCRIPTION"), "%s", f.c.label(component))
		}
	}
}

// everyUpdateHasAnEntry looks for each update in each feed, since an update
// that no subscriber hears of was not published.
func (f *finder) everyUpdateHasAnEntry() {
	total := 0
	for _, t := range f.m.events {
		total += len(t.updates)
	}
	if total > 50 {
		return // feeds hold the newest 50
	}
	for _, feed := range siteFeeds {
		entries, _ := f.b.feed(feed)
		for _, t := range f.m.events {
			n := 0
			for _, e := range entries {
				if strings.Contains(e.Link, "/"+t.Path()) {
					n++
				}
			}
			if _, event := f.b.eventDocument(t); t.Maintenance && event != nil && sequence(event) != t.sequence() {
				continue // law 14 looks at these
			}
			if n != len(t.updates) {
				f.add("an update has no entry", feed, t.ID+": "+itoa(n)+" entries", "%d", len(t.updates))
			}
		}
	}
}

// lawLastChange: what is called the last change is a change that happened, the
// newest one; where nothing has, nothing is said.
func lawLastChange(f *finder) {
	p := f.b.page("index.html")
	if p == nil {
		return
	}
	at, said := p.lastChange()
	if !said || f.waiting() {
		return
	}
	var changes []time.Time
	for _, t := range f.m.events {
		changes = append(changes, t.instants()...)
		for _, u := range t.updates {
			changes = append(changes, u.After)
		}
	}
	for _, a := range f.c.Announcements {
		changes = append(changes, a.From, a.Until)
	}
	if !slices.ContainsFunc(changes, at.Equal) {
		f.add("a last change that did not happen", "index.html", at.Format(time.RFC3339), "a change that happened, or nothing")
		return
	}
	newest := f.m.newestUpdate()
	if at.Before(newest) || at.After(f.m.now) {
		f.add("a last change that is not the last", "index.html", at.Format(time.RFC3339), "%s", newest.UTC().Format(time.RFC3339))
	}
}

// newestUpdate is the instant of the newest update or act of the clock.
func (m *Model) newestUpdate() time.Time {
	var newest time.Time
	for _, t := range m.events {
		for _, u := range t.updates {
			if u.At.After(newest) {
				newest = u.At
			}
		}
	}
	return newest
}
