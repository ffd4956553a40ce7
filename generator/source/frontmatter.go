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
		return diag.List{d.WithHint("begin the front matter with --- at the start of the line")}
	}
	if d, indented := f.indentedFence(ruleFrontMatterUnclosed, closing); indented {
		return diag.List{d.WithHint("to end the front matter here, write --- at the start of the line; inside a block of text, write *** instead")}
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
	case strings.HasPrefix(text, "---"):
		return ruleFrontMatterMissing.At(at, "the front matter must begin with a line of only ---").
			WithHint("write only --- here, and move everything else to the next line")
	case text == "+++" || text == ";;;" || strings.HasPrefix(text, "{"):
		return ruleFrontMatterMissing.At(at, "the front matter must be YAML between two lines of ---").
			WithHint("allclear does not read TOML or JSON; begin the file with\n---\ntitle: What happened\n---")
	}
	return ruleFrontMatterMissing.At(at, "the file does not begin with front matter").
		WithHint("begin the file with\n---\ntitle: What happened\n---")
}

func (f *File) unclosedFence(opening diag.Position) diag.Diagnostic {
	for n := opening.Line + 1; n <= len(f.lines); n++ {
		text := f.Line(n)
		if almostFence().MatchString(text) {
			return ruleFrontMatterUnclosed.At(diag.Position{File: f.name, Line: n, Column: 1},
				"%q does not close the front matter", strings.TrimSpace(text)).
				WithHint("write only --- on this line")
		}
		if IsUpdateHeading(text) {
			return ruleFrontMatterUnclosed.At(opening, "the front matter is never closed").
				WithHint("add a line of --- after its last key, above line %d", n)
		}
	}
	return ruleFrontMatterUnclosed.At(opening, "the front matter is never closed").
		WithHint("add a line of --- after its last key")
}
