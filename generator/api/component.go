package api

import (
	"cmp"
	"slices"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// component is a component or a group as it is now.
type component struct {
	ID                 string    `json:"id"`
	Name               string    `json:"name"`
	Status             string    `json:"status"`
	CreatedAt          timestamp `json:"created_at"`
	UpdatedAt          timestamp `json:"updated_at"`
	Position           int       `json:"position"` // from 1 among its siblings; 0 for a retired component
	Description        *string   `json:"description"`
	Showcase           bool      `json:"showcase"`
	StartDate          *string   `json:"start_date"` // YYYY-MM-DD in the page's zone
	GroupID            *string   `json:"group_id"`
	PageID             string    `json:"page_id"`
	Group              bool      `json:"group"`
	OnlyShowIfDegraded bool      `json:"only_show_if_degraded"`
	Components         []string  `json:"components,omitempty"` // of a group, which has at least one

	top int // the position of its group, else its own
}

// touched is a component as an event's own file tells it: by the worst that
// the event did to it, which stays true when the event is over.
type touched struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Status string `json:"status"`
}

func newComponent(site *status.Site, c *derive.Component) component {
	made := component{
		ID:        c.Code(),
		Name:      c.Name,
		Status:    c.Status.String(),
		CreatedAt: stamp(c.CreatedAt),
		UpdatedAt: stamp(c.UpdatedAt),
		Position:  c.Position,
		Showcase:  true,
		StartDate: dateOrNil(c.StartDate),
		PageID:    pageID(site),
		top:       c.Position,
	}
	if c.Description != "" {
		made.Description = &c.Description
	}
	if c.InGroup != nil {
		id := c.InGroup.Code()
		made.GroupID, made.top = &id, c.InGroup.Position
	}
	return made
}

func newGroup(site *status.Site, g *derive.Group) component {
	made := component{
		ID:        g.Code(),
		Name:      g.Name,
		Status:    g.Status.String(),
		CreatedAt: stamp(g.CreatedAt),
		UpdatedAt: stamp(g.UpdatedAt),
		Position:  g.Position,
		PageID:    pageID(site),
		Group:     true,
		top:       g.Position,
	}
	for _, c := range g.Components {
		made.Components = append(made.Components, c.Code())
	}
	return made
}

// components lists every component and group that is not retired.
func components(s *derive.Snapshot) []component {
	all := []component{}
	for _, entry := range s.Entries {
		if entry.Component != nil {
			all = append(all, newComponent(s.Site, entry.Component))
			continue
		}
		all = append(all, newGroup(s.Site, entry.Group))
		for _, c := range entry.Group.Components {
			all = append(all, newComponent(s.Site, c))
		}
	}
	slices.SortFunc(all, component.compare)
	return all
}

// componentsOf lists the components that an event has touched, retired ones
// too, as they are now.
func componentsOf(site *status.Site, e *derive.Event) []component {
	all := []component{}
	for _, a := range e.Affected {
		all = append(all, newComponent(site, a.Component))
	}
	slices.SortFunc(all, component.compare)
	return all
}

// touchedBy lists the components that an event has touched, in site order.
func touchedBy(e *derive.Event) []touched {
	all := []touched{}
	for _, a := range e.Affected {
		all = append(all, touched{ID: a.Component.Code(), Name: a.Component.Name, Status: a.Worst.String()})
	}
	return all
}

// compare orders components as Statuspage does: all that are first among
// their siblings, then all second ones.
func (c component) compare(d component) int {
	return cmp.Or(
		cmp.Compare(c.Position, d.Position),
		cmp.Compare(c.top, d.top),
		cmp.Compare(c.ID, d.ID),
	)
}
