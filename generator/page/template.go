package page

import (
	"errors"
	"html/template"
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

// kinds maps the template file of each page to the struct that it is given.
func kinds() map[string]any {
	return map[string]any{
		"index.html":     IndexPage{},
		"event.html":     EventPage{},
		"component.html": ComponentPage{},
		"history.html":   HistoryPage{},
		"month.html":     MonthPage{},
		"uptime.html":    UptimePage{},
		"subscribe.html": SubscribePage{},
		"embed.html":     EmbedPage{},
		"404.html":       NotFoundPage{},
		"withdrawn.html": WithdrawnPage{},
		"alias.html":     AliasPage{},
	}
}

// pageFile is the file of a page's template.
type pageFile struct {
	file
	name  string // "index.html"; of the theme's own page, its path: "pages/about.html"
	given reflect.Type
}

// loading is a page's template while it is loaded.
type loading struct {
	checker checker
	page    *template.Template
	found   diag.List
}

// loadTemplates parses the templates of a theme, checks every branch of each
// and runs it on samples. They are by the name of their [pageFile].
func loadTemplates(files []file, m *messages) (map[string]*template.Template, diag.List) {
	shared := template.New("").Option("missingkey=error").Funcs(template.FuncMap{"t": m.catalog.Text})
	pages, found := parseShared(shared, files)
	if found.HasErrors() {
		return nil, found
	}
	loaded := make([]loading, len(pages))
	parallel.Each(len(pages), func(i int) {
		l := &loaded[i]
		l.checker = checker{messages: m, used: map[string]bool{}}
		l.page, l.found = loadPage(shared, pages[i], &l.checker)
	})
	templates := map[string]*template.Template{}
	used := map[string]bool{}
	for i, l := range loaded {
		found.Add(l.found...)
		templates[pages[i].name] = l.page
		maps.Copy(used, l.checker.used)
	}
	found.Add(m.unused(used)...)
	for _, name := range slices.Sorted(maps.Keys(kinds())) {
		if templates[name] == nil && !found.HasErrors() {
			found.Add(ruleTemplate.At(diag.Position{File: "themes/default/templates/" + name}, "the page's template is missing"))
		}
	}
	return templates, found
}

// parseShared parses the files that all pages share, and returns those of the
// pages.
func parseShared(shared *template.Template, files []file) ([]pageFile, diag.List) {
	var pages []pageFile
	var found diag.List
	kinds := kinds()
	names := slices.Sorted(maps.Keys(kinds))
	for _, f := range files {
		name := strings.TrimPrefix(f.path, "templates/")
		given, isPage := kinds[name]
		switch {
		case isPage:
			pages = append(pages, pageFile{f, name, reflect.TypeOf(given)})
		case strings.HasPrefix(f.path, "pages/"):
			found.Add(checkOwnName(f)...)
			pages = append(pages, pageFile{f, f.path, reflect.TypeFor[OwnPage]()})
		case name == "base.html" || path.Dir(name) == "partials" && path.Ext(name) == ".html":
			found.Add(parseFile(shared, f)...)
		default:
			found.Add(ruleTemplate.At(f.position(), "no page is made from this file").
				WithHint("%spages are %s; pieces that they share are in templates/partials/*.html",
					diag.DidYouMean(name, names), strings.Join(names, ", ")))
		}
	}
	return pages, found
}

// loadPage makes one page's template from the shared ones and its own file.
func loadPage(shared *template.Template, f pageFile, c *checker) (*template.Template, diag.List) {
	set, err := shared.Clone()
	if err != nil {
		return nil, diag.List{ruleTemplate.At(f.position(), "%v", err)}
	}
	if found := parseFile(set, f.file); found != nil {
		return nil, found
	}
	page := set.Lookup(f.position().File)
	if page == nil || page.Tree == nil || parse.IsEmptyTree(page.Tree.Root) {
		return nil, diag.List{ruleTemplate.At(f.position(), "the page is empty").
			WithHint(`begin the file with {{template "base" .}}, which includes its {{define "main"}}`)}
	}
	own := f.given == reflect.TypeFor[OwnPage]()
	if own {
		if found := c.checkTexts(set, f.file); found != nil {
			return nil, found
		}
	}
	if found := c.check(set, page.Tree, f.given); found != nil {
		return nil, found
	}
	written, err := runSamples(page, f.given)
	if err != nil {
		return nil, diag.List{templateError(err, f.file)}
	}
	if own && !strings.Contains(written, "<h1") {
		return nil, diag.List{ruleTemplate.At(f.position(), "the page has no <h1>").
			WithHint(`begin its {{define "main"}} with <h1>{{template "title" .}}</h1>, which the script and screen readers look for`)}
	}
	if err := evaluate(set, page, c.seen); err != nil {
		return nil, diag.List{templateError(err, f.file)}
	}
	return page, nil
}

// runSamples runs a page's template on a struct with everything in it and on
// one with nothing, and returns what it wrote.
func runSamples(page *template.Template, given reflect.Type) (string, error) {
	var written strings.Builder
	for _, full := range []bool{true, false} {
		sample := reflect.New(given)
		if full {
			fill(sample.Elem(), 2)
		}
		if own, ok := sample.Interface().(*OwnPage); ok {
			if err := own.setTexts(page); err != nil {
				return "", err
			}
		}
		if err := page.Execute(&written, sample.Elem().Interface()); err != nil {
			return "", err
		}
	}
	return written.String(), nil
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

// errorText matches what text/template and html/template write before a message:
// file, line and often a column, in bytes from 0.
var errorText = regexp.MustCompile(`^(?:html/)?template: ?(.+?):(\d+)(?::(\d+))?: (?s:(.*))$`)

// templateError gives an error of a template its position.
func templateError(err error, f file) diag.Diagnostic {
	message := err.Error()
	var escape *template.Error
	if errors.As(err, &escape) && escape.Node != nil {
		return ruleTemplate.At(nodePosition(nil, escape.Node, f), "%s", escape.Description)
	}
	match := errorText.FindStringSubmatch(message)
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

// nodePosition is where a node of a template is in its file.
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

// fill sets every field below a value, so that a template runs the branches that
// show something. Every list gets a number of items, and each list inside
// of it one item, so that samples stay small.
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
