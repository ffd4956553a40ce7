package check

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleNoStatus = rules.Declare(diag.Rule{
		Code:  "no-status",
		Title: "An incident has at least one status with its time",
		Why:   "Without one, the page can't show when the incident happened or whether it is over.",
	})
	ruleEndsFirst = rules.Declare(diag.Rule{
		Code:  "ends-before-start",
		Title: "An end is after its beginning",
		Why:   "One of the two times is wrong, so durations and uptime would be wrong too.",
	})
	ruleBadAlias = rules.Declare(diag.Rule{
		Code:  "bad-alias",
		Title: "An alias is a path on this site",
		Why:   "Each alias becomes a file, so its path must be inside the site and valid on every host and disk.",
	})
)

// event is a checked event, with what join needs from its file.
type event struct {
	*status.Event
	at      diag.Position // of the file, whose name is the id
	apiIDAt diag.Position
	related []source.Value
}

// event reads an incident or a maintenance; nil if it can't be shown.
func (d *document) event(kind status.Kind) *event {
	f := &fields{of: "an " + kind.String(), value: d.Fields, list: d.list, keys: make([]string, 0, 24), shape: d.shape}
	if kind == status.Maintenance {
		f.of = "a maintenance"
	}
	e := &event{at: diag.Position{File: d.File.Name()}, Event: &status.Event{
		Kind:     kind,
		ID:       d.ID,
		Title:    f.text("title"),
		Position: diag.Position{File: d.File.Name(), Line: 1, Column: 1},
	}}
	if f.require("title", "title: API answers slowly") {
		e.Position = f.at("title")
	}
	e.Components = d.components(f)
	if kind == status.Incident {
		d.severity(f, e.Event)
	}
	e.HoldBack = d.holdBack(f)
	d.times(f, e.Event)
	e.APIID, e.apiIDAt = readAPIID(f), f.at("api_id") // the updates' ids are made of it
	e.Updates = d.timeline(f, e.Event)
	e.Draft = f.flag("draft")
	e.related = atMost(f.items("related", "the id of an event, or a list of ids"), "related", d.site.Limits.Related, d.list)
	e.Aliases = d.aliases(f)
	f.unknown(d.keyHints(kind, e.Components))
	if len(e.Updates) == 0 {
		return nil
	}
	d.checkImpact(f, e.Event)
	d.checkLength(e.Event)
	return e
}

// eventKeyHints are for the keys that only the other kind of event has, and
// for keys that other tools have.
var eventKeyHints = func() keyHints {
	hints := keyHints{
		"impact":          "write severity",
		"id":              "delete it: the id is the file's name; write an id that clients know as api_id",
		"status":          "write each status as a key with its time, such as resolved: 2022-12-01 11:48 UTC",
		"date":            "write each status as a key with its time, such as investigating: 2022-12-01 04:03 UTC",
		"scheduled_for":   "only maintenance has this key: delete it, or move the file to content/maintenance/",
		"scheduled_until": "only maintenance has this key: delete it, or move the file to content/maintenance/",
	}
	for _, word := range eventStatuses[status.Maintenance] {
		hints[word] = "this is a status of maintenance; write one of " + strings.Join(eventStatuses[status.Incident], ", ")
	}
	for _, word := range eventStatuses[status.Incident] {
		hints[word] = "this is a status of incidents; write one of " + strings.Join(eventStatuses[status.Maintenance], ", ")
	}
	return hints
}()

// keyHints are eventKeyHints, and one that names the event's own components.
func (d *document) keyHints(kind status.Kind, components []status.Setting) keyHints {
	field, ok := d.Fields.Field("severity")
	if kind == status.Incident || !ok {
		return eventKeyHints
	}
	hints := maps.Clone(eventKeyHints)
	hints["severity"] = "delete it: maintenance has no severity; " + d.insteadOfSeverity(field.Value.Text, components)
	return hints
}

