package oracle

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Page is an HTML page as it was parsed.
type Page struct {
	Path string // of the file
	Root *html.Node
	Main *html.Node // the main landmark, else the body
}

// page parses a page of the site, nil if there is none.
func (b *Build) page(name string) *Page {
	if p, ok := b.pages[name]; ok {
		return p
	}
	text, ok := b.Files[name]
	if !ok {
		return nil
	}
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		panic(err)
	}
	p := newPage(name, root)
	b.pages[name] = p
	return p
}

func newPage(name string, root *html.Node) *Page {
	p := &Page{Path: name, Root: root}
	if p.Main = first(root, func(n *html.Node) bool { return n.DataAtom == atom.Main }); p.Main == nil {
		p.Main = first(root, func(n *html.Node) bool { return n.DataAtom == atom.Body })
	}
	return p
}

// htmlPaths lists the pages of the site in one language, "" being the one at
// the root, without those of aliases.
func (b *Build) htmlPaths() []string {
	var paths []string
	for name := range b.Files {
		if strings.HasSuffix(name, ".html") {
			paths = append(paths, name)
		}
	}
	slices.Sort(paths)
	return paths
}

// shown walks all that a person can see or hear of a node, in the order of the
// document. What a template holds is not there yet.
func shown(n *html.Node, visit func(*html.Node) (into bool)) {
	switch n.DataAtom {
	case atom.Template, atom.Script, atom.Style, atom.Head:
		return
	}
	if !visit(n) {
		return
	}
	for child := range n.ChildNodes() {
		shown(child, visit)
	}
}

// first is the first node that a person can see of which something holds.
func first(n *html.Node, is func(*html.Node) bool) *html.Node {
	var found *html.Node
	shown(n, func(n *html.Node) bool {
		if found == nil && is(n) {
			found = n
		}
		return found == nil
	})
	return found
}

// every lists the nodes that a person can see of which something holds.
func every(n *html.Node, is func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	shown(n, func(n *html.Node) bool {
		if is(n) {
			found = append(found, n)
		}
		return true
	})
	return found
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// blocks end a word: their text and what follows are read apart.
var blocks = []atom.Atom{
	atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Tr, atom.Td, atom.Th,
	atom.Section, atom.Article, atom.Summary, atom.Details, atom.Dt, atom.Dd, atom.Nav, atom.Header, atom.Span, atom.Svg, atom.Br,
}

var spaces = regexp.MustCompile(`\s+`)

// words is the text of a node as it is read, on one line.
func words(n *html.Node) string {
	var b strings.Builder
	shown(n, func(n *html.Node) bool {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.DataAtom == atom.Svg {
			return false // its title is read by title
		}
		if n.Type == html.ElementNode && slices.Contains(blocks, n.DataAtom) {
			b.WriteString(" ")
		}
		return true
	})
	return strings.TrimSpace(spaces.ReplaceAllString(b.String(), " "))
}

// level is that of a heading, 0 for any other node.
func level(n *html.Node) int {
	if n.Type == html.ElementNode && len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
		return int(n.Data[1] - '0')
	}
	return 0
}

// target is where a link of a page leads, as a path below the root of the site
// with its fragment; "" for one that leads elsewhere.
func (b *Build) target(page string, href string) string {
	if rest, ok := strings.CutPrefix(href, b.Content.URL); ok && (rest == "" || rest[0] == '/') {
		return strings.TrimPrefix(rest, "/")
	}
	if strings.Contains(href, ":") || strings.HasPrefix(href, "//") {
		return ""
	}
	href, fragment, hasFragment := strings.Cut(href, "#")
	to := path.Join(path.Dir(page), href)
	if strings.HasPrefix(href, "/") {
		to = strings.TrimPrefix(href, "/")
	}
	switch {
	case href == "":
		to = strings.TrimSuffix(page, "index.html")
	case to == ".":
		to = ""
	case strings.HasSuffix(href, "/") && !strings.HasSuffix(to, "/"):
		to += "/"
	}
	if hasFragment {
		to += "#" + fragment
	}
	return to
}

// has reports whether the site has what a path, as target returns it, leads to.
func (b *Build) has(to string) bool {
	to, fragment, _ := strings.Cut(to, "#")
	name := to
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if _, ok := b.Files[name]; !ok {
		return false
	}
	if fragment == "" {
		return true
	}
	p := b.page(name)
	return first(p.Root, func(n *html.Node) bool { return attribute(n, "id") == fragment }) != nil
}
