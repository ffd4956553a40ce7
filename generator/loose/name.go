package loose

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/status"
)

// Names is what a text names: components, each once, and words that name none.
// It is Exact if every word is an id or a whole name, in any letter case.
type Names struct {
	Components []*status.Component
	Unknown    []string
	Exact      bool
}

// Components reads a list of components such as `"API", Web and Europe`. A
// group means those of its members that are not retired by now.
func Components(site *status.Site, now time.Time, text string) Names {
	if len(text) > maxNames {
		return Names{Unknown: []string{text}}
	}
	if found, exact := Component(site, now, text); exact {
		return Names{Components: found, Exact: true}
	}
	n := Names{Exact: true}
	for _, word := range listMarks.Split(strings.Trim(text, "[]{}() \t"), -1) {
		if unquoted(word) == "" {
			continue
		}
		found, exact := Component(site, now, word)
		if len(found) == 0 || !exact {
			if each, all := idsIn(site, now, word); all {
				found, exact = each, true
			}
		}
		if len(found) == 0 {
			n.Unknown = append(n.Unknown, unquoted(word))
		}
		n.Exact = n.Exact && exact
		for _, c := range found {
			if !slices.Contains(n.Components, c) {
				n.Components = append(n.Components, c)
			}
		}
	}
	return n
}

// idsIn reads components with only blanks between them; false if a word is none.
func idsIn(site *status.Site, now time.Time, text string) (found []*status.Component, all bool) {
	words := strings.Fields(text)
	for _, word := range words {
		one, exact := Component(site, now, word)
		if !exact {
			return nil, false
		}
		found = append(found, one...)
	}
	return found, len(words) > 1
}

// maxNames is the length of a text, in bytes, above which it is no list of names.
const maxNames = 1000

var listMarks = regexp.MustCompile(`(?i)[,;|&+\n\t]| and | und | et | y |/| - `)

// Component returns the components that one word or name means: one, or the
// members of a group; none if it names nothing or may be one of several. It is
// exact for an id or a whole name, and else a guess: a part that only one
// component has, or a spelling that is near.
func Component(site *status.Site, now time.Time, word string) (found []*status.Component, exact bool) {
	key := simple(word)
	if key == "" {
		return nil, false
	}
	if found = named(site, now, key); len(found) > 0 {
		return found, true
	}
	if key == "all" || key == "everything" || key == "all-components" || key == "all-systems" {
		return current(site.Components, now), false
	}
	if found = holding(site, now, key); len(found) == 1 {
		return found, false
	}
	return nearest(site, now, key), false
}

// named are the components with an id, an old id or a name, or the members of
// the group with it.
func named(site *status.Site, now time.Time, key string) []*status.Component {
	for _, c := range site.Components {
		if key == c.ID || slices.Contains(c.Aliases, key) || c.APIID != "" && key == simple(c.APIID) {
			return []*status.Component{c}
		}
	}
	for _, item := range site.Items {
		if g := item.Group; g != nil && (key == g.ID || slices.Contains(spellings(g.Name, g.Names), key)) {
			return current(g.Components, now)
		}
	}
	var found []*status.Component
	for _, c := range site.Components {
		own := spellings(c.Name, c.Names)
		if c.Group != nil {
			own = append(own, simple(c.FullName()))
		}
		if slices.Contains(own, key) {
			found = append(found, c)
		}
	}
	if len(found) > 1 { // of several groups
		return nil
	}
	return found
}

// holding are the components whose id or name has a part.
func holding(site *status.Site, now time.Time, key string) []*status.Component {
	if len(key) < 2 {
		return nil
	}
	var found []*status.Component
	for _, c := range current(site.Components, now) {
		if strings.Contains(c.ID, key) || strings.Contains(simple(c.FullName()), key) {
			found = append(found, c)
		}
	}
	return found
}

// nearest is the component whose id or name is nearly spelt as a word.
func nearest(site *status.Site, now time.Time, key string) []*status.Component {
	for _, suffix := range []string{"-service", "-services", "-component", "s"} {
		if short, ok := strings.CutSuffix(strings.TrimPrefix(key, "the-"), suffix); ok {
			if found := named(site, now, short); len(found) > 0 {
				return found
			}
		}
	}
	var keys []string
	for _, c := range site.Components {
		keys = append(keys, c.ID, simple(c.Name))
	}
	if meant := diag.Near(key, keys); meant != "" {
		return named(site, now, meant)
	}
	return nil
}

// current leaves out the components that are retired by now.
func current(components []*status.Component, now time.Time) []*status.Component {
	var kept []*status.Component
	for _, c := range components {
		if !c.RetiredAt(now) {
			kept = append(kept, c)
		}
	}
	return kept
}

func spellings(name string, translated status.Localized) []string {
	all := []string{simple(name)}
	for _, other := range translated {
		all = append(all, simple(other))
	}
	return all
}

// simple is a name without letter case, quotes and marks: my-api.
func simple(name string) string {
	return strings.Join(strings.FieldsFunc(language.Fold(unquoted(name)), func(r rune) bool {
		return strings.ContainsRune(" \t-_.:/·\u00a0", r)
	}), "-")
}

func unquoted(word string) string {
	return strings.Trim(word, "\"'`*“”‘’„«»[]{}() \t\u00a0.:")
}
