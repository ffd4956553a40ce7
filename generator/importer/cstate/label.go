package cstate

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/status"
)

// This file reads the line that begins a part of an issue's text: a label such as
// **Resolved**, a heading with a time, or a time alone.

// labels are the words that begin a part on many sites. Other words begin none.
var labels = map[string]struct {
	role   role
	status status.EventStatus
}{
	"investigating": {roleFirst, status.Investigating}, "identified": {roleUpdate, status.Identified}, "monitoring": {roleUpdate, status.Monitoring},
	"verifying": {roleUpdate, status.Monitoring}, "watching": {roleUpdate, status.Monitoring},
	"resolved": {roleLast, status.Resolved}, "fixed": {roleLast, status.Resolved}, "solved": {roleLast, status.Resolved}, "resolution": {roleLast, status.Resolved},
	"completed": {roleLast, status.Resolved}, "complete": {roleLast, status.Resolved}, "finished": {roleLast, status.Resolved},
	"final": {roleLast, status.Resolved}, "closing": {roleLast, status.Resolved}, "close": {roleLast, status.Resolved}, "closed": {roleLast, status.Resolved},
	"end":     {roleLast, status.Resolved},
	"initial": {roleFirst, 0}, "opening": {roleFirst, 0}, "open": {roleFirst, 0}, "opened": {roleFirst, 0}, "scheduled": {roleFirst, 0},
	"update": {roleUpdate, 0}, "updated": {roleUpdate, 0}, "edit": {roleUpdate, 0}, "edited": {roleUpdate, 0}, "in": {roleUpdate, 0},
	"starting": {roleUpdate, 0}, "started": {roleUpdate, 0}, "begin": {roleUpdate, 0}, "began": {roleUpdate, 0}, "beginning": {roleUpdate, 0},
	"postmortem": {roleUpdate, status.Postmortem}, "post-mortem": {roleUpdate, status.Postmortem},
}

// fillers are words that may follow a label's first word.
var fillers = strings.Fields("message issue incident maintenance outage of report progress update note issues on the at")

// startWords are labels of maintenance that begins.
var startWords = strings.Fields("in starting started begin began beginning")

// beginning is a part of which the first line is known.
type beginning struct {
	part
	rest  string // of the line, without label and time
	label string // the line with its label, without its time; "" for the same as rest
}

// readLabel reads a label: "Final message", "Update 3", "Update - 2023-03-29
// 15h50 UTC". With free, any words may follow the first one.
func (c *cstate) readLabel(text string, free bool) (p part, ok bool) {
	at, rest, timed := c.timeIn(text)
	if timed {
		text = rest
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" \t-–—:,.()·|\\", r) })
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(text)), "post-mortem") {
		words = append([]string{"postmortem"}, words[2:]...)
	}
	p.at = at
	if len(words) == 0 {
		return p, timed
	}
	if words[0] == "issue" && len(words) > 1 {
		words = words[1:] // Issue identified
	}
	label, known := labels[words[0]]
	if !known || words[0] == "in" && (len(words) < 2 || words[1] != "progress") {
		return part{}, false
	}
	for _, word := range words[1:] {
		if !free && !slices.Contains(fillers, word) && strings.Trim(word, "0123456789") != "" {
			return part{}, false
		}
	}
	p.role, p.status, p.begins = label.role, label.status, slices.Contains(startWords, words[0])
	return p, true
}

// timeIn finds a time with its date in a label, and the text without it.
func (c *cstate) timeIn(text string) (at time.Time, rest string, ok bool) {
	if m := trackMark.FindStringSubmatchIndex(text); m != nil { // before the time in it
		if read, ok := parseTime(text[m[2]:m[3]], c.zone); ok && !read.dateOnly {
			c.countZoneless(read)
			return read.Time, text[:m[0]] + " " + text[m[1]:], true
		}
	}
	if read, start, end, found := findTime(text, c.zone); found && !read.dateOnly {
		c.countZoneless(read)
		return read.Time, text[:start] + " " + text[end:], true
	}
	words := strings.Fields(text)
	for n := range min(len(words), maxLabelWords) {
		tail := strings.Trim(strings.Join(words[n:], " "), "()[]:,–—-| ")
		if at, ok := likelyTime(tail, c.zone, c.about); ok {
			return at, strings.Join(words[:n], " "), true
		}
	}
	return time.Time{}, text, false
}

