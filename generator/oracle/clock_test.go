package oracle

import "time"

// lag is for how long after the clock a status by hand is the same update with
// better words.
const lag = 5 * time.Minute

// runClock tells a maintenance: what was said by hand, and between it what the
// clock did.
func (t *Told) runClock() {
	phase, byHand := "scheduled", false
	rest := t.Event.Updates
	merged := map[int]bool{}
	for {
		at, does := t.clockDoes(phase, byHand)
		next := time.Time{}
		if len(rest) > 0 && !rest[0].At.After(t.now) {
			next = rest[0].At
		}
		clockFirst := does != "" && !at.After(t.now) && (next.IsZero() || !at.After(next))
		switch {
		case clockFirst:
			phase = does
			said := Said{Update: Update{At: at, Status: does}, InForce: does, Clock: true, After: at, from: t.from, until: t.until}
			if i := t.sameByHand(at, does); i >= 0 {
				merged[i] = true
				better := t.Event.Updates[i]
				said.Better, said.After, said.Update = true, better.At, better
				said.Update.At, said.Update.Status = at, does
			}
			t.updates = append(t.updates, said)
		case !next.IsZero():
			u := rest[0]
			index := len(t.Event.Updates) - len(rest)
			rest = rest[1:]
			if merged[index] {
				continue // the clock's own update has these words
			}
			moved := t.move(u)
			if u.Status != "" {
				late := closed(phase) || !u.At.Before(t.until)
				byHand = byHand || u.Status == "verifying" || active(u.Status) && late && !moved
				phase = u.Status
			}
			t.updates = append(t.updates, Said{Update: u, InForce: phase, from: t.from, until: t.until})
		default:
			return
		}
	}
}

// clockDoes is what the clock does next in a phase of the work, and when.
func (t *Told) clockDoes(phase string, byHand bool) (at time.Time, does string) {
	announced := t.Event.Updates[0].At
	later := func(at time.Time) time.Time {
		if at.Before(announced) {
			return announced // what is announced late begins with that
		}
		return at
	}
	switch {
	case len(t.updates) == 0 || byHand:
		return time.Time{}, ""
	case phase == "scheduled":
		return later(t.from), "in_progress"
	case phase == "in_progress":
		return later(t.until), "completed"
	}
	return time.Time{}, ""
}

// sameByHand is the index of the update that says by hand, within the lag,
// what the clock did, or -1: the next status that anybody says.
func (t *Told) sameByHand(at time.Time, does string) int {
	for i, u := range t.Event.Updates {
		if u.At.Before(at) || u.Status == "" {
			continue
		}
		if u.Status == does && u.At.Sub(at) <= lag && !u.At.After(t.now) {
			return i
		}
		break
	}
	return -1
}

// move takes a new window from an update.
func (t *Told) move(u Update) (moved bool) {
	if !u.From.IsZero() {
		t.from = u.From
	}
	if !u.Until.IsZero() {
		t.until = u.Until
	}
	return !u.From.IsZero() || !u.Until.IsZero()
}
