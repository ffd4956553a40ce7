package page

import (
	"html/template"
	"maps"
	"reflect"
	"text/template/parse"

	"allclear/generator/diag"
)

// checker walks templates the way they would run, with types instead of values,
// and so checks also the branches that no sample reaches. A type that it can't find
// out is nil; the fields of such a value are not checked.
type checker struct {
	messages *messages
	used     map[string]bool // keys of the strings that templates use

	set   *template.Template
	tree  *parse.Tree
	seen  map[instance]bool
	found diag.List
}

// instance is a template with the type that it was given.
type instance struct {
	name string
	dot  reflect.Type
}

// scope is the type of each variable, "$" being what the template was given.
type scope map[string]reflect.Type

// check checks a template that is given a type, and all templates that it calls.
func (c *checker) check(set *template.Template, tree *parse.Tree, given reflect.Type) diag.List {
	c.set, c.seen, c.found = set, map[instance]bool{}, nil
	c.template(tree, given)
	return c.found
}

func (c *checker) report(n parse.Node, format string, args ...any) *diag.Diagnostic {
	c.found.Add(ruleTemplate.At(nodePosition(c.tree, n, file{}), format, args...))
	return &c.found[len(c.found)-1]
}

func (c *checker) template(tree *parse.Tree, dot reflect.Type) {
	if c.seen[instance{tree.Name, dot}] {
		return
	}
	c.seen[instance{tree.Name, dot}] = true
	caller := c.tree
	c.tree = tree
	c.list(tree.Root, dot, scope{"$": dot})
	c.tree = caller
}

func (c *checker) list(list *parse.ListNode, dot reflect.Type, vars scope) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		c.node(n, dot, vars)
	}
}

func (c *checker) node(n parse.Node, dot reflect.Type, vars scope) {
	switch n := n.(type) {
	case *parse.ActionNode:
		c.pipe(n.Pipe, dot, vars)
	case *parse.IfNode:
		inner := maps.Clone(vars)
		c.pipe(n.Pipe, dot, inner)
		c.list(n.List, dot, maps.Clone(inner))
		c.list(n.ElseList, dot, maps.Clone(inner))
	case *parse.WithNode:
		inner := maps.Clone(vars)
		value := c.pipe(n.Pipe, dot, inner)
		c.list(n.List, value, maps.Clone(inner))
		c.list(n.ElseList, dot, maps.Clone(inner))
	case *parse.RangeNode:
		inner := maps.Clone(vars)
		item := c.element(n, c.pipe(n.Pipe, dot, inner))
		if declared := n.Pipe.Decl; len(declared) > 0 {
			inner[declared[0].Ident[0]] = reflect.TypeFor[int]()
			inner[declared[len(declared)-1].Ident[0]] = item
		}
		c.list(n.List, item, inner)
		c.list(n.ElseList, dot, maps.Clone(vars))
	case *parse.TemplateNode:
		value := c.pipe(n.Pipe, dot, vars)
		called := c.set.Lookup(n.Name)
		if called == nil || called.Tree == nil {
			c.report(n, "there is no template %q", n.Name)
			return
		}
		c.template(called.Tree, value)
	}
}

// element is the type of the elements that a range goes over.
func (c *checker) element(n *parse.RangeNode, over reflect.Type) reflect.Type {
	over = indirect(over)
	switch {
	case over == nil:
		return nil
	case over.Kind() == reflect.Slice:
		return over.Elem()
	case over.Kind() == reflect.Int:
		return over
	}
	c.report(n, "range over %s, which is not a list", n.Pipe)
	return nil
}

func (c *checker) pipe(p *parse.PipeNode, dot reflect.Type, vars scope) reflect.Type {
	if p == nil {
		return nil
	}
	var value reflect.Type
	for _, command := range p.Cmds {
		value = c.command(command, dot, vars)
	}
	for _, v := range p.Decl {
		vars[v.Ident[0]] = value
	}
	return value
}

