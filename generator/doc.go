// Package generator turns a content folder into a status site. This page is
// the map: what flows where, and which folder a line belongs into.
//
// # The way of the data
//
// Data flows one way. Build, in generator.go, is the whole of it:
//
//	source     a content folder becomes documents with positions
//	check      documents become a site, or diagnostics that say how to mend them
//	derive     the site and an instant become a snapshot
//	render     the snapshot becomes output: routes, header rules, redirects
//	publish    output becomes files in a folder, or nothing at all
//
// Check is the same without the last step. Whatever goes wrong on the way is
// a [diag.Diagnostic] with file, line and column; all of them are collected,
// sorted once and reported together.
//
// # The floors
//
// A package imports only what stands below it; deps_test.go holds the list,
// and the one package that may import each outside module.
//
//	command    one file a command: flags, help, exit codes           [cobra]
//	preview    watch, rebuild, serve, live reload                    [fsnotify]
//	statuspage importer/statuspage: recorded API → events; the only one that opens the network
//	cstate     importer/cstate: cState, statuskit, ClearStatus → events [toml]
//	importer   events of other tools → files of content and a report
//	markup     importer/markup: their HTML and Markdown → an update's [html-to-markdown]
//	generator  the pipeline: this package
//	publish    output → a folder; knows nothing of incidents
//	render     joins the four below; adds aliases, static files, sitemap, headers; finds collisions
//	page       theme + snapshot → HTML                               [html/template]
//	api        snapshot → Statuspage's API v2                        [encoding/json]
//	feed       snapshot → Atom, RSS, JSON Feed, calendar, status.txt
//	badge      snapshot → SVG and shields.io's form
//	picture    an event's words → PNG, for those who share its page  [x/image]
//	check      documents → site, then snapshot → warnings; every rule, said once
//	compose    an event → its Markdown file, as a person would write it
//	derive     site + instant → snapshot; pure arithmetic
//	source     the only door into content/                           [frontmatter, yaml]
//	markdown   an update's Markdown → HTML, plain text, findings     [goldmark]
//	language   messages, dates, durations, plurals from tables       [x/text]
//	status     the nouns and their paths
//	output     what a site comes out as: routes, header rules, redirects
//	tree       os.Root, for thousands of files
//	parallel   independent things, side by side
//	recall     which things of a list were in it the last time
//	diag       positions, rules, diagnostics, printers
//
// # Once more
//
// A [Session] goes the same way for each save. Every floor keeps what came of
// the last time in the order of what it came of, and takes over what came of
// the same ([recall] finds it by its place): source a file that says the same,
// check the event of the same document, derive an event that is over, render
// the paths that did not collide. Nothing that was handed out is written into
// again, since an older site may still be read; and what is not in the newest
// is let go.
//
// # Where does a line belong?
//
//   - A new key in a front matter: check/event.go reads it; status holds it.
//   - A new rule: a literal beside the code that checks it, and its example in
//     command/explain/<code>.txtar, without which a test fails.
//   - A new fact about an instant (a count, a duration): derive.
//   - A new file of the site: a route in page, api, feed or badge.
//   - A word that readers see: themes/default/i18n/en.yaml, and the file of
//     each other language.
//   - A path: a method of the noun it belongs to, in status/path.go.
//
// # Time
//
// The clock is an argument. [derive.Derive] floors it once, to the newest
// boundary at or before it, and nothing above ever sees the real now; so a
// rebuild between two boundaries changes no file. No build time, version or
// random id is in any output, but for the heartbeat that a site may ask for,
// which is one small file of its own.
package generator
