package derive

import (
	"slices"

	"allclear/generator/status"
)

// deriveComponents fills in the components' status and history.
func (s *Snapshot) deriveComponents() {
	oldest, began := s.Updated, status.StartOfDay(s.At)
	for _, e := range s.Events {
		if e.HeldBack {
			continue
		}
		oldest, began = earlier(oldest, e.CreatedAt), earlier(earlier(began, e.CreatedAt), e.StartedAt)
		for _, a := range e.Affected {
			c := a.Component
			c.Events = append(c.Events, e)
			c.CreatedAt = e.CreatedAt // in the end that of the oldest event
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
		c.Spans = componentSpans(c)
		c.UpdatedAt = c.CreatedAt
		for _, span := range c.Spans {
			c.UpdatedAt = later(later(c.UpdatedAt, later(span.From, span.FromTold)), span.ToTold)
			if span.Open {
				c.Status = span.Status
			} else {
				c.UpdatedAt = later(c.UpdatedAt, span.To)
			}
		}
		c.Noticed = c.Status == status.Operational && slices.ContainsFunc(c.Events, func(e *Event) bool {
			return e.Kind == status.Incident && e.Open()
		})
	}
}

// componentSpans merges the spans of all of a component's events.
func componentSpans(c *Component) []Span {
	var spans []Span
	for _, e := range slices.Backward(c.Events) {
		spans = append(spans, e.spansOf(c)...)
	}
	spans = mergeSpans(spans)
	if c.Retired {
		spans = spansUntil(spans, c.Component.Retired)
	}
	return spans
}

// deriveItems fills Items: the components that are not retired, ordered and
// grouped as in site.yaml.
func (s *Snapshot) deriveItems() {
	for i, item := range s.Site.Items {
		position := len(s.Items) + 1
		if item.Component != nil {
			c := s.Components[item.Component.Index]
			if c.Position = i + 1; !c.Retired {
				c.Position = position
				s.Items = append(s.Items, Item{Component: c})
			}
			continue
		}
		if g := s.group(item.Group, position); len(g.Components) > 0 {
			s.Items = append(s.Items, Item{Group: g})
		}
	}
}

// Listed yields the components that are not retired, in site order, each with
// its group, nil at top level.
func (s *Snapshot) Listed(yield func(group *Group, c *Component) bool) {
	for _, item := range s.Items {
		if item.Component != nil {
			if !yield(nil, item.Component) {
				return
			}
			continue
		}
		for _, c := range item.Group.Components {
			if !yield(item.Group, c) {
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
			g.UpdatedAt = later(g.UpdatedAt, later(c.UpdatedAt, c.Component.Retired)) // when it left the group
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
