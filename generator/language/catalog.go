// Package language takes a theme's strings and a language tag, and gives
// words, dates, durations, lists and numbers as that language writes them. It
// never reads a file or a clock, and never changes an instant's zone: a time is
// written in the zone that it carries.
//
// The strings belong to the theme. How a language writes a date belongs to this
// package, which has one file per language (english.go, german.go and so on)
// with facts from CLDR 48, https://cldr.unicode.org.
package language

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"allclear/generator/diag"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Message is one string of a theme.
type Message struct {
	Text     string            // of a plain string, with {name} where an argument goes
	Plural   map[string]string // by plural category: zero one two few many other; nil for a plain string
	Position diag.Position
}

// Catalog is every string of a theme in one language, and the facts of that
// language. It can be used from several goroutines at once.
type Catalog struct {
	tag      language.Tag
	facts    *facts
	messages map[string]translated
}

// translated is a message with its language, which differs from the catalog's
// if the message comes from the fallback.
type translated struct {
	Message
	tag language.Tag
}

// New makes a catalog of a language, a BCP 47 tag such as pt-BR. The keys of
// messages are dotted: sentence.incident.over. Missing messages come from
// fallback, which may be nil. The error is for the person who wrote the tag or
// the messages: the language is unknown, or plural forms lack "other" or have a
// name that CLDR does not know.
func New(tag string, messages map[string]Message, fallback *Catalog) (*Catalog, error) {
	parsed, err := language.Parse(tag)
	if err != nil {
		return nil, fmt.Errorf("%q is not a language tag; the known ones are %s", tag, strings.Join(Known(), ", "))
	}
	f := find(parsed)
	if f == nil {
		return nil, fmt.Errorf("the language %q is not known; the known ones are %s", tag, strings.Join(Known(), ", "))
	}
	c := &Catalog{tag: parsed, facts: f, messages: map[string]translated{}}
	if fallback != nil {
		maps.Copy(c.messages, fallback.messages)
	}
	for _, key := range slices.Sorted(maps.Keys(messages)) {
		if err := checkForms(key, messages[key].Plural); err != nil {
			return nil, err
		}
		c.messages[key] = translated{messages[key], parsed}
	}
	return c, nil
}

// Direction is how the language is written: "ltr" or "rtl".
func (c *Catalog) Direction() string {
	if c.facts.rightToLeft {
		return "rtl"
	}
	return "ltr"
}

// Text is the string of a key. The arguments are pairs of a name and the value
// that replaces {name}; a placeholder without an argument stays. For a plural
// string it is the form "other", and for an unknown key the key.
func (c *Catalog) Text(key string, arguments ...string) string {
	m, ok := c.messages[key]
	if !ok {
		return key
	}
	if m.Plural != nil {
		return c.fill(m.Plural[other], arguments)
	}
	return c.fill(m.Text, arguments)
}

// Count is the string of a key in the plural form of a number, which replaces
// {n}.
func (c *Catalog) Count(key string, n int, arguments ...string) string {
	m, ok := c.messages[key]
	if !ok {
		return key
	}
	text := m.Text
	if m.Plural != nil {
		text = choose(m.Plural, m.tag, n)
	}
	return c.fill(text, append([]string{"n", c.Number(n)}, arguments...))
}

// fill puts arguments into a text, each kept apart from a text that is written
// from right to left.
func (c *Catalog) fill(text string, arguments []string) string {
	if !c.facts.rightToLeft {
		return fill(text, arguments)
	}
	apart := slices.Clone(arguments)
	for i := 1; i < len(apart); i += 2 {
		apart[i] = c.facts.isolate(apart[i])
	}
	return fill(text, apart)
}

const other = "other"

// categories are CLDR's plural categories by x/text's number for them.
var categories = [...]string{
	plural.Other: other, plural.Zero: "zero", plural.One: "one",
	plural.Two: "two", plural.Few: "few", plural.Many: "many",
}

// IsCategory reports whether CLDR has a plural category of this name.
func IsCategory(name string) bool { return slices.Contains(categories[:], name) }

// category is the plural category of a whole number in a language.
func category(tag language.Tag, n int) string {
	// The rules look at no more than the last six digits of a large number.
	digits := n % 10_000_000
	return categories[plural.Cardinal.MatchPlural(tag, max(digits, -digits), 0, 0, 0, 0)]
}

func choose(forms map[string]string, tag language.Tag, n int) string {
	if text, ok := forms[category(tag, n)]; ok {
		return text
	}
	return forms[other]
}

// checkForms makes sure that the plural forms of a message are CLDR's
// categories. One that the language never uses is allowed, since CLDR adds some
// over time.
func checkForms(key string, forms map[string]string) error {
	if forms == nil {
		return nil
	}
	if _, ok := forms[other]; !ok {
		return fmt.Errorf("the string %q has no plural form %q, which every language needs", key, other)
	}
	for _, name := range slices.Sorted(maps.Keys(forms)) {
		if !IsCategory(name) {
			return fmt.Errorf("the string %q has a plural form %q; there are %s", key, name, strings.Join(categories[:], ", "))
		}
	}
	return nil
}

// fill puts arguments, pairs of a name and a value, into the placeholders of
// a text. Braces in a value are never read as a placeholder.
func fill(text string, arguments []string) string {
	var b strings.Builder
	for {
		before, name, after, ok := placeholder(text)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		b.WriteString(argument(name, arguments))
		text = after
	}
}

func argument(name string, arguments []string) string {
	for i := 0; i+1 < len(arguments); i += 2 {
		if arguments[i] == name {
			return arguments[i+1]
		}
	}
	return "{" + name + "}"
}

// Placeholders lists the names in braces in a text, in their order, each once.
func Placeholders(text string) []string {
	var names []string
	for {
		_, name, after, ok := placeholder(text)
		if !ok {
			return names
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		text = after
	}
}

// placeholder cuts a text at its first {name}. Braces around nothing, or
// around another brace, are text.
func placeholder(text string) (before, name, after string, ok bool) {
	for start := 0; ; {
		open := strings.IndexByte(text[start:], '{')
		if open < 0 {
			return text, "", "", false
		}
		open += start
		end := strings.IndexAny(text[open+1:], "{}")
		if end < 0 {
			return text, "", "", false
		}
		end += open + 1
		if text[end] == '}' && end > open+1 {
			return text[:open], text[open+1 : end], text[end+1:], true
		}
		start = open + 1
	}
}
