package compose

import (
	"regexp"
	"strings"

	"allclear/generator/source"
)

// AddItem adds an item to the front of a field of the file's front matter: a list in
// either form of YAML, one item, or nothing. Every other byte stays.
func AddItem(file []byte, f source.Field, text string) []byte {
	lines := linesOf(file)
	switch at := f.Value.Position; {
	case f.Value.Kind == source.KindNull:
		lines.replace(f.KeyAt.Line, f.KeyAt.Column, f.Key+":", f.Key+": "+list([]string{text}))
	case f.Value.Kind == source.KindScalar:
		value := lines.value(at.Line, at.Column)
		lines.replace(at.Line, at.Column, value, "["+item(text)+", "+value+"]")
	case lines.isFlow(f.Value):
		separator := ", "
		if len(f.Value.Items) == 0 {
			separator = ""
		}
		lines.replace(at.Line, at.Column, "[", "["+item(text)+separator)
	default:
		first := f.Value.Items[0].Position
		lines.insert(first.Line, string([]rune(lines.text(first.Line))[:first.Column-1])+scalar(text))
	}
	return lines.file()
}

// ReplaceItem replaces a scalar of the front matter.
func ReplaceItem(file []byte, v source.Value, text string) []byte {
	lines := linesOf(file)
	lines.replace(v.Position.Line, v.Position.Column, v.Text, text)
	return lines.file()
}

// fileLines are the lines of a file with their line ends, without its byte order
// mark. Line numbers and columns count from 1, columns in code points.
type fileLines struct {
	mark  string
	lines []string
	end   string
}

func linesOf(file []byte) *fileLines {
	const mark = "\ufeff"
	l := &fileLines{end: lineEnd(file)}
	if text, ok := strings.CutPrefix(string(file), mark); ok {
		l.mark, file = mark, []byte(text)
	}
	l.lines = splitLines(file)
	return l
}

func (l *fileLines) file() []byte { return []byte(l.mark + strings.Join(l.lines, "")) }

func (l *fileLines) text(n int) string { return strings.TrimRight(l.lines[n-1], "\r\n") }

func (l *fileLines) replace(n, column int, old, replacement string) {
	runes := []rune(l.lines[n-1])
	l.lines[n-1] = string(runes[:column-1]) + strings.Replace(string(runes[column-1:]), old, replacement, 1)
}

func (l *fileLines) insert(n int, text string) { l.lines[n-1] = text + l.end + l.lines[n-1] }

// value is the text of a scalar as it is written, with its quotes.
func (l *fileLines) value(n, column int) string {
	rest := string([]rune(l.text(n))[column-1:])
	if quoted := quotedScalar.FindString(rest); quoted != "" {
		return quoted
	}
	value, _, _ := strings.Cut(rest, " #")
	return strings.TrimRight(value, " \t")
}

var quotedScalar = regexp.MustCompile(`^("[^"]*"|'[^']*')`)

// isFlow reports whether a list is written in brackets.
func (l *fileLines) isFlow(v source.Value) bool {
	return strings.HasPrefix(string([]rune(l.text(v.Position.Line))[v.Position.Column-1:]), "[")
}