// insteadOfSeverity says how a maintenance affects its components.
func (d *document) insteadOfSeverity(severity string, components []status.Setting) string {
	s, ok := status.ParseSeverity(severity)
	if !ok {
		s = status.Minor
	}
	var ids []string
	for _, c := range components {
		ids = append(ids, c.Component.ID)
	}
	if len(ids) == 0 && len(d.site.Components) > 0 {
		ids = []string{d.site.Components[0].ID}
	}
	key := "component"
	if len(ids) > 1 {
		key = "components"
	}
	hint := "its components are under_maintenance while it is in progress"
	if len(ids) > 0 {
		to := ": " + s.ComponentStatus().String()
		hint += "; if they are affected in another way, write in the front matter\n" + key + ": { " + strings.Join(ids, to+", ") + to + " }"
	}
	return hint
}

func (d *document) holdBack(f *fields) bool {
	word := f.text("publish")
	f.may("publish", oneOfWords("scheduled"))
	if word != "" && word != "scheduled" {
		d.list.Add(ruleUnknownValue.At(f.at("publish"), "unknown value of publish %q", diag.Short(word)).WithHint("write scheduled"))
	}
	return word == "scheduled"
}

func (d *document) severity(f *fields, e *status.Event) {
	word := f.text("severity")
	f.may("severity", oneOfWords(status.Severities()...))
	if word == "" {
		return
	}
	severity, ok := status.ParseSeverity(word)
	if !ok {
		d.list.Add(oneOf(ruleUnknownSeverity, f.at("severity"), "severity", word, status.Severities()))
		return
	}
	e.Severity, e.SeverityStated = severity, true
}

// times reads the times of an event that are not of a status.
func (d *document) times(f *fields, e *status.Event) {
	if e.Kind == status.Maintenance {
		f.require("scheduled_for", "scheduled_for: 2035-01-20 22:00 UTC")
		f.require("scheduled_until", "scheduled_until: 2035-01-20 22:00 UTC")
		e.ScheduledFor, e.ScheduledUntil = d.timeOf(f, "scheduled_for", true), d.timeOf(f, "scheduled_until", true)
		f.checkOrder("scheduled_for", e.ScheduledFor, "scheduled_until", e.ScheduledUntil)
	}
	e.Started, e.Ended = d.timestampOf(f, "started"), d.timestampOf(f, "ended")
	d.checkNotFuture(e.Started, f.at("started"), "started", e.HoldBack)
	d.checkNotFuture(e.Ended, f.at("ended"), "ended", e.HoldBack)
	f.checkOrder("started", e.Started, "ended", e.Ended)
}

// checkOrder reports that the end of something is not after its beginning.
func (f *fields) checkOrder(startKey string, start time.Time, endKey string, end time.Time) {
	if !start.IsZero() && !end.IsZero() && !end.After(start) {
		f.list.Add(ruleEndsFirst.At(f.at(endKey), "%s is not after %s, %s", endKey, startKey, source.FormatTimestamp(start)).
			WithHint("correct the wrong one of the two times, or swap them"))
	}
}

var aliasPath = regexp.MustCompile(`^/[A-Za-z0-9][A-Za-z0-9._~-]*(/[A-Za-z0-9][A-Za-z0-9._~-]*)*/?$`)

// IsAlias reports whether a path from the root can be an alias. It becomes a
// file, so its name must be valid on every disk and every host.
func IsAlias(path string) bool {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	return len(path) <= 500 && aliasPath.MatchString(path) && !slices.ContainsFunc(segments, func(s string) bool {
		return len(s) > 120 || !source.IsPortable(s)
	})
}

// aliases reads the old paths of an event.
func (d *document) aliases(f *fields) []status.Alias {
	var aliases []status.Alias
	for _, v := range atMost(f.items("aliases", "a path such as /2022/outage/, or a list of paths"), "aliases", d.site.Limits.Aliases, d.list) {
		path := v.Text
		if !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		if !IsAlias(path) {
			d.list.Add(ruleBadAlias.At(v.Position, "%q can't be an alias", diag.Short(v.Text)).
				WithHint("write only the path of the old URL, such as /2022/outage/ or /issues/42.html: letters, digits and . _ ~ - between slashes, and no name that Windows keeps for a device, such as aux"))
			continue
		}
		aliases = append(aliases, status.Alias{Path: path, Position: v.Position})
	}
	return aliases
}
