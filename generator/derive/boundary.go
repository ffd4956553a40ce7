package derive

import (
	"time"

	"allclear/generator/status"
)

// boundaries yields the instants at which the clock alone changes an event, in
// no order, each with the instant from which the public may know of it: a
// held-back update is known when it happens. Of its updates it yields the last
// one up to now and the first one after it.
func boundaries(e *status.Event, now time.Time, yield func(at, known time.Time)) {
	said := func(at, known time.Time) {
		if !at.IsZero() {
			yield(at, known)
		}
	}
	announced := e.Updates[0].At
	next := len(e.Updates)
	for next > 0 && e.Updates[next-1].At.After(now) {
		next--
	}
	for _, u := range e.Updates[max(next-1, 0):min(next+1, len(e.Updates))] {
		yield(u.At, u.At)
	}
	said(e.ScheduledFor, announced)
	said(e.ScheduledUntil, announced)
	said(e.Started, e.Started)
	said(e.Ended, e.Ended)
}

// siteBoundaries yields the boundaries of the whole site. The end of an
// announcement is known from its beginning. Midnights are not among them, nor
// are the dates of components, which begin at a midnight.
func siteBoundaries(site *status.Site, now time.Time, yield func(at, known time.Time)) {
	for _, e := range site.Events {
		boundaries(e, now, yield)
	}
	for _, a := range site.Announcements {
		yield(a.From, a.From)
		if !a.Until.IsZero() {
			yield(a.Until, a.From)
		}
	}
}

// floor is the newest boundary at or before an instant. It is never more than
// a day back, since midnights count.
func floor(site *status.Site, now time.Time) time.Time {
	newest := status.StartOfDay(now)
	siteBoundaries(site, now, func(at, _ time.Time) {
		if at.After(newest) && !at.After(now) {
			newest = at
		}
	})
	return newest.In(site.Zone)
}

// next returns the first boundary after an instant, and the first of those
// that the public may know of.
func next(site *status.Site, now time.Time) (all, public time.Time) {
	all = status.NextDay(now)
	public = all
	siteBoundaries(site, now, func(at, known time.Time) {
		if !at.After(now) {
			return
		}
		if at.Before(all) {
			all = at
		}
		if at.Before(public) && !known.After(now) {
			public = at
		}
	})
	return all.In(site.Zone), public.In(site.Zone)
}
