package cstate

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"allclear/generator/compose"
	"allclear/generator/diag"
	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/source"
)

// This file reads front matter in YAML, TOML or JSON. Where a part of it can't
// be read, the rest is.

// hugoFile is one page: its front matter and its text.
type hugoFile struct {
	page
	fields   source.Value
	body     string
	bodyLine int
	date     time.Time
	notes    *importer.Report // of a file that may be no issue
}

// at is a line of the file, to print.
func (f *hugoFile) at(line int) string {
	return diag.Position{File: f.file, Line: max(line, 1)}.String()
}

// field finds a key in any letter case, as Hugo does.
func (f *hugoFile) field(key string) (source.Field, bool) { return fieldFold(f.fields, key) }

func fieldFold(v source.Value, key string) (source.Field, bool) {
	for _, f := range v.Fields {
		if strings.EqualFold(f.Key, key) {
			return f, true
		}
	}
	return source.Field{}, false
}

// textOf is the scalar at a path of keys below a value; "" if there is none.
func textOf(v source.Value, keys ...string) string {
	for _, key := range keys {
		f, _ := fieldFold(v, key)
		v = f.Value
	}
	if v.Kind != source.KindScalar {
		return ""
	}
	return markup.OneLine(v.Text)
}

func isTrue(word string) bool {
	return slices.Contains([]string{"true", "yes", "on", "y", "1"}, strings.ToLower(word))
}

// frontFence is a line above or below front matter.
var frontFence = regexp.MustCompile(`^(---|\+\+\+)[ \t]*(?i:toml|yaml|yml)?[ \t]*$`)

// errNoFrontMatter is the error of a file that has none, so that Hugo takes it
// for a page without settings.
var errNoFrontMatter = fmt.Errorf("it does not begin with front matter")

// parseHugo reads a file. It notes problems that it could step over in it. The error
// says why the file can't be read; the line is that of the error.
func parseHugo(p page, raw []byte) (*hugoFile, int, error) {
	f := &hugoFile{page: p, notes: &importer.Report{}}
	text := decoded(raw)
	if !utf8.Valid(raw) {
		f.notes.Note(p.file, "it is not UTF-8: it is read as Windows-1252")
	}
	lines := strings.Split(compose.Clean(text), "\n")
	open := 0
	for open < len(lines) && strings.TrimSpace(lines[open]) == "" {
		open++
	}
	switch {
	case open < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[open]), "{") && !strings.HasPrefix(strings.TrimSpace(lines[open]), "{{"):
		return f.readJSON(lines, open)
	case open == len(lines) || !frontFence.MatchString(lines[open]):
		return nil, open + 1, errNoFrontMatter
	}
	fence := lines[open][:3]
	end := open + 1
	for end < len(lines) && strings.TrimRight(lines[end], " \t") != fence {
		end++
	}
	begins := end + 1
	if end == len(lines) {
		end = endOfKeys(lines, open+1)
		begins = end
		f.notes.Note(f.at(open+1), "its front matter is never closed: it is taken to end with its last key")
	}
	f.body, f.bodyLine = strings.Join(lines[begins:], "\n"), begins+1
	matter := strings.Join(lines[open+1:end], "\n")
	isTOML := fence == "+++" || strings.Contains(strings.ToLower(lines[open]), "toml")
	var line int
	var err error
	if isTOML {
		f.fields, line, err = tomlFields(p.file, matter, open+1)
	} else {
		f.fields, line, err = yamlFields(p.file, matter, open+1, f.notes)
	}
	return f, line, err
}

func (f *hugoFile) readJSON(lines []string, open int) (*hugoFile, int, error) {
	text := strings.Join(lines[open:], "\n")
	decoder := json.NewDecoder(strings.NewReader(text))
	var fields map[string]any
	if err := decoder.Decode(&fields); err != nil {
		return nil, open + 1, fmt.Errorf("its JSON can't be read: %w", err)
	}
	end := int(decoder.InputOffset())
	f.body, f.bodyLine = text[end:], open+1+strings.Count(text[:end], "\n")
	f.fields = decodedValue(fields, func(string) diag.Position { return diag.Position{File: f.file, Line: open + 1} })
	return f, 0, nil
}

