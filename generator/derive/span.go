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

	FromTold, ToTold time.Time // when readers could first know of From, and of To unless it is open
}

// endpoint is the beginning or the end of a span.
type endpoint struct {
	at     time.Time
	status status.ComponentStatus
	count  int // of running spans with the status: +1 or -1
	told   time.Time
}

// mergeSpans combines spans that overlap: each instant counts once, with the
// worst of their statuses. The result is in time order.
func mergeSpans(spans []Span) []Span {
	endpoints := make([]endpoint, 0, 2*len(spans))
	var end time.Time // of the open spans
	for _, s := range spans {
		endpoints = append(endpoints, endpoint{s.From, s.Status, +1, s.FromTold})
		if s.Open {
			end = s.To
		} else {
			endpoints = append(endpoints, endpoint{s.To, s.Status, -1, s.ToTold})
		}
	}
	slices.SortFunc(endpoints, func(a, b endpoint) int { return a.at.Compare(b.at) })
	var merged []Span
	var running [status.MajorOutage + 1]int
	worst := status.Operational
	var told time.Time // of the endpoints of one instant, the latest
	for i, p := range endpoints {
		running[p.status] += p.count
		if i > 0 && !endpoints[i-1].at.Equal(p.at) {
			told = time.Time{}
		}
		told = later(told, p.told)
		if i+1 < len(endpoints) && endpoints[i+1].at.Equal(p.at) {
			continue
		}
		next := worstOf(running)
		if next == worst {
			continue
		}
		if worst != status.Operational {
			merged[len(merged)-1].To, merged[len(merged)-1].ToTold = p.at, told
		}
		if next != status.Operational {
			merged = append(merged, Span{From: p.at, FromTold: told, Status: next})
		}
		worst = next
	}
	if worst != status.Operational {
		merged[len(merged)-1].To, merged[len(merged)-1].Open = end, true
	}
	return merged
}

func worstOf(running [status.MajorOutage + 1]int) status.ComponentStatus {
	for s := status.MajorOutage; s > status.Operational; s-- {
		if running[s] > 0 {
			return s
		}
	}
	return status.Operational
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
