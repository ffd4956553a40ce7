package markdown

import (
	"bytes"
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
)

// plain is the text of a block without markup, without a line end at its end.
func (r *Renderer) plain(n ast.Node, src []byte) string {
	switch n := n.(type) {
	case *ast.Document:
		return r.blocks(n, src, "\n\n")
	case *ast.Blockquote:
		return prefixed(r.blocks(n, src, "\n\n"), "> ", "> ")
	case *ast.List:
		return r.list(n, src)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return strings.TrimRight(string(n.Lines().Value(src)), "\n")
	case *ast.HTMLBlock:
		return blockHTML(n, src)
	case *ast.ThematicBreak:
		return "---"
	case *tables.Table:
		return r.blocks(n, src, "\n")
	case *tables.TableHeader, *tables.TableRow:
		return r.row(n, src)
	case *ast.LinkReferenceDefinition:
		return ""
	}
	var b strings.Builder
	r.inline(&b, n, src)
	return strings.TrimSpace(b.String())
}

// blocks joins the texts of a block's children, leaving out empty ones.
func (r *Renderer) blocks(parent ast.Node, src []byte, between string) string {
	var texts []string
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if s := r.plain(n, src); s != "" {
			texts = append(texts, s)
		}
	}
	return strings.Join(texts, between)
}

func (r *Renderer) list(list *ast.List, src []byte) string {
	between := "\n\n"
	if list.IsTight {
		between = "\n"
	}
	var items []string
	number := list.Start
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		marker := "- "
		if list.IsOrdered() {
			marker = fmt.Sprintf("%d. ", number)
			number++
		}
		items = append(items, prefixed(r.blocks(n, src, between), marker, "  "))
	}
	return strings.Join(items, between)
}

func (r *Renderer) row(row ast.Node, src []byte) string {
	var cells []string
	for n := row.FirstChild(); n != nil; n = n.NextSibling() {
		cells = append(cells, r.plain(n, src))
	}
	return strings.Join(cells, " | ")
}

// prefixed puts one text before the first line and another before each
// further line.
func prefixed(s, first, further string) string {
	return first + strings.ReplaceAll(s, "\n", "\n"+further)
}

// trimmed takes the space from the end of each line, and empty lines from
// both ends of the text.
func trimmed(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// inline writes the text of what stands inside a block.
func (r *Renderer) inline(b *strings.Builder, parent ast.Node, src []byte) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Link:
			t, refused := resolve(n.Destination)
			var label strings.Builder
			r.inline(&label, n, src)
			r.reference(b, label.String(), t, refused)
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.Image:
			t, refused := resolve(n.Destination)
			r.reference(b, words(n, src), t, refused)
		case *tables.TaskCheckBox:
			b.WriteString(taskBox(n))
		case *ast.Text, *ast.CodeSpan, *ast.RawHTML:
			leaf(b, n, src)
		default:
			r.inline(b, n, src)
		}
	}
}

// reference writes a link's label and, where that says something else, its
// address. An anchor has no address outside a page.
func (r *Renderer) reference(b *strings.Builder, label string, t target, refused refusal) {
	b.WriteString(label)
	address := t.href(r.siteRoot)
	switch {
	case refused != refusal{}, strings.HasPrefix(address, "#"):
	case label == address, "mailto:"+label == address:
	case label == "":
		b.WriteString(address)
	default:
		b.WriteString(" (" + address + ")")
	}
}

// words is the text of a node's children alone, without addresses, on one line.
func words(parent ast.Node, src []byte) string {
	var b strings.Builder
	gather(&b, parent, src)
	return strings.Join(strings.Fields(b.String()), " ")
}

func gather(b *strings.Builder, parent ast.Node, src []byte) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.Text, *ast.CodeSpan, *ast.RawHTML:
			leaf(b, n, src)
		default:
			gather(b, n, src)
		}
	}
}

// leaf writes what is text already.
func leaf(b *strings.Builder, n ast.Node, src []byte) {
	switch n := n.(type) {
	case *ast.Text:
		b.WriteString(literal(n.Value(src)))
		switch {
		case n.HardLineBreak():
			b.WriteByte('\n')
		case n.SoftLineBreak():
			b.WriteByte(' ')
		}
	case *ast.CodeSpan:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				b.WriteString(strings.ReplaceAll(string(t.Value(src)), "\n", " "))
			}
		}
	case *ast.RawHTML:
		b.Write(n.Segments.Value(src))
	}
}

// literal is what Markdown source stands for once its backslashes and
// entities are read. goldmark does both in one pass, which decoding one after
// the other would not equal, but only on its way to HTML.
func literal(source []byte) string {
	if !bytes.ContainsAny(source, "\\&\x00") {
		return string(source)
	}
	var b buffer
	goldmarkhtml.DefaultWriter.Write(&b, source)
	return html.UnescapeString(b.String())
}
