package derive

import (
	"time"

	"allclear/generator/status"
)

// boundaries returns the newest boundary at or before an instant, the first one
// after it, and the first one after it that readers may know of. The newest is
// never more than a day earlier, since every midnight is a boundary.
func boundaries(site *status.Site, now time.Time) (newest, next, nextPublic time.Time) {
	newest, next = status.StartOfDay(now), status.NextDay(now)
	nextPublic = next
	eachBoundary(site, now, func(at, publicSince time.Time) {
		if !at.After(now) {
			newest = later(newest, at)
			return
		}
		next = earlier(next, at)
		if !publicSince.After(now) {
			nextPublic = earlier(nextPublic, at)
		}
	})
	return newest.In(site.Zone), next.In(site.Zone), nextPublic.In(site.Zone)
}

// eachBoundary yields the instants at which the clock alone changes the site, in
// no order, each with the instant since which readers may know of it: that of an
// update when it happens, is published or edited, that of a window or a promise
// from the update that says it. An event that is not public yet has only one, its
// first update. It leaves out the midnights, at which components begin and retire
// too, and the hours of an outage. A time that an event does not have is zero.
func eachBoundary(site *status.Site, now time.Time, yield func(at, publicSince time.Time)) {
	for _, e := range site.Events {
		first := e.Updates[0].At
		yield(first, first)
		if first.After(now) {
			continue
		}
		yield(e.Changed, e.Changed)
		yield(e.Started, e.Started)
		yield(e.Ended, e.Ended)
		from, until := e.ScheduledFor, e.ScheduledUntil
		for i := range e.Updates {
			u := &e.Updates[i]
			yield(u.At, u.At)
			yield(u.Published, u.Published)
			yield(u.Edited, u.Edited)
			from, until = latest(from, u.From), latest(until, u.Until)
			newest := i+1 == len(e.Updates) || e.Updates[i+1].At.After(now) // the newest that readers know of
			for _, at := range []time.Time{from, until, u.Next} {
				if newest || at.Before(e.Updates[i+1].At) {
					yield(at, u.At)
				}
			}
		}
	}
	yield(site.Changed, site.Changed)
	for _, a := range site.Announcements {
		yield(a.From, a.From)
		yield(a.Published, a.Published)
		yield(a.Edited, a.Edited)
		yield(a.Until, a.From)
	}
}

// latest is the window's end that an update says, or the one before.
func latest(before, said time.Time) time.Time {
	if said.IsZero() {
		return before
	}
	return said
}

// outageHour is the newest full hour in UTC, up to which an open outage counts.
func outageHour(now time.Time) time.Time { return now.UTC().Truncate(time.Hour) }
