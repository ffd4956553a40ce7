package source

import (
	"strings"

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

const headingForms = "write an update heading in one of these forms:\n" +
	"## %s\n## 2022-12-01 10:48 UTC\n## %[1]s · 2022-12-01 10:48 UTC {api=major_outage}\n" +
	"use ### for a heading inside an update"

// ParseHeading parses a line that begins with ## as an update heading of an
// incident or maintenance; at is the position of the line's first character. A
// part that it can't read is left out of the heading and reported in the list.
// A heading with neither status nor time is always reported.
//
// The timestamp is not parsed: it may be any text that begins with a digit.
func ParseHeading(line string, kind status.Kind, at diag.Position) (Heading, diag.List) {
	p := headingParser{line: line, kind: kind, at: at}
	start, end := atxContent(line)
	heading := Heading{Position: p.position(strings.Index(line, "##"))}
	if brace := strings.IndexAny(line[start:end], "{}"); brace >= 0 {
		brace += start
		if line[brace] == '{' {
			heading.Attributes = p.attributes(brace, end)
		} else {
			p.fail(ruleAttributes, brace, "this } has no {", attributeForm)
		}
		end = brace
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

// headingParser parses one line. Offsets are bytes in the line.
type headingParser struct {
	line  string
	kind  status.Kind
	at    diag.Position // of the line's first character
	found diag.List
}

func (p *headingParser) fail(rule *diag.Rule, at int, message, hint string) {
	p.found.Add(rule.At(p.position(at), "%s", message).WithHint("%s", hint))
}

// words parses the text between ## and the attributes.
func (p *headingParser) words(h *Heading, start, end int) {
	text := p.line[start:end]
	switch {
	case text == "":
		p.found.Add(p.notAnUpdate(h.Position, "this heading has no status and no timestamp"))
	case isDigit(text[0]):
		p.timeFirst(h, start, end)
	default:
		p.statusFirst(h, start, end)
	}
}

func (p *headingParser) statusFirst(h *Heading, start, end int) {
	text := p.line[start:end]
	found, n := readStatus(text)
	if n == 0 {
		p.unknownFirst(h, start, end)
		return
	}
	p.setStatus(h, found, start)
	rest := start + n + leading(text[n:], separators)
	switch {
	case rest >= end:
	case isDigit(p.line[rest]):
		h.Time, h.TimeAt = p.line[rest:end], p.position(rest)
	default:
		p.found.Add(p.notAnUpdate(p.position(rest), "%q can't be part of an update heading", p.line[rest:end]))
	}
}

// timeFirst parses a heading that begins with a digit. If it ends with a
// status, the timestamp is all before it; else the timestamp ends where words
// begin.
func (p *headingParser) timeFirst(h *Heading, start, end int) {
	text := p.line[start:end]
	h.TimeAt = p.position(start)
	for i := range text {
		if i == 0 || !isLetter(text[i]) || !endsSeparated(text[:i]) {
			continue
		}
		if found, n := readStatus(text[i:]); n == len(text)-i {
			h.Time = strings.TrimRight(text[:i], separators)
			p.setStatus(h, found, start+i)
			return
		}
	}
	n := timestampLength(text)
	h.Time = text[:n]
	rest := start + n + leading(text[n:], separators)
	if rest < end {
		if !strings.ContainsAny(h.Time, "-/.:") { // "## 5 regions down" has no timestamp
			h.Time, h.TimeAt, rest = "", diag.Position{}, start
		}
		p.unknown(h, rest, end, h.Time != "")
	}
}

// unknownFirst parses a heading that begins with a word that is not a status.
func (p *headingParser) unknownFirst(h *Heading, start, end int) {
	text := p.line[start:end]
	for i := range text {
		if i > 0 && isDigit(text[i]) && endsSeparated(text[:i]) {
			h.Time, h.TimeAt = text[i:], p.position(start+i)
			end = start + len(strings.TrimRight(text[:i], separators))
			break
		}
	}
	if !strings.ContainsAny(h.Time, "-/.:") {
		h.Time, h.TimeAt = "", diag.Position{}
	}
	p.unknown(h, start, end, h.Time != "")
}

// unknown reports words that are not a status. If they are nearly a status,
// the heading gets it, so that this mistake does not cause others.
func (p *headingParser) unknown(h *Heading, start, end int, timed bool) {
	word, at := p.line[start:end], p.position(start)
	names := status.EventStatuses(p.kind)
	normal := strings.Map(joined, strings.ToLower(word))
	if near := diag.Near(normal, names); near != "" {
		h.Status, _ = status.ParseEventStatus(p.kind, near)
		h.StatusAt = at
		p.found.Add(ruleUnknownStatus.At(at, "unknown status %q", word).
			WithHint("did you mean %q? the statuses are %s", statusTitle(h.Status), strings.Join(names, ", ")))
		return
	}
	switch {
	case timed && normal == "update":
		p.found.Add(p.notAnUpdate(at, "%q is not a status", word).
			WithHint("delete the word: an update with only a timestamp keeps the current status"))
	case timed:
		p.found.Add(ruleUnknownStatus.At(at, "unknown status %q", word).
			WithHint("the statuses are %s; an update with only a timestamp keeps the current status", strings.Join(names, ", ")))
	default:
		p.found.Add(p.notAnUpdate(at, "%q is neither a status nor a timestamp", word))
	}
}

func (p *headingParser) notAnUpdate(at diag.Position, format string, args ...any) diag.Diagnostic {
	example := status.Identified
	if p.kind == status.Maintenance {
		example = status.InProgress
	}
	return ruleNotAnUpdateHeading.At(at, format, args...).WithHint(headingForms, statusTitle(example))
}

func (p *headingParser) setStatus(h *Heading, s status.EventStatus, at int) {
	if s.Kind() != p.kind {
		p.found.Add(ruleUnknownStatus.At(p.position(at), "%s is a status of %s, not of %s",
			s, plural(s.Kind()), plural(p.kind)).
			WithHint("the statuses of %s are %s", plural(p.kind), strings.Join(status.EventStatuses(p.kind), ", ")))
		return
	}
	h.Status, h.StatusAt = s, p.position(at)
}

func plural(k status.Kind) string {
	if k == status.Maintenance {
		return "maintenance"
	}
	return "incidents"
}

// readStatus reads a status of either kind at the start of a text. It returns
// the status and its length in bytes; zero if there is none.
func readStatus(text string) (status.EventStatus, int) {
	for s := status.Investigating; s <= status.Cancelled; s++ {
		n := matchWord(text, s.String())
		if n > 0 && (n == len(text) || leading(text[n:], separators) > 0) {
			return s, n
		}
	}
	return 0, 0
}

// matchWord returns the length of a word at the start of a text, in any letter
// case, or 0 if the text does not begin with it. A _ in the word matches
// blanks, - or _.
func matchWord(text, word string) int {
	i := 0
	for j := range len(word) {
		switch {
		case i == len(text):
			return 0
		case word[j] != '_' && text[i]|0x20 == word[j]:
			i++
		case word[j] == '_' && (text[i] == '-' || text[i] == '_'):
			i++
		case word[j] == '_' && leading(text[i:], " \t") > 0:
			i += leading(text[i:], " \t")
		default:
			return 0
		}
	}
	return i
}

// timestampLength returns the length of the part that looks like a timestamp,
// in a text that begins with a digit: words with digits, and names of zones.
func timestampLength(text string) int {
	length := 0
	for i := 0; i < len(text); {
		i += leading(text[i:], separators)
		n := strings.IndexAny(text[i:], " \t\u00a0")
		if n < 0 {
			n = len(text) - i
		}
		word := strings.TrimRight(text[i:i+n], separators)
		if !isDigit(firstByte(strings.TrimLeft(word, "+"))) && !isZoneName(word) {
			return length
		}
		length = i + len(word)
		i += n
	}
	return length
}

// isZoneName reports whether a word looks like UTC, Z, CEST or pm.
func isZoneName(word string) bool {
	if word == "" || len(word) > 5 {
		return false
	}
	lower := strings.ToLower(word)
	if lower == "am" || lower == "pm" || lower == "utc" || lower == "z" {
		return true
	}
	return strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
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

// leading returns how many bytes at the start of a text are in a set of
// characters.
func leading(text, set string) int { return len(text) - len(strings.TrimLeft(text, set)) }

func endsSeparated(text string) bool { return strings.TrimRight(text, separators) != text }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func firstByte(text string) byte {
	if text == "" {
		return 0
	}
	return text[0]
}

// joined maps the blanks and hyphens of a status as written to the _ of its name.
func joined(r rune) rune {
	if r == ' ' || r == '-' {
		return '_'
	}
	return r
}
