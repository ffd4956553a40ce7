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
	Title: "Front matter and site.yaml are valid YAML",
	Why:   "Some characters have a special meaning in YAML; read wrongly, they would cut a title short or change a component's status.",
})

// maxRepairs bounds how many syntax errors of one file are repaired.
const maxRepairs = 16

// load parses YAML and reports its syntax errors. The parser stops at the
// first error. Nearly every error is a value without quotes, so load quotes
// the value, which is also the hint, and parses again to find the next error.
func (r *yamlReader) load(src []byte) []yaml.Node {
	documents, err := loadNodes(src)
	for repairs := 0; err != nil; repairs++ {
		var syntaxError *yaml.LoadError
		if !errors.As(err, &syntaxError) {
			r.report(ruleYAMLSyntax.At(r.position(1, 1), "this is not YAML: %v", err))
			return nil
		}
		var repaired []byte
		var line int
		if repairs < maxRepairs && len(src) <= MaxFrontMatter {
			repaired, line = repairLine(src, syntaxError)
		}
		if repaired == nil {
			r.report(r.explain(syntaxError))
			return nil
		}
		r.found.Add(r.repaired(syntaxError, src, line, lineOf(repaired, line)))
		src = repaired
		documents, err = loadNodes(src)
	}
	return documents
}

func (r *yamlReader) report(d diag.Diagnostic) {
	r.broken = true
	r.found.Add(d)
}

// repairLine repairs the line of an error, and returns the line's number. It
// returns nil if the parser still fails there.
func repairLine(src []byte, syntaxError *yaml.LoadError) ([]byte, int) {
	for _, line := range []int{syntaxError.Mark.Line, syntaxError.ContextMark.Line, syntaxError.Mark.Line - 1, 1} {
		text := lineOf(src, line)
		if text == "" || len(text) > maxPasted {
			continue
		}
		for _, better := range repairs(text) {
			if opensBlock(text) && strings.HasPrefix(lineOf(src, line+1), " ") {
				continue
			}
			repaired := replaceLine(src, line, better)
			documents, err := loadNodes(repaired)
			var next *yaml.LoadError
			isMap := len(documents) > 0 && len(documents[0].Content) > 0 && documents[0].Content[0].Kind == yaml.MappingNode
			if err == nil && isMap || errors.As(err, &next) && min(next.Mark.Line, contextLine(next)) > line {
				return repaired, line
			}
		}
	}
	return nil, 0
}

// repairs are lines that may have been meant, the likeliest first.
func repairs(line string) []string {
	var better []string
	try := func(text string, ok bool) {
		if ok && text != line {
			better = append(better, text)
		}
	}
	if m := nestedSetting().FindStringSubmatch(line); m != nil {
		try(m[1]+"{ "+m[2]+" }", true)
	}
	if m := unclosed().FindStringSubmatch(line); m != nil {
		try(line+map[string]string{"[": "]", "{": "}"}[m[1]], !strings.ContainsAny(m[2], "]}"))
	}
	try(quoteLine(line))
	try(keyWithoutColon().ReplaceAllString(line, "$1: $2"), true)
	try(keyBeforeBlank().ReplaceAllString(line, "$1: $2"), true)
	try(strings.TrimLeft(line, " \t-"), true)
	if strings.HasPrefix(line, "\t") {
		try(strings.Replace(line, "\t", "  ", 1), true)
	}
	return better
}

var (
	nestedSetting   = pattern(`^(components?: +)([a-z][a-z0-9-]*: +[a-z_]+)[ \t]*$`) // component: api: major_outage
	unclosed        = pattern(`^[a-z_]+: +([\[{])([^\[{]*)$`)                        // component: [api, web
	keyBeforeBlank  = pattern(`^(title|components?|severity|investigating|identified|monitoring|resolved|scheduled(?:_for|_until)?|from|until|url|timezone) +(\S.*)$`)
	keyWithoutColon = pattern(`^([ \t]*(?:- +)?[a-z_]+)(?::| *= *|: *= *)([^ \t=:/].*)$`) // title:API down, title = API down
)