func (c *checker) command(n *parse.CommandNode, dot reflect.Type, vars scope) reflect.Type {
	var args []reflect.Type
	for _, arg := range n.Args[1:] {
		args = append(args, c.value(arg, dot, vars))
	}
	name, isCall := n.Args[0].(*parse.IdentifierNode)
	if !isCall {
		return c.value(n.Args[0], dot, vars)
	}
	switch name.Ident {
	case "t":
		c.message(n, args)
		return reflect.TypeFor[string]()
	case "and", "or":
		for _, arg := range args {
			if arg != args[0] {
				return nil
			}
		}
		return args[0]
	case "index":
		if list := indirect(args[0]); list != nil && list.Kind() == reflect.Slice && len(args) == 2 {
			return list.Elem()
		}
		return nil
	case "len":
		return reflect.TypeFor[int]()
	case "eq", "ne", "lt", "le", "gt", "ge", "not":
		return reflect.TypeFor[bool]()
	case "print", "printf", "println", "html", "urlquery", "js":
		return reflect.TypeFor[string]()
	}
	return nil
}

func (c *checker) value(n parse.Node, dot reflect.Type, vars scope) reflect.Type {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return c.chain(n, dot, n.Ident)
	case *parse.VariableNode:
		return c.chain(n, vars[n.Ident[0]], n.Ident[1:])
	case *parse.ChainNode:
		return c.chain(n, c.value(n.Node, dot, vars), n.Field)
	case *parse.PipeNode:
		return c.pipe(n, dot, vars)
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	case *parse.NumberNode:
		return reflect.TypeFor[int]()
	}
	return nil
}

// chain follows fields from a type, .Banner.Text.
func (c *checker) chain(n parse.Node, from reflect.Type, names []string) reflect.Type {
	for _, name := range names {
		from = indirect(from)
		if from == nil {
			return nil
		}
		field, known := reflect.StructField{}, false
		if from.Kind() == reflect.Struct {
			field, known = from.FieldByName(name)
		}
		if !known {
			d := c.report(n, "%s has no field %s", from.Name(), name)
			d.Hint = diag.DidYouMean(name, fieldNames(from)) + "the fields are those of the page's struct in package page"
			return nil
		}
		from = field.Type
	}
	return from
}

func fieldNames(t reflect.Type) []string {
	var names []string
	if t.Kind() == reflect.Struct {
		for _, f := range reflect.VisibleFields(t) {
			names = append(names, f.Name)
		}
	}
	return names
}

// indirect is the type that a pointer type points to, or the type itself.
func indirect(t reflect.Type) reflect.Type {
	if t != nil && t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// message checks a call {{t "key" "name" value …}} against the strings; args
// are the types of the arguments.
func (c *checker) message(n *parse.CommandNode, args []reflect.Type) {
	if len(n.Args) < 2 {
		c.report(n, "t needs the key of a string")
		return
	}
	key, ok := n.Args[1].(*parse.StringNode)
	if !ok {
		c.report(n, "the key of a string must be written out, so that it can be checked")
		return
	}
	var given []string
	for i := 2; i < len(n.Args); i += 2 {
		name, ok := n.Args[i].(*parse.StringNode)
		if !ok || i+1 == len(n.Args) {
			c.report(n, "t takes pairs of a placeholder's name and its value")
			return
		}
		if value := args[i]; value != nil && value != reflect.TypeFor[string]() {
			c.report(n, "the value of {%s} is not a string", name.Text)
		}
		given = append(given, name.Text)
	}
	c.used[key.Text] = true
	messages := c.messages.named(key.Text)
	if len(messages) == 0 {
		c.found.Add(ruleString.At(nodePosition(c.tree, n, file{}), "no i18n file has the string %q", key.Text).
			WithHint("%sadd it to the theme's i18n/%s.yaml", diag.DidYouMean(key.Text, c.messages.keys()), reference))
	}
	for _, message := range messages {
		c.found.Add(checkPlaceholders(key.Text, message, given)...)
	}
}