// keyLine begins a key of front matter.
var keyLine = regexp.MustCompile(`^["']?[A-Za-z_][\w .-]*["']?[ \t]*[:=]`)

// belongs reports whether a line can belong to the key above it.
func belongs(line string) bool {
	return strings.TrimSpace(line) == "" || strings.ContainsAny(line[:1], " \t-#]}")
}

// endOfKeys is the line after the last key of front matter that is not closed.
func endOfKeys(lines []string, from int) int {
	end := from
	for n := from; n < len(lines) && (keyLine.MatchString(lines[n]) || belongs(lines[n])); n++ {
		if strings.TrimSpace(lines[n]) != "" {
			end = n + 1
		}
	}
	return end
}

// keyBlocks divides front matter into its keys: the first line of each, and
// those that belong to it.
func keyBlocks(lines []string) [][2]int {
	var blocks [][2]int
	for n, line := range lines {
		if keyLine.MatchString(line) || len(blocks) == 0 {
			blocks = append(blocks, [2]int{n, n + 1})
		} else {
			blocks[len(blocks)-1][1] = n + 1
		}
	}
	return blocks
}

// yamlFields reads YAML that begins below a number of lines. Of a key that is
// there twice the last one counts, as in Hugo. What can't be read as YAML is
// read key by key, and noted.
func yamlFields(name, text string, before int, report *importer.Report) (source.Value, int, error) {
	lines := strings.Split(text, "\n")
	blocks := keyBlocks(lines)
	last := map[string]int{}
	key := func(block [2]int) string {
		word, _, _ := strings.Cut(lines[block[0]], ":")
		return strings.ToLower(strings.Trim(word, " \t\"'"))
	}
	for n, block := range blocks {
		if other, twice := last[key(block)]; twice && keyLine.MatchString(lines[block[0]]) {
			report.Note(diag.Position{File: name, Line: before + 1 + blocks[other][0]}.String(), "the key %q is there twice: the last one counts", key(block))
			for i := blocks[other][0]; i < blocks[other][1]; i++ {
				lines[i] = ""
			}
		}
		last[key(block)] = n
	}
	value, found := source.ParseYAML(name, []byte(strings.Repeat("\n", before)+strings.Join(lines, "\n")+"\n"))
	if !found.HasErrors() {
		return value, 0, nil
	}
	whole := source.Value{Kind: source.KindMap}
	for _, block := range blocks {
		field, ok, problem := yamlBlock(name, lines[block[0]:block[1]], before+block[0])
		if problem != "" {
			report.Note(diag.Position{File: name, Line: before + 1 + block[0]}.String(), "%s; it is read as far as possible", problem)
		}
		if ok {
			whole.Fields = append(whole.Fields, field)
		}
	}
	if len(whole.Fields) == 0 {
		return value, found[0].Position.Line, fmt.Errorf("%s", found[0].Message)
	}
	return whole, 0, nil
}

// yamlBlock reads one key. A value that is no YAML is the text behind the colon.
func yamlBlock(name string, lines []string, before int) (field source.Field, ok bool, problem string) {
	for i, line := range lines {
		rest := strings.TrimLeft(line, " \t")
		lines[i] = strings.ReplaceAll(line[:len(line)-len(rest)], "\t", "  ") + rest
	}
	value, found := source.ParseYAML(name, []byte(strings.Repeat("\n", before)+strings.Join(lines, "\n")+"\n"))
	if len(value.Fields) == 1 && !found.HasErrors() {
		return value.Fields[0], true, ""
	}
	at := diag.Position{File: name, Line: before + 1}
	key, text, ok := strings.Cut(lines[0], ":")
	if len(found) > 0 {
		problem = found[0].Message
	}
	if !ok || !keyLine.MatchString(lines[0]) {
		return field, false, problem
	}
	return source.Field{Key: strings.Trim(key, " \t\"'"), KeyAt: at, Value: source.Value{
		Kind: source.KindScalar, Position: at, Text: unquoted(text),
	}}, true, problem
}

