package oracle

import (
	"slices"
	"time"
)

// interval is a stretch of time, its first instant in it and its last not. An
// open one goes on: its end is the instant of the model.
type interval struct {
	from, to time.Time
	open     bool
	status   string
}

// touches reports whether an interval has a share in a day.
func (i interval) touches(d day) bool {
	return i.from.Before(d.end) && (i.to.After(d.start) || i.open && !i.to.Before(d.start))
}

// instants are all the instants at which an event may change anything.
func (t *Told) instants() []time.Time {
	var all []time.Time
	add := func(at time.Time) {
		if !at.IsZero() {
			all = append(all, at)
		}
	}
	for _, u := range t.updates {
		add(u.At)
	}
	add(t.Started)
	add(t.Ended)
	return all
}

// cuts are the instants of all events up to one instant, in order, each once.
func (m *Model) cuts(until time.Time) []time.Time {
	var all []time.Time
	for _, t := range m.events {
		for _, at := range t.instants() {
			if !at.After(until) {
				all = append(all, at.UTC())
			}
		}
	}
	for _, component := range m.c.Components {
		if component.Retired == "" {
			continue
		}
		if at := m.startOf(component.Retired); !at.After(until) {
			all = append(all, at)
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}

// startOf is the first instant of a date that may not exist, then of the next
// one that does.
func (m *Model) startOf(date string) time.Time {
	noon, _ := time.Parse(time.DateOnly, date)
	for _, d := range calendar(noon.Add(-48*time.Hour), noon.Add(72*time.Hour), m.c.Zone) {
		if d.date >= date {
			return d.start
		}
	}
	panic("no day after " + date)
}

// intervals joins the stretches between cuts in which a question has the same
// answer; "" leaves a stretch out.
func (m *Model) intervals(answer func(at time.Time) string) []interval {
	cuts := m.cuts(m.at)
	var all []interval
	for i, from := range cuts {
		status := answer(from)
		to, open := m.at, true
		if i+1 < len(cuts) {
			to, open = cuts[i+1], false
		}
		if status == "" || from.After(m.at) {
			continue
		}
		if n := len(all); n > 0 && all[n-1].status == status && all[n-1].to.Equal(from) {
			all[n-1].to, all[n-1].open = to, open
			continue
		}
		all = append(all, interval{from, to, open, status})
	}
	return all
}

// remembered is intervals, answered once.
func (m *Model) remembered(key string, answer func(at time.Time) string) []interval {
	if found, ok := m.found[key]; ok {
		return found
	}
	found := m.intervals(answer)
	m.found[key] = found
	return found
}

// componentIntervals are a component's times in another status than
// operational.
func (m *Model) componentIntervals(component *Component) []interval {
	return m.remembered("component "+component.ID, func(at time.Time) string {
		if s := m.componentStatus(component, at); s != "operational" {
			return s
		}
		return ""
	})
}

// opens are the times at which an event was open: an incident from its first
// update until it was over, a maintenance while it was worked on.
func (m *Model) opens(t *Told) []interval {
	return m.remembered("open "+t.ID, func(at time.Time) string {
		status := t.inForce(at)
		if status == "" || closed(status) || t.Maintenance && !active(status) {
			return ""
		}
		return "open"
	})
}

// impacts are the times at which an event kept a component from being
// operational, with the worst it did to any.
func (m *Model) impacts(t *Told) []interval {
	touched := m.touched(t)
	return m.remembered("impact "+t.ID, func(at time.Time) string {
		worst := ""
		for _, component := range touched {
			if s := t.statusOf(component, m.c, at); s != "operational" && worse[s] > worse[worst] {
				worst = s
			}
		}
		return worst
	})
}

// worstDoneTo is the worst that an event has done to a component so far.
func (m *Model) worstDoneTo(t *Told, component *Component) string {
	worst := "operational"
	raise := func(status string) {
		if worse[status] > worse[worst] {
			worst = status
		}
	}
	for _, at := range append(m.cuts(m.at), m.at) {
		raise(t.statusOf(component, m.c, at))
	}
	for i := range t.updates { // one that the next of the same instant takes back was said, too
		soFar := *t
		soFar.updates = t.updates[:i+1]
		raise(soFar.statusAfterLast(component, m.c))
	}
	return worst
}

// happenedOn reports whether an event was open or had an impact on a day.
func (m *Model) happenedOn(t *Told, d day) bool {
	return slices.ContainsFunc(m.happened(t), func(i interval) bool { return i.touches(d) })
}

// happened are the times at which an event was open or had an impact, which
// may have begun before anybody said so, and on no component that it names.
func (m *Model) happened(t *Told) []interval {
	all := slices.Concat(m.opens(t), m.impacts(t))
	if first := t.updates[0].At; !t.Maintenance && t.started().Before(first) {
		if !t.Ended.IsZero() && t.Ended.Before(first) {
			first = t.Ended
		}
		all = append(all, interval{from: t.started(), to: first})
	}
	return all
}

// saidOn reports whether an event has an update on a day.
func (t *Told) saidOn(d day) bool {
	return slices.ContainsFunc(t.updates, func(u Said) bool { return !u.At.Before(d.start) && u.At.Before(d.end) })
}

// readsAs reports whether a clock on the wall shows a date at one of an event's
// updates: where a zone goes back over midnight, an hour of the day before
// comes after the first instant of a date.
func (t *Told) readsAs(date string, zone *time.Location) bool {
	return slices.ContainsFunc(t.updates, func(u Said) bool { return dateOf(u.At, zone) == date })
}

// floor is the newest boundary at or before now.
func (m *Model) floor() time.Time {
	_, newest := dayOf(m.now, m.c.Zone)
	take := func(at time.Time) {
		if !at.IsZero() && at.After(newest) && !at.After(m.now) {
			newest = at.UTC()
		}
	}
	for _, t := range m.events {
		for _, at := range t.instants() {
			take(at)
		}
		for i, u := range t.updates {
			take(u.After)
			for _, at := range []time.Time{u.from, u.until, u.promised()} {
				if i+1 == len(t.updates) || !at.After(t.updates[i+1].At) { // else the next update took it back
					take(at)
				}
			}
		}
	}
	for _, a := range m.c.Announcements {
		take(a.From)
		if !a.From.After(m.now) {
			take(a.Until)
		}
	}
	for hour := m.now.UTC().Truncate(time.Hour); hour.After(newest); hour = hour.Add(-time.Hour) {
		if m.outageAt(hour) {
			take(hour)
		}
	}
	return newest
}

// outageAt reports whether a partial or major outage is open at an instant.
func (m *Model) outageAt(at time.Time) bool {
	for _, component := range m.c.Components {
		if worse[m.componentStatus(component, at)] >= worse["partial_outage"] {
			return true
		}
	}
	return false
}

// promised is when an update promised the next one, zero if it did not.
func (u Said) promised() time.Time {
	if u.Next == "" {
		return time.Time{}
	}
	if length, err := time.ParseDuration(u.Next); err == nil {
		return u.At.Add(length)
	}
	at, _ := readMoment(u.Next)
	return at
}
