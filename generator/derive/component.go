package derive

import (
	"cmp"
	"slices"
	"time"

	"allclear/generator/status"
)

// deriveComponents fills in how every component is and was.
func (s *Snapshot) deriveComponents() {
	oldest, began := s.Updated, s.Updated
	for _, e := range s.Events {
		if e.Held {
			continue
		}
		oldest, began = earlier(oldest, e.CreatedAt), earlier(earlier(began, e.CreatedAt), e.StartedAt)
		for _, a := range e.Affected {
			c := a.Component
			c.Events = append(c.Events, e)
			c.CreatedAt = e.CreatedAt // the last one told is the first that happened
		}
	}
	for _, c := range s.Components {
		if c.CreatedAt.IsZero() {
			c.CreatedAt = oldest
		}
		c.Since = began
		if !c.StartDate.IsZero() {
			c.CreatedAt, c.Since = c.StartDate, c.StartDate
		}
		c.Spans = overlaidSpans(c)
		c.UpdatedAt = c.CreatedAt
		if n := len(c.Spans); n > 0 {
			last := c.Spans[n-1]
			c.UpdatedAt = last.To
			if last.Open {
				c.Status, c.UpdatedAt = last.Status, last.From
			}
		}
	}
}

// overlaidSpans overlays the spans of all of a component's events.
func overlaidSpans(c *Component) []Span {
	var spans []Span
	for _, e := range slices.Backward(c.Events) {
		spans = append(spans, e.spansOf(c)...)
	}
	spans = merge(spans)
	if c.Retired {
		spans = until(spans, c.Component.Retired)
	}
	return spans
}

// edge is where a span begins or ends.
type edge struct {
	at     time.Time
	status status.ComponentStatus
	change int // +1 begins, -1 ends
}

// merge lays overlapping spans over each other, so that each instant counts
// once, in the worst status of all. It sorts the spans it is given.
func merge(spans []Span) []Span {
	byBeginning := func(a, b Span) int { return a.From.Compare(b.From) }
	if !slices.IsSortedFunc(spans, byBeginning) {
		slices.SortStableFunc(spans, byBeginning)
	}
	merged := make([]Span, 0, len(spans))
	for len(spans) > 0 {
		n, end, open := 1, spans[0].To, spans[0].Open
		for n < len(spans) && (spans[n].From.Before(end) || open && spans[n].From.Equal(end)) {
			end, open = later(end, spans[n].To), open || spans[n].Open
			n++
		}
		for _, s := range overlay(spans[:n]) {
			if last := len(merged) - 1; last >= 0 && merged[last].Status == s.Status && merged[last].To.Equal(s.From) {
				merged[last].To, merged[last].Open = s.To, s.Open
			} else {
				merged = append(merged, s)
			}
		}
		spans = spans[n:]
	}
	return merged
}

