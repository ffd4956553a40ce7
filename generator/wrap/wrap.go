// Package wrap breaks a text into lines and cuts it short. How wide a text is,
// the caller says by a function: columns of a terminal, pixels of a font. It
// never splits what readers see as one character.
package wrap

import (
	"iter"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// Words is a text in pieces that end at blanks, each with one space.
func Words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for word := range strings.FieldsSeq(text) {
			if !yield(word + " ") {
				return
			}
		}
	}
}

// Segments is a text in pieces that end wherever Unicode allows a line to end
// (UAX #14).
func Segments(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for piece, state := "", -1; text != ""; {
			piece, text, _, state = uniseg.FirstLineSegmentInString(text, state)
			if !yield(piece) {
				return
			}
		}
	}
}

// Lines joins pieces of text into lines of at most a width, and returns at least
// one line. It splits a piece only if that is wider than a line, and drops
// blanks at the end of a line.
func Lines(pieces iter.Seq[string], width int, measure func(string) int) []string {
	var lines []string
	line := ""
	end := func() { lines = append(lines, trim(line)) }
	for piece := range pieces {
		if measure(trim(line+piece)) <= width {
			line += piece
			continue
		}
		if line != "" {
			end()
		}
		for line = piece; ; {
			head := Cut(trim(line), width, measure)
			rest := line[len(head):]
			if trim(rest) == "" {
				break
			}
			lines, line = append(lines, head), rest
		}
	}
	end()
	return lines
}

// Cut is as much of the beginning of a text as fits into a width, at least one
// character.
func Cut(text string, width int, measure func(string) int) string {
	end := 0
	for clusters := uniseg.NewGraphemes(text); clusters.Next(); {
		_, next := clusters.Positions()
		if end > 0 && measure(text[:next]) > width {
			break
		}
		end = next
	}
	return text[:end]
}

// Columns is how many columns of a terminal a text takes; an East Asian letter
// takes two.
func Columns(text string) int { return uniseg.StringWidth(text) }

func trim(s string) string { return strings.TrimRightFunc(s, unicode.IsSpace) }
