package statuspage

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/status"
)

// at is the time that the page shows for an update.
func (u recordedUpdate) at() time.Time {
	if u.DisplayAt.IsZero() {
		return u.CreatedAt.Time
	}
	return u.DisplayAt.Time
}

// ofOtherKind translates statuses of the other kind of event.
var ofOtherKind = map[status.Kind]map[text]status.EventStatus{
	status.Maintenance: {
		"investigating": status.InProgress, "identified": status.InProgress,
		"monitoring": status.Verifying, "resolved": status.Completed, "postmortem": status.Completed, "canceled": status.Cancelled,
	},
	status.Incident: {
		"in_progress": status.Identified, "verifying": status.Monitoring, "completed": status.Resolved,
	},
}

// updates makes the updates of an event in order of time. It returns the
// recordings of these updates in the same order.
func (s *statuspage) updates(l *latest, e *event) []recordedUpdate {
	ordered := s.timed(l)
	ids := map[string]bool{}
	for i, u := range ordered {
		made := status.Update{At: u.at().Truncate(time.Second), Status: s.statusOf(l, e, i, u.Status)}
		switch id := string(u.ID); {
		case id == "":
		case !check.IsAPIID(id):
			s.report.Note(l.where, "the id %q of an update can't be kept", markup.Short(id))
		case ids[id]:
			s.report.Note(l.where, "two updates have the id %q: the second one gets another", id)
		default:
			made.ID, ids[id] = id, true
		}
		made.Text.Markdown = s.body(l, u.Body, s.report.At(l.where, "update %s: ", u.ID))
		e.Updates = append(e.Updates, made)
	}
	return ordered
}

// timed lists the updates of an event that have a time, the oldest first. One
// without a time gets that of the one before it, or of the event.
func (s *statuspage) timed(l *latest) []recordedUpdate {
	ordered := slices.Clone(l.Updates)
	slices.Reverse(ordered) // the API lists the newest first
	before := cmp.Or(l.CreatedAt, l.StartedAt, l.ScheduledFor, l.UpdatedAt)
	for i := range ordered {
		if u := &ordered[i]; u.at().IsZero() && !before.IsZero() {
			u.DisplayAt = before
			s.report.Note(l.where, "its update %q has no time: that of what is before it is used", markup.Short(string(u.ID)))
		}
		before = moment{ordered[i].at()}
	}
	ordered = slices.DeleteFunc(ordered, func(u recordedUpdate) bool { return u.at().IsZero() })
	slices.SortStableFunc(ordered, func(a, b recordedUpdate) int { return a.at().Compare(b.at()) })
	return ordered
}

// statusOf is the status of the i-th update of an event.
func (s *statuspage) statusOf(l *latest, e *event, i int, said text) status.EventStatus {
	if word, known := status.ParseEventStatus(e.Kind, string(said)); known {
		return word
	}
	if word, known := ofOtherKind[e.Kind][said]; known {
		s.report.Note(l.where, "an update has the status %s, which no %s has: it is imported as %s", markup.Short(string(said)), e.Kind, word)
		return word
	}
	if i > 0 {
		s.report.Note(l.where, "an update has an unknown status, %q: it keeps the status before", markup.Short(string(said)))
		return e.Updates[i-1].Status
	}
	first := status.Investigating
	if e.Kind == status.Maintenance {
		first = status.Scheduled
	}
	s.report.Note(l.where, "its first update has an unknown status, %q: it is imported as %s", markup.Short(string(said)), first)
	return first
}

// ulid is the form of the ids of incident.io, whose texts are Markdown.
var ulid = regexp.MustCompile(`^[0-7][0-9A-HJKMNP-TV-Z]{25}$`)

// rootLink is a link of Markdown to a path of the page.
var rootLink = regexp.MustCompile(`\]\(/([^/])`)

// body is a text of an event as an update may have it.
func (s *statuspage) body(l *latest, text text, note markup.Note) string {
	if ulid.MatchString(string(l.ID)) {
		page := strings.TrimRight(string(s.page.URL), "/")
		return markup.FromMarkdown(rootLink.ReplaceAllString(string(text), "]("+page+"/$1"), note)
	}
	return markup.FromHTML(string(text), string(s.page.URL), note)
}

// addClosing adds the updates that only the event itself has: that it was
// closed, and its postmortem.
func (s *statuspage) addClosing(l *latest, e *event) {
	word, known := status.ParseEventStatus(e.Kind, string(l.Status))
	resolved := l.ResolvedAt.second()
	if len(e.Updates) == 0 {
		s.addFirst(l, e, word, known)
	}
	if len(e.Updates) == 0 {
		return
	}
	last := e.Updates[len(e.Updates)-1]
	switch {
	case !known || !word.Closed() || last.Status.Closed():
	case resolved.IsZero() || resolved.Before(last.At):
		s.report.Note(l.where, "it is %s, but no update says so and its time is unknown: it is imported as %s", word, last.Status)
	default:
		if word == status.Postmortem {
			word = status.Resolved
		}
		s.report.Note(l.where, "it is %s, but no update says so: an update without text is added at its resolved_at, %s", word, importer.Stamp(resolved))
		e.Updates = append(e.Updates, status.Update{Status: word, At: resolved})
	}
	if l.Postmortem == "" || e.Kind != status.Incident ||
		slices.ContainsFunc(e.Updates, func(u status.Update) bool { return u.Status == status.Postmortem }) {
		return
	}
	at := l.PostmortemAt.second()
	if last := e.Updates[len(e.Updates)-1]; at.IsZero() || at.Before(last.At) || !last.Status.Closed() {
		s.report.Note(l.where, "its postmortem was not published after its end: it is not imported")
		return
	}
	postmortem := status.Update{Status: status.Postmortem, At: at}
	postmortem.Text.Markdown = s.body(l, l.Postmortem, s.report.At(l.where, "postmortem: "))
	e.Updates = append(e.Updates, postmortem)
}

// addFirst adds an update without text to an event that has none, if anything
// says when it began.
func (s *statuspage) addFirst(l *latest, e *event, word status.EventStatus, known bool) {
	at := cmp.Or(l.StartedAt.second(), l.CreatedAt.second(), l.ScheduledFor.second(), l.UpdatedAt.second(), l.ResolvedAt.second())
	if at.IsZero() {
		return
	}
	first := status.Investigating
	switch {
	case known && !word.Closed():
		first = word
	case e.Kind == status.Maintenance:
		first = status.Scheduled
	}
	s.report.Note(l.where, "it has no updates: its own times and status are imported")
	e.Updates = []status.Update{{Status: first, At: at}}
}
