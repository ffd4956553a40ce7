package markup

import (
	"regexp"
	"strings"

	"allclear/generator/compose"
	"allclear/generator/diag"
)

var lineEnds = regexp.MustCompile(`[ \t]*[\n\t]\s*`)

// OneLine is a text on one line, without the characters that no file may have.
func OneLine(text string) string {
	return strings.TrimSpace(lineEnds.ReplaceAllString(compose.Clean(text), " "))
}

// Short is a text on one line, cut to 60 characters, to be quoted in a note.
func Short(text string) string { return diag.Short(OneLine(text)) }

// Note is told, as a format and its arguments, about something that is left out
// or changed.
type Note = func(format string, args ...any)
