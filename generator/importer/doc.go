// Package importer takes a history that a source told, as events with their
// places in it, and gives a content folder: site.yaml, one Markdown file an
// event, and a report of what was carried and what could not be. It never
// reads a source, never writes over a file, and never writes outside the
// content folder.
//
// # The way of an event
//
// Packages statuspage and cstate each read their formats and hand over a
// [History]; they import this package, and it knows neither. Whatever comes
// from there is a stranger's: each text is cleaned, each id and time checked,
// and what can't be carried is noted with its place. [Target.Put] gives every
// event its file name, writes it by way of compose, holds it against every
// rule that `allclear check` knows, and leaves out what would break one. Only
// then is anything written.
//
// # Coming again
//
// A second run knows an event by its api_id, else by its file. What the
// source has and the file has not is appended as updates; where the two tell
// the same thing differently the report says so, and the file stays.
package importer
