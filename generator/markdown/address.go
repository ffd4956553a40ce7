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
// lists, and with further extensions.
func newParser(further ...goldmark.Extender) parser.Parser {
	return goldmark.New(
		goldmark.WithExtensions(extension.NewTable(), extension.Strikethrough, extension.TaskList),
		goldmark.WithExtensions(further...),
		goldmark.WithParserOptions(parser.WithParagraphTransformers(util.Prioritized(bound{}, 0))),
	).Parser()
}

// bareAddresses makes links of addresses in a text.
var bareAddresses = extension.NewLinkify(extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"}))

var (
	// Every bare address holds one of addressMarks.
	addressMarks = [][]byte{[]byte("://"), []byte("www."), []byte("@")}

	// Most bare addresses begin with one of addressStarts, and little else does.
	addressStarts = [][]byte{[]byte(" http"), []byte("\nhttp"), []byte(" www."), []byte("@")}
)

// parse parses an update. Any word may begin a bare address, and looking for
// them takes a fifth of goldmark's time. So it looks for them only if the text
// holds the mark of one outside the targets of links. Looking for them also
// keeps some blanks at the ends of lines, so it looks if there are any.
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

// endsInBlank reports whether any line ends in a blank.
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
