package check

import (
	"slices"
	"strconv"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleReopened = rules.Declare(diag.Rule{
		Code: "reopened", Level: diag.Warning,
		Title: "A resolved incident is not reopened",
		Why:   "An incident may be reopened, but a mistyped status or time has the same effect.",
	})
	rulePostmortemFirst = rules.Declare(diag.Rule{
		Code: "postmortem-before-resolved", Level: diag.Warning,
		Title: "A postmortem comes after resolved",
		Why:   "A postmortem ends the incident, so readers would not see when it was resolved.",
	})
	ruleNeverCompletes = rules.Declare(diag.Rule{
		Code: "maintenance-never-completes", Level: diag.Note,
		Title: "Maintenance that the clock does not complete has a completed update",
		Why:   "After verifying, or after an update that resumes it and does not say until when, only an update with the status completed ends it, so its components are under maintenance until then.",
	})
	ruleResumed = rules.Declare(diag.Rule{
		Code: "maintenance-resumed", Level: diag.Warning,
		Title: "Completed or cancelled maintenance is not resumed",
		Why:   "Maintenance may be resumed, but a mistyped status or time has the same effect.",
	})
)

var ruleNoLength = rules.Declare(diag.Rule{
	Code: "incident-without-length", Level: diag.Warning,
	Title: "An incident that affected something has lasted for some time",
	Why:   "An incident that is resolved in the instant in which it begins counts for nothing: bars stay green, and uptime is 100 %.",
})

var ruleEndedOutside = rules.Declare(diag.Rule{
	Code:  "ended-outside",
	Title: "The impact ends while the event is open, or when it is over",
	Why:   "Otherwise a component would be down after the event is over, or operational while an update says that it is down.",
})

// checkImpact compares started and ended with the updates.
func (d *document) checkImpact(f *fields, e *status.Event) {
	opened, resolved := e.Updates[0].At, time.Time{} // the last time that it was open
	for i, u := range e.Updates {
		switch closedBefore := i > 0 && e.Updates[i-1].Status.Closed(); {
		case u.Status.Closed() && !closedBefore:
			resolved = u.At
		case !u.Status.Closed() && closedBefore:
			opened, resolved = u.At, time.Time{}
		}
	}
	if !e.Started.IsZero() && !resolved.IsZero() && !e.Started.Before(resolved) {
		d.list.Add(ruleEndsFirst.At(f.at("started"), "started is not before %s, when the %s was over", source.FormatTimestamp(resolved), e.Kind).
			WithHint("correct the wrong one of the two times, or swap them"))
	}
	if e.Ended.IsZero() || !e.Started.IsZero() && !e.Ended.After(e.Started) { // which is reported
		return
	}
	if reopened := opened.After(e.Updates[0].At); !e.Ended.After(opened) && (reopened || e.Started.IsZero()) {
		d.list.Add(ruleEndedOutside.At(f.at("ended"), "ended is not after %s, when the %s was opened", source.FormatTimestamp(opened), e.Kind).
			WithHint("write when the impact ended for the last time, or delete ended"))
		return
	}
	if !resolved.IsZero() && e.Ended.After(resolved) {
		d.list.Add(ruleEndedOutside.At(f.at("ended"), "ended is after %s, when the %s was over", source.FormatTimestamp(resolved), e.Kind).
			WithHint("write a time that is not later, or correct the time of the update that ends the %s:\nended: %s", e.Kind, d.likeWritten(resolved, f.at("ended"))))
		return
	}
	for _, u := range e.Updates {
		for _, s := range u.Settings {
			if u.At.After(e.Ended) && s.Status != status.Operational {
				d.list.Add(ruleClosedSetting.At(u.Position, "%q can't be %s in this update, since the impact ended at %s", s.Component.ID, s.Status, source.FormatTimestamp(e.Ended)).
					WithHint("delete the attribute, or correct ended"))
			}
		}
	}
}

// checkLength reports an incident that affected something and was over when it
// began, such as one of which only the end is told.
func (d *document) checkLength(e *status.Event) {
	first := e.Updates[0]
	if e.Kind != status.Incident || !e.Started.IsZero() || len(e.Updates) == 1 && first.Status == status.Postmortem { // which is reported
		return
	}
	for i, u := range e.Updates {
		if !u.Status.Closed() && (i == len(e.Updates)-1 || e.Updates[i+1].At.After(u.At)) {
			return
		}
	}
	impact := statedImpact(e)
	if impact == "" {
		return
	}
	at := first.Position
	if field, ok := d.Fields.Field(first.Status.String()); ok {
		at = field.Value.Position
	}
	d.list.Add(ruleNoLength.At(at, "%s, but the incident was over when it began", impact).
		WithHint("write in the front matter when it began; if that was an hour before:\nstarted: %s", source.FormatTimestamp(first.At.Add(-time.Hour))))
}

