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

// role is where in an issue's story a part of its text stands.
type role int

const (
	roleNone role = iota
	roleFirst
	roleUpdate
	roleLast
)

// part is a stretch of an issue's text that somebody wrote at one time.
type part struct {
	role   role
	status status.EventStatus // that its label says, of an incident; zero for none
	at     time.Time          // zero where it does not say
	text   string             // without the label and the time that became fields
	raw    string             // as it was written
}

// labels are the words that begin a part, in the habits of many sites. Words
// that are not here begin nothing.
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

// fillers may follow a label's first word.
var fillers = strings.Fields("message issue incident maintenance outage of report progress update note issues on the")

// readLabel reads the words of a label: "Final message", "Update 3", "Update -
// 2023-03-29 15h50 UTC". free allows any words after the first.
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

// opens reports whether a line begins a part, and what of it is text.
// fresh says that a blank line, or nothing, stands before it.
func (c *cstate) opens(line string, fresh bool) (p part, rest string, ok bool) {
	if m := bracketLine.FindStringSubmatch(line); m != nil {
		p, ok = c.readLabel(m[1], true)
		return p, "", ok
	}
	if !fresh {
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

// parts cuts an issue's text where somebody began to write anew, in the order
// of the file.
func (c *cstate) parts(text string) []part {
	lines := strings.Split(markup.WithoutComments(text), "\n")
	k := cutter{cstate: c, fresh: true}
	for n, line := range lines {
		if k.inCode(line) {
			k.body, k.raw = append(k.body, line), append(k.raw, line)
			continue
		}
		ends := n+1 == len(lines) || isBlank(lines[n+1]) || c.begins(lines[n+1])
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
	body, raw []string // of the current part: what of it is text, and as it was written
	fence     string   // of the code block that stands open, if any
	fresh     bool     // nothing, a blank line or a rule stands before the line
	stamped   bool     // the last line that shows something ended with its time
}

// inCode follows code blocks, in which nothing begins a part, and reports
// whether a line is of one.
func (k *cutter) inCode(line string) bool {
	trimmed := strings.TrimLeft(line, " \t")
	run := markup.Fence(trimmed)
	switch {
	case k.fence == "" && run == "":
		return false
	case k.fence == "":
		k.fence = run
	case strings.HasPrefix(run, k.fence) && strings.Trim(trimmed, k.fence[:1]+" \t") == "":
		k.fence = ""
	}
	k.fresh, k.stamped = false, false
	return true
}

// take reads a line; ends says that its paragraph ends with it.
func (k *cutter) take(line string, ends bool) {
	opened, rest, ok := k.opens(line, k.fresh)
	shows := !isBlank(line) && !ruleLine.MatchString(line)
	if ok || k.stamped && shows {
		k.finish()
		k.stamped = false
	}
	k.raw = append(k.raw, k.untracked(line))
	if ok {
		k.current, line = opened, rest
	}
	k.fresh = isBlank(line) || ruleLine.MatchString(line)
	at := k.track(&line, ends)
	k.body = append(k.body, line)
	if !at.IsZero() {
		k.current.at, k.stamped = at, true
	}
}

func (k *cutter) finish() {
	k.current.text, k.current.raw = trimRules(k.body), trimRules(k.raw)
	if k.current.text != "" || k.current.role != roleNone || !k.current.at.IsZero() {
		k.parts = append(k.parts, k.current)
	}
	k.current, k.body, k.raw = part{}, nil, nil
}

// begins reports whether a line would begin a part, without counting it.
func (c *cstate) begins(line string) bool {
	before := c.zoneless
	_, _, ok := c.opens(line, true)
	c.zoneless = before
	return ok
}

// track takes the shortcode at the end of a paragraph for its time; elsewhere
// it becomes the text that a page shows in its place.
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

// untracked writes each track as the time that it shows.
func (c *cstate) untracked(line string) string {
	return trackMark.ReplaceAllStringFunc(line, func(mark string) string {
		written := strings.TrimSpace(trackMark.FindStringSubmatch(mark)[1])
		if at, ok := parseTime(written, c.zone); ok && !at.dateOnly {
			return importer.Stamp(at.Time)
		}
		return written
	})
}

// isBlank reports whether a line shows nothing: a backslash alone is how some
// write a blank line that Hugo would swallow.
func isBlank(line string) bool { return strings.Trim(line, " \t\\") == "" }

// trimRules joins lines, without the blank ones and the rules at both ends,
// which set parts apart.
func trimRules(lines []string) string {
	idle := func(line string) bool {
		return isBlank(line) || ruleLine.MatchString(line)
	}
	for len(lines) > 0 && idle(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && idle(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return strings.Join(lines, "\n")
}

// chronological puts parts into the order in which they were written. Where
// nothing tells that order, they stay one text.
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
	if newestFirst == 0 {
		switch {
		case parts[0].role == roleLast || parts[len(parts)-1].role == roleFirst:
			newestFirst = 1
		case parts[0].role == roleFirst || parts[len(parts)-1].role == roleLast || parts[0].role == roleNone:
			newestFirst = -1
		}
	}
	if newestFirst > 0 {
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
