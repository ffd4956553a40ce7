package cstate

import (
	"regexp"
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
	c.about = date
	parts := chronological(c.parts(f.body))
	if len(parts) == 0 {
		parts = []part{{}}
	}
	c.dropFuture(parts, date)
	c.dropBefore(f, parts, date, end)
	if last := &parts[len(parts)-1]; last.at.IsZero() && last.role == roleLast && end.over {
		last.at = end.at
	}
	if parts[0].at.IsZero() {
		i.Undated = true
		parts[0].at = c.announced(f, i, date, end)
	}
	parts = joined(parts)
	note := c.report.At(f.at(f.bodyLine), "")
	s := story{cstate: c, file: f, issue: i, parts: parts, date: date, end: end}
	for n, p := range parts {
		u := status.Update{At: p.at, Status: p.statusIn(i.Kind, n)}
		u.Interim, u.Text.Markdown = u.Status == 0, c.markdown(p.text, note)
		if u.Interim && p.status != 0 {
			u.Text.Markdown = c.markdown(p.whole, note)
		}
		i.Updates = append(i.Updates, u)
	}
	if i.Kind == status.Maintenance {
		i.Severity, i.SeverityStated = status.None, false
		i.ScheduledFor, i.ScheduledUntil = date, end.until()
		s.complete()
		return
	}
	s.close()
	s.impact()
}

// dropFuture takes away the times of parts that are still to come, since they
// say when something is planned, not when a part was written.
func (c *cstate) dropFuture(parts []part, date time.Time) {
	for n := range parts {
		if parts[n].at.After(c.now) && parts[n].at.After(date) {
			parts[n].at, parts[n].role, parts[n].status = time.Time{}, roleNone, 0
		}
	}
}

// dropBefore takes away the times of parts that are all long before the issue,
// if it is over and does not say when: its date alone says when it was, and
// the outage was not as long as from the texts to the date.
func (c *cstate) dropBefore(f *hugoFile, parts []part, date time.Time, end ending) {
	var last time.Time
	for _, p := range parts {
		last = latest(last, p.at)
	}
	if last.IsZero() || !end.over || !end.at.IsZero() || date.Sub(last) < 24*time.Hour {
		return
	}
	c.report.Note(f.at(1), "its text ends at %s, before its date, %s: the times of the text are not imported", importer.Stamp(last), importer.Stamp(date))
	for n := range parts {
		parts[n].at, parts[n].text, parts[n].whole = time.Time{}, parts[n].raw, parts[n].raw
	}
}

// announced is when the first part of an issue was written if it does not say
// it: when the issue began, or now if it is still to come, since the page of
// cState shows it by now.
func (c *cstate) announced(f *hugoFile, i *issue, date time.Time, end ending) time.Time {
	if !date.After(c.now) {
		return date
	}
	now := c.now.UTC().Truncate(time.Minute)
	switch {
	case i.Kind == status.Maintenance:
		return now
	case end.over:
		return date
	}
	c.report.Note(f.at(1), "its date, %s, is still to come, and it is not resolved: it is imported as open from now on, as cState shows it; if it is planned, move it to maintenance/", importer.Stamp(date))
	return now
}

