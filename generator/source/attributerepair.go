package source

import (
	"strings"

	"allclear/generator/loose"
)

// failAttributes reports a mistake in attributes. The hint is the line with the
// attributes that were most likely meant, if they can be read loosely.
func (p *headingParser) failAttributes(at int, message, hint string) {
	d := ruleAttributes.At(p.position(at), "%s", message)
	if line, certain := p.withAttributes(); line != "" {
		p.found.Add(d.Replaced(line, certain))
		return
	}
	p.found.Add(d.WithHint("%s", hint))
}

// withAttributes is the line with its attributes repaired; "" if nothing can be
// made of them. It is certain if no value was guessed.
func (p *headingParser) withAttributes() (line string, certain bool) {
	if p.open == 0 || len(p.line) > maxPasted {
		return "", false
	}
	text, rest := p.line[p.open:], ""
	attributes, certain := repairAttributes(text)
	if i := strings.IndexByte(text, '}'); len(attributes) == 0 && i >= 0 { // {api=major_outage} and more words
		attributes, _ = repairAttributes(text[:i])
		rest = "\n\n" + strings.Trim(text[i:], " \t{}#")
		certain = false
	}
	if len(attributes) == 0 {
		return "", false
	}
	return strings.TrimRight(p.line[:p.open], " \t{}[(") + " " + formatAttributes(attributes) + rest, certain
}

// looseAttributes matches attributes at the end of a heading that are in no
// braces: [api=major_outage], (api=major_outage), api=major_outage.
var looseAttributes = pattern(`[ \t]+(?:\[[^\[\]{}]*=[^\[\]{}]*\]|\([^(){}]*=[^(){}]*\)|(?:[A-Za-z][\w-]*=[\w-]+[ \t,]*)+)[ \t]*$`)

var plainQuotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "\u00a0", " ", "＝", "=", "–", "-", "—", "-")

// repairAttributes reads attributes as people write them who don't know the
// form: api: major_outage; {api = "Major outage"} next=30m. None if it can't.
func repairAttributes(text string) (attributes []Attribute, certain bool) {
	rest := strings.Trim(plainQuotes.Replace(text), " \t#")
	certain = true
	seen := map[string]bool{}
	for {
		rest = strings.TrimLeft(rest, " \t,;{}[]()")
		if rest == "" {
			return attributes, certain
		}
		a, after, ok := looseAttribute(rest, len(attributes) == 0)
		if !ok || seen[a.Name] {
			return nil, false
		}
		seen[a.Name] = true
		value := likelyValue(a)
		certain = certain && (value == a.Value || isTime(a.Value))
		a.Value = value
		attributes, rest = append(attributes, a), after
	}
}

// looseAttribute reads one attribute at the start of a text. The first one may
// have no = between its name and its value.
func looseAttribute(text string, first bool) (a Attribute, rest string, ok bool) {
	if id, found := strings.CutPrefix(text, "#"); found {
		end := len(id)
		if i := strings.IndexAny(id, ",;{}"); i >= 0 {
			end = i
		}
		if i := nextAttribute(id[:end]); i >= 0 {
			end = i
		}
		words := strings.FieldsFunc(id[:end], func(r rune) bool { return !isWordRune(r) })
		word := strings.Join(words, "-")
		return Attribute{Name: "#", Value: word}, id[end:], word != "" && len(word) <= 64
	}
	n := strings.IndexFunc(text, func(r rune) bool { return !isWordRune(r) })
	if n <= 0 || !isLetter(text[0]) {
		return a, "", false
	}
	a.Name = text[:n]
	value := strings.TrimLeft(text[n:], " \t")
	trimmed := strings.TrimLeft(value, "=:> \t")
	if _, set := loose.ComponentStatus(value); trimmed == value && !(first && set && value != text[n:]) {
		return a, "", false
	}
	value = trimmed
	if value != "" && (value[0] == '"' || value[0] == '\'') {
		if end := strings.IndexByte(value[1:], value[0]); end >= 0 {
			a.Value = strings.TrimSpace(value[1 : 1+end])
			return a, value[end+2:], a.Value != ""
		}
		value = value[1:]
	}
	end := len(value)
	if i := strings.IndexAny(value, ",;{}\"'"); i >= 0 {
		end = i
	}
	if i := nextAttribute(value[:end]); i >= 0 {
		end = i
	}
	a.Value = strings.TrimRight(value[:end], " \t])")
	return a, strings.TrimLeft(value[end:], `"'`), a.Value != ""
}

var attributeStart = pattern(`[ \t]+(?:#[\w-]|[A-Za-z][\w-]*[ \t]*[=:][^\d])`)

// nextAttribute is where the next attribute begins, behind at least one blank;
// -1 if there is none.
func nextAttribute(text string) int {
	at := attributeStart().FindStringIndex(text)
	if at == nil {
		return -1
	}
	return at[0]
}

// likelyValue is the value that was most likely meant.
func likelyValue(a Attribute) string {
	switch a.Name {
	case "#", "corrects":
		return a.Value
	case "from", "until", "next":
		return timeText(a.Value)
	case "severity":
		if s, ok := loose.Severity(a.Value); ok {
			return s.String()
		}
		return a.Value
	}
	if s, ok := loose.ComponentStatus(a.Value); ok {
		return s.String()
	}
	return a.Value
}

func isWordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_'
}

// looseBrackets reports attributes in no braces, and returns where they begin;
// -1 if there are none.
func (p *headingParser) looseBrackets(start, end int) int {
	at := looseAttributes().FindStringIndex(p.line[start:end])
	if at == nil {
		return -1
	}
	p.open = start + at[0]
	attributes, _ := repairAttributes(p.line[p.open:end])
	if len(attributes) == 0 {
		p.open = 0
		return -1
	}
	line, certain := p.withAttributes()
	first := p.open + leading(p.line[p.open:], " \t")
	p.found.Add(ruleAttributes.At(p.position(first), "attributes are between braces").Replaced(line, certain))
	return p.open
}
