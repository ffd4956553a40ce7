package source

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"sync"

	"github.com/adrg/frontmatter"

	"allclear/generator/diag"
)

var ruleFrontMatterMissing = rules.Declare(diag.Rule{
	Code:  "front-matter-missing",
	Title: "A Markdown file begins with front matter: YAML between two lines of ---",
	Why:   "The front matter has the title and the times, which every page needs.",
})

var ruleFrontMatterUnclosed = rules.Declare(diag.Rule{
	Code:  "front-matter-unclosed",
	Title: "The front matter ends with a line of ---, not indented",
	Why:   "Otherwise text would be read as keys, or keys as text.",
})

// frontMatter says where the front matter and the body are in a file.
type frontMatter struct {
	yaml      []byte
	firstLine int           // of yaml, from 1
	fence     diag.Position // of the opening fence
	body      int           // offset of the text after the closing fence
}

// splitFrontMatter finds the fences. adrg/frontmatter skips blank lines before
// the first fence and trims every line, so it treats an indented --- inside a
// block of text as a fence; checkFences reports that.
func splitFrontMatter(f *File) (frontMatter, diag.List) {
	length := 0
	lines := lineReader{rest: f.text}
	format := frontmatter.NewFormat("---", "---", func(data []byte, _ any) error {
		length, lines.closed = len(data), true
		return nil
	})
	buffer := readers.Get().(*bufio.Reader)
	defer readers.Put(buffer)
	buffer.Reset(&lines)
	if _, err := frontmatter.MustParse(buffer, nil, format); err != nil {
		return frontMatter{}, diag.List{f.missingFence()}
	}
	body := len(f.text) - len(lines.rest)
	closing := f.Position(body - 1).Line
	end := f.lines[closing-1]
	start := end - length
	first := f.Position(start).Line
	m := frontMatter{
		yaml:      f.text[start:end],
		firstLine: first,
		fence:     diag.Position{File: f.name, Line: first - 1, Column: 1},
		body:      body,
	}
	return m, f.checkFences(m, closing)
}

// lineReader returns one line per Read, and io.EOF once the front matter is
// closed, since adrg/frontmatter would copy all the rest.
type lineReader struct {
	rest   []byte
	closed bool
}

func (r *lineReader) Read(p []byte) (int, error) {
	if r.closed || len(r.rest) == 0 {
		return 0, io.EOF
	}
	line := r.rest
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i+1]
	}
	n := copy(p, line)
	r.rest = r.rest[n:]
	return n, nil
}

// readers are bufio.Readers for adrg/frontmatter, which would make a new one
// of 4 KB for any other reader.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

func (f *File) checkFences(m frontMatter, closing int) diag.List {
	if d, indented := f.indentedFence(ruleFrontMatterMissing, m.fence.Line); indented {
		return diag.List{d.Replaced("---", true)}
	}
	if d, indented := f.indentedFence(ruleFrontMatterUnclosed, closing); indented {
		d = d.Replaced("---", f.lineIsKey(closing-1))
		d.Hint += "\nto end the front matter here; inside a block of text, write *** instead"
		return diag.List{d}
	}
	if len(m.yaml) > MaxFrontMatter {
		return diag.List{ruleTooLarge.At(m.fence, "the front matter is larger than 64 KiB").
			WithHint("move text for readers below the closing ---")}
	}
	return nil
}

func (f *File) indentedFence(rule *diag.Rule, line int) (diag.Diagnostic, bool) {
	text := f.Line(line)
	column := len([]rune(text)) - len([]rune(strings.TrimLeft(text, " \t"))) + 1
	at := diag.Position{File: f.name, Line: line, Column: column}
	return rule.At(at, "this --- is indented"), column > 1
}

// almostFence matches a line that the writer meant as a closing fence.
var almostFence = pattern(`^(\.\.\.|-{4,}|---[ \t]*#.*|--|—+|–+|\*\*\*|\+\+\+|===+)[ \t]*$`)

// missingFence explains why no front matter was found.
func (f *File) missingFence() diag.Diagnostic {
	line, text := 1, ""
	for n := 1; n <= len(f.lines); n++ {
		if text = strings.TrimSpace(f.Line(n)); text != "" {
			line = n
			break
		}
	}
	at := diag.Position{File: f.name, Line: line, Column: 1}
	switch {
	case text == "---":
		return f.unclosedFence(at)
	case almostFence().MatchString(text) && text[0] == '-':
		return ruleFrontMatterMissing.At(at, "the front matter must begin with a line of only ---").Replaced("---", true)
	case strings.HasPrefix(text, "---"):
		rest := strings.TrimSpace(strings.TrimLeft(text, "-"))
		return ruleFrontMatterMissing.At(at, "the front matter must begin with a line of only ---").
			WithHint("write\n---\n%s", rest)
	case text == "+++" || text == ";;;" || strings.HasPrefix(text, "{"):
		return ruleFrontMatterMissing.At(at, "the front matter must be YAML between two lines of ---").
			WithHint("allclear does not read TOML or JSON; begin the file with\n---\ntitle: What happened\n---")
	case f.lineIsKey(line):
		d := ruleFrontMatterMissing.At(at, "the file does not begin with a line of ---").WithHint("add above this line\n---")
		d.Fix = &diag.Fix{First: line, Last: line - 1, Lines: []string{"---"}}
		return d
	}
	for n := line; n <= len(f.lines); n++ {
		if f.Line(n) == "---" && f.lineIsKey(n+1) {
			return ruleFrontMatterMissing.At(at, "the file does not begin with its front matter").
				WithHint("the --- in line %d must be the first line of the file: delete or move what is above it\n---\n%s", n, f.Line(n+1))
		}
	}
	return ruleFrontMatterMissing.At(at, "the file does not begin with front matter").
		WithHint("begin the file with\n---\ntitle: What happened\n---")
}

// keyLine matches a line of front matter.
var keyLine = pattern(`^[a-z_]+:( |$)`)

// lineIsKey reports whether line n has a key.
func (f *File) lineIsKey(n int) bool { return keyLine().MatchString(f.Line(n)) }

// unclosedFence explains where the front matter should end: at a line that was
// meant as a fence, else above the first line that is no key.
func (f *File) unclosedFence(opening diag.Position) diag.Diagnostic {
	end := 0
	for n := opening.Line + 1; n <= len(f.lines) && end == 0; n++ {
		text := f.Line(n)
		if almostFence().MatchString(text) {
			return ruleFrontMatterUnclosed.At(diag.Position{File: f.name, Line: n, Column: 1},
				"%q does not close the front matter", strings.TrimSpace(text)).Replaced("---", true)
		}
		if isText := !f.lineIsKey(n) && strings.TrimLeft(text, " -#") == text; isText || text == "" {
			end = n
		}
	}
	d := ruleFrontMatterUnclosed.At(opening, "the front matter is never closed")
	if end <= opening.Line+1 {
		return d.WithHint("add a line of --- after its last key")
	}
	d = d.WithHint("add above line %d\n---", end)
	d.Fix = &diag.Fix{First: end, Last: end - 1, Lines: []string{"---"}}
	return d
}
