package check

import (
	"slices"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleReopened = rules.Declare(diag.Rule{
		Code: "reopened", Level: diag.Warning,
		Title: "An incident that is resolved stays so",
		Why:   "Readers were told that all is well. A reopening is allowed, but a mistyped status or time looks the same.",
	})
	rulePostmortemFirst = rules.Declare(diag.Rule{
		Code: "postmortem-before-resolved", Level: diag.Warning,
		Title: "A postmortem comes after resolved",
		Why:   "It ends the incident in place of the resolution that nobody announced.",
	})
	ruleNeverCompletes = rules.Declare(diag.Rule{
		Code: "maintenance-never-completes", Level: diag.Warning,
		Title: "Maintenance that goes on past scheduled_until says when it is completed",
		Why:   "The clock ends it no more, so its components stay under maintenance until an update says completed.",
	})
	ruleResumed = rules.Declare(diag.Rule{
		Code: "maintenance-resumed", Level: diag.Warning,
		Title: "Maintenance that was completed or cancelled stays so",
		Why:   "Readers were told that it is over. Going on is allowed, but a mistyped status or time looks the same.",
	})
)

var ruleEndedOutside = rules.Declare(diag.Rule{
	Code:  "ended-outside",
	Title: "The impact ends while the incident is open, or as it is resolved",
	Why:   "A component would stay down though all is said to be well, or be well while an update says that it is down.",
})

// impact holds `started` and `ended` against the updates.
func (d *document) impact(f fields, e *status.Event, updates []status.Update) {
	if len(updates) == 0 {
		return
	}
	opened, resolved := updates[0].At, time.Time{} // of the last time that it was open
	for i, u := range updates {
		switch was := i > 0 && updates[i-1].Status.Closed(); {
		case u.Status.Closed() && !was:
			resolved = u.At
		case !u.Status.Closed() && was:
			opened, resolved = u.At, time.Time{}
		}
	}
	started, _ := f.value.Field("started")
	ended, _ := f.value.Field("ended")
	if !e.Started.IsZero() && !resolved.IsZero() && !e.Started.Before(resolved) {
		d.list.Add(ruleEndsFirst.At(started.Value.Position, "started is not before the end, %s", source.FormatTimestamp(resolved)).
			WithHint("one of the two times is wrong, or they are swapped"))
	}
	if e.Ended.IsZero() {
		return
	}
	if reopened := opened.After(updates[0].At); !e.Ended.After(opened) && (reopened || e.Started.IsZero()) {
		d.list.Add(ruleEndedOutside.At(ended.Value.Position, "ended is not after %s, when the %s was opened", source.FormatTimestamp(opened), e.Kind).
			WithHint("ended is when the impact truly ended, for the last time; mend it, or leave it out"))
	}
	if !resolved.IsZero() && e.Ended.After(resolved) {
		d.list.Add(ruleEndedOutside.At(ended.Value.Position, "ended is after %s, when the %s was over", source.FormatTimestamp(resolved), e.Kind).
			WithHint("mend one of the two times; if it was not over then, date the update later"))
	}
	for _, u := range updates {
		for _, s := range u.Settings {
			if u.At.After(e.Ended) && s.Status != status.Operational {
				d.list.Add(ruleClosedSetting.At(u.Position, "%q can't be %s from here on, since the impact ended at %s", s.Component.ID, s.Status, source.FormatTimestamp(e.Ended)).
					WithHint("leave the attribute out, or mend ended"))
			}
		}
	}
}

// incident looks at the order of an incident's statuses.
func (d *document) incident(updates []status.Update) {
	for i := 1; i < len(updates); i++ {
		before, u := updates[i-1], updates[i]
		if u.Interim {
			continue
		}
		if before.Status.Closed() && !u.Status.Closed() {
			d.list.Add(ruleReopened.At(u.Position, "%q reopens an incident that was %s at %s", u.Status, before.Status, source.FormatTimestamp(before.At)).
				WithHint("if that is meant, all is well: the time in between counts as no outage; to add a remark without reopening, write a heading with a time alone"))
		}
		if u.Status == status.Postmortem && !before.Status.Closed() {
			d.list.Add(rulePostmortemFirst.At(u.Position, "this postmortem ends an incident that nothing has resolved").
				WithHint("say in the front matter when it was resolved: resolved: %s", source.FormatTimestamp(u.At)))
		}
	}
	if len(updates) == 1 && updates[0].Status == status.Postmortem {
		d.list.Add(rulePostmortemFirst.At(updates[0].Position, "this incident has a postmortem, and nothing that resolved it").
			WithHint("say in the front matter when it was resolved: resolved: %s", source.FormatTimestamp(updates[0].At)))
	}
}

// maintenance looks at what only maintenance must hold to.
func (d *document) maintenance(f fields, e *status.Event, updates []status.Update) {
	if _, ok := f.value.Field("scheduled"); !ok && !slices.ContainsFunc(updates, func(u status.Update) bool { return u.Status == status.Scheduled }) {
		f.missing("scheduled", "scheduled: 2035-01-10 09:00 UTC, when it was announced")
	}
	if e.ScheduledUntil.IsZero() || len(updates) == 0 {
		return
	}
	for i := 1; i < len(updates); i++ {
		before, u := updates[i-1], updates[i]
		if !u.Interim && before.Status.Closed() && !u.Status.Closed() {
			d.list.Add(ruleResumed.At(u.Position, "%q goes on with maintenance that was %s at %s", u.Status, before.Status, source.FormatTimestamp(before.At)).
				WithHint("if that is meant, say completed when it is over; a remark alone is a heading with a time and no status"))
		}
	}
	d.overrun(e, updates)
}

// overrun reports maintenance that the clock doesn't end and nothing else does.
func (d *document) overrun(e *status.Event, updates []status.Update) {
	last := updates[len(updates)-1]
	if last.Status.Closed() || last.Status == status.Scheduled {
		return
	}
	late := !last.At.Before(e.ScheduledUntil)
	verifying := slices.ContainsFunc(updates, func(u status.Update) bool {
		return u.Status == status.Verifying && !u.At.After(e.ScheduledUntil)
	})
	if late || verifying {
		d.list.Add(ruleNeverCompletes.At(last.Position, "the clock does not end this maintenance: it is %s by hand, and nothing says completed", last.Status).
			WithHint("append ## Completed with its time when it is over, or move scheduled_until"))
	}
}
