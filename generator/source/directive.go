package source

import (
	"bytes"
	"slices"
	"strings"
)

// Disabled is a line of a file for which a comment on the line above switches
// some warnings off:
//
//	<!-- allclear-disable-next-line relative-day, eta-in-text -->
//	# allclear-disable-next-line title-cut
type Disabled struct {
	Line  int
	Codes []string
}

const directive = "allclear-disable-next-line"

var directiveLine = pattern(`^[ \t]*(?:<!--|#)[ \t]*` + directive + `[ \t:]+([a-z0-9, \t-]*?)[ \t]*(?:-->)?[ \t]*$`)

// disabled lists the lines below such comments.
func (f *File) disabled() []Disabled {
	if !bytes.Contains(f.text, []byte(directive)) {
		return nil
	}
	var all []Disabled
	var codes []string
	for n := 1; n <= len(f.lines); n++ {
		if m := directiveLine().FindStringSubmatch(f.Line(n)); m != nil {
			codes = append(codes, strings.FieldsFunc(m[1], func(r rune) bool { return strings.ContainsRune(", \t", r) })...)
			continue
		}
		if len(codes) > 0 {
			all = append(all, Disabled{Line: n, Codes: codes})
			codes = nil
		}
	}
	return all
}

// WithoutDirectives is a text without the lines of such comments, which no reader
// sees; original converts an offset in the result to one in the text.
func WithoutDirectives(text []byte) (kept []byte, original func(int) int) {
	same := func(offset int) int { return offset }
	if !bytes.Contains(text, []byte(directive)) {
		return text, same
	}
	type removal struct{ at, length int } // at an offset in the result
	var removed []removal
	for line := range bytes.Lines(text) {
		if directiveLine().Match(bytes.TrimRight(line, "\n")) {
			removed = append(removed, removal{len(kept), len(line)})
		} else {
			kept = append(kept, line...)
		}
	}
	return kept, func(offset int) int {
		before := offset
		for _, r := range removed {
			if r.at <= before {
				offset += r.length
			}
		}
		return offset
	}
}

// Disables reports whether warnings of a code are switched off in a line.
func Disables(all []Disabled, line int, code string) bool {
	return slices.ContainsFunc(all, func(d Disabled) bool { return d.Line == line && slices.Contains(d.Codes, code) })
}
