package oracle

import (
	"slices"
	"strings"
	"time"
)

// Content is a content folder as the oracle understands it: what a writer
// wrote, without any conclusion from it.
type Content struct {
	Title, URL    string
	Zone          *time.Location
	Languages     []string // the first one is at the root
	HistoryDays   int      // days listed on the index
	UptimeDays    int      // days of the bars
	Partial       float64  // weight of a second of partial outage
	Major         float64  // weight of a second of major outage
	Social        bool     // social_images
	Components    []*Component
	Events        []*Event // in the order of their files' names
	Announcements []*Announcement
}

// Component is a component as site.yaml declares it.
type Component struct {
	ID, APIID    string
	Name         string
	Translated   map[string]string // Name by language
	Group        string            // the name of its group, "" at top level
	Start        string            // a date, or ""
	Retired      string            // a date, or ""
	Aliases      []string
	Descriptions bool // it has a description
}

// Code is the id that the API says.
func (c *Component) Code() string {
	if c.APIID != "" {
		return c.APIID
	}
	return c.ID
}

// Full is the name with its group.
func (c *Component) Full() string {
	if c.Group == "" {
		return c.Name
	}
	return c.Group + " - " + c.Name
}

// Setting is a component's status as an event says it. An empty status leaves
// it to the severity.
type Setting struct{ Component, Status string }

// Event is one file in incidents/ or maintenance/.
type Event struct {
	Maintenance    bool
	ID, APIID      string
	Folder         string // below incidents/ or maintenance/, such as "2026/"
	Title          string
	Severity       string
	Components     []Setting
	Started, Ended time.Time
	From, Until    time.Time // scheduled_for, scheduled_until
	Draft, Held    bool
	Related        []string
	Aliases        []string
	Updates        []Update // in the order of their time
	Translations   map[string]*Translation
}

// Code is the id that the API says.
func (e *Event) Code() string {
	if e.APIID != "" {
		return e.APIID
	}
	return e.ID
}

// Kind is the folder of the event's pages and of its file.
func (e *Event) Kind() string {
	if e.Maintenance {
		return "maintenance"
	}
	return "incidents"
}

// Path is the path of the event's page below the root.
func (e *Event) Path() string { return e.Kind() + "/" + e.ID + "/" }

// Update is one dated message.
type Update struct {
	At          time.Time
	Status      string // what its heading says, "" for an interim update
	Front       bool   // its time is in the front matter, under its status
	Severity    string
	Settings    []Setting
	ID          string // {#id}
	From, Until time.Time
	Next        string
	Corrects    string
	Text        string
}

// Translation is one event in one further language: a title, and the text of
// some updates by their index.
type Translation struct {
	Title string
	Texts map[int]string
}

// Announcement is one file in announcements/.
type Announcement struct {
	ID, Title   string
	From, Until time.Time // Until is zero where it has no end
	Text        string
}

// component finds a component by its id or one of its old ids.
func (c *Content) component(id string) *Component {
	for _, each := range c.Components {
		if each.ID == id || slices.Contains(each.Aliases, id) {
			return each
		}
	}
	return nil
}

// coded finds a component by its id or the one that the API says.
func (c *Content) coded(id string) *Component {
	for _, each := range c.Components {
		if each.ID == id || each.Code() == id {
			return each
		}
	}
	return nil
}

// shared reports whether another component has the same name.
func (c *Content) shared(component *Component) bool {
	return slices.ContainsFunc(c.Components, func(other *Component) bool {
		return other != component && strings.EqualFold(other.Name, component.Name)
	})
}

// label is the name by which a component is told from every other one.
func (c *Content) label(component *Component) string {
	if c.shared(component) {
		return component.Full()
	}
	return component.Name
}

// clone copies the content as deeply as a change of it needs.
func (c *Content) clone() *Content {
	next := *c
	next.Components = nil
	for _, component := range c.Components {
		copied := *component
		next.Components = append(next.Components, &copied)
	}
	next.Events = nil
	for _, event := range c.Events {
		copied := *event
		copied.Updates = slices.Clone(event.Updates)
		copied.Components = slices.Clone(event.Components)
		next.Events = append(next.Events, &copied)
	}
	next.Announcements = slices.Clone(c.Announcements)
	return &next
}
