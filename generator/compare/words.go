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

// maxTokens is how many words and signs, or blocks, are compared at most; the work
// grows with their square.
const maxTokens = 20_000

// words compares two texts word by word. Of very long ones each is one piece.
func words(before, after string) []piece {
	var pieces []piece
	for _, r := range runs(tokenize(before), tokenize(after), true) {
		pieces = append(pieces, piece{r.kind, strings.Join(r.tokens, "")})
	}
	return pieces
}

// run are tokens that are in both lists, or in one of them.
type run struct {
	kind   Kind // "" if they are in both
	tokens []string
}

// runs compares two lists. tidy joins small differences to larger ones, as people
// read them. Of very long lists each is one run.
func runs(before, after []string, tidy bool) []run {
	if len(before)+len(after) > maxTokens {
		return []run{{Removed, before}, {Added, after}}
	}
	ids := map[string]rune{}
	var tokens []string
	encode := func(list []string) []rune {
		var runes []rune
		for _, token := range list {
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
	differences := differ.DiffMainRunes(encode(before), encode(after), false)
	if tidy {
		differences = differ.DiffCleanupSemantic(differences)
	}
	var all []run
	for _, d := range differences {
		var r run
		for _, id := range d.Text {
			if id >= 0xE000 {
				id -= 0x800
			}
			r.tokens = append(r.tokens, tokens[id-1])
		}
		switch d.Type {
		case diffmatchpatch.DiffInsert:
			r.kind = Added
		case diffmatchpatch.DiffDelete:
			r.kind = Removed
		}
		all = append(all, r)
	}
	return all
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
