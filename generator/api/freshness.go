package api

import (
	"allclear/generator/derive"
	"allclear/generator/output"
)

// freshnessRoute says how long the answers hold if nobody writes anything:
// the next instant at which the clock alone changes something that is public.
// What is held back is not in it: the instant would tell of it.
func freshnessRoute(s *derive.Snapshot) output.Route {
	return endpoint("freshness.json", output.Data, func() answer {
		return answer{{"page", newPage(s.Site)}, {"next_change_at", stamp(s.NextPublic)}}
	})
}
