package api

import (
	"cmp"
	"slices"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// ComponentsDocument is every component and group that is not retired.
type ComponentsDocument struct {
	Page       PageNow     `json:"page"`
	Components []Component `json:"components"` // by position, then by the position of the group, then by id
}

// Component is a component, or a group of components, as it is now.
type Component struct {
	ID                 string          `json:"id"`                                  // the component's id
	Name               string          `json:"name"`                                // its name, without the name of its group
	Status             ComponentStatus `json:"status"`                              // how it is; of a group, the worst status of its components
	CreatedAt          Timestamp       `json:"created_at"`                          // when its start_date began, else when the first event that affected it was created, else the site's first event; of a group, its oldest component's
	UpdatedAt          Timestamp       `json:"updated_at"`                          // when its status last changed, else created_at; of a group, its newest component's
	Position           int             `json:"position" jsonschema:"minimum=1"`     // from 1 among its siblings: the top level and each group count apart; a retired component, which only events still list, counts all retired ones too
	Description        *string         `json:"description"`                         // what it is; null if the site does not describe it, and for a group
	Showcase           bool            `json:"showcase"`                            // true for a component, false for a group
	StartDate          *string         `json:"start_date" jsonschema:"format=date"` // the first date of its record, in the page's zone; null if the site does not give it, and for a group
	GroupID            *string         `json:"group_id"`                            // the id of its group; null at the top level
	PageID             string          `json:"page_id"`                             // the site's id
	Group              bool            `json:"group"`                               // whether this is a group
	OnlyShowIfDegraded bool            `json:"only_show_if_degraded"`               // always false
	Components         []string        `json:"components,omitempty"`                // the ids of a group's components in order, at least one; a component does not have this

	top int // the position of its group, else its own
}

// ComponentStatus is how a component is, from best to worst.
type ComponentStatus string

// TouchedComponent is a component with the worst status that an event gave it, which stays true when the event is over.
type TouchedComponent struct {
	ID     string          `json:"id"`   // the component's id
	Name   string          `json:"name"` // its name, without the name of its group
	Status ComponentStatus `json:"status"`
}

func newComponent(site *status.Site, c *derive.Component) Component {
	made := Component{
		ID:        c.Code(),
		Name:      c.Name,
		Status:    ComponentStatus(c.Status.String()),
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

func newGroup(site *status.Site, g *derive.Group) Component {
	made := Component{
		ID:        g.Code(),
		Name:      g.Name,
		Status:    ComponentStatus(g.Status.String()),
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
func components(s snapshot) []Component {
	all := []Component{}
	for _, item := range s.Items {
		if item.Group != nil {
			all = append(all, newGroup(s.Site, item.Group))
		}
	}
	for _, c := range s.Listed {
		all = append(all, newComponent(s.Site, c))
	}
	slices.SortFunc(all, Component.compare)
	return all
}

// componentsOf lists the components that an event has affected, retired ones
// too, as they are now.
func componentsOf(site *status.Site, e *derive.Event) []Component {
	all := []Component{}
	for _, a := range e.Affected {
		all = append(all, newComponent(site, a.Component))
	}
	slices.SortFunc(all, Component.compare)
	return all
}

// touchedBy lists the components that an event has affected, in site order.
func touchedBy(e *derive.Event) []TouchedComponent {
	all := []TouchedComponent{}
	for _, a := range e.Affected {
		all = append(all, TouchedComponent{ID: a.Component.Code(), Name: a.Component.Name, Status: ComponentStatus(a.Worst.String())})
	}
	return all
}

// compare orders components as Statuspage does: all that are first among
// their siblings, then all second ones.
func (c Component) compare(d Component) int {
	return cmp.Or(cmp.Compare(c.Position, d.Position), cmp.Compare(c.top, d.top), cmp.Compare(c.ID, d.ID))
}
