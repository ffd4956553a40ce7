package check

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/source"
)

var (
	ruleUnknownKey = rules.Declare(diag.Rule{
		Code:  "unknown-key",
		Title: "Every key is one that allclear knows",
		Why:   "If a mistyped key were ignored, its value would be missing from the page.",
	})
	ruleMissingKey = rules.Declare(diag.Rule{
		Code:  "missing-key",
		Title: "A file has every key that it needs",
		Why:   "An event without a title or times can't be shown, and a site without its url can't be linked to.",
	})
	ruleWrongType = rules.Declare(diag.Rule{
		Code:  "wrong-type",
		Title: "A value has the type of its key",
		Why:   "If a list were given for a word, or a word for a number, allclear would have to guess what is meant.",
	})
	ruleUnknownValue = rules.Declare(diag.Rule{
		Code:  "unknown-value",
		Title: "A value is one that its key allows",
		Why:   "If a mistyped value were ignored, the site would not do what its writer wanted.",
	})
	ruleTitleCut = rules.Declare(diag.Rule{
		Code: "title-cut", Level: diag.Warning,
		Title: "A title with ` #` in it is in quotes",
		Why:   "In YAML, a comment begins at ` #`, so readers would see only a part of the title.",
	})
)

// fields reads the fields of one YAML map and reports mistakes in them. The
// keys that are read are the keys of the map: unknown reports any others.
type fields struct {
	of    string // what the map describes: "an incident", "site.yaml"
	value source.Value
	*reading
	keys  []string // that were read so far, in that order
	shape *shape   // that the readers describe, for a schema; nil otherwise
}

// reading is what the maps of one file have in common.
type reading struct {
	file    *source.File
	list    *diag.List
	now     func() string // the current time, for hints
	renames renames

	disabled []source.Value // of site.yaml: codes of warnings that are switched off
	unread   bool           // of site.yaml: a component has an error
}

// inside are the fields of a map that is a part of this one.
func (r *reading) inside(of string, value source.Value) *fields {
	return &fields{of: of, value: value, reading: r}
}

// field returns the field of a key, as every method that reads a key does.
func (f *fields) field(key string) (source.Field, bool) {
	if !slices.Contains(f.keys, key) {
		f.keys = append(f.keys, key)
		f.known(key)
	}
	return f.value.Field(key)
}

// at is the position of a key's value.
func (f *fields) at(key string) diag.Position {
	field, _ := f.field(key)
	return field.Value.Position
}

// keyHint is what to write instead of a key that is not known: another key, or
// what a sentence says.
type keyHint struct{ key, say string }

// keyHints are by key, in lower case.
type keyHints map[string]keyHint

func use(key string) keyHint           { return keyHint{key: key} }
func say(sentence string) keyHint      { return keyHint{say: sentence} }
func (h keyHint) isFor(f *fields) bool { return h.key != "" && slices.Contains(f.keys, h.key) }

// maxRepaired is how many unknown keys of a map are compared with the known ones
// at once. Of any others, only those that are printed are.
const maxRepaired = 8

// unknown reports the keys that were not read. It is called after all others
// were read.
func (f *fields) unknown(hints keyHints) {
	n := 0
	for _, field := range f.value.Fields {
		if slices.Contains(f.keys, field.Key) {
			continue
		}
		d := ruleUnknownKey.At(field.KeyAt, "unknown key %q in %s", diag.Short(field.Key), f.of)
		if n++; n <= maxRepaired {
			f.list.Add(f.meantKey(d, field, hints))
			continue
		}
		keys := f.keys
		f.list.Add(d.WithHintFrom(func() string {
			return diag.DidYouMean(field.Key, keys) + "the keys are " + strings.Join(keys, ", ")
		}))
	}
}

// meantKey adds the line with the key that was most likely meant to a
// diagnostic.
func (f *fields) meantKey(d diag.Diagnostic, field source.Field, hints keyHints) diag.Diagnostic {
	word := strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.Trim(field.Key, "*\"'` ")))
	hint, given := hints[word]
	near := diag.Near(word, f.keys)
	if !given && near == "" {
		if other := diag.Near(word, slices.Sorted(maps.Keys(hints))); other != "" {
			hint, given = hints[other], true
		}
	}
	switch {
	case given && hint.say != "":
		return d.WithHint("%s", hint.say)
	case hint.isFor(f):
		near = hint.key
	case near == "":
		return d.WithHint("delete it, or write one of the keys %s", strings.Join(f.keys, ", "))
	}
	if other, taken := f.value.Field(near); taken {
		return d.WithHint("did you mean %q? it is already in line %d: delete one of the two", near, other.KeyAt.Line)
	}
	if f.renames != nil {
		f.renames[field.KeyAt] = near
	}
	return replaced(f.file, d, field.Key, near, !given)
}

// require reports a key that is not there; example is a line ready to paste.
func (f *fields) require(key, example string) bool {
	f.needs(key)
	_, ok := f.field(key)
	if !ok {
		f.missing(key, example)
	}
	return ok
}

// requireTime is require for a key whose value is a time.
func (f *fields) requireTime(key string) bool {
	if _, ok := f.field(key); ok {
		return f.require(key, "")
	}
	return f.require(key, key+": "+f.now())
}

func (f *fields) missing(key, example string) {
	f.list.Add(ruleMissingKey.At(f.value.Position, "%s has no %s", f.of, key).WithHint("add a line such as\n%s", example))
}

