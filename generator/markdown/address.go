package markdown

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newParser is goldmark's parser with GitHub's tables, strikethrough and task
// lists, and what else is given.
func newParser(further ...goldmark.Extender) parser.Parser {
	return goldmark.New(
		goldmark.WithExtensions(extension.NewTable(), extension.Strikethrough, extension.TaskList),
		goldmark.WithExtensions(further...),
		goldmark.WithParserOptions(parser.WithParagraphTransformers(util.Prioritized(bound{}, 0))),
	).Parser()
}

// bareAddresses makes links of addresses that stand in a text as they are.
var bareAddresses = extension.NewLinkify(extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"}))

var (
	// addressMarks are the bytes of which every bare address holds one.
	addressMarks = [][]byte{[]byte("://"), []byte("www."), []byte("@")}

	// addressStarts are how most bare addresses begin, and few others.
	addressStarts = [][]byte{[]byte(" http"), []byte("\nhttp"), []byte(" www."), []byte("@")}
)

// parse parses an update. A bare address may begin with every word, and
// looking there takes goldmark a fifth of its time; so it looks only where a
// mark of one stands in a text, not merely in the target of a link or nowhere
// at all. Looking changes one thing more: of the blanks at the end of a line,
// some stay.
func (r *Renderer) parse(src []byte) (ast.Node, parser.Context) {
	marked := holds(src, addressMarks)
	if likely := marked && holds(src, addressStarts); !likely && !endsInBlank(src) {
		doc, context := parse(r.words, src)
		if !marked || !textHolds(doc, src, addressMarks) {
			return doc, context
		}
	}
	return parse(r.parser, src)
}

func parse(p parser.Parser, src []byte) (ast.Node, parser.Context) {
	context := parser.NewContext()
	return p.Parse(text.NewReader(src), parser.WithContext(context)), context
}

// endsInBlank reports whether any line does.
func endsInBlank(src []byte) bool {
	for line := range bytes.Lines(src) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		if n := len(line); n > 0 && (line[n-1] == ' ' || line[n-1] == '\t' || line[n-1] == '\r') {
			return true
		}
	}
	return false
}

func holds(source []byte, parts [][]byte) bool {
	return slices.ContainsFunc(parts, func(part []byte) bool { return bytes.Contains(source, part) })
}

func textHolds(doc ast.Node, src []byte, parts [][]byte) bool {
	found := false
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering && holds(t.Value(src), parts) {
			found = true
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return found
}
