package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleUnknownLanguage = rules.Declare(diag.Rule{
		Code:  "unknown-language",
		Title: "A language is one that allclear knows, and a text's is one of the site's",
		Why:   "Its dates, numbers and plurals could not be written, or nobody would ever see the text.",
	})
	ruleDuplicateLanguage = rules.Declare(diag.Rule{
		Code:  "duplicate-language",
		Title: "A language is named once",
		Why:   "Two sites in one language would stand at the same addresses.",
	})
)

// defaultLanguage is that of a site which names none.
const defaultLanguage = "en"

// readLanguages reads language, for a site in one, or languages, for several
// with the default one first. Where they are at fault, the site's Language
// stays empty: nobody knows then which languages its texts may be in.
func readLanguages(f fields, site *status.Site) {
	before := len(*f.list)
	tags := f.languages()
	if len(*f.list) > before {
		return
	}
	site.Language = tags[0]
	if len(tags) > 1 {
		site.Languages = tags
	}
}

// languages are the tags that site.yaml names, as they are written rightly.
func (f fields) languages() []string {
	one, single := f.get("language")
	many, several := f.get("languages")
	switch {
	case single && several:
		f.list.Add(ruleDuplicateLanguage.At(one.KeyAt, "language and languages say the same").
			WithHint("keep languages; the first of them is the default"))
	case single && f.text("language") != "":
		tag, _ := f.language(one.Value)
		return []string{tag}
	case several && (many.Value.Kind != source.KindList || len(many.Value.Items) == 0):
		f.wrong(many, "a list such as [en, de]")
	case several:
		var tags []string
		for _, item := range f.items("languages", "a list such as [en, de]") {
			tag, known := f.language(item)
			if known && slices.Contains(tags, tag) {
				f.list.Add(ruleDuplicateLanguage.At(item.Position, "the language %q is named twice", tag).WithHint("leave one of them out"))
			}
			tags = append(tags, tag)
		}
		return tags
	}
	return []string{defaultLanguage}
}

// language reads a language's tag, and reports one that is not known.
func (f fields) language(v source.Value) (string, bool) {
	tag, _, known := language.Lookup(v.Text)
	if !known {
		f.list.Add(ruleUnknownLanguage.At(v.Position, "unknown language %q", short(v.Text)).
			WithHint("%sthe known ones are %s, each with its regions, such as de-AT",
				diag.DidYouMean(v.Text, language.Known()), strings.Join(language.Known(), ", ")))
	}
	return tag, known
}

// words reads a line of text. It may be one text for all languages, or a map
// from language to text; readers see what the map lacks in the default language.
func (f fields) words(key string, site *status.Site) (string, status.Localized) {
	field, ok := f.get(key)
	if !ok || field.Value.Kind != source.KindMap {
		return f.text(key), nil
	}
	w := fields{fmt.Sprintf("the %s", key), field.Value, f.list}
	if site.Language == "" { // readLanguages has said why
		text := ""
		for _, item := range field.Value.Fields {
			text = cmp.Or(text, w.text(item.Key))
		}
		return text, nil
	}
	tags := site.Languages
	if len(tags) == 0 {
		tags = []string{site.Language}
	}
	localized := status.Localized{}
	for _, item := range field.Value.Fields {
		if !slices.Contains(tags, item.Key) {
			f.list.Add(ruleUnknownLanguage.At(item.KeyAt, "the site is not in %q", short(item.Key)).
				WithHint("%sit is in %s; see language and languages", diag.DidYouMean(item.Key, tags), strings.Join(tags, ", ")))
		} else if text := w.text(item.Key); text != "" {
			localized[item.Key] = text
		}
	}
	original := localized[tags[0]]
	delete(localized, tags[0])
	if _, ok := field.Value.Field(tags[0]); !ok {
		w.missing(tags[0], tags[0]+": Example")
	}
	for _, tag := range tags[1:] {
		if _, ok := field.Value.Field(tag); !ok {
			f.list.Add(ruleTranslationMissing.At(field.Value.Position, "the %s has no text in %s", key, tag).
				WithHint("add %s: to the map; until then readers see %q", tag, original))
		}
	}
	return original, localized
}
