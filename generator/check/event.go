package check

import (
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
		Title: "An incident says at least once what its status was, and when",
		Why:   "Without it there is no telling when it happened, or whether it is over.",
	})
	ruleEndsFirst = rules.Declare(diag.Rule{
		Code:  "ends-before-start",
		Title: "What ends has begun before",
		Why:   "One of the two times is wrong, and every duration and uptime figure with it.",
	})
	ruleBadAlias = rules.Declare(diag.Rule{
		Code:  "bad-alias",
		Title: "An alias is a plain path of this site",
		Why:   "It becomes a file of its own, and must neither leave the site nor be refused by a host or a disk.",
	})
)

// event is an event under check, with what link needs to know of its file.
type event struct {
	*status.Event
	at      diag.Position // its file, and where its id is said
	apiIDAt diag.Position
	related []source.Value
}

// event reads an incident or a maintenance; nil where there is nothing to go on.
func (d *document) event(kind status.Kind) *event {
	f := fields{"an " + kind.String(), d.Fields, d.list}
	if kind == status.Maintenance {
		f.of = "a maintenance"
	}
	f.knows(ofEvents(kind), eventKeys[kind]...)
	e := &event{
		Event: &status.Event{
			Kind:     kind,
			ID:       d.ID,
			Title:    f.text("title"),
			APIID:    readAPIID(f),
			Draft:    f.flag("draft"),
			HoldBack: d.holdBack(f),
			Position: diag.Position{File: d.File.Name(), Line: 1, Column: 1},
		},
		at:      diag.Position{File: d.File.Name()},
		related: f.items("related", "the id of an event, or a list of ids"),
	}
	if title, ok := f.value.Field("title"); ok {
		e.Position = title.Value.Position
	} else {
		f.missing("title", "title: API answers slowly")
	}
	if at, ok := f.value.Field("api_id"); ok {
		e.apiIDAt = at.Value.Position
	}
	e.Components = d.components(f)
	if kind == status.Incident {
		d.severity(f, e.Event)
	}
	e.Aliases = d.aliases(f)
	d.window(f, e.Event)
	e.Updates = d.timeline(f, e.Event)
	if len(e.Updates) == 0 {
		return nil
	}
	d.impact(f, e.Event, e.Updates)
	return e
}

// eventKeys are the keys of a front matter, by the kind of event.
var eventKeys = [...][]string{
	status.Incident:    keys(status.Incident, "severity"),
	status.Maintenance: keys(status.Maintenance, "scheduled_for", "scheduled_until"),
}

func keys(kind status.Kind, own ...string) []string {
	return slices.Concat(
		[]string{"title", "component", "components"}, status.EventStatuses(kind), own,
		[]string{"started", "ended", "draft", "publish", "related", "aliases", "api_id"},
	)
}

// ofEvents says what to do with keys that belong to the other kind of event,
// or that other tools call something else.
func ofEvents(kind status.Kind) elsewhere {
	return func(key string) string {
		switch key {
		case "impact":
			return "the key is severity"
		case "id":
			return "the id is the file's name; the id that clients know is api_id"
		case "status":
			return "each status is a key with its time, such as resolved: 2022-12-01 11:48 UTC"
		case "date":
			return "each status is a key with its time, such as investigating: 2022-12-01 04:03 UTC"
		case "severity":
			return "maintenance has no severity: its components are under_maintenance while it runs"
		case "scheduled_for", "scheduled_until":
			return "that is for maintenance: move the file to content/maintenance/"
		}
		for _, other := range []status.Kind{status.Incident, status.Maintenance} {
			if _, ok := status.ParseEventStatus(other, key); ok {
				return "that is a status of " + other.String() + "; here there are " + strings.Join(status.EventStatuses(kind), ", ")
			}
		}
		return ""
	}
}

func (d *document) holdBack(f fields) bool {
	word := f.text("publish")
	if word != "" && word != "scheduled" {
		at, _ := f.value.Field("publish")
		d.list.Add(oneOf(ruleUnknownValue, at.Value.Position, "value of publish", word, []string{"scheduled"}))
	}
	return word == "scheduled"
}

func (d *document) severity(f fields, e *status.Event) {
	word := f.text("severity")
	if word == "" {
		return
	}
	severity, ok := status.ParseSeverity(word)
	if !ok {
		at, _ := f.value.Field("severity")
		d.list.Add(oneOf(ruleUnknownSeverity, at.Value.Position, "severity", word, status.Severities()))
		return
	}
	e.Severity, e.SeverityStated = severity, true
}

// window reads the times that frame an event, and holds them against each
// other.
func (d *document) window(f fields, e *status.Event) {
	var started, ended, until source.Field
	e.Started, started = d.moment(f, "started")
	e.Ended, ended = d.moment(f, "ended")
	d.happenedBy(e.Started, started.Value.Position, "started", e.HoldBack)
	d.happenedBy(e.Ended, ended.Value.Position, "ended", e.HoldBack)
	endsFirst := func(end source.Field, before string, start time.Time) {
		d.list.Add(ruleEndsFirst.At(end.Value.Position, "%s is not after %s, %s", end.Key, before, source.FormatTimestamp(start)).
			WithHint("one of the two times is wrong, or they are swapped"))
	}
	if !e.Started.IsZero() && !e.Ended.IsZero() && !e.Ended.After(e.Started) {
		endsFirst(ended, "started", e.Started)
	}
	if e.Kind == status.Incident {
		return
	}
	e.ScheduledFor, _ = d.moment(f, "scheduled_for")
	e.ScheduledUntil, until = d.moment(f, "scheduled_until")
	for _, key := range []string{"scheduled_for", "scheduled_until"} {
		if _, ok := f.value.Field(key); !ok {
			f.missing(key, key+": 2035-01-20 22:00 UTC")
		}
	}
	if !e.ScheduledFor.IsZero() && !e.ScheduledUntil.IsZero() && !e.ScheduledUntil.After(e.ScheduledFor) {
		endsFirst(until, "scheduled_for", e.ScheduledFor)
	}
}

var aliasPath = regexp.MustCompile(`^/[A-Za-z0-9][A-Za-z0-9._~-]*(/[A-Za-z0-9][A-Za-z0-9._~-]*)*/?$`)

// IsAlias reports whether a path from the root, with its leading slash, can be
// an alias.
func IsAlias(path string) bool {
	return len(path) <= 500 && aliasPath.MatchString(path) &&
		!slices.ContainsFunc(strings.Split(strings.Trim(path, "/"), "/"), func(segment string) bool {
			return len(segment) > 120 || strings.HasSuffix(segment, ".")
		})
}

// aliases reads old paths; each becomes a file, so it must be a name that
// every disk and every host takes.
func (d *document) aliases(f fields) []status.Alias {
	var aliases []status.Alias
	for _, v := range f.items("aliases", "a path such as /2022/outage/, or a list of paths") {
		path := v.Text
		if !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		if !IsAlias(path) {
			d.list.Add(ruleBadAlias.At(v.Position, "%q can't be an alias", short(v.Text)).
				WithHint("write the old address's path, for example /2022/outage/ or /issues/42.html: letters, digits and . _ ~ - between slashes"))
			continue
		}
		aliases = append(aliases, status.Alias{Path: path, Position: v.Position})
	}
	return aliases
}
