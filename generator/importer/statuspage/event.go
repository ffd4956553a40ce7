package statuspage

import (
	"slices"
	"time"

	"allclear/generator/check"
	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/status"
)

// at is when an update was shown to have been said.
func (u recordedUpdate) at() time.Time {
	if u.DisplayAt.IsZero() {
		return u.CreatedAt.Time
	}
	return u.DisplayAt.Time
}

// event is an event that is being made.
type event struct {
	importer.Event
	announced bool // its first update is none of the source's: it says that it was scheduled
}

// event makes an event of what was told; nil where that can't be.
func (s *statuspage) event(t *told, components *importer.Registry) *event {
	e := &event{Event: importer.Event{Event: &status.Event{}, Where: t.where}}
	e.Kind = status.Incident
	if t.isPlanned() {
		e.Kind = status.Maintenance
		s.report.Maintenances++
	} else {
		s.report.Incidents++
	}
	s.report.Updates += len(t.Updates)
	if e.Title = t.Name.line(); e.Title == "" {
		e.Title = "Untitled " + e.Kind.String()
		s.report.Note(t.where, "it has no name")
	}
	if check.IsAPIID(string(t.ID)) {
		e.APIID = string(t.ID)
	} else {
		s.report.Note(t.where, "its id can't be kept: an id is letters, digits, - and _, 64 at most")
	}
	recorded := s.updates(t, e)
	if len(recorded) == 0 {
		return nil
	}
	s.unsaid(t, e)
	if e.APIID == "" {
		e.ID = importer.EventID(e.Event.Event, s.pageZone())
	}
	if e.Kind == status.Incident {
		s.severity(t, e)
		s.started(t, e)
	} else if !s.schedule(t, e) {
		return nil
	}
	s.affected(t, e, recorded, components)
	e.HoldBack = e.Updates[len(e.Updates)-1].At.After(s.now)
	return e
}

// isPlanned reports whether an event is a maintenance.
func (t *told) isPlanned() bool {
	if t.planned || t.Impact == "maintenance" || !t.ScheduledFor.IsZero() {
		return true
	}
	return slices.ContainsFunc(t.Updates, func(u recordedUpdate) bool { return u.Status == "scheduled" })
}

// elsewhere is what a status of the other kind of event says in this one.
var elsewhere = map[status.Kind]map[text]status.EventStatus{
	status.Maintenance: {
		"investigating": status.InProgress, "identified": status.InProgress,
		"monitoring": status.Verifying, "resolved": status.Completed, "postmortem": status.Completed, "canceled": status.Cancelled,
	},
	status.Incident: {
		"in_progress": status.Identified, "verifying": status.Monitoring, "completed": status.Resolved,
	},
}

// updates puts the updates of an event into order of time, and returns them
// as they were recorded, one for each of the event's.
func (s *statuspage) updates(t *told, e *event) []recordedUpdate {
	ordered := slices.Clone(t.Updates)
	slices.Reverse(ordered) // the API says the newest first
	for i := range ordered {
		if ordered[i].at().IsZero() {
			s.report.LeaveOut(t.where, "its update %q has no time", markup.Short(string(ordered[i].ID)))
			return nil
		}
	}
	slices.SortStableFunc(ordered, func(a, b recordedUpdate) int { return a.at().Compare(b.at()) })
	ids := map[string]bool{}
	for _, u := range ordered {
		made := status.Update{At: u.at().Truncate(time.Second)}
		word, known := status.ParseEventStatus(e.Kind, string(u.Status))
		if !known {
			if word, known = elsewhere[e.Kind][u.Status]; known {
				s.report.Note(t.where, "its update %q says %s, which %s has not: it comes in as %s", u.ID, markup.Short(string(u.Status)), e.Kind, word)
			}
		}
		switch {
		case known:
			made.Status = word
		case len(e.Updates) == 0:
			s.report.LeaveOut(t.where, "its first update says no status that is known, but %q", markup.Short(string(u.Status)))
			return nil
		default:
			s.report.Note(t.where, "its update %q says %q, which is no status: it keeps the one before", u.ID, markup.Short(string(u.Status)))
			made.Status = e.Updates[len(e.Updates)-1].Status
		}
		switch id := string(u.ID); {
		case !check.IsAPIID(id):
			s.report.Note(t.where, "the id %q of an update can't be kept", markup.Short(id))
		case ids[id]:
			s.report.Note(t.where, "the id %q is that of two updates: the second one gets another", id)
		default:
			made.ID, ids[id] = id, true
		}
		made.Text.Markdown = markup.FromHTML(string(u.Body), string(s.page.URL), func(what string) {
			s.report.Note(t.where, "update %s: %s", u.ID, what)
		})
		e.Updates = append(e.Updates, made)
	}
	return ordered
}

