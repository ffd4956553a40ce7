package page

import (
	"bytes"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"text/template/parse"
)

// Most of what a template writes is the same on page after page, and a build
// would spend most of its time in working that out again. So the templates of
// a page are folded once they are parsed, checked and escaped:
//
//   - an action that depends on nothing, {{t "site.back"}}, becomes text;
//   - a template that is given nothing but strings, {{template "label" .Status}},
//     runs once for each value, and what it wrote is remembered.
//
// Neither changes a byte: how each piece is escaped is settled by then, and
// what a template writes depends on nothing but what it is given.

// folding is the templates of one page on their way.
type folding struct {
	set, page *template.Template
	pure      map[string]bool // of each template, whether it is always given nothing but strings
}

// fold folds a page's templates. The page was executed before, since that is
// what escapes it; seen is each template with the types that it is given.
func fold(set, page *template.Template, seen map[visit]bool) error {
	f := folding{set, page, map[string]bool{}}
	for v := range seen {
		pure, known := f.pure[v.name]
		f.pure[v.name] = onlyStrings(v.dot) && (pure || !known)
	}
	set.Funcs(template.FuncMap{recall: (&memory{set: set}).recall})
	for name := range f.pure {
		if err := f.list(set.Lookup(name).Tree.Root); err != nil {
			return err
		}
	}
	return nil
}

func onlyStrings(t reflect.Type) bool {
	switch {
	case t == nil:
		return false
	case t.Kind() == reflect.Struct:
		for field := range t.Fields() {
			if !onlyStrings(field.Type) {
				return false
			}
		}
		return true
	}
	return t.Kind() == reflect.String
}

func (f *folding) list(list *parse.ListNode) error {
	if list == nil {
		return nil
	}
	var nodes []parse.Node
	for _, n := range list.Nodes {
		n, err := f.node(n)
		if err != nil {
			return err
		}
		nodes = appendNode(nodes, n)
	}
	list.Nodes = nodes
	return nil
}

// appendNode joins text with the text before it.
func appendNode(nodes []parse.Node, n parse.Node) []parse.Node {
	if text, ok := n.(*parse.TextNode); ok && len(nodes) > 0 {
		if before, ok := nodes[len(nodes)-1].(*parse.TextNode); ok {
			before.Text = append(bytes.Clone(before.Text), text.Text...)
			return nodes
		}
	}
	return append(nodes, n)
}

func (f *folding) node(n parse.Node) (parse.Node, error) {
	switch n := n.(type) {
	case *parse.ActionNode:
		if constant(n.Pipe) {
			text, err := f.execute(n)
			return &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: text}, err
		}
	case *parse.TemplateNode:
		if f.pure[n.Name] && n.Pipe != nil {
			return recalled(n), nil
		}
	case *parse.IfNode:
		return n, f.branches(&n.BranchNode)
	case *parse.WithNode:
		return n, f.branches(&n.BranchNode)
	case *parse.RangeNode:
		return n, f.branches(&n.BranchNode)
	}
	return n, nil
}

func (f *folding) branches(n *parse.BranchNode) error {
	if err := f.list(n.List); err != nil {
		return err
	}
	return f.list(n.ElseList)
}

// constant reports whether a pipeline is functions of written values alone.
func constant(p *parse.PipeNode) bool {
	if len(p.Decl) > 0 {
		return false
	}
	for _, command := range p.Cmds {
		for _, arg := range command.Args {
			switch arg.(type) {
			case *parse.IdentifierNode, *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
			default:
				return false
			}
		}
	}
	return true
}

// execute gives what an action writes. It stands alone in the page meanwhile,
// since html/template lends its escapers to its own templates only.
func (f *folding) execute(n *parse.ActionNode) ([]byte, error) {
	root := f.page.Tree.Root
	whole := root.Nodes
	defer func() { root.Nodes = whole }()
	root.Nodes = []parse.Node{n}
	var written bytes.Buffer
	err := f.page.Execute(&written, nil)
	return written.Bytes(), err
}

// recall is the function that stands for the execution of a pure template:
// {{template "label" .Status}} becomes {{.Status | _recall "label"}}.
const recall = "_recall"

func recalled(n *parse.TemplateNode) *parse.ActionNode {
	name := &parse.StringNode{NodeType: parse.NodeString, Pos: n.Pos, Quoted: strconv.Quote(n.Name), Text: n.Name}
	pipe := n.Pipe.CopyPipe()
	pipe.Cmds = append(pipe.Cmds, &parse.CommandNode{
		NodeType: parse.NodeCommand, Pos: n.Pos,
		Args: []parse.Node{parse.NewIdentifier(recall).SetPos(n.Pos), name},
	})
	return &parse.ActionNode{NodeType: parse.NodeAction, Pos: n.Pos, Line: n.Line, Pipe: pipe}
}

// memory is what pure templates wrote.
type memory struct {
	set    *template.Template
	filled atomic.Int32
	texts  sync.Map // execution → string
}

type execution struct {
	name  string
	given any
}

// maxMemory bounds what is remembered, since a theme may give a pure template
// something that never comes again.
const maxMemory = 4000

func (m *memory) recall(name string, given any) (string, error) {
	key := execution{name, given}
	if text, ok := m.texts.Load(key); ok {
		return text.(string), nil
	}
	var written strings.Builder
	if err := m.set.ExecuteTemplate(&written, name, given); err != nil {
		return "", err
	}
	if m.filled.Add(1) <= maxMemory {
		m.texts.Store(key, written.String())
	}
	return written.String(), nil
}