// opensBlock reports whether a line's value begins like a block of text.
func opensBlock(line string) bool {
	m := keyValue().FindStringSubmatch(line)
	return m != nil && strings.ContainsAny(m[2][:1], "|>")
}

// contextLine is the first line of the value that the parser was reading, if
// the error has it.
func contextLine(syntaxError *yaml.LoadError) int {
	if syntaxError.ContextMark.Line == 0 || strings.Contains(syntaxError.ContextMsg, "block mapping") {
		return syntaxError.Mark.Line
	}
	return syntaxError.ContextMark.Line
}

// keyValue matches a line with a key and a value, or with a list item.
var keyValue = pattern(`^([ \t]*(?:- +)?(?:[\pL\pN_][\pL\pN_ .-]*:[ \t]+)|[ \t]*- +)(\S.*?)[ \t]*$`)

// needsQuotes reports whether a value may have a special meaning in YAML that
// its writer did not intend.
func needsQuotes(value string) bool {
	if closed := strings.HasSuffix(value, "]") || strings.HasSuffix(value, "}"); closed && strings.ContainsAny(value[:1], "[{") {
		return false // a list or a map, with a mistake inside
	}
	return strings.Contains(value, ": ") || strings.HasSuffix(value, ":") || strings.ContainsAny(value[:1], "\"'"+indicators)
}

// indicators have a special meaning at the start of a value.
const indicators = "@`%*&![]{}|>#-?,:"

// unwrap removes quotes around a value, or an unmatched one: 'it's down' and
// "never closed.
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

