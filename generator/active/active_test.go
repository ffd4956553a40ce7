package active_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"allclear/generator/active"
)

const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">`

// picture is a picture in SVG with something in it.
func picture(inner string) string { return svg + inner + "</svg>" }

func TestDataIsData(t *testing.T) {
	for name, content := range map[string]string{
		"guide.es.pdf":         "%PDF-1.4",
		"empty.svg":            "",
		"empty":                "",
		"notes.txt":            "onload=alert(1) javascript:alert(1)",
		"less.txt":             "< 5 ms",
		"table.md":             "# A table\n\n<b>bold</b>",
		"quoted.json":          `{"html": "<script>alert(1)</script>"}`,
		"logo.png":             "\x89PNG\r\n\x1a\n<script>",
		"report.pdf":           "%PDF-1.7\n",
		"data.csv":             "a,b\n1,2\n",
		"brand.css":            "body { background: url(paper.png) }",
		"plain.svg":            picture(`<rect width="1" height="1" fill="url(#g)"/><path d="M0 0L1 1"/>`),
		"doctype.svg":          `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">` + picture(""),
		"editor.svg":           `<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"><inkscape:grid type="xygrid"/><metadata/></svg>`,
		"styled.svg":           picture(`<style>.a { fill: #fff; filter: url(#blur) } @media print { .a { fill: #000 } }</style><g class="a" style="mask: url('#m')"/>`),
		"inlined.svg":          picture(`<image href="data:image/png;base64,iVBORw0KGgo="/>`),
		"reused.svg":           picture(`<use xlink:href="#a"/><use href="other.svg#b"/>`),
		"linked.svg":           picture(`<a href="https://example.com/"><text>Example</text></a>`),
		"moved.svg":            picture(`<animate attributeName="x" from="0" to="1"/>`),
		"feed.xml":             `<rss version="2.0"><channel><link>https://example.com/</link><atom:link xmlns:atom="http://www.w3.org/2005/Atom" href="https://example.com/"/></channel></rss>`,
		"sitemap.xml":          `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>`,
		"a.b/security.txt":     "Contact: mailto:security@example.com",
		"page.html/readme.txt": "a folder's name does not count",
	} {
		reason, err := active.Reason(name, strings.NewReader(content))
		if err != nil || reason != "" {
			t.Errorf("%s: %q, %v", name, reason, err)
		}
	}
}

