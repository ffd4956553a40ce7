package derive

import (
	"slices"
	"sync"
	"time"

	"allclear/generator/status"
)

// Snapshot is the site at one instant: everything that pages, API, feeds and
// badges publish. All its times are in the site's zone. It is never changed once
// it is made.
type Snapshot struct {
	Site *status.Site
	At   time.Time // the floored instant: the newest boundary at or before now

	// Built is the instant of the build itself, to the second, on a site with a
	// freshness, and zero on any other. It is the only difference between two
	// builds of the same boundary, and only one file contains it.
	Built time.Time

	// Updated is the instant of the newest update, the clock's included, or of what
	// was edited or removed last, by the history of the site. If there is none it is
	// the oldest start_date, else At's midnight.
	Updated time.Time

	Next       time.Time // the next boundary
	NextPublic time.Time // the next one that reveals nothing that is held back

	Overall Overall // for the API
	Banner  Banner  // for readers

	Items      []Item       // top level without retired components, in site order
	Components []*Component // all, by status.Component.Index, also the retired ones
	Events     []*Event     // those whose first update has happened, newest CreatedAt first, then by id

	Announcements []*status.Announcement // those that are shown at At
	Announced     []*status.Announcement // all that have begun, over or not; newest first

	forecast once[[]*Snapshot]
	instants once[[]time.Time] // at which the clock changes a public event
	byID     once[map[string]*Event]
}

// Event returns the event with an id; nil if there is none.
func (s *Snapshot) Event(id string) *Event {
	return s.byID.get(func() map[string]*Event {
		events := make(map[string]*Event, len(s.Events))
		for _, e := range s.Events {
			events[e.ID] = e
		}
		return events
	})[id]
}

// once is a value that is made when it is first needed, since every page of an
// open event needs it.
type once[T any] struct {
	sync.Once
	value T
}

func (o *once[T]) get(compute func() T) T {
	o.Do(func() { o.value = compute() })
	return o.value
}

// Item is a component or a group; exactly one field is set.
type Item struct {
	Component *Component
	Group     *Group
}

// Group is a group with at least one component that is not retired.
type Group struct {
	*status.Group
	Position             int                    // from 1 among top-level items
	Components           []*Component           // without retired ones
	Status               status.ComponentStatus // its worst component's
	CreatedAt, UpdatedAt time.Time              // its oldest component's, its newest's
}

// Component is a component as it is at the snapshot's instant.
type Component struct {
	*status.Component
	Retired   bool
	InGroup   *Group // nil at top level, and for a retired component
	Position  int    // from 1 among its siblings that are not retired; of a retired one among all siblings
	Status    status.ComponentStatus
	Noticed   bool      // it is operational, and an open incident names it all the same
	CreatedAt time.Time // the first instant of start_date, else the first event that affects it, else the site's oldest event, else Snapshot.Updated
	UpdatedAt time.Time // when readers could first know of the last change of its status, else CreatedAt; it never goes back
	Since     time.Time // the first instant of its uptime: start_date, else the start of the site's first event

	// Spans are when the component was not operational, in time order, up to
	// Snapshot.At or its retirement. They don't overlap: if events do, the worst
	// status counts.
	Spans  []Span
	Events []*Event // those that affect it, in the order of Snapshot.Events
}

// Outage reports whether a component that is not retired is in an outage.
func (c *Component) Outage() bool { return !c.Retired && c.Status >= status.PartialOutage }

// Day is one date of a component's history.
type Day struct {
	Date           time.Time     // its first instant in the site's zone
	Length         time.Duration // 24 h except for clock changes; today counts as a whole day
	Recorded       bool          // false before Component.Since and after a retirement: no data
	Worst          status.ComponentStatus
	Noticed        bool                   // Worst is operational, and an incident that was open on the date names the component
	Partial, Major time.Duration          // time in partial_outage and major_outage, up to Snapshot.At
	Open           status.ComponentStatus // the status that has not ended at Snapshot.At, if that is on the date
	Events         []*Event               // those because of which it was not operational, and incidents that were open; newest first
}

