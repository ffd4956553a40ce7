package source

import (
	"bytes"
	"errors"
	"strings"

	"go.yaml.in/yaml/v4"

	"allclear/generator/diag"
)

var ruleYAMLSyntax = rules.Declare(diag.Rule{
	Code:  "yaml-syntax",
	Title: "Front matter and site.yaml are YAML",
	Why:   "YAML gives some characters a meaning that their writer did not intend; read wrongly, a title loses its end or a component its status.",
})

// maxMends bounds how many syntax errors of one file are stepped over.
const maxMends = 16

// load parses YAML and reports its syntax errors. The parser stops at the
// first; nearly all of them are a value that should have been quoted, so the
// line is quoted, which is the hint too, and what follows is read as well.
func (r *yamlReader) load(src []byte) []yaml.Node {
	documents, err := loadNodes(src)
	for mends := 0; err != nil; mends++ {
		var fault *yaml.LoadError
		if !errors.As(err, &fault) {
			r.report(ruleYAMLSyntax.At(r.position(1, 1), "this is not YAML: %v", err))
			return nil
		}
		if mends == maxMends || len(src) > MaxFrontMatter {
			r.report(r.explain(fault))
			return nil
		}
		mended, line, ok := mendLine(src, fault)
		if !ok {
			r.report(r.explain(fault))
			return nil
		}
		r.found.Add(r.unquoted(fault, src, line, lineOf(mended, line)))
		src = mended
		documents, err = loadNodes(src)
	}
	return documents
}

func (r *yamlReader) report(d diag.Diagnostic) {
	r.broken = true
	r.found.Add(d)
}

// mendLine quotes the value of the line at which an error lies, and reports
// whether that gets the parser beyond it.
func mendLine(src []byte, fault *yaml.LoadError) ([]byte, int, bool) {
	for _, line := range []int{fault.Mark.Line, fault.ContextMark.Line} {
		text := lineOf(src, line)
		quoted, ok := quoteLine(text)
		if !ok || quoted == text || opensBlock(text) && strings.HasPrefix(lineOf(src, line+1), " ") {
			continue
		}
		mended := replaceLine(src, line, quoted)
		_, err := loadNodes(mended)
		var next *yaml.LoadError
		if err == nil || errors.As(err, &next) && min(next.Mark.Line, contextLine(next)) > line {
			return mended, line, true
		}
	}
	return nil, 0, false
}

// opensBlock reports whether a line's value begins as a block of text does.
func opensBlock(line string) bool {
	m := keyValue().FindStringSubmatch(line)
	return m != nil && strings.ContainsAny(m[2][:1], "|>")
}

// contextLine is where what the parser was reading began, if it says so.
func contextLine(fault *yaml.LoadError) int {
	if fault.ContextMark.Line == 0 || strings.Contains(fault.ContextMsg, "block mapping") {
		return fault.Mark.Line
	}
	return fault.ContextMark.Line
}

// keyValue is a line with a key and a value, or a list item.
var keyValue = pattern(`^([ \t]*(?:- +)?(?:[\pL\pN_][\pL\pN_ .-]*:[ \t]+)|[ \t]*- +)(\S.*?)[ \t]*$`)

// surprising reports whether a value may mean more to YAML than to its writer.
func surprising(value string) bool {
	if closed := strings.HasSuffix(value, "]") || strings.HasSuffix(value, "}"); closed && strings.ContainsAny(value[:1], "[{") {
		return false // a list or a map, with a mistake inside
	}
	return strings.Contains(value, ": ") || strings.HasSuffix(value, ":") || strings.ContainsAny(value[:1], "\"'"+indicators)
}

// indicators have a meaning of their own at the start of a value.
const indicators = "@`%*&![]{}|>#-?,:"

// unwrap takes away quotes that stand around a value, or that are left over:
// 'it's down' and "never closed.
func unwrap(value string) string {
	q := value[:1]
	if q != `"` && q != `'` {
		return value
	}
	if n := strings.Count(value, q); n%2 == 0 && (n > 2 || !strings.HasSuffix(value, q)) {
		return value
	}
	return strings.TrimSuffix(value[1:], q)
}

