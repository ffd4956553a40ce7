package markup

import (
	"regexp"
	"strings"

	"allclear/generator/compose"
)

var lineEnds = regexp.MustCompile(`[ \t]*[\n\t]\s*`)

// OneLine is a text on one line, without the characters that no file may have.
func OneLine(text string) string {
	return strings.TrimSpace(lineEnds.ReplaceAllString(compose.Clean(text), " "))
}

// Short is a text on one line, cut to 60 characters, to be quoted in a note.
func Short(text string) string {
	text = OneLine(text)
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}
