package cstate

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/status"
)

// role is the position of a part in the story of its issue.
type role int

const (
	roleNone role = iota
	roleFirst
	roleUpdate
	roleLast
)

// part is a piece of an issue's text that was written at one time.
type part struct {
	role   role
	status status.EventStatus // of an incident, from the label; zero for none
	at     time.Time          // zero if the text does not give it
	text   string             // without the label and the time
	raw    string             // as it was written
}

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
	"postmortem": {roleUpdate, status.Postmortem}, "post-mortem": {roleUpdate, status.Postmortem},
}

// fillers are words that may follow a label's first word.
var fillers = strings.Fields("message issue incident maintenance outage of report progress update note issues on the")

// readLabel reads a label: "Final message", "Update 3", "Update - 2023-03-29
// 15h50 UTC". With free, any words may follow the first one.
func (c *cstate) readLabel(text string, free bool) (p part, ok bool) {
	if at, start, end, found := findTime(text, c.zone); found && !at.dateOnly {
		p.at = at.Time
		if at.zoneless {
			defer func() {
				if ok {
					c.zoneless++
				}
			}()
		}
		text = text[:start] + " " + text[end:]
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" \t-–—:,.()·|", r) })
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(text)), "post-mortem") {
		words = append([]string{"postmortem"}, words[2:]...)
	}
	if len(words) == 0 {
		return p, !p.at.IsZero()
	}
	if words[0] == "issue" && len(words) > 1 {
		words = words[1:] // Issue identified
	}
	label, known := labels[words[0]]
	if !known || words[0] == "in" && (len(words) < 2 || words[1] != "progress") {
		return p, false
	}
	for _, word := range words[1:] {
		if !free && !slices.Contains(fillers, word) && strings.Trim(word, "0123456789") != "" {
			return p, false
		}
	}
	p.role, p.status = label.role, label.status
	return p, true
}

var (
	bracketLine = regexp.MustCompile(`^\s{0,3}\[([^\[\]]{1,80})\]:?\s*$`)
	emphasised  = regexp.MustCompile(`^\s{0,3}(\*\*|\*|__|_)([^*_]{1,80}?)(\*\*|\*|__|_)[ \t]*([-–—:]*)[ \t]*(.*)$`)
	headingLine = regexp.MustCompile(`^#{1,6}[ \t]+(.{1,80}?)[ \t]*#*$`)
	plainLabel  = regexp.MustCompile(`^\s{0,3}(Investigating|Identified|Monitoring|Resolved)[ \t]*[-–—:][ \t]+(.*)$`)
	ruleLine    = regexp.MustCompile(`^\s{0,3}([-*_])([ \t]*[-*_]){2,}[ \t]*$`)
	trackMark   = regexp.MustCompile(`\{\{[<%]\s*track\s*["'` + "`" + `]?([^"'` + "`" + `>%]*)["'` + "`" + `]?\s*[>%]\}\}`)
)

// begins reports whether a line begins a part, and the rest of the line that is
// text. afterBlank means that a blank line, or nothing, is before it.
func (c *cstate) begins(line string, afterBlank bool) (p part, rest string, ok bool) {
	if m := bracketLine.FindStringSubmatch(line); m != nil {
		p, ok = c.readLabel(m[1], true)
		return p, "", ok
	}
	if !afterBlank {
		return p, "", false
	}
	if m := emphasised.FindStringSubmatch(line); m != nil && m[1] == m[3] {
		if m[5] == "" || m[4] != "" || strings.HasSuffix(strings.TrimSpace(m[2]), ":") {
			p, ok = c.readLabel(m[2], false)
			return p, m[5], ok
		}
	}
	if m := headingLine.FindStringSubmatch(line); m != nil {
		p, ok = c.readLabel(m[1], false)
		return p, "", ok
	}
	if m := plainLabel.FindStringSubmatch(line); m != nil {
		p, ok = c.readLabel(m[1], false)
		return p, m[2], ok
	}
	if at, ok := parseTime(strings.TrimRight(strings.TrimSpace(line), ":"), c.zone); ok && !at.dateOnly {
		if at.zoneless {
			c.zoneless++
		}
		return part{at: at.Time}, "", true
	}
	return p, "", false
}

