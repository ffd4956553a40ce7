package cstate

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/BurntSushi/toml"

	"allclear/generator/compose"
	"allclear/generator/diag"
	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/source"
)

// This file reads what is Hugo's: front matter in YAML, TOML or JSON, times in
// many forms, addresses made from file names.

// hugoTime is a time with what its text left out.
type hugoTime struct {
	time.Time
	zoneless bool // it has no zone
	dateOnly bool // it has no time of day
}

const clockForm = `(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?:[ \t]*([AaPp])\.?[Mm]\b\.?)?[ \t]*(Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?`

var (
	isoForm = regexp.MustCompile(`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:[Tt]|,?[ \t]+(?:at[ \t]+|-[ \t]+)?)` + clockForm + `)?`)
	dayForm = regexp.MustCompile(`(?i)(\d{1,2})(?:st|nd|rd|th)?[ \t]+(?:of[ \t]+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?[ \t]+(\d{4})[ \t,at-]+` + clockForm)
	monthUS = regexp.MustCompile(`(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[ \t]+(\d{1,2})(?:st|nd|rd|th)?,?[ \t]+(\d{4})[ \t,at-]+` + clockForm)
	months  = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
)

// findTime finds a time in a text, and its position.
func findTime(text string, zone *time.Location) (at hugoTime, start, end int, ok bool) {
	for _, form := range []struct {
		*regexp.Regexp
		year, month, day int
	}{{isoForm, 1, 2, 3}, {dayForm, 3, 2, 1}, {monthUS, 3, 1, 2}} {
		m := form.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		if at, ok = readTime(part(form.year), part(form.month), part(form.day), clock{part(4), part(5), part(6), part(7), part(8)}, zone); ok {
			return at, m[0], m[1], true
		}
	}
	return hugoTime{}, 0, 0, false
}

// parseTime reads a text that is only a time.
func parseTime(text string, zone *time.Location) (hugoTime, bool) {
	text = strings.TrimSpace(text)
	at, start, end, ok := findTime(text, zone)
	return at, ok && start == 0 && end == len(text)
}

// clock is a time of day as it was written.
type clock struct {
	hour, minute, second string
	half                 string // a or p, on a 12-hour clock
	offset               string
}

func readTime(year, month, day string, c clock, zone *time.Location) (hugoTime, bool) {
	n := func(s string) int { v, _ := strconv.Atoi(s); return v }
	hour, offset := n(c.hour), c.offset
	if c.half != "" {
		if hour < 1 || hour > 12 {
			return hugoTime{}, false
		}
		hour %= 12
		if strings.EqualFold(c.half, "p") {
			hour += 12
		}
	}
	m := n(month)
	if i := slices.Index(months, strings.ToLower(month[:min(3, len(month))])); i >= 0 {
		m = i + 1
	}
	at := hugoTime{dateOnly: c.hour == "", zoneless: offset == ""}
	in := zone
	switch {
	case offset == "":
	case len(offset) <= 3:
		in = time.UTC
	default:
		seconds := (n(offset[1:3])*60 + n(offset[len(offset)-2:])) * 60
		if offset[0] == '-' {
			seconds = -seconds
		}
		in = time.FixedZone("", seconds)
	}
	at.Time = time.Date(n(year), time.Month(m), n(day), hour, n(c.minute), n(c.second), 0, in)
	valid := n(year) >= 1970 && n(year) < 9999 && at.Day() == n(day) && int(at.Month()) == m && hour < 24 && n(c.minute) < 60 && n(c.second) < 60
	at.Time = at.UTC()
	return at, valid
}

// hugoFile is one Markdown file: its front matter and its text.
type hugoFile struct {
	name     string // as printed: content/issues/api.md
	fields   source.Value
	body     string
	bodyLine int
}

