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

// event is an event while it is made.
type event struct {
	importer.Event
	announced bool // its first update, scheduled, is not in the source
	unplanned bool // a maintenance without a window, which became an incident

	now map[*status.Component]status.ComponentStatus // after its last update
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
	s.addresses(l, e)
	recorded := s.updates(l, e)
	s.addClosing(l, e)
	if len(e.Updates) == 0 {
		s.report.LeaveOut(l.where, "it has no time")
		return nil
	}
	if e.APIID == "" {
		e.ID = compose.EventID(e.Updates[0].At.In(s.pageZone()), e.Title, e.Kind)
	}
	if e.Kind == status.Maintenance {
		s.schedule(l, e)
	}
	if e.Kind == status.Incident { // now, perhaps
		s.severity(l, e)
		s.started(l, e)
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

func (s *statuspage) severity(l *latest, e *event) {
	if e.SeverityStated = true; e.unplanned {
		return
	}
	severity, ok := status.ParseSeverity(string(l.Impact))
	if !ok {
		s.report.Note(l.where, "its impact %q is unknown: the severity is none", markup.Short(string(l.Impact)))
	}
	e.Severity = severity
}

// started sets when an incident began, unless that is its first update.
func (s *statuspage) started(l *latest, e *event) {
	at, over := l.StartedAt.second(), l.ResolvedAt.second()
	for _, u := range e.Updates {
		if u.Status.Closed() && (over.IsZero() || u.At.Before(over)) {
			over = u.At
		}
	}
	switch {
	case at.IsZero():
	case !over.IsZero() && !at.Before(over):
		s.report.Note(l.where, "its started_at is not before its resolved_at: no `started` is written")
	case !at.Equal(e.Updates[0].At):
		e.Started = at
	}
}

// schedule sets the window of a maintenance, and makes sure that it was
// announced. One whose window is unknown becomes an incident, which the clock
// does not end.
func (s *statuspage) schedule(l *latest, e *event) {
	e.ScheduledFor, e.ScheduledUntil = l.ScheduledFor.second(), l.ScheduledUntil.second()
	first, last := e.Updates[0], e.Updates[len(e.Updates)-1]
	if begun := slices.IndexFunc(e.Updates, func(u status.Update) bool { return u.Status == status.InProgress }); e.ScheduledFor.IsZero() && begun >= 0 {
		e.ScheduledFor = e.Updates[begun].At
		s.report.Note(l.where, "it has no scheduled_for: the time at which it was in progress is used")
	}
	ended := last.Status.Closed() && last.At.After(e.ScheduledFor)
	switch until := e.ScheduledUntil; {
	case until.After(e.ScheduledFor) && !e.ScheduledFor.IsZero():
	case until.IsZero() && e.ScheduledFor.After(s.now) && !ended:
		e.ScheduledUntil = e.ScheduledFor.Add(time.Hour)
		s.report.Note(l.where, "it has no scheduled_until: it is announced for an hour; write its end into the file")
	case e.ScheduledFor.IsZero() || !ended:
		s.report.Note(l.where, "it has no window from its scheduled_for to its scheduled_until: it is imported as an incident")
		s.unplan(e)
		return
	case until.IsZero():
		e.ScheduledUntil = last.At
		s.report.Note(l.where, "it has no scheduled_until: the time at which it was %s is used", last.Status)
	default:
		e.ScheduledUntil = last.At
		s.report.Note(l.where, "its scheduled_until is not after its scheduled_for: the time at which it was %s is used", last.Status)
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
}

// unplan makes a maintenance an incident.
func (s *statuspage) unplan(e *event) {
	e.Kind, e.unplanned = status.Incident, true
	e.ScheduledFor, e.ScheduledUntil = time.Time{}, time.Time{}
	for i := range e.Updates {
		u := &e.Updates[i]
		switch u.Status {
		case status.Scheduled:
			u.Status = status.Investigating
		case status.Completed, status.Cancelled:
			u.Status = status.Resolved
		default:
			u.Status = ofOtherKind[status.Incident][text(u.Status.String())]
		}
	}
	s.report.Maintenances--
	s.report.Incidents++
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
	e.now = map[*status.Component]status.ComponentStatus{}
	for c, t := range tracks {
		e.now[c] = t.now(e)
	}
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
			made.Settings = withSetting(made.Settings, status.Setting{Component: c, Status: wanted, Set: true})
		default:
			s.firstMention(e, i, a, wanted, at)
		}
	}
	importer.SortSettings(made.Settings)
}

// withSetting adds a setting, or replaces the one of its component.
func withSetting(settings []status.Setting, added status.Setting) []status.Setting {
	settings = slices.DeleteFunc(settings, func(s status.Setting) bool { return s.Component == added.Component })
	return append(settings, added)
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
	case e.Kind == status.Maintenance || e.unplanned:
		return status.UnderMaintenance
	}
	return e.Severity.ComponentStatus()
}

// completeStatuses gives every component of the front matter a status if one of
// them has one, since the front matter has statuses for all or for none.
func completeStatuses(e *event) {
	if !e.unplanned && !slices.ContainsFunc(e.Components, func(c status.Setting) bool { return c.Set }) {
		return
	}
	for i := range e.Components {
		c := &e.Components[i]
		if !c.Set {
			c.Status, c.Set = (&track{}).now(e), true
		}
	}
}
