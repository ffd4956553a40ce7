package api

import (
	"allclear/generator/output"
)

// FreshnessDocument is how long the other documents stay true if nobody writes anything.
type FreshnessDocument struct {
	Page Page `json:"page"`
	// The next instant at which the clock alone changes a document: a
	// maintenance begins or ends, or a day is over. News may come sooner.
	NextChangeAt Timestamp `json:"next_change_at"`
}

// HeartbeatDocument is when the site was last built.
type HeartbeatDocument struct {
	Page    Page      `json:"page"`
	BuiltAt Timestamp `json:"built_at"` // the instant of the build, to the second
	StaleAt Timestamp `json:"stale_at"` // until when to trust that build
}

// freshnessRoute leaves out what is held back: the instant would reveal it.
func freshnessRoute(s snapshot) output.Route {
	return endpoint("freshness.json", output.Data, func() any {
		return FreshnessDocument{newPage(s.Site), stamp(s.NextPublic)}
	})
}

// heartbeatRoute is the only file that every build changes, so only sites that
// ask for it have it.
func heartbeatRoute(s snapshot) output.Route {
	return endpoint("heartbeat.json", output.EntryPoint, func() any {
		return HeartbeatDocument{newPage(s.Site), stamp(s.Built), stamp(s.Built.Add(s.Site.Freshness))}
	})
}
