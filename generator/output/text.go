package output

import (
	"strings"
	"unicode"
)

// Prose is text of several lines, without the control characters and
// noncharacters that XML can't hold and that terminals obey.
func Prose(s string) string {
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

// Line is Prose on one line, with single spaces.
func Line(s string) string { return strings.Join(strings.Fields(Prose(s)), " ") }
