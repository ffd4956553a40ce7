package feed

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// columns is how wide a terminal is taken to be.
const columns = 80

// screen gathers lines for a terminal. No line is wider than columns, measured
// as terminals draw text (an East Asian letter takes two), but for an address
// of the site, which would lead nowhere in two pieces.
type screen struct{ strings.Builder }

// text writes lines of prose, wrapped: first stands before the first line,
// rest before all others. An item of a list hangs from its dash.
func (s *screen) text(first, rest, text string) {
	indent := first
	for _, paragraph := range strings.Split(strings.Trim(harmless(text), "\n"), "\n") {
		hang := rest
		if strings.HasPrefix(paragraph, "- ") {
			hang += "  "
		}
		for _, l := range wrap(paragraph, columns-uniseg.StringWidth(hang)) {
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

// address writes a link, in one piece however long it is.
func (s *screen) address(indent, url string) { s.WriteString(indent + url + "\n") }

// harmless is prose without the characters that turn the direction of what
// follows them: an editor's balance of them is lost where lines are wrapped.
// The marks that a right-to-left text needs stay.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, prose(s))
}

// wrap breaks one line of text where Unicode allows it (UAX #14), and within a
// word only if that is wider than a line. It gives one line at least.
func wrap(text string, width int) []string {
	var lines []string
	var current strings.Builder
	used := 0
	end := func() {
		lines = append(lines, current.String())
		current.Reset()
		used = 0
	}
	put := func(piece string) {
		if used+drawn(piece) > width && used > 0 {
			end()
		}
		current.WriteString(piece)
		used += uniseg.StringWidth(piece)
	}
	state := -1
	for text != "" {
		var piece string
		piece, text, _, state = uniseg.FirstLineSegmentInString(text, state)
		if drawn(piece) <= width {
			put(piece)
			continue
		}
		clusters := uniseg.NewGraphemes(piece)
		for clusters.Next() {
			put(clusters.Str())
		}
	}
	end()
	return lines
}

// drawn is the width of a piece at the end of a line, where the space after it
// does not count.
func drawn(piece string) int {
	return uniseg.StringWidth(strings.TrimRightFunc(piece, unicode.IsSpace))
}

// pad fills a text with spaces up to a width.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(width-uniseg.StringWidth(text), 0))
}
