package markdown_test

import (
	"io"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// attributes are the values of an attribute anywhere in HTML.
func attributes(t *testing.T, source, name string) []string {
	t.Helper()
	var values []string
	for _, token := range tokens(t, source) {
		for _, a := range token.Attr {
			if a.Key == name {
				values = append(values, a.Val)
			}
		}
	}
	return values
}

// tokens reads HTML, and fails where elements are not closed in the reverse
// order of their opening.
func tokens(t *testing.T, source string) []html.Token {
	t.Helper()
	var all []html.Token
	var open []string
	for z := html.NewTokenizer(strings.NewReader(source)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			if z.Err() != io.EOF {
				t.Fatal(z.Err())
			}
			break
		}
		token := z.Token()
		all = append(all, token)
		switch {
		case kind == html.StartTagToken && token.Data != "br" && token.Data != "hr" && token.Data != "img":
			open = append(open, token.Data)
		case kind == html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("</%s> closes %v in %q", token.Data, open, source)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Fatalf("%v is never closed in %q", open, source)
	}
	return all
}

var allowedElements = " p br hr em strong del code pre ul ol li blockquote h2 h3 h4 h5 h6 table thead tbody tr th td a img "

// safe fails where HTML holds more than an update may.
func safe(t *testing.T, source, root string) {
	t.Helper()
	links := 0
	for _, token := range tokens(t, source) {
		switch token.Type {
		case html.CommentToken, html.DoctypeToken, html.SelfClosingTagToken:
			t.Fatalf("%v in %q", token, source)
		case html.StartTagToken, html.EndTagToken:
			if !strings.Contains(allowedElements, " "+token.Data+" ") {
				t.Fatalf("<%s> in %q", token.Data, source)
			}
		}
		if token.Data == "a" {
			links += map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}[token.Type]
			if links > 1 {
				t.Fatalf("a link within a link in %q", source)
			}
		}
		for _, a := range token.Attr {
			switch a.Key {
			case "href", "src":
				safeAddress(t, a.Val, root)
			case "title", "alt", "class", "rel", "loading", "start":
			default:
				t.Fatalf("attribute %s in %q", a.Key, source)
			}
		}
	}
}

func safeAddress(t *testing.T, address, root string) {
	t.Helper()
	lower := strings.ToLower(address)
	if strings.ContainsAny(address, "\\\x00\t\n\r") || strings.TrimSpace(address) != address {
		t.Fatalf("address %q", address)
	}
	for _, prefix := range []string{"http://", "https://", "mailto:", "#", root} {
		if strings.HasPrefix(lower, prefix) && !strings.HasPrefix(lower, "//") {
			return
		}
	}
	t.Fatalf("address %q", address)
}

func FuzzRenderIsSafe(f *testing.F) {
	for _, seed := range []string{
		"", "a", "*a **b** `c`*", "[a](javascript:b)", "[a](<java\nscript:b>)", "[a]( java&Tab;script:b )", "[a](&#x6a;avascript:b)",
		"[a](//b)", "[a](/\\b)", "[a](./\\/b)", "[a](/.//b)", "[a](../b)", "![a](data:image/svg+xml,b)", "[![a](//b)](https://c \"d\" )",
		"<script>alert(1)</script>", "<img src=x onerror=y>", "<!-- a", "<?a?>", "<![CDATA[a]]>", "a <b\nc=\"d\">", "<https://a\"onclick=b>",
		"<javascript:a>", "[a][b]\n\n[b]: data:c \"\\\"onclick=d\"", "![\" onerror=\"a](b \"\\\" onload=\\\"c\")", "[a <http://b.c> d](http://e.f)",
		"# a\n## b\n### c {onclick=d}", "a\n---\nb\n===", "> - 1. a\n> ```\n> b", "``` \"onclick=a\nb", "|a|b|\n|:-|-:|\n|`\\|`|\n|c|d|e|", "- [ ] a\n- [x] b\n\n  c",
		"a  \nb\\\nc", "&lt;script&gt; &#0; &#x1b;[31m &NotAnEntity;", "http://a@b.c www.d.e f@g.h ~~i~~", "\x00\xff\xfe\r\n\t\u2028\u202e", "- a\n\n\n      b\n\tc\n -\td",
		"- a\n\t#", "a\n-:\n-\n", "0\n-:\n-|-\n\n# #\n#\n######\n", "[a]: b\n[c]: d 'e\nf' g\n[a] [c][]", "<https:\\\\a.b>", "[a](b&#10;c)", "***a** b* ~c~~ d~",
	} {
		f.Add(seed)
	}
	r := newRenderer()
	f.Fuzz(func(t *testing.T, src string) {
		text, findings := r.Render([]byte(src))
		safe(t, text.HTML, "/base/")
		safe(t, text.FeedHTML, "https://status.example.com/base/")
		for i, finding := range findings {
			if finding.Offset < 0 || finding.Offset > len(src) || i > 0 && finding.Offset < findings[i-1].Offset {
				t.Fatalf("finding %d at %d of %d", i, finding.Offset, len(src))
			}
		}
		if again, _ := r.Render([]byte(src)); !reflect.DeepEqual(again, text) {
			t.Fatalf("two renderings differ:\n%+v\n%+v", text, again)
		}
		if strings.ContainsFunc(text.Plain, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }) || strings.HasSuffix(text.Plain, "\n") {
			t.Fatalf("plain text %q", text.Plain)
		}
	})
}
