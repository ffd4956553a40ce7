// Package prose reads the words of an update and finds what its writer would not
// want to be published: what was left in, what is not for the public, a promise
// of an end, and words for a time that readers can't place. It knows neither
// events nor the clock: its caller decides which texts are worth reading.
package prose

import (
	"bytes"
	"regexp"
	"strings"
	"time"

	"allclear/generator/diag"
)

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }

var rules diag.Rules

// Finding is one place in a text.
type Finding struct {
	Offset        int // in bytes from the start of the text
	Rule          *diag.Rule
	Message, Hint string
}

// Context is what a text is part of.
type Context struct {
	Language string    // of the words for days; "" for English
	At       time.Time // of the update, in the zone of the site
	Incident bool      // an end may be promised only by a maintenance
}

// Read finds what is wrong with the Markdown of an update: of each rule the first
// place.
func Read(markdown []byte, c Context) []Finding {
	r := reader{Context: c, seen: map[*diag.Rule]bool{}, zoned: zoneNamed.Match(markdown)}
	fence := []byte(nil)
	offset := 0
	for line := range bytes.Lines(markdown) {
		trimmed := bytes.TrimSpace(line)
		mark := fenceMark.Find(trimmed)
		switch {
		case fence == nil && mark != nil:
			fence = mark
		case fence != nil && bytes.HasPrefix(trimmed, fence):
			fence = nil
		default:
			indented := bytes.HasPrefix(line, []byte("    ")) || bytes.HasPrefix(line, []byte("\t"))
			r.line(string(line), offset, fence != nil || indented)
		}
		offset += len(line)
	}
	return r.found
}

var (
	fenceMark = regexp.MustCompile("^(?:```+|~~~+)")
	zoneNamed = regexp.MustCompile(`\b(?:UTC|GMT|CES?T|MES?Z|BST|WES?T|EES?T|[ECMP][SD]?T|IST|JST|AE[SD]T|SGT|Eastern|Pacific)\b`)
)

// reader reads the lines of one text.
type reader struct {
	Context
	seen  map[*diag.Rule]bool
	zoned bool // the text names a zone, so readers know in which its times are
	found []Finding
}

// maxLine is the length of a line, in bytes, up to which it is read.
const maxLine = 4000

// line reads one line. In code only what is secret or private matters.
func (r *reader) line(line string, offset int, code bool) {
	line = line[:min(len(line), maxLine)]
	r.secrets(line, offset)
	r.private(line, offset)
	if code {
		return
	}
	r.foreignLinks(withoutCode(line), offset)
	words := withoutAddresses(withoutCode(line))
	r.leftIn(words, offset)
	words = r.promises(words, offset)
	r.days(words, offset)
	r.times(words, offset)
}

func (r *reader) report(rule *diag.Rule, offset int, message, hint string) {
	if !r.seen[rule] {
		r.seen[rule] = true
		r.found = append(r.found, Finding{offset, rule, message, hint})
	}
}

// first reports the first match of a pattern.
func (r *reader) first(pattern *regexp.Regexp, line string, offset int, rule *diag.Rule, message, hint string) {
	if at := pattern.FindStringIndex(line); at != nil {
		found := strings.TrimSpace(line[at[0]:at[1]])
		r.report(rule, offset+at[0], strings.ReplaceAll(message, "%", diag.Short(found)), hint)
	}
}

var (
	codeSpan = regexp.MustCompile("`[^`]*`")
	address  = regexp.MustCompile(`\]\([^)\s]*\)|<?https?://[^\s>)]*>?|www\.[^\s>)]*`)
)

// withoutCode replaces code in a line by blanks, and withoutAddresses addresses.
func withoutCode(line string) string      { return blanked(codeSpan, line) }
func withoutAddresses(line string) string { return blanked(address, line) }

func blanked(pattern *regexp.Regexp, line string) string {
	return pattern.ReplaceAllStringFunc(line, func(part string) string { return strings.Repeat(" ", len(part)) })
}
