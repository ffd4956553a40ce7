package markdown

import (
	"bytes"
	"fmt"
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// plain is the text of a block without markup and without a final line end.
func (i *inspection) plain(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Document:
		return i.blocks(n, "\n\n")
	case *ast.Blockquote:
		return prefixed(i.blocks(n, "\n\n"), "> ", "> ")
	case *ast.List:
		return i.list(n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return strings.TrimRight(string(n.Lines().Value(i.src)), "\n")
	case *ast.HTMLBlock:
		return blockHTML(n, i.src)
	case *ast.ThematicBreak:
		return "---"
	case *tables.Table:
		return i.blocks(n, "\n")
	case *tables.TableHeader, *tables.TableRow:
		return i.row(n)
	case *ast.LinkReferenceDefinition:
		return ""
	}
	var b strings.Builder
	b.Grow(length(n.Lines()))
	i.inline(&b, n)
	return strings.TrimSpace(b.String())
}

// length is the number of bytes in a block's lines, about as many as its text
// will have.
func length(lines *text.Segments) int {
	n := 0
	for i := range lines.Len() {
		segment := lines.At(i)
		n += segment.Len()
	}
	return n
}

// blocks joins the texts of a block's children, leaving out empty ones.
func (i *inspection) blocks(parent ast.Node, between string) string {
	texts := make([]string, 0, parent.ChildCount())
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if s := i.plain(n); s != "" {
			texts = append(texts, s)
		}
	}
	return strings.Join(texts, between)
}

func (i *inspection) list(list *ast.List) string {
	between := "\n\n"
	if list.IsTight {
		between = "\n"
	}
	items := make([]string, 0, list.ChildCount())
	number := list.Start
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		marker := "- "
		if list.IsOrdered() {
			marker = fmt.Sprintf("%d. ", number)
			number++
		}
		items = append(items, prefixed(i.blocks(n, between), marker, "  "))
	}
	return strings.Join(items, between)
}

func (i *inspection) row(row ast.Node) string {
	var cells []string
	for n := row.FirstChild(); n != nil; n = n.NextSibling() {
		cells = append(cells, i.plain(n))
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
	if strings.Contains(s, " \n") || strings.Contains(s, "\t\n") {
		lines := strings.Split(s, "\n")
		for i, line := range lines {
			lines[i] = strings.TrimRight(line, " \t")
		}
		s = strings.Join(lines, "\n")
	}
	return strings.Trim(strings.TrimRight(s, " \t"), "\n")
}

// inline writes the text inside a block.
func (i *inspection) inline(b *strings.Builder, parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Link:
			begin := b.Len()
			i.inline(b, n)
			i.reference(b, b.String()[begin:], n)
		case *ast.AutoLink:
			b.Write(n.Label(i.src))
		case *ast.Image:
			alt := words(n, i.src)
			b.WriteString(alt)
			i.reference(b, alt, n)
		case *tables.TaskCheckBox:
			b.WriteString(taskBox(n))
		case *ast.Text, *ast.CodeSpan, *ast.RawHTML:
			leaf(b, n, i.src)
		default:
			i.inline(b, n)
		}
	}
}

// reference writes the address of a link or a picture after its label, unless
// they are the same. An anchor has no address outside its page.
func (i *inspection) reference(b *strings.Builder, label string, n ast.Node) {
	t, ok := i.links[n]
	address := t.href(i.siteRoot)
	switch {
	case !ok, strings.HasPrefix(address, "#"):
	case label == address, "mailto:"+label == address:
	case label == "":
		b.WriteString(address)
	default:
		b.WriteString(" (")
		b.WriteString(address)
		b.WriteByte(')')
	}
}

// words is the text of a node's children on one line, without addresses.
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

// leaf writes the text of a node without children that matter.
func leaf(b *strings.Builder, n ast.Node, src []byte) {
	switch n := n.(type) {
	case *ast.Text:
		writeLiteral(b, n.Value(src))
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

// literal is Markdown source with its backslashes and entities decoded. Both
// must be decoded in one pass, which goldmark does only when it writes HTML.
func literal(source []byte) string {
	var b strings.Builder
	writeLiteral(&b, source)
	return b.String()
}

func writeLiteral(b *strings.Builder, source []byte) {
	if bytes.IndexByte(source, '\\') < 0 && bytes.IndexByte(source, '&') < 0 && bytes.IndexByte(source, 0) < 0 {
		b.Write(source)
		return
	}
	var decoded buffer
	goldmarkhtml.DefaultWriter.Write(&decoded, source)
	b.WriteString(html.UnescapeString(decoded.String()))
}
