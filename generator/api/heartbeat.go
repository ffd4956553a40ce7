package api

import (
	"allclear/generator/derive"
	"allclear/generator/output"
)

// heartbeatRoute says when the site was last built, and until when that is to
// be believed. It is the only file that every build changes, so only sites
// that ask for it have it.
func heartbeatRoute(s *derive.Snapshot) output.Route {
	return endpoint("heartbeat.json", output.EntryPoint, func() answer {
		return answer{
			{"page", newPage(s.Site)},
			{"built_at", stamp(s.Built)},
			{"stale_at", stamp(s.Built.Add(s.Site.Freshness))},
		}
	})
}
