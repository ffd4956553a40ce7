package check

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/loose"
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
	f := d.fields("an " + kind.String())
	if kind == status.Maintenance {
		f.of = "a maintenance"
	}
	e := &event{at: diag.Position{File: d.File.Name()}, Event: &status.Event{
		Kind:     kind,
		ID:       d.ID,
		File:     d.Path,
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
	e.Draft, e.Imported = f.flag("draft"), f.flag("imported")
	e.related = atMost(f.items("related", "the id of an event, or a list of ids"), "related", d.site.Limits.Related, d.list)
	e.Aliases = d.aliases(f)
	var hints keyHints
	if slices.ContainsFunc(d.Fields.Fields, func(field source.Field) bool { return !slices.Contains(f.keys, field.Key) }) {
		hints = d.keyHints(f, kind, e.Components)
	}
	f.unknown(hints)
	if len(e.Updates) == 0 {
		return nil
	}
	d.checkImpact(f, e.Event)
	d.checkLength(e.Event)
	d.checkSample(f, e)
	d.checkWording(f, e.Event)
	return e
}

// wordsForKeys are words of other tools and of everyday speech for the keys of
// events.
var wordsForKeys = keyHints{
	"name": use("title"), "summary": use("title"), "heading": use("title"), "subject": use("title"), "headline": use("title"),
	"affected": use("component"), "service": use("component"), "services": use("component"), "systems": use("component"), "system": use("component"),
	"component_id": use("component"), "component_ids": use("component"), "affects": use("component"), "affectedsystems": use("component"), "affected_components": use("component"),
	"alias": use("aliases"), "redirects": use("aliases"), "redirect_from": use("aliases"), "see": use("related"), "relates": use("related"), "see_also": use("related"),
	"hidden": use("draft"), "slug": say("delete it: the address is made of the file's name"), "url": say("delete it: the address is made of the file's name"),
	"author": say("delete it: allclear has no such key"), "tags": say("delete it: allclear has no such key"), "layout": say("delete it: allclear has no such key"),
}

// incidentKeys are more of them for incidents.
var incidentKeys = keyHints{
	"impact": use("severity"), "priority": use("severity"), "sev": use("severity"), "level": use("severity"),
	"start": use("investigating"), "date": use("investigating"), "created": use("investigating"), "created_at": use("investigating"), "opened": use("investigating"),
	"reported": use("investigating"), "detected": use("investigating"), "found": use("identified"), "watching": use("monitoring"),
	"end": use("ended"), "ended_at": use("ended"), "started_at": use("started"), "begin": use("started"), "began": use("started"),
	"fixed": use("resolved"), "done": use("resolved"), "closed": use("resolved"), "solved": use("resolved"), "resolved_at": use("resolved"), "resolvedwhen": use("resolved"),
	"scheduled_for": say("delete it: only maintenance has this key"), "scheduled_until": say("delete it: only maintenance has this key"),
}

// maintenanceKeys are more of them for maintenance.
var maintenanceKeys = keyHints{
	"start": use("scheduled_for"), "starts": use("scheduled_for"), "from": use("scheduled_for"), "begin": use("scheduled_for"), "begins": use("scheduled_for"), "window_start": use("scheduled_for"),
	"end": use("scheduled_until"), "ends": use("scheduled_until"), "until": use("scheduled_until"), "to": use("scheduled_until"), "finish": use("scheduled_until"), "window_end": use("scheduled_until"),
	"announced": use("scheduled"), "date": use("scheduled"), "created": use("scheduled"), "planned": use("scheduled"), "schedule": use("scheduled"),
	"done": use("completed"), "finished": use("completed"), "canceled": use("cancelled"), "resolved": use("completed"), "investigating": use("in_progress"),
}

// keyHints are what is said about keys that no event of a kind has.
func (d *document) keyHints(f *fields, kind status.Kind, components []status.Setting) keyHints {
	hints := maps.Clone(wordsForKeys)
	maps.Copy(hints, map[status.Kind]keyHints{status.Incident: incidentKeys, status.Maintenance: maintenanceKeys}[kind])
	if field, ok := d.Fields.Field("status"); ok {
		hints["status"] = d.statusKeyHint(kind, field.Value.Text)
	}
	if field, ok := d.Fields.Field("id"); ok {
		hints["id"] = say("the id is the file's name; to keep one that clients know, write\napi_id: " + source.FormatScalar(field.Value.Text))
	}
	for _, word := range eventStatuses[1-kind] {
		if _, ok := hints[word]; !ok {
			hints[word] = say("this is a status of " + f.ofKind(1-kind) + "; write one of " + strings.Join(eventStatuses[kind], ", "))
		}
	}
	if field, ok := d.Fields.Field("severity"); ok && kind == status.Maintenance {
		hints["severity"] = say("delete it: maintenance has no severity; " + d.insteadOfSeverity(field.Value.Text, components))
	}
	return hints
}

// ofKind is the plural of a kind of event.
func (f *fields) ofKind(kind status.Kind) string {
	if kind == status.Maintenance {
		return "maintenance"
	}
	return "incidents"
}

// statusKeyHint is for the key status, which other tools have.
func (d *document) statusKeyHint(kind status.Kind, word string) keyHint {
	s, ok := loose.EventStatus(kind, word)
	if !ok {
		s, _ = status.ParseEventStatus(kind, eventStatuses[kind][0])
	}
	return say("write each status as a key with its time, such as\n" + s.String() + ": " + d.nowText())
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
		d.list.Add(replaced(d.File, ruleUnknownValue.At(f.at("publish"), "unknown value of publish %q", diag.Short(word)), word, "scheduled", false))
	}
	return word == "scheduled"
}