// quoteLine puts the value of a line in quotes; false where it has none that
// is better off so.
func quoteLine(line string) (string, bool) {
	m := keyValue().FindStringSubmatch(line)
	if m == nil || !surprising(m[2]) {
		return "", false
	}
	value := unwrap(m[2])
	quoted := `"` + value + `"`
	switch {
	case strings.ContainsAny(value, `"\`) && !strings.Contains(value, "'"):
		quoted = "'" + value + "'"
	case strings.ContainsAny(value, `"\`):
		quoted = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
	}
	return m[1] + quoted, value != ""
}

// unquoted reports a value that YAML reads as more than text.
func (r *yamlReader) unquoted(fault *yaml.LoadError, src []byte, line int, quoted string) diag.Diagnostic {
	value := keyValue().FindStringSubmatch(lineOf(src, line))[2]
	at := r.position(line, 1+len([]rune(strings.TrimSuffix(strings.TrimRight(lineOf(src, line), " \t"), value))))
	message := "YAML can't read this value as it stands"
	switch {
	case strings.Contains(value, ": ") && !strings.ContainsAny(value[:1], "\"'[{"):
		message = `a value with ": " in it must stand in quotes`
		if fault.Mark.Line == line {
			at.Column = fault.Mark.Column
		}
	case strings.ContainsAny(value[:1], `"'`):
		message = "the quotes around this value don't fit"
	case value[0] == '[' && !strings.Contains(value, "]"), value[0] == '{' && !strings.Contains(value, "}"):
		return ruleYAMLSyntax.At(at, "the %s is never closed", value[:1]).
			WithHint("close it; where it is meant as text, write %s", strings.TrimLeft(quoted, " \t"))
	case strings.ContainsAny(value[:1], indicators):
		message = "a value that begins with " + value[:1] + " must stand in quotes"
	}
	return ruleYAMLSyntax.At(at, "%s", message).WithHint("write %s", strings.TrimLeft(quoted, " \t"))
}

// quoteHint is the line with its value quoted, ready to paste.
func (r *yamlReader) quoteHint(line int, otherwise string) string {
	quoted, ok := quoteLine(r.file.Line(line + r.before))
	if !ok {
		return otherwise
	}
	return "where it is meant as text, write " + strings.TrimLeft(quoted, " \t")
}

const flowHint = "separate items by commas, close every bracket, and put values with any of , : [ ] { } in double quotes"

// surprises puts the parser's errors into a writer's words; the first whose
// part is found in an error explains it.
var surprises = []struct{ part, message, hint string }{
	{"exceeded max depth", "lists and maps are nested too deeply", "16 levels are the most"},
	{"could not find expected ':'", "this line is no key with a value", "write key: value, with a space after the colon; is the --- above the text missing?"},
	{"expected <document start>", "this line is indented otherwise than the first", "begin all keys in the same column"},
	{"mapping values are not allowed", "a key can't stand here", "begin it in the same column as the other keys, and put a space after each colon"},
	{"block sequence entries", "a list can't begin here", "begin it on a line of its own, or write [a, b]"},
	{"',' or ']'", "this list between [ and ] can't be read", flowHint},
	{"',' or '}'", "this map between { and } can't be read", flowHint},
	{"comment or line break", "text can't begin on the line of its | or >", "begin it on the next line, indented"},
	{"unexpected end of stream", "the quote opened here is never closed", "close it"},
	{"did not find expected key", "this line is indented otherwise than its neighbours", "begin all keys of a map, or items of a list, in the same column"},
	{"did not find expected '-' indicator", "this line is indented otherwise than its neighbours", "begin all items of a list in the same column"},
	{"did not find expected node content", "a value is missing here", "where the character is meant as text, put the value in double quotes"},
	{"directive", "a line that begins with % is not read", "where it is meant as text, put it in double quotes"},
	{"incompatible YAML document", "a line that begins with % is not read", "delete it"},
}

// opened are the errors best shown where something was opened.
var opened = []string{"unexpected end of stream", "could not find expected ':'", "directive"}

func (r *yamlReader) explain(fault *yaml.LoadError) diag.Diagnostic {
	mark := fault.Mark
	for _, part := range opened {
		if strings.Contains(fault.Message, part) && fault.ContextMark.Line > 0 {
			mark = fault.ContextMark
		}
	}
	at := r.position(max(mark.Line, 1), max(mark.Column, 1))
	if strings.HasPrefix(strings.TrimLeft(r.file.Line(at.Line), " "), "\t") {
		return ruleYAMLSyntax.At(at, "a tab stands where YAML wants spaces").WithHint("indent with spaces")
	}
	for _, s := range surprises {
		if strings.Contains(fault.Message, s.part) {
			rule := ruleYAMLSyntax
			if s.part == "exceeded max depth" {
				rule = ruleYAMLRefused
			}
			return rule.At(at, "%s", s.message).WithHint("%s", s.hint)
		}
	}
	return ruleYAMLSyntax.At(at, "YAML can't read this: %s", fault.Message).
		WithHint("where it is meant as text, put the value in double quotes")
}

// lineOf is line n of a text, counted from 1; "" where there is none.
func lineOf(src []byte, n int) string {
	if n < 1 {
		return ""
	}
	for ; n > 1; n-- {
		i := bytes.IndexByte(src, '\n')
		if i < 0 {
			return ""
		}
		src = src[i+1:]
	}
	if i := bytes.IndexByte(src, '\n'); i >= 0 {
		src = src[:i]
	}
	return string(src)
}

// replaceLine is a text with another line n.
func replaceLine(src []byte, n int, line string) []byte {
	lines := strings.Split(string(src), "\n")
	lines[n-1] = line
	return []byte(strings.Join(lines, "\n"))
}
