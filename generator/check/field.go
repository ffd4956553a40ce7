package check

import (
	"fmt"
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
	list  *diag.List
	keys  []string // that were read so far, in that order
	shape *shape   // that the readers describe, for a schema; nil otherwise
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

// keyHints says, by key, what to write instead of a key that is not known.
type keyHints map[string]string

// unknown reports the keys that were not read. It is called after all others
// were read.
func (f *fields) unknown(hints keyHints) {
	for _, field := range f.value.Fields {
		if slices.Contains(f.keys, field.Key) {
			continue
		}
		keys := f.keys
		f.list.Add(ruleUnknownKey.At(field.KeyAt, "unknown key %q in %s", field.Key, f.of).WithHintFrom(func() string {
			if hint := hints[field.Key]; hint != "" {
				return hint
			}
			return diag.DidYouMean(field.Key, keys) + "the keys are " + strings.Join(keys, ", ")
		}))
	}
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

func (f *fields) missing(key, example string) {
	f.list.Add(ruleMissingKey.At(f.value.Position, "%s has no %s", f.of, key).WithHint("add a line such as: %s", example))
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
		f.list.Add(ruleWrongType.At(field.Value.Position, "%s must be one line", key).
			WithHint("write it on one line, and longer text below the front matter"))
		return strings.Join(strings.Fields(text), " ")
	}
	if strings.HasPrefix(field.Value.Comment, "#") && (key == "title" || key == "name") {
		f.list.Add(ruleTitleCut.At(field.Value.Position, "YAML reads ` #` as a comment, so this %s ends before it: readers see %q", key, diag.Short(text)).
			WithHint("write %s: %q", key, text+" "+field.Value.Comment))
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
	f.wrong(field, "true or false")
	return false
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

// oneOf reports a word that is not one of the allowed ones.
func oneOf(rule *diag.Rule, at diag.Position, what, word string, choices []string) diag.Diagnostic {
	return rule.At(at, "unknown %s %q", what, diag.Short(word)).
		WithHint("%swrite one of %s", diag.DidYouMean(word, choices), strings.Join(choices, ", "))
}
