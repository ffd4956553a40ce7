package markdown_test

import (
	"reflect"
	"strings"
	"sync"
	"testing"

	"allclear/generator/markdown"
	"allclear/generator/status"

	"github.com/google/go-cmp/cmp"
)

// newRenderer is a renderer for a site below a path, so that a forgotten root
// shows.
func newRenderer() *markdown.Renderer {
	return markdown.New(markdown.Options{
		SiteURL:  "https://status.example.com/base",
		BasePath: "/base/",
		IsUpdateHeading: func(line string) bool {
			return line == "## Identified" || line == "## Resolved"
		},
		RepairHeading: func(line string, alone bool) string {
			if alone && strings.Trim(line, "*_:") == "Identified" {
				return "## Identified"
			}
			return ""
		},
	})
}

func TestTextsOfAnUpdate(t *testing.T) {
	for _, c := range []struct{ name, src, html, plain string }{
		{"nothing", " \n\n", "", ""},
		{"paragraphs", "One\ntwo.\n\nThree  \nfour.", "<p>One\ntwo.</p>\n<p>Three<br>\nfour.</p>", "One two.\n\nThree\nfour."},
		{"emphasis", "*a* **b** ~~c~~ `d  <e>`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d  &lt;e&gt;</code></p>", "a b c d  <e>"},
		{"entities", "R&amp;D &copy; \\*x\\* &#38;lt; 5 < 6", "<p>R&amp;D © *x* &amp;lt; 5 &lt; 6</p>", "R&D © *x* &lt; 5 < 6"},
		{"control characters", "a&#7;b&#x9b;c", "<p>abc</p>", "abc"},
		{"headings", "### A `b`\n\n#### C\n\n###### D", "<h4>A <code>b</code></h4>\n<h5>C</h5>\n<h6>D</h6>", "A b\n\nC\n\nD"},
		{"braces", "### A {#id .class onclick=x}", "<h4>A {#id .class onclick=x}</h4>", "A {#id .class onclick=x}"},
		{
			"tight list", "Before:\n\n- one\n- two\n  more\n  1. nested\n  2. again\n- three",
			"<p>Before:</p>\n<ul>\n<li>one</li>\n<li>two\nmore\n<ol>\n<li>nested</li>\n<li>again</li>\n</ol>\n</li>\n<li>three</li>\n</ul>",
			"Before:\n\n- one\n- two more\n  1. nested\n  2. again\n- three",
		},
		{
			"loose list", "3. one\n\n   two\n\n4. three",
			"<ol start=\"3\">\n<li>\n<p>one</p>\n<p>two</p>\n</li>\n<li>\n<p>three</p>\n</li>\n</ol>",
			"3. one\n\n  two\n\n4. three",
		},
		{"task list", "- [x] a\n- [ ] b", "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>", "- ☑ a\n- ☐ b"},
		{"quote", "> a\n>\n> b", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>", "> a\n>\n> b"},
		{"code block", "```go\na  := <b>\n\n\tc\n```", "<pre><code class=\"language-go\">a  := &lt;b&gt;\n\n\tc\n</code></pre>", "a  := <b>\n\n\tc"},
		{"rule", "a\n\n***\n\nb", "<p>a</p>\n<hr>\n<p>b</p>", "a\n\n---\n\nb"},
		{
			"table", "| Region | Errors |\n|:--|--:|\n| *EU* | 5 |\n| US | |",
			"<table>\n<thead>\n<tr>\n<th class=\"align-left\">Region</th>\n<th class=\"align-right\">Errors</th>\n</tr>\n</thead>\n" +
				"<tbody>\n<tr>\n<td class=\"align-left\"><em>EU</em></td>\n<td class=\"align-right\">5</td>\n</tr>\n" +
				"<tr>\n<td class=\"align-left\">US</td>\n<td class=\"align-right\"></td>\n</tr>\n</tbody>\n</table>",
			"Region | Errors\nEU | 5\nUS |",
		},
		{"link definition alone", "[a]: https://example.com", "", ""},
		{"footnotes are text", "a[^1]\n\n[^1]: b", "<p>a<a href=\"/base/b\">^1</a></p>", "a^1 (https://status.example.com/base/b)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, findings := newRenderer().Render([]byte(c.src))
			if diff := cmp.Diff(c.html, text.HTML); diff != "" {
				t.Errorf("HTML (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.plain, text.Plain); diff != "" {
				t.Errorf("plain text (-want +got):\n%s", diff)
			}
			if len(findings) > 0 {
				t.Errorf("findings: %+v", findings)
			}
		})
	}
}

func TestLinksLeadFromTheSitesRoot(t *testing.T) {
	const page, site = "/base/", "https://status.example.com/base/"
	for _, c := range []struct{ src, href, feed, plain string }{
		{"[a](components/api/)", page + "components/api/", site + "components/api/", "a (" + site + "components/api/)"},
		{"[a](/components/api/?x=1&y#z)", page + "components/api/?x=1&y#z", site + "components/api/?x=1&y#z", "a (" + site + "components/api/?x=1&y#z)"},
		{"[a](./b/../c/.)", page + "c/", site + "c/", "a (" + site + "c/)"},
		{"[a](/)", page, site, "a (" + site + ")"},
		{"[a](/.//evil.example)", page + "evil.example", site + "evil.example", "a (" + site + "evil.example)"},
		{"[a](<b c%zz.txt>)", page + "b%20c%25zz.txt", site + "b%20c%25zz.txt", "a (" + site + "b%20c%25zz.txt)"},
		{"[a](#b)", "#b", "#b", "a"},
		{"[a](https://example.com/x \"t & u\")", "https://example.com/x", "https://example.com/x", "a (https://example.com/x)"},
		{"[a](HTTPS://example.com)", "HTTPS://example.com", "HTTPS://example.com", "a (HTTPS://example.com)"},
		{"[https://example.com](https://example.com)", "https://example.com", "https://example.com", "https://example.com"},
		{"<https://example.com/a?b&amp;c>", "https://example.com/a?b&amp;c", "https://example.com/a?b&amp;c", "https://example.com/a?b&amp;c"},
		{"see https://example.com/x.", "https://example.com/x", "https://example.com/x", "see https://example.com/x."},
		{"www.example.com", "http://www.example.com", "http://www.example.com", "www.example.com"},
		{"[us](mailto:help@example.com)", "mailto:help@example.com", "mailto:help@example.com", "us (mailto:help@example.com)"},
		{"help@example.com", "mailto:help@example.com", "mailto:help@example.com", "help@example.com"},
		{"[a][b]\n\n[b]: /c", page + "c", site + "c", "a (" + site + "c)"},
		{"[](/c)", page + "c", site + "c", site + "c"},
	} {
		t.Run(c.src, func(t *testing.T) {
			text, findings := newRenderer().Render([]byte(c.src))
			if len(findings) > 0 {
				t.Fatalf("findings: %+v", findings)
			}
			if got := attributes(t, text.HTML, "href"); !cmp.Equal(got, []string{c.href}) {
				t.Errorf("the page links to %q, want %q", got, c.href)
			}
			if got := attributes(t, text.FeedHTML, "href"); !cmp.Equal(got, []string{c.feed}) {
				t.Errorf("the feed links to %q, want %q", got, c.feed)
			}
			if text.Plain != c.plain {
				t.Errorf("plain text %q, want %q", text.Plain, c.plain)
			}
		})
	}
}

func TestLinksToOtherSitesAreWithoutOpener(t *testing.T) {
	text, _ := newRenderer().Render([]byte("[a](https://example.com) [b](/c)"))
	want := `<p><a href="https://example.com" rel="noopener">a</a> <a href="/base/c">b</a></p>`
	if diff := cmp.Diff(want, text.HTML); diff != "" {
		t.Error(diff)
	}
}

func TestPictures(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      status.Text
	}{
		{"of the site", "![An *orange* line](images/a.png \"t\")", status.Text{
			HTML:     `<p><img src="/base/images/a.png" alt="An orange line" title="t" loading="lazy"></p>`,
			FeedHTML: `<p><img src="https://status.example.com/base/images/a.png" alt="An orange line" title="t" loading="lazy"></p>`,
			Plain:    "An orange line (https://status.example.com/base/images/a.png)",

			References: []status.Reference{{Address: "images/a.png", Picture: true}},
		}},
		{"from elsewhere", "![A](https://example.com/a.png)", status.Text{
			HTML:     `<p><a href="https://example.com/a.png" rel="noopener">A</a></p>`,
			FeedHTML: `<p><a href="https://example.com/a.png" rel="noopener">A</a></p>`,
			Plain:    "A (https://example.com/a.png)",
		}},
		{"from elsewhere within a link", "[![A](https://example.com/a.png)](https://example.com/b)", status.Text{
			HTML:     `<p><a href="https://example.com/b" rel="noopener">A</a></p>`,
			FeedHTML: `<p><a href="https://example.com/b" rel="noopener">A</a></p>`,
			Plain:    "A (https://example.com/a.png) (https://example.com/b)",
		}},
		{"as data", "![A](data:image/png;base64,AAAA)", status.Text{HTML: "<p>A</p>", FeedHTML: "<p>A</p>", Plain: "A"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := newRenderer().Render([]byte(c.src))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestALinkWithinALinkIsText(t *testing.T) {
	text, _ := newRenderer().Render([]byte("[a <https://example.com/b>](https://example.com/c)"))
	want := `<p><a href="https://example.com/c" rel="noopener">a https://example.com/b</a></p>`
	if diff := cmp.Diff(want, text.HTML); diff != "" {
		t.Error(diff)
	}
}

func TestFeedSharesHTMLWithoutRelativeLinks(t *testing.T) {
	text, _ := newRenderer().Render([]byte("[a](https://example.com) and text"))
	if text.FeedHTML != text.HTML {
		t.Errorf("page %q and feed %q differ", text.HTML, text.FeedHTML)
	}
}

func TestOneRendererServesManyGoroutines(t *testing.T) {
	r := newRenderer()
	sources := []string{"a [b](c)", "- *x*\n- `y`", "| a |\n|---|\n| `\\|` |", strings.Repeat("word ", 500)}
	var want []status.Text
	for _, src := range sources {
		text, _ := r.Render([]byte(src))
		want = append(want, text)
	}
	var group sync.WaitGroup
	for i := range 64 {
		group.Go(func() {
			n := i % len(sources)
			if text, _ := r.Render([]byte(sources[n])); !reflect.DeepEqual(text, want[n]) {
				t.Errorf("%q gave another text beside others", sources[n])
			}
		})
	}
	group.Wait()
}

// The slowest inputs known that the bounds let pass, 64 KiB each.
func BenchmarkSlowest(b *testing.B) {
	for _, c := range []struct{ name, unit, rest string }{
		{"open links", "[a](", "a"},
		{"emphasis", "*a_ ", "a"},
		{"unclosed titles", "[a]: b\n(\n", "\n"},
		{"deep quotes", strings.Repeat(">", 32) + "a\n", ""},
		{"deep list", strings.Repeat("- ", 31) + "- a\n", "\n"},
		{"short paragraphs", "``\n\n", ""},
		{"words after underscores", "_www.1", "a"},
	} {
		count := (64 << 10) / len(c.unit)
		if c.rest != "" {
			count = min(count, 640)
		}
		src := strings.Repeat(c.unit, count)
		src += strings.Repeat(c.rest, 64<<10-len(src))
		b.Run(c.name, func(b *testing.B) {
			r := newRenderer()
			for b.Loop() {
				r.Render([]byte(src))
			}
		})
	}
}

// BenchmarkUpdate renders what updates commonly are.
func BenchmarkUpdate(b *testing.B) {
	const paragraph = "We are looking into an elevated rate of errors. The [documentation](https://docs.example.com/limits) says which limits apply meanwhile. " +
		"Engineers have found a *saturated* pool of connections. No data is lost: what could not be delivered waits in `retry-queue` and follows.\n"
	for _, text := range []struct{ name, markdown string }{
		{"words", "We are looking into an elevated rate of errors. Some requests time out; a retry mostly succeeds.\n"},
		{"paragraph", paragraph},
		{"list", paragraph + "\n- reading works\n- see [the components](components/sdk/) and https://example.com/retry\n"},
	} {
		b.Run(text.name, func(b *testing.B) {
			r := newRenderer()
			src := []byte(text.markdown)
			b.ReportAllocs()
			for b.Loop() {
				r.Render(src)
			}
		})
	}
}

func TestAnUpdateDoesNotGrowWithoutBound(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"references":                {"[a]: https://example.com/" + strings.Repeat("x", 30000) + "\n\n" + strings.Repeat("[a]\n\n", 6000), "update-expands"},
		"titles":                    {"[a]: /b '" + strings.Repeat("x", 30000) + "'\n\n" + strings.Repeat("[a]\n\n", 6000), "update-expands"},
		"pictures":                  {"[a]: /b" + strings.Repeat("x", 30000) + "\n\n" + strings.Repeat("![a]\n\n", 5000), "update-expands"},
		"lines in quotes":           {strings.Repeat("> ", 32) + "a\\\n" + strings.Repeat("b\\\n", 20000), "update-expands"},
		"a used list of references": {"[a]: https://example.com/status\n\n" + strings.Repeat("[a] is down.\n\n", 1500), ""},
		"many links":                {strings.Repeat("[a](https://example.com/"+strings.Repeat("x", 100)+")\n\n", 500), ""},
	} {
		t.Run(name, func(t *testing.T) {
			text, findings := newRenderer().Render([]byte(c.src))
			if len(text.HTML) > 1<<20 || len(text.Plain) > 1<<20 {
				t.Errorf("%d bytes become %d of HTML and %d of text", len(c.src), len(text.HTML), len(text.Plain))
			}
			switch {
			case c.want == "" && (len(findings) > 0 || text.HTML == ""):
				t.Errorf("found %+v", findings)
			case c.want != "" && (len(findings) != 1 || findings[0].Rule.Code != c.want || text.HTML != ""):
				t.Errorf("found %+v", findings)
			}
		})
	}
}