// joined appends parts without a time to the part before, and sorts all by
// time.
func joined(parts []part) []part {
	kept := parts[:1:1]
	for _, p := range parts[1:] {
		if p.at.IsZero() {
			before := &kept[len(kept)-1]
			before.text = strings.Trim(before.text+"\n\n"+strings.Trim(p.raw, "\n"), "\n")
			before.whole = strings.Trim(before.whole+"\n\n"+strings.Trim(p.raw, "\n"), "\n")
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
	switch {
	case kind == status.Incident && n == 0 && p.status == 0:
		return status.Investigating
	case kind == status.Incident:
		return p.status
	case n == 0:
		return status.Scheduled
	case p.role == roleLast:
		return status.Completed
	case p.status == status.Monitoring:
		return status.Verifying
	case p.begins:
		return status.InProgress
	}
	return 0
}

// story is an issue while the statuses of its updates are settled.
type story struct {
	*cstate
	file  *hugoFile
	issue *issue
	parts []part // one for each update, until one is added
	date  time.Time
	end   ending
}

// remark makes an update one that changes no status. Its label stays in its
// text. The first update of an incident opens it.
func (s *story) remark(n int) {
	u := &s.issue.Updates[n]
	if u.Interim {
		return
	}
	u.Status, u.Interim = 0, true
	if n == 0 {
		u.Status, u.Interim = status.Investigating, false
		if s.issue.Kind == status.Maintenance {
			u.Status = status.Scheduled
		}
	}
	if n < len(s.parts) && s.parts[n].status != 0 {
		u.Text.Markdown = s.markdown(s.parts[n].whole, func(string, ...any) {})
	}
}

// complete settles a maintenance: nothing resumes it after it was completed by
// an update or by the clock, and nothing completes one that is not over.
func (s *story) complete() {
	i := s.issue
	last := lastOf(i.Updates, status.Completed)
	for n := 1; n < len(i.Updates); n++ {
		u := i.Updates[n]
		late := !u.At.Before(i.ScheduledUntil)
		switch {
		case u.Interim:
		case u.Status == status.Completed && (!s.end.over || n != last),
			u.Status != status.Completed && (late || last >= 0 && n > last),
			u.Status == status.Verifying && last < n:
			s.remark(n)
		}
	}
	if s.end.over && last < 0 && i.ScheduledUntil.After(s.now) && !i.ScheduledFor.After(s.now) {
		at := i.Updates[len(i.Updates)-1].At
		s.report.Note(s.file.at(1), "it is resolved before the end of its window: its last known time, %s, is used", importer.Stamp(at))
		i.Updates = append(i.Updates, status.Update{At: at, Status: status.Completed})
	}
}

// close makes an incident resolved once, if its front matter says that it is
// over, and keeps it open if not.
func (s *story) close() {
	i := s.issue
	if !s.end.over {
		closed := false
		for n := range i.Updates {
			if i.Updates[n].Status.Closed() {
				closed = true
				s.remark(n)
			}
		}
		if closed {
			s.report.Note(s.file.at(1), "its text says that it is resolved, its front matter that it is not: it is imported as open")
		}
		return
	}
	resolved := lastOf(i.Updates, status.Resolved)
	if resolved >= 0 && i.Updates[resolved].At.Before(latest(s.end.at, s.date)) && (!s.end.at.IsZero() || i.Updates[resolved].At.Before(s.date)) {
		if !s.end.at.IsZero() {
			s.report.Note(i.Where, "its text says that it was resolved at %s, its front matter at %s: the latter is imported", importer.Stamp(i.Updates[resolved].At), importer.Stamp(s.end.at))
		}
		resolved = -1
	}
	if s.instant() || resolved < 0 {
		resolved = s.resolve()
	}
	if resolved == 1 && len(i.Updates) == 2 && s.parts[0].status == 0 && i.Updates[1].Text.Markdown == "" && i.Updates[0].At.Equal(i.Updates[1].At) {
		i.Updates, resolved = i.Updates[:1], 0 // one text of one minute is one update
		i.Updates[0].Status = status.Resolved
	}
	for n := range i.Updates {
		u := i.Updates[n]
		if n != resolved && (u.Status.Closed() && (n < resolved || u.Status == status.Resolved) || n > resolved && u.Status != status.Postmortem) {
			if n != 0 || u.Status.Closed() {
				s.remark(n)
			}
		}
	}
}

// instant reports whether an incident was over when it began.
func (s *story) instant() bool {
	return !s.end.at.IsZero() && s.end.at.Truncate(time.Second).Equal(s.date.Truncate(time.Second))
}

// resolve adds the update that resolves an incident: at its end, or at the last
// known time. It returns its place.
func (s *story) resolve() int {
	i := s.issue
	first, last := i.Updates[0].At, i.Updates[len(i.Updates)-1].At
	at := s.end.at
	switch {
	case at.IsZero():
		at = latest(last, s.date)
		if !s.end.noted {
			s.report.Note(s.file.at(1), "it is resolved, but does not say when: its last known time, %s, is used", importer.Stamp(at))
		}
	case at.After(s.now) && !s.date.After(s.now):
		at = latest(last, s.date)
		s.report.Note(s.file.at(1), "it is resolved, and its end is still to come: its last known time, %s, is used", importer.Stamp(at))
	case at.Before(first) && !s.instant():
		at = last // its texts are all later than its end
	}
	if u := &i.Updates[0]; len(i.Updates) == 1 && s.parts[0].role == roleNone && u.At.Truncate(time.Minute).Equal(at.Truncate(time.Minute)) {
		u.At, u.Status = at, status.Resolved // one text of one time, which no one would tell in two updates
		return 0
	}
	n := slices.IndexFunc(i.Updates, func(u status.Update) bool { return u.At.Equal(at) && u.Interim })
	if n > 0 && s.parts[n].role == roleNone && !s.end.at.IsZero() {
		i.Updates[n].Status, i.Updates[n].Interim = status.Resolved, false
		return n
	}
	n = len(i.Updates)
	for n > 0 && i.Updates[n-1].At.After(at) {
		n--
	}
	i.Updates = slices.Insert(i.Updates, n, status.Update{At: at, Status: status.Resolved})
	s.parts = slices.Insert(s.parts, n, part{})
	return n
}

// impact says when an incident began and ended where its updates don't.
func (s *story) impact() {
	i := s.issue
	began := i.Updates[0].At
	if !began.Equal(s.date) && !s.date.After(s.now) {
		if began.Sub(s.date).Abs() > 24*time.Hour {
			s.report.Note(i.Where, "its text begins at %s, its date is %s: the latter is imported as the start of the impact", importer.Stamp(began), importer.Stamp(s.date))
		}
		i.Started, began = s.date, s.date
	}
	n := slices.IndexFunc(i.Updates, func(u status.Update) bool { return u.Status.Closed() })
	if n < 0 {
		return
	}
	over := i.Updates[n].At
	if !i.Started.IsZero() && !i.Started.Before(over) {
		i.Started, began = time.Time{}, i.Updates[0].At
	}
	if end := s.end.at; !end.IsZero() && end.Before(over) && end.After(began) {
		i.Ended = end
		s.report.Note(i.Where, "its text says that it was resolved at %s, its front matter at %s: the latter is imported as the end of the impact", importer.Stamp(over), importer.Stamp(end))
	}
}

// lastOf is the place of the last update with a status, -1 if there is none.
func lastOf(updates []status.Update, s status.EventStatus) int {
	for n := len(updates) - 1; n >= 0; n-- {
		if updates[n].Status == s {
			return n
		}
	}
	return -1
}

var picture = regexp.MustCompile(`!\[([^\[\]]*)\]\(\s*<?([^()\s<>]+)>?(?:\s+"[^"]*")?\s*\)`)

// markdown is a text of Hugo's as an update may have it. A picture of another
// site becomes a link, as a page would show it.
func (c *cstate) markdown(text string, note markup.Note) string {
	text = picture.ReplaceAllStringFunc(text, func(found string) string {
		m := picture.FindStringSubmatch(found)
		words, address := m[1], m[2]
		if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
			note("the picture %q is not copied: put it into content/static", markup.Short(address))
			return found
		}
		if strings.TrimSpace(words) == "" {
			words = "picture"
		}
		note("the picture %q becomes a link", markup.Short(address))
		return "[" + words + "](" + address + ")"
	})
	return markup.FromMarkdown(text, note)
}

// latest is the later one of two instants.
func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
