// Package importer takes a history that was read from a source, and gives a
// content folder: site.yaml, one Markdown file per event, and a report of what
// was changed and what was left out. It never reads a source, never writes over
// a file, and never writes outside the content folder. Only site.yaml may get
// more components.
//
// # From a source to a file
//
// Packages statuspage and cstate each read their formats and give a [History];
// they import this package, and it knows neither. A source is untrusted: each
// text is cleaned, each id and time is checked, and what can't be imported is
// noted with its position. [Target.Put] names the file of each event, composes
// it, and leaves out of it what would break a rule of `allclear check`: a fault in
// something that an event can do without costs that thing, not the event. Only
// then does it write.
//
// # A second import
//
// A second import finds an event by its api_id, else by its file. Updates that
// only the source has are appended to the file. Other differences are noted,
// and the file keeps its own text.
package importer