// unsaid adds what an event says of itself and no update of it: that it was
// closed, and its postmortem.
func (s *statuspage) unsaid(t *told, e *event) {
	last := e.Updates[len(e.Updates)-1]
	word, known := status.ParseEventStatus(e.Kind, string(t.Status))
	resolved := t.ResolvedAt.second()
	switch {
	case !known || !word.Closed() || last.Status.Closed():
	case resolved.IsZero() || resolved.Before(last.At):
		s.report.Note(t.where, "it is %s, no update says so, and when is not told: it comes in as %s", word, last.Status)
	default:
		if word == status.Postmortem {
			word = status.Resolved
		}
		s.report.Note(t.where, "it is %s, and no update says so: one without a text does, at its resolved_at, %s", word, importer.Stamp(resolved))
		e.Updates = append(e.Updates, status.Update{Status: word, At: resolved})
	}
	if t.Postmortem == "" || e.Kind != status.Incident ||
		slices.ContainsFunc(e.Updates, func(u status.Update) bool { return u.Status == status.Postmortem }) {
		return
	}
	at := t.PostmortemAt.second()
	if last := e.Updates[len(e.Updates)-1]; at.IsZero() || at.Before(last.At) || !last.Status.Closed() {
		s.report.Note(t.where, "it has a postmortem that was not published after its end: it is not carried")
		return
	}
	postmortem := status.Update{Status: status.Postmortem, At: at}
	postmortem.Text.Markdown = markup.FromHTML(string(t.Postmortem), string(s.page.URL), func(what string) {
		s.report.Note(t.where, "postmortem: %s", what)
	})
	e.Updates = append(e.Updates, postmortem)
}

func (s *statuspage) severity(t *told, e *event) {
	severity, ok := status.ParseSeverity(string(t.Impact))
	if !ok {
		s.report.Note(t.where, "its impact %q is not known: the severity is none", markup.Short(string(t.Impact)))
	}
	e.Severity, e.SeverityStated = severity, true
}

// started says when an incident began, where that was not its first update.
func (s *statuspage) started(t *told, e *event) {
	at := t.StartedAt.second()
	switch {
	case at.IsZero():
	case !t.ResolvedAt.IsZero() && !t.StartedAt.Before(t.ResolvedAt.Time):
		s.report.Note(t.where, "its started_at is not before its resolved_at: no `started` is written")
	case !at.Equal(e.Updates[0].At):
		e.Started = at
	}
}

// schedule says when a maintenance is to run, and that it was announced.
func (s *statuspage) schedule(t *told, e *event) bool {
	e.ScheduledFor, e.ScheduledUntil = t.ScheduledFor.second(), t.ScheduledUntil.second()
	first := e.Updates[0]
	if e.ScheduledFor.IsZero() {
		for _, u := range e.Updates {
			if u.Status == status.InProgress {
				e.ScheduledFor = u.At
				s.report.Note(t.where, "it says no scheduled_for: the time at which it was in progress stands for it")
				break
			}
		}
	}
	if last := e.Updates[len(e.Updates)-1]; e.ScheduledUntil.IsZero() && last.Status.Closed() {
		e.ScheduledUntil = last.At
		s.report.Note(t.where, "it says no scheduled_until: the time at which it was %s stands for it", last.Status)
	}
	switch {
	case e.ScheduledFor.IsZero() || e.ScheduledUntil.IsZero():
		s.report.LeaveOut(t.where, "it does not say when it was scheduled for, and until when")
		return false
	case !e.ScheduledUntil.After(e.ScheduledFor):
		s.report.LeaveOut(t.where, "its scheduled_until is not after its scheduled_for")
		return false
	}
	if !slices.ContainsFunc(e.Updates, func(u status.Update) bool { return u.Status == status.Scheduled }) {
		announced := first.At
		if created := t.CreatedAt.second(); !created.IsZero() && created.Before(announced) {
			announced = created
		}
		e.Updates = slices.Insert(e.Updates, 0, status.Update{Status: status.Scheduled, At: announced})
		e.announced = true
		s.report.Note(t.where, "it was never announced: it comes in as scheduled at its first instant")
	}
	s.clock(t, e)
	return true
}

// clock notes where the clock moves a maintenance, and the recording did not.
func (s *statuspage) clock(t *told, e *event) {
	const lag = 3 * time.Minute // derive's: within it, an update stands for the clock's
	begun := slices.IndexFunc(e.Updates, func(u status.Update) bool { return u.Status != status.Scheduled })
	if begun >= 0 && e.Updates[begun].At.After(e.ScheduledFor.Add(lag)) {
		s.report.Note(t.where, "it was %s at %s only: it comes in as begun by the clock at its scheduled_for, %s",
			e.Updates[begun].Status, importer.Stamp(e.Updates[begun].At), importer.Stamp(e.ScheduledFor))
	}
	last := e.Updates[len(e.Updates)-1]
	switch {
	case !last.Status.Closed() && last.At.Before(e.ScheduledUntil) && e.ScheduledUntil.Before(s.now):
		s.report.Note(t.where, "no recording says that it was completed: the clock completes it at its scheduled_until, %s", importer.Stamp(e.ScheduledUntil))
	case last.Status.Closed() && last.At.After(e.ScheduledUntil.Add(lag)):
		s.report.Note(t.where, "it was %s at %s only: the clock completes it before, at its scheduled_until, %s", last.Status, importer.Stamp(last.At), importer.Stamp(e.ScheduledUntil))
	}
}

