package markdown

import (
	"bytes"
	"fmt"

	"allclear/generator/diag"
	"allclear/generator/status"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The bounds of an update. Within them the slowest known input takes goldmark a
// fraction of a second; without them, 64 KiB can take it minutes.
const (
	maxBytes   = 64 << 10
	maxDepth   = 32    // lists and quotes inside each other
	maxHeading = 1000  // bytes of a line that is a heading
	maxMarks   = 2000  // characters in a paragraph that may begin a link, emphasis or a tag
	maxColumns = 64    // of a table
	maxCells   = 10000 // of all tables together, counting the missing cells of a row

	// cmark has the same bound on link references, which a few bytes repeat.
	maxExpanded = 100 << 10 // bytes of addresses and titles of links, beyond the length of the update
	maxRendered = 1 << 20   // bytes of an update's HTML or text
)

var (
	ruleUpdateTooLong = rules.Declare(diag.Rule{
		Code:  "update-too-long",
		Title: "An update is at most 64 KiB long",
		Why:   "Every client that polls the API downloads it, and nobody reads that much in an outage.",
	})
	ruleTooNested = rules.Declare(diag.Rule{
		Code:  "too-nested",
		Title: "Lists, quotes, tables and marks stay within what a person would write",
		Why:   "A few kilobytes of nested marks can keep the build busy for minutes.",
	})
)

var ruleExpands = rules.Declare(diag.Rule{
	Code:  "update-expands",
	Title: "An update does not become much longer than it is written",
	Why:   "A link reference that is used a thousand times makes a page of megabytes out of a few kilobytes, and every client that polls the API downloads it.",
})

// expanded is the finding about a link whose address no longer fits.
func expanded(offset int) Finding {
	return Finding{
		Offset: max(offset, 0), Rule: ruleExpands,
		Message: "the links that this update repeats have more than 100 KB of addresses and titles together",
		Hint:    "shorten the address of the link reference, or link to it fewer times",
	}
}

// tooLong is the finding about an update that became too long, and whether it
// did.
func tooLong(t status.Text) (Finding, bool) {
	n := max(len(t.HTML), len(t.FeedHTML), len(t.Plain))
	return Finding{
		Rule:    ruleExpands,
		Message: fmt.Sprintf("the update becomes %d KiB of HTML or text", n>>10),
		Hint:    "at most 1024 KiB are allowed: use fewer nested lists, quotes and tables, or put them on a page of its own and link to it",
	}, n > maxRendered
}

// tooLarge looks at the bytes, before goldmark parses them.
func tooLarge(src []byte) (Finding, bool) {
	if len(src) > maxBytes {
		return Finding{
			Offset: 0, Rule: ruleUpdateTooLong,
			Message: fmt.Sprintf("the update is %d KiB long", len(src)>>10),
			Hint:    "an update may have 64 KiB at most; put the rest on a page of its own and link to it",
		}, true
	}
	offset := 0
	for line := range bytes.Lines(src) {
		depth, content := opening(line)
		switch {
		case depth > maxDepth:
			return nested(offset, "lists or quotes are nested too deeply",
				"use fewer levels: at most 32, and every two columns of indentation count as one"), true
		case len(content) > maxHeading && content[0] == '#':
			return nested(offset, fmt.Sprintf("a heading is %d bytes long", len(content)),
				"shorten it, or move some of the text below it"), true
		}
		offset += len(line)
	}
	return Finding{}, false
}

func nested(offset int, message, hint string) Finding {
	return Finding{Offset: offset, Rule: ruleTooNested, Message: message, Hint: hint}
}

// opening returns how many lists and quotes a line can be inside of, at most,
// and what comes after the marks that open them. An indentation that continues
// a list has at least two columns per level.
func opening(line []byte) (depth int, content []byte) {
	columns, marks := 0, 0
	for depth <= maxDepth {
		blank := len(line)
		line = bytes.TrimLeft(line, " ")
		columns += blank - len(line)
		if len(line) > 0 && line[0] == '\t' {
			columns, line = columns+4, line[1:]
			continue
		}
		width := mark(line)
		if width == 0 {
			break
		}
		marks++
		line = bytes.TrimPrefix(line[width:], []byte(" "))
		depth = marks + columns/2
	}
	return depth, line
}

// mark is the length of the mark that opens a list item or a quote at the
// start of a line, or 0.
func mark(line []byte) int {
	if len(line) == 0 {
		return 0
	}
	width := 0
	switch c := line[0]; {
	case c == '>':
		return 1
	case c == '-' || c == '*':
		if len(bytes.Trim(line, string(c)+" \t\n")) == 0 {
			return 0 // a thematic break
		}
		width = 1
	case c == '+':
		width = 1
	case c >= '0' && c <= '9':
		digits := len(line) - len(bytes.TrimLeft(line, "0123456789"))
		if digits == len(line) || line[digits] != '.' && line[digits] != ')' {
			return 0
		}
		width = digits + 1
	}
	if width < len(line) && bytes.IndexByte([]byte(" \t\n"), line[width]) < 0 {
		return 0
	}
	return width
}

// bound looks at each paragraph before goldmark makes tables, links and
// emphasis of it, and removes one that would take too long.
type bound struct{}

var (
	exceededKey = parser.NewContextKey()
	cellsKey    = parser.NewContextKey()
)

// exceeded returns what bound found.
func exceeded(context parser.Context) (Finding, bool) {
	f, ok := context.Get(exceededKey).(Finding)
	return f, ok
}

// Transform implements goldmark's parser.ParagraphTransformer.
func (bound) Transform(p *ast.Paragraph, reader text.Reader, context parser.Context) {
	_, found := exceeded(context)
	if !found {
		var f Finding
		if f, found = excess(p.Lines(), reader.Source(), context); found {
			context.Set(exceededKey, f)
		}
	}
	if found {
		p.Parent().RemoveChild(p.Parent(), p)
	}
}

// weigh counts the marks of a line. An escaped backtick weighs more, since it
// makes runs of backticks that nothing closes, and goldmark looks for the end
// of each as far as the end of the paragraph.
func weigh(line []byte) int {
	marks := 20 * bytes.Count(line, []byte("\\`"))
	for _, c := range line {
		marks += weights[c]
	}
	return marks
}

var weights = [256]int{'[': 1, ']': 1, '*': 1, '_': 1, '~': 1, '<': 1}

func excess(lines *text.Segments, src []byte, context parser.Context) (Finding, bool) {
	cells, _ := context.Get(cellsKey).(int)
	marks, columns := 0, 0
	for i := range lines.Len() {
		segment := lines.At(i)
		line := segment.Value(src)
		marks += weigh(line)
		if marks > maxMarks {
			return nested(segment.Start, "a paragraph holds more than 2,000 brackets, stars, underscores and similar marks",
				"break it into several, with a blank line between them, or put it in a code block"), true
		}
		if i > 0 && len(bytes.Trim(line, "-:| \t\n")) == 0 {
			columns = max(columns, bytes.Count(line, []byte("|"))+1)
		}
		cells += columns
		if columns > maxColumns || cells > maxCells {
			return nested(segment.Start, "a table has more than 64 columns, or the tables more than 10,000 cells",
				"show the part that matters and link to the rest, or put it in a code block"), true
		}
	}
	context.Set(cellsKey, cells)
	return Finding{}, false
}
