// Package review takes a snapshot and returns warnings about what readers or
// clients would misunderstand. Its rules need an instant, so they can't be in
// check. It never changes the snapshot.
package review

import (
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/status"
)

var (
	ruleBannerGreen = rules.Declare(diag.Rule{
		Code: "open-incident-green", Level: diag.Warning,
		Title: "An open incident shows in the API's overall status",
		Why:   "Clients of the API get \"All Systems Operational\", since the API goes only by the components, and this incident affects none.",
	})
	rulePromise = rules.Declare(diag.Rule{
		Code: "promise-overdue", Level: diag.Warning,
		Title: "An update that was promised should come in time",
		Why:   "Readers see that it is overdue, and trust the next promise less.",
	})
	ruleSilent = rules.Declare(diag.Rule{
		Code: "incident-without-news", Level: diag.Warning,
		Title: "An open incident should have an update within two weeks",
		Why:   "Most incidents of that age are over and were never resolved, so the page says that something is wrong which is not.",
	})
)

// maxSilence is how long an open incident may be without an update.
const maxSilence = 14 * 24 * time.Hour

// Snapshot returns the warnings about a snapshot.
func Snapshot(s *derive.Snapshot) diag.List {
	var list diag.List
	for _, e := range s.Events {
		if !e.Open() || e.HeldBack {
			continue
		}
		last := e.Updates[len(e.Updates)-1]
		if e.Promise.Overdue {
			list.Add(rulePromise.At(last.Position, "the update that was promised by %s has not come", said(e.Promise.By)).
				WithHint("add an update; it may promise the next one: {next=\"30m\"}"))
		}
		if e.Kind != status.Incident {
			continue
		}
		if milder(s, e) {
			list.Add(ruleBannerGreen.At(e.Position, "this incident is open, and the API says %s", overall(s)).
				WithHint("name what it affects and how badly: component: { api: degraded_performance }, or a component and a severity"))
		}
		if s.At.Sub(e.UpdatedAt) > maxSilence {
			list.Add(ruleSilent.At(last.Position, "this incident is open, and its newest update is of %s", said(e.UpdatedAt)).
				WithHint("if it is over, add ## Resolved with its time; else add an update that says how it is now"))
		}
	}
	return list
}

// milder reports whether the API's overall status says less than an open
// incident, which affects nothing.
func milder(s *derive.Snapshot, e *derive.Event) bool {
	if slices.ContainsFunc(e.Affected, func(a derive.Affected) bool { return a.Now != status.Operational }) {
		return false
	}
	return s.Overall.Indicator == status.IndicatorNone || e == s.Banner.Speaker && s.Banner.Message != s.Overall.Message
}

// overall is the API's overall status for a person.
func overall(s *derive.Snapshot) string {
	if s.Overall.Indicator == status.IndicatorNone {
		return `"All Systems Operational"`
	}
	return `no more than "` + s.Overall.Indicator.String() + `"`
}

func said(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }

var rules diag.Rules
