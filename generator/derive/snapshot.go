package derive

import (
	"time"

	"allclear/generator/status"
)

// Snapshot is the site as it is at one instant: all that pages, API, feeds
// and badges say. Every time in it is in the site's zone. Whoever holds one
// reads it and changes nothing.
type Snapshot struct {
	Site *status.Site
	At   time.Time // the floored instant: the newest boundary at or before now

	// Built is the instant of the build itself, to the second, on a site that
	// has a freshness, and zero on any other. It is the one thing that differs
	// between two builds of the same boundary, for the one file that says it.
	Built time.Time

	// Updated is the newest update or clock transition that has happened; where
	// there is none, the oldest start_date, else At's midnight.
	Updated time.Time

	Next       time.Time // the next boundary of all, zero where none
	NextPublic time.Time // the next one that tells nothing of what is held back

	Overall Overall // by components alone, as the API says it
	Banner  Banner  // what a person sees

	Entries    []Entry      // top level without retired components, in site order
	Components []*Component // every one, by status.Component.Index; retired ones too
	Events     []*Event     // whose first update has happened, newest CreatedAt first, then by id

	Announcements []*status.Announcement // in force at At
	Announced     []*status.Announcement // every one that has begun, over or not; newest first
}

// Overall is the API's status object.
type Overall struct {
	Indicator   status.Indicator
	Description string // Statuspage's own English: "All Systems Operational"
}

// Banner is the overall status as a person sees it. Where components alone
// would say that all is well while an incident is open, Speaker is the open
// incident with the highest severity (then the newest) and Indicator is
// that severity's; else Speaker is nil and Indicator is Overall's.
type Banner struct {
	Indicator status.Indicator
	Message   BannerMessage
	Speaker   *Event
}

// BannerMessage names the sentence of the banner; the words are the theme's.
type BannerMessage string

const (
	AllOperational    BannerMessage = "operational"
	UnderMaintenance  BannerMessage = "maintenance"
	PartiallyDegraded BannerMessage = "degraded"
	MinorOutage       BannerMessage = "minor_outage"
	PartialOutage     BannerMessage = "partial_outage"
	MajorOutage       BannerMessage = "major_outage"
	IncidentOpen      BannerMessage = "incident" // Speaker's title tells the rest
)

// Entry is a component or a group; exactly one field is set.
type Entry struct {
	Component *Component
	Group     *Group
}

// Group is a group with at least one component that is not retired.
type Group struct {
	*status.Group
	Position             int                    // from 1 among top-level entries
	Components           []*Component           // without retired ones
	Status               status.ComponentStatus // its worst component's
	CreatedAt, UpdatedAt time.Time              // its oldest component's, its newest's
}

// Component is a component as it is at the snapshot's instant.
type Component struct {
	*status.Component
	Retired   bool
	InGroup   *Group // nil at top level, and for a retired component
	Position  int    // from 1 among its siblings that are not retired; a retired one's is among all
	Status    status.ComponentStatus
	CreatedAt time.Time // start_date at its first instant, else the first event that names it, else the site's oldest event, else Snapshot.Updated
	UpdatedAt time.Time // the last change of its status, else CreatedAt
	Since     time.Time // first instant of its uptime: start_date, else the beginning of the site's first event

	// Spans are the stretches in which the component was not operational, in
	// time order, apart from each other, the worst of overlapping events, up to
	// Snapshot.At (to its retirement, for a retired one).
	Spans  []Span
	Events []*Event // that touch it, as Snapshot.Events is ordered
}

// Day is one date of a component's record.
type Day struct {
	Date           time.Time     // its first instant in the site's zone
	Length         time.Duration // 24 h but for clock changes; today counts whole
	Recorded       bool          // false before Component.Since and after a retirement: no data
	Worst          status.ComponentStatus
	Partial, Major time.Duration // time in partial_outage and major_outage
	Events         []*Event      // that had the component other than operational, newest first
}

// Span is a stretch of time in one status, From included, To not.
type Span struct {
	From, To time.Time
	Status   status.ComponentStatus
	Open     bool // still so at Snapshot.At; To is then Snapshot.At
}

// Event is an incident or a maintenance as it is at the snapshot's instant.
type Event struct {
	*status.Event

	Status   status.EventStatus // the status in force
	Severity status.Severity    // the highest stated so far; None for a maintenance
	Updates  []Update           // that have happened, oldest first, with what the clock did; never empty

	CreatedAt time.Time // the first update
	UpdatedAt time.Time // the newest
	StartedAt time.Time // `started`, else the first update; of a maintenance the first update

	ResolvedAt   time.Time // the first update of the last unbroken run of closed statuses; zero while open
	MonitoringAt time.Time // the first monitoring (verifying) update, or zero

	// In a preview alone: Held is an event of which nothing is public yet, told
	// as it will begin; Coming are the updates that wait for their time.
	Held   bool
	Coming []status.Update

	Affected  []Affected    // components touched so far, in site order
	Length    time.Duration // from started to ended, reopened gaps left out; while open, up to Snapshot.At
	Related   []*Event      // that are public now
	Previous  *Event        // the next older event of Snapshot.Events, or nil
	Following *Event        // the next newer one, or nil
}

// EventMonths groups Events by the month of their first update, newest first.
// Months without an event are left out.
func (s *Snapshot) EventMonths() [][]*Event {
	var months [][]*Event
	year, month, from := 0, time.Month(0), 0
	for i, e := range s.Events {
		if y, m, _ := e.CreatedAt.Date(); y != year || m != month || i == 0 {
			year, month, from = y, m, i
			months = append(months, nil)
		}
		months[len(months)-1] = s.Events[from : i+1 : i+1]
	}
	return months
}

// Open reports whether the event is not over: an unresolved incident, or a
// maintenance that is scheduled or running.
func (e *Event) Open() bool { return !e.Status.Closed() }

// Active reports whether a maintenance is running: in_progress or verifying.
func (e *Event) Active() bool {
	return e.Status == status.InProgress || e.Status == status.Verifying
}

// Upcoming reports whether a maintenance has yet to begin.
func (e *Event) Upcoming() bool { return e.Status == status.Scheduled }

// Affected is a component that an event has touched.
type Affected struct {
	Component *Component
	Now       status.ComponentStatus // what the event says of it at Snapshot.At
	Worst     status.ComponentStatus // the worst that the event has said of it so far
	Spans     []Span                 // when the event had it other than operational, cut to started and ended
}

// Update is one message that has happened.
type Update struct {
	*status.Update
	Status  status.EventStatus // in force from here on: an interim update repeats the one before
	TextKey string             // of a theme's string, if the clock made the update and Text is empty; else ""
	Changes []Change           // each component that the event has touched so far, in site order; empty for a postmortem
}

// Words are the strings of a theme in one language.
type Words interface {
	Text(key string, arguments ...string) string
}

// Says returns what the update says in the default language.
func (u *Update) Says(words Words) status.Text {
	if u.TextKey == "" {
		return u.Text
	}
	return status.Paragraph(words.Text(u.TextKey))
}

// Change is what an update did to a component within its event.
type Change struct {
	Component *status.Component
	Old, New  status.ComponentStatus
}
