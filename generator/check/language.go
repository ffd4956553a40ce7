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
		Title: "A language is one that allclear knows, and a text is in a language of the site",
		Why:   "Otherwise dates, numbers and plurals could not be written in the language, or readers would never see the text.",
	})
	ruleDuplicateLanguage = rules.Declare(diag.Rule{
		Code:  "duplicate-language",
		Title: "Each language of the site is named once",
		Why:   "Pages of the same language would have the same URLs.",
	})
)

// defaultLanguage is the language of a site if site.yaml has none.
const defaultLanguage = "en"

// readLanguages reads language, for a site in one language, or languages, for
// a site in several with the default one first. If there is a mistake in them,
// the site's Language stays empty, since the languages of its texts are not
// known.
func readLanguages(f *fields, site *status.Site) {
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

// languages returns the canonical tags of the languages in site.yaml.
func (f *fields) languages() []string {
	f.may("language", func() Schema { return orNull(anyLine()) })
	f.may("languages", func() Schema {
		return orNull(Schema{"type": "array", "items": anyScalar(), "minItems": 1})
	})
	one, single := f.get("language")
	many, several := f.get("languages")
	switch {
	case single && several:
		f.list.Add(ruleDuplicateLanguage.At(one.KeyAt, "language and languages are the same key").
			WithHint("delete language; the first of languages is the default"))
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
				f.list.Add(ruleDuplicateLanguage.At(item.Position, "the language %q is named twice", tag).WithHint("delete one of the two"))
			}
			tags = append(tags, tag)
		}
		return tags
	}
	return []string{defaultLanguage}
}

// language returns the canonical tag of a language, and reports one that
// allclear does not know.
func (f *fields) language(v source.Value) (string, bool) {
	tag, _, known := language.Lookup(v.Text)
	if !known {
		f.list.Add(ruleUnknownLanguage.At(v.Position, "unknown language %q", diag.Short(v.Text)).
			WithHint("%swrite one of %s, or one of these with a region, such as de-AT",
				diag.DidYouMean(v.Text, language.Known()), strings.Join(language.Known(), ", ")))
	}
	return tag, known
}

// words reads a line of text. It may be one text for all languages, or a map
// from language to text. If the map has no text in a language, readers see the
// text in the default language.
func (f *fields) words(key string, site *status.Site) (string, status.Localized) {
	field, ok := f.get(key)
	if !ok || field.Value.Kind != source.KindMap {
		text := f.text(key)
		f.may(key, func() Schema { return inLanguages(f.shape.tags) })
		return text, nil
	}
	w := f.inside(fmt.Sprintf("the %s", key), field.Value)
	if site.Language == "" { // readLanguages has reported why
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
			f.list.Add(ruleUnknownLanguage.At(item.KeyAt, "the site is not in %q", diag.Short(item.Key)).
				WithHint("%swrite one of %s, or add the language to languages", diag.DidYouMean(item.Key, tags), strings.Join(tags, ", ")))
		} else if text := w.text(item.Key); text != "" {
			localized[item.Key] = text
		}
	}
	original := localized[tags[0]]
	delete(localized, tags[0])
	w.require(tags[0], tags[0]+": Example")
	for _, tag := range tags[1:] {
		if _, ok := field.Value.Field(tag); !ok {
			f.list.Add(ruleTranslationMissing.At(field.Value.Position, "the %s has no text in %s", key, tag).
				WithHint("add %s: to the map; until then, readers see %q", tag, original))
		}
	}
	return original, localized
}
