package oracle

import (
	"slices"
	"time"
)

// incident adds a random incident.
func (d *dice) incident() {
	e := d.newEvent(false)
	byStatus := d.chance(30)
	e.Components = d.touched(byStatus)
	if !byStatus && d.chance(85) {
		e.Severity = pick(d, "none", "minor", "major", "critical")
	} else if byStatus && d.chance(30) {
		e.Severity = pick(d, "none", "minor", "major", "critical")
	}
	at := d.between(d.from, d.to)
	if d.chance(10) {
		d.toldAfterwards(e, at)
		return
	}
	d.unfold(e, at)
	d.frontMatter(e)
	d.frame(e)
}

// toldAfterwards is an incident of which the first that readers hear is that
// it is over.
func (d *dice) toldAfterwards(e *Event, at time.Time) {
	e.Updates = []Update{{At: at, Status: "resolved", Front: true, Text: d.text()}}
	if d.chance(60) {
		e.Started = at.Add(-time.Duration(1+d.IntN(3000)) * time.Minute)
		if d.chance(50) {
			e.Ended = d.between(e.Started.Add(time.Minute), at)
		}
	}
}

// unfold writes the updates of an incident, from the first one on.
func (d *dice) unfold(e *Event, at time.Time) {
	open, resolvedOnce := true, false
	status := pick(d, "investigating", "investigating", "identified", "monitoring")
	for range 1 + d.IntN(6) {
		u := Update{At: at, Status: status}
		if d.chance(92) {
			u.Text = d.text()
		}
		closed := status == "resolved" || status == "postmortem" || status == "" && !open
		if !closed && d.chance(25) {
			u.Severity = pick(d, "none", "minor", "major", "critical")
		}
		if !closed && d.chance(25) {
			u.Settings = []Setting{{pick(d, d.c.Components...).ID, pick(d, componentStatuses...)}}
		}
		if d.chance(5) {
			u.ID = pick(d, "first", "second", "third") + "-" + e.ID[:3] + e.ID[len(e.ID)-2:]
		}
		if u.ID != "" && slices.ContainsFunc(e.Updates, func(o Update) bool { return o.ID == u.ID }) {
			u.ID = ""
		}
		if features.Corrections && d.chance(20) {
			u.Corrects = e.anID()
		}
		e.Updates = append(e.Updates, u)
		if features.Promises && !closed && d.chance(20) {
			e.Updates[len(e.Updates)-1].Next = pick(d, "30m", "2h")
		}
		open = !closed
		resolvedOnce = resolvedOnce || status == "resolved"
		status = d.following(open, resolvedOnce)
		at = d.after(at)
	}
}

// anID is the id of an update that says one, or "".
func (e *Event) anID() string {
	for _, u := range e.Updates {
		if u.ID != "" {
			return u.ID
		}
	}
	return ""
}

func (d *dice) following(open, resolvedOnce bool) string {
	switch {
	case open && d.chance(25):
		return ""
	case open:
		return pick(d, "identified", "monitoring", "resolved", "resolved")
	case d.chance(30):
		return ""
	case d.chance(50):
		return "postmortem"
	}
	return pick(d, "investigating", "monitoring", "resolved")
}

// frontMatter moves the time of some first statuses into the front matter.
func (d *dice) frontMatter(e *Event) {
	seen := map[string]bool{}
	for i := range e.Updates {
		u := &e.Updates[i]
		if u.Status == "" || seen[u.Status] {
			continue
		}
		seen[u.Status] = true
		alone := !slices.ContainsFunc(e.Updates, func(o Update) bool { return o.At.Equal(u.At) && o.Status != u.Status })
		if alone && u.ID == "" && (i == 0 || d.chance(50)) {
			u.Front = true
		}
	}
	first := &e.Updates[0]
	if !first.Front && len(e.Updates) == 1 && first.ID == "" {
		first.Front = true
	}
	for i := range e.Updates {
		u := e.Updates[i]
		same := slices.ContainsFunc(e.Updates[i+1:], func(o Update) bool { return o.Status == u.Status && o.At.Equal(u.At) })
		if u.Front && same {
			e.Updates[i].Front = false // two sections of one status and time need their own times
		}
	}
}

