package generator_test

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/status"
	"allclear/generator/testbrowser"
)

// languagesSite is the site of testdata/languages.txtar with some files added or
// replaced, each as its path and its text.
func languagesSite(t testing.TB, files ...string) generator.Options {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/languages.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(files); i += 2 {
		archive.Files = append(archive.Files, txtar.File{Name: files[i], Data: []byte(files[i+1])})
	}
	folder := t.TempDir()
	for _, f := range archive.Files {
		name := filepath.Join(folder, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return generator.Options{
		Content: filepath.Join(folder, "content"),
		Now:     time.Date(2026, 5, 10, 12, 0, 0, 0, time.UTC), Pinned: true,
		Theme: os.DirFS("../themes/default"),
	}
}

// siteYAML is the site.yaml of languagesSite with a part replaced.
func siteYAML(t testing.TB, old, new string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(languagesSite(t).Content, "site.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), old) {
		t.Fatalf("site.yaml has no %q", old)
	}
	return strings.Replace(string(text), old, new, 1)
}

func parsedPage(t testing.TB, files map[string][]byte, name string) *html.Node {
	t.Helper()
	if files[name] == nil {
		t.Fatalf("the site has no %s", name)
	}
	n, err := html.Parse(strings.NewReader(string(files[name])))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// found lists an attribute, or for "" the text, of each element that a selector
// finds.
func found(n *html.Node, selector, attribute string) []string {
	var all []string
	for _, m := range cascadia.QueryAll(n, cascadia.MustCompile(selector)) {
		text := ""
		for d := range m.Descendants() {
			if attribute == "" && d.Type == html.TextNode {
				text += d.Data
			}
		}
		for _, a := range m.Attr {
			if a.Key == attribute {
				text = a.Val
			}
		}
		all = append(all, strings.Join(strings.Fields(text), " "))
	}
	return all
}

func TestFurtherLanguagesAddOnlyPages(t *testing.T) {
	files := rendered(t, languagesSite(t))
	var pages, others []string
	for name := range files {
		first, below, _ := strings.Cut(name, "/")
		if frame, ok := strings.CutPrefix(name, status.EmbedPath); ok && frame != "index.html" {
			first, below = path.Dir(frame), name // the frame's pages stand together
		}
		if slices.Contains([]string{"de", "ar", "ja"}, first) {
			if path.Base(name) != "index.html" || files[below] == nil {
				t.Errorf("%s is no page of the default language", name)
			}
			pages = append(pages, name)
		} else if path.Base(name) == "index.html" {
			others = append(others, name)
		}
	}
	if len(others) < 8 || len(pages) != 3*len(others) {
		t.Errorf("%d pages in the default language have %d in the three others", len(others), len(pages))
	}
	for name, text := range files {
		if path.Ext(name) != ".html" && name != "sitemap.xml" && !strings.HasPrefix(name, status.SearchPath) && strings.Contains(string(text), "antwortet") {
			t.Errorf("%s is not in the default language", name)
		}
	}
	if lang := found(parsedPage(t, files, "404.html"), "html", "lang"); lang[0] != "en" {
		t.Errorf("404.html is in %s", lang)
	}
}

func TestAPageLinksToItselfInEveryLanguage(t *testing.T) {
	files := rendered(t, languagesSite(t))
	const base = "https://status.example.com/status/"
	for _, at := range []string{"", "incidents/2026-05-09-api-errors/", "components/api/", "history/", "history/2026/05/", "history/maintenance/", "history/incidents/2026/05/", "uptime/", "subscribe/", "maintenance/2026-05-10-database/"} {
		want := []string{base + at, base + "de/" + at, base + "ar/" + at, base + "ja/" + at, base + at}
		for i, prefix := range []string{"", "de/", "ar/", "ja/"} {
			n := parsedPage(t, files, prefix+at+"index.html")
			if diff := cmp.Diff(want, found(n, `link[rel="alternate"][hreflang]`, "href")); diff != "" {
				t.Errorf("%s%s: alternates: %s", prefix, at, diff)
			}
			if got := found(n, `link[rel="canonical"]`, "href"); got[0] != want[i] {
				t.Errorf("%s%s is said to stand at %s", prefix, at, got[0])
			}
			if diff := cmp.Diff([]string{"English", "Deutsch", "العربية", "日本語"}, found(n, ".languages a", "")); diff != "" {
				t.Errorf("%s%s: languages: %s", prefix, at, diff)
			}
			var reached []string
			for _, href := range found(n, ".languages a", "href") {
				reached = append(reached, resolved(t, prefix+at, href))
			}
			if diff := cmp.Diff([]string{at, "de/" + at, "ar/" + at, "ja/" + at}, reached); diff != "" {
				t.Errorf("%s%s: the languages lead to: %s", prefix, at, diff)
			}
		}
	}
	if got := found(parsedPage(t, files, "404.html"), `link[hreflang]`, "href"); got != nil {
		t.Errorf("404.html has alternates %q", got)
	}
}

// resolved is the target of a page's link, below the site's root.
func resolved(t testing.TB, from, href string) string {
	t.Helper()
	base := url.URL{Path: "/" + from}
	link, err := base.Parse(href)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(link.Path, "/")
}

func TestNoLinkIsBrokenInAnyLanguage(t *testing.T) {
	files := rendered(t, languagesSite(t))
	links := 0
	for name := range files {
		if path.Ext(name) != ".html" || name == "404.html" {
			continue
		}
		n := parsedPage(t, files, name)
		for _, href := range slices.Concat(found(n, "a[href]", "href"), found(n, `link[rel="stylesheet"], link[rel="icon"]`, "href"), found(n, "script[src]", "src")) {
			if u, err := url.Parse(href); err != nil || u.IsAbs() || u.Path == "" {
				continue
			}
			to := resolved(t, strings.TrimSuffix(name, "index.html"), href)
			if to == "" || strings.HasSuffix(to, "/") {
				to += "index.html"
			}
			if links++; files[to] == nil {
				t.Errorf("%s links to %s, which is not there", name, href)
			}
		}
	}
	if links < 500 {
		t.Errorf("only %d links were found", links)
	}
}

// themeWithPages is files for [languagesSite]: a theme that brings a page with
// links to all that is on the index.
func themeWithPages(t testing.TB) []string {
	return []string{
		"content/site.yaml", siteYAML(t, "history_days: 5", "history_days: 5\ntheme: own"),
		"themes/own/pages/help/now.html", `{{template "base" .}}
{{define "title"}}{{t "now.title" "site" .Site}}{{end}}
{{define "main"}}<h1>{{template "title" .}}</h1>
{{template "works" .Upcoming}}{{template "works" .Running}}
<h2>{{t "index.components"}}</h2><ul>{{range .Groups}}{{range .Components}}{{template "row" .}}{{end}}{{end}}</ul>
<h2>{{t "index.past"}}</h2><ul>{{range .Days}}{{range .Events}}{{template "entry" .}}{{end}}{{end}}</ul>
{{end}}`,
		"themes/own/templates/404.html", `{{template "base" .}}{{define "main"}}<h1>Gone</h1><a href="{{.Home}}help/now/">Help</a>{{end}}`,
		"themes/own/i18n/en.yaml", "now:\n  title: \"{site} now\"\n", "themes/own/i18n/de.yaml", "now:\n  title: \"{site} jetzt\"\n",
		"themes/own/i18n/ar.yaml", "now:\n  title: \"{site} الآن\"\n", "themes/own/i18n/ja.yaml", "now:\n  title: \"{site}の今\"\n",
	}
}

func TestAThemesOwnPageIsInEveryLanguageAndInTheSitemap(t *testing.T) {
	o := languagesSite(t, themeWithPages(t)...)
	files := rendered(t, o)
	for prefix, title := range map[string]string{"": "Example now", "de/": "Example jetzt", "ar/": "مثال الآن", "ja/": "Exampleの今"} {
		n := parsedPage(t, files, prefix+"help/now/index.html")
		if got := found(n, "h1", ""); len(got) != 1 || got[0] != title {
			t.Errorf("%s: the heading is %q, want %q", prefix, got, title)
		}
		if got := "<loc>https://status.example.com/status/" + prefix + "help/now/</loc>"; !strings.Contains(string(files["sitemap.xml"]), got) {
			t.Errorf("the sitemap has no %s", got)
		}
	}
	h := host(t, o, "/status")
	crawled := h.crawl(t, h.address+"/help/now/", h.address+"/ja/help/now/")
	if h.crawl(t, h.address+"/nowhere"); len(crawled) < 50 {
		t.Errorf("only %d addresses were reached", len(crawled))
	}
}

func TestTextWithoutATranslationIsInTheOriginalLanguage(t *testing.T) {
	files := rendered(t, languagesSite(t))
	for _, c := range []struct {
		page, selector, attribute string
		want                      []string
	}{
		{"de/index.html", "html", "lang", []string{"de"}},
		{"ar/index.html", "html", "lang", []string{"ar"}},
		{"ar/index.html", "html", "dir", []string{"rtl"}},
		{"ja/index.html", "html", "dir", []string{"ltr"}},
		{"de/index.html", "h1 .verdict", "", []string{"Dienst teilweise eingeschränkt"}},
		{"de/index.html", ".component-name", "", []string{"Webseite", "API", "Webhooks"}},
		{"ar/index.html", ".site-name", "", []string{"مثال"}},
		{"ar/index.html", ".site-footer a[href^=http]", "", []string{"الدعم"}},

		{"de/incidents/2026-05-09-api-errors/index.html", "h1", "", []string{"Die API antwortet mit Fehlern"}},
		{"de/incidents/2026-05-09-api-errors/index.html", ".timeline > .update > .text", "", []string{
			"Manche Anfragen schlagen fehl.", "Auch die Webseite ist langsam.", "Eine Festplatte ist voll.", "Die Festplatte wurde ersetzt."}},
		{"de/incidents/2026-05-09-api-errors/index.html", "main [lang]", "lang", nil},
		{"de/incidents/2026-05-09-api-errors/index.html", ".lead", "", []string{
			"Bei Example gab es am 9. Mai 2026 eine schwere Störung mit Auswirkungen auf Webseite und API (Dauer: 3 Std. 30 Min.). Die Störung ist behoben; der vollständige Verlauf steht unten."}},

		{"ar/incidents/2026-05-09-api-errors/index.html", ".timeline > .update > .text", "", []string{
			"تفشل بعض الطلبات.", "الموقع بطيء أيضًا.", "A disk is full.", "استُبدل القرص."}},
		{"ar/incidents/2026-05-09-api-errors/index.html", "main [lang]", "lang", []string{"en"}},
		{"ar/incidents/2026-05-09-api-errors/index.html", "main [lang]", "dir", []string{"ltr"}},
		{"ar/incidents/2026-05-09-api-errors/index.html", "main > .note", "", []string{
			"جزء من هذه الصفحة لم يُترجم بعد ويظهر بلغته الأصلية (\u2068English\u2069)."}},

		{"ja/incidents/2026-05-10-webhooks-late/index.html", "h1[lang=en]", "", []string{"Webhooks arrive late"}},
		{"ja/incidents/2026-05-10-webhooks-late/index.html", "main > .note", "", []string{"まだ翻訳がありません。以下は原文（English）です。"}},
		{"ja/index.html", ".announcement-title[lang=en]", "", []string{"A new address"}},
		{"ja/index.html", ".announcement .note", "", []string{"まだ翻訳がありません。以下は原文（English）です。"}},
		{"de/index.html", ".announcement-title", "", []string{"Eine neue Adresse"}},
		{"ja/maintenance/2026-05-10-database/index.html", ".timeline > .update > .text", "", []string{
			"計画メンテナンスを実施しています。必要に応じて続報をお知らせします。", "データベースを更新します。"}},
	} {
		if diff := cmp.Diff(c.want, found(parsedPage(t, files, c.page), c.selector, c.attribute)); diff != "" {
			t.Errorf("%s, %s: %s", c.page, c.selector, diff)
		}
	}
}

func TestMissingTranslationsAreReported(t *testing.T) {
	result, err := generator.Check(languagesSite(t))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range result.Diagnostics {
		got = append(got, filepath.Base(d.Position.String())+" "+d.Rule.Level.String()+" "+d.Message)
	}
	want := []string{
		"new-address.md warning there is no translation into ja of this file and one other file",
		"2026-05-09-api-errors.ar.md:2:8 warning there is no translation of 1 of 4 updates",
		"site.yaml:1:8 warning the title has no text in de",
		"site.yaml:1:8 warning the title has no text in ja",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestErrorsInTranslationsHaveAPosition(t *testing.T) {
	const notice = "---\ntitle: T\n---\n\nText.\n"
	for _, test := range []struct{ name, file, text, want string }{
		{"an unknown language", "content/site.yaml", siteYAML(t, "[en, de, ar, ja]", "[en, ed, ar, ja]"),
			`site.yaml:4:17 unknown language "ed"`},
		{"one language and several", "content/site.yaml", siteYAML(t, "languages:", "language: de\nlanguages:"),
			`site.yaml:4:1 language and languages are the same key`},
		{"languages that are no list", "content/site.yaml", siteYAML(t, "[en, de, ar, ja]", "en"),
			`site.yaml:4:12 languages must be a list`},
		{"a name in a language of others", "content/site.yaml", siteYAML(t, "ar: مثال", "fr: Exemple"),
			`site.yaml:1:23 the site is not in "fr"`},
		{"a name without the default language", "content/site.yaml", siteYAML(t, "en: Example, ", ""),
			`site.yaml:1:8 the title has no en`},
		{"a name that is a list", "content/site.yaml", siteYAML(t, "en: Example", "en: [Example]"),
			`site.yaml:1:14 en must be a line of text`},
		{"a translation into a language of others", "content/announcements/new-address.fr.md", notice,
			`new-address.fr.md the site is not in "fr"`},
		{"a translation into the default language", "content/announcements/new-address.en.md", notice,
			`new-address.en.md en is the language of the originals`},
		{"a second translation", "content/announcements/more/new-address.de.md", notice,
			`new-address.de.md there is already a translation into de`},
		{"a translation of the other kind", "content/maintenance/2026-05-09-api-errors.de.md", notice,
			`2026-05-09-api-errors.de.md this translates 2026-05-09-api-errors.md, which is not in maintenance/`},
		{"a translation without a title", "content/announcements/new-address.ja.md", "---\n---\n\nText.\n",
			`new-address.ja.md:1:1 a translation has no title`},
		{"a fact in a translation", "content/announcements/new-address.ja.md", "---\ntitle: T\nfrom: 2026-05-02 00:00 UTC\n---\n\nText.\n",
			`new-address.ja.md:3:1 unknown key "from" in a translation a translation has only a title and text`},
		{"a heading in the translation of an announcement", "content/announcements/new-address.ja.md", "---\ntitle: T\n---\n\n## Resolved\n\nText.\n",
			`new-address.ja.md:5:1 an announcement has no updates`},
		{"an update at a time of its own", "content/incidents/2026-05-10-webhooks-late.ja.md", "---\ntitle: T\n---\n\n## Investigating · 2026-05-10 07:16 UTC\n\nText.\n",
			`2026-05-10-webhooks-late.ja.md:5:1 the original has no such update`},
		{"a heading in another language", "content/incidents/2026-05-10-webhooks-late.ja.md", "---\ntitle: T\n---\n\n## 調査中\n\nText.\n",
			`2026-05-10-webhooks-late.ja.md:5:4 `},
		{"raw HTML in a translation", "content/announcements/new-address.ja.md", "---\ntitle: T\n---\n\nx <br> y\n",
			`new-address.ja.md:5:3 `},
	} {
		t.Run(test.name, func(t *testing.T) {
			result, err := generator.Check(languagesSite(t, test.file, test.text))
			if err != nil {
				t.Fatal(err)
			}
			var errors []string
			for _, d := range result.Diagnostics {
				if d.Rule.Level == diag.Error {
					errors = append(errors, filepath.Base(d.Position.String())+" "+d.Message+" "+d.Hint)
				}
			}
			if len(errors) != 1 || !strings.HasPrefix(errors[0], test.want) {
				t.Errorf("errors %q, want one that begins with %q", errors, test.want)
			}
		})
	}
}

func TestATranslationOnASiteInOneLanguageIsAnError(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "content")
	write(t, folder, "site.yaml", "title: Example\nurl: https://status.example.com\ncomponents: [{ id: api, name: API }]\n")
	write(t, folder, "announcements/a.md", "---\ntitle: A\nfrom: 2026-05-01 00:00 UTC\n---\n\nA.\n")
	write(t, folder, "announcements/a.de.md", "---\ntitle: A\n---\n\nA.\n")
	o := exampleOptions()
	o.Content = folder
	result, err := generator.Check(o)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Diagnostics) != 1 || !strings.Contains(result.Diagnostics[0].Hint, "languages: [en, de]") {
		t.Errorf("%v", result.Diagnostics)
	}
}

func write(t testing.TB, folder, name, text string) {
	t.Helper()
	file := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestAStaticFileWithTheNameOfALanguageIsAnError(t *testing.T) {
	result, err := generator.Check(languagesSite(t, "content/static/de", "mine"))
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, d := range result.Diagnostics {
		if d.Rule.Level == diag.Error {
			codes = append(codes, filepath.Base(d.Position.File)+" "+d.Rule.Code)
		}
	}
	if diff := cmp.Diff([]string{"de path-collision"}, codes); diff != "" {
		t.Error(diff)
	}
}

func TestEveryLanguagesPagesHaveTheirHeaders(t *testing.T) {
	result, err := generator.Check(languagesSite(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, prefix := range []string{"/de/*", "/ar/*", "/ja/*"} {
		n := 0
		for _, rule := range result.Output.Headers {
			if rule.Path != prefix {
				continue
			}
			n++
			if names := len(rule.Headers); names < 6 || !strings.Contains(rule.Headers[0].Value, "default-src 'none'") {
				t.Errorf("%s has the headers %v", prefix, rule.Headers)
			}
		}
		if n != 1 {
			t.Errorf("%s has %d rules", prefix, n)
		}
	}
}

func TestTheSitemapListsTheLanguagesOfEveryPage(t *testing.T) {
	text := string(rendered(t, languagesSite(t))["sitemap.xml"])
	for _, want := range []string{
		`<loc>https://status.example.com/status/incidents/2026-05-09-api-errors/</loc>`,
		`<loc>https://status.example.com/status/ar/incidents/2026-05-09-api-errors/</loc>`,
		`<xhtml:link rel="alternate" hreflang="ja" href="https://status.example.com/status/ja/uptime/">`,
		`<xhtml:link rel="alternate" hreflang="x-default" href="https://status.example.com/status/uptime/">`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the sitemap has no %s", want)
		}
	}
	if places, links := strings.Count(text, "<loc>"), strings.Count(text, "<xhtml:link "); places%4 != 0 || links != 5*places {
		t.Errorf("%d pages have %d links", places, links)
	}
}

func TestASiteInOneLanguageIsCompletelyInIt(t *testing.T) {
	for tag, want := range map[string][]string{ // banner, a day, uptime, the span of the bars
		"ar":      {"انخفاض جزئي في أداء الخدمة", "السبت، 9 مايو", "نسبة التوفر 99.95\u200e%\u200e", "90 يومًا"},
		"de":      {"Dienst teilweise eingeschränkt", "Samstag, 9. Mai", "99,95\u00a0% verfügbar", "90 Tage"},
		"de-AT":   {"Dienst teilweise eingeschränkt", "Samstag, 9. Mai", "99,95\u00a0% verfügbar", "90 Tage"},
		"en":      {"Partially Degraded Service", "Saturday, May 9", "99.95% uptime", "90 days"},
		"es":      {"Servicio parcialmente degradado", "Sábado, 9 de mayo", "99,95\u00a0% de disponibilidad", "90 días"},
		"fr":      {"Service partiellement dégradé", "Samedi 9 mai", "99,95\u202f% de disponibilité", "90 jours"},
		"hi":      {"सेवा आंशिक रूप से प्रभावित", "शनिवार, 9 मई", "99.95% उपलब्धता", "90 दिन"},
		"ja":      {"サービスの一部でパフォーマンスが低下しています", "5月9日土曜日", "稼働率 99.95%", "90日間"},
		"pt-BR":   {"Serviço parcialmente degradado", "Sábado, 9 de maio", "99,95% de disponibilidade", "90 dias"},
		"zh-Hans": {"部分服务性能下降", "5月9日星期六", "可用率99.95%", "90天"},
	} {
		o := languagesSite(t, "content/site.yaml", "title: Example\nurl: https://status.example.com\nlanguage: "+tag+`
components:
  - { id: website, name: Website, start_date: 2026-01-01 }
  - { id: api, name: API, start_date: 2026-01-01 }
  - { id: webhooks, name: Webhooks, start_date: 2026-01-01 }
`)
		translations, err := filepath.Glob(filepath.Join(o.Content, "*", "*.*.md"))
		if err != nil || len(translations) == 0 {
			t.Fatal(err)
		}
		for _, name := range translations {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
		files := rendered(t, o)
		n := parsedPage(t, files, "index.html")
		shown := strings.Join(found(n, "body", ""), " ")
		for _, words := range want {
			words = strings.Join(strings.Fields(words), " ") // as a page's text is read here
			if !strings.Contains(shown, words) {
				t.Errorf("%s: the index does not say %q", tag, words)
			}
		}
		if got := found(n, "html", "lang"); got[0] != tag {
			t.Errorf("%s: the page is in %q", tag, got)
		}
		if got := found(n, "html", "dir"); got[0] != language.Direction(tag) {
			t.Errorf("%s: the page is written %q", tag, got)
		}
		if got := found(n, ".languages, link[hreflang]", ""); got != nil {
			t.Errorf("%s: a site in one language offers others: %q", tag, got)
		}
		if files[tag+"/index.html"] != nil {
			t.Errorf("%s: there is a folder for the only language", tag)
		}
	}
}

func TestSessionEqualsAFreshCheckWhateverTranslationIsEdited(t *testing.T) {
	o := languagesSite(t)
	session := generator.NewSession(o)
	translation := "incidents/2026-05-09-api-errors.de.md"
	text, err := os.ReadFile(filepath.Join(o.Content, filepath.FromSlash(translation)))
	if err != nil {
		t.Fatal(err)
	}
	for _, edit := range [][2]string{
		{"incidents/2026-05-10-webhooks-late.md", "---\ntitle: Webhooks are lost\ncomponent: webhooks\nseverity: major\ninvestigating: 2026-05-10 07:15 UTC\n---\n\nLost.\n"},
		{translation, strings.Replace(string(text), "Fehlern", "Fehlern!", 1)},
		{translation, strings.Replace(string(text), "title:", "titel:", 1)},
		{translation, string(text)},
		{"site.yaml", siteYAML(t, "[en, de, ar, ja]", "[de, ar, ja, en]")},
		{"site.yaml", siteYAML(t, "[en, de, ar, ja]", "[en, ar, de, ja]")},
	} {
		write(t, o.Content, edit[0], edit[1])
		result, err := session.Rebuild(o.Now, []string{"content/" + edit[0]})
		got := resultFiles(t, result, err)
		result, err = generator.Check(o)
		if diff := cmp.Diff(resultFiles(t, result, err), got); diff != "" {
			t.Errorf("after an edit of %s (-check +session):\n%s", edit[0], diff)
		}
	}
}

func TestPagesInEveryLanguageAreAccessibleAndValid(t *testing.T) {
	out := built(t, languagesSite(t))
	server := testbrowser.Serve(t, out)
	var visits []visit
	for _, page := range []string{
		"/ar/", "/ar/incidents/2026-05-09-api-errors/", "/ar/components/api/", "/ar/history/2026/05/", "/ar/uptime/",
		"/de/", "/ja/", "/ja/incidents/2026-05-10-webhooks-late/",
	} {
		visits = append(visits, visit{URL: server.URL + page, Script: true, Axe: true, Widths: []int{320, 1280}, Schemes: []string{"light"}})
	}
	for i, s := range visitAll(t, visits) {
		for _, wrong := range s.Wrong {
			t.Errorf("%s: %s", visits[i].URL, wrong)
		}
	}
	pages := map[string]string{}
	for name, text := range rendered(t, languagesSite(t)) {
		if path.Ext(name) == ".html" {
			pages[name] = string(text)
		}
	}
	var wrong []string
	testbrowser.Run(t, "validate.mjs", pages, &wrong)
	for _, sentence := range wrong {
		t.Error(sentence)
	}
}