// Event is an incident or a maintenance at the snapshot's instant.
type Event struct {
	*status.Event // as its file describes it, with updates that are held back

	Status   status.EventStatus // the current status
	Severity status.Severity    // the highest stated so far; None for a maintenance
	Updates  []Update           // those that have happened, the clock's included, oldest first; never empty

	// The window of a maintenance that is in force: the newest one that an update
	// says, else the front matter's.
	ScheduledFor, ScheduledUntil time.Time

	CreatedAt   time.Time // the first update
	UpdatedAt   time.Time // when readers could last see something new in it, an edit included
	PublishedAt time.Time // likewise, without edits
	StartedAt   time.Time // `started`, else the first update; of a maintenance the first update
	Ended       time.Time // `ended`, once it is not to come

	ResolvedAt   time.Time // the first update of the last unbroken run of closed statuses; zero while open
	MonitoringAt time.Time // the first monitoring (verifying) update, or zero

	// Only in a preview: an event of which nothing is public yet is HeldBack, and
	// is shown as it will be at its first update. Coming are the updates that have
	// not happened yet.
	HeldBack bool
	Coming   []status.Update

	Promise   Promise       // of the next update; zero if there is none
	Periods   []Period      // when it was open, or its work was done
	Affected  []Affected    // the components affected so far, in site order
	Length    time.Duration // from started to ended, reopened gaps left out; while open, up to Snapshot.At
	Related   []*Event      // those that are in the snapshot
	Previous  *Event        // the next older event of Snapshot.Events, or nil
	Following *Event        // the next newer one, or nil
}

// Promise is by when an event's newest update promises the next one.
type Promise struct {
	By      time.Time
	Overdue bool // By has passed
}

// Period is when an event was going on. From is included, To is not, unless both
// are the same.
type Period struct {
	From, To time.Time
	Open     bool // still at Snapshot.At; To is then Snapshot.At
}

// During reports whether the event was going on between two instants, of which
// the second is not included.
func (e *Event) During(from, to time.Time) bool {
	return slices.ContainsFunc(e.Periods, func(p Period) bool {
		return p.From.Before(to) && (p.To.After(from) || !p.From.Before(from) || p.Open && !p.To.Before(from))
	})
}

// EventMonths groups Events by the month of their first update, newest first. It
// leaves out months without an event.
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

// Upcoming reports whether a maintenance has not begun.
func (e *Event) Upcoming() bool { return e.Status == status.Scheduled }

// Affected is a component that an event has affected.
type Affected struct {
	Component *Component
	Now       status.ComponentStatus // its status at Snapshot.At because of the event
	Worst     status.ComponentStatus // the worst so far
	Spans     []Span                 // when it was not operational because of the event, cut to started and ended
}

// Update is one update that has happened.
type Update struct {
	*status.Update
	Status     status.EventStatus // the event's status from this update on; an interim update repeats the one before
	ClockAt    time.Time          // when the clock made the update, and
	SaidAt     time.Time          // when a person put words to it; both are zero for any other update
	MessageKey string             // of the catalog's text, if nobody put words to the update; else ""
	Corrected  *status.Update     // the newest update that corrects it, or nil
	Changes    []Change           // each component that the event has affected so far, in site order; empty for a postmortem
}

// told is when readers could first know all that the update says.
func (u *Update) told() time.Time {
	told := later(later(u.At, u.SaidAt), u.Published)
	if !u.SaidAt.IsZero() {
		told = later(told, u.Edited)
	}
	return told
}

// since is when the update took effect.
func (u *Update) since() time.Time {
	if !u.ClockAt.IsZero() {
		return u.ClockAt
	}
	return u.At
}

// Catalog has the messages of a theme in one language.
type Catalog interface {
	Text(key string, arguments ...string) string
}

// DisplayText is the update's own text, or the catalog's for one to which nobody
// put words: the clock's, and one that says only a status. It is never empty.
func (u *Update) DisplayText(catalog Catalog) status.Text {
	if u.MessageKey == "" {
		return u.Text
	}
	text := status.Paragraph(catalog.Text(u.MessageKey))
	if u.Text.HTML != "" { // a picture without words
		text.HTML, text.FeedHTML = u.Text.HTML, u.Text.FeedHTML
	}
	return text
}

// Change is a component's status before and after an update, within its event.
type Change struct {
	Component *status.Component
	Old, New  status.ComponentStatus
}
