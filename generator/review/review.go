// Package review takes a snapshot and returns warnings about what readers or
// clients would misunderstand. Its rules need an instant, so they can't be in
// check. It never changes the snapshot.
package review

import (
	"time"

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
		Code: "next-update-overdue", Level: diag.Warning,
		Title: "The next update comes by the time for which it was promised",
		Why:   "Readers see that the update is overdue, and don't know whether anybody is still at work.",
	})
	ruleSilent = rules.Declare(diag.Rule{
		Code: "incident-without-news", Level: diag.Warning,
		Title: "An open incident has an update at least every two weeks",
		Why:   "Most incidents of that age are over and were never resolved, so the page says that something is wrong which is not.",
	})
)

// maxSilence is how long an open incident may be without an update.
const maxSilence = 14 * 24 * time.Hour

// Snapshot returns the warnings about a snapshot.
func Snapshot(s *derive.Snapshot) diag.List {
	var list diag.List
	for _, e := range s.Events {
		if e.HeldBack {
			continue
		}
		if e.Kind == status.Incident && e.Open() && hidden(e, s.Overall) {
			api := "says \"All Systems Operational\""
			if s.Overall.Indicator != status.IndicatorNone {
				api = "has the indicator " + s.Overall.Indicator.String()
			}
			list.Add(ruleBannerGreen.At(e.Position, "this incident is open, and the API %s", api).
				WithHint("name what it affects and how badly: component: { api: degraded_performance }, or a component and a severity"))
		}
		last := e.Updates[len(e.Updates)-1]
		if e.Kind == status.Incident && e.Open() && s.At.Sub(e.UpdatedAt) > maxSilence {
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
