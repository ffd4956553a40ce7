package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// newHTML is goldmark's HTML renderer, except for what could be dangerous or
// inaccessible: links, pictures, raw HTML, task boxes, and the alignment of a
// table's cells. Links on the site begin with root, which ends with a slash.
func newHTML(root string) renderer.Renderer {
	return renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(ownHTML{root}, 100),
		util.Prioritized(extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(html.NewRenderer(html.WithWriter(wordsWriter{html.DefaultWriter})), 1000),
	))
}

// wordsWriter writes text without escapes, entities and characters of HTML
// directly, which is faster than goldmark's search for them.
type wordsWriter struct{ html.Writer }

func (w wordsWriter) Write(to util.BufWriter, source []byte) {
	for _, c := range source {
		if meaningful[c] {
			w.Writer.Write(to, source)
			return
		}
	}
	_, _ = to.Write(source)
}

// meaningful are the bytes that mean something in text of Markdown or HTML.
var meaningful = [256]bool{'\\': true, '&': true, '<': true, '>': true, '"': true, 0: true}

type ownHTML struct{ root string }

// linksOf are the links of the update that is being written.
func linksOf(w util.BufWriter) links { return w.(*buffer).links }

// RegisterFuncs implements goldmark's renderer.NodeRenderer.
func (h ownHTML) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindLink, h.link)
	r.Register(ast.KindAutoLink, h.autoLink)
	r.Register(ast.KindImage, h.image)
	r.Register(ast.KindHTMLBlock, h.htmlBlock)
	r.Register(ast.KindRawHTML, h.rawHTML)
	r.Register(tables.KindTaskCheckBox, h.taskBox)
}

func (h ownHTML) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	t, ok := linksOf(w)[n]
	switch {
	case !ok: // refused: only its text is written
	case entering:
		h.openLink(w, t, n.Title)
	default:
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func (h ownHTML) autoLink(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.AutoLink)
	if !entering {
		return ast.WalkContinue, nil
	}
	t, ok := linksOf(w)[n]
	linked := ok && !withinLink(n, linksOf(w))
	if linked {
		h.openLink(w, t, nil)
	}
	escape(w, string(n.Label(src)))
	if linked {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func (h ownHTML) openLink(w util.BufWriter, t target, title []byte) {
	attribute(w, `<a href="`, t.href(h.root))
	if len(title) > 0 {
		attribute(w, ` title="`, literal(title))
	}
	if t.web {
		_, _ = w.WriteString(` rel="noopener"`)
	}
	_ = w.WriteByte('>')
}

func (h ownHTML) image(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	t, ok := linksOf(w)[n]
	alt := words(n, src)
	switch {
	case ok && t.onSite:
		attribute(w, `<img src="`, t.href(h.root))
		attribute(w, ` alt="`, alt)
		if len(n.Title) > 0 {
			attribute(w, ` title="`, literal(n.Title))
		}
		_, _ = w.WriteString(` loading="lazy">`)
	case ok && t.web && !withinLink(n, linksOf(w)):
		if alt == "" {
			alt = t.address
		}
		h.openLink(w, t, n.Title)
		escape(w, alt)
		_, _ = w.WriteString("</a>")
	default:
		escape(w, alt)
	}
	return ast.WalkSkipChildren, nil
}

func (ownHTML) htmlBlock(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<p>")
		escape(w, blockHTML(node.(*ast.HTMLBlock), src))
		_, _ = w.WriteString("</p>\n")
	}
	return ast.WalkSkipChildren, nil
}

func (ownHTML) rawHTML(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		escape(w, string(node.(*ast.RawHTML).Segments.Value(src)))
	}
	return ast.WalkSkipChildren, nil
}

func (ownHTML) taskBox(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(taskBox(node.(*tables.TaskCheckBox)))
	}
	return ast.WalkContinue, nil
}

// withinLink reports whether a node is inside a link, since HTML allows no link
// inside another.
func withinLink(n ast.Node, all links) bool {
	for p := n.Parent(); p != nil && p.Type() == ast.TypeInline; p = p.Parent() {
		if l, ok := p.(*ast.Link); ok {
			_, leads := all[l]
			return leads
		}
	}
	return false
}

// attribute writes an attribute. The text before its value ends with the
// opening quote.
func attribute(w util.BufWriter, before, value string) {
	_, _ = w.WriteString(before)
	escape(w, value)
	_ = w.WriteByte('"')
}

func escape(w util.BufWriter, s string) {
	if !strings.ContainsAny(s, "<>&\"\x00") {
		_, _ = w.WriteString(s)
		return
	}
	_, _ = w.Write(util.EscapeHTML([]byte(s)))
}

// blockHTML is the source of a block of raw HTML, to be shown as text.
func blockHTML(n *ast.HTMLBlock, src []byte) string {
	s := string(n.Lines().Value(src))
	if n.HasClosure() {
		s += string(n.ClosureLine.Value(src))
	}
	return strings.TrimRight(s, "\n")
}

func taskBox(n *tables.TaskCheckBox) string {
	if n.IsChecked {
		return "☑ "
	}
	return "☐ "
}
