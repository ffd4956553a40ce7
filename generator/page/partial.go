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

// Most of what a template writes is the same on every page, and a build would
// spend most of its time on writing that again. So the templates of a page are
// partially evaluated after they were parsed, checked and escaped:
//
//   - an action that depends on no value, {{t "site.back"}}, becomes text;
//   - a template that is only given strings, {{template "label" .Status}}, is
//     pure: it runs once for each value, and its output is memoized.
//
// The output stays the same to the byte: how each piece is escaped is decided
// by then, and the output of a template depends only on what it is given.

// evaluator evaluates the templates of one page.
type evaluator struct {
	set, page *template.Template
	pure      map[string]bool // whether each template is only ever given strings
}

// evaluate evaluates a page's templates. The page must have been executed, since
// that escapes it; seen is each template with each type that it is given.
func evaluate(set, page *template.Template, seen map[instance]bool) error {
	e := evaluator{set, page, map[string]bool{}}
	for i := range seen {
		pure, known := e.pure[i.name]
		e.pure[i.name] = onlyStrings(i.dot) && (pure || !known)
	}
	set.Funcs(template.FuncMap{memoized: (&memo{set: set}).execute})
	for name := range e.pure {
		if err := e.list(set.Lookup(name).Tree.Root); err != nil {
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

func (e *evaluator) list(list *parse.ListNode) error {
	if list == nil {
		return nil
	}
	var nodes []parse.Node
	for _, n := range list.Nodes {
		n, err := e.node(n)
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

func (e *evaluator) node(n parse.Node) (parse.Node, error) {
	switch n := n.(type) {
	case *parse.ActionNode:
		if constant(n.Pipe) {
			text, err := e.execute(n)
			return &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: text}, err
		}
	case *parse.TemplateNode:
		if e.pure[n.Name] && n.Pipe != nil {
			return memoize(n), nil
		}
	case *parse.IfNode:
		return n, e.branches(&n.BranchNode)
	case *parse.WithNode:
		return n, e.branches(&n.BranchNode)
	case *parse.RangeNode:
		return n, e.branches(&n.BranchNode)
	}
	return n, nil
}

func (e *evaluator) branches(n *parse.BranchNode) error {
	if err := e.list(n.List); err != nil {
		return err
	}
	return e.list(n.ElseList)
}

// constant reports whether a pipeline is only functions of literals.
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

// execute returns what an action writes. Meanwhile the page is only this action,
// since only html/template's own templates can call its escapers.
func (e *evaluator) execute(n *parse.ActionNode) ([]byte, error) {
	root := e.page.Tree.Root
	whole := root.Nodes
	defer func() { root.Nodes = whole }()
	root.Nodes = []parse.Node{n}
	var written bytes.Buffer
	err := e.page.Execute(&written, nil)
	return written.Bytes(), err
}

// memoized is the function that replaces the call of a pure template:
// {{template "label" .Status}} becomes {{.Status | _memoized "label"}}.
const memoized = "_memoized"

func memoize(n *parse.TemplateNode) *parse.ActionNode {
	name := &parse.StringNode{NodeType: parse.NodeString, Pos: n.Pos, Quoted: strconv.Quote(n.Name), Text: n.Name}
	pipe := n.Pipe.CopyPipe()
	pipe.Cmds = append(pipe.Cmds, &parse.CommandNode{
		NodeType: parse.NodeCommand, Pos: n.Pos,
		Args: []parse.Node{parse.NewIdentifier(memoized).SetPos(n.Pos), name},
	})
	return &parse.ActionNode{NodeType: parse.NodeAction, Pos: n.Pos, Line: n.Line, Pipe: pipe}
}

// memo is the output of pure templates.
type memo struct {
	set    *template.Template
	filled atomic.Int32
	texts  sync.Map // memoKey → string
}

type memoKey struct {
	name  string
	given any
}

// maxMemo is how many outputs are kept, since a theme may give a pure template
// values that are never repeated.
const maxMemo = 4000

func (m *memo) execute(name string, given any) (string, error) {
	key := memoKey{name, given}
	if text, ok := m.texts.Load(key); ok {
		return text.(string), nil
	}
	var written strings.Builder
	if err := m.set.ExecuteTemplate(&written, name, given); err != nil {
		return "", err
	}
	if m.filled.Add(1) <= maxMemo {
		m.texts.Store(key, written.String())
	}
	return written.String(), nil
}
