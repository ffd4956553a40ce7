package markdown

import (
	"fmt"
	"strings"

	"allclear/generator/diag"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
)

// Finding is one mistake that a writer should fix.
type Finding struct {
	Offset        int // in bytes from the start of the Markdown
	Rule          *diag.Rule
	Message, Hint string

	// Heading, if it is not "", is the line that was most likely meant, in place
	// of the line at the offset and of those that follow it. It is Certain if
	// nothing else can have been meant.
	Heading string
	Follow  int
	Certain bool
}

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }

var rules diag.Rules

var ruleRawHTML = rules.Declare(diag.Rule{
	Code:  "raw-html",
	Title: "An update is written in Markdown, without HTML",
	Why:   "HTML from a pull request could run scripts in a reader's browser, and shows as bare tags in feeds, in the API and in terminals.",
})

func (i *inspection) report(offset int, rule *diag.Rule, message, hint string) {
	i.findings = append(i.findings, Finding{Offset: max(offset, 0), Rule: rule, Message: message, Hint: hint})
}

// instead reports a line in place of which another one was most likely meant.
func (i *inspection) instead(offset int, rule *diag.Rule, message, heading string, certain bool) *Finding {
	i.report(offset, rule, message, "")
	f := &i.findings[len(i.findings)-1]
	f.Heading, f.Certain = heading, certain
	return f
}

// fits reports whether there is room for the address and title of a link.
func (i *inspection) fits(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Link:
		i.room -= len(n.Destination) + len(n.Title)
	case *ast.Image:
		i.room -= len(n.Destination) + len(n.Title)
	}
	return i.room >= 0
}

func (i *inspection) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		i.heading(n)
		n.Level = min(n.Level+1, 6) // a page has an update's text below an h3
	case *ast.Paragraph:
		i.paragraph(n)
	case *ast.TextBlock:
		i.meantAsUpdates(n.Lines(), false)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		i.code(n)
	case *ast.HTMLBlock:
		first := n.Lines().At(0)
		i.rawHTML(first.Start, first.Value(i.src))
	case *ast.RawHTML:
		first := n.Segments.At(0)
		i.rawHTML(first.Start, first.Value(i.src))
	case *ast.Link:
		i.link(n)
	case *ast.AutoLink:
		i.autoLink(n)
	case *ast.Image:
		i.image(n)
	case *tables.TableCell:
		if n.Alignment != tables.AlignNone {
			n.SetAttributeString("class", "align-"+n.Alignment.String())
		}
	}
}

func (i *inspection) rawHTML(offset int, html []byte) {
	hint := `write it as Markdown, or put it in backticks, or write \< for a plain <`
	if strings.HasPrefix(string(html), "<!--") {
		hint = "remove the comment: every word of an update is published"
	}
	i.report(offset, ruleRawHTML, fmt.Sprintf("HTML is not part of an update: %s", firstLine(string(html))), hint)
}