// parts cuts an issue's text into its parts, in the order of the file.
func (c *cstate) parts(text string) []part {
	lines := strings.Split(markup.WithoutComments(text), "\n")
	k := cutter{cstate: c, afterBlank: true}
	for n, line := range lines {
		if k.code.Inside(strings.TrimLeft(line, " \t")) { // where nothing begins a part
			k.body, k.raw = append(k.body, line), append(k.raw, line)
			k.afterBlank, k.timed = false, false
			continue
		}
		ends := n+1 == len(lines) || isBlank(lines[n+1]) || c.wouldBegin(lines[n+1])
		k.take(line, ends)
	}
	k.finish()
	return k.parts
}

// cutter goes through an issue's text line by line.
type cutter struct {
	*cstate
	parts     []part
	current   part
	body, raw []string // of the current part: its text, and as it was written

	code       markup.CodeScanner
	afterBlank bool // nothing, a blank line or a rule is before the line
	timed      bool // the last line that shows something ended with its time
}

// take reads a line; ends means that its paragraph ends with it.
func (k *cutter) take(line string, ends bool) {
	begun, rest, ok := k.begins(line, k.afterBlank)
	shows := !isBlank(line) && !ruleLine.MatchString(line)
	if ok || k.timed && shows {
		k.finish()
		k.timed = false
	}
	k.raw = append(k.raw, k.untracked(line))
	if ok {
		k.current, line = begun, rest
	}
	k.afterBlank = isBlank(line) || ruleLine.MatchString(line)
	at := k.track(&line, ends)
	k.body = append(k.body, line)
	if !at.IsZero() {
		k.current.at, k.timed = at, true
	}
}

func (k *cutter) finish() {
	k.current.text, k.current.raw = trimRules(k.body), trimRules(k.raw)
	if k.current.text != "" || k.current.role != roleNone || !k.current.at.IsZero() {
		k.parts = append(k.parts, k.current)
	}
	k.current, k.body, k.raw = part{}, nil, nil
}

// wouldBegin reports whether a line would begin a part, without counting its
// time among those without a zone.
func (c *cstate) wouldBegin(line string) bool {
	before := c.zoneless
	_, _, ok := c.begins(line, true)
	c.zoneless = before
	return ok
}

// track reads the shortcode at the end of a paragraph as the paragraph's time.
// Any other one becomes the text that a page of cState shows for it.
func (c *cstate) track(line *string, ends bool) time.Time {
	found := trackMark.FindAllStringSubmatchIndex(*line, -1)
	if found == nil {
		return time.Time{}
	}
	m := found[len(found)-1]
	tail := strings.Trim((*line)[m[1]:], " \t\\")
	if ends && tail == "" && len(found) == 1 {
		if at, ok := parseTime((*line)[m[2]:m[3]], c.zone); ok && !at.dateOnly {
			if at.zoneless {
				c.zoneless++
			}
			*line = strings.TrimRight((*line)[:m[0]], " \t")
			return at.Time
		}
	}
	*line = c.untracked(*line)
	return time.Time{}
}

// untracked replaces each track shortcode by the time that it shows.
func (c *cstate) untracked(line string) string {
	return trackMark.ReplaceAllStringFunc(line, func(mark string) string {
		written := strings.TrimSpace(trackMark.FindStringSubmatch(mark)[1])
		if at, ok := parseTime(written, c.zone); ok && !at.dateOnly {
			return importer.Stamp(at.Time)
		}
		return written
	})
}

// isBlank reports whether a line shows nothing. Some sites write a blank line
// as a backslash, since Hugo would drop an empty one.
func isBlank(line string) bool { return strings.Trim(line, " \t\\") == "" }

// trimRules joins lines, without the blank lines and the rules at both ends,
// which separate parts.
func trimRules(lines []string) string {
	separates := func(line string) bool {
		return isBlank(line) || ruleLine.MatchString(line)
	}
	for len(lines) > 0 && separates(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && separates(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return strings.Join(lines, "\n")
}

// chronological puts parts into the order in which they were written, as far as
// their times and roles tell it.
func chronological(parts []part) []part {
	if len(parts) < 2 {
		return parts
	}
	newestFirst := 0
	for n := 1; n < len(parts); n++ {
		a, b := parts[n-1], parts[n]
		switch {
		case !a.at.IsZero() && !b.at.IsZero() && !a.at.Equal(b.at):
			newestFirst += sign(a.at.After(b.at))
		case a.role != roleNone && b.role != roleNone && a.role != b.role:
			newestFirst += sign(a.role > b.role)
		}
	}
	if newestFirst > 0 || newestFirst == 0 && (parts[0].role == roleLast || parts[len(parts)-1].role == roleFirst) {
		slices.Reverse(parts)
	}
	return parts
}

func sign(yes bool) int {
	if yes {
		return 1
	}
	return -1
}
