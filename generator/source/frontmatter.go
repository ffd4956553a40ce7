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
	Title: "A document begins with front matter: YAML between two lines of ---",
	Why:   "Without it nobody knows the document's title or when it happened.",
})

var ruleFrontMatterUnclosed = rules.Declare(diag.Rule{
	Code:  "front-matter-unclosed",
	Title: "The front matter ends with a line of exactly --- in the first column",
	Why:   "Otherwise the text would be taken for settings, or settings for text, and be lost in silence.",
})

// frontMatter is where a document's parts lie in its file.
type frontMatter struct {
	yaml      []byte
	firstLine int           // of yaml, from 1
	fence     diag.Position // the opening one
	body      int           // offset of what follows the closing fence
}

// splitFrontMatter finds the fences. adrg/frontmatter skips blank lines before
// the first and trims every line, so that an indented --- inside a block of
// text counts as a fence: its column is checked here.
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

// lineReader hands out a text line by line, and says that it is at its end
// once the front matter is closed: adrg/frontmatter would copy all the rest.
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

// readers are buffers for adrg/frontmatter, which makes a new one of 4 KB for
// any other reader.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

func (f *File) checkFences(m frontMatter, closing int) diag.List {
	if d, indented := f.indentedFence(ruleFrontMatterMissing, m.fence.Line); indented {
		return diag.List{d.WithHint("put the --- that opens the front matter at the start of its line")}
	}
	if d, indented := f.indentedFence(ruleFrontMatterUnclosed, closing); indented {
		return diag.List{d.WithHint("to end the front matter, put it at the start of the line; inside a text of several lines write *** instead")}
	}
	if len(m.yaml) > MaxFrontMatter {
		return diag.List{ruleTooLarge.At(m.fence, "the front matter is larger than 64 KiB").
			WithHint("move what is meant for readers below the closing ---")}
	}
	return nil
}

func (f *File) indentedFence(rule *diag.Rule, line int) (diag.Diagnostic, bool) {
	text := f.Line(line)
	column := len([]rune(text)) - len([]rune(strings.TrimLeft(text, " \t"))) + 1
	at := diag.Position{File: f.name, Line: line, Column: column}
	return rule.At(at, "this --- is indented"), column > 1
}

// almostFence is a line that its writer took for a closing fence.
var almostFence = pattern(`^(\.\.\.|-{4,}|---[ \t]*#.*|--|—+|–+|\*\*\*|\+\+\+|===+)[ \t]*$`)

// missingFence says why the splitter found no front matter.
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
		return ruleFrontMatterMissing.At(at, "the front matter must open with --- alone on its line").
			WithHint("write --- here, and move anything after it to the next line")
	case text == "+++" || text == ";;;" || strings.HasPrefix(text, "{"):
		return ruleFrontMatterMissing.At(at, "the front matter must be YAML between two lines of ---").
			WithHint("TOML and JSON are not read; write it as\n---\ntitle: What happened\n---")
	}
	return ruleFrontMatterMissing.At(at, "the file does not begin with front matter").
		WithHint("begin it with\n---\ntitle: What happened\n---")
}

func (f *File) unclosedFence(opening diag.Position) diag.Diagnostic {
	for n := opening.Line + 1; n <= len(f.lines); n++ {
		text := f.Line(n)
		if almostFence().MatchString(text) {
			return ruleFrontMatterUnclosed.At(diag.Position{File: f.name, Line: n, Column: 1},
				"%q does not close the front matter", strings.TrimSpace(text)).
				WithHint("write --- alone on this line")
		}
		if IsUpdateHeading(text) {
			return ruleFrontMatterUnclosed.At(opening, "the front matter is never closed").
				WithHint("put a line of --- before the text, somewhere above line %d", n)
		}
	}
	return ruleFrontMatterUnclosed.At(opening, "the front matter is never closed").
		WithHint("put a line of --- after its last key")
}
