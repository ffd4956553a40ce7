package source

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/status"
)

var ruleNotAnUpdateHeading = rules.Declare(diag.Rule{
	Code:  "not-an-update-heading",
	Title: "A ## heading has a status, a timestamp, or both",
	Why:   "Each ## heading begins an update, so any other ## heading would split an update in two.",
})

var ruleUnknownStatus = rules.Declare(diag.Rule{
	Code:  "unknown-status",
	Title: "An update heading has a status of its kind of event",
	Why:   "With a mistyped status, an incident that is resolved would still be shown as open.",
})

// separators are the characters allowed between the parts of an update heading.
const separators = " \t\u00a0·–—-:,|"

// ParseHeading parses a line that begins with ## as an update heading of an
// incident or maintenance; at is the position of the line's first character. A
// part that it can't read is left out of the heading and reported in the list.
// A heading with neither status nor time is always reported.
//
// The timestamp is not parsed: it may be any text that begins with a digit.
func ParseHeading(line string, kind status.Kind, at diag.Position) (Heading, diag.List) {
	return parseHeading(line, kind, at, time.Time{})
}

// parseHeading is ParseHeading with the current time for hints.
func parseHeading(line string, kind status.Kind, at diag.Position, now time.Time) (Heading, diag.List) {
	p := headingParser{line: line, kind: kind, at: at, now: now}
	start, end := atxContent(line)
	heading := Heading{Position: p.position(strings.Index(line, "##"))}
	if brace := strings.IndexAny(line[start:end], "{}"); brace >= 0 {
		brace += start
		if line[brace] == '{' {
			heading.Attributes = p.attributes(brace, end)
			if slices.ContainsFunc(p.found, func(d diag.Diagnostic) bool { return d.Rule == ruleAttributes }) {
				heading.Attributes = nil // a part of them would say something else
			}
		} else {
			p.open = brace
			if i := strings.LastIndexAny(line[start:brace], "=#"); i >= 0 { // api=major_outage}
				p.open = start + strings.LastIndexAny(line[start:start+i], " \t") + 1
			}
			p.failAttributes(brace, "this } has no {", attributeForm)
			brace = max(p.open, start)
		}
		end = brace
	} else if open := p.looseBrackets(start, end); open >= 0 {
		end = open
	}
	end = start + len(strings.TrimRight(line[start:end], separators))
	p.words(&heading, start, end)
	return heading, p.found
}

// atxContent returns where a heading's text begins and ends, without the ##
// and without closing hashes.
// https://spec.commonmark.org/0.31.2/#atx-headings
func atxContent(line string) (start, end int) {
	line = strings.TrimRight(line, " \t")
	if open := strings.TrimRight(line, "#"); open == "" || strings.HasSuffix(open, " ") || strings.HasSuffix(open, "\t") {
		if trimmed := strings.TrimRight(open, " \t"); strings.Contains(trimmed, "##") {
			line = trimmed
		}
	}
	start = strings.Index(line, "##") + 2
	for start < len(line) && (line[start] == ' ' || line[start] == '\t') {
		start++
	}
	return start, len(line)
}

// IsUpdateHeading reports whether a line, after leading blanks, is an update
// heading of either kind of event without a mistake. Inside a code block, such
// a line was most likely meant as a heading.
func IsUpdateHeading(line string) bool {
	line = strings.TrimLeft(line, " \t")
	if !isLevelTwo([]byte(line)) {
		return false
	}
	for _, kind := range []status.Kind{status.Incident, status.Maintenance} {
		h, found := ParseHeading(line, kind, diag.Position{})
		if len(found) == 0 && (h.Time == "" || startsWithDate(h.Time)) {
			return true
		}
	}
	return false
}

// FormatHeading is the inverse of ParseHeading. It writes the status first:
// "## Identified · 2022-12-01 10:48 UTC {api=major_outage}". The heading must
// have a status or a time; positions are ignored.
func FormatHeading(h Heading) string {
	var parts []string
	if h.Status != 0 {
		parts = append(parts, statusTitle(h.Status))
	}
	if h.Time != "" {
		parts = append(parts, h.Time)
	}
	line := "## " + strings.Join(parts, " · ")
	if len(h.Attributes) > 0 {
		line += " " + formatAttributes(h.Attributes)
	}
	return line
}

// statusTitle is a status as it is written in a heading: In progress.
func statusTitle(s status.EventStatus) string {
	words := strings.ReplaceAll(s.String(), "_", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}