const maxLabelWords = 8

var (
	bracketLine = regexp.MustCompile(`^\s{0,3}\\?\[([^\[\]]{1,80}?)\\?\]:?\s*\\?$`)
	emphasised  = regexp.MustCompile(`^\s{0,3}(\*{1,3}|_{1,3})([^*_]{1,80}?)(\*{1,3}|_{1,3})[ \t]*([-–—:]*)[ \t]*(.*)$`)
	headingLine = regexp.MustCompile(`^#{1,6}[ \t]+(.{1,120}?)[ \t]*#*$`)
	plainLabel  = regexp.MustCompile(`^\s{0,3}(Investigating|Identified|Monitoring|Resolved)[ \t]*[-–—:][ \t]+(.*)$`)
	timedLabel  = regexp.MustCompile(`^\s{0,3}(\pL[\pL -]{2,20}\d*[ \t]*[(\[,–-]*[ \t]*\d[^()\[\]]{6,40}?)(?:[)\]]:?|:|[ \t][-–—])[ \t]+(\S.*)$`)
	ruleLine    = regexp.MustCompile(`^\s{0,3}([-*_])([ \t]*[-*_]){2,}[ \t]*$`)
	trackMark   = regexp.MustCompile(`\{\{[<%]\s*track\s*["'` + "`" + `]?([^"'` + "`" + `>%]*)["'` + "`" + `]?\s*[>%]\}\}`)
	separators  = regexp.MustCompile(`^[ \t]*[)\]]?[ \t]*[-–—:|·,]*[ \t]*`)
)

// begins reports whether a line begins a part. afterBlank means that a blank
// line, or nothing, is before it.
func (c *cstate) begins(line string, afterBlank bool) (b beginning, ok bool) {
	if m := bracketLine.FindStringSubmatch(line); m != nil {
		b.part, ok = c.readLabel(m[1], true)
		b.label = line
		return b, ok
	}
	if m := emphasised.FindStringSubmatch(line); m != nil && m[1] == m[3] {
		if b, ok := c.beginsEmphasised(line, m, afterBlank); ok {
			return b, ok
		}
	}
	if !afterBlank {
		return b, false
	}
	if m := headingLine.FindStringSubmatch(line); m != nil {
		return c.beginsHeading(m[1])
	}
	if m := plainLabel.FindStringSubmatch(line); m != nil {
		b.part, ok = c.readLabel(m[1], false)
		b.rest, b.label = m[2], line
		return b, ok
	}
	if m := timedLabel.FindStringSubmatch(line); m != nil {
		if b.part, ok = c.readLabel(m[1], false); ok && b.role != roleNone && !b.at.IsZero() {
			b.rest, b.label = m[2], line
			return b, true
		}
	}
	return c.beginsWithTime(line)
}

// beginsEmphasised reads a line with a label in emphasis. A label that is not
// known begins a part only if a time is on its line.
func (c *cstate) beginsEmphasised(line string, m []string, afterBlank bool) (b beginning, ok bool) {
	label, mark, rest := strings.Trim(m[2], `[]\ `), m[4], m[5]
	at, after, timed := c.timeAtStart(rest)
	onLine := timed || endsWithTrack(rest)
	if afterBlank || onLine {
		separate := rest == "" || mark != "" || onLine || strings.HasSuffix(strings.TrimSpace(label), ":")
		if b.part, ok = c.readLabel(label, false); ok && separate {
			b.rest, b.label = rest, line
			if b.at.IsZero() && timed {
				b.at, b.rest = at, after
				b.label = strings.TrimSuffix(line, rest) + after
			}
			return b, true
		}
	}
	inLabel, words, labelled := c.timeIn(label)
	switch {
	case labelled:
		b.part, b.rest = part{at: inLabel}, rest
		if words = strings.Trim(words, " ,:()–—-"); words != "" {
			b.rest = strings.TrimSpace(m[1] + words + m[3] + " " + strings.TrimSpace(mark+" "+rest))
		}
		return b, afterBlank
	case timed:
		return beginning{part: part{at: at}, rest: strings.TrimRight(strings.TrimSuffix(line, rest)+after, " ")}, true
	case endsWithTrack(rest):
		return beginning{rest: line}, true // its time is read with the rest of the line
	}
	return b, false
}

