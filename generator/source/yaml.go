package source

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"allclear/generator/diag"
)

var ruleYAMLRefused = rules.Declare(diag.Rule{
	Code:  "yaml-refused",
	Title: "YAML is plain: text, lists and maps, without anchors, aliases, tags, merge keys or further documents",
	Why:   "They let a few lines grow into gigabytes, or mean something else than they look like; nothing here needs them.",
})

var ruleDuplicateKey = rules.Declare(diag.Rule{
	Code:  "duplicate-key",
	Title: "A key stands once in its map",
	Why:   "Of two values one would be lost, and which one is a guess.",
})

// ParseYAML reads a whole YAML file, such as a theme's theme.yaml, into a map;
// file is its name as printed. The map is empty where the file can't be read.
func ParseYAML(file string, src []byte) (Value, diag.List) {
	f, list := newFile(file, src)
	if list.HasErrors() {
		return emptyMap(diag.Position{File: file}), f.Excerpts(list)
	}
	value, _, list := f.parseYAML(f.text, 1, diag.Position{File: file, Line: 1, Column: 1})
	return value, f.Excerpts(list)
}

func emptyMap(at diag.Position) Value { return Value{Kind: KindMap, Position: at} }

// parseYAML reads a part of the file that begins at a line. An empty part is
// an empty map at the fallback position; so is, with false, one that can't be
// read.
func (f *File) parseYAML(src []byte, firstLine int, fallback diag.Position) (Value, bool, diag.List) {
	r := yamlReader{file: f, before: firstLine - 1}
	documents := r.load(src)
	if len(documents) == 0 || documents[0].Kind != yaml.DocumentNode || len(documents[0].Content) == 0 {
		return emptyMap(fallback), !r.broken, r.found
	}
	if len(documents) > 1 {
		r.found.Add(ruleYAMLRefused.At(r.position(documents[1].Line, 1), "a second YAML document begins here").
			WithHint("keep to one: delete the --- or ... above it"))
	}
	root := documents[0].Content[0]
	value := r.value(root)
	if value.Kind != KindMap {
		if len(r.found) == 0 {
			r.found.Add(ruleYAMLSyntax.At(value.Position, "this is not a map of keys and values").
				WithHint("write lines like title: What happened, with a space after the colon"))
		}
		return emptyMap(fallback), false, r.found
	}
	return value, true, r.found
}

// yamlReader turns YAML into values, with positions in the file.
type yamlReader struct {
	file   *File
	before int // lines of the file before the YAML's first
	found  diag.List
	broken bool // a syntax error was left that could not be stepped over
}

func (r *yamlReader) position(line, column int) diag.Position {
	return diag.Position{File: r.file.name, Line: line + r.before, Column: column}
}

// limited bounds how deep YAML goes.
var limited = yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(MaxDepth), loaderlimits.AliasValue(0)))

// loadNodes parses YAML into at most two documents. Nodes don't expand
// aliases, so the work is bounded by the input; depth is bounded here.
func loadNodes(src []byte) ([]yaml.Node, error) {
	loader, err := yaml.NewLoader(bytes.NewReader(src), limited)
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
	r.refuse(n)
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
		if i := strings.IndexFunc(v.Text, escapedIn); i >= 0 {
			r.found.Add(ruleControlCharacter.At(v.Position, "an escape stands for the control character %U", []rune(v.Text[i:])[0]).
				WithHint("leave the escape out: no page can show it"))
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
		value := r.value(content)
		if value.Kind == KindNull && value.Comment == "" {
			value.Comment = key.LineComment // title: #1 priority
		}
		if !r.isKey(key) {
			continue
		}
		if line, ok := lines[key.Value]; ok {
			r.found.Add(ruleDuplicateKey.At(r.position(key.Line, key.Column), "the key %q is there already", key.Value).
				WithHint("it is first set in line %d; delete one of the two", line+r.before))
			continue
		}
		lines[key.Value] = key.Line
		fields = append(fields, Field{Key: key.Value, KeyAt: r.position(key.Line, key.Column), Value: value})
	}
	return fields
}

// isKey reports whether a node is text, as every key is, and says so if not.
func (r *yamlReader) isKey(key *yaml.Node) bool {
	r.refuse(key)
	at := r.position(key.Line, key.Column)
	switch {
	case key.Kind == yaml.AliasNode:
		return false
	case key.Kind != yaml.ScalarNode:
		r.found.Add(ruleYAMLRefused.At(at, "a key must be text, not a list or a map").
			WithHint(`where { or [ is meant as text, put the value in double quotes`))
		return false
	case key.Tag == "!!merge":
		r.found.Add(ruleYAMLRefused.At(at, "the merge key << is not read").WithHint("write out the keys"))
		return false
	case key.Tag != "!!str" && key.Style&yaml.TaggedStyle == 0:
		r.found.Add(ruleYAMLRefused.At(at, "the key %s is not text to YAML", orEmpty(key.Value)).
			WithHint("put it in double quotes"))
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

// refuse reports what makes a node more than a value of its own.
func (r *yamlReader) refuse(n *yaml.Node) {
	what := ""
	switch {
	case n.Kind == yaml.AliasNode:
		what = "the alias *" + n.Value
	case n.Anchor != "":
		what = "the anchor &" + n.Anchor
	case n.Style&yaml.TaggedStyle != 0 || n.Tag == "!":
		what = "the tag " + n.Tag
	default:
		return
	}
	r.found.Add(ruleYAMLRefused.At(r.position(n.Line, n.Column), "%s is not read", what).
		WithHint("%s", r.quoteHint(n.Line, "write the value out; where it is meant as text, put it in double quotes")))
}
