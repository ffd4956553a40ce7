package source

import (
	"bytes"

	"allclear/generator/diag"
	"allclear/generator/status"
)

// cutSections divides a file's text, from an offset on, at its update headings.
func cutSections(f *File, body int, kind status.Kind) ([]Section, diag.List) {
	var (
		sections = make([]Section, 0, 1+bytes.Count(f.text[body:], []byte("\n##")))
		list     diag.List
		blocks   blockScanner
		current  = Section{Offset: body}
	)
	finish := func(end int) {
		current.Text = f.text[min(current.Offset, end):end]
		if current.Heading != nil || len(bytes.TrimSpace(current.Text)) > 0 {
			sections = append(sections, current)
		}
	}
	number := f.Position(body).Line
	for offset := body; offset < len(f.text); number++ {
		end, next := len(f.text), len(f.text)
		if i := bytes.IndexByte(f.text[offset:], '\n'); i >= 0 {
			end, next = offset+i, offset+i+1
		}
		line := f.text[offset:end]
		if blocks.heading(line) {
			finish(offset)
			heading, found := parseHeading(string(line), kind, diag.Position{File: f.name, Line: number, Column: 1}, f.now)
			list.Add(found...)
			current = Section{Heading: &heading, Offset: next}
		}
		offset = next
	}
	finish(len(f.text))
	return sections, list
}

// blockScanner tracks just enough of CommonMark's block structure, line by
// line, to know whether a ## in the first column is a heading: it is, unless
// a fenced code block is open at the top level. A fence inside a list item
// ends with the item, so it can't contain an update heading.
// https://spec.commonmark.org/0.31.2/#fenced-code-blocks
type blockScanner struct {
	fence  byte // ` or ~ while a fenced code block is open, else 0
	length int  // of the opening fence
	item   int  // the column at which the open list item's content begins, else 0
}

// heading scans the next line and reports whether it is an update heading.
func (b *blockScanner) heading(line []byte) bool {
	if b.fence == 0 && isLevelTwo(line) {
		b.item = 0
		return true
	}
	indent, rest := indentation(line)
	if len(rest) == 0 {
		return false
	}
	if b.fence != 0 {
		if indent < 4 && closesFence(rest, b.fence, b.length) {
			b.fence = 0
		}
		return false
	}
	if b.item > 0 && indent >= b.item {
		return false
	}
	b.item = 0
	if indent > 3 {
		return false
	}
	if n := fenceLength(rest); n > 0 {
		b.fence, b.length = rest[0], n
	} else if width := itemWidth(rest, indent); width > 0 {
		b.item = indent + width
	}
	return false
}

func isLevelTwo(line []byte) bool {
	return bytes.HasPrefix(line, []byte("##")) && (len(line) == 2 || line[2] == ' ' || line[2] == '\t')
}

// indentation returns how many columns of space a line begins with, and the
// rest of the line. A tab ends at the next multiple of four.
func indentation(line []byte) (int, []byte) {
	column := 0
	for i, c := range line {
		switch c {
		case ' ':
			column++
		case '\t':
			column += 4 - column%4
		default:
			return column, line[i:]
		}
	}
	return column, nil
}

// fenceLength returns the length of an opening code fence, or 0 if the line is
// not one.
func fenceLength(rest []byte) int {
	if rest[0] != '`' && rest[0] != '~' {
		return 0
	}
	n := runLength(rest)
	if n < 3 || rest[0] == '`' && bytes.IndexByte(rest[n:], '`') >= 0 {
		return 0
	}
	return n
}

func closesFence(rest []byte, fence byte, length int) bool {
	if rest[0] != fence {
		return false
	}
	n := runLength(rest)
	return n >= length && len(bytes.TrimRight(rest[n:], " \t")) == 0
}

// runLength returns how often a line's first byte is repeated at its start.
func runLength(rest []byte) int {
	n := 1
	for n < len(rest) && rest[n] == rest[0] {
		n++
	}
	return n
}

// itemWidth returns how many columns there are from the start of a list marker
// to the content of its item, or 0 if the line does not begin a list item.
func itemWidth(rest []byte, indent int) int {
	n := 0
	for n < len(rest) && n < 9 && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	switch {
	case n == 0 && bytes.IndexByte([]byte("-+*"), rest[0]) >= 0:
	case n > 0 && n < len(rest) && (rest[n] == '.' || rest[n] == ')'):
	default:
		return 0
	}
	n++
	if n < len(rest) && rest[n] != ' ' && rest[n] != '\t' {
		return 0
	}
	column := indent + n
	for _, c := range rest[n:] {
		switch {
		case c == ' ':
			column++
		case c == '\t':
			column += 4 - column%4
		case column-indent-n > 4: // indented code in the item
			return n + 1
		default:
			return column - indent
		}
	}
	return n + 1
}
