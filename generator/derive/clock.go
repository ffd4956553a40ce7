package derive

import (
	"slices"
	"time"

	"allclear/generator/status"
)

// sameUpdate is how much later than the clock a person may say the same status
// and still mean the clock's update: it then has the person's words, and keeps
// the clock's instant and id, unless the file states an id. In any case the work
// began or ended when the clock said so.
const sameUpdate = 5 * time.Minute

// clock tells the updates of a maintenance in time order, the person's and the
// clock's own. It begins the work at the window's from, and completes it at its
// until, unless an earlier update has said something else. What it has done is
// never undone by a later update.
type clock struct {
	event               *status.Event
	from, until         time.Time          // the window in force
	fromTold, untilTold status.Publication // of the updates that say it; zero on a site without provenance
	begun, over         bool
	byHand              bool // only an update completes it, not the clock
	updates             []Update
}

// updatesUntil lists the updates of an event up to an instant, with those that
// the clock makes, and returns the window that is in force then.
func updatesUntil(e *status.Event, at time.Time) (updates []Update, from, until time.Time) {
	c := clock{event: e, from: e.ScheduledFor, until: e.ScheduledUntil, updates: make([]Update, 0, len(e.Updates)+2)}
	c.fromTold, c.untilTold = e.Updates[0].Publication, e.Updates[0].Publication
	for i := range e.Updates {
		u := &e.Updates[i]
		switch {
		case u.At.After(at):
		case e.Kind == status.Incident:
			c.updates = append(c.updates, Update{Update: u, Status: u.Status})
		case i == 0: // a maintenance that is announced late begins no earlier
			c.say(i)
		default:
			c.run(u.At)
			c.say(i)
		}
	}
	if e.Kind == status.Maintenance {
		c.run(at)
	}
	return c.updates, c.from, c.until
}

// run makes the updates of the clock up to an instant.
func (c *clock) run(until time.Time) {
	announced := c.event.Updates[0].At
	if begin := later(c.from, announced); !c.begun && !c.over && !begin.After(until) {
		c.begun = true
		c.insert(status.InProgress, begin, c.fromTold)
	}
	if end := later(c.until, announced); c.begun && !c.over && !c.byHand && !end.After(until) {
		c.over = true
		told := c.fromTold
		if c.untilTold.Published.After(told.Published) {
			told = c.untilTold
		}
		c.insert(status.Completed, end, told)
	}
}

// insert adds an update of the clock. It is published at its instant, unless
// readers were told only later that it would come.
func (c *clock) insert(s status.EventStatus, at time.Time, told status.Publication) {
	if n := len(c.updates); n > 0 {
		at = later(at, c.updates[n-1].At) // a window may be moved into the past
	}
	c.updates = append(c.updates, Update{
		Status:     s,
		MessageKey: "maintenance.clock." + s.String(),
		Update: &status.Update{
			ID:       status.ClockUpdateID(c.event.Code(), at, s),
			At:       at,
			Status:   s,
			Position: c.event.Position,

			Publication: publicationAt(at, told),
		},
	})
}

func publicationAt(at time.Time, told status.Publication) status.Publication {
	switch {
	case told.Published.IsZero():
		return status.Publication{}
	case told.Published.After(at):
		return status.Publication{Published: told.Published, Commit: told.Commit}
	}
	return status.Publication{Published: at}
}

// moveWindow takes over the window of an update.
func (c *clock) moveWindow(u *status.Update) {
	if !u.From.IsZero() && !u.From.Equal(c.from) {
		c.from, c.fromTold = u.From, u.Publication
	}
	if !u.Until.IsZero() && !u.Until.Equal(c.until) {
		c.until, c.untilTold = u.Until, u.Publication
	}
}

// say adds a person's update.
func (c *clock) say(i int) {
	u := &c.event.Updates[i]
	c.moveWindow(u)
	moved := u.Until.After(u.At)
	if !u.Interim {
		switch u.Status {
		case status.Completed, status.Cancelled:
			c.over = true
		case status.Verifying:
			c.begun, c.over, c.byHand = true, false, true
		case status.InProgress:
			c.byHand = (c.byHand || c.over || c.ended()) && !moved
			c.begun, c.over = true, false
		case status.Scheduled:
			if c.over {
				c.over, c.begun, c.byHand = false, !u.From.After(u.At), !moved
			}
		}
	} else if moved && c.current() == status.InProgress {
		c.byHand = false
	}
	if !c.merge(i) {
		c.updates = append(c.updates, Update{Update: u, Status: u.Status})
	}
}

// ended reports whether a person or the clock has ended the work before.
func (c *clock) ended() bool {
	return slices.ContainsFunc(c.updates, func(u Update) bool { return u.Status.Closed() })
}

// current is the status of the newest update that has one.
func (c *clock) current() status.EventStatus {
	for _, u := range slices.Backward(c.updates) {
		if !u.Interim {
			return u.Status
		}
	}
	return 0
}

// merge makes a person's update and the clock's of the same status one update,
// and reports whether it did.
func (c *clock) merge(i int) bool {
	u := &c.event.Updates[i]
	for n := len(c.updates) - 1; n >= 0 && !u.Interim; n-- {
		clocks := &c.updates[n]
		if clocks.Interim {
			continue
		}
		if clocks.MessageKey == "" || clocks.Status != u.Status || u.At.Sub(clocks.At) > sameUpdate {
			return false
		}
		clocks.ClockAt, clocks.SaidAt = clocks.At, u.At
		merged := *u
		stated := u.ID != status.UpdateIDs(c.event.Code(), c.event.Updates)[i]
		if !stated {
			merged.ID = clocks.ID
			merged.Publication = spoken(clocks.Publication, u.Publication)
		}
		if !stated || n < len(c.updates)-1 { // after a remark in between, it would be out of order
			merged.At = clocks.At
		}
		clocks.Update = &merged
		if u.Text.Plain != "" {
			clocks.MessageKey = ""
		}
		return true
	}
	return false
}

// spoken is the publication of an update of the clock, to which the text of
// another one is an edit.
func spoken(clocks, persons status.Publication) status.Publication {
	if edited := later(persons.Published, persons.Edited); edited.After(clocks.Published) && !clocks.Published.IsZero() {
		clocks.Edited = edited
	}
	return clocks
}