// endsWithTrack reports whether a text has one time, at its end.
func endsWithTrack(text string) bool {
	found := trackMark.FindAllStringIndex(text, -1)
	return len(found) == 1 && isBlank(text[found[0][1]:])
}

// beginsHeading reads a heading that is a label, or that begins or ends with a
// time; its other words stay as the first line.
func (c *cstate) beginsHeading(text string) (b beginning, ok bool) {
	if b.part, ok = c.readLabel(text, false); ok {
		b.label = "### " + text
		return b, true
	}
	if at, rest, timed := c.timeAtStart(text); timed {
		return beginning{part: part{at: at}, rest: bold(rest)}, true
	}
	if at, rest, timed := c.timeIn(text); timed && strings.HasPrefix(text, strings.TrimSpace(rest)) {
		return beginning{part: part{at: at}, rest: bold(strings.Trim(rest, " \t-–—:,(|"))}, true
	}
	return b, false
}

func bold(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(text, "*", ""))
	if text == "" {
		return ""
	}
	return "**" + text + "**"
}

// beginsWithTime reads a line that is only a time, or begins with a time and a
// sign that sets it apart from the text.
func (c *cstate) beginsWithTime(line string) (b beginning, ok bool) {
	text := strings.TrimRight(strings.TrimSpace(line), ":\\ ")
	if at, ok := parseTime(text, c.zone); ok && !at.dateOnly {
		c.countZoneless(at)
		return beginning{part: part{at: at.Time}}, true
	}
	marks := ""
	if m := openMarks.FindString(line); m != "" && !strings.HasPrefix(line[len(m):], " ") { // *2024/06/01 21:28 - a whole paragraph in emphasis*
		marks, line = strings.TrimSpace(m), line[len(m):]
	}
	at, rest, timed := c.timeAtStart(line)
	if m := leadingMark.FindStringSubmatch(line); timed && m != nil && !strings.Contains(m[1], "{{") && !clockAhead.MatchString(m[1]) {
		return beginning{part: part{at: at}, rest: m[1]}, true
	}
	before := len(line) - len(rest)
	if !timed || !isoForm.MatchString(line[:before]) || !strings.ContainsAny(line[max(before-3, 0):before], "-–—:|") || clockAhead.MatchString(rest) || strings.HasPrefix(line, "    ") {
		return b, false
	}
	return beginning{part: part{at: at}, rest: marks + rest}, true
}

// leadingMark is a time set apart from the text that follows: a track shortcode,
// or a time in brackets.
var leadingMark = regexp.MustCompile(`^\s{0,3}(?:\{\{[<%]\s*track[^{}]*\}\}[ \t]*[-–—:|]|\\?\[[^\[\]]*\\?\]:?)[ \t]+(\S.*)$`)

var openMarks = regexp.MustCompile(`^\s{0,3}[*_]{1,3}`)

// clockAhead is the second time of a span: 12:00 - 14:00.
var clockAhead = regexp.MustCompile(`^(?:to |until |bis |à )?[\dT-]*\d{1,2}[:h.]\d{2}`)

// timeAtStart reads a time that a text begins with, and the text behind it.
func (c *cstate) timeAtStart(text string) (at time.Time, rest string, ok bool) {
	trimmed := strings.TrimLeft(text, " \t([-–—:")
	if m := trackMark.FindStringSubmatchIndex(trimmed); m != nil && m[0] == 0 {
		if read, ok := parseTime(trimmed[m[2]:m[3]], c.zone); ok && !read.dateOnly {
			c.countZoneless(read)
			return read.Time, strings.TrimSpace(trimmed[m[1]:]), true
		}
	}
	read, start, end, found := findTime(trimmed, c.zone)
	if !found || read.dateOnly || start != 0 {
		return time.Time{}, text, false
	}
	c.countZoneless(read)
	tail := trimmed[end:]
	return read.Time, tail[len(separators.FindString(tail)):], true
}