// at is a line of the file, to print.
func (f *hugoFile) at(line int) string {
	return diag.Position{File: f.name, Line: line}.String()
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
var frontFence = regexp.MustCompile(`^(---|\+\+\+)[ \t]*$`)

// parseHugo reads a file. It notes problems that it could step over. The error
// says why the file can't be read; the line is that of the error.
func parseHugo(name string, raw []byte, report *importer.Report) (*hugoFile, int, error) {
	if len(raw) > source.MaxFile {
		return nil, 0, fmt.Errorf("it is larger than 1 MiB")
	}
	if i := slices.IndexFunc(strings.SplitAfter(string(raw), "\n"), func(line string) bool { return strings.ToValidUTF8(line, "") != line }); i >= 0 {
		return nil, i + 1, fmt.Errorf("it is not UTF-8")
	}
	lines := strings.Split(compose.Clean(string(raw)), "\n")
	open := 0
	for open < len(lines) && strings.TrimSpace(lines[open]) == "" {
		open++
	}
	isJSON := open < len(lines) && strings.TrimSpace(lines[open]) == "{"
	if open == len(lines) || !isJSON && !frontFence.MatchString(lines[open]) {
		return nil, open + 1, fmt.Errorf("it does not begin with front matter")
	}
	fence := strings.TrimSpace(lines[open])
	closing := fence
	if isJSON {
		closing = "}"
	}
	end := open + 1
	for end < len(lines) && strings.TrimRight(lines[end], " \t") != closing {
		end++
	}
	if end == len(lines) {
		return nil, open + 1, fmt.Errorf("its front matter is never closed")
	}
	f := &hugoFile{name: name, body: strings.Join(lines[end+1:], "\n"), bodyLine: end + 2}
	matter := strings.Join(lines[open+1:end], "\n")
	var line int
	var err error
	switch {
	case isJSON: // JSON is YAML too
		f.fields, line, err = yamlFields(name, "{\n"+matter+"\n}", open, report)
	case fence == "---":
		f.fields, line, err = yamlFields(name, matter, open+1, report)
	default:
		f.fields, line, err = tomlFields(name, matter, open+1)
	}
	return f, line, err
}

// yamlFields reads YAML that begins below a number of lines. It notes problems
// that the reader can step over.
func yamlFields(name, text string, before int, report *importer.Report) (source.Value, int, error) {
	value, found := source.ParseYAML(name, []byte(strings.Repeat("\n", before)+text+"\n"))
	for _, d := range found {
		if len(value.Fields) == 0 {
			return value, d.Position.Line, fmt.Errorf("%s", d.Message)
		}
		report.Note(diag.Position{File: name, Line: d.Position.Line}.String(), "%s; it is read as far as possible", d.Message)
	}
	return value, 0, nil
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
	return tomlValue(fields, func(key string) diag.Position { return diag.Position{File: name, Line: lines[key]} }), 0, nil
}

// tomlValue is a decoded TOML value with its keys sorted.
func tomlValue(v any, at func(key string) diag.Position) source.Value {
	switch v := v.(type) {
	case map[string]any:
		value := source.Value{Kind: source.KindMap}
		var keys []string
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			field := source.Field{Key: key, KeyAt: at(key), Value: tomlValue(v[key], at)}
			field.Value.Position = field.KeyAt
			value.Fields = append(value.Fields, field)
		}
		return value
	case []map[string]any:
		value := source.Value{Kind: source.KindList}
		for _, item := range v {
			value.Items = append(value.Items, tomlValue(item, at))
		}
		return value
	case []any:
		value := source.Value{Kind: source.KindList}
		for _, item := range v {
			value.Items = append(value.Items, tomlValue(item, at))
		}
		return value
	case time.Time:
		return source.Value{Kind: source.KindScalar, Text: tomlTime(v)}
	case string:
		return source.Value{Kind: source.KindScalar, Text: v, Quoted: true}
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

// urlize makes a part of an address from a name as Hugo does: in lower case,
// with hyphens for blanks, without characters that need escaping.
func urlize(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(name)) {
		switch {
		case unicode.IsSpace(r):
			if !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune("._#+~-/", r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
