package page

import (
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// sentence says what happened and how it stands, for an event's own page.
func (t *Theme) sentence(s *derive.Snapshot, e *derive.Event) string {
	return t.catalog.Text("sentence.whole", "lead", t.lead(s, e), "tail", t.tail(e))
}

// lead says what happened: "CleverTap experienced a major incident on …".
// An event that is not over is told by when it began and never by how long it
// has lasted, since a page is not made anew every minute.
func (t *Theme) lead(s *derive.Snapshot, e *derive.Event) string {
	affecting, apart := "", ""
	if names := t.names(e.Affected); names != "" {
		affecting = t.catalog.Text("sentence.affecting", "components", names)
		apart = t.catalog.Text("sentence.affecting_apart", "components", names)
	}
	if e.Kind == status.Maintenance {
		return t.maintenanceLead(s, e, apart)
	}
	site, incident := s.Site.Title, t.incidentPhrase(e.Severity)
	if e.Open() {
		return t.catalog.Text("sentence.incident.open", "site", site, "incident", incident,
			"clock", t.catalog.Clock(e.StartedAt), "date", t.catalog.Date(e.StartedAt), "affecting", apart)
	}
	end := e.ResolvedAt
	if !e.Ended.IsZero() {
		end = e.Ended
	}
	return t.catalog.Text("sentence.incident.over", "site", site, "incident", incident,
		"when", t.when(e.StartedAt, end), "affecting", affecting, "lasting", t.lasting(e.Length))
}

// tail says how the event stands, and that there is more to read.
func (t *Theme) tail(e *derive.Event) string {
	switch e.Status {
	case status.Resolved:
		return t.catalog.Text("sentence.incident.resolved")
	case status.Postmortem:
		return t.catalog.Text("sentence.incident.postmortem")
	case status.Scheduled:
		return t.catalog.Text("sentence.maintenance.more")
	case status.Completed:
		return t.catalog.Text("sentence.maintenance.done")
	case status.Cancelled:
		return t.catalog.Text("sentence.maintenance.more")
	case status.InProgress, status.Verifying:
		return t.catalog.Text("sentence.maintenance.latest", "status", t.eventStatus(e.Status))
	}
	return t.catalog.Text("sentence.incident.latest", "status", t.eventStatus(e.Status))
}

func (t *Theme) maintenanceLead(s *derive.Snapshot, e *derive.Event, affecting string) string {
	site := s.Site.Title
	began := begun(e)
	switch {
	case e.Upcoming():
		return t.catalog.Text("sentence.maintenance.scheduled", "site", site, "window", t.window(e), "affecting", affecting)
	case e.Active():
		return t.catalog.Text("sentence.maintenance.running", "site", site,
			"clock", t.catalog.Clock(began), "date", t.catalog.Date(began), "affecting", affecting)
	case e.Status == status.Cancelled:
		return t.catalog.Text("sentence.maintenance.cancelled", "site", site, "window", t.window(e), "affecting", affecting)
	}
	return t.catalog.Text("sentence.maintenance.completed", "site", site,
		"when", t.when(began, e.ResolvedAt), "affecting", affecting, "lasting", t.lasting(e.ResolvedAt.Sub(began)))
}

// begun is when a maintenance truly began, or is to begin.
func begun(e *derive.Event) time.Time {
	for _, u := range e.Updates {
		if u.Status == status.InProgress || u.Status == status.Verifying {
			return u.At
		}
	}
	if e.ResolvedAt.Before(e.ScheduledFor) && !e.ResolvedAt.IsZero() {
		return e.ResolvedAt // completed before it was to begin
	}
	return e.ScheduledFor
}

// window is the time that a maintenance was planned for, with the date said
// once where it begins and ends on the same one.
func (t *Theme) window(e *derive.Event) string {
	from, until := t.ends(e)
	return t.catalog.Text("period.window", "from", from, "until", until)
}

func (t *Theme) ends(e *derive.Event) (from, until string) {
	if sameDate(e.ScheduledFor, e.ScheduledUntil) {
		return t.catalog.DateTime(e.ScheduledFor), t.catalog.Clock(e.ScheduledUntil)
	}
	return t.catalog.DateTime(e.ScheduledFor), t.catalog.DateTime(e.ScheduledUntil)
}

// when is the date or dates of something that is over.
func (t *Theme) when(from, until time.Time) string {
	if sameDate(from, until) {
		return t.catalog.Text("period.day", "date", t.catalog.Date(from))
	}
	return t.catalog.Text("period.days", "from", t.catalog.Date(from), "until", t.catalog.Date(until))
}

func (t *Theme) lasting(length time.Duration) string {
	if length <= 0 {
		return ""
	}
	return t.catalog.Text("sentence.lasting", "length", t.catalog.Duration(length))
}

func (t *Theme) incidentPhrase(s status.Severity) string {
	switch s {
	case status.Minor:
		return t.catalog.Text("sentence.incident.phrase.minor")
	case status.Major:
		return t.catalog.Text("sentence.incident.phrase.major")
	case status.Critical:
		return t.catalog.Text("sentence.incident.phrase.critical")
	}
	return t.catalog.Text("sentence.incident.phrase.none")
}

func sameDate(a, b time.Time) bool {
	return a.Format(time.DateOnly) == b.Format(time.DateOnly)
}
