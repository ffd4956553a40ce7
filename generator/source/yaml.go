package source

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"allclear/generator/diag"
)

var ruleYAMLRefused = rules.Declare(diag.Rule{
	Code:  "yaml-refused",
	Title: "YAML has only text, lists and maps: no anchors, aliases, tags, merge keys or second documents",
	Why:   "With them, a few lines can become gigabytes or change the meaning of a value, and allclear needs none of them.",
})

var ruleDuplicateKey = rules.Declare(diag.Rule{
	Code:  "duplicate-key",
	Title: "A map has each key once",
	Why:   "Only one of the two values could be used, and allclear does not guess which one.",
})

// ParseYAML parses a whole YAML file, such as a theme's theme.yaml, into a map;
// file is its name as printed. The map is empty if the file can't be read.
func ParseYAML(file string, src []byte) (Value, diag.List) {
	f, list := newFile(file, src)
	if list.HasErrors() {
		return emptyMap(diag.Position{File: file}), f.Excerpts(list)
	}
	value, _, list := f.parseYAML(f.text, 1, diag.Position{File: file, Line: 1, Column: 1})
	return value, f.Excerpts(list)
}

func emptyMap(at diag.Position) Value { return Value{Kind: KindMap, Position: at} }

// parseYAML parses a part of the file that begins at a line. If the part is
// empty, the result is an empty map at the fallback position. If it can't be
// read, the result is the same, and false.
func (f *File) parseYAML(src []byte, firstLine int, fallback diag.Position) (Value, bool, diag.List) {
	r := yamlReader{file: f, before: firstLine - 1}
	documents := r.load(src)
	if len(documents) == 0 || documents[0].Kind != yaml.DocumentNode || len(documents[0].Content) == 0 {
		return emptyMap(fallback), !r.broken, r.found
	}
	if len(documents) > 1 {
		r.found.Add(ruleYAMLRefused.At(r.position(documents[1].Line, 1), "a second YAML document begins here").
			WithHint("delete the --- or ... above it, so that there is only one"))
	}
	root := documents[0].Content[0]
	value := r.value(root)
	if value.Kind != KindMap {
		if len(r.found) == 0 {
			r.found.Add(ruleYAMLSyntax.At(value.Position, "this is not a map of keys and values").
				WithHint("write lines such as title: What happened, with a space after the colon"))
		}
		return emptyMap(fallback), false, r.found
	}
	return value, true, r.found
}

// yamlReader converts YAML to values, with positions in the file.
type yamlReader struct {
	file   *File
	before int // lines of the file before the YAML's first
	found  diag.List
	broken bool // a syntax error could not be repaired
}

func (r *yamlReader) position(line, column int) diag.Position {
	return diag.Position{File: r.file.name, Line: line + r.before, Column: column}
}

// limits bounds how deep lists and maps are nested.
var limits = yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(MaxDepth), loaderlimits.AliasValue(0)))

// loadNodes parses YAML into at most two documents. Nodes don't expand
// aliases, so the work is bounded by the size of the input.
func loadNodes(src []byte) ([]yaml.Node, error) {
	loader, err := yaml.NewLoader(bytes.NewReader(src), limits)
	if err != nil {
		return nil, err
	}
	var documents [2]yaml.Node
	for i := range documents {
		if err := loader.Load(&documents[i]); errors.Is(err, io.EOF) {
			return documents[:i], nil
		} else if err != nil {
			return documents[:i], err
		}
	}
	return documents[:], nil
}

func (r *yamlReader) value(n *yaml.Node) Value {
	tagged := r.checkPlain(n)
	v := Value{Position: r.position(n.Line, n.Column)}
	switch n.Kind {
	case yaml.MappingNode:
		v.Kind, v.Fields = KindMap, r.fields(n)
	case yaml.SequenceNode:
		v.Kind = KindList
		if len(n.Content) > 0 {
			v.Items = make([]Value, 0, len(n.Content))
		}
		for _, item := range n.Content {
			v.Items = append(v.Items, r.value(item))
		}
	case yaml.AliasNode:
		v.Kind, v.Text = KindScalar, "*"+n.Value
	case yaml.ScalarNode:
		r.scalar(&v, n)
		if tagged && strings.TrimSpace(v.Text) == "" {
			v.Text = n.Tag // so that nothing else is said
		}
	}
	return v
}

