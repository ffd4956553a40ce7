// Package mapped takes a folder of Markdown files, one for each incident, and a
// map that says how they are to be read: which keys of their front matter are
// title, time and severity, which words mean what, and how their texts tell
// updates. It gives events to package importer. It never guesses a key, never
// invents a time, and never writes a file itself.
//
// The map is YAML, read by map.go; an unknown key is an error. file.go reads the
// front matter as Jekyll, Hugo, Eleventy and Pelican have it, body.go cuts a text
// into updates, event.go makes an event of both.
package mapped
