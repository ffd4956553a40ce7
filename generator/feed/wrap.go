package feed

import (
	"strings"

	"allclear/generator/output"
	"allclear/generator/wrap"
)

// columns is the width of a terminal.
const columns = 80

// screen gathers lines for a terminal. No line is wider than columns, except an
// address of the site, which would lead nowhere in two pieces.
type screen struct{ strings.Builder }

// text writes wrapped lines of prose, with first before the first line and rest
// before all others. The lines of a list's item are indented below its dash.
func (s *screen) text(first, rest, text string) {
	indent := first
	for _, paragraph := range strings.Split(strings.Trim(harmless(text), "\n"), "\n") {
		hang := rest
		if strings.HasPrefix(paragraph, "- ") {
			hang += "  "
		}
		for _, l := range wrap.Lines(wrap.Segments(paragraph), columns-wrap.Columns(hang), wrap.Columns) {
			s.WriteString(strings.TrimRight(indent+l, " ") + "\n")
			indent = hang
		}
		indent = rest
	}
}

// heading writes the heading of a section.
func (s *screen) heading(text string) {
	s.WriteString("\n")
	s.text("", "", text)
}

// address writes a link in one piece, however long it is.
func (s *screen) address(indent, url string) { s.WriteString(indent + url + "\n") }

// harmless is prose without the characters that change the direction of the
// text after them, since wrapping separates them from those that end it. The
// marks that a right-to-left text needs stay.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, output.Prose(s))
}

// pad fills a text with spaces up to a width.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(width-wrap.Columns(text), 0))
}
