package page

import (
	"maps"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/source"
)

// reference is the language in which the built-in theme has every string. The
// others fall back to it.
const reference = "en"

// messages is every string of a theme.
type messages struct {
	catalog *language.Catalog
	builtin map[string]language.Message   // the reference strings of the built-in theme, which the program uses
	all     []map[string]language.Message // the strings of each file, for checks
}

// loadStrings reads the i18n files that a language needs, lowest layer first,
// and makes its catalog. folder is the theme's.
func loadStrings(files []file, lang, folder string) (*messages, diag.List) {
	var found diag.List
	m := &messages{}
	chain := fallbacks(files, lang)
	byTag := map[string]map[string]language.Message{}
	for _, f := range files {
		if !slices.Contains(chain, languageOf(f.path)) {
			continue
		}
		read, ds := readStrings(f)
		found.Add(ds...)
		m.all = append(m.all, read)
		tag := languageOf(f.path)
		if byTag[tag] == nil {
			byTag[tag] = map[string]language.Message{}
			if tag == reference {
				m.builtin = maps.Clone(read)
			}
		}
		maps.Copy(byTag[tag], read)
	}
	for _, read := range m.all {
		found.Add(m.checkPlaceholders(read)...)
	}
	if found.HasErrors() {
		return nil, found
	}
	found.Add(untranslated(byTag, chain, lang)...)
	found.Add(m.translate(byTag, chain, lang, folder)...)
	return m, found
}

// fallbacks lists the languages whose files a language's strings come from; the
// strings of a later one replace those of an earlier one: English, the nearest
// known language (pt-BR for pt-PT), the language itself (pt), its regional form
// (pt-PT).
func fallbacks(files []file, lang string) []string {
	exists := func(tag string) bool {
		return slices.ContainsFunc(files, func(f file) bool { return languageOf(f.path) == tag })
	}
	_, served, _ := language.Lookup(lang)
	short, _, _ := strings.Cut(lang, "-")
	tags := []string{reference}
	for i, tag := range []string{served, short, lang} {
		later := slices.Contains([]string{served, short, lang}[i+1:], tag)
		if exists(tag) && tag != reference && !later {
			tags = append(tags, tag)
		}
	}
	return tags
}

