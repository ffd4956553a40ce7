package source

import (
	"strings"

	"allclear/generator/diag"
)

var ruleAttributes = rules.Declare(diag.Rule{
	Code:  "attributes",
	Title: "Attributes stand once, at the end of an update heading, as {name=value #id}",
	Why:   "Half-read attributes would leave a component in the wrong status without a word.",
})

var ruleDuplicateAttribute = rules.Declare(diag.Rule{
	Code:  "duplicate-attribute",
	Title: "An update heading names each attribute once",
	Why:   "Of two values one would be lost, and which one is a guess.",
})

const attributeForm = "attributes are written {api=major_outage severity=critical #id}"

// attributes reads the block that begins at an offset of the heading's line
// with its opening brace and must end the text. It stops at the first thing
// that it can't read.
func (p *headingParser) attributes(open, end int) []Attribute {
	var attributes []Attribute
	for i := open + 1; ; {
		for i < end && strings.IndexByte(" \t,", p.line[i]) >= 0 {
			i++
		}
		switch {
		case i == end:
			p.fail(ruleAttributes, open, "the brace is never closed", "put a } at the end of the line")
			return attributes
		case p.line[i] == '}':
			p.closeAttributes(open, i, end, len(attributes))
			return attributes
		}
		attribute, next, ok := p.attribute(i, end)
		if !ok {
			return attributes
		}
		if p.isNew(attribute, attributes) {
			attributes = append(attributes, attribute)
		}
		i = next
	}
}

func (p *headingParser) closeAttributes(open, closing, end, read int) {
	after := closing + 1
	for after < end && strings.IndexByte(" \t", p.line[after]) >= 0 {
		after++
	}
	switch {
	case after < end:
		p.fail(ruleAttributes, after, "nothing may follow the attributes", "join all of them in one pair of braces, at the end of the line")
	case read == 0 && len(p.found) == 0:
		p.fail(ruleAttributes, open, "the braces are empty", "name an attribute, such as {api=major_outage}, or delete the braces")
	}
}

func (p *headingParser) isNew(a Attribute, before []Attribute) bool {
	for _, b := range before {
		switch {
		case b.Name != a.Name:
			continue
		case a.Name == "#":
			p.found.Add(ruleAttributes.At(a.NameAt, "the update has an id already, #%s", b.Value).
				WithHint("an update has one id; delete the other"))
		default:
			p.found.Add(ruleDuplicateAttribute.At(a.NameAt, "%s is set already, to %s", a.Name, b.Value).
				WithHint("delete one of the two"))
		}
		return false
	}
	return true
}

// attribute reads one item, #id or name=value, and returns where it ends.
func (p *headingParser) attribute(start, end int) (Attribute, int, bool) {
	i := p.until(start, end, "=")
	if p.line[start] == '#' {
		id := p.line[start+1 : i]
		if len(id) < 1 || len(id) > 64 || !isWord(id) {
			return p.badAttribute(start, "an update's id is 1 to 64 letters, digits, - and _", "write it like {#abc123}")
		}
		return Attribute{Name: "#", Value: id, NameAt: p.position(start), ValueAt: p.position(start + 1)}, i, true
	}
	name := p.line[start:i]
	switch {
	case p.line[start] == '{':
		return p.badAttribute(start, "a brace too many", attributeForm)
	case name == "" || !isLetter(name[0]) || !isWord(name):
		return p.badAttribute(start, "this is no attribute's name", attributeForm)
	case i == end || p.line[i] != '=':
		return p.badAttribute(start, name+" has no value", "write "+name+"=value, without spaces around the =")
	}
	attribute := Attribute{Name: name, NameAt: p.position(start)}
	value, after, ok := p.attributeValue(i+1, end)
	switch {
	case !ok:
		return p.badAttribute(i+1, "the quote is never closed", `write `+name+`="value"`)
	case value == "":
		return p.badAttribute(i, name+" has no value", "write "+name+"=value, without spaces around the =")
	}
	attribute.Value, attribute.ValueAt = value, p.position(i+1)
	return attribute, after, true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isWord reports whether a text is letters, digits, - and _ alone.
func isWord(text string) bool {
	for i := range len(text) {
		if c := text[i]; !isLetter(c) && !isDigit(c) && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

func (p *headingParser) badAttribute(at int, message, hint string) (Attribute, int, bool) {
	p.fail(ruleAttributes, at, message, hint)
	return Attribute{}, 0, false
}

// attributeValue reads a value, bare or in quotes, and returns where it ends.
func (p *headingParser) attributeValue(start, end int) (string, int, bool) {
	if start < end && (p.line[start] == '"' || p.line[start] == '\'') {
		n := strings.IndexByte(p.line[start+1:end], p.line[start])
		if n < 0 {
			return "", 0, false
		}
		return p.line[start+1 : start+1+n], start + n + 2, true
	}
	i := p.until(start, end, "")
	return p.line[start:i], i, true
}

// until is where an item's part ends: at a blank, a comma, a brace or one of
// the stops given.
func (p *headingParser) until(start, end int, stops string) int {
	if n := strings.IndexAny(p.line[start:end], " \t,{}"+stops); n >= 0 {
		return start + n
	}
	return end
}

// formatAttributes writes what attributes reads.
func formatAttributes(attributes []Attribute) string {
	items := make([]string, len(attributes))
	for i, a := range attributes {
		switch {
		case a.Name == "#":
			items[i] = "#" + a.Value
		case strings.Contains(a.Value, `"`):
			items[i] = a.Name + "='" + a.Value + "'"
		case strings.ContainsAny(a.Value, " \t,{}='"):
			items[i] = a.Name + `="` + a.Value + `"`
		default:
			items[i] = a.Name + "=" + a.Value
		}
	}
	return "{" + strings.Join(items, " ") + "}"
}

// position is the place of an offset of the line.
func (p *headingParser) position(offset int) diag.Position {
	at := p.at
	at.Column += len([]rune(p.line[:offset]))
	return at
}
