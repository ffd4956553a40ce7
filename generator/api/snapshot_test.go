package api_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"allclear/generator/api"
	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// noon is an instant in UTC from which the tests count hours.
var noon = time.Date(2022, 12, 1, 12, 0, 0, 0, time.UTC)

func hours(n int) time.Time { return noon.Add(time.Duration(n) * time.Hour) }

// quiet is a site without a component or an event.
func quiet() *derive.Snapshot {
	return &derive.Snapshot{
		Site: &status.Site{
			Title:  "Example",
			APIID:  "example0site",
			URL:    "https://status.example.com",
			Zone:   time.UTC,
			Uptime: status.UptimeRule{Days: 90, PartialOutage: 0.3, MajorOutage: 1},
		},
		At:         noon,
		Updated:    noon,
		NextPublic: hours(12),
		Overall:    derive.Overall{Message: derive.AllOperational},
	}
}

// addComponent puts a component at the end of the top level.
func addComponent(s *derive.Snapshot, c status.Component) *derive.Component {
	made := newComponent(s, c)
	made.Position = len(s.Items) + 1
	s.Items = append(s.Items, derive.Item{Component: made})
	return made
}

// addGroup puts a group at the end of the top level.
func addGroup(s *derive.Snapshot, name string, members ...status.Component) *derive.Group {
	noun := &status.Group{ID: strings.ToLower(name), Name: name}
	group := &derive.Group{Group: noun, Position: len(s.Items) + 1, CreatedAt: hours(-90), UpdatedAt: hours(-80)}
	for i, member := range members {
		member.Group = noun
		made := newComponent(s, member)
		made.InGroup, made.Position = group, i+1
		group.Components = append(group.Components, made)
	}
	s.Items = append(s.Items, derive.Item{Group: group})
	return group
}

// addRetired adds a component that only events still name.
func addRetired(s *derive.Snapshot, c status.Component) *derive.Component {
	made := newComponent(s, c)
	made.Retired, made.Position = true, len(s.Items)+1
	return made
}

func newComponent(s *derive.Snapshot, c status.Component) *derive.Component {
	c.Index = len(s.Components)
	made := &derive.Component{Component: &c, CreatedAt: hours(-100), UpdatedAt: hours(-50), Since: hours(-500)}
	s.Components = append(s.Components, made)
	return made
}

// said is an update of a status at noon plus some hours.
func said(word status.EventStatus, hour int, text string, changes ...derive.Change) derive.Update {
	return derive.Update{
		Update: &status.Update{
			ID:   word.String() + hours(hour).Format("-0102-15"),
			At:   hours(hour),
			Text: status.Text{Plain: text},
		},
		Status:  word,
		Changes: changes,
	}
}

// addEvent puts an event before those that are there, as the newest one.
func addEvent(s *derive.Snapshot, kind status.Kind, id string, updates ...derive.Update) *derive.Event {
	first, last := updates[0], updates[len(updates)-1]
	e := &derive.Event{
		Event:     &status.Event{Kind: kind, ID: id, Title: "About " + id},
		Status:    last.Status,
		Updates:   updates,
		CreatedAt: first.At,
		UpdatedAt: last.At,
		StartedAt: first.At,
	}
	if kind == status.Maintenance {
		e.ScheduledFor, e.ScheduledUntil = first.At.Add(24*time.Hour), first.At.Add(30*time.Hour)
	}
	for _, u := range updates {
		if e.MonitoringAt.IsZero() && (u.Status == status.Monitoring || u.Status == status.Verifying) {
			e.MonitoringAt = u.At
		}
	}
	if last.Status.Closed() {
		e.ResolvedAt = last.At
	}
	for _, change := range last.Changes {
		e.Affected = append(e.Affected, derive.Affected{Component: s.Components[change.Component.Index], Now: change.New, Worst: max(change.Old, change.New)})
	}
	s.Events = append([]*derive.Event{e}, s.Events...)
	return e
}

