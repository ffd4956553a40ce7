package mapped

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/importer/cstate"
	"allclear/generator/importer/markup"
	"allclear/generator/status"
)

// part is a piece of an event's text that was written at one time.
type part struct {
	status status.EventStatus // of an incident; zero for none
	at     time.Time          // zero if nothing gives it
	text   string             // without the label and the time
	raw    string             // as it was written
}

// cutter cuts a text into parts, line by line.
type cutter struct {
	*site
	mark   *regexp.Regexp // nil for none
	begun  time.Time      // when the event began
	before time.Time      // the last time in the text, else begun

	parts     []part
	current   part
	body, raw []string
	code      markup.CodeScanner
	timed     bool // the paragraph before ended with its time
}

// parts cuts a text into its parts, in the order of the text.
func (s *site) parts(text string, begun time.Time) []part {
	c := &cutter{site: s, begun: begun, before: begun}
	if s.updates.mark != "" {
		before, after, _ := strings.Cut(s.updates.mark, "TIME")
		c.mark = regexp.MustCompile(loosely(before) + `(.*?)` + loosely(after) + `[ \t\\]*$`)
	}
	for _, line := range strings.Split(markup.WithoutComments(text), "\n") {
		if c.code.Inside(strings.TrimLeft(line, " \t")) {
			c.add(line, line)
			continue
		}
		c.take(line)
	}
	c.finish()
	return c.parts
}

// loosely is an expression for a text, with any blanks where it has some.
func loosely(text string) string {
	return strings.ReplaceAll(regexp.QuoteMeta(text), " ", `\s*`)
}

