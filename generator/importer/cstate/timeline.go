package cstate

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/status"
)

// timeline makes an update of each part of an issue's text whose time is
// certain. The others stay unchanged in the text of the update before.
func (c *cstate) timeline(f *hugoFile, i *issue, date time.Time, end ending) {
	text := f.body
	if strings.TrimSpace(text) == "" {
		text = textOf(f.fields, "description")
	}
	parts := chronological(c.parts(text))
	if len(parts) == 0 {
		parts = []part{{}}
	}
	if last := &parts[len(parts)-1]; last.at.IsZero() && last.role == roleLast && end.over {
		last.at = end.at
	}
	if parts[0].at.IsZero() {
		parts[0].at = date
	}
	parts = joined(parts)
	note := c.report.At(f.at(f.bodyLine), "")
	for n, p := range parts {
		u := status.Update{At: p.at, Status: p.statusIn(i.Kind, n)}
		u.Interim, u.Text.Markdown = u.Status == 0, c.markdown(p.text, note)
		i.Updates = append(i.Updates, u)
	}
	if i.Kind == status.Maintenance {
		i.Severity, i.SeverityStated = status.None, false
		i.ScheduledFor, i.ScheduledUntil = date, end.at
		return
	}
	if !i.Updates[0].At.Equal(date) {
		i.Started = date
	}
	if first := i.Updates[0].At; first.Before(date.AddDate(0, 0, -1)) {
		c.report.Note(f.at(f.bodyLine), "a time in its text, %s, is long before its start, %s: is it a typo?", importer.Stamp(first), importer.Stamp(date))
	}
	c.close(f, i, date, end)
}

// joined appends parts without a time to the part before, and sorts all by
// time.
func joined(parts []part) []part {
	kept := parts[:1:1]
	for _, p := range parts[1:] {
		if p.at.IsZero() {
			before := &kept[len(kept)-1]
			before.text = strings.Trim(before.text+"\n\n"+strings.Trim(p.raw, "\n"), "\n")
			continue
		}
		kept = append(kept, p)
	}
	slices.SortStableFunc(kept, func(a, b part) int { return a.at.Compare(b.at) })
	return kept
}

// statusIn is the status of a part as the n-th update of an event; zero for an
// interim update.
func (p part) statusIn(kind status.Kind, n int) status.EventStatus {
	if kind == status.Incident {
		if n == 0 && p.status == 0 {
			return status.Investigating
		}
		return p.status
	}
	switch {
	case n == 0:
		return status.Scheduled
	case p.role == roleLast:
		return status.Completed
	case p.status == status.Monitoring:
		return status.Verifying
	}
	return status.InProgress
}

// close makes an incident resolved: by an update of its text if there is one,
// else at the time that the front matter gives.
func (c *cstate) close(f *hugoFile, i *issue, date time.Time, end ending) {
	resolved := slices.IndexFunc(i.Updates, func(u status.Update) bool { return u.Status.Closed() })
	last := i.Updates[len(i.Updates)-1]
	switch {
	case !end.over:
		if resolved >= 0 && last.Status.Closed() {
			c.report.Note(f.at(1), "its front matter says that it is not resolved, its text that it is: it is imported as resolved")
		}
		return
	case resolved >= 0:
		c.keepClosed(i, resolved, end)
		return
	}
	at := end.at
	if n := slices.IndexFunc(i.Updates, func(u status.Update) bool { return u.At.Equal(at) }); n > 0 {
		i.Updates[n].Status, i.Updates[n].Interim = status.Resolved, false
		c.keepClosed(i, n, end)
		return
	}
	if at.IsZero() {
		at = latest(last.At, date)
		if !end.noted {
			c.report.Note(f.at(1), "it is resolved, but does not say when: its last known time, %s, is used", importer.Stamp(at))
		}
	}
	n := len(i.Updates)
	for n > 1 && i.Updates[n-1].At.After(at) {
		n--
	}
	i.Updates = slices.Insert(i.Updates, n, status.Update{At: at, Status: status.Resolved})
	for m := n + 1; m < len(i.Updates); m++ {
		i.Updates[m].Status, i.Updates[m].Interim = 0, true // so that it reopens nothing
	}
}

// keepClosed makes later updates interim ones, so that they don't reopen the
// incident, and keeps the end that the front matter gives if the text has
// another one.
func (c *cstate) keepClosed(i *issue, resolved int, end ending) {
	for n := resolved + 1; n < len(i.Updates); n++ {
		if i.Updates[n].Status != status.Postmortem && n > lastOf(i.Updates, status.Resolved) {
			i.Updates[n].Status, i.Updates[n].Interim = 0, true
		}
	}
	final := i.Updates[lastOf(i.Updates, status.Resolved)].At
	if !end.at.IsZero() && !end.at.Equal(final) && end.at.After(latest(i.Updates[0].At, i.Started)) {
		i.Ended = end.at
		c.report.Note(i.Where, "its text says that it was resolved at %s, its front matter at %s: the latter is imported as the end of the impact", importer.Stamp(final), importer.Stamp(end.at))
	}
}

func lastOf(updates []status.Update, s status.EventStatus) int {
	for n := len(updates) - 1; n >= 0; n-- {
		if updates[n].Status == s {
			return n
		}
	}
	return len(updates) - 1
}

// markdown is a text of Hugo's as an update may have it.
func (c *cstate) markdown(text string, note markup.Note) string {
	return markup.FromMarkdown(strings.ReplaceAll(text, "<!--more-->", ""), note)
}

// latest is the later one of two instants.
func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
