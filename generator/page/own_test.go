package page

import (
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"

	"allclear/generator/derive"
)

// ownAbout is the template of a page that a theme brings.
const ownAbout = `{{template "base" .}}{{define "title"}}About us{{end}}
{{define "main"}}<h1>{{template "title" .}}</h1>{{template "label" .Banner.Label}}{{template "more" .}}{{end}}
{{define "more"}}{{end}}`

// ownOverview shows everything that such a page is given.
const ownOverview = `{{template "base" .}}
{{define "title"}}
  {{t "own.title" "site" .Site}} &amp; {{.Banner.Text}}
{{end}}
{{define "description"}}{{.Title}}, in a sentence{{end}}
{{define "main"}}<h1>{{template "title" .}}</h1>
{{with .Banner.Worst}}<a href="{{.URL}}">{{.Title}}</a>{{end}}<img src="{{.Banner.Icon}}" alt="">
<h2>Now</h2>
{{range .Announcements}}{{.Text}}{{end}}
{{range .Open}}{{template "card" .}}{{end}}
{{template "works" .Running}}
{{template "works" .Upcoming}}
<h2>Components</h2>
<ul>{{range .Groups}}{{range .Components}}{{template "row" .}}{{end}}{{end}}</ul>
<h2>Days</h2>
{{range .Days}}<a href="{{.Month}}">{{.From.Text}}</a><ul>{{range .Events}}{{template "entry" .}}{{end}}</ul>{{end}}
{{end}}`

// withOwnPages is a theme in two languages with two pages of its own, and its
// routes and pages.
func withOwnPages(t *testing.T) (*Theme, *derive.Snapshot) {
	t.Helper()
	theme, found := Load(files(
		"pages/about.html", ownAbout, "pages/help/now.html", ownOverview,
		"i18n/en.yaml", "own:\n  title: \"{site} now\"\n", "i18n/de.yaml", "own:\n  title: \"{site} jetzt\"\n",
	), builtin(), "own", "en", "de")
	if len(found) > 0 {
		t.Fatal(found)
	}
	s := busy()
	s.Site.Languages = []string{"en", "de"}
	for _, e := range s.Site.Events {
		e.Components = nil // so that the incident speaks in the banner
	}
	return theme, derive.Derive(s.Site, s.At)
}

func TestAThemesOwnPageHasLinksThatLeadSomewhereInEveryLanguage(t *testing.T) {
	theme, s := withOwnPages(t)
	routes := theme.Routes(s)
	known := map[string]bool{}
	for _, r := range routes {
		known[r.Path] = true
	}
	for _, page := range []struct{ path, canonical, title, description string }{
		{"about/index.html", "about/", "About us · Example", ""},
		{"de/about/index.html", "de/about/", "About us · Example", ""},
		{"help/now/index.html", "help/now/", "Example now & Partial System Outage · Example", "Example now & Partial System Outage, in a sentence"},
		{"de/help/now/index.html", "de/help/now/", "Example jetzt & Teilausfall des Systems · Example", "Example jetzt & Teilausfall des Systems, in a sentence"},
	} {
		n := parsed(t, routes, page.path)
		if got := all(n, "title"); !slices.Equal(got, []string{page.title}) {
			t.Errorf("%s has the title %q", page.path, got)
		}
		if heading := all(n, "h1"); len(heading) != 1 || !strings.HasPrefix(page.title, heading[0]) {
			t.Errorf("%s has the heading %q", page.path, heading)
		}
		for selector, want := range map[string]string{"meta[name=description]": page.description, "link[rel=canonical]": "https://status.example.com/" + page.canonical} {
			if got := cascadia.Query(n, cascadia.MustCompile(selector)); (got == nil) != (want == "") || got != nil && attribute(got, "content")+attribute(got, "href") != want {
				t.Errorf("%s: %s is not %s", page.path, selector, want)
			}
		}
		links := cascadia.QueryAll(n, cascadia.MustCompile("main a[href], header a[href], .languages a[href], main img, link[rel=stylesheet]"))
		for _, link := range links {
			if target := resolve(page.path, attribute(link, "href")+attribute(link, "src")); !known[target] && attribute(link, "href") != "#main" {
				t.Errorf("%s links to %s, which is not there", page.path, target)
			}
		}
		if want := map[bool]int{true: 25, false: 6}[strings.Contains(page.path, "now")]; len(links) < want {
			t.Errorf("%s has only %d links", page.path, len(links))
		}
	}
}

func TestAThemesOwnPageChangesWithTheSite(t *testing.T) {
	theme, s := withOwnPages(t)
	var own []string
	for _, p := range theme.Pages(s) {
		if p.origin.File == "themes/own/pages/about.html" || p.origin.File == "themes/own/pages/help/now.html" {
			own = append(own, p.Path)
			if !p.Changed.Equal(s.Updated) || !p.Month.IsZero() {
				t.Errorf("%s changed %s, in the month %s", p.Path, p.Changed, p.Month)
			}
		}
	}
	if want := []string{"about/", "help/now/"}; !slices.Equal(own, want) {
		t.Errorf("got %q, want %q", own, want)
	}
}
