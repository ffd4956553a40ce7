package mapped

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"allclear/generator/compose"
	"allclear/generator/diag"
	"allclear/generator/importer"
	"allclear/generator/importer/cstate"
	"allclear/generator/importer/markup"
	"allclear/generator/source"
)

// file is one file of the site: its front matter and its text.
type file struct {
	name     string // its path below the folder
	fields   source.Value
	body     string
	bodyLine int
}

// at is a line of the file, to print.
func (f *file) at(line int) string {
	return diag.Position{File: f.name, Line: max(line, 1)}.String()
}

// field finds the first of some keys that has a value, in any letter case.
func (f *file) field(k keys) (source.Field, bool) { return fieldOf(f.fields, k) }

func fieldOf(v source.Value, k keys) (source.Field, bool) {
	for _, name := range k {
		for _, field := range v.Fields {
			if strings.EqualFold(field.Key, name) && (field.Value.Kind != source.KindScalar || strings.TrimSpace(field.Value.Text) != "") && field.Value.Kind != source.KindNull {
				return field, true
			}
		}
	}
	return source.Field{}, false
}

// line is the value of the first of some keys on one line; "" if there is none.
func (f *file) line(k keys) string {
	field, _ := f.field(k)
	if field.Value.Kind != source.KindScalar {
		return ""
	}
	return markup.OneLine(field.Value.Text)
}

// word is what the value of a key means; false if the file has none.
func (f *file) word(w words) (meaning, said string, ok bool) {
	field, ok := f.field(w.keys)
	said = markup.OneLine(field.Value.Text)
	return w.meaning(said), said, ok
}

func (w words) meaning(said string) string {
	said = strings.ToLower(strings.TrimSpace(said))
	if len(w.means) == 0 {
		return fmt.Sprint(slices.Contains(yes, said))
	}
	return w.means[said]
}

// matches reports whether a path fits a pattern, in which ** is any folders.
func matches(pattern, name string) bool {
	return matchParts(strings.Split(strings.Trim(pattern, "/"), "/"), strings.Split(name, "/"))
}

func matchParts(pattern, name []string) bool {
	switch {
	case len(pattern) == 0:
		return len(name) == 0
	case pattern[0] == "**":
		return matchParts(pattern[1:], name) || len(name) > 0 && matchParts(pattern, name[1:])
	case len(name) == 0:
		return false
	}
	ok, _ := path.Match(pattern[0], name[0])
	return ok && matchParts(pattern[1:], name[1:])
}

func matchesAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, name) })
}

// files reads the files that fit some patterns and not others, in order of path.
func files(root *os.Root, patterns, ignore []string, report *importer.Report) ([]*file, error) {
	var all []*file
	err := fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if base := entry.Name(); name != "." && (strings.HasPrefix(base, ".") || base == "node_modules") {
				return fs.SkipDir
			}
			return nil
		case !entry.Type().IsRegular() || !matchesAny(patterns, name) || matchesAny(ignore, name):
			return nil
		case len(all) == importer.MaxFiles:
			return fmt.Errorf("it has more than %d files", importer.MaxFiles)
		}
		raw, err := readFile(root, name)
		if err != nil {
			report.LeaveOut(name, "%v", err)
			return nil
		}
		f, line, err := parse(name, raw, report)
		if err != nil {
			report.LeaveOut(diag.Position{File: name, Line: max(line, 1)}.String(), "%v", err)
			return nil
		}
		all = append(all, f)
		return nil
	})
	return all, err
}

func readFile(root *os.Root, name string) ([]byte, error) {
	opened, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	return importer.ReadBounded(opened, source.MaxFile)
}

var (
	fence  = regexp.MustCompile(`^(---|\+\+\+)[ \t]*(json|toml|yaml)?[ \t]*$`)
	header = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9 _-]*):(?:[ \t]+(.*))?$`)
)

// parse reads the front matter of a file: YAML, TOML or JSON between fences as
// in Jekyll, Hugo and Eleventy, or Pelican's lines of key and value up to a
// blank one. The line is that of the error.
func parse(name string, raw []byte, report *importer.Report) (*file, int, error) {
	if !utf8.Valid(raw) {
		return nil, 1, errors.New("it is not UTF-8")
	}
	lines := strings.Split(compose.Clean(strings.TrimPrefix(string(raw), "\ufeff")), "\n")
	open := 0
	for open < len(lines) && strings.TrimSpace(lines[open]) == "" {
		open++
	}
	if open == len(lines) {
		return nil, 1, errors.New("it is empty")
	}
	f := &file{name: name}
	m := fence.FindStringSubmatch(lines[open])
	if m == nil {
		return f, 0, f.headers(lines, open)
	}
	end := open + 1
	for end < len(lines) && strings.TrimRight(lines[end], " \t") != m[1] {
		end++
	}
	if end == len(lines) {
		return nil, open + 1, errors.New("its front matter is never closed")
	}
	f.body, f.bodyLine = strings.Join(lines[end+1:], "\n"), end+2
	matter := strings.Join(lines[open+1:end], "\n")
	if m[1] == "+++" || m[2] == "toml" {
		var line int
		var err error
		f.fields, line, err = cstate.TOML(name, matter, open+1)
		return f, line, err
	}
	value, found := source.ParseYAML(name, []byte(strings.Repeat("\n", open+1)+matter+"\n")) // JSON is YAML too
	f.fields = value
	for _, d := range found {
		if len(value.Fields) == 0 {
			return nil, d.Position.Line, errors.New(d.Message)
		}
		report.Note(f.at(d.Position.Line), "%s; it is read as far as possible", d.Message)
	}
	return f, 0, nil
}

// headers reads Pelican's lines of key and value. A line that is indented goes
// on with the value above it.
func (f *file) headers(lines []string, from int) error {
	f.fields.Kind = source.KindMap
	n := from
	for ; n < len(lines) && strings.TrimSpace(lines[n]) != ""; n++ {
		m := header.FindStringSubmatch(lines[n])
		at := diag.Position{File: f.name, Line: n + 1}
		switch last := len(f.fields.Fields) - 1; {
		case m != nil:
			f.fields.Fields = append(f.fields.Fields, source.Field{Key: m[1], KeyAt: at, Value: source.Value{Kind: source.KindScalar, Position: at, Text: m[2]}})
		case last >= 0 && strings.HasPrefix(lines[n], "    "):
			f.fields.Fields[last].Value.Text += " " + strings.TrimSpace(lines[n])
		default:
			return errors.New("it does not begin with front matter")
		}
	}
	f.body, f.bodyLine = strings.Join(lines[min(n+1, len(lines)):], "\n"), n+2
	return nil
}
