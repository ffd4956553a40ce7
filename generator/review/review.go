// Package review takes a snapshot and returns warnings about what readers or
// clients would misunderstand. Its rules need an instant, so they can't be in
// check. It never changes the snapshot.
package review

import (
	"slices"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleBannerGreen = rules.Declare(diag.Rule{
		Code: "open-incident-green", Level: diag.Warning,
		Title: "An open incident shows in the API's overall status",
		Why:   "Clients of the API get a better status than readers of the page, since the API goes only by the components, and this incident affects none.",
	})
	rulePromiseBroken = rules.Declare(diag.Rule{
		Code: "next-update-overdue", Level: diag.Note,
		Title: "The next update comes by the time for which it was promised",
		Why:   "Readers see that the update is overdue, and don't know whether anybody is still at work.",
	})
	ruleSameTitle = rules.Declare(diag.Rule{
		Code: "same-title", Level: diag.Warning,
		Title: "Two events that are open have titles of their own",
		Why:   "Readers and subscribers could not tell them apart, and one of the two is most likely a copy.",
	})
	ruleOverlap = rules.Declare(diag.Rule{
		Code: "maintenance-overlap", Level: diag.Warning,
		Title: "Maintenance of one component is not planned for the same time twice",
		Why:   "One of the two windows is most likely wrong, and readers would see the component in both.",
	})
	ruleSilent = rules.Declare(diag.Rule{
		Code: "incident-without-news", Level: diag.Note,
		Title: "An open incident has an update within the time that remind says",
		Why:   "Most incidents of that age are over and were never resolved, so the page says that something is wrong which is not.",
	})
)

// Snapshot returns the warnings about a snapshot.
func Snapshot(s *derive.Snapshot) diag.List {
	var list diag.List
	open := openEvents(s)
	for i, e := range open {
		for _, other := range open[i+1:] {
			list.Add(compare(e, other)...)
		}
	}
	for _, e := range s.Events {
		if e.HeldBack {
			continue
		}
		if e.Kind == status.Incident && e.Open() && hidden(e, s.Overall) && !deliberate(e) {
			api := "says \"All Systems Operational\""
			if s.Overall.Indicator != status.IndicatorNone {
				api = "has the indicator " + s.Overall.Indicator.String()
			}
			list.Add(ruleBannerGreen.At(e.Position, "this incident is open, and the API %s", api).
				WithHint("name what it affects and how badly: component: { api: degraded_performance }, or a component and a severity"))
		}
		last := e.Updates[len(e.Updates)-1]
		if e.Kind == status.Incident && e.Open() && s.At.Sub(e.UpdatedAt) > s.Site.Remind {
			list.Add(ruleSilent.At(last.Position, "this incident is open, and its newest update is of %s", source.FormatTimestamp(e.UpdatedAt)).
				WithHint("if it is over, add ## Resolved with its time; else add an update that says how it is now"))
		}
		if e.Promise.Overdue {
			list.Add(rulePromiseBroken.At(last.Position, "the next update was promised for %s", source.FormatTimestamp(e.Promise.By)).
				WithHint("add an update with what is known now; if that is little, its heading may be only the time and a new promise, {next=\"30m\"}"))
		}
	}
	return list
}

// maxCompared is how many open events are compared with each other.
const maxCompared = 100

// openEvents are the public events that are not over.
func openEvents(s *derive.Snapshot) []*derive.Event {
	var open []*derive.Event
	for _, e := range s.Events {
		if e.Open() && !e.HeldBack && len(open) < maxCompared {
			open = append(open, e)
		}
	}
	return open
}

// compare reports what two open events have in common that they should not.
func compare(e, other *derive.Event) diag.List {
	var list diag.List
	if strings.EqualFold(e.Title, other.Title) {
		list.Add(ruleSameTitle.At(e.Position, "another event that is open has the same title: %s", other.Position.File).
			WithHint("write what differs, such as the date or the region"))
	}
	if e.Kind != status.Maintenance || other.Kind != status.Maintenance || !e.ScheduledFor.Before(other.ScheduledUntil) || !other.ScheduledFor.Before(e.ScheduledUntil) {
		return list
	}
	for _, a := range e.Event.Components {
		if slices.ContainsFunc(other.Event.Components, func(b status.Setting) bool { return b.Component == a.Component }) {
			list.Add(ruleOverlap.At(e.Position, "%s has other maintenance at the same time, from %s: %s", a.Component.ID, source.FormatTimestamp(other.ScheduledFor), other.Position.File).
				WithHint("correct the wrong one of the two windows, or write both as one maintenance"))
			break
		}
	}
	return list
}

// deliberate reports whether an open incident says itself that its components are
// back: it is monitored, or it has named one that was worse.
func deliberate(e *derive.Event) bool {
	return e.Status == status.Monitoring || slices.ContainsFunc(e.Affected, func(a derive.Affected) bool { return a.Worst > status.Operational && a.Now == status.Operational })
}

// hidden reports whether the API's overall status is better than an open
// incident for want of a component.
func hidden(e *derive.Event, api derive.Overall) bool {
	if api.Indicator == status.IndicatorNone {
		return true
	}
	maintenance := api.Indicator == status.IndicatorMaintenance
	return len(e.Affected) == 0 && e.Severity > status.None && (maintenance || int(e.Severity) > int(api.Indicator))
}

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }

var rules diag.Rules
