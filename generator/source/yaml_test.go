package source_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/diag"
	"allclear/generator/source"
)

func TestParseYAMLKeepsTextAndPositions(t *testing.T) {
	const text = `title: Status # of all
empty:
number: 007
quoted: "a # b"
block: |
  one
  two
hash: #1 priority
list: [a, 'b']
components:
  - id: api
    name: Ünï: x
`
	value, found := source.ParseYAML("site.yaml", []byte(strings.Replace(text, "Ünï: x", `"Ünï: x"`, 1)))
	if len(found) > 0 {
		t.Fatal(found)
	}
	at := func(line, column int) diag.Position {
		return diag.Position{File: "site.yaml", Line: line, Column: column}
	}
	scalar := func(line, column int, text string) source.Value {
		return source.Value{Kind: source.KindScalar, Position: at(line, column), Text: text}
	}
	quoted := func(line, column int, text string) source.Value {
		v := scalar(line, column, text)
		v.Quoted = true
		return v
	}
	title := scalar(1, 8, "Status")
	title.Comment = "# of all"
	field := func(line, column int, key string, v source.Value) source.Field {
		return source.Field{Key: key, KeyAt: at(line, column), Value: v}
	}
	want := source.Value{Kind: source.KindMap, Position: at(1, 1), Fields: []source.Field{
		field(1, 1, "title", title),
		field(2, 1, "empty", source.Value{Position: at(2, 7)}),
		field(3, 1, "number", scalar(3, 9, "007")),
		field(4, 1, "quoted", quoted(4, 9, "a # b")),
		field(5, 1, "block", quoted(5, 8, "one\ntwo\n")),
		field(8, 1, "hash", source.Value{Position: at(8, 6), Comment: "#1 priority"}),
		field(9, 1, "list", source.Value{Kind: source.KindList, Position: at(9, 7), Items: []source.Value{scalar(9, 8, "a"), quoted(9, 11, "b")}}),
		field(10, 1, "components", source.Value{Kind: source.KindList, Position: at(11, 3), Items: []source.Value{
			{Kind: source.KindMap, Position: at(11, 5), Fields: []source.Field{
				field(11, 5, "id", scalar(11, 9, "api")),
				field(12, 5, "name", quoted(12, 11, "Ünï: x")),
			}},
		}}),
	}}
	if diff := cmp.Diff(want, value); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestYAMLMistakesAreExplained(t *testing.T) {
	tests := []struct {
		text string
		want string // one line a diagnostic: position: message [code]; then its hint
	}{
		{"title: Outage: API down\n", `1:14: a value with ": " in it must be in quotes [yaml-syntax]; write title: "Outage: API down"`},
		{"title: @home\n", `1:8: a value that begins with @ must be in quotes [yaml-syntax]; write title: "@home"`},
		{"title: `x`\n", "1:8: a value that begins with ` must be in quotes [yaml-syntax]; write title: \"`x`\""},
		{"title: %x\n", `1:8: a value that begins with % must be in quotes [yaml-syntax]; write title: "%x"`},
		{"title: *Bold* x\n", `1:8: a value that begins with * must be in quotes [yaml-syntax]; write title: "*Bold* x"`},
		{"title: [Fixed] API\n", `1:8: a value that begins with [ must be in quotes [yaml-syntax]; write title: "[Fixed] API"`},
		{"title: {a} API\n", `1:8: a value that begins with { must be in quotes [yaml-syntax]; write title: "{a} API"`},
		{"title: - x\n", `1:8: a value that begins with - must be in quotes [yaml-syntax]; write title: "- x"`},
		{"title: > x\n", `1:8: a value that begins with > must be in quotes [yaml-syntax]; write title: "> x"`},
		{"title: 'it's down'\n", `1:8: the quotes around this value don't match [yaml-syntax]; write title: "it's down"`},
		{"title: \"API\" down\n", `1:8: the quotes around this value don't match [yaml-syntax]; write title: '"API" down'`},
		{"title: \"API\nx: y\n", `1:8: the quotes around this value don't match [yaml-syntax]; write title: "API"`},
		{"title: \"C:\\x\"\n", `1:8: the quotes around this value don't match [yaml-syntax]; write title: 'C:\x'`},
		{"title: it's C:\\x: y\n", `1:17: a value with ": " in it must be in quotes [yaml-syntax]; write title: "it's C:\\x: y"`},
		{"x: [a, b\ny: c\n", `1:1: the [ is never closed [yaml-syntax]; write x: [a, b]`},
		{"x: {a: b: c}\n", `1:9: this map between { and } can't be read [yaml-syntax]; separate items by commas, close every bracket, and put values with any of , : [ ] { } in double quotes`},
		{"x: | one\n  two\n", `1:6: text can't begin on the line of its | or > [yaml-syntax]; begin it on the next line, indented`},
		{"x: a\n\ty: b\n", `2:1: this line is indented with a tab [yaml-syntax]; write y: b`},
		{"x:\n  a: b\n y: c\n", `3:2: this line is not indented like those above it [yaml-syntax]; write y: c`},
		{" x: a\ny: b\n", `1:1: this line is not written as YAML is [yaml-syntax]; write x: a`},
		{"x: a\n  y: b\n", `2:4: a key can't begin here [yaml-syntax]; write y: b`},
		{"x: a\nsome text\ny: b\n", `2:1: this line is not a key with a value [yaml-syntax]; write key: value, with a space after the colon; if this is the text, write --- on the line above it`},
		{"x:a\n", `1:1: this is not a map of keys and values [yaml-syntax]; write lines such as title: What happened, with a space after the colon`},
		{"- a\n", `1:1: this is not a map of keys and values [yaml-syntax]; write lines such as title: What happened, with a space after the colon`},
		{"%x\n", `1:1: a line that begins with % is not allowed [yaml-syntax]; if it is part of a text, put the text in double quotes`},
		{"x: a\ny: b\nx: c\n", `3:1: the key "x" is already in line 1 [duplicate-key]; delete one of the two`},
		{"x: &a b\n", `1:4: the anchor &a is not allowed [yaml-refused]; if it is part of a text, write x: "&a b"`},
		{"x: !a b\n", `1:4: the tag !a is not allowed [yaml-refused]; if it is part of a text, write x: "!a b"`},
		{"x: !!str b\n", `1:4: the tag !!str is not allowed [yaml-refused]; if it is part of a text, write x: "!!str b"`},
		{"<<: {a: b}\n", `1:1: the merge key << is not allowed [yaml-refused]; write the keys themselves`},
		{"1: a\n", `1:1: YAML does not read the key 1 as text [yaml-refused]; put the key in double quotes`},
		{"true: a\n", `1:1: YAML does not read the key true as text [yaml-refused]; put the key in double quotes`},
		{"[a]: b\n", `1:1: a key must be text, not a list or a map [yaml-refused]; if { or [ is part of a text, put the text in double quotes`},
		{"x: a\n---\ny: b\n", `2:1: a second YAML document begins here [yaml-refused]; delete the --- or ... above it, so that there is only one`},
		{"x: " + strings.Repeat("[", 17) + strings.Repeat("]", 17) + "\n", `1:20: lists and maps are nested too deeply [yaml-refused]; use at most 16 levels`},
		{"a: x: y\nb: fine\nc: @z\nb: again\n", `1:5: a value with ": " in it must be in quotes [yaml-syntax]; write a: "x: y"
3:4: a value that begins with @ must be in quotes [yaml-syntax]; write c: "@z"
4:1: the key "b" is already in line 2 [duplicate-key]; delete one of the two`},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			_, found := source.ParseYAML("f", []byte(test.text))
			var got []string
			for _, d := range found {
				got = append(got, fmt.Sprintf("%s: %s [%s]; %s", strings.TrimPrefix(d.Position.String(), "f:"), d.Message, d.Rule.Code, strings.Replace(d.Hint, "write\n", "write ", 1)))
			}
			if diff := cmp.Diff(test.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAHintFixesTheLine(t *testing.T) {
	for _, line := range []string{"title: Outage: API down", "title: 'it's'", `title: "C:\x"`, "title: @x", `title: [a] "b" it's`, "title: a: 'b': \"c\""} {
		_, found := source.ParseYAML("f", []byte(line))
		if len(found) != 1 {
			t.Fatalf("%s: %v", line, found)
		}
		fixed := strings.TrimPrefix(found[0].Hint, "write\n")
		if _, again := source.ParseYAML("f", []byte(fixed)); len(again) > 0 {
			t.Errorf("%s: the hint %s does not help: %v", line, fixed, again)
		}
	}
}

func TestARepairedValueIsKept(t *testing.T) {
	value, _ := source.ParseYAML("f", []byte("title: Outage: API down\nx: y\n"))
	title, _ := value.Field("title")
	if title.Value.Text != "Outage: API down" || len(value.Fields) != 2 {
		t.Errorf("read %+v", value)
	}
}

func TestAYAMLBombIsAnError(t *testing.T) {
	var aliases strings.Builder
	aliases.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&aliases, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	for name, text := range map[string]string{
		"aliases":      aliases.String(),
		"brackets":     "x: " + strings.Repeat("[", 1<<20-10),
		"braces":       "x: " + strings.Repeat("{a: ", 1<<18-10),
		"dashes":       strings.Repeat("- ", 1<<19-10),
		"questions":    strings.Repeat("? ", 1<<19-10),
		"bad lines":    strings.Repeat("a: b: c\n", 1<<17-10),
		"small lines":  strings.Repeat("a: b: c\n", 1<<13-10),
		"open quotes":  strings.Repeat("a: 'b\n", 9000),
		"anchors":      strings.Repeat("a: &a\n", 1<<17),
		"same key":     strings.Repeat("a:\n", 1<<18),
		"too large":    strings.Repeat("#", 1<<20+1),
		"long comment": "x: y\n" + strings.Repeat("#\n", 1<<19-10) + "- z",
	} {
		t.Run(name, func(t *testing.T) {
			if _, found := source.ParseYAML("f", []byte(text)); !found.HasErrors() {
				t.Error("no error")
			}
		})
	}
}
