package feed

import (
	"strings"
	"unicode"
)

// prose is text of several lines without what is no text: control characters
// and noncharacters, which XML can't hold and terminals obey.
func prose(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == '\u2028', r == '\u2029', r == '\u0085':
			return '\n'
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), r == '\uFFFE', r == '\uFFFF':
			return -1
		}
		return r
	}, s)
}

// line is prose on one line, with single spaces.
func line(s string) string { return strings.Join(strings.Fields(prose(s)), " ") }
