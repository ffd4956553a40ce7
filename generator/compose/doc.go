// Package compose takes what an event or a site says and gives the text of
// its file, as a person would have written it. It never touches a disk, and
// never looks at a clock.
//
// The front matter holds when each status first began, so that a plain
// heading such as "## Identified" can stand for it; an update that repeats
// the status in force has a heading of its time alone. Scalars are quoted
// only where YAML would take them for something else, and characters that
// source refuses are left out, so that whatever comes in, the file can be
// read again.
package compose
