package active

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// plainCSS is a style sheet with its escapes decoded, so that \75rl( is url(, and
// the offset in the original of each byte.
type plainCSS struct {
	text    string
	offsets []int
}

// decodeCSS decodes escapes wherever they are: inside of words they hide nothing then.
// https://drafts.csswg.org/css-syntax/#consume-escaped-code-point
func decodeCSS(css string) plainCSS {
	if !strings.Contains(css, `\`) {
		return plainCSS{text: css}
	}
	p := plainCSS{}
	var b strings.Builder
	for i := 0; i < len(css); {
		text, size := css[i:i+1], 1
		if css[i] == '\\' {
			text, size = escape(css[i:])
		}
		for range len(text) {
			p.offsets = append(p.offsets, i)
		}
		b.WriteString(text)
		i += size
	}
	p.text = b.String()
	return p
}

// escape decodes the escape at the beginning of a text, and returns its length.
func escape(css string) (text string, size int) {
	digits := 0
	for digits < 6 && 1+digits < len(css) && strings.IndexByte("0123456789abcdefABCDEF", css[1+digits]) >= 0 {
		digits++
	}
	if digits == 0 {
		_, size := utf8.DecodeRuneInString(css[1:])
		return strings.Trim(css[1:1+size], "\r\n\f"), 1 + size // an escaped line end is nothing
	}
	code, err := strconv.ParseUint(css[1:1+digits], 16, 32)
	if err != nil {
		return "", 1 + digits
	}
	size = 1 + digits
	if size < len(css) && strings.IndexByte(" \t\n\r\f", css[size]) >= 0 {
		size++
	}
	return string(rune(code)), size
}

func (p plainCSS) offset(at int) int {
	if p.offsets == nil {
		return at
	}
	return p.offsets[at]
}

var (
	cssImport = regexp.MustCompile(`(?i)@import`)

	// cssAddress matches what is before each address: url( and perhaps a quote, or a
	// quote alone, which is how image-set() and @import can have it.
	cssAddress = regexp.MustCompile(`(?i)url\(\s*["']?|["']`)
)

// loads says what a style within a picture loads from elsewhere, or "".
func loads(css string) string {
	if !strings.ContainsAny(css, `@(\`) {
		return "" // as nearly every attribute
	}
	p := decodeCSS(css)
	if cssImport.MatchString(p.text) {
		return "imports a style sheet"
	}
	for _, at := range cssAddress.FindAllStringIndex(p.text, -1) {
		if address := p.address(at[1]); isForeign(address) {
			return "names the address " + strconv.Quote(shown(address))
		}
	}
	return ""
}

// address is the address that begins at an offset of the text.
func (p plainCSS) address(at int) string {
	const most = 2000
	rest := p.text[at:min(len(p.text), at+most)]
	if end := strings.IndexAny(rest, `"')`); end >= 0 {
		rest = rest[:end]
	}
	return cleanURL(rest)
}
