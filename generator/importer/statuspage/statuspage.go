package statuspage

import (
	"cmp"
	"context"
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

// recording is one file or answer, under the name to print.
type recording struct {
	name string
	raw  []byte
}

// statuspage is a page that Statuspage's API has told of, as far as it is read.
type statuspage struct {
	report     *importer.Report
	zone       *time.Location // --timezone, nil for the page's own
	now        time.Time
	page       recordedPage
	pageFrom   string
	listed     map[string]time.Time // components of the newest list, with when that was made
	listedAt   time.Time
	components map[string]recordedComponent
	order      []string // of components, as first seen
	events     map[string]*told
}

// told is an event as its newest recording tells it.
type told struct {
	recordedEvent
	where   string
	planned bool // stood in a list of scheduled maintenances
}

// Import takes what Statuspage's API has told, from a folder of recorded
// answers, one of them, or the address of a page, into the content folder.
func Import(ctx context.Context, source string, o importer.Options) (*importer.Report, error) {
	report := &importer.Report{}
	target, err := importer.Open(o)
	if err != nil {
		return nil, err
	}
	recordings, err := record(ctx, source, o, report)
	if err != nil {
		return nil, err
	}
	h, err := readStatuspage(recordings, o, target, report)
	if err != nil {
		return nil, err
	}
	return report, target.Put(h, report)
}

// readStatuspage makes a history of recordings.
func readStatuspage(recordings []recording, o importer.Options, target *importer.Target, report *importer.Report) (*importer.History, error) {
	s := &statuspage{
		report: report, zone: o.Zone, now: o.Now,
		listed: map[string]time.Time{}, components: map[string]recordedComponent{}, events: map[string]*told{},
	}
	for _, r := range recordings {
		if err := s.read(r); err != nil {
			return nil, err
		}
	}
	if s.page.ID == "" && len(s.events) == 0 && len(s.components) == 0 {
		if len(report.Notes) > 0 {
			first := report.Notes[0]
			return nil, fmt.Errorf("%s: %s", first.Where, strings.TrimPrefix(first.What, "left out: "))
		}
		return nil, errors.New("nothing that Statuspage's API says was found; record incidents.json, scheduled-maintenances.json, components.json and summary.json of its /api/v2/ into one folder")
	}
	components, err := target.Register(s.declared())
	if err != nil {
		return nil, err
	}
	h := &importer.History{Site: s.site(), Zone: s.pageZone(), Components: components}
	report.Components = components.Len()
	for _, t := range s.inOrder() {
		if e := s.event(t, components); e != nil {
			h.Events = append(h.Events, e.Event)
		}
	}
	if len(h.Events) > 0 {
		report.Note("every event", "not carried, since there is no place for it: shortlinks, tweets, who was notified, when a text was entered or edited, fractions of a second")
	}
	return h, nil
}

func (s *statuspage) read(r recording) error {
	a, err := parseAnswer(r.raw)
	switch {
	case err != nil:
		s.report.LeaveOut(r.name, "%v", err)
		return nil
	case a.empty():
		s.report.LeaveOut(r.name, "it holds no page, components, incidents or maintenances")
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

// readComponents keeps the newest list, since older ones have components that
// are gone.
func (s *statuspage) readComponents(a answer) {
	if len(a.Components) == 0 {
		return
	}
	at := a.Page.UpdatedAt.Time
	if len(s.listed) > 0 && at.Before(s.listedAt) {
		for _, c := range a.Components {
			s.see(c)
		}
		return
	}
	s.listed, s.listedAt = map[string]time.Time{}, at
	for _, c := range a.Components {
		s.listed[string(c.ID)] = at
		s.see(c)
	}
}

// see remembers a component as it was last told.
func (s *statuspage) see(c recordedComponent) {
	id := string(c.ID)
	if id == "" {
		return
	}
	if c.Name.line() == "" {
		c.Name = c.ID
	}
	before, seen := s.components[id]
	if !seen {
		s.order = append(s.order, id)
	}
	_, listed := s.listed[id]
	if !seen || listed || !c.UpdatedAt.Before(before.UpdatedAt.Time) {
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
	case e.ID == "":
		s.report.LeaveOut(where, "it has no id")
		return
	case len(e.Updates) == 0:
		s.report.LeaveOut(where+" ("+markup.Short(string(e.ID))+")", "it has no updates")
		return
	}
	before := s.events[string(e.ID)]
	planned := list == "scheduled_maintenances" || before != nil && before.planned
	if before == nil || e.UpdatedAt.After(before.UpdatedAt.Time) {
		s.events[string(e.ID)] = &told{e, fmt.Sprintf("%s: %s", file, markup.Short(string(e.ID))), planned}
	} else {
		before.planned = planned
	}
	for _, c := range e.Components {
		if _, listed := s.listed[string(c.ID)]; !listed {
			s.see(c)
		}
	}
}

// inOrder lists events from the oldest to the newest.
func (s *statuspage) inOrder() []*told {
	var all []*told
	for _, t := range s.events {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b *told) int {
		return cmp.Or(a.CreatedAt.Compare(b.CreatedAt.Time), strings.Compare(string(a.ID), string(b.ID)))
	})
	return all
}

// declared lists every component that was seen. One that the newest list has
// no more is retired from the day after its last event on.
func (s *statuspage) declared() []importer.Component {
	last := map[string]time.Time{}
	for _, t := range s.inOrder() {
		s.seeAffected(t)
		for _, id := range t.codes() {
			for _, u := range t.Updates {
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
		_, listed := s.listed[id]
		if len(s.listed) > 0 && !listed && !made.IsGroup && !c.CreatedAt.After(s.listedAt) {
			end := last[id]
			if c.CreatedAt.After(end) {
				end = c.CreatedAt.Time
			}
			made.Retired = status.NextDay(end.In(s.pageZone()))
			s.report.Note("component "+markup.Short(made.Name), "the list of components has it no more: it is retired from %s on, the day after its last event", made.Retired.Format(time.DateOnly))
		}
		if !check.IsAPIID(id) {
			s.report.Note("component "+markup.Short(made.Name), "its id %q can't be kept: an id is letters, digits, - and _, 64 at most", markup.Short(id))
		}
		all = append(all, made)
	}
	return all
}

// seeAffected remembers components that only updates name.
func (s *statuspage) seeAffected(t *told) {
	for _, u := range t.Updates {
		for _, a := range u.Affected {
			if _, known := s.components[string(a.Code)]; !known {
				s.see(recordedComponent{ID: a.Code, Name: a.Name, Position: 1e6})
			}
		}
	}
}

// codes lists the components of an event.
func (t *told) codes() []string {
	var codes []string
	add := func(code text) {
		if code != "" && !slices.Contains(codes, string(code)) {
			codes = append(codes, string(code))
		}
	}
	for _, c := range t.Components {
		add(c.ID)
	}
	for _, u := range t.Updates {
		for _, a := range u.Affected {
			add(a.Code)
		}
	}
	return codes
}

// site is what site.yaml says beside its components.
func (s *statuspage) site() *status.Site {
	zone := s.pageZone()
	site := &status.Site{Title: s.page.Name.line(), URL: "https://status.example.com", Zone: zone}
	if site.Title == "" {
		site.Title = "Status"
		s.report.Note("the page", "no recording says its name: put the title into site.yaml")
	}
	if address, err := check.BaseURL(string(s.page.URL)); err == nil {
		site.URL = address
	} else {
		s.report.Note("the page", "no recording says its address: put the url into site.yaml")
	}
	if name := string(s.page.TimeZone); s.zone == nil && zone == time.UTC && !slices.Contains([]string{"", "UTC", "Etc/UTC"}, name) {
		s.report.Note("the page", "its time zone %q is not known: the site is in UTC, or in the zone of --timezone", markup.Short(name))
	}
	if check.IsAPIID(string(s.page.ID)) {
		site.APIID = string(s.page.ID)
	}
	return site
}

// pageZone is the zone of the command line, else the page's, else UTC.
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

// isRecording reports whether a file may be a recorded answer.
func isRecording(name string) bool {
	return strings.EqualFold(path.Ext(name), ".json") || strings.Contains(path.Base(name), ".json?")
}
