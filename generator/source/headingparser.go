package source

import (
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/status"
)

// headingParser parses one line. Offsets are bytes in the line.
type headingParser struct {
	line  string
	kind  status.Kind
	at    diag.Position // of the line's first character
	now   time.Time     // for hints; zero if it is not known
	found diag.List

	start, end int // of the text between ## and the attributes
	open       int // where the attributes begin; 0 if there are none

	counted, column int // the last offset of a position, and the characters before it
}

// words parses the text between ## and the attributes.
func (p *headingParser) words(h *Heading, start, end int) {
	text := p.line[start:end]
	p.start, p.end = start, end
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
	case isDigit(p.line[rest]) && !hasTime(p.line[rest:end]), isWritten(p.line[rest:end]), isTime(p.line[rest:end]), strings.EqualFold(p.line[rest:end], "now"):
		h.Time, h.TimeAt = p.line[rest:end], p.position(rest)
	default:
		if isDigit(p.line[rest]) { // 2022-12-01 10:48 UTC by hand
			if n := timestampLength(p.line[rest:end]); isTime(p.line[rest : rest+n]) {
				rest += n + leading(p.line[rest+n:end], separators)
			}
		}
		p.unknown(h, rest, end, "%q can't be part of an update heading")
	}
}

// isWritten reports whether a text has the form of a timestamp, even if there is
// no such time.
func isWritten(text string) bool {
	_, ok := readCivilTime(text)
	return ok
}

// hasTime reports whether a time is among the words of a text.
func hasTime(text string) bool {
	words := strings.Fields(text)
	from, to := 0, 0
	if len(words) <= maxMeant {
		from, to = timeIn(words)
	}
	return to > from
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
		p.unknown(h, rest, end, "")
	}
}

// unknownFirst parses a heading that begins with a word that is not a status.
func (p *headingParser) unknownFirst(h *Heading, start, end int) {
	text := p.line[start:end]
	if isTime(text) || strings.EqualFold(text, "now") {
		h.Time, h.TimeAt = text, p.position(start)
		return
	}
	for i := range text {
		if i > 0 && isDigit(text[i]) && endsSeparated(text[:i]) && strings.ContainsAny(text[i:], "-/.:") {
			h.Time, h.TimeAt = text[i:], p.position(start+i)
			end = start + len(strings.TrimRight(text[:i], separators))
			break
		}
	}
	p.unknown(h, start, end, "")
}

// unknown reports words that are not part of an update heading; message, with
// %q for the words, may be "". The heading gets the status and the time that
// were most likely meant, so that this mistake does not cause others.
func (p *headingParser) unknown(h *Heading, start, end int, message string) {
	word, at := p.line[start:end], p.position(start)
	m := meant(p.line[p.start:p.end], p.kind)
	if m.status != 0 && h.Status == 0 && (m.time != "" || m.near || m.exact || m.rest == "" && !strings.Contains(word, " ")) {
		h.Status, h.StatusAt = m.status, at
	}
	if m.time != "" {
		h.Time, h.TimeAt = m.time, p.position(start)
		if i := strings.Index(p.line, m.time); i >= 0 {
			h.TimeAt = p.position(i)
		}
	}
	names := status.EventStatuses(p.kind)
	switch {
	case len(p.line) > maxPasted:
		p.found.Add(ruleNotAnUpdateHeading.At(at, "this can't be an update heading").WithHint("an update heading is short: ## %s", statusTitle(p.example())))
	case m.status != 0 && (m.time != "" || m.near || m.exact || m.rest == "" && !strings.Contains(word, " ")):
		if message == "" {
			message = "unknown status %q"
		}
		rule := ruleUnknownStatus
		if m.exact {
			rule = ruleNotAnUpdateHeading
			message = "%q can't be part of an update heading"
		}
		d := rule.At(at, message, diag.Short(word)).Replaced(m.heading(p.attributesText()), m.near && m.rest == "")
		if !m.exact {
			d.Hint = "did you mean \"" + statusTitle(m.status) + "\"? " + d.Hint
		}
		p.found.Add(d)
	case m.time != "" && m.rest == "":
		p.found.Add(ruleNotAnUpdateHeading.At(at, "%q is not a status", word).
			WithHint("an update with only a timestamp keeps the current status; write\n%s", m.heading(p.attributesText())))
	case m.time != "":
		p.found.Add(ruleUnknownStatus.At(at, "unknown status %q", diag.Short(word)).
			WithHint("the statuses are %s; to keep the current status, write\n%s", strings.Join(names, ", "), m.heading(p.attributesText())))
	default:
		p.found.Add(p.noUpdate(h, at, word, m.status))
	}
}

// noUpdate reports a heading that is most likely one inside an update.
func (p *headingParser) noUpdate(h *Heading, at diag.Position, word string, s status.EventStatus) diag.Diagnostic {
	if s == 0 {
		s = p.example()
	}
	return ruleNotAnUpdateHeading.At(at, "%q is neither a status nor a timestamp", diag.Short(word)).
		WithHint("write ### for a heading inside an update:\n### %s\na new update begins with a status and its time:\n## %s · %s",
			strings.TrimSpace(p.line[p.start:p.end]), statusTitle(s), p.nowText())
}

// example is a status for hints.
func (p *headingParser) example() status.EventStatus {
	if p.kind == status.Maintenance {
		return status.InProgress
	}
	return status.Identified
}

// nowText is the current time, for hints.
func (p *headingParser) nowText() string {
	if p.now.IsZero() {
		return "2022-12-01 10:48 UTC"
	}
	return FormatTimestamp(p.now.UTC().Truncate(time.Minute))
}

// attributesText is the attributes as they were written, "" for none.
func (p *headingParser) attributesText() string {
	if i := strings.IndexByte(p.line, '{'); i >= p.end {
		return strings.TrimRight(p.line[i:], " \t#")
	}
	return ""
}

func (p *headingParser) notAnUpdate(at diag.Position, message string) diag.Diagnostic {
	line := "## " + statusTitle(p.example()) + " · " + p.nowText()
	if attributes := p.attributesText(); attributes != "" {
		line += " " + attributes
	}
	return ruleNotAnUpdateHeading.At(at, "%s", message).WithHint("write a status, a timestamp or both; now in the current status it is\n%s\nwith a status it is\n%s",
		strings.Replace(line, statusTitle(p.example())+" · ", "", 1), line)
}

func (p *headingParser) setStatus(h *Heading, s status.EventStatus, at int) {
	if s.Kind() == p.kind {
		h.Status, h.StatusAt = s, p.position(at)
		return
	}
	m := meant(p.line[p.start:p.end], p.kind)
	d := ruleUnknownStatus.At(p.position(at), "%s is a status of %s, not of %s", s, plural(s.Kind()), plural(p.kind))
	names := "the statuses of " + plural(p.kind) + " are " + strings.Join(status.EventStatuses(p.kind), ", ")
	if m.status == 0 {
		p.found.Add(d.WithHint("%s", names))
		return
	}
	if m.time != "" {
		h.Status, h.StatusAt = m.status, p.position(at)
	}
	p.found.Add(d.WithHint("%s; did you mean %q? write\n%s", names, statusTitle(m.status), m.heading(p.attributesText())))
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
