package source

import (
	"strings"
	"unicode/utf8"

	"allclear/generator/diag"
)

var ruleAttributes = rules.Declare(diag.Rule{
	Code:  "attributes",
	Title: "Attributes are at the end of an update heading, in one pair of braces: {name=value #id}",
	Why:   "If only some of the attributes were read, a component would keep the wrong status.",
})

var ruleDuplicateAttribute = rules.Declare(diag.Rule{
	Code:  "duplicate-attribute",
	Title: "An update heading sets each attribute once",
	Why:   "Only one of the two values could be used, and allclear does not guess which one.",
})

const attributeForm = "write attributes like {api=major_outage severity=critical #id}"

// attributes reads the block between braces at the end of the heading's text;
// open is the offset of its opening brace in the line. It stops at the first
// attribute that it can't read.
func (p *headingParser) attributes(open, end int) []Attribute {
	var attributes []Attribute
	p.open = open
	values := map[string]string{} // by name
	for i := open + 1; ; {
		for i < end && strings.IndexByte(" \t,", p.line[i]) >= 0 {
			i++
		}
		switch {
		case i == end:
			p.failAttributes(open, "the brace is never closed", "put a } at the end of the line")
			return attributes
		case p.line[i] == '}':
			p.closeAttributes(open, i, end, len(attributes))
			return attributes
		}
		if value := p.unquotedTime(i, end); value != "" && len(attributes) > 0 {
			p.failAttributes(i, "a timestamp with blanks needs quotes", "write "+attributes[len(attributes)-1].Name+`="`+value+`"`)
			return attributes[:len(attributes)-1]
		}
		attribute, next, ok := p.attribute(i, end)
		if !ok {
			return attributes
		}
		if p.isNew(attribute, values) {
			values[attribute.Name] = attribute.Value
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
		p.failAttributes(after, "nothing may follow the attributes", "write all attributes in one pair of braces, at the end of the line")
	case read == 0 && len(p.found) == 0:
		p.failAttributes(open, "the braces are empty", "name an attribute, such as {api=major_outage}, or delete the braces")
	}
}

func (p *headingParser) isNew(a Attribute, values map[string]string) bool {
	before, set := values[a.Name]
	switch {
	case !set:
		return true
	case a.Name == "#":
		p.found.Add(ruleAttributes.At(a.NameAt, "the update already has the id #%s", before).
			WithHint("an update has one id: delete one of the two"))
	default:
		p.found.Add(ruleDuplicateAttribute.At(a.NameAt, "%s is already set to %s", a.Name, before).
			WithHint("%s", p.either(a, before)))
	}
	return false
}

// attribute reads one attribute, #id or name=value, and returns where it ends.
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
		return p.badAttribute(start, "there is one brace too many", attributeForm)
	case name == "" || !isLetter(name[0]) || !isWord(name):
		return p.badAttribute(start, "this is not the name of an attribute", attributeForm)
	case i == end || p.line[i] != '=':
		return p.badAttribute(start, name+" has no value", "write "+name+"=value, without spaces around the =")
	}
	attribute := Attribute{Name: name, NameAt: p.position(start)}
	value, after, ok := p.attributeValue(i+1, end)
	switch {
	case !ok:
		return p.badAttribute(i+1, "this value can't be read", `write `+name+`="value"`)
	case value == "":
		return p.badAttribute(i, name+" has no value", "write "+name+"=value, without spaces around the =")
	}
	attribute.Value, attribute.ValueAt = value, p.position(i+1)
	return attribute, after, true
}

// unquotedTime returns the timestamp of an attribute without quotes whose date
// ends before start; "" if there is none.
func (p *headingParser) unquotedTime(start, end int) string {
	value := strings.TrimRight(p.line[:start], " \t")
	equals := strings.LastIndexByte(value, '=')
	if !isDigit(p.line[start]) || !startsWithDate(value[equals+1:]) || len(value[equals+1:]) != len("2022-12-01") {
		return ""
	}
	text, _, _ := strings.Cut(p.line[equals+1:end], "}")
	return text[:timestampLength(text)]
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isWord reports whether a text has only letters, digits, - and _.
func isWord(text string) bool {
	for i := range len(text) {
		if c := text[i]; !isLetter(c) && !isDigit(c) && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

func (p *headingParser) badAttribute(at int, message, hint string) (Attribute, int, bool) {
	p.failAttributes(at, message, hint)
	return Attribute{}, 0, false
}

// attributeValue reads a value, with or without quotes, and returns where it ends.
func (p *headingParser) attributeValue(start, end int) (string, int, bool) {
	if start < end && (p.line[start] == '"' || p.line[start] == '\'') {
		n := strings.IndexByte(p.line[start+1:end], p.line[start])
		if n < 0 {
			return "", 0, false
		}
		return p.line[start+1 : start+1+n], start + n + 2, true
	}
	i := p.until(start, end, "")
	if value := p.line[start:i]; strings.ContainsAny(value, "“”„;") {
		return "", 0, false
	}
	return p.line[start:i], i, true
}

// until returns the offset of the first blank, comma, brace or given stop
// character, or end.
func (p *headingParser) until(start, end int, stops string) int {
	if n := strings.IndexAny(p.line[start:end], " \t,{}"+stops); n >= 0 {
		return start + n
	}
	return end
}

// formatAttributes is the inverse of headingParser.attributes.
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

// position converts an offset in the line to a position in the file. It counts
// on from the last offset, since a long line can have many positions.
func (p *headingParser) position(offset int) diag.Position {
	from := 0
	if offset >= p.counted {
		from = p.counted
	} else {
		p.column = 0
	}
	p.column += utf8.RuneCountInString(p.line[from:offset])
	p.counted = offset
	at := p.at
	at.Column += p.column
	return at
}

// either is a hint with the line once for each value of an attribute that is set
// twice.
func (p *headingParser) either(a Attribute, before string) string {
	const otherwise = "delete one of the two"
	end := strings.IndexByte(p.line, '}')
	if len(p.line) > maxPasted || end < p.open {
		return otherwise
	}
	first, second := p.written(a.Name, before, end), p.written(a.Name, a.Value, end)
	if first == nil || second == nil {
		return otherwise
	}
	if before == a.Value {
		second = first
	}
	from, to := second[len(second)-1][0], second[len(second)-1][1]
	withFirst := strings.TrimRight(p.line[:from], " ,") + p.line[to:]
	from, to = first[0][0], first[0][1]
	withSecond := p.line[:from] + strings.TrimLeft(p.line[to:], " ,")
	return otherwise + ":\n" + withFirst + "\n" + withSecond
}

// written are the places, from and to, at which a line has an attribute with a
// value, in quotes or without, up to an end.
func (p *headingParser) written(name, value string, end int) (places [][2]int) {
	for from := p.open; from < end; from++ {
		if !strings.ContainsRune("{ ,\t", rune(p.line[max(from-1, 0)])) {
			continue
		}
		for _, quote := range []string{"", `"`, "'"} {
			part := name + "=" + quote + value + quote
			if rest, ok := strings.CutPrefix(p.line[from:], part); ok && strings.ContainsRune("} ,\t", rune(rest[0])) {
				places = append(places, [2]int{from, from + len(part)})
				break
			}
		}
	}
	return places
}
