package cstate

import (
	"time"

	"allclear/generator/source"
)

// TOML reads TOML that begins below a number of lines of a file, in the form of
// YAML. The line is that of the error.
func TOML(name, text string, before int) (source.Value, int, error) {
	return tomlFields(name, text, before)
}

// Time reads a text that is only a time, in one of the forms in which writers of
// Markdown sites have it. dateOnly means that it has no time of day; it is the
// first instant of that day then. zoneless means that the zone counted.
func Time(text string, zone *time.Location) (at time.Time, dateOnly, zoneless, ok bool) {
	read, ok := parseTime(text, zone)
	return read.Time, read.dateOnly, read.zoneless, ok
}

// FindTime finds a time in a text, and its position.
func FindTime(text string, zone *time.Location) (at time.Time, zoneless bool, start, end int, ok bool) {
	read, start, end, ok := findTime(text, zone)
	return read.Time, read.zoneless, start, end, ok && !read.dateOnly
}