// unquoted is a text without the quotes around all of it.
func unquoted(text string) string {
	text = strings.TrimSpace(text)
	for _, quote := range []string{`"`, "'"} {
		if inner, ok := strings.CutPrefix(text, quote); ok && strings.Count(text, quote) == 2 && strings.HasSuffix(inner, quote) {
			return strings.TrimSuffix(inner, quote)
		}
	}
	return text
}

// tomlFields reads TOML into the same form. Only keys at the start of a line
// have a position.
func tomlFields(name, text string, before int) (source.Value, int, error) {
	var fields map[string]any
	if _, err := toml.Decode(text, &fields); err != nil {
		line := before
		if parse, ok := err.(toml.ParseError); ok {
			line += parse.Position.Line
			return source.Value{}, line, fmt.Errorf("its TOML can't be read: %s", parse.Message)
		}
		return source.Value{}, line, fmt.Errorf("its TOML can't be read: %w", err)
	}
	lines := map[string]int{}
	for i, line := range strings.Split(text, "\n") {
		key, _, found := strings.Cut(line, "=")
		key = strings.Trim(strings.TrimSpace(key), `"'`)
		if _, seen := lines[key]; found && !seen {
			lines[key] = before + i + 1
		}
	}
	return decodedValue(fields, func(key string) diag.Position { return diag.Position{File: name, Line: lines[key]} }), 0, nil
}

// decodedValue is a decoded value of TOML or JSON with its keys sorted.
func decodedValue(v any, at func(key string) diag.Position) source.Value {
	switch v := v.(type) {
	case map[string]any:
		value := source.Value{Kind: source.KindMap}
		var keys []string
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			field := source.Field{Key: key, KeyAt: at(key), Value: decodedValue(v[key], at)}
			field.Value.Position = field.KeyAt
			value.Fields = append(value.Fields, field)
		}
		return value
	case []map[string]any:
		value := source.Value{Kind: source.KindList}
		for _, item := range v {
			value.Items = append(value.Items, decodedValue(item, at))
		}
		return value
	case []any:
		value := source.Value{Kind: source.KindList}
		for _, item := range v {
			value.Items = append(value.Items, decodedValue(item, at))
		}
		return value
	case time.Time:
		return source.Value{Kind: source.KindScalar, Text: tomlTime(v)}
	case string:
		return source.Value{Kind: source.KindScalar, Text: v, Quoted: true}
	case nil:
		return source.Value{Kind: source.KindNull}
	}
	return source.Value{Kind: source.KindScalar, Text: fmt.Sprint(v)}
}

// tomlTime writes a time without a zone if TOML had none.
func tomlTime(t time.Time) string {
	switch t.Location().String() {
	case "datetime-local":
		return t.Format("2006-01-02 15:04:05")
	case "date-local":
		return t.Format("2006-01-02")
	}
	return t.Format(time.RFC3339)
}

// windows1252 are the characters of the bytes 0x80 to 0x9F.
var windows1252 = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

// decoded is a text as UTF-8. A line that is not UTF-8 is read as Windows-1252.
func decoded(raw []byte) string {
	if utf8.Valid(raw) {
		return strings.TrimPrefix(string(raw), "\ufeff")
	}
	var b strings.Builder
	for line := range strings.Lines(string(raw)) {
		if utf8.ValidString(line) {
			b.WriteString(line)
			continue
		}
		for _, c := range []byte(line) {
			if r := rune(c); r >= 0x80 && r < 0xa0 {
				b.WriteRune(windows1252[r-0x80])
			} else {
				b.WriteRune(r)
			}
		}
	}
	return strings.TrimPrefix(b.String(), "\ufeff")
}