// track is what an event has said of one component so far.
type track struct {
	*status.Component
	byHand bool
	set    status.ComponentStatus
}

// affected says what each update did to components. What the severity, or the
// maintenance, already says of them is not said again.
func (s *statuspage) affected(t *told, e *event, recorded []recordedUpdate, components *importer.Registry) {
	tracks := map[*status.Component]*track{}
	offset := 0
	if e.announced {
		offset = 1 // the announcement that no recording has
	}
	for i, u := range recorded {
		s.update(t, e, i+offset, u, tracks, components)
	}
	// Components that the event names and no update does.
	for _, code := range t.codes() {
		if c := components.Component(code); c != nil && tracks[c] == nil {
			tracks[c] = &track{Component: c}
			e.Components = append(e.Components, status.Setting{Component: c})
		}
	}
	importer.SortSettings(e.Components)
	stated(e)
}

// update says what the i-th update of an event did to components.
func (s *statuspage) update(t *told, e *event, i int, u recordedUpdate, tracks map[*status.Component]*track, components *importer.Registry) {
	made := &e.Updates[i]
	for _, a := range u.Affected {
		c := components.Component(string(a.Code))
		wanted, known := status.ParseComponentStatus(string(a.NewStatus))
		switch {
		case c == nil:
			s.report.Note(t.where, "update %s names the component %q, which is not declared", u.ID, markup.Short(string(a.Name)))
			continue
		case !known:
			s.report.Note(t.where, "update %s says %q of %s, which is no status of a component", u.ID, markup.Short(string(a.NewStatus)), c.ID)
			continue
		case made.Status.Closed() && wanted != status.Operational:
			s.report.Note(t.where, "update %s says %s and leaves %s in %s: it is operational from there on", u.ID, made.Status, c.ID, wanted)
		}
		at, seen := tracks[c]
		if !seen {
			at = &track{Component: c}
			tracks[c] = at
		}
		switch idle := made.Status.Closed() || made.Status == status.Scheduled; {
		case seen && (idle || wanted == at.now(e)):
		case seen:
			at.set, at.byHand = wanted, true
			made.Settings = append(made.Settings, status.Setting{Component: c, Status: wanted, Set: true})
		default:
			s.first(e, i, a, wanted, at)
		}
	}
	importer.SortSettings(made.Settings)
}

// first says what the i-th update did to a component that none before it named.
func (s *statuspage) first(e *event, i int, a affected, wanted status.ComponentStatus, at *track) {
	made := &e.Updates[i]
	idle := made.Status.Closed() || made.Status == status.Scheduled
	switch {
	case i == 0 && idle:
		e.Components = append(e.Components, s.before(e, a, at))
	case i == 0:
		at.byHand, at.set = wanted != at.now(e), wanted
		e.Components = append(e.Components, status.Setting{Component: at.Component, Status: wanted, Set: at.byHand})
	case made.Status.Closed(): // no attribute can name it here
		at.byHand, at.set = true, status.Operational
		e.Components = append(e.Components, status.Setting{Component: at.Component, Set: true})
	default:
		if idle {
			wanted = status.UnderMaintenance // scheduled: what it will be
		}
		at.byHand, at.set = true, wanted
		made.Settings = append(made.Settings, status.Setting{Component: at.Component, Status: wanted, Set: true})
	}
}

// before is a component of an event's first update, when nothing ails it yet
// or all is over: then the update says how it was until then.
func (s *statuspage) before(e *event, a affected, at *track) status.Setting {
	was, known := status.ParseComponentStatus(string(a.OldStatus))
	if !known || e.Kind == status.Maintenance || was == at.now(e) {
		return status.Setting{Component: at.Component}
	}
	at.byHand, at.set = true, was
	return status.Setting{Component: at.Component, Status: was, Set: true}
}

// now is how a component is while the event runs.
func (t *track) now(e *event) status.ComponentStatus {
	switch {
	case t.byHand:
		return t.set
	case e.Kind == status.Maintenance:
		return status.UnderMaintenance
	}
	return e.Severity.ComponentStatus()
}

// stated gives every component of the front matter a status where one has it,
// since the front matter says them all in one way.
func stated(e *event) {
	if !slices.ContainsFunc(e.Components, func(c status.Setting) bool { return c.Set }) {
		return
	}
	for i := range e.Components {
		c := &e.Components[i]
		if !c.Set {
			c.Status, c.Set = (&track{}).now(e), true
		}
	}
}