func (d *document) severity(f *fields, e *status.Event) {
	if field, ok := f.field("severity"); ok && field.Value.Kind == source.KindNull {
		d.list.Add(ruleWrongType.At(field.Value.Position, "severity has no value").
			WithHint("delete the key, or write one of %s", strings.Join(status.Severities(), ", ")))
		return
	}
	word := f.text("severity")
	f.may("severity", oneOfWords(status.Severities()...))
	if word == "" {
		return
	}
	severity, ok := status.ParseSeverity(word)
	if !ok {
		d.list.Add(d.unknownSeverity(f.at("severity"), word))
		return
	}
	e.Severity, e.SeverityStated = severity, true
}

func (d *document) unknownSeverity(at diag.Position, word string) diag.Diagnostic {
	meant := ""
	if s, ok := loose.Severity(word); ok {
		meant = s.String()
	}
	return d.reading.oneOf(ruleUnknownSeverity, at, "severity", word, status.Severities(), meant)
}

// times reads the times of an event that are not of a status.
func (d *document) times(f *fields, e *status.Event) {
	if e.Kind == status.Maintenance {
		e.ScheduledFor = d.timeOf(f, "scheduled_for", true)
		d.after = e.ScheduledFor
		e.ScheduledUntil = d.timeOf(f, "scheduled_until", true)
		d.after = time.Time{}
		d.requireWindow(f, e)
		f.checkOrder("scheduled_for", e.ScheduledFor, "scheduled_until", e.ScheduledUntil)
	}
	e.Started, e.Ended = d.timestampOf(f, "started"), d.timestampOf(f, "ended")
	d.checkNotFuture(e.Started, f.at("started"), "started", e.HoldBack)
	d.checkNotFuture(e.Ended, f.at("ended"), "ended", e.HoldBack)
	f.checkOrder("started", e.Started, "ended", e.Ended)
}

// requireWindow reports a window that has no beginning or no end.
func (d *document) requireWindow(f *fields, e *status.Event) {
	const usual = 2 * time.Hour
	from, until := e.ScheduledFor, e.ScheduledUntil
	if from.IsZero() {
		if from = until.Add(-usual); until.IsZero() {
			d.byClock = true
			from = d.now.UTC().Truncate(24 * time.Hour).Add(26 * time.Hour)
		}
	}
	if until.IsZero() {
		until = from.Add(usual)
	}
	f.require("scheduled_for", "scheduled_for: "+source.FormatTimestamp(from.UTC()))
	f.require("scheduled_until", "scheduled_until: "+source.FormatTimestamp(until.UTC()))
}

// checkOrder reports that the end of something is not after its beginning.
func (f *fields) checkOrder(startKey string, start time.Time, endKey string, end time.Time) {
	if !start.IsZero() && !end.IsZero() && !end.After(start) {
		a, _ := f.field(startKey)
		b, _ := f.field(endKey)
		first, last := a.Value.Text, b.Value.Text
		hint := fmt.Sprintf("correct the wrong one of the two times; swapped they are\n%s: %s\n%s: %s", startKey, last, endKey, first)
		if later := sameClock(end.UTC(), start.UTC()); later.Sub(end) < 400*24*time.Hour {
			hint += fmt.Sprintf("\nor the end is of another day:\n%s: %s", endKey, source.FormatTimestamp(later))
		}
		f.list.Add(ruleEndsFirst.At(f.at(endKey), "%s is not after %s, %s", endKey, startKey, source.FormatTimestamp(start)).WithHint("%s", hint))
	}
}

// sameClock is the first instant after a start with the time of day of another one.
func sameClock(of, start time.Time) time.Time {
	t := time.Date(start.Year(), start.Month(), start.Day(), of.Hour(), of.Minute(), of.Second(), 0, of.Location())
	if !t.After(start) {
		t = t.AddDate(0, 0, 1)
	}
	return t.In(of.Location())
}

var aliasPath = regexp.MustCompile(`^(/[\p{L}\p{N}][\p{L}\p{N}\p{M}._~+@-]*)+/?$`)

// IsAlias reports whether a path from the root can be an alias. It becomes a
// file, so its name must be valid on every disk and every host.
func IsAlias(path string) bool {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	return len(path) <= 500 && aliasPath.MatchString(path) && !slices.ContainsFunc(segments, func(s string) bool {
		return len(s) > 200 || !source.IsPortable(s)
	})
}

// likelyAlias is the path that was most likely meant; "" for none.
func likelyAlias(text string) string {
	path := strings.ReplaceAll(strings.TrimSpace(text), " ", "-")
	if u, err := url.Parse(path); err == nil && u.Host != "" {
		path = u.Path
	}
	path, _, _ = strings.Cut(path, "?")
	path, _, _ = strings.Cut(path, "#")
	if path = "/" + strings.TrimLeft(path, "/"); !IsAlias(path) {
		return ""
	}
	return path
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
			bad := ruleBadAlias.At(v.Position, "%q can't be an alias", diag.Short(v.Text))
			if better := likelyAlias(v.Text); better != "" {
				d.list.Add(replaced(d.File, bad, v.Text, better, strings.Contains(v.Text, "://")))
				continue
			}
			d.list.Add(bad.WithHint("write only the path of the old URL, such as /2022/outage/ or /issues/42.html: letters, digits and . _ ~ - + @ between slashes, and no name that Windows keeps for a device, such as aux"))
			continue
		}
		aliases = append(aliases, status.Alias{Path: path, Position: v.Position})
	}
	return aliases
}