// rich is a site whose documents have each part in each of its forms, with a
// value and without one.
func rich() *derive.Snapshot {
	s := quiet()
	plain := addComponent(s, status.Component{ID: "dashboard", Name: "Dashboard"})
	group := addGroup(s, "India",
		status.Component{ID: "sdk", APIID: "8l4ygp009s5s", Name: "SDK Ingestion"},
		status.Component{ID: "push", Name: "Push", Description: "Messages to phones", StartDate: hours(-500)},
	)
	retired := addRetired(s, status.Component{ID: "old", Name: "Old API", Description: "Gone", StartDate: hours(-900)})
	down := derive.Change{Component: group.Components[0].Component, Old: status.Operational, New: status.MajorOutage}
	up := derive.Change{Component: group.Components[0].Component, Old: status.MajorOutage, New: status.Operational}
	gone := derive.Change{Component: retired.Component, Old: status.PartialOutage, New: status.PartialOutage}
	work := derive.Change{Component: plain.Component, Old: status.Operational, New: status.UnderMaintenance}
	done := derive.Change{Component: plain.Component, Old: status.UnderMaintenance, New: status.Operational}

	addEvent(s, status.Maintenance, "finished",
		said(status.Scheduled, -200, "Soon."),
		said(status.InProgress, -176, "Now.", work),
		said(status.Verifying, -173, "Looking.", work),
		said(status.Completed, -172, "Done.", done))
	addEvent(s, status.Incident, "reviewed",
		said(status.Investigating, -150, "Looking.", down),
		said(status.Monitoring, -149, "Watching.", down),
		said(status.Resolved, -148, "Over.", up),
		said(status.Postmortem, -100, "This is what happened.")).Severity = status.Critical
	addEvent(s, status.Incident, "nameless", said(status.Resolved, -90, ""))
	addEvent(s, status.Maintenance, "running",
		said(status.Scheduled, -30, "Soon."),
		said(status.InProgress, -6, "Now.", work))
	addEvent(s, status.Maintenance, "planned", said(status.Scheduled, -20, "Soon."))
	addEvent(s, status.Incident, "open",
		said(status.Investigating, -3, "Looking.", down, gone),
		said(status.Identified, -2, "Found.", down, gone)).Severity = status.Major
	return s
}

// fetch writes the route of a path.
func fetch(t *testing.T, s *derive.Snapshot, path string) []byte {
	t.Helper()
	var written bytes.Buffer
	if err := route(t, s, path).Write(&written); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if !utf8.Valid(written.Bytes()) {
		t.Fatalf("%s is not valid UTF-8", path)
	}
	return written.Bytes()
}

func route(t *testing.T, s *derive.Snapshot, path string) output.Route {
	t.Helper()
	for _, r := range api.Routes(s, words{}) {
		if r.Path == path {
			return r
		}
	}
	t.Fatalf("no route %s", path)
	return output.Route{}
}

// dig returns the value at a path of keys and indexes in a route's JSON.
func dig(t *testing.T, s *derive.Snapshot, path string, steps ...any) any {
	t.Helper()
	var value any
	if err := json.Unmarshal(fetch(t, s, path), &value); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for _, step := range steps {
		switch step := step.(type) {
		case int:
			list, ok := value.([]any)
			if !ok || step >= len(list) {
				t.Fatalf("%s: no item %d in %v", path, step, value)
			}
			value = list[step]
		case string:
			object, ok := value.(map[string]any)
			if !ok {
				t.Fatalf("%s: no key %s in %v", path, step, value)
			}
			if value, ok = object[step]; !ok {
				t.Fatalf("%s: no key %s in %v", path, step, object)
			}
		}
	}
	return value
}

// each returns one key of every object in a list.
func each(t *testing.T, list any, key string) []any {
	t.Helper()
	values := []any{}
	for _, item := range list.([]any) {
		values = append(values, item.(map[string]any)[key])
	}
	return values
}

// words are the words for what the clock does.
type words struct{}

func (words) Text(key string, _ ...string) string {
	if status, ok := strings.CutPrefix(key, "update.empty."); ok {
		return "It is " + status + "."
	}
	return map[string]string{"maintenance.clock.in_progress": "The maintenance has begun.", "event_label.cancelled": "Annulée"}[key]
}
