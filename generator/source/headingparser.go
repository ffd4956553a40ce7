package source

import (
	"strings"

	"allclear/generator/diag"
	"allclear/generator/status"
)

// headingParser parses one line. Offsets are bytes in the line.
type headingParser struct {
	line  string
	kind  status.Kind
	at    diag.Position // of the line's first character
	found diag.List

	counted, column int // the last offset of a position, and the characters before it
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
	normal := strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(word))
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
		if digits := strings.TrimLeft(word, "+"); (digits == "" || !isDigit(digits[0])) && !isZoneName(word) {
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

// leading returns how many bytes at the start of a text are in a set of
// characters.
func leading(text, set string) int { return len(text) - len(strings.TrimLeft(text, set)) }

func endsSeparated(text string) bool { return strings.TrimRight(text, separators) != text }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
