package statuspage

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/status"
)

// recording is one file or response, with the name to print.
type recording struct {
	name string
	raw  []byte
}

// statuspage is a page on Statuspage while its recordings are read.
type statuspage struct {
	report     *importer.Report
	zone       *time.Location // --timezone, nil for the page's own
	now        time.Time
	page       recordedPage
	pageFrom   string
	listed     map[string]bool // ids of the components in the newest list
	listedAt   time.Time
	components map[string]recordedComponent
	order      []string // of components, as first found
	events     map[string]*latest
}

// latest is an event as its newest recording has it.
type latest struct {
	recordedEvent
	where   string
	planned bool // it was in a list of scheduled maintenances
}

// Import imports a folder of recorded responses of Statuspage's API, or one of
// them, into the content folder, and adds to the report.
func Import(source string, o importer.Options, report *importer.Report) error {
	target, err := importer.Open(o)
	if err != nil {
		return err
	}
	recordings, err := readAll(source, report)
	if err != nil {
		return err
	}
	h, err := readStatuspage(recordings, o, target, report)
	if err != nil {
		return err
	}
	return target.Put(h, report)
}

// readStatuspage makes a history of recordings.
func readStatuspage(recordings []recording, o importer.Options, target *importer.Target, report *importer.Report) (*importer.History, error) {
	s := &statuspage{
		report: report, zone: o.Zone, now: o.Now,
		listed: map[string]bool{}, components: map[string]recordedComponent{}, events: map[string]*latest{},
	}
	for _, r := range recordings {
		if err := s.read(r); err != nil {
			return nil, err
		}
		if limit := status.StandardLimits().Events; len(s.events) > limit {
			return nil, fmt.Errorf("the source has more than %d incidents and maintenances, which is more than a site may have: import a part of it, such as the newest", limit)
		}
	}
	if s.page.ID == "" && len(s.events) == 0 && len(s.components) == 0 {
		if len(report.Notes) > 0 {
			first := report.Notes[0]
			return nil, fmt.Errorf("%s: %s", first.Where, first.What())
		}
		return nil, errors.New("no response of Statuspage's API was found; record incidents.json, scheduled-maintenances.json, components.json and summary.json of its /api/v2/ into one folder")
	}
	components := target.Register(s.declared())
	h := &importer.History{Site: s.site(), Zone: s.pageZone(), Components: components}
	report.Components = components.Len()
	var events []*event
	for _, l := range s.inOrder() {
		if e := s.event(l, components); e != nil {
			events = append(events, e)
			h.Events = append(h.Events, e.Event)
		}
	}
	s.carry(events, components)
	if len(h.Events) > 0 {
		report.Note("every event", "not imported, since files have no place for it: shortlinks of another host, tweets, who was notified, when a text was entered or edited, fractions of a second")
	}
	return h, nil
}

func (s *statuspage) read(r recording) error {
	a, err := parseResponse(r.raw)
	switch {
	case err != nil:
		s.report.LeaveOut(r.name, "%v", err)
		return nil
	case a.empty():
		s.report.LeaveOut(r.name, "it has no page, components, incidents or maintenances")
		return nil
	}
	if a.Page.ID != "" {
		if s.page.ID != "" && s.page.ID != a.Page.ID {
			return fmt.Errorf("%s is of the page %q (%s), %s of %q (%s): import one page at a time",
				r.name, markup.Short(string(a.Page.Name)), a.Page.ID, s.pageFrom, markup.Short(string(s.page.Name)), s.page.ID)
		}
		if !a.Page.UpdatedAt.Before(s.page.UpdatedAt.Time) {
			s.page, s.pageFrom = a.Page, r.name
		}
	}
	s.readComponents(a)
	for i, raw := range a.Incidents {
		s.readEvent(raw, r.name, "incidents", i)
	}
	for i, raw := range a.Maintenances {
		s.readEvent(raw, r.name, "scheduled_maintenances", i)
	}
	return nil
}

// readComponents keeps the newest list, since older lists have components that
// were deleted.
func (s *statuspage) readComponents(a response) {
	if len(a.Components) == 0 {
		return
	}
	at := a.Page.UpdatedAt.Time
	if len(s.listed) > 0 && at.Before(s.listedAt) {
		for _, c := range a.Components {
			s.add(c)
		}
		return
	}
	s.listed, s.listedAt = map[string]bool{}, at
	for _, c := range a.Components {
		s.listed[string(c.ID)] = true
		s.add(c)
	}
}

// add adds a component, or replaces an older recording of it.
func (s *statuspage) add(c recordedComponent) {
	id := string(c.ID)
	if id == "" {
		return
	}
	if c.Name.line() == "" {
		c.Name = c.ID
	}
	before, known := s.components[id]
	if !known {
		s.order = append(s.order, id)
	}
	if !known || s.listed[id] || !c.UpdatedAt.Before(before.UpdatedAt.Time) {
		s.components[id] = c
	}
}

