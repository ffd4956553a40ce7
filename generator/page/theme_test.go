package page

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"allclear/generator/diag"
)

// builtin is the theme whose files a site's own theme replaces.
func builtin() fs.FS { return os.DirFS("../../themes/default") }

// files is a theme of a site with one file or several.
func files(pairs ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return m
}

func TestAMistakeInAThemeHasItsPosition(t *testing.T) {
	linked := files()
	linked["static/logo.svg"] = &fstest.MapFile{Data: []byte("/etc/passwd"), Mode: fs.ModeSymlink}
	for _, test := range []struct {
		name  string
		theme fs.FS
		lang  string
		want  string // position: message [code], then the hint
	}{
		{"a field that is not there", files("templates/404.html", "{{template \"base\" .}}\n{{define \"main\"}}<h1>{{.Titel}}</h1>{{end}}\n"), "en",
			`themes/own/templates/404.html:2:24: NotFoundPage has no field Titel [theme-template] did you mean "Title"?`},
		{"a field in a branch that no sample takes", files("templates/404.html", "{{if false}}{{range .Links}}{{.Href}}{{end}}{{end}}"), "en",
			`themes/own/templates/404.html:1:31: SiteLink has no field Href [theme-template]`},
		{"a field of a variable", files("templates/month.html", "{{range $i, $e := .Events}}{{$e.Name}}{{end}}"), "en",
			`themes/own/templates/month.html:1:32: HistoryRow has no field Name [theme-template]`},
		{"a template that is not there", files("templates/404.html", "{{if false}}{{template \"bass\" .}}{{end}}"), "en",
			`themes/own/templates/404.html:1:24: there is no template "bass" [theme-template]`},
		{"a template that does not parse", files("templates/404.html", "<p>\n{{if}}{{end}}"), "en",
			`themes/own/templates/404.html:2: missing value for if [theme-template]`},
		{"a template that fails when it runs", files("templates/month.html", "{{with .Events}}{{else}}\n{{(index .Events 3).Title}}{{end}}"), "en",
			`themes/own/templates/month.html:2:4: executing`},
		{"HTML that can't be escaped", files("templates/404.html", "<p {{if .Title}}class=\"{{end}}>"), "en",
			`themes/own/templates/404.html:1:9: {{if}} branches end in different contexts`},
		{"a page of no kind", files("templates/incidnt.html", "x"), "en",
			`themes/own/templates/incidnt.html: no page is made from this file [theme-template]`},
		{"an empty page", files("templates/404.html", ""), "en",
			`themes/own/templates/404.html: the page is empty [theme-template]`},
		{"a string that is nowhere", files("templates/404.html", "{{if false}}{{t \"notfound.titel\"}}{{end}}"), "en",
			`themes/own/templates/404.html:1:15: no i18n file has the string "notfound.titel" [theme-string] did you mean "notfound.title"?`},
		{"a value that is no string", files("templates/404.html", "{{if false}}{{t \"event.incident\" \"site\" .Links}}{{end}}"), "en",
			`themes/own/templates/404.html:1:15: the value of {site} is not a string [theme-template]`},
		{"a placeholder that a template does not give", files("templates/404.html", "{{t \"event.became\" \"old\" .Site}}"), "en",
			`the string "event.became" has no placeholder {new} [theme-string]`},
		{"a placeholder that the program does not give", files("i18n/en.yaml", "event:\n  incident: \"{sit} incident\"\n"), "en",
			`themes/own/i18n/en.yaml:2:13: the string "event.incident" has no placeholder {sit} [theme-string] did you mean "site"?`},
		{"a string that nothing says", files("i18n/en.yaml", "banner:\n  operatonal: Fine\n"), "en",
			`themes/own/i18n/en.yaml:2:15: no page uses the string "banner.operatonal" [theme-string] did you mean "banner.operational"?`},
		{"a string that is a list", files("i18n/en.yaml", "banner: [a]\n"), "en",
			`themes/own/i18n/en.yaml:1:1: the string "banner" must be a text [theme-string]`},
		{"a language that is not known", files(), "sw",
			`themes/own/i18n/en.yaml: the language "sw" is not known`},
		{"an unknown key", files("theme.yaml", "name: own\ncolor_lihgt: red\n"), "en",
			`themes/own/theme.yaml:2:1: unknown key "color_lihgt" [theme-yaml] did you mean "color_light"?`},
		{"a mistake in a page of its own", files("pages/about.html", ownAbout+"{{define \"more\"}}\n{{.Bannr}}{{end}}"), "en",
			`themes/own/pages/about.html:4:3: OwnPage has no field Bannr [theme-template] did you mean "Banner"?`},
		{"a mistake in the title of a page of its own", files("pages/about.html", strings.Replace(ownAbout, "About us", "\n{{if false}}{{.Titel}}{{end}}", 1)), "en",
			`themes/own/pages/about.html:2:15: OwnPage has no field Titel [theme-template] did you mean "Title"?`},
		{"a string that is nowhere, in a page of its own", files("pages/about.html", strings.Replace(ownAbout, "About us", "{{t \"about.title\"}}", 1)), "en",
			`themes/own/pages/about.html:1:42: no i18n file has the string "about.title" [theme-string]`},
		{"a page of its own without a title", files("pages/help/contact.html", "{{template \"base\" .}}{{define \"main\"}}<h1>Help</h1>{{end}}"), "en",
			`themes/own/pages/help/contact.html: the page has no title [theme-template] name it`},
		{"a page of its own with an empty title", files("pages/about.html", strings.Replace(ownAbout, "About us", " ", 1)), "en",
			`themes/own/pages/about.html: the page has no title [theme-template] name it`},
		{"a page of its own without a heading", files("pages/about.html", strings.Replace(ownAbout, "h1", "h2", 2)), "en",
			`themes/own/pages/about.html: the page has no <h1> [theme-template] begin`},
		{"a page of its own that the site has already", files("pages/404.html", ownAbout), "en",
			`themes/own/pages/404.html: the theme has a template of this name already [theme-template] to change what the site has, move the file to templates/404.html`},
		{"a page of its own that is no address", files("pages/about us.html", ownAbout), "en",
			`themes/own/pages/about us.html: no page can be made from this file [theme-template]`},
		{"a link", linked, "en",
			`themes/own/static/logo.svg: this is not a plain file [theme-file]`},
		{"a huge template", files("templates/404.html", strings.Repeat("x", maxFile+1)), "en",
			`themes/own/templates/404.html: the file has 1048577 bytes, more than the 1048576 allowed [theme-file]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			theme, found := Load(test.theme, builtin(), "own", test.lang)
			if theme != nil {
				t.Error("the theme was loaded all the same")
			}
			if len(found) != 1 {
				t.Fatalf("want one diagnostic, got %d: %v", len(found), found)
			}
			d := found[0]
			got := d.Position.String() + ": " + d.Message + " [" + d.Rule.Code + "] " + d.Hint
			if !strings.Contains(got, test.want) {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestALoadedThemeNoLongerNeedsItsFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "static"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "static", "logo.svg"), []byte("<svg/>"), 0o666); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	theme, found := Load(root.FS(), builtin(), "own", "en")
	if err := root.Close(); err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	if got := written(t, theme.Routes(busy()), "assets/logo.svg"); got != "<svg/>" {
		t.Errorf("the logo is %q", got)
	}
}

func TestALinkInAThemesFolderIsRefusedEvenIfItStaysInside(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "theme.yaml"), []byte("name: own\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("theme.yaml", filepath.Join(dir, "README.md")); err != nil {
		t.Skip("no links here: ", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if _, found := Load(root.FS(), builtin(), "own", "en"); len(found) != 1 || found[0].Rule != ruleFile {
		t.Errorf("got %v", found)
	}
}

func TestTheScriptIsSmall(t *testing.T) {
	script := written(t, defaultTheme(t).Routes(busy()), "assets/status.js")
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	_, _ = z.Write([]byte(script))
	_ = z.Close()
	if len(script) > 16_000 || packed.Len() > 6_000 {
		t.Errorf("it has %d bytes, %d packed", len(script), packed.Len())
	}
}

func TestAThemeThatIsNotThereIsNamed(t *testing.T) {
	theme, found := Load(nil, builtin(), "defualt", "en")
	if theme != nil || len(found) != 1 || found[0].Rule != ruleMissing || !strings.Contains(found[0].Hint, `did you mean "default"?`) {
		t.Errorf("got %v", found)
	}
}

func TestASitesOwnFilesReplaceTheBuiltInOnes(t *testing.T) {
	own := files(
		"static/icon.svg", "<svg/>",
		"static/fonts/note.txt", "n",
		"i18n/en.yaml", "banner:\n  operational: Alles gut\n",
		"templates/404.html", "{{template \"base\" .}}{{define \"main\"}}<h1>Gone</h1>{{end}}",
	)
	theme, found := Load(own, builtin(), "own", "en")
	if len(found) > 0 {
		t.Fatal(found)
	}
	routes := theme.Routes(snapshot(siteOf(), "2023-01-01 00:00"))
	for path, want := range map[string]string{
		"assets/icon.svg":       "<svg/>",
		"assets/fonts/note.txt": "n",
		"404.html":              "<h1>Gone</h1>",
		"index.html":            "Alles gut",
		"assets/style.css":      ":root",
	} {
		if got := written(t, routes, path); !strings.Contains(got, want) {
			t.Errorf("%s does not hold %q", path, want)
		}
	}
}

func TestWhatALanguageLacksIsSaidInEnglishWithAWarning(t *testing.T) {
	own := files("i18n/de.yaml", "site:\n  history: Rückblick\n", "i18n/en.yaml", "own:\n  welcome: Welcome\n",
		"i18n/fr.yaml", "- in a language that the site is not in\n",
		"templates/404.html", "{{t \"own.welcome\"}}")
	theme, found := Load(own, builtin(), "own", "de")
	if len(found) != 1 || found[0].Rule != ruleUntranslated || found[0].Position.String() != "themes/own/i18n/en.yaml:2:12" {
		t.Fatal(found)
	}
	site := siteOf()
	site.Language = "de"
	routes := theme.Routes(snapshot(site, "2023-01-01 00:00"))
	if page := written(t, routes, "404.html"); page != "Welcome" {
		t.Errorf("the page says %q", page)
	}
	index := written(t, routes, "index.html")
	for _, want := range []string{`<html lang="de"`, "Rückblick", "Alle Systeme betriebsbereit"} {
		if !strings.Contains(index, want) {
			t.Errorf("the index does not hold %q", want)
		}
	}
}

func TestABuiltInThemeThatIsWrongFailsWhenItsFirstPageIsWritten(t *testing.T) {
	broken := t.TempDir()
	if err := os.CopyFS(broken, builtin()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(broken, "templates", "404.html"), []byte("<p>\n{{.Titel}}</p>"), 0o666); err != nil {
		t.Fatal(err)
	}
	theme, found := Load(nil, os.DirFS(broken), "default", "en")
	if len(found) > 0 {
		t.Fatal(found)
	}
	err := theme.localizations[0].route("404.html", diag.Position{}, "404.html", func() any { return NotFoundPage{} }).Write(io.Discard)
	if want := "themes/default/templates/404.html:2:3: NotFoundPage has no field Titel"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestMemoizedOutputIsWhatTheTemplateWrites(t *testing.T) {
	own := files(
		"templates/404.html", `{{template "word" .Title}} {{template "word" .Site}} {{template "word" .Title}}{{t "site.back"}}<a title="{{t "site.back"}}">{{template "pair" .Shell.Feeds}}</a>`,
		"templates/partials/word.html", `{{define "word"}}<b title="{{.}}">{{.}}</b>{{end}}{{define "pair"}}{{template "word" .Atom}}{{.RSS}}{{end}}`,
		"i18n/en.yaml", "site:\n  back: \"<Back> & \\\"forth\\\"\"\n",
	)
	theme, found := Load(own, builtin(), "own", "en")
	if found.HasErrors() {
		t.Fatal(found)
	}
	page := NotFoundPage{}
	page.Title, page.Site, page.Feeds = `<i>"1"`, "2", Feeds{Atom: "<a>", RSS: "<r>"}
	want := `<b title="&lt;i&gt;&#34;1&#34;">&lt;i&gt;&#34;1&#34;</b> <b title="2">2</b> <b title="&lt;i&gt;&#34;1&#34;">&lt;i&gt;&#34;1&#34;</b>` +
		`&lt;Back&gt; &amp; &#34;forth&#34;<a title="&lt;Back&gt; &amp; &#34;forth&#34;"><b title="&lt;a&gt;">&lt;a&gt;</b>&lt;r&gt;</a>`
	for range 2 {
		var written strings.Builder
		if err := theme.localizations[0].route("404.html", diag.Position{}, "404.html", func() any { return page }).Write(&written); err != nil {
			t.Fatal(err)
		}
		if written.String() != want {
			t.Errorf("got  %s\nwant %s", written.String(), want)
		}
	}
}
