package derive

import (
	"slices"
	"time"

	"allclear/generator/status"
)

// Span is a stretch of time in one status. From is included, To is not.
type Span struct {
	From, To time.Time
	Status   status.ComponentStatus
	Open     bool // it has not ended at Snapshot.At; To is then Snapshot.At

	// When readers could first know that all of it had the status, and of To unless
	// it is open.
	FromTold, ToTold time.Time
}

// endpoint is the beginning or the end of a span.
type endpoint struct {
	at   time.Time
	span *Span
	ends bool
	told time.Time
}

// mergeSpans combines spans that overlap: each instant counts once, with the
// worst of their statuses. The result is in time order.
func mergeSpans(spans []Span) []Span {
	endpoints := make([]endpoint, 0, 2*len(spans))
	var end time.Time // of the open spans
	for i := range spans {
		s := &spans[i]
		endpoints = append(endpoints, endpoint{s.From, s, false, s.FromTold})
		if s.Open {
			end = s.To
		} else {
			endpoints = append(endpoints, endpoint{s.To, s, true, s.ToTold})
		}
	}
	slices.SortStableFunc(endpoints, func(a, b endpoint) int { return a.at.Compare(b.at) })
	var merged []Span
	var running running
	worst := status.Operational
	var told time.Time // of the endpoints of one instant, the latest
	for i, p := range endpoints {
		running.pass(p)
		if i > 0 && !endpoints[i-1].at.Equal(p.at) {
			told = time.Time{}
		}
		told = later(told, p.told)
		if i+1 < len(endpoints) && endpoints[i+1].at.Equal(p.at) {
			continue
		}
		next, since := running.worst()
		if next == worst {
			if last := len(merged) - 1; since.After(p.at) {
				merged[last].FromTold = later(merged[last].FromTold, since)
			}
			continue
		}
		if worst != status.Operational {
			merged[len(merged)-1].To, merged[len(merged)-1].ToTold = p.at, told
		}
		if next != status.Operational {
			merged = append(merged, Span{From: p.at, FromTold: later(told, since), Status: next})
		}
		worst = next
	}
	if worst != status.Operational {
		merged[len(merged)-1].To, merged[len(merged)-1].Open = end, true
	}
	return merged
}

// running is when readers could first know of each span that has not ended, by
// status, in time order.
type running [status.MajorOutage + 1][]time.Time

// pass begins or ends a span.
func (r *running) pass(p endpoint) {
	of := &r[p.span.Status]
	i, _ := slices.BinarySearchFunc(*of, p.span.FromTold, time.Time.Compare)
	if p.ends {
		*of = slices.Delete(*of, i, i+1)
	} else {
		*of = slices.Insert(*of, i, p.span.FromTold)
	}
}

// worst is the worst status of the running spans, and when readers could first
// know of it.
func (r *running) worst() (status.ComponentStatus, time.Time) {
	for s := status.MajorOutage; s > status.Operational; s-- {
		if len(r[s]) > 0 {
			return s, r[s][0]
		}
	}
	return status.Operational, time.Time{}
}

// spansUntil cuts spans at an instant.
func spansUntil(spans []Span, end time.Time) []Span {
	var cut []Span
	for _, s := range spans {
		if !s.From.Before(end) {
			break
		}
		if !s.To.Before(end) {
			s.To, s.Open = end, false
		}
		cut = append(cut, s)
	}
	return cut
}

// spansSince leaves out the spans that ended before an instant.
func spansSince(spans []Span, from time.Time) []Span {
	i, _ := slices.BinarySearchFunc(spans, from, func(s Span, t time.Time) int { return s.To.Compare(t) })
	return spans[i:]
}
