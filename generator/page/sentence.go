package page

import (
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// sentence says what happened and what the status is, for an event's own page.
func (l *Localization) sentence(s *derive.Snapshot, e *derive.Event) *phrase {
	p := &phrase{}
	p.text = l.catalog.Text("join.sentences", "first", l.lead(s, e, p), "second", l.tail(e))
	return p
}

// lead says what happened: "CleverTap experienced a major incident on …". Its
// dates are whole, since it is read elsewhere and later too. For an event that is
// not over it says when the event began, and never how long it has lasted, since a
// page is not built every minute.
func (l *Localization) lead(s *derive.Snapshot, e *derive.Event, p *phrase) string {
	if e.Kind == status.Maintenance {
		return l.maintenanceLead(s, e, p)
	}
	site, incident := l.siteTitle(s.Site), l.catalog.Text("sentence.incident.phrase."+e.Severity.String())
	if e.Open() {
		return l.catalog.Text("sentence.incident.open", "site", site, "incident", incident,
			"clock", l.wholeClock(p, e.StartedAt), "date", l.wholeDate(p, e.StartedAt), "affecting", l.affecting("sentence.affecting_now", e))
	}
	end := e.ResolvedAt
	if !e.Ended.IsZero() {
		end = e.Ended
	}
	return l.catalog.Text("sentence.incident.over", "site", site, "incident", incident,
		"when", l.when(p, e.StartedAt, end), "affecting", l.affecting("sentence.affecting", e), "lasting", l.lasting(e.Length))
}

// affecting names the components of an event, within its sentence; empty if it
// has none.
func (l *Localization) affecting(key string, e *derive.Event) string {
	names := l.names(e.Affected)
	if names == "" {
		return ""
	}
	return l.catalog.Text(key, "components", names)
}

// tail says what the event's status is, and that there is more to read.
func (l *Localization) tail(e *derive.Event) string {
	switch e.Status {
	case status.Resolved:
		return l.catalog.Text("sentence.incident.resolved")
	case status.Postmortem:
		return l.catalog.Text("sentence.incident.postmortem")
	case status.Completed:
		return l.catalog.Text("sentence.maintenance.done")
	case status.Scheduled, status.Cancelled:
		return l.catalog.Text("sentence.maintenance.more")
	case status.InProgress, status.Verifying:
		return l.catalog.Text("sentence.maintenance.latest", "status", l.eventStatus(e.Status))
	}
	return l.catalog.Text("sentence.incident.latest", "status", l.eventStatus(e.Status))
}

func (l *Localization) maintenanceLead(s *derive.Snapshot, e *derive.Event, p *phrase) string {
	site, start := l.siteTitle(s.Site), began(e)
	switch {
	case e.Upcoming():
		return l.catalog.Text("sentence.maintenance.scheduled", "site", site,
			"window", l.wholeWindow(p, e), "affecting", l.affecting("sentence.affecting_now", e))
	case e.Active():
		return l.catalog.Text("sentence.maintenance.running", "site", site,
			"clock", l.wholeClock(p, start), "date", l.wholeDate(p, start), "affecting", l.affecting("sentence.affecting_now", e))
	case e.Status == status.Cancelled:
		return l.catalog.Text("sentence.maintenance.cancelled", "site", site, "window", l.wholeWindow(p, e))
	}
	return l.catalog.Text("sentence.maintenance.completed", "site", site,
		"when", l.when(p, start, e.ResolvedAt), "affecting", l.affecting("sentence.affecting", e), "lasting", l.lasting(e.Length))
}

// began is when the work of a maintenance began, or is to begin. If it never did,
// it is when that was said.
func began(e *derive.Event) time.Time {
	if len(e.Periods) > 0 {
		return e.Periods[0].From
	}
	return e.ScheduledFor
}

// wholeWindow is the time that a maintenance was planned for.
func (l *Localization) wholeWindow(p *phrase, e *derive.Event) string {
	from, until := l.beside(time.Time{}).window(e.ScheduledFor, e.ScheduledUntil)
	return p.window(l, "period.window", from, until)
}

func (l *Localization) wholeClock(p *phrase, at time.Time) string {
	return p.time(Time{l.catalog.Clock(at), l.catalog.ISO(at), formClock}, "")
}

func (l *Localization) wholeDate(p *phrase, at time.Time) string {
	return p.time(Time{l.catalog.Date(at), l.catalog.ISO(at), formDate}, "")
}

// when is the date or dates of something that is over.
func (l *Localization) when(p *phrase, from, until time.Time) string {
	if status.SameDate(from, until) {
		return l.catalog.Text("period.day", "date", l.wholeDate(p, from))
	}
	return l.catalog.Text("period.days", "from", l.wholeDate(p, from), "until", l.wholeDate(p, until))
}

func (l *Localization) lasting(length time.Duration) string {
	if length <= 0 {
		return ""
	}
	return l.catalog.Text("sentence.lasting", "length", l.catalog.Duration(length))
}
