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
		Why:   "A mistyped key would be passed over in silence, and what it was meant to say would be missing from the page.",
	})
	ruleMissingKey = rules.Declare(diag.Rule{
		Code:  "missing-key",
		Title: "What a file can't do without is there",
		Why:   "Without its title or its times an event has nothing to show, and a page without its url can't be linked to.",
	})
	ruleWrongType = rules.Declare(diag.Rule{
		Code:  "wrong-type",
		Title: "A value has the shape that its key asks for",
		Why:   "A list where one word was due, or a word where a number was, would have to be guessed at.",
	})
	ruleUnknownValue = rules.Declare(diag.Rule{
		Code:  "unknown-value",
		Title: "A value is one of those that its key can have",
		Why:   "A mistyped value would be passed over in silence.",
	})
	ruleTitleCut = rules.Declare(diag.Rule{
		Code: "title-cut", Level: diag.Warning,
		Title: "A title that holds ` #` is quoted",
		Why:   "YAML takes what follows ` #` for a comment, so readers would see half a title.",
	})
)

// fields reads the fields of one YAML map, and says of each what is wrong.
type fields struct {
	of    string // what the map describes: "an incident", "site.yaml"
	value source.Value
	list  *diag.List
}

// elsewhere says what to do with a key that belongs elsewhere, "" with others.
type elsewhere func(key string) string

// table is the hints of a few keys.
type table map[string]string

func (t table) hint(key string) string { return t[key] }

// knows reports every key that is not among those known. A key that belongs
// elsewhere gets its own hint.
func (f fields) knows(hint elsewhere, known ...string) {
	for _, field := range f.value.Fields {
		if slices.Contains(known, field.Key) {
			continue
		}
		d := ruleUnknownKey.At(field.KeyAt, "unknown key %q in %s", field.Key, f.of)
		if special := hint(field.Key); special != "" {
			f.list.Add(d.WithHint("%s", special))
			continue
		}
		f.list.Add(d.WithHint("%sknown keys are %s", diag.DidYouMean(field.Key, known), strings.Join(known, ", ")))
	}
}

// missing reports a key that must be there; example is a line ready to paste.
func (f fields) missing(key, example string) {
	f.list.Add(ruleMissingKey.At(f.value.Position, "%s has no %s", f.of, key).WithHint("add a line such as: %s", example))
}

// get returns the field of a key that is there and not null.
func (f fields) get(key string) (source.Field, bool) {
	field, ok := f.value.Field(key)
	return field, ok && field.Value.Kind != source.KindNull
}

// wrong reports a value of another shape than its key's.
func (f fields) wrong(field source.Field, due string) {
	f.list.Add(ruleWrongType.At(field.Value.Position, "%s must be %s, not %s", field.Key, due, shape(field.Value)).
		WithHint("write %s: and then %s", field.Key, due))
}

func shape(v source.Value) string {
	switch v.Kind {
	case source.KindList:
		return "a list"
	case source.KindMap:
		return "a map"
	case source.KindNull:
		return "nothing"
	}
	return strconv.Quote(short(v.Text))
}

// short cuts a text that a message quotes.
func short(text string) string {
	const limit = 60
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return text
}

// text reads one line of text; "" where the key is not there or not one.
func (f fields) text(key string) string {
	field, ok := f.value.Field(key)
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
			WithHint("put it on one line; longer text belongs below the front matter"))
		return strings.Join(strings.Fields(text), " ")
	}
	if strings.HasPrefix(field.Value.Comment, "#") && (key == "title" || key == "name") {
		f.list.Add(ruleTitleCut.At(field.Value.Position, "YAML cuts this %s short at ` #`: readers see %q", key, short(text)).
			WithHint("quote it: %s: %q", key, text+" "+field.Value.Comment))
	}
	return text
}

// flag reads true or false.
func (f fields) flag(key string) bool {
	field, ok := f.get(key)
	if !ok {
		return false
	}
	if field.Value.Kind == source.KindScalar && !field.Value.Quoted {
		switch field.Value.Text {
		case "true":
			return true
		case "false":
			return false
		}
	}
	f.wrong(field, "true or false")
	return false
}

// number reads a number from low to high, and returns other where there is none.
func (f fields) number(key string, low, high, other float64, whole bool) float64 {
	field, ok := f.get(key)
	if !ok {
		return other
	}
	due := fmt.Sprintf("a number from %g to %g", low, high)
	if whole {
		due = fmt.Sprintf("a whole number from %g to %g", low, high)
	}
	n, err := strconv.ParseFloat(field.Value.Text, 64)
	if field.Value.Kind != source.KindScalar || field.Value.Quoted || err != nil ||
		!(n >= low && n <= high) || (whole && n != float64(int(n))) {
		f.wrong(field, due)
		return other
	}
	return n
}

// list reads one value or a list of them, each a scalar; what is neither is
// reported and left out.
func (f fields) items(key, due string) []source.Value {
	field, ok := f.get(key)
	if !ok {
		return nil
	}
	items := field.Value.Items
	if field.Value.Kind == source.KindScalar {
		items = []source.Value{field.Value}
	} else if field.Value.Kind != source.KindList {
		f.wrong(field, due)
		return nil
	}
	var scalars []source.Value
	for _, item := range items {
		if item.Kind != source.KindScalar || strings.TrimSpace(item.Text) == "" {
			f.wrong(source.Field{Key: "an item of " + key, Value: item}, due)
			continue
		}
		scalars = append(scalars, item)
	}
	return scalars
}

// oneOf reports a word that is none of those that it may be.
func oneOf(rule *diag.Rule, at diag.Position, what, word string, choices []string) diag.Diagnostic {
	return rule.At(at, "unknown %s %q", what, short(word)).
		WithHint("%sit can be %s", diag.DidYouMean(word, choices), strings.Join(choices, ", "))
}
