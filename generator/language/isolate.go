package language

import (
	"strings"

	"golang.org/x/text/unicode/bidi"
)

// These are the first strong isolate and its end,
// https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
const (
	isolateStart = "\u2068"
	isolateEnd   = "\u2069"

	leftToRightMark = '\u200e' // keeps a sign in its place, as in a percentage
)

// isolate keeps a text that reads from left to right apart from the sentence
// around it, where that reads from right to left: else a name such as "API (EU)"
// or the zone after a time would take the words beside it along. A text whose
// parts are apart already stays as it is.
func (f *facts) isolate(text string) string {
	if !f.rightToLeft || !readsFromLeft(text) {
		return text
	}
	return isolateStart + text + isolateEnd
}

// readsFromLeft reports whether a text has a letter of a script that is written
// from left to right, outside of isolates.
func readsFromLeft(text string) bool {
	depth := 0
	for _, r := range text {
		switch class := classOf(r); {
		case class == bidi.FSI || class == bidi.LRI || class == bidi.RLI:
			depth++
		case class == bidi.PDI && depth > 0:
			depth--
		case class == bidi.L && r != leftToRightMark && depth == 0:
			return true
		}
	}
	return false
}

func classOf(r rune) bidi.Class {
	properties, _ := bidi.LookupRune(r)
	return properties.Class()
}

// WithoutIsolates is a text without the marks that keep its parts apart.
func WithoutIsolates(text string) string {
	return strings.NewReplacer(isolateStart, "", isolateEnd, "").Replace(text)
}
