package active

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"allclear/generator/diag"
)

var rules diag.Rules

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }

var ruleReview = rules.Declare(diag.Rule{
	Code: "code-to-review", Level: diag.Warning,
	Title: "A theme, `css:` and what `static: { allow: … }` names have no script, no address of another host and no @import",
	Why:   "They are code: no rule for content covers them, and whoever may change them can change what every reader sees. An address of another host tells that host who reads the page, and fails when that host does.",
})

// finding is something in a file of code that a reviewer should look at.
type finding struct {
	offset int
	what   string
	whole  bool // it is about the file as a whole
}

// The kinds of findings.
const (
	script  = "script, which runs in every reader's browser"
	address = "the address of another host"
	imports = "@import, which loads a style sheet that nobody reviewed with this one"
)

var (
	// Quotes, then the address: a link in a comment loads nothing.
	scriptAddress = regexp.MustCompile(`(?i)["'\x60](?:https?:|wss?:)?//[a-z0-9\[$]`)

	markupScript  = regexp.MustCompile(`(?i)<script\b|[\s"'/]on[a-z]{3,}\s*=|javascript:`)
	markupAddress = regexp.MustCompile(`(?i)(?:[\s"'](?:src|srcset|poster|data|action|formaction|background|ping|manifest)|<(?:link|use|image|base|feimage)\b[^>]*?\shref)\s*=\s*["']?\s*(?:(?:https?|wss?):|[\\/]{2})`)
)

// Review warns of what is in a file that is code: a theme's, or one that site.yaml
// names. Each kind is reported once per file. A line that is also in known, the
// file that this one replaces, is not reported.
func Review(file, text, known string) diag.List {
	if text == known {
		return nil
	}
	lines := newLines(text, known)
	var found diag.List
	index, more := map[string]int{}, map[string]int{}
	for _, f := range find(file, text) {
		n := lines.number(f.offset)
		if !f.whole && lines.isKnown(n) {
			continue
		}
		if _, reported := index[f.what]; reported {
			more[f.what]++
			continue
		}
		index[f.what] = len(found)
		column := utf8.RuneCountInString(text[lines.begins[n]:f.offset]) + 1
		found.Add(ruleReview.At(diag.Position{File: file, Line: n + 1, Column: column}, "this file is code, and has %s", f.what).
			WithHint("review it as code, or remove it; CODEOWNERS can name who must approve it"))
	}
	for what, n := range more {
		found[index[what]].Message += fmt.Sprintf("; and %d more in this file", n)
	}
	return found
}

// lines finds the lines of a text, and those that another text has, too.
type lines struct {
	text   string
	begins []int
	known  map[string]bool
	asked  map[int]bool // whether a line is known, by its number
}

func newLines(text, known string) *lines {
	l := &lines{text: text, begins: []int{0}, known: map[string]bool{}, asked: map[int]bool{}}
	for line := range strings.Lines(text) {
		l.begins = append(l.begins, l.begins[len(l.begins)-1]+len(line))
	}
	for line := range strings.Lines(known) {
		l.known[strings.TrimSpace(line)] = true
	}
	return l
}

// number is the number, from 0, of the line that an offset is in.
func (l *lines) number(offset int) int {
	n, exact := slices.BinarySearch(l.begins, offset)
	if !exact {
		n--
	}
	return n
}

func (l *lines) isKnown(n int) bool {
	is, ok := l.asked[n]
	if !ok {
		line, _, _ := strings.Cut(l.text[l.begins[n]:], "\n")
		is = l.known[strings.TrimSpace(line)]
		l.asked[n] = is
	}
	return is
}

// find lists the findings of a file by its kind.
func find(name, text string) []finding {
	switch kindOf(name) {
	case styleFile:
		return findInStyle(text, false)
	case wasmFile:
		return []finding{{what: script, whole: true}}
	case scriptFile:
		if strings.TrimSpace(text) == "" {
			return nil
		}
		return append([]finding{{what: script, whole: true}}, matches(text, scriptAddress, address)...)
	}
	found := matches(text, markupScript, script)
	found = append(found, matches(text, markupAddress, address)...)
	return append(found, findInStyle(text, true)...)
}

// findInStyle finds what a style sheet loads. In a page, only url() is an address:
// a link in quotes is none. Neither is the namespace of a picture within an address.
func findInStyle(text string, inPage bool) []finding {
	p := decodeCSS(text)
	var found []finding
	for _, at := range cssImport.FindAllStringIndex(p.text, -1) {
		found = append(found, finding{offset: p.offset(at[0]), what: imports})
	}
	for _, a := range p.addresses() {
		isValue := a.at > 0 && p.text[a.at-1] == '='
		if a.isURL || !inPage && !isValue {
			found = append(found, finding{offset: p.offset(a.at), what: address})
		}
	}
	return found
}

func matches(text string, pattern *regexp.Regexp, what string) []finding {
	var found []finding
	for _, at := range pattern.FindAllStringIndex(text, -1) {
		found = append(found, finding{offset: at[0], what: what})
	}
	return found
}