func (c *cutter) take(line string) {
	label, rest, ok := c.begins(line)
	switch {
	case strings.Trim(line, ` \`) == "":
		line = "" // some sites write a blank line as a backslash
	case ok || c.timed:
		c.finish()
	}
	raw := line
	if ok {
		c.current, line = label, rest
	}
	if c.mark != nil {
		if m := c.mark.FindStringSubmatchIndex(line); m != nil {
			if at, _, zoneless, ok := cstate.Time(line[m[2]:m[3]], c.zone); ok {
				c.current.at, c.before, c.timed = at, at, true
				c.countZoneless(zoneless)
			}
			line = strings.TrimRight(line[:m[0]], " \t")
		}
	}
	c.add(line, raw)
}

func (c *cutter) add(line, raw string) {
	c.body, c.raw = append(c.body, line), append(c.raw, raw)
}

func (c *cutter) finish() {
	c.current.text, c.current.raw = trimmed(c.body), trimmed(c.raw)
	if c.current.text != "" || c.current.status != 0 || !c.current.at.IsZero() {
		c.parts = append(c.parts, c.current)
	}
	c.current, c.body, c.raw, c.timed = part{}, nil, nil, false
}

var ruleLine = regexp.MustCompile(`^\s{0,3}([-*_])([ \t]*[-*_]){2,}[ \t]*$`)

// trimmed joins lines, without the blank lines and rules at both ends.
func trimmed(lines []string) string {
	separates := func(line string) bool { return strings.TrimSpace(line) == "" || ruleLine.MatchString(line) }
	for len(lines) > 0 && separates(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && separates(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return strings.Join(lines, "\n")
}

var (
	headingLine = regexp.MustCompile(`^#{1,6}[ \t]+(.{1,120}?)[ \t]*#*$`)
	boldLine    = regexp.MustCompile(`^\s{0,3}(?:\*\*|__)([^*_\n]{1,120}?)(?:\*\*|__)[ \t]*([-–—:]*)[ \t]*(.*)$`)
	clockOnly   = regexp.MustCompile(`(?i)\b(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[ \t]*([ap])\.?m\b\.?)?(?:[ \t]*(UTC|GMT|Z)\b)?`)
)

// begins reports whether a line begins a part, and what of the line is text.
func (c *cutter) begins(line string) (p part, rest string, ok bool) {
	if c.updates.heading {
		if m := headingLine.FindStringSubmatch(line); m != nil {
			p, rest, ok = c.label(m[1])
			return p, rest, ok
		}
	}
	if c.updates.bold {
		if m := boldLine.FindStringSubmatch(line); m != nil {
			p, rest, ok = c.label(strings.TrimSuffix(strings.TrimSpace(m[1]), ":"))
			return p, strings.TrimSpace(rest + " " + m[3]), ok
		}
	}
	return p, "", false
}

// label reads a label: a time, a word for a status, or both. Other words beside
// a time stay in the text; if they are a sentence, it is no label.
func (c *cutter) label(text string) (p part, rest string, ok bool) {
	at, zoneless, start, end, timed := cstate.FindTime(text, c.zone)
	if !timed {
		at, start, end, timed = c.clock(text)
	}
	said := text
	if timed {
		said = text[:start] + text[end:]
		if outside := strings.TrimSpace(text[:start]) != "" && strings.TrimSpace(text[end:]) != ""; outside {
			return part{}, "", false
		}
	}
	said = strings.Trim(said, " \t-–—:,.()[]·|@")
	word, known := c.statusOf(said)
	if !known && (!timed || len(strings.Fields(said)) > maxLabel) {
		return part{}, "", false
	}
	if timed {
		p.at, c.before = at, at
		c.countZoneless(zoneless)
	}
	if p.status = word; !known && said != "" {
		rest = "**" + said + "**"
	}
	return p, rest, true
}

// maxLabel is the number of words beside a time that a label may have.
const maxLabel = 6

// clock finds a time of day. Its day is the one on which it is nearest to the
// time before it in the text, and not before the event began.
func (c *cutter) clock(text string) (at time.Time, start, end int, ok bool) {
	m := clockOnly.FindStringSubmatchIndex(text)
	if m == nil {
		return at, 0, 0, false
	}
	number := func(i int) int {
		if m[2*i] < 0 {
			return 0
		}
		n, _ := strconv.Atoi(text[m[2*i]:m[2*i+1]])
		return n
	}
	hour, zone := number(1), c.zone
	if m[8] >= 0 {
		hour %= 12
		if strings.EqualFold(text[m[8]:m[9]], "p") {
			hour += 12
		}
	}
	if m[10] >= 0 {
		zone = time.UTC
	}
	if hour > 23 || number(2) > 59 || number(3) > 59 {
		return at, 0, 0, false
	}
	day := c.before.In(zone)
	for n := -1; n <= 1; n++ {
		candidate := time.Date(day.Year(), day.Month(), day.Day()+n, hour, number(2), number(3), 0, zone)
		if !candidate.Before(c.begun.Truncate(time.Minute)) && (at.IsZero() || candidate.Sub(c.before).Abs() < at.Sub(c.before).Abs()) {
			at = candidate
		}
	}
	return at.UTC(), m[0], m[1], !at.IsZero()
}

// interimWords are labels of updates that keep the status.
var interimWords = []string{"update", "updated", "edit", "edited"}

// statusOf is the status that a label says; zero for an interim update.
func (s *site) statusOf(said string) (status.EventStatus, bool) {
	word := strings.ToLower(strings.TrimSpace(said))
	if meaning, ok := s.status.means[word]; ok {
		word = meaning
	}
	if known, ok := status.ParseEventStatus(status.Incident, word); ok {
		return known, true
	}
	return 0, slices.Contains(interimWords, strings.TrimRight(word, " 0123456789#"))
}

// dated puts parts into the order of time. A part without a time belongs to the
// one before it.
func dated(parts []part) []part {
	if rising, falling := turns(parts); falling > rising {
		slices.Reverse(parts)
	}
	kept := parts[:1:1]
	for _, p := range parts[1:] {
		if !p.at.IsZero() {
			kept = append(kept, p)
			continue
		}
		before := &kept[len(kept)-1]
		before.text = strings.Trim(before.text+"\n\n"+p.raw, "\n")
		if p.status != 0 && before.status == 0 && len(kept) > 1 {
			before.status = p.status
		}
	}
	slices.SortStableFunc(kept, func(a, b part) int { return a.at.Compare(b.at) })
	return kept
}

// turns counts how often a part is later, or earlier, than the one before it.
func turns(parts []part) (rising, falling int) {
	var before time.Time
	for _, p := range parts {
		if p.at.IsZero() {
			continue
		}
		if !before.IsZero() {
			switch p.at.Compare(before) {
			case 1:
				rising++
			case -1:
				falling++
			}
		}
		before = p.at
	}
	return rising, falling
}