// frame sometimes says when the impact truly began and ended.
func (d *dice) frame(e *Event) {
	first := e.Updates[0].At
	if d.chance(25) {
		e.Started = first.Add(-time.Duration(d.IntN(40*60)) * time.Minute)
	}
	if !d.chance(25) {
		return
	}
	opened, resolved, open := first, time.Time{}, false
	var lastSetting time.Time
	for _, u := range e.Updates {
		switch {
		case u.Status == "resolved" || u.Status == "postmortem":
			if open {
				resolved = u.At
			}
			open = false
		case u.Status != "":
			if !open {
				opened, resolved = u.At, time.Time{}
			}
			open = true
		}
		if len(u.Settings) > 0 {
			lastSetting = u.At
		}
	}
	end := resolved
	if end.IsZero() {
		end = e.Updates[len(e.Updates)-1].At.Add(30 * time.Hour)
	}
	from := opened
	if lastSetting.After(from) {
		from = lastSetting
	}
	if end.After(from.Add(time.Minute)) {
		e.Ended = d.between(from.Add(time.Minute), end)
	}
}

// maintenance adds a random maintenance.
func (d *dice) maintenance() {
	e := d.newEvent(true)
	e.Components = d.touched(d.chance(15))
	announced := d.between(d.from, d.to)
	e.From = d.after(announced).Add(10 * time.Minute)
	e.Until = d.after(e.From).Add(10 * time.Minute)
	e.Updates = []Update{{At: announced, Status: "scheduled", Front: true, Text: d.text()}}
	add := func(at time.Time, status string) {
		u := Update{At: d.zoned(at), Status: status}
		if d.chance(85) || status == "" {
			u.Text = d.text()
		}
		e.Updates = append(e.Updates, u)
	}
	switch d.IntN(10) {
	case 0:
		add(d.between(announced.Add(time.Minute), e.From.Add(-time.Minute)), "cancelled")
		return
	case 1: // begun early
		add(d.between(announced.Add(time.Minute), e.From), "in_progress")
	case 2, 3: // the same as the clock's, with better words
		add(e.From.Add(time.Duration(d.IntN(300))*time.Second).Truncate(time.Minute), "in_progress")
	case 4:
		add(d.between(announced.Add(time.Minute), e.From.Add(-time.Minute)), "")
	}
	if features.Windows && d.chance(40) {
		d.moveWindow(e)
	}
	last := e.Updates[len(e.Updates)-1].At
	if e.From.After(last) {
		last = e.From
	}
	if !e.Until.After(last.Add(2 * time.Minute)) {
		return
	}
	d.finish(e, last, add)
}

// finish ends a maintenance: by the clock, by hand, early or late.
func (d *dice) finish(e *Event, last time.Time, add func(time.Time, string)) {
	switch d.IntN(8) {
	case 0: // early
		add(d.between(last.Add(time.Minute), e.Until), "completed")
	case 1: // the same as the clock's, with better words
		add(e.Until.Add(time.Duration(d.IntN(300))*time.Second).Truncate(time.Minute), "completed")
	case 2:
		add(d.between(last.Add(time.Minute), e.Until), "verifying")
		if d.chance(70) {
			add(d.after(e.Until).Add(time.Minute), "completed")
		}
	case 3: // it overran
		late := d.between(e.Until.Add(time.Minute), e.Until.Add(3*time.Hour))
		add(late, pick(d, "in_progress", "verifying"))
		if d.chance(70) {
			add(d.after(late).Add(time.Minute), "completed")
		}
	case 4:
		add(d.between(last.Add(time.Minute), e.Until), "cancelled")
	}
}

// moveWindow adds an update that moves the window of a maintenance that has
// not begun.
func (d *dice) moveWindow(e *Event) {
	last := e.Updates[len(e.Updates)-1]
	if last.Status != "scheduled" || !e.From.After(last.At.Add(4*time.Minute)) {
		return
	}
	u := Update{At: d.between(last.At.Add(time.Minute), e.From.Add(-2*time.Minute)), Text: d.text()}
	shift := time.Duration(1+d.IntN(600)) * time.Minute
	switch d.IntN(3) {
	case 0:
		u.From = d.zoned(e.From.Add(shift))
		if !e.Until.After(u.From) {
			u.Until = d.zoned(u.From.Add(time.Hour))
		}
	case 1:
		u.Until = d.zoned(e.Until.Add(shift))
	default:
		u.From, u.Until = d.zoned(e.From.Add(shift)), d.zoned(e.Until.Add(shift))
	}
	e.Updates = append(e.Updates, u)
}