func TestWhatABrowserRunsIsNoData(t *testing.T) {
	for _, test := range []struct{ name, content, want string }{
		{"x.html", "", "is a page"},
		{"x.HTM", "", "is a page"},
		{"x.xhtml", "", "is a page"},
		{"x.html.old", "", "is a page"},
		{"x.js", "", "is a script"},
		{"x.mjs", "", "is a script"},
		{"x.js.png", "", "is a script"},
		{"x.es", "", "is a script"},
		{"x.wasm", "", "is a program"},
		{"x.php", "", "is a program that some servers run"},
		{"x.svgz", "", "is a compressed picture"},
		{"x.xsl", "", "is a style sheet that turns XML into pages"},
		{"_worker.js", "", "is a setting for Cloudflare Pages"},
		{"CNAME", "status.example.com", "is a setting for GitHub Pages"},
		{"a/web.config", "", "is a setting for IIS"},
		{"x.txt", "<!doctype html><script>", "begins like a page of HTML"},
		{"x", "\n\t <HTML>", "begins like a page of HTML"},
		{"x", "\uFEFF<!-- a comment --><script>", "begins like a page of HTML"},
		{"x.json", "<script>alert(1)</script>", "begins like a page of HTML"},
		{"x.bin", "\x00asm\x01\x00\x00\x00", "is a program of WebAssembly"},
		{"x.xml", `<?xml-stylesheet href="x.xsl" type="text/xsl"?><a/>`, "names a style sheet"},
		{"x", `<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>`, "names a style sheet"},
		{"x.xml", `<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>`, "contains elements of HTML"},
		{"x.rss", `<a><script xmlns="http://www.w3.org/1999/xhtml"/></a>`, "contains elements of HTML"},
		{"x.atom", `<a><s:script xmlns:s="http://www.w3.org/2000/svg"/></a>`, "contains the element script"},
		{"x.xml", `<!DOCTYPE a [<!ENTITY b "<script/>">]><a>&b;</a>`, "declares entities"},
		{"x.xml", "\xff\xfe<\x00a\x00/\x00>\x00", "is no well-formed XML in UTF-8"},
		{"x.xml", `<?xml version="1.0" encoding="UTF-7"?><a/>`, "is no well-formed XML in UTF-8"},
		{"x.svg", "not a picture <", "is no well-formed XML in UTF-8"},
		{"x.svg", picture("<b>"), "is no well-formed XML in UTF-8"},
		{"x.svg", picture(`<script>alert(1)</script>`), "contains the element script"},
		{"x.svg", picture(`<SCRIPT/>`), "contains the element SCRIPT"},
		{"x.svg.bak", picture(`<script/>`), "contains the element script"},
		{"x", picture(`<script/>`), "contains the element script"},
		{"x.svg", `<svg><script/></svg>`, "contains the element script"},
		{"x.svg", `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script/></s:svg>`, "contains the element script"},
		{"x.svg", `<svg xmlns="http://www.w3.org/2000/s&#118;g"><script/></svg>`, "contains the element script"},
		{"x.svg", picture(`<foreignObject/>`), "contains the element foreignObject"},
		{"x.svg", picture(`<iframe xmlns="http://www.w3.org/1999/xhtml"/>`), "contains elements of HTML"},
		{"x.svg", picture(`<g onclick="alert(1)"/>`), "has the attribute onclick"},
		{"x.svg", picture(`<g ONLOAD="alert(1)"/>`), "has the attribute ONLOAD"},
		{"x.svg", picture(`<g xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="click"/>`), "has the attribute event"},
		{"x.svg", picture(`<a href="javascript:alert(1)"/>`), `names the address "javascript:alert(1)"`},
		{"x.svg", picture(`<a xlink:href=" java&#10;script:alert(1)"/>`), `names the address "javascript:alert(1)"`},
		{"x.svg", picture(`<set attributeName="href" to="javascript:alert(1)"/>`), "animates the attribute"},
		{"x.svg", picture(`<set attributeName="onclick" to="alert(1)"/>`), "animates the attribute"},
		{"x.svg", picture(`<use href="https://example.com/x.svg#a"/>`), "names the address"},
		{"x.svg", picture(`<use href="data:image/svg+xml,%3Csvg/%3E"/>`), "names the address"},
		{"x.svg", picture(`<image href="//example.com/x.png"/>`), `names the address "//example.com/x.png"`},
		{"x.svg", picture(`<image href="\\example.com\x.png"/>`), `names the address "//example.com/x.png"`},
		{"x.svg", picture(`<image href="https:example.com"/>`), "names the address"},
		{"x.svg", picture(`<style>@import "x.css";</style>`), "imports a style sheet"},
		{"x.svg", picture(`<style>@\69mport "x.css";</style>`), "imports a style sheet"},
		{"x.svg", picture(`<style>a{fill:url(https://example.com/a)}</style>`), "names the address"},
		{"x.svg", picture(`<style><![CDATA[a{b:"c";fill:u\72 l('//example.com/a')}]]></style>`), "names the address"},
		{"x.svg", picture(`<style>a{fill:url(<tspan/>https://example.com/a)}</style>`), "names the address"},
		{"x.svg", picture(`<g style="background:image-set('https://example.com/a' 1x)"/>`), "names the address"},
		{"x.svg", picture(`<g fill="url(//example.com/a#b)"/>`), "names the address"},
		{"x.svg", picture(`<g fill="URL(` + strings.Repeat(" ", 5000) + `'` + strings.Repeat(" ", 5000) + `//example.com/a')"/>`), "names the address"},
		{"x.svg", picture(`<style>a{fill:url("h` + strings.Repeat(`\9 `, 5000) + `ttps://example.com/a")}</style>`), "names the address"},
		{"x.svg", picture(`<style>a{fill:url(a);b:url("c)d");e:url(//example.com/a)}</style>`), "names the address"},
		{"x.svg", picture(`<g>` + strings.Repeat("<!-- padding -->", 1<<19) + `<script/></g>`), "is XML of more than 8 MiB"},
	} {
		reason, err := active.Reason(test.name, strings.NewReader(test.content))
		if err != nil || !strings.HasPrefix(reason, test.want) || test.want == "" {
			t.Errorf("%s %.80q: %q, %v; want %q", test.name, test.content, reason, err, test.want)
		}
	}
}