func (r *yamlReader) scalar(v *Value, n *yaml.Node) {
	const quoted = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	v.Quoted = n.Style&quoted != 0
	if n.Tag == "!!null" && !v.Quoted {
		v.Kind = KindNull
	} else {
		v.Kind, v.Text = KindScalar, n.Value
		if i := strings.IndexFunc(v.Text, forbiddenEscape); i >= 0 {
			r.found.Add(ruleControlCharacter.At(v.Position, "an escape stands for the control character %U", []rune(v.Text[i:])[0]).
				WithHint("delete the escape: no page can show the character"))
		}
	}
	if !v.Quoted {
		v.Comment = n.LineComment
	}
}

func (r *yamlReader) fields(n *yaml.Node) []Field {
	fields := make([]Field, 0, len(n.Content)/2)
	lines := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, content := n.Content[i], n.Content[i+1]
		r.splitKey(key, content)
		value := r.value(content)
		if value.Kind == KindNull && value.Comment == "" {
			value.Comment = key.LineComment // title: #1 priority
		}
		if !r.isKey(key) {
			continue
		}
		if line, ok := lines[key.Value]; ok {
			r.found.Add(ruleDuplicateKey.At(r.position(key.Line, key.Column), "the key %q is already in line %d", key.Value, line+r.before).
				WithHint("delete one of the two"))
			continue
		}
		lines[key.Value] = key.Line
		fields = append(fields, Field{Key: key.Value, KeyAt: r.position(key.Line, key.Column), Value: value})
	}
	return fields
}

// splitKey reports a key such as id:website, whose value YAML takes for a part of
// it, and gives the key its value.
func (r *yamlReader) splitKey(key, content *yaml.Node) {
	name, value, ok := strings.Cut(key.Value, ":")
	if key.Kind != yaml.ScalarNode || content.Kind != yaml.ScalarNode || content.Tag != "!!null" || !ok || value == "" || !keyName().MatchString(name) || key.Style != 0 {
		return
	}
	at := r.position(key.Line, key.Column)
	content.Tag, content.Value = "!!str", value
	key.Value = name
	if slices.ContainsFunc(r.found, func(d diag.Diagnostic) bool { return d.Position.Line == at.Line && d.Rule == ruleYAMLSyntax }) {
		return
	}
	text := r.file.Line(at.Line)
	fixed := spaceless().ReplaceAllString(text, "$1: $2")
	if len(text) <= maxPasted && fixed != text {
		r.found.Add(ruleYAMLSyntax.At(at, "a space must follow the colon of %s:", name).Replaced(fixed, !strings.ContainsAny(text, "\"'#")))
	} else {
		r.found.Add(ruleYAMLSyntax.At(at, "a space must follow the colon of %s:", name).WithHint("write %s: %s", name, value))
	}
}

var (
	keyName   = pattern(`^[a-z_]+$`)
	spaceless = pattern(`([{,] *[a-z_]+):([^\s,}:/][^,}]*)`)
)

// isKey reports whether a node is text, as every key must be, with a
// diagnostic if it is not.
func (r *yamlReader) isKey(key *yaml.Node) bool {
	r.checkPlain(key)
	at := r.position(key.Line, key.Column)
	switch {
	case key.Kind == yaml.AliasNode:
		return false
	case key.Kind != yaml.ScalarNode:
		r.found.Add(ruleYAMLRefused.At(at, "a key must be text, not a list or a map").
			WithHint("if { or [ is part of a text, put the text in double quotes"))
		return false
	case key.Tag == "!!merge":
		r.found.Add(ruleYAMLRefused.At(at, "the merge key << is not allowed").WithHint("write the keys themselves"))
		return false
	case key.Tag != "!!str" && key.Style&yaml.TaggedStyle == 0:
		r.found.Add(ruleYAMLRefused.At(at, "YAML does not read the key %s as text", orEmpty(key.Value)).
			WithHint("put the key in double quotes"))
		return false
	}
	return true
}

func orEmpty(key string) string {
	if key == "" {
		return `""`
	}
	return key
}

// checkPlain reports an alias, an anchor or a tag.
func (r *yamlReader) checkPlain(n *yaml.Node) (reported bool) {
	what := ""
	switch {
	case n.Kind == yaml.AliasNode:
		what = "the alias *" + n.Value
	case n.Anchor != "":
		what = "the anchor &" + n.Anchor
	case n.Style&yaml.TaggedStyle != 0 || n.Tag == "!":
		what = "the tag " + n.Tag
	default:
		return false
	}
	r.found.Add(ruleYAMLRefused.At(r.position(n.Line, n.Column), "%s is not allowed", what).
		WithHint("%s", r.quoteHint(n.Line, "write only the value; if this is part of a text, put the text in double quotes")))
	return true
}
