// Package importer takes a history that another status page has kept, as
// recorded answers of Statuspage's API or as cState's files, and gives a
// content folder: site.yaml, one Markdown file an event, and a report of what
// was carried and what could not be. It never writes over a file, never
// writes outside the content folder, and never invents a time.
//
// It is the only package that opens the network.
//
// # The way of an event
//
// statuspage*.go and cstate*.go read their format into a history. Whatever
// comes from there is a stranger's: each text is cleaned, each id and time
// checked, and what can't be carried is noted with its place. place.go gives
// every event its file name, writes it by way of compose, holds it against
// every rule that `allclear check` knows, and leaves out what would break one.
// Only then is anything written.
//
// # Coming again
//
// A second run knows an event by its api_id, else by its file. What the
// recording has and the file has not is appended as updates; where the two
// tell the same thing differently the report says so, and the file stays.
package importer
