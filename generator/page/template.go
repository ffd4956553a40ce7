package page

import (
	"errors"
	"html/template"
	"io"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"allclear/generator/diag"
	"allclear/generator/parallel"
)

// kinds is each page's template file with the struct that it is given.
func kinds() map[string]any {
	return map[string]any{
		"index.html":     IndexPage{},
		"event.html":     EventPage{},
		"component.html": ComponentPage{},
		"history.html":   HistoryPage{},
		"month.html":     MonthPage{},
		"uptime.html":    UptimePage{},
		"embed.html":     EmbedPage{},
		"404.html":       NotFoundPage{},
		"alias.html":     AliasPage{},
	}
}

// loadTemplates parses the templates of a theme, checks every branch of each
// and runs it on samples.
func loadTemplates(files []file, m *messages) (map[string]*template.Template, diag.List) {
	var found diag.List
	shared := template.New("").Option("missingkey=error").Funcs(template.FuncMap{"t": m.catalog.Text})
	kinds := kinds()
	names := slices.Sorted(maps.Keys(kinds))
	var own []file
	for _, f := range files {
		name := strings.TrimPrefix(f.path, "templates/")
		switch _, isPage := kinds[name]; {
		case isPage:
			own = append(own, f)
		case name == "base.html" || path.Dir(name) == "partials" && path.Ext(name) == ".html":
			found.Add(parseFile(shared, f)...)
		default:
			found.Add(ruleTemplate.At(f.position(), "no page is made from this file").
				WithHint("%spages are %s; pieces that they share stand in templates/partials/*.html",
					diag.DidYouMean(name, names), strings.Join(names, ", ")))
		}
	}
	if found.HasErrors() {
		return nil, found
	}
	loaded := make([]loading, len(own))
	parallel.Each(len(own), func(i int) {
		l := &loaded[i]
		l.checker = checker{messages: m, used: map[string]bool{}}
		l.page, l.found = loadPage(shared, own[i], reflect.TypeOf(kinds[path.Base(own[i].path)]), &l.checker)
	})
	pages := map[string]*template.Template{}
	said := map[string]bool{}
	for i, l := range loaded {
		found.Add(l.found...)
		pages[path.Base(own[i].path)] = l.page
		maps.Copy(said, l.checker.used)
	}
	found.Add(m.unused(said)...)
	for _, name := range names {
		if pages[name] == nil && !found.HasErrors() {
			found.Add(ruleTemplate.At(diag.Position{File: "themes/default/templates/" + name}, "the page's template is missing"))
		}
	}
	return pages, found
}

// loading is what became of one page's file.
type loading struct {
	checker checker
	page    *template.Template
	found   diag.List
}

// loadPage makes one page's template from the shared ones and its own file.
func loadPage(shared *template.Template, f file, given reflect.Type, c *checker) (*template.Template, diag.List) {
	set, err := shared.Clone()
	if err != nil {
		return nil, diag.List{ruleTemplate.At(f.position(), "%v", err)}
	}
	if found := parseFile(set, f); found != nil {
		return nil, found
	}
	page := set.Lookup(f.position().File)
	if page == nil || page.Tree == nil || parse.IsEmptyTree(page.Tree.Root) {
		return nil, diag.List{ruleTemplate.At(f.position(), "the page shows nothing").
			WithHint(`begin the file with {{template "base" .}}, which shows its {{define "main"}}`)}
	}
	if found := c.check(set, page.Tree, given); found != nil {
		return nil, found
	}
	for _, full := range []bool{true, false} {
		sample := reflect.New(given).Elem()
		if full {
			fill(sample, 2)
		}
		if err := page.Execute(io.Discard, sample.Interface()); err != nil {
			return nil, diag.List{templateError(err, f)}
		}
	}
	if err := fold(set, page, c.seen); err != nil {
		return nil, diag.List{templateError(err, f)}
	}
	return page, nil
}

// parseFile adds a template file to a set. Its name there is its position's
// file, so that the errors of html/template name it.
func parseFile(set *template.Template, f file) diag.List {
	text, found := f.read()
	if found != nil {
		return found
	}
	if _, err := set.New(f.position().File).Parse(string(text)); err != nil {
		return diag.List{templateError(err, f)}
	}
	return nil
}

// located matches what text/template and html/template put before a message:
// file, line and often a column in bytes, from 0.
var located = regexp.MustCompile(`^(?:html/)?template: ?(.+?):(\d+)(?::(\d+))?: (?s:(.*))$`)

// templateError gives an error of a template its position.
func templateError(err error, f file) diag.Diagnostic {
	message := err.Error()
	var escape *template.Error
	if errors.As(err, &escape) && escape.Node != nil {
		return ruleTemplate.At(nodePosition(nil, escape.Node, f), "%s", escape.Description)
	}
	match := located.FindStringSubmatch(message)
	if match == nil {
		return ruleTemplate.At(f.position(), "%s", message)
	}
	at := diag.Position{File: match[1]}
	at.Line, _ = strconv.Atoi(match[2])
	if match[3] != "" {
		column, _ := strconv.Atoi(match[3])
		at.Column = column + 1
	}
	return ruleTemplate.At(at, "%s", match[4])
}

// nodePosition is where a node of a template stands in its file.
func nodePosition(tree *parse.Tree, n parse.Node, f file) diag.Position {
	location, _ := tree.ErrorContext(n)
	parts := strings.Split(location, ":")
	if len(parts) < 3 {
		return f.position()
	}
	at := diag.Position{File: strings.Join(parts[:len(parts)-2], ":")}
	at.Line, _ = strconv.Atoi(parts[len(parts)-2])
	column, _ := strconv.Atoi(parts[len(parts)-1])
	at.Column = column + 1
	return at
}

// fill gives every field below a value something to show, so that a template
// takes its richest branches: every list that many items, and each list inside
// of one a single item, since nothing shows only in their product.
func fill(v reflect.Value, items int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("sample")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), items)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), items, items))
		for i := range v.Len() {
			fill(v.Index(i), 1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), items)
		}
	}
}