// untranslated reports the English strings that a language lacks, and the plural
// forms that it needs and lacks.
func untranslated(byTag map[string]map[string]language.Message, chain []string, lang string) diag.List {
	var found diag.List
	if len(chain) == 1 {
		return nil // English itself
	}
	own := map[string]language.Message{}
	for _, tag := range chain[1:] {
		maps.Copy(own, byTag[tag])
	}
	english := byTag[reference]
	for _, key := range slices.Sorted(maps.Keys(english)) {
		if _, ok := own[key]; !ok {
			found.Add(ruleUntranslated.At(english[key].Position, "the string %q is not in %s", key, lang).
				WithHint("add it to i18n/%s.yaml; until then readers see it in English", chain[len(chain)-1]))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(own)) {
		forms := own[key].Plural
		for _, category := range language.Categories(lang) {
			if _, ok := forms[category]; !ok && forms != nil {
				found.Add(ruleUntranslated.At(own[key].Position, "the string %q has no plural form %q, which %s needs", key, category, lang).
					WithHint("add a line %s: to it; until then the form other is used", category))
			}
		}
	}
	return found
}

// translate makes the catalog from the strings of a chain of languages.
func (m *messages) translate(byTag map[string]map[string]language.Message, chain []string, lang, folder string) diag.List {
	for i, from := range chain {
		tag := from
		if i == len(chain)-1 {
			tag = lang // pt.yaml serves pt-BR, with that region's dates
		}
		catalog, err := language.New(tag, byTag[from], m.catalog)
		if err != nil {
			at := diag.Position{File: folder + "/i18n/" + from + ".yaml"}
			return diag.List{ruleString.At(at, "%v", err)}
		}
		m.catalog = catalog
	}
	return nil
}

// readStrings reads one i18n file: maps nest into dotted keys, and a map of
// plural categories is one string.
func readStrings(f file) (map[string]language.Message, diag.List) {
	data, found := f.read()
	if found != nil {
		return nil, found
	}
	root, found := source.ParseYAML(f.position().File, data)
	read := map[string]language.Message{}
	found.Add(collect(root, "", read)...)
	return read, found
}

func collect(v source.Value, prefix string, into map[string]language.Message) diag.List {
	var found diag.List
	for _, field := range v.Fields {
		key := prefix + field.Key
		switch value := field.Value; {
		case value.Kind == source.KindScalar:
			into[key] = language.Message{Text: value.Text, Position: value.Position}
		case value.Kind == source.KindMap && isPlural(value):
			forms := map[string]string{}
			for _, form := range value.Fields {
				forms[form.Key] = form.Value.Text
			}
			into[key] = language.Message{Plural: forms, Position: value.Position}
		case value.Kind == source.KindMap:
			found.Add(collect(value, key+".", into)...)
		default:
			found.Add(ruleString.At(field.KeyAt, "the string %q must be a text", key))
		}
	}
	return found
}

// isPlural reports whether a map holds the plural forms of one string.
func isPlural(v source.Value) bool {
	_, other := v.Field("other")
	for _, form := range v.Fields {
		other = other && language.IsCategory(form.Key) && form.Value.Kind == source.KindScalar
	}
	return other
}

// checkPlaceholders checks that the strings of a file use only the placeholders
// of the reference string of the same key, since the program fills only those.
func (m *messages) checkPlaceholders(read map[string]language.Message) diag.List {
	var found diag.List
	for _, key := range slices.Sorted(maps.Keys(read)) {
		if known, ok := m.builtin[key]; ok {
			found.Add(checkPlaceholders(key, read[key], placeholders(known))...)
		}
	}
	return found
}

// checkPlaceholders reports the placeholders of a string that nothing fills.
func checkPlaceholders(key string, message language.Message, given []string) diag.List {
	var found diag.List
	for _, name := range placeholders(message) {
		if slices.Contains(given, name) || message.Plural != nil && name == "n" {
			continue
		}
		d := ruleString.At(message.Position, "the string %q has no placeholder {%s}", key, name)
		if len(given) > 0 {
			d = d.WithHint("%sit is given {%s}", diag.DidYouMean(name, given), strings.Join(given, "}, {"))
		} else {
			d = d.WithHint("it is given no placeholders")
		}
		found.Add(d)
	}
	return found
}

// placeholders lists the names between braces of a string, sorted.
func placeholders(message language.Message) []string {
	texts := append(slices.Collect(maps.Values(message.Plural)), message.Text)
	var names []string
	for _, text := range texts {
		names = append(names, language.Placeholders(text)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// named lists the strings of a key, one from each file that has it.
func (m *messages) named(key string) []language.Message {
	var found []language.Message
	for _, read := range m.all {
		if message, ok := read[key]; ok {
			found = append(found, message)
		}
	}
	return found
}

// keys lists every key of the theme, sorted.
func (m *messages) keys() []string {
	var keys []string
	for _, read := range m.all {
		keys = slices.AppendSeq(keys, maps.Keys(read))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// unused reports strings that neither the program nor a template uses, since
// their keys are most likely mistyped; used holds the keys that templates use.
func (m *messages) unused(used map[string]bool) diag.List {
	var found diag.List
	known := slices.Sorted(maps.Keys(m.builtin))
	for _, key := range m.keys() {
		if _, ok := m.builtin[key]; ok || used[key] {
			continue
		}
		for _, message := range m.named(key) {
			found.Add(ruleString.At(message.Position, "no page uses the string %q", key).
				WithHint("%sthe strings are those of themes/default/i18n/en.yaml and those that the theme's own templates use",
					diag.DidYouMean(key, known)))
		}
	}
	return found
}
