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
	begins bool               // the label says that maintenance begins
	at     time.Time          // zero if the text does not give it
	text   string             // without the label and the time
	whole  string             // with the label, without the time
	raw    string             // as it was written
}

// parts cuts an issue's text into its parts, in the order of the file.
func (c *cstate) parts(text string) []part {
	lines := strings.Split(brAfterTrack.ReplaceAllString(markup.WithoutComments(text), "$1"), "\n")
	k := cutter{cstate: c, afterBlank: true, leading: leadingTrack(lines)}
	if !k.leading {
		lines = withTracksApart(lines)
	}
	for n, line := range lines {
		if k.code.Inside(strings.TrimLeft(line, " \t")) { // where nothing begins a part
			line = k.untracked(line)
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

// brAfterTrack is a line break of HTML that follows a time at the end of a line.
var brAfterTrack = regexp.MustCompile(`(?mi)(track[^{}\n]*\}\})[ \t]*<br\s*/?>[ \t]*$`)

// cutter goes through an issue's text line by line.
type cutter struct {
	*cstate
	parts     []part
	current   part
	body, raw []string // of the current part: its text, and as it was written
	label     string   // the first line of the current part with its label, without its time
	leading   bool     // a line with only a time is above its part, not below

	code       markup.CodeScanner
	afterBlank bool // nothing, a blank line or a rule is before the line
	timed      bool // the last line that shows something ended with its time
}

// take reads a line; ends means that its paragraph ends with it.
func (k *cutter) take(line string, ends bool) {
	begun, ok := k.begins(line, k.afterBlank)
	if mark := onlyTrack(line); k.leading && mark != "" {
		if at, valid := parseTime(mark, k.zone); valid && !at.dateOnly {
			k.countZoneless(at)
			begun, ok = beginning{part: part{at: at.Time}}, true
		}
	}
	shows := !isBlank(line) && !ruleLine.MatchString(line)
	if ok || k.timed && shows {
		k.finish()
		k.timed = false
	}
	k.raw = append(k.raw, k.untracked(line))
	if ok {
		k.current, line, k.label = begun.part, begun.rest, k.untimed(begun.label)
	}
	k.afterBlank = isBlank(line) || ruleLine.MatchString(line)
	at := k.track(&line, (ends || ok) && k.current.at.IsZero())
	k.body = append(k.body, line)
	if !at.IsZero() {
		k.current.at, k.timed = at, true
	}
}

func (k *cutter) finish() {
	k.current.text, k.current.raw = unbroken(trimRules(k.body)), trimRules(k.raw)
	k.current.whole = k.current.text
	if k.label != "" {
		below := []string{k.label}
		if len(k.body) > 1 {
			below = append(below, k.body[1:]...)
		}
		k.current.whole = trimRules(below)
	}
	if k.current.text != "" || k.current.role != roleNone || !k.current.at.IsZero() {
		k.parts = append(k.parts, k.current)
	}
	k.current, k.body, k.raw, k.label = part{}, nil, nil, ""
}

// leadingTrack reports whether a text begins with a line that is only a time,
// so that each such line is above the part that was written then.
func leadingTrack(lines []string) bool {
	for _, line := range lines {
		if !isBlank(line) && !ruleLine.MatchString(line) {
			return onlyTrack(line) != ""
		}
	}
	return false
}

// withTracksApart puts a time at the start of a line, of the text above, on a
// line of its own: netlify-statuskit writes each text above its time, and the
// next one directly behind it.
func withTracksApart(lines []string) []string {
	var apart []string
	for n, line := range lines {
		m := trackMark.FindStringIndex(line)
		if n > 0 && m != nil && m[0] == 0 && !isBlank(lines[n-1]) && startsText.MatchString(line[m[1]:]) {
			apart = append(apart, line[:m[1]], "")
			line = line[m[1]:]
		}
		apart = append(apart, line)
	}
	return apart
}

var startsText = regexp.MustCompile(`^[\pL\pN\[*_"“]`)

// onlyTrack is the time of a line that is nothing but a track shortcode.
func onlyTrack(line string) string {
	m := trackMark.FindStringSubmatch(line)
	if m == nil || strings.Trim(strings.Replace(line, m[0], "", 1), " \t\\*_") != "" {
		return ""
	}
	return m[1]
}

// wouldBegin reports whether a line would begin a part, without counting its
// time among those without a zone.
func (c *cstate) wouldBegin(line string) bool {
	before := c.zoneless
	_, ok := c.begins(line, true)
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

// untimed is the first line of a part without the time of the part.
func (c *cstate) untimed(line string) string {
	if endsWithTrack(line) {
		line = strings.TrimRight(trackMark.ReplaceAllString(line, ""), " \t\\")
	}
	return c.untracked(line)
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

// unbroken is a text without a line break at its end, which came before the
// time that was there, and would be shown as a backslash.
func unbroken(text string) string {
	if strings.HasSuffix(text, "\\") && !strings.HasSuffix(text, "\\\\") {
		return strings.TrimRight(strings.TrimSuffix(text, "\\"), " \t")
	}
	return text
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
