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

var cssImport = regexp.MustCompile(`(?i)@import`)

// cssAddress is the address of a host in a style sheet.
type cssAddress struct {
	at    int    // where url( or the quote before it is, in the decoded text
	isURL bool   // it is in url(), not only in quotes, as image-set() can have it
	text  string // the address, clean
}

// addresses finds every address of a host. It is no regular expression, since those
// take far longer for each of a million quotes.
func (p plainCSS) addresses() []cssAddress {
	var found []cssAddress
	for i := 0; i < len(p.text); i++ {
		a := cssAddress{at: i}
		switch c := p.text[i]; {
		case c == '"' || c == '\'':
		case (c == 'u' || c == 'U') && strings.EqualFold(p.text[i:min(i+4, len(p.text))], "url("):
			a.isURL = true
			i += 3
			if j := i + 1 + blanks(p.text[i+1:]); j < len(p.text) && (p.text[j] == '"' || p.text[j] == '\'') {
				i = j
			}
		default:
			continue
		}
		if a.text = addressIn(p.text[i+1:]); isForeign(a.text) {
			found = append(found, a)
		}
	}
	return found
}

// addressIn is the address that a text begins with; "" if it can't be that of a host,
// as nearly all can't.
func addressIn(text string) string {
	text = text[blanks(text):]
	if text == "" || strings.IndexByte(`/\hHwWfF`, text[0]) < 0 {
		return ""
	}
	if end := strings.IndexAny(text, `"'()`); end >= 0 {
		text = text[:end]
	}
	return cleanURL(text)
}

// blanks is how many blanks and control characters a text begins with, which browsers
// ignore before an address.
func blanks(text string) int {
	n := 0
	for n < len(text) && text[n] <= ' ' {
		n++
	}
	return n
}

// loads says what a style within a picture loads from elsewhere, or "".
func loads(css string) string {
	if !strings.ContainsAny(css, `@(\`) {
		return "" // as nearly every attribute
	}
	p := decodeCSS(css)
	if cssImport.MatchString(p.text) {
		return "imports a style sheet"
	}
	if found := p.addresses(); len(found) > 0 {
		return "names the address " + strconv.Quote(shown(found[0].text))
	}
	return ""
}
