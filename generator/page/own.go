package page

import (
	"html"
	"html/template"
	"io"
	"reflect"
	"regexp"
	"strings"
	"text/template/parse"

	"allclear/generator/derive"
	"allclear/generator/diag"
)

// OwnPage is a page that only the theme has, pages/*.html. Its Title and its
// Description are what the template defines as "title" and "description", and
// it may show all that the index shows.
type OwnPage struct {
	Base
	Overview
}

// ownName matches the file of such a page. Its name is the
// page's address, so it holds only what needs no escaping there.
var ownName = regexp.MustCompile(`^pages/([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.html$`)

// ownPath is the address of such a page: help/contact/ for
// pages/help/contact.html.
func ownPath(file string) string {
	return strings.TrimSuffix(strings.TrimPrefix(file, "pages/"), ".html") + "/"
}

// checkOwnName reports a file below pages/ that can't be a page.
func checkOwnName(f file) diag.List {
	name := strings.TrimPrefix(f.path, "pages/")
	if _, taken := kinds()[name]; taken {
		return diag.List{ruleTemplate.At(f.position(), "the theme has a template of this name already").
			WithHint("to change what the site has, move the file to templates/%s; a new page needs another name", name)}
	}
	if !ownName.MatchString(f.path) {
		return diag.List{ruleTemplate.At(f.position(), "no page can be made from this file").
			WithHint("the name of a page is its address: letters a to z, digits, - and _, and .html at the end")}
	}
	return nil
}

// ownPage writes one of the theme's own pages.
func (l *Localization) ownPage(s *derive.Snapshot, f file) func(io.Writer) error {
	return func(w io.Writer) error {
		page, err := l.template(f.path)
		if err != nil {
			return err
		}
		path := ownPath(f.path)
		p := OwnPage{Base: l.base(s, upFrom(path), path), Overview: l.overview(s, upFrom(path))}
		p.Live, p.AsOf = true, p.Banner.AsOf
		if err := p.setTexts(page); err != nil {
			return err
		}
		return page.Execute(w, p)
	}
}

// ownTexts are the texts in the head of a page that its template defines.
var ownTexts = []string{"title", "description"}

// setTexts fills in the texts that the page's template defines. They are HTML
// there, and plain text in the page's struct.
func (p *OwnPage) setTexts(page *template.Template) error {
	for i, into := range []*string{&p.Title, &p.Description} {
		defined := page.Lookup(ownTexts[i])
		if defined == nil {
			continue
		}
		var written strings.Builder
		if err := defined.Execute(&written, *p); err != nil {
			return err
		}
		*into = strings.Join(strings.Fields(html.UnescapeString(written.String())), " ")
	}
	return nil
}

// checkTexts checks the texts that the template of such a page defines.
func (c *checker) checkTexts(set *template.Template, f file) diag.List {
	var found diag.List
	for _, name := range ownTexts {
		if defined := set.Lookup(name); defined != nil {
			found.Add(c.check(set, defined.Tree, reflect.TypeFor[OwnPage]())...)
		}
	}
	if title := set.Lookup(ownTexts[0]); title == nil || parse.IsEmptyTree(title.Tree.Root) {
		found.Add(ruleTemplate.At(f.position(), "the page has no title").
			WithHint(`name it for the browser's tab and search engines: {{define "title"}}About us{{end}}`))
	}
	return found
}
