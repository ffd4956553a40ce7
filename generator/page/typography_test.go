package page

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"allclear/generator/language"
)

// strange is what no string of a language may have, as it is written there.
var strange = map[string]map[string]*regexp.Regexp{
	"": {
		"two spaces":       regexp.MustCompile(`  `),
		"a space at end":   regexp.MustCompile(`\s$`),
		"a straight mark":  regexp.MustCompile(`['"]`),
		"three full stops": regexp.MustCompile(`\.\.\.`),
	},
	"ar":      {"Latin punctuation": regexp.MustCompile(`[,;?]`)},
	"de":      {"a space before a mark": regexp.MustCompile(`\s[,.:;!?]`)},
	"en":      {"a space before a mark": regexp.MustCompile(`\s[,.:;!?]`)},
	"es":      {"a space before a mark": regexp.MustCompile(`\s[,.:;!?]`)},
	"pt-BR":   {"a space before a mark": regexp.MustCompile(`\s[,.:;!?]`)},
	"fr":      {"no space of its own before a mark": regexp.MustCompile(`[^\x{a0}]:(\s|$)|[^\x{202f}][;!?](\s|$)|\s[,.]`)},
	"hi":      {"a full stop": regexp.MustCompile(`[\p{Devanagari}}]\.(\s|$)`)},
	"ja":      {"ASCII punctuation": regexp.MustCompile(`[^A-Za-z][,.:;!?](\s|$)|[()]`), "a space after a mark": regexp.MustCompile(`[。、：；！？（）]\s|\s[。、：；！？（）]`)},
	"zh-Hans": {"ASCII punctuation": regexp.MustCompile(`[^A-Za-z][,.:;!?](\s|$)|[()]`), "a space after a mark": regexp.MustCompile(`[。，、：；！？（）]\s|\s[。，、：；！？（）]`)},
}

func TestEveryStringIsWrittenAsItsLanguageWritesIt(t *testing.T) {
	for _, tag := range language.Known() {
		read, found := readStrings(file{path: "i18n/" + tag + ".yaml", layer: layer{"themes/default", builtin()}})
		if len(found) > 0 {
			t.Fatal(found)
		}
		for _, key := range slices.Sorted(maps.Keys(read)) {
			for _, text := range append(slices.Collect(maps.Values(read[key].Plural)), read[key].Text) {
				for _, of := range []string{"", tag} {
					for what, form := range strange[of] {
						if form.MatchString(text) {
							t.Errorf("%s: %s has %s: %q", tag, key, what, text)
						}
					}
				}
			}
		}
	}
}
