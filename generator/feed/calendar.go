package feed

import (
	"io"
	"slices"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"

	ics "github.com/arran4/golang-ical"
)

// maxMaintenance is how many maintenances a calendar holds at most: those with
// the latest beginnings.
const maxMaintenance = 500

// refresh is how often a subscriber should ask for a calendar, an ISO 8601
// duration. Maintenance is announced days before.
const refresh = "PT1H"

// calendar is the content of a calendar.
type calendar struct {
	maker
	Name   string
	Self   string // absolute
	Events []*derive.Event
}

// calendar is the calendar of the whole site.
func (m maker) calendar() calendar {
	return calendar{
		maker:  m,
		Name:   m.words.Text("feed.calendar", "site", output.Line(m.Site.Title)),
		Self:   m.Site.Absolute(calendarPath),
		Events: planned(m.Events),
	}
}

// componentCalendar is the calendar of the maintenance that affects a component.
func (m maker) componentCalendar(c *derive.Component) calendar {
	return calendar{
		maker:  m,
		Name:   m.words.Text("feed.component_calendar", "site", output.Line(m.Site.Title), "component", m.name(c.Component)),
		Self:   m.Site.Absolute(c.Path() + calendarPath),
		Events: planned(c.Events),
	}
}

// planned lists the maintenance among events in order of its beginning.
func planned(events []*derive.Event) []*derive.Event {
	var found []*derive.Event
	for _, e := range events {
		if e.Kind == status.Maintenance {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, soonest)
	return found[max(len(found)-maxMaintenance, 0):]
}

// write writes the calendar as iCalendar, RFC 5545, with the properties of
// RFC 7986 and their older names.
func (c calendar) write(w io.Writer) error {
	file := ics.NewCalendar()
	file.SetProductId("-//allclear//status page//EN")
	file.CalendarProperties = append(file.CalendarProperties,
		property("NAME", c.Name),
		property("X-WR-CALNAME", c.Name),
		property("REFRESH-INTERVAL", refresh, ics.WithValue("DURATION")),
		property("X-PUBLISHED-TTL", refresh),
		property("SOURCE", c.Self, ics.WithValue("URI")),
	)
	for _, e := range c.Events {
		file.AddVEvent(c.event(e))
	}
	if len(c.Events) == 0 {
		file.AddVTimezone(utc())
	}
	return file.SerializeTo(w, ics.WithNewLineWindows)
}

func property(name ics.Property, value string, parameters ...ics.PropertyParameter) ics.CalendarProperty {
	p := ics.CalendarProperty{BaseProperty: ics.BaseProperty{
		IANAToken:      string(name),
		Value:          value,
		ICalParameters: map[string][]string{},
	}}
	for _, parameter := range parameters {
		key, values := parameter.KeyValue()
		p.ICalParameters[key] = values
	}
	return p
}

// event is one maintenance.
func (c calendar) event(e *derive.Event) *ics.VEvent {
	event := ics.NewEvent(uuid(e.Code()))
	event.SetDtStampTime(e.UpdatedAt)
	event.SetCreatedTime(e.CreatedAt)
	event.SetModifiedAt(e.UpdatedAt)
	event.SetSequence(c.sequence(e))
	event.SetStatus(ics.ObjectStatusConfirmed)
	title := output.Line(e.Title)
	if e.Status == status.Cancelled {
		event.SetStatus(ics.ObjectStatusCancelled)
		title = c.words.Text("feed.entry", "status", c.words.Text("event_label.cancelled"), "title", title)
	}
	event.SetStartAt(e.ScheduledFor)
	event.SetEndAt(e.ScheduledUntil)
	event.SetSummary(title)
	event.SetDescription(c.description(e))
	event.SetURL(c.Site.Absolute(e.Path()))
	for _, a := range e.Affected {
		event.AddCategory(c.name(a.Component.Component))
	}
	event.SetTimeTransparency(ics.TransparencyTransparent)
	return event
}

// sequence counts how often a maintenance has changed. A person's update counts
// for three and one of the clock for one: an update may be dated before the
// beginning and the end that the clock has made since the update before it, and
// undo both. So every update raises the number, whatever it says.
func (c calendar) sequence(e *derive.Event) int {
	persons := 0
	for _, u := range e.Event.Updates {
		if !u.At.After(c.At) || u.At.Equal(e.CreatedAt) { // a preview has events that are held back
			persons++
		}
	}
	clocks := len(e.Updates) - persons
	return 3*(persons-1) + clocks
}

// description is the text below the title of a maintenance: the components that
// it affects, its newest update, and the address of its page.
func (c calendar) description(e *derive.Event) string {
	var paragraphs []string
	if names := c.names(e.Affected); names != "" {
		paragraphs = append(paragraphs, c.words.Text("feed.affects", "components", names))
	}
	last := len(e.Updates) - 1
	update := c.label(e, last)
	if text := output.Prose(e.Updates[last].DisplayText(c.words).Plain); text != "" {
		update = c.words.Text("feed.latest", "status", update, "text", text)
	}
	paragraphs = append(paragraphs, update, c.Site.Absolute(e.Path()))
	return strings.Join(paragraphs, "\n\n")
}

// utc is the definition of UTC, which no program shows.
func utc() *ics.VTimezone {
	zone := ics.NewTimezone("Etc/UTC")
	standard := zone.AddStandard()
	standard.SetProperty(ics.ComponentPropertyDtStart, "19700101T000000")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), "+0000")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), "+0000")
	return zone
}
