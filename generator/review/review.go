// Package review takes a snapshot and returns warnings about what readers or
// clients would misunderstand. Its rules need an instant, so they can't be in
// check. It never changes the snapshot.
package review

import (
	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/status"
)

var ruleBannerGreen = rules.Declare(diag.Rule{
	Code: "open-incident-green", Level: diag.Warning,
	Title: "An open incident shows in the API's overall status",
	Why:   "Clients of the API get \"All Systems Operational\", since the API goes only by the components, and this incident affects none.",
})

// Snapshot returns the warnings about a snapshot.
func Snapshot(s *derive.Snapshot) diag.List {
	var list diag.List
	if s.Overall.Indicator != status.IndicatorNone {
		return nil
	}
	for _, e := range s.Events {
		if e.Kind == status.Incident && e.Open() {
			list.Add(ruleBannerGreen.At(e.Position, "this incident is open, and the API says \"All Systems Operational\"").
				WithHint("name what it affects and how badly: component: { api: degraded_performance }, or a component and a severity"))
		}
	}
	return list
}

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }

var rules diag.Rules
