package compare

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// pageText is what a person can read on a page. It is read from the HTML of any
// theme, so nothing is taken for granted about its elements and classes.
type pageText struct {
	blocks []string // paragraphs, headings, cells and the like, in their order, without markup
	links  []string // where its links lead: from the root of the site, or absolute
	later  []string // blocks that the clock will show
}

// inline are the elements that do not end a paragraph.
var inline = set("a", "abbr", "b", "bdi", "bdo", "button", "circle", "cite", "code", "data", "del", "dfn", "em", "g", "i", "img", "ins", "kbd", "label",
	"line", "mark", "path", "polyline", "q", "rect", "s", "samp", "small", "span", "strong", "sub", "sup", "svg", "time", "u", "use", "var", "wbr")

// spoken are the attributes whose value a person reads or hears.
var spoken = set("alt", "aria-label", "placeholder", "title")

func set(names ...string) map[string]bool {
	all := make(map[string]bool, len(names))
	for _, name := range names {
		all[name] = true
	}
	return all
}

// pageReader reads a page from its start to its end.
type pageReader struct {
	pageText
	base      *url.URL
	block     strings.Builder
	templates int // that are open; the clock will show what is in them
}

// readPage reads the HTML of the page at an address from the root.
func readPage(markup, address string) pageText {
	r := &pageReader{base: &url.URL{Path: address}}
	for markup != "" {
		text, after, found := strings.Cut(markup, "<")
		r.block.WriteString(html.UnescapeString(text))
		switch {
		case !found:
			markup = ""
		case strings.HasPrefix(after, "!--"):
			_, markup, _ = strings.Cut(after, "-->")
		case after == "" || !strings.ContainsRune("/!?", rune(after[0])) && !unicode.IsLetter(rune(after[0])):
			r.block.WriteByte('<')
			markup = after
		default:
			end := tagEnd(after)
			markup = r.tag(after[:end], after[min(end+1, len(after)):])
		}
	}
	r.flush()
	return r.pageText
}

// tagEnd is the place of the > that ends a tag.
func tagEnd(text string) int {
	quote := byte(0)
	for i := range len(text) {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return len(text)
}

var (
	tagName   = regexp.MustCompile(`^/?[A-Za-z][A-Za-z0-9-]*`)
	attribute = regexp.MustCompile(`([A-Za-z][A-Za-z0-9:-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)`)
)

// tag reads a tag, and returns the rest of the page after it.
func (r *pageReader) tag(tag, rest string) string {
	name := strings.ToLower(tagName.FindString(tag))
	element, closes := strings.CutPrefix(name, "/")
	if !inline[element] {
		r.flush()
	}
	switch {
	case element == "template" && closes:
		r.templates = max(r.templates-1, 0)
	case element == "template":
		r.templates++
	case (element == "script" || element == "style") && !closes:
		if i := strings.Index(strings.ToLower(rest), "</"+element); i >= 0 {
			return rest[i:]
		}
		return ""
	case !closes:
		r.attributes(element, tag)
	}
	return rest
}

func (r *pageReader) attributes(element, tag string) {
	values := map[string]string{}
	for _, m := range attribute.FindAllStringSubmatch(tag, -1) {
		value := html.UnescapeString(strings.Trim(m[2], `"'`))
		name := strings.ToLower(m[1])
		values[name] = value
		if spoken[name] && element != "link" {
			r.block.WriteString(" " + value + " ")
		}
	}
	if element == "meta" && values["name"] == "description" {
		r.block.WriteString(values["content"])
		r.flush()
	}
	if link, err := r.base.Parse(values["href"]); element == "a" && err == nil && values["href"] != "" && r.templates == 0 {
		r.links = append(r.links, link.String())
	}
}

// flush ends a block.
func (r *pageReader) flush() {
	text := strings.Join(strings.Fields(r.block.String()), " ")
	r.block.Reset()
	switch {
	case text == "":
	case r.templates > 0:
		r.later = append(r.later, text)
	default:
		r.blocks = append(r.blocks, text)
	}
}
