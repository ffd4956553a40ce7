package page

import (
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// sentence says what happened and what the status is, for an event's own page.
func (l *Localization) sentence(s *derive.Snapshot, e *derive.Event) string {
	return l.catalog.Text("sentence.whole", "lead", l.lead(s, e), "tail", l.tail(e))
}

// lead says what happened: "CleverTap experienced a major incident on …".
// For an event that is not over it says when the event began, and never how long
// it has lasted, since a page is not built every minute.
func (l *Localization) lead(s *derive.Snapshot, e *derive.Event) string {
	affecting, apart := "", ""
	if names := l.names(e.Affected); names != "" {
		affecting = l.catalog.Text("sentence.affecting", "components", names)
		apart = l.catalog.Text("sentence.affecting_apart", "components", names)
	}
	if e.Kind == status.Maintenance {
		return l.maintenanceLead(s, e, apart)
	}
	site, incident := l.siteTitle(s.Site), l.catalog.Text("sentence.incident.phrase."+e.Severity.String())
	if e.Open() {
		return l.catalog.Text("sentence.incident.open", "site", site, "incident", incident,
			"clock", l.catalog.Clock(e.StartedAt), "date", l.catalog.Date(e.StartedAt), "affecting", apart)
	}
	end := e.ResolvedAt
	if !e.Ended.IsZero() {
		end = e.Ended
	}
	return l.catalog.Text("sentence.incident.over", "site", site, "incident", incident,
		"when", l.when(e.StartedAt, end), "affecting", affecting, "lasting", l.lasting(e.Length))
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

func (l *Localization) maintenanceLead(s *derive.Snapshot, e *derive.Event, affecting string) string {
	site := l.siteTitle(s.Site)
	start := began(e)
	switch {
	case e.Upcoming():
		return l.catalog.Text("sentence.maintenance.scheduled", "site", site, "window", l.window(e), "affecting", affecting)
	case e.Active():
		return l.catalog.Text("sentence.maintenance.running", "site", site,
			"clock", l.catalog.Clock(start), "date", l.catalog.Date(start), "affecting", affecting)
	case e.Status == status.Cancelled:
		return l.catalog.Text("sentence.maintenance.cancelled", "site", site, "window", l.window(e), "affecting", affecting)
	}
	return l.catalog.Text("sentence.maintenance.completed", "site", site,
		"when", l.when(start, e.ResolvedAt), "affecting", affecting, "lasting", l.lasting(e.Length))
}

// began is when the work of a maintenance began, or is to begin. If it never did,
// it is when that was said.
func began(e *derive.Event) time.Time {
	if len(e.Periods) > 0 {
		return e.Periods[0].From
	}
	return e.ScheduledFor
}

// window is the time that a maintenance was planned for. The date is there only
// once if it begins and ends on the same one.
func (l *Localization) window(e *derive.Event) string {
	from, until := l.ends(e)
	return l.catalog.Text("period.window", "from", from, "until", until)
}

func (l *Localization) ends(e *derive.Event) (from, until string) {
	if status.SameDate(e.ScheduledFor, e.ScheduledUntil) {
		return l.catalog.DateTime(e.ScheduledFor), l.catalog.Clock(e.ScheduledUntil)
	}
	return l.catalog.DateTime(e.ScheduledFor), l.catalog.DateTime(e.ScheduledUntil)
}

// when is the date or dates of something that is over.
func (l *Localization) when(from, until time.Time) string {
	if status.SameDate(from, until) {
		return l.catalog.Text("period.day", "date", l.catalog.Date(from))
	}
	return l.catalog.Text("period.days", "from", l.catalog.Date(from), "until", l.catalog.Date(until))
}

func (l *Localization) lasting(length time.Duration) string {
	if length <= 0 {
		return ""
	}
	return l.catalog.Text("sentence.lasting", "length", l.catalog.Duration(length))
}