func (s *statuspage) readEvent(raw json.RawMessage, file, list string, i int) {
	where := fmt.Sprintf("%s: %s[%d]", file, list, i)
	e, err := parseEvent(raw)
	switch {
	case err != nil:
		s.report.LeaveOut(where, "%v", err)
		return
	case e.ID == "" && e.Name == "" && len(e.Updates) == 0:
		s.report.LeaveOut(where, "it has no id, name or updates")
		return
	}
	key := string(e.ID)
	if key == "" {
		key = "\x00" + string(e.Name) + e.CreatedAt.String() // no id, but perhaps recorded twice
	}
	before := s.events[key]
	planned := list == "scheduled_maintenances" || before != nil && before.planned
	if before == nil || e.UpdatedAt.After(before.UpdatedAt.Time) {
		switch {
		case e.ID == "":
			file = where
		case path.Base(file) != string(e.ID)+".json":
			file += ": " + markup.Short(string(e.ID))
		}
		s.events[key] = &latest{e, file, planned}
	} else {
		before.planned = planned
	}
	for _, c := range e.Components {
		if !s.listed[string(c.ID)] {
			s.add(c)
		}
	}
}

// inOrder lists events from the oldest to the newest.
func (s *statuspage) inOrder() []*latest {
	var all []*latest
	for _, l := range s.events {
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b *latest) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt.Time), strings.Compare(string(a.ID), string(b.ID)))
	})
	return all
}

// declared lists every component that was found. One that is missing from the
// newest list is retired from the day after its last event.
func (s *statuspage) declared() []importer.Component {
	last := map[string]time.Time{}
	for _, l := range s.inOrder() {
		s.addAffected(l)
		for _, id := range l.codes() {
			for _, u := range l.Updates {
				if at := u.at(); at.After(last[id]) {
					last[id] = at
				}
			}
		}
	}
	var all []importer.Component
	for _, id := range s.order {
		c := s.components[id]
		made := importer.Component{
			Code: id, Name: c.Name.line(), Description: c.Description.line(), Group: string(c.GroupID),
			IsGroup: bool(c.Group), Position: int(c.Position), KeepCode: true,
		}
		made.Start, _ = time.Parse(time.DateOnly, string(c.StartDate)) // zero if it is no date
		if made.IsGroup {
			made.Description = ""
		}
		if len(s.listed) > 0 && !s.listed[id] && !made.IsGroup && !c.CreatedAt.After(s.listedAt) {
			end := last[id]
			if c.CreatedAt.After(end) {
				end = c.CreatedAt.Time
			}
			made.Retired = status.NextDay(end.In(s.pageZone()))
			s.report.Note("component "+markup.Short(made.Name), "the list of components no longer has it: it is retired from %s on, the day after its last event", made.Retired.Format(time.DateOnly))
		}
		if !check.IsAPIID(id) {
			s.report.Note("component "+markup.Short(made.Name), "its id %q can't be kept: an id is letters, digits, - and _, 64 at most", markup.Short(id))
		}
		all = append(all, made)
	}
	return all
}

// addAffected adds components that only updates name.
func (s *statuspage) addAffected(l *latest) {
	for _, u := range l.Updates {
		for _, a := range u.Affected {
			if _, known := s.components[string(a.Code)]; !known {
				s.add(recordedComponent{ID: a.Code, Name: a.Name, Position: 1e6})
			}
		}
	}
}

// codes lists the codes of an event's components.
func (l *latest) codes() []string {
	var codes []string
	add := func(code text) {
		if code != "" && !slices.Contains(codes, string(code)) {
			codes = append(codes, string(code))
		}
	}
	for _, c := range l.Components {
		add(c.ID)
	}
	for _, u := range l.Updates {
		for _, a := range u.Affected {
			add(a.Code)
		}
	}
	return codes
}

// site is the settings of a new site.yaml, without its components.
func (s *statuspage) site() *status.Site {
	zone := s.pageZone()
	site := importer.NewSite(s.page.Name.line(), string(s.page.URL), zone, "the page", s.report)
	if name := string(s.page.TimeZone); s.zone == nil && zone == time.UTC && !slices.Contains([]string{"", "UTC", "Etc/UTC"}, name) {
		s.report.Note("the page", "its time zone %q is unknown: the site is in UTC; choose another zone with --timezone", markup.Short(name))
	}
	if check.IsAPIID(string(s.page.ID)) {
		site.APIID = string(s.page.ID)
	}
	return site
}

// pageZone is the zone of the command line, else of the page, else UTC.
func (s *statuspage) pageZone() *time.Location {
	if s.zone != nil {
		return s.zone
	}
	switch name := string(s.page.TimeZone); name {
	case "", "UTC", "Etc/UTC", "Local":
	default:
		if zone, err := time.LoadLocation(name); err == nil {
			return zone
		}
	}
	return time.UTC
}

// isRecording reports whether a file may be a recorded response.
func isRecording(name string) bool {
	return strings.EqualFold(path.Ext(name), ".json") || strings.Contains(path.Base(name), ".json?")
}
