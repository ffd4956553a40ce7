package markup

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	dom "golang.org/x/net/html"

	"allclear/generator/compose"
)

const maxHTML = 256 << 10 // bytes of a text that is read as HTML; an update has 64 KiB at most

var (
	tag      = regexp.MustCompile(`<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*|/)?)>`)
	comment  = regexp.MustCompile(`(?s)<!--.*?-->`)
	lineTag  = regexp.MustCompile(`(?i)[ \t]*<br\s*/?>[ \t]*\n?`)
	breaks   = regexp.MustCompile(`(<br>\s*){2,}`)
	blockTag = regexp.MustCompile(`(?i)\s*</?p\s*>\s*`)
)

// elements are those of HTML that a text may have. Anything else between < and
// > is text, such as <ID> or <repo.example.org>.
var elements = strings.Fields(`a abbr acronym address article aside b bdi bdo big blockquote br button caption center cite code col colgroup
 dd del details dfn div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd label
 li link main mark meta nav noscript object ol p pre q s samp script section select small source span strike strong style sub summary sup svg
 table tbody td template textarea tfoot th thead time title tr tt u ul var video wbr`)

// blocks are the elements between which line ends count as blanks.
var blocks = strings.Fields("blockquote div dl figure h1 h2 h3 h4 h5 h6 hr ol p pre section table ul article details")

// dropped are the elements whose content no page shows as text.
var dropped = strings.Fields("script style iframe object embed noscript template svg video select textarea button input form link meta title")

func isElement(name string) bool { return slices.Contains(elements, strings.ToLower(name)) }

// hasElement reports whether a text has a tag of one of the elements.
func hasElement(text string, of []string) bool {
	return slices.ContainsFunc(tag.FindAllStringSubmatch(text, -1), func(m []string) bool {
		return slices.Contains(of, strings.ToLower(m[2]))
	})
}

// FromHTML writes a text that may have HTML as the Markdown of an update. Line
// ends stay line ends, as its page showed them. Links without a host are
// resolved against base. It calls note for everything that it leaves out or
// changes.
func FromHTML(body, base string, note Note) string {
	body = WithoutComments(strings.TrimSpace(compose.Clean(body)))
	simple := lineTag.ReplaceAllString(blockTag.ReplaceAllString(body, "\n\n"), "\n")
	if len(body) > maxHTML || !hasElement(simple, elements) {
		return bounded(fromPlain(html.UnescapeString(simple)), note)
	}
	root, err := parseHTML(body, base, note)
	if err == nil {
		var markdown string
		if markdown, err = convert(root); err == nil {
			if repaired, ok := repair(markdown, note); ok {
				return bounded(repaired, note)
			}
		}
	}
	return plainText(html.UnescapeString(tag.ReplaceAllString(simple, "")), note)
}

// WithoutComments leaves out the comments of HTML.
func WithoutComments(text string) string {
	if !strings.Contains(text, "<!--") {
		return text
	}
	return comment.ReplaceAllString(text, "")
}

// parseHTML reads a text's HTML, without the parts that an update can't have.
func parseHTML(body, base string, note Note) (*dom.Node, error) {
	body = tag.ReplaceAllStringFunc(body, func(t string) string {
		if isElement(tag.FindStringSubmatch(t)[2]) {
			return t
		}
		return html.EscapeString(t)
	})
	if !hasElement(body, blocks) {
		body = strings.ReplaceAll(lineTag.ReplaceAllString(body, "\n"), "\n", "<br>")
		body = "<p>" + breaks.ReplaceAllString(body, "</p><p>") + "</p>"
	}
	root, err := dom.Parse(strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	address, _ := url.Parse(base)
	purify(root, address, note)
	return root, nil
}

// purify drops elements that are not text, turns pictures into links, and moves
// headings below the update's own.
func purify(n *dom.Node, base *url.URL, note Note) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == dom.ElementNode {
			switch {
			case slices.Contains(dropped, c.Data):
				note("a <%s> is left out", c.Data)
				n.RemoveChild(c)
			case c.Data == "a":
				linkTo(c, attributeOf(c, "href"), base, note)
			case c.Data == "img":
				pictureLink(c, base, note)
			case c.Data == "h1" || c.Data == "h2":
				c.Data = "h3"
			}
		}
		purify(c, base, note)
		c = next
	}
}

func attributeOf(n *dom.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// linkTo makes an element a link to an address, or a span if no page may link
// to that address.
func linkTo(n *dom.Node, address string, base *url.URL, note Note) {
	u, err := url.Parse(address)
	if err == nil && base != nil && base.IsAbs() {
		u = base.ResolveReference(u)
	}
	title := attributeOf(n, "title")
	n.Attr = nil
	if err != nil || u.Scheme != "mailto" && (u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil) {
		n.Data, n.DataAtom = "span", 0
		if address != "" {
			note("the link to %q is left out, its text stays", Short(address))
		}
		return
	}
	n.Data = "a"
	n.Attr = append(n.Attr, dom.Attribute{Key: "href", Val: u.String()})
	if title != "" {
		n.Attr = append(n.Attr, dom.Attribute{Key: "title", Val: title})
	}
}

// pictureLink replaces a picture by a link to it.
func pictureLink(n *dom.Node, base *url.URL, note Note) {
	address, words := attributeOf(n, "src"), attributeOf(n, "alt")
	if words == "" {
		words = "picture"
	}
	n.AppendChild(&dom.Node{Type: dom.TextNode, Data: words})
	n.DataAtom = 0
	linkTo(n, address, base, note)
	note("the picture %q becomes a link", Short(address))
}

// convert writes HTML as Markdown. It recovers from a panic of the library,
// since the HTML is untrusted.
func convert(root *dom.Node) (markdown string, err error) {
	defer func() {
		if value := recover(); value != nil {
			err = fmt.Errorf("the HTML can't be read: %v", value)
		}
	}()
	c := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false)),
		strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(),
	))
	written, err := c.ConvertNode(root)
	return hardBreaks(string(written)), err
}

// hardBreaks writes a line break as a backslash, since editors remove blanks at
// the end of a line.
func hardBreaks(markdown string) string {
	return hardBreak.ReplaceAllString(markdown, "$1\\\n$2")
}

var hardBreak = regexp.MustCompile(`(\S)  \n([ \t]*\S)`)

// bounded cuts Markdown to a size that an update may have.
func bounded(markdown string, note Note) string {
	const most = 63 << 10
	if len(markdown) <= most {
		return markdown
	}
	note("it is %d KiB long, and is cut to 63 KiB", len(markdown)>>10)
	cut := strings.LastIndex(markdown[:most], "\n\n")
	if cut < most/2 {
		cut = most
	}
	head := strings.ToValidUTF8(markdown[:cut], "")
	if repaired, ok := repair(head, func(string, ...any) {}); ok {
		return repaired
	}
	return fromPlain(head[:len(head)/2])
}