// overlay merges spans that hang together.
func overlay(spans []Span) []Span {
	if len(spans) == 1 {
		return spans
	}
	edges := make([]edge, 0, 2*len(spans))
	var now time.Time // of the open spans, which end there without an end
	for _, s := range spans {
		edges = append(edges, edge{s.From, s.Status, +1})
		if s.Open {
			now = s.To
		} else {
			edges = append(edges, edge{s.To, s.Status, -1})
		}
	}
	slices.SortFunc(edges, func(a, b edge) int { return a.at.Compare(b.at) })
	var merged []Span
	var running [status.MajorOutage + 1]int
	worst := status.Operational
	for i, e := range edges {
		running[e.status] += e.change
		if i+1 < len(edges) && edges[i+1].at.Equal(e.at) {
			continue
		}
		next := worstOf(running)
		if next == worst {
			continue
		}
		if worst != status.Operational {
			merged[len(merged)-1].To = e.at
		}
		if next != status.Operational {
			merged = append(merged, Span{From: e.at, Status: next})
		}
		worst = next
	}
	if worst != status.Operational {
		merged[len(merged)-1].To, merged[len(merged)-1].Open = now, true
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

// until cuts spans at an instant.
func until(spans []Span, end time.Time) []Span {
	var kept []Span
	for _, s := range spans {
		if !s.From.Before(end) {
			break
		}
		if !s.To.Before(end) {
			s.To, s.Open = end, false
		}
		kept = append(kept, s)
	}
	return kept
}

// deriveEntries lays out the components that are not retired, as site.yaml
// orders and groups them.
func (s *Snapshot) deriveEntries() {
	for i, e := range s.Site.Entries {
		position := len(s.Entries) + 1
		if e.Component != nil {
			c := s.Components[e.Component.Index]
			if c.Position = i + 1; !c.Retired {
				c.Position = position
				s.Entries = append(s.Entries, Entry{Component: c})
			}
			continue
		}
		if g := s.group(e.Group, position); len(g.Components) > 0 {
			s.Entries = append(s.Entries, Entry{Group: g})
		}
	}
}

// Listed yields the components that are not retired, in site order, each with
// its group, nil at top level.
func (s *Snapshot) Listed(yield func(group *Group, c *Component) bool) {
	for _, entry := range s.Entries {
		if entry.Component != nil {
			if !yield(nil, entry.Component) {
				return
			}
			continue
		}
		for _, c := range entry.Group.Components {
			if !yield(entry.Group, c) {
				return
			}
		}
	}
}

func (s *Snapshot) group(declared *status.Group, position int) *Group {
	g := &Group{Group: declared, Position: position}
	for i, member := range declared.Components {
		c := s.Components[member.Index]
		if c.Position = i + 1; c.Retired {
			continue
		}
		g.Components = append(g.Components, c)
		c.InGroup, c.Position = g, len(g.Components)
		g.Status = max(g.Status, c.Status)
		if g.CreatedAt.IsZero() || c.CreatedAt.Before(g.CreatedAt) {
			g.CreatedAt = c.CreatedAt
		}
		g.UpdatedAt = later(g.UpdatedAt, c.UpdatedAt)
	}
	return g
}

// overall is Statuspage's rule, by components alone; the first line that holds
// wins. The sentences are the API's own.
func overall(components []*Component) Overall {
	var total int
	var in [status.MajorOutage + 1]int
	for _, c := range components {
		if !c.Retired {
			total++
			in[c.Status]++
		}
	}
	switch {
	case total > 0 && in[status.MajorOutage] == total:
		return Overall{status.IndicatorCritical, "Major System Outage"}
	case total > 0 && in[status.PartialOutage] == total, in[status.MajorOutage] > 0:
		return Overall{status.IndicatorMajor, "Partial System Outage"}
	case in[status.PartialOutage] > 0:
		return Overall{status.IndicatorMinor, "Minor Service Outage"}
	case in[status.DegradedPerformance] > 0:
		return Overall{status.IndicatorMinor, "Partially Degraded Service"}
	case in[status.UnderMaintenance] > 0:
		return Overall{status.IndicatorMaintenance, "Service Under Maintenance"}
	}
	return Overall{status.IndicatorNone, "All Systems Operational"}
}

// bannerMessages name each of overall's sentences for the theme.
var bannerMessages = map[string]BannerMessage{
	"Major System Outage":        MajorOutage,
	"Partial System Outage":      PartialOutage,
	"Minor Service Outage":       MinorOutage,
	"Partially Degraded Service": PartiallyDegraded,
	"Service Under Maintenance":  UnderMaintenance,
	"All Systems Operational":    AllOperational,
}

// banner is the overall status, but never all well while an incident is open.
func banner(s *Snapshot) Banner {
	b := Banner{Indicator: s.Overall.Indicator, Message: bannerMessages[s.Overall.Description]}
	if b.Message != AllOperational {
		return b
	}
	var open []*Event
	for _, e := range s.Events {
		if e.Open() && !e.Held && e.Kind == status.Incident {
			open = append(open, e)
		}
	}
	if len(open) == 0 {
		return b
	}
	b.Speaker = slices.MaxFunc(open, func(a, b *Event) int {
		return cmp.Compare(a.Severity, b.Severity) // of equals the first, which is the newest
	})
	b.Message = IncidentOpen
	b.Indicator = status.Indicator(b.Speaker.Severity)
	return b
}