// maps reads a list of maps; kind names an item, and example is one.
func (f *fields) maps(key, kind, example string) []source.Value {
	field, ok := f.get(key)
	if ok && field.Value.Kind != source.KindList {
		f.wrong(field, "a list such as ["+example+"]")
	}
	var maps []source.Value
	for _, item := range field.Value.Items {
		if item.Kind == source.KindMap {
			maps = append(maps, item)
		} else {
			f.wrong(source.Field{Key: kind, Value: item}, "a map such as "+example)
		}
	}
	return maps
}

// get returns the field of a key that is there and not null.
func (f *fields) get(key string) (source.Field, bool) {
	field, ok := f.field(key)
	return field, ok && field.Value.Kind != source.KindNull
}

// wrong reports a value of the wrong type; want describes the right one.
func (f *fields) wrong(field source.Field, want string) {
	f.list.Add(ruleWrongType.At(field.Value.Position, "%s must be %s, not %s", field.Key, want, describe(field.Value)).
		WithHint("write %s", want))
}

func describe(v source.Value) string {
	switch v.Kind {
	case source.KindList:
		return "a list"
	case source.KindMap:
		return "a map"
	case source.KindNull:
		return "nothing"
	}
	return strconv.Quote(diag.Short(v.Text))
}

// text reads one line of text; "" if there is none.
func (f *fields) text(key string) string {
	f.may(key, anyLine)
	field, ok := f.field(key)
	if !ok {
		return ""
	}
	if field.Value.Kind != source.KindScalar || strings.TrimSpace(field.Value.Text) == "" {
		f.wrong(field, "a line of text")
		return ""
	}
	text := strings.TrimSpace(field.Value.Text)
	if strings.ContainsAny(text, "\n\u0085\u2028\u2029") {
		line := strings.Join(strings.Fields(text), " ")
		f.list.Add(ruleWrongType.At(field.Value.Position, "%s must be one line", key).
			WithHint("write longer text below the front matter, and here\n%s: %s", key, source.FormatScalar(line)))
		return line
	}
	if strings.HasPrefix(field.Value.Comment, "#") && (key == "title" || key == "name") {
		d := ruleTitleCut.At(field.Value.Position, "YAML reads ` #` as a comment, so this %s ends before it: readers see %q", key, diag.Short(text))
		f.list.Add(replaced(f.file, d, restOf(f.file.Line(d.Position.Line), d.Position.Column), source.FormatScalar(text+" "+field.Value.Comment), true))
	}
	return text
}

// flag reads true or false.
func (f *fields) flag(key string) bool {
	f.may(key, func() Schema { return Schema{"type": []string{"boolean", "null"}} })
	field, ok := f.get(key)
	if !ok {
		return false
	}
	if field.Value.Kind == source.KindScalar && !field.Value.Quoted {
		switch field.Value.Text {
		case "true", "True", "TRUE": // as YAML 1.2 has it
			return true
		case "false", "False", "FALSE":
			return false
		}
	}
	word := strings.ToLower(strings.TrimSpace(field.Value.Text))
	meant := slices.Contains([]string{"true", "yes", "on", "y", "1"}, word)
	if !meant && !slices.Contains([]string{"false", "no", "off", "n", "0"}, word) {
		f.wrong(field, "true or false")
		return false
	}
	d := ruleWrongType.At(field.Value.Position, "%s must be true or false, not %s", key, describe(field.Value))
	old := writtenAt(f.file.Line(d.Position.Line), d.Position.Column, field.Value.Text)
	f.list.Add(replaced(f.file, d, old, strconv.FormatBool(meant), true))
	return meant
}

// number reads a number from low to high; fallback if there is none.
func (f *fields) number(key string, low, high, fallback float64, whole bool) float64 {
	f.may(key, func() Schema { return aNumber(low, high, whole) })
	field, ok := f.get(key)
	if !ok {
		return fallback
	}
	want := fmt.Sprintf("a number from %g to %g", low, high)
	if whole {
		want = fmt.Sprintf("a whole number from %g to %g", low, high)
	}
	n, err := strconv.ParseFloat(field.Value.Text, 64)
	if field.Value.Kind != source.KindScalar || field.Value.Quoted || err != nil ||
		!(n >= low && n <= high) || (whole && n != float64(int(n))) {
		f.wrong(field, want)
		return fallback
	}
	return n
}

// items reads a scalar or a list of scalars. Other values are reported and
// left out.
func (f *fields) items(key, want string) []source.Value {
	f.may(key, func() Schema { return manyOf(anyScalar()) })
	field, ok := f.get(key)
	if !ok {
		return nil
	}
	items := field.Value.Items
	if field.Value.Kind == source.KindScalar {
		items = []source.Value{field.Value}
	} else if field.Value.Kind != source.KindList {
		f.wrong(field, want)
		return nil
	}
	var scalars []source.Value
	for _, item := range items {
		if item.Kind != source.KindScalar || strings.TrimSpace(item.Text) == "" {
			f.wrong(source.Field{Key: "an item of " + key, Value: item}, want)
			continue
		}
		scalars = append(scalars, item)
	}
	return scalars
}

// oneOf reports a word that is not one of the allowed ones; meant is the one that
// was most likely meant, or "".
func (r *reading) oneOf(rule *diag.Rule, at diag.Position, what, word string, choices []string, meant string) diag.Diagnostic {
	d := rule.At(at, "unknown %s %q", what, diag.Short(word))
	if meant == "" {
		return d.WithHint("write one of %s", strings.Join(choices, ", "))
	}
	near := diag.Near(strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(word)), choices) == meant
	d = replaced(r.file, d, word, meant, near)
	if !near {
		d.Hint += "\nor one of " + strings.Join(choices, ", ")
	}
	return d
}