func TestAFileThatCantBeReadIsNotCalledData(t *testing.T) {
	broken := errors.New("broken disk")
	for _, name := range []string{"x.txt", "x.svg"} {
		if _, err := active.Reason(name, iotest.ErrReader(broken)); !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheBuiltInPicturesAreData(t *testing.T) {
	pictures, err := filepath.Glob("../../themes/default/static/*.svg")
	if err != nil || len(pictures) == 0 {
		t.Fatal(pictures, err)
	}
	for _, name := range pictures {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if reason, err := active.Reason(name, file); reason != "" || err != nil {
			t.Errorf("%s: %q, %v", name, reason, err)
		}
	}
}

func TestReviewNamesScriptAddressesAndImports(t *testing.T) {
	for _, test := range []struct{ file, text, known, want string }{
		{"a.css", "a { color: red }\n", "", ""},
		{"a.css", "/* see https://example.com/ */\na { background: url(a.png) }", "", ""},
		{"a.css", `a { background: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E") }`, "", ""},
		{"a.css", "\n  @import url(a.css);", "", "2:3 @import"},
		{"a.css", "@\\69mport 'a.css';", "", "1:1 @import"},
		{"a.css", `b{c:"d"} a{background:url(https://example.com/a)}`, "", "1:23 address"},
		{"a.css", `a{background:image-set("//example.com/a" 1x)}`, "", "1:24 address"},
		{"a.css", "a{b:url(//c)}\na{b:url(//d)}", "a{b:url(//c)}\n", "2:5 address"},
		{"a.css", "a{b:url(//c)}", "a{b:url(//c)}", ""},
		{"a.js", "alert(1)", "", "1:1 script"},
		{"a.js", "", "", ""},
		{"a.js", "'use strict'\nalert(1)", "'use strict'\nalert(2)", "1:1 script"},
		{"a.js", "fetch('https://example.com/')", "", "1:1 script, 1:7 address"},
		{"a.js", "// see https://example.com/", "", "1:1 script"},
		{"a.html", "<p>Hello</p><a href=\"https://example.com/\">A link</a>", "", ""},
		{"a.html", "<p>\n<script src=\"a.js\"></script>", "", "2:1 script"},
		{"a.html", "<script src=\"a.js\"></script>", "  <script src=\"a.js\"></script>\n<p>", ""},
		{"a.html", "<p onclick=\"a()\">", "", "1:3 script"},
		{"a.html", "<a href=\"javascript:a()\">", "", "1:10 script"},
		{"a.html", "<img alt='' src='//example.com/a.png'>", "", "1:12 address"},
		{"a.html", "<link rel=stylesheet href=https://example.com/a.css>", "", "1:1 address"},
		{"a.html", "<p style='background: url(https://example.com/a)'>", "", "1:23 address"},
		{"a.svg", picture("<script/>"), "", "1:102 script"},
		{"a.wasm", "\x00asm", "", "1:1 script"},
	} {
		var got []string
		for _, d := range active.Review(test.file, test.text, test.known) {
			_, at, _ := strings.Cut(d.Position.String(), ":")
			for _, word := range []string{"has @import", "has the address", "has script"} {
				if strings.Contains(d.Message, word) {
					got = append(got, at+" "+strings.TrimPrefix(strings.TrimPrefix(word, "has "), "the "))
				}
			}
		}
		if said := strings.Join(got, ", "); said != test.want {
			t.Errorf("%s %q: %s, want %s", test.file, test.text, said, test.want)
		}
	}
}

func TestReviewCountsWhatIsRepeated(t *testing.T) {
	found := active.Review("a.css", strings.Repeat("a{b:url(//c)}\n", 4), "")
	if len(found) != 1 || !strings.HasSuffix(found[0].Message, "; and 3 more in this file") {
		t.Errorf("%v", found)
	}
}
