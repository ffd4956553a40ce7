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
	eachBoundary(site, func(at, publicSince time.Time) {
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
// update when it happens, that of a maintenance's window from its announcement.
// It leaves out the midnights, at which components begin and retire too. A time
// that an event does not have is zero.
func eachBoundary(site *status.Site, yield func(at, publicSince time.Time)) {
	for _, e := range site.Events {
		for i := range e.Updates {
			yield(e.Updates[i].At, e.Updates[i].At)
		}
		yield(e.ScheduledFor, e.Updates[0].At)
		yield(e.ScheduledUntil, e.Updates[0].At)
		yield(e.Started, e.Started)
		yield(e.Ended, e.Ended)
	}
	for _, a := range site.Announcements {
		yield(a.From, a.From)
		yield(a.Until, a.From)
	}
}