// quoteLine puts the value of a line in quotes; false if it has no value that
// needs them.
func quoteLine(line string) (string, bool) {
	m := keyValue().FindStringSubmatch(line)
	if m == nil || !needsQuotes(m[2]) {
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

// repaired reports a line that was repaired; its value was put in quotes, or its
// form was wrong.
func (r *yamlReader) repaired(syntaxError *yaml.LoadError, src []byte, line int, better string) diag.Diagnostic {
	if quoted, ok := quoteLine(lineOf(src, line)); ok && quoted == better {
		return r.unquoted(syntaxError, src, line, better)
	}
	d := ruleYAMLSyntax.At(r.position(line, 1), "this line is not written as YAML is")
	if m := unclosed().FindStringSubmatch(lineOf(src, line)); m != nil {
		d.Message = "the " + m[1] + " is never closed"
	} else if explained := r.explain(syntaxError); explained.Position.Line == d.Position.Line {
		d.Position, d.Message = explained.Position, explained.Message
	}
	return d.Replaced(better, better != strings.TrimLeft(lineOf(src, line), " \t-"))
}

// unquoted reports a value with a special meaning in YAML; quoted is its line
// with the value in quotes.
func (r *yamlReader) unquoted(syntaxError *yaml.LoadError, src []byte, line int, quoted string) diag.Diagnostic {
	value := keyValue().FindStringSubmatch(lineOf(src, line))[2]
	at := r.position(line, 1+len([]rune(strings.TrimSuffix(strings.TrimRight(lineOf(src, line), " \t"), value))))
	message := "YAML can't read this value without quotes"
	switch {
	case strings.Contains(value, ": ") && !strings.ContainsAny(value[:1], "\"'[{"):
		message = `a value with ": " in it must be in quotes`
		if syntaxError.Mark.Line == line {
			at.Column = syntaxError.Mark.Column
		}
	case strings.ContainsAny(value[:1], `"'`):
		message = "the quotes around this value don't match"
	case value[0] == '[' && !strings.Contains(value, "]"), value[0] == '{' && !strings.Contains(value, "}"):
		return ruleYAMLSyntax.At(at, "the %s is never closed", value[:1]).
			WithHint("close it; if it is part of a text, write %s", strings.TrimLeft(quoted, " \t"))
	case strings.ContainsAny(value[:1], indicators):
		message = "a value that begins with " + value[:1] + " must be in quotes"
	}
	return ruleYAMLSyntax.At(at, "%s", message).Replaced(quoted, true)
}

// maxPasted is how long a line may be, in bytes, that a hint repeats for the
// writer to paste.
const maxPasted = 1000

// quoteHint is the line with its value in quotes, ready to paste.
func (r *yamlReader) quoteHint(line int, otherwise string) string {
	text := r.file.line(line + r.before)
	if len(text) > maxPasted {
		return otherwise
	}
	quoted, ok := quoteLine(string(text))
	if !ok {
		return otherwise
	}
	return "if it is part of a text, write " + strings.TrimLeft(quoted, " \t")
}

const flowHint = "separate items by commas, close every bracket, and put values with any of , : [ ] { } in double quotes"

// explanations explains the parser's errors to a writer. The first one whose
// part is in an error's message is used.
var explanations = []struct{ part, message, hint string }{
	{"exceeded max depth", "lists and maps are nested too deeply", "use at most 16 levels"},
	{"could not find expected ':'", "this line is not a key with a value", "write key: value, with a space after the colon; if this is the text, write --- on the line above it"},
	{"expected <document start>", "this line is not indented like the first one", "begin all keys in the same column"},
	{"mapping values are not allowed", "a key can't begin here", "begin it in the same column as the other keys, and put a space after each colon"},
	{"block sequence entries", "a list can't begin here", "begin it on its own line, or write [a, b]"},
	{"',' or ']'", "this list between [ and ] can't be read", flowHint},
	{"',' or '}'", "this map between { and } can't be read", flowHint},
	{"comment or line break", "text can't begin on the line of its | or >", "begin it on the next line, indented"},
	{"unexpected end of stream", "the quote opened here is never closed", "close it"},
	{"did not find expected key", "this line is not indented like those above it", "begin all keys of a map, or items of a list, in the same column"},
	{"did not find expected '-' indicator", "this line is not indented like those above it", "begin all items of a list in the same column"},
	{"did not find expected node content", "a value is missing here", "if this character is part of a text, put the text in double quotes"},
	{"directive", "a line that begins with % is not allowed", "if it is part of a text, put the text in double quotes"},
	{"incompatible YAML document", "a line that begins with % is not allowed", "delete it"},
}

// atContext are the errors that are shown where the value began, not where the
// parser stopped.
var atContext = []string{"unexpected end of stream", "could not find expected ':'", "directive"}

func (r *yamlReader) explain(syntaxError *yaml.LoadError) diag.Diagnostic {
	mark := syntaxError.Mark
	for _, part := range atContext {
		if strings.Contains(syntaxError.Message, part) && syntaxError.ContextMark.Line > 0 {
			mark = syntaxError.ContextMark
		}
	}
	at := r.position(max(mark.Line, 1), max(mark.Column, 1))
	if strings.HasPrefix(strings.TrimLeft(r.file.Line(at.Line), " "), "\t") {
		return ruleYAMLSyntax.At(at, "this line is indented with a tab").WithHint("indent with spaces: YAML does not allow tabs")
	}
	for _, e := range explanations {
		if strings.Contains(syntaxError.Message, e.part) {
			rule := ruleYAMLSyntax
			if e.part == "exceeded max depth" {
				rule = ruleYAMLRefused
			}
			return rule.At(at, "%s", e.message).WithHint("%s", e.hint)
		}
	}
	return ruleYAMLSyntax.At(at, "YAML can't read this: %s", syntaxError.Message).
		WithHint("if this is part of a text, put the text in double quotes")
}

// lineOf returns line n of a text, counted from 1; "" if there is no such line.
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

// replaceLine returns a text with another line n.
func replaceLine(src []byte, n int, line string) []byte {
	lines := strings.Split(string(src), "\n")
	lines[n-1] = line
	return []byte(strings.Join(lines, "\n"))
}
