package compare

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// piece is a run of words that is in both texts, or in one of them.
type piece struct {
	kind Kind // "" if it is in both
	text string
}

// maxTokens is how many words and signs are compared at most; the work grows with
// their square.
const maxTokens = 20_000

// words compares two texts word by word. Of very long ones each is one piece.
func words(before, after string) []piece {
	if len(tokenize(before))+len(tokenize(after)) > maxTokens {
		return []piece{{Removed, before}, {Added, after}}
	}
	ids := map[string]rune{}
	var tokens []string
	encode := func(text string) []rune {
		var runes []rune
		for _, token := range tokenize(text) {
			id, known := ids[token]
			if !known {
				id = rune(len(tokens) + 1)
				if id >= 0xD800 {
					id += 0x800 // past the surrogates, which are no characters
				}
				ids[token] = id
				tokens = append(tokens, token)
			}
			runes = append(runes, id)
		}
		return runes
	}
	differ := diffmatchpatch.New()
	differ.DiffTimeout = 0 // the result must not depend on the machine
	var pieces []piece
	for _, d := range differ.DiffCleanupSemantic(differ.DiffMainRunes(encode(before), encode(after), false)) {
		var text strings.Builder
		for _, id := range d.Text {
			if id >= 0xE000 {
				id -= 0x800
			}
			text.WriteString(tokens[id-1])
		}
		p := piece{text: text.String()}
		switch d.Type {
		case diffmatchpatch.DiffInsert:
			p.kind = Added
		case diffmatchpatch.DiffDelete:
			p.kind = Removed
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// tokenize splits a text into words and what is between them.
func tokenize(text string) []string {
	var tokens []string
	begin, word := 0, false
	for i, r := range text {
		is := unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
		if i > begin && (is != word || !is) {
			tokens = append(tokens, text[begin:i])
			begin = i
		}
		word = is
	}
	if begin < len(text) {
		tokens = append(tokens, text[begin:])
	}
	return tokens
}

var (
	blockEnd = regexp.MustCompile(`(?i)</(p|li|h[1-6]|pre|blockquote|tr|table|ul|ol)>|<(br|hr)\s*/?>`)
	listItem = regexp.MustCompile(`(?i)<li[^>]*>`)
	tag      = regexp.MustCompile(`<[^>]*>`)
	lines    = regexp.MustCompile(`\s*\n\s*`)
)

// plain is the text of the HTML of a feed's entry, which this program has written.
func plain(markup string) string {
	text := listItem.ReplaceAllString(markup, "- ")
	text = blockEnd.ReplaceAllString(text, "\n")
	text = html.UnescapeString(tag.ReplaceAllString(text, ""))
	return strings.TrimSpace(lines.ReplaceAllString(text, "\n"))
}
