// Package generator turns a content folder into a status site. This page is
// the map: what flows where, and which folder a line belongs in.
//
// # How data flows
//
// Data flows one way. Build, in generator.go, does all of it:
//
//	source     a content folder becomes documents with positions
//	check      documents become a site, or diagnostics that say how to fix them
//	provenance the history in git dates the site, where it asks for that
//	derive     the site and an instant become a snapshot
//	render     the snapshot becomes output: routes, header rules, redirects
//	publish    output becomes files in a folder, or nothing at all
//
// Check does the same without the last step. Every mistake in the content is a
// [diag.Diagnostic] with file, line and column; all of them are collected,
// sorted once and reported together.
//
// Each step is a plain function of its arguments. The only state is the cache in
// cache.go: each content file as it was read and checked by itself. A [Session],
// which the preview uses, keeps it from one build to the next.
//
// # The floors
//
// A package imports only packages below it. deps_test.go has the list, and
// which one package may import each outside module.
//
//	command    one file per command: flags, help, exit codes         [cobra, huh]
//	edit       what a person asks for → a change of event files, checked before it is written
//	preview    watch, rebuild, serve, live reload                    [fsnotify]
//	verify     a published site + the content → where the host serves something else
//	recorder   importer/recorder: the address of a Statuspage → a folder of its recorded API
//	statuspage importer/statuspage: recorded API → events
//	mapped     importer/mapped: Markdown files of any site, with a map of their keys → events
//	cstate     importer/cstate: cState, statuskit, ClearStatus → events [toml]
//	importer   events of other tools → content files and a report
//	markup     importer/markup: their HTML and Markdown → an update's [html-to-markdown]
//	generator  the pipeline: this package
//	compare    what a site publishes, before and after → what a change does [go-diff]
//	publish    output → a folder; knows nothing of incidents
//	render     joins page, api, feed and badge; adds aliases, static files, sitemap, headers; finds collisions
//	page       theme + snapshot → HTML                               [html/template]
//	api        snapshot → Statuspage's API v2                        [encoding/json]
//	feed       snapshot → Atom, RSS, JSON Feed, calendar, status.txt
//	badge      snapshot → SVG and shields.io's form
//	picture    an event's words → PNG, for links to its page          [x/image]
//	guard      two snapshots, public and changed → what would break for those who keep addresses and ids
//	review     snapshot → warnings that need an instant
//	provenance the history in git → when each update of the site was published and edited
//	check      documents → site; every other rule
//	compose    an event → its Markdown file, as a person would write it
//	derive     site + instant → snapshot; pure arithmetic, no words
//	source     content/ → documents; only it opens files there       [frontmatter, yaml]
//	loose      times, names and statuses as people type them → what was most likely meant
//	prose      the words of an update → what its writer would not want published
//	markdown   an update's Markdown → HTML, plain text, findings     [goldmark]
//	active     a file → whether a browser would run something in it
//	language   messages, dates, durations, plurals from tables       [x/text]
//	tone       the colours and shapes of states, light and dark
//	status     the nouns and their paths
//	starter    what a new site is to be, and its host → the files of its repository
//	git        a folder in a repository → the files of a commit, and the branch's history; runs git
//	web        the address of a site → what it serves; the only one that asks the network
//	output     what a site consists of: routes, header rules, redirects
//	parallel   independent work on every processor
//	wrap       text → lines of a width                               [uniseg]
//	diag       positions, rules, diagnostics, printers
//
// # Where does a line belong?
//
//   - A new front matter key: a field in status/event.go, a line in check/event.go
//     that reads it and says what it may be, one in check/schemavalue.go that
//     says what it is for, and one in compose/event.go that writes it.
//   - A new rule: a literal next to the code that checks it, and its example in
//     command/explain/<code>.txtar, without which a test fails.
//   - A new fact about an instant (a count, a duration): derive.
//   - A new file of the site: a route in page, api, feed, badge or render.
//   - A word that readers see: themes/default/i18n/en.yaml, and the file of
//     each other language.
//   - A path: a method of the noun it belongs to, in status/path.go.
//   - A colour: tone.
//
// # Languages
//
// A site in several languages is one site. A title, a name and each update's
// text carry their translations ([status.Event], [status.Localized]); pages are
// rendered once per language and choose the text when they make their words.
//
// # Time
//
// The clock is an argument. [derive.Derive] floors it once, to the newest
// boundary at or before it, and nothing above ever sees the real now. So a
// rebuild between two boundaries changes no file. No build time, version or
// random id is in any output, except the heartbeat that a site may ask for,
// which is one small file of its own.
package generator
