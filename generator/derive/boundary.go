package derive

import (
	"time"

	"allclear/generator/status"
)

// boundaries yields the instants at which the clock alone changes the site, in
// no order, each with the instant from which the public may know of it: a
// held-back update is known when it happens, the end of an announcement once
// that has begun. Of the updates of one event it yields the last one up to now
// and the first one after it. Midnights are not among them, and so neither
// are the dates of components: the zone alone says them.
func boundaries(site *status.Site, now time.Time, yield func(at, known time.Time)) {
	said := func(at, known time.Time) {
		if !at.IsZero() {
			yield(at, known)
		}
	}
	for _, e := range site.Events {
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
	for _, a := range site.Announcements {
		yield(a.From, a.From)
		said(a.Until, a.From)
	}
}

// floor is the newest boundary at or before an instant. It is never more than
// a day back, since midnights count.
func floor(site *status.Site, now time.Time) time.Time {
	newest := status.StartOfDay(now)
	boundaries(site, now, func(at, _ time.Time) {
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
	boundaries(site, now, func(at, known time.Time) {
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
