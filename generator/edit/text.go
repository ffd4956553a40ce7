package edit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"allclear/generator/compose"
)

// clean is a text as a content file has it. What can't be in such a file, and is more
// than a sign that no editor shows, is an error: without it the text may say another
// thing.
func clean(what, text string) (string, error) {
	if !utf8.ValidString(text) {
		return "", problem("save it in UTF-8", "the %s is not in UTF-8", what)
	}
	for _, r := range text {
		if unicode.IsControl(r) && !strings.ContainsRune("\t\n\r\f\v\u0085", r) {
			return "", problem("leave it out; no content file may have one", "the %s has the control character %U", what, r)
		}
	}
	return strings.TrimSpace(compose.Clean(text)), nil
}

var errNoText = problem("write it with -m, -F, or - for standard input", "the text is missing")
