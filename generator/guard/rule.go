package guard

import "allclear/generator/diag"

var (
	ruleGone = rules.Declare(diag.Rule{
		Code:  "published-gone",
		Title: "What is public keeps its address: no event, update or old address vanishes",
		Why:   "Readers have links to it, subscribers have its entry, and clients its id. A renamed file keeps its address with an alias.",
	})
	ruleID = rules.Declare(diag.Rule{
		Code:  "published-id-changed",
		Title: "What is public keeps its id",
		Why:   "To subscribers and clients, another id is another thing: they would be told the same again, and what they have would vanish.",
	})
	ruleComponentGone = rules.Declare(diag.Rule{
		Code:  "published-component-gone",
		Title: "A component that is public stays: it is retired, or renamed with an alias",
		Why:   "Its page, its feed, its badge and its record of uptime are used by others, and past events name it.",
	})
	ruleWindow = rules.Declare(diag.Rule{
		Code:  "published-window-changed",
		Title: "The window of a maintenance that is public is moved by an update",
		Why:   "Whoever planned by the old window must be told. The front matter keeps the window that was announced.",
	})
	ruleRewritten = rules.Declare(diag.Rule{
		Code: "published-rewritten", Level: diag.Warning,
		Title: "What is public stays as it was told: the facts of an event, and each update's time, status and text",
		Why:   "Readers have acted on it, and the uptime of the past would change. A new update tells what is new to everyone, also to those who have read the old one.",
	})
	ruleLate = rules.Declare(diag.Rule{
		Code: "update-before-published", Level: diag.Warning,
		Title: "A new update is not dated before one that is public already",
		Why:   "Readers of feeds that keep the newest date they saw, as chat programs do, never get it.",
	})
)

var rules diag.Rules

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }
