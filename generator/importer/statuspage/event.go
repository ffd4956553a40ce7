package statuspage

import (
	"slices"
	"time"

	"allclear/generator/check"
	"allclear/generator/compose"
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

// event is an event while it is made.
type event struct {
	importer.Event
	announced bool // its first update, scheduled, is not in the source
}

// event makes an event of its latest recording; nil if it must be left out.
func (s *statuspage) event(l *latest, components *importer.Registry) *event {
	e := &event{Event: importer.Event{Event: &status.Event{}, Where: l.where}}
	e.Kind = status.Incident
	if l.isPlanned() {
		e.Kind = status.Maintenance
		s.report.Maintenances++
	} else {
		s.report.Incidents++
	}
	s.report.Updates += len(l.Updates)
	if e.Title = l.Name.line(); e.Title == "" {
		e.Title = "Untitled " + e.Kind.String()
		s.report.Note(l.where, "it has no name")
	}
	if check.IsAPIID(string(l.ID)) {
		e.APIID = string(l.ID)
	} else {
		s.report.Note(l.where, "its id can't be kept: an id has letters, digits, - and _, 64 at most")
	}
	recorded := s.updates(l, e)
	if len(recorded) == 0 {
		return nil
	}
	s.addClosing(l, e)
	if e.APIID == "" {
		e.ID = compose.EventID(e.Updates[0].At.In(s.pageZone()), e.Title, e.Kind)
	}
	if e.Kind == status.Incident {
		s.severity(l, e)
		s.started(l, e)
	} else if !s.schedule(l, e) {
		return nil
	}
	s.affected(l, e, recorded, components)
	e.HoldBack = e.Updates[len(e.Updates)-1].At.After(s.now)
	return e
}

// isPlanned reports whether an event is a maintenance.
func (l *latest) isPlanned() bool {
	if l.planned || l.Impact == "maintenance" || !l.ScheduledFor.IsZero() {
		return true
	}
	return slices.ContainsFunc(l.Updates, func(u recordedUpdate) bool { return u.Status == "scheduled" })
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
	ordered := slices.Clone(l.Updates)
	slices.Reverse(ordered) // the API lists the newest first
	for i := range ordered {
		if ordered[i].at().IsZero() {
			s.report.LeaveOut(l.where, "its update %q has no time", markup.Short(string(ordered[i].ID)))
			return nil
		}
	}
	slices.SortStableFunc(ordered, func(a, b recordedUpdate) int { return a.at().Compare(b.at()) })
	ids := map[string]bool{}
	for _, u := range ordered {
		made := status.Update{At: u.at().Truncate(time.Second)}
		word, known := status.ParseEventStatus(e.Kind, string(u.Status))
		if !known {
			if word, known = ofOtherKind[e.Kind][u.Status]; known {
				s.report.Note(l.where, "its update %q has the status %s, which no %s has: it is imported as %s", u.ID, markup.Short(string(u.Status)), e.Kind, word)
			}
		}
		switch {
		case known:
			made.Status = word
		case len(e.Updates) == 0:
			s.report.LeaveOut(l.where, "its first update has an unknown status, %q", markup.Short(string(u.Status)))
			return nil
		default:
			s.report.Note(l.where, "its update %q has an unknown status, %q: it keeps the status before", u.ID, markup.Short(string(u.Status)))
			made.Status = e.Updates[len(e.Updates)-1].Status
		}
		switch id := string(u.ID); {
		case !check.IsAPIID(id):
			s.report.Note(l.where, "the id %q of an update can't be kept", markup.Short(id))
		case ids[id]:
			s.report.Note(l.where, "two updates have the id %q: the second one gets another", id)
		default:
			made.ID, ids[id] = id, true
		}
		made.Text.Markdown = markup.FromHTML(string(u.Body), string(s.page.URL), s.report.At(l.where, "update %s: ", u.ID))
		e.Updates = append(e.Updates, made)
	}
	return ordered
}

// addClosing adds the updates that only the event itself has: that it was
// closed, and its postmortem.
func (s *statuspage) addClosing(l *latest, e *event) {
	last := e.Updates[len(e.Updates)-1]
	word, known := status.ParseEventStatus(e.Kind, string(l.Status))
	resolved := l.ResolvedAt.second()
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
	postmortem.Text.Markdown = markup.FromHTML(string(l.Postmortem), string(s.page.URL), s.report.At(l.where, "postmortem: "))
	e.Updates = append(e.Updates, postmortem)
}

func (s *statuspage) severity(l *latest, e *event) {
	severity, ok := status.ParseSeverity(string(l.Impact))
	if !ok {
		s.report.Note(l.where, "its impact %q is unknown: the severity is none", markup.Short(string(l.Impact)))
	}
	e.Severity, e.SeverityStated = severity, true
}

// started sets when an incident began, unless that is its first update.
func (s *statuspage) started(l *latest, e *event) {
	at := l.StartedAt.second()
	switch {
	case at.IsZero():
	case !l.ResolvedAt.IsZero() && !l.StartedAt.Before(l.ResolvedAt.Time):
		s.report.Note(l.where, "its started_at is not before its resolved_at: no `started` is written")
	case !at.Equal(e.Updates[0].At):
		e.Started = at
	}
}

// schedule sets the window of a maintenance, and makes sure that it was
// announced. It reports false if the event must be left out.
func (s *statuspage) schedule(l *latest, e *event) bool {
	e.ScheduledFor, e.ScheduledUntil = l.ScheduledFor.second(), l.ScheduledUntil.second()
	first := e.Updates[0]
	if e.ScheduledFor.IsZero() {
		for _, u := range e.Updates {
			if u.Status == status.InProgress {
				e.ScheduledFor = u.At
				s.report.Note(l.where, "it has no scheduled_for: the time at which it was in progress is used")
				break
			}
		}
	}
	if last := e.Updates[len(e.Updates)-1]; e.ScheduledUntil.IsZero() && last.Status.Closed() {
		e.ScheduledUntil = last.At
		s.report.Note(l.where, "it has no scheduled_until: the time at which it was %s is used", last.Status)
	}
	switch {
	case e.ScheduledFor.IsZero() || e.ScheduledUntil.IsZero():
		s.report.LeaveOut(l.where, "it has no scheduled_for or no scheduled_until")
		return false
	case !e.ScheduledUntil.After(e.ScheduledFor):
		s.report.LeaveOut(l.where, "its scheduled_until is not after its scheduled_for")
		return false
	}
	if !slices.ContainsFunc(e.Updates, func(u status.Update) bool { return u.Status == status.Scheduled }) {
		announced := first.At
		if created := l.CreatedAt.second(); !created.IsZero() && created.Before(announced) {
			announced = created
		}
		e.Updates = slices.Insert(e.Updates, 0, status.Update{Status: status.Scheduled, At: announced})
		e.announced = true
		s.report.Note(l.where, "it was never announced: it is imported as scheduled at its first instant")
	}
	s.noteClock(l, e)
	return true
}

// noteClock notes what the clock does to a maintenance and the recording did not.
func (s *statuspage) noteClock(l *latest, e *event) {
	const lag = 3 * time.Minute // derive's: an update within it replaces the clock's
	begun := slices.IndexFunc(e.Updates, func(u status.Update) bool { return u.Status != status.Scheduled })
	if begun >= 0 && e.Updates[begun].At.After(e.ScheduledFor.Add(lag)) {
		s.report.Note(l.where, "it was %s only at %s: the clock begins it at its scheduled_for, %s",
			e.Updates[begun].Status, importer.Stamp(e.Updates[begun].At), importer.Stamp(e.ScheduledFor))
	}
	last := e.Updates[len(e.Updates)-1]
	switch {
	case !last.Status.Closed() && last.At.Before(e.ScheduledUntil) && e.ScheduledUntil.Before(s.now):
		s.report.Note(l.where, "no recording says that it was completed: the clock completes it at its scheduled_until, %s", importer.Stamp(e.ScheduledUntil))
	case last.Status.Closed() && last.At.After(e.ScheduledUntil.Add(lag)):
		s.report.Note(l.where, "it was %s only at %s: the clock completes it before that, at its scheduled_until, %s", last.Status, importer.Stamp(last.At), importer.Stamp(e.ScheduledUntil))
	}
}

// track is the status of one component in an event so far.
type track struct {
	*status.Component
	byHand bool
	set    status.ComponentStatus // if byHand
}

// affected sets what each update did to components, unless the severity or the
// maintenance does the same.
func (s *statuspage) affected(l *latest, e *event, recorded []recordedUpdate, components *importer.Registry) {
	tracks := map[*status.Component]*track{}
	offset := 0
	if e.announced {
		offset = 1 // for the announcement that no recording has
	}
	for i, u := range recorded {
		s.update(l, e, i+offset, u, tracks, components)
	}
	// Components that only the event names.
	for _, code := range l.codes() {
		if c := components.Component(code); c != nil && tracks[c] == nil {
			tracks[c] = &track{Component: c}
			e.Components = append(e.Components, status.Setting{Component: c})
		}
	}
	importer.SortSettings(e.Components)
	completeStatuses(e)
}

// update sets what the i-th update of an event did to components.
func (s *statuspage) update(l *latest, e *event, i int, u recordedUpdate, tracks map[*status.Component]*track, components *importer.Registry) {
	made := &e.Updates[i]
	for _, a := range u.Affected {
		c := components.Component(string(a.Code))
		wanted, known := status.ParseComponentStatus(string(a.NewStatus))
		switch {
		case a.isNone():
			continue
		case c == nil:
			s.report.Note(l.where, "update %s names the component %q, which is not declared", u.ID, markup.Short(string(a.Name)))
			continue
		case !known:
			s.report.Note(l.where, "update %s gives the component %[3]s the unknown status %[2]q", u.ID, markup.Short(string(a.NewStatus)), c.ID)
			continue
		case made.Status.Closed() && wanted != status.Operational:
			s.report.Note(l.where, "update %s is %s but leaves %s in %s: the component is operational from there on", u.ID, made.Status, c.ID, wanted)
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
			s.firstMention(e, i, a, wanted, at)
		}
	}
	importer.SortSettings(made.Settings)
}

// firstMention sets what the i-th update did to a component that no update
// before it names.
func (s *statuspage) firstMention(e *event, i int, a affected, wanted status.ComponentStatus, at *track) {
	made := &e.Updates[i]
	idle := made.Status.Closed() || made.Status == status.Scheduled
	switch {
	case i == 0 && idle:
		e.Components = append(e.Components, s.settingBefore(e, a, at))
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

// settingBefore is the setting of a component that an event's first update
// names, if nothing is wrong yet or all is over: its status until then.
func (s *statuspage) settingBefore(e *event, a affected, at *track) status.Setting {
	was, known := status.ParseComponentStatus(string(a.OldStatus))
	if !known || e.Kind == status.Maintenance || was == at.now(e) {
		return status.Setting{Component: at.Component}
	}
	at.byHand, at.set = true, was
	return status.Setting{Component: at.Component, Status: was, Set: true}
}

// now is the status of a component while the event runs.
func (t *track) now(e *event) status.ComponentStatus {
	switch {
	case t.byHand:
		return t.set
	case e.Kind == status.Maintenance:
		return status.UnderMaintenance
	}
	return e.Severity.ComponentStatus()
}

// completeStatuses gives every component of the front matter a status if one of
// them has one, since the front matter has statuses for all or for none.
func completeStatuses(e *event) {
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