// statedImpact says what an incident says that it affected; "" for nothing.
func statedImpact(e *status.Event) string {
	severity, settings := e.Severity, slices.Clone(e.Components)
	for _, u := range e.Updates {
		if u.Severity != nil {
			severity = max(severity, *u.Severity)
		}
		settings = append(settings, u.Settings...)
	}
	for _, s := range settings {
		if s.Status > status.Operational {
			return strconv.Quote(s.Component.ID) + " was " + s.Status.String()
		}
	}
	if severity > status.None {
		return "its severity is " + severity.String()
	}
	return ""
}

// checkIncident checks the order of an incident's statuses.
func (d *document) checkIncident(updates []status.Update) {
	for i := 1; i < len(updates); i++ {
		before, u := updates[i-1], updates[i]
		if u.Interim {
			continue
		}
		if before.Status.Closed() && !u.Status.Closed() {
			d.list.Add(ruleReopened.At(u.Position, "%q reopens an incident that was %s at %s", u.Status, before.Status, source.FormatTimestamp(before.At)).
				WithHint("to add a remark without reopening it, write a heading with only a timestamp; if it was reopened, ignore this warning: the time in between does not count as an outage"))
		}
		if u.Status == status.Postmortem && !before.Status.Closed() {
			d.list.Add(rulePostmortemFirst.At(u.Position, "this postmortem ends an incident that was not resolved").
				WithHint("add to the front matter when it was resolved, such as resolved: %s", source.FormatTimestamp(u.At)))
		}
	}
	if len(updates) == 1 && updates[0].Status == status.Postmortem {
		d.list.Add(rulePostmortemFirst.At(updates[0].Position, "this postmortem is the only update of the incident, which was not resolved").
			WithHint("add to the front matter when it was resolved, such as resolved: %s", source.FormatTimestamp(updates[0].At)))
	}
}

// checkMaintenance checks the statuses of a maintenance and their times.
func (t *timeline) checkMaintenance(f *fields, updates []status.Update) {
	if !slices.ContainsFunc(updates, func(u status.Update) bool { return u.Status == status.Scheduled }) {
		f.requireTime("scheduled")
	}
	if !t.hasWindow() || len(updates) == 0 {
		return
	}
	for i := 1; i < len(updates); i++ {
		before, u := updates[i-1], updates[i]
		deliberate := u.Until.After(u.At) // an update that says until when is no mistake
		if !u.Interim && before.Status.Closed() && !u.Status.Closed() && !deliberate {
			t.list.Add(ruleResumed.At(u.Position, "%q resumes maintenance that was %s at %s", u.Status, before.Status, source.FormatTimestamp(before.At)).
				WithHint("to add a remark without resuming it, write a heading with only a timestamp; if it was resumed, ignore this warning"))
		}
	}
	t.checkOverrun(updates)
}

// checkOverrun reports maintenance that is not completed, neither by an update
// nor by the clock.
func (t *timeline) checkOverrun(updates []status.Update) {
	published, from, until := t.published(updates)
	var current status.EventStatus
	for _, u := range published {
		if !u.Interim {
			current = u.Status
		}
	}
	if current.Closed() {
		return
	}
	if t.byClock = true; until.After(t.now) {
		return
	}
	n := len(updates) - 1
	last, heading := updates[n], source.Heading{}
	if t.headings[n] != nil {
		heading = *t.headings[n]
	}
	why, hint := "the clock does not complete it after verifying", "when it is over, add ## Completed with its time"
	if current != status.Verifying {
		why = "it continues after its end, " + source.FormatTimestamp(until)
		own := last.Status
		if last.Interim {
			own = 0
		}
		hint += "; or say until when it continues: " +
			headingWith(heading, &last, own, "until", source.FormatTimestamp(last.At.Add(until.Sub(from))))
	}
	t.list.Add(ruleNeverCompletes.At(last.Position, "this maintenance is %s until an update completes it, since %s", current, why).
		WithHint("%s", hint))
}
