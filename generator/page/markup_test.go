package page

import (
	"allclear/generator/status"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

func TestNoPageNeedsAnInlineStyleOrScript(t *testing.T) {
	routes := defaultTheme(t).Routes(busy())
	for _, path := range pages(routes) {
		for d := range parsed(t, routes, path).Descendants() {
			served := d.Data == "script" && (attribute(d, "src") != "" || attribute(d, "type") == "application/ld+json")
			if d.Data == "script" && !served || d.Data == "style" {
				t.Errorf("%s has a <%s>", path, d.Data)
			}
			for _, a := range d.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s has %s=%q", path, a.Key, a.Val)
				}
			}
		}
	}
}

func TestEveryPageCanBeReadByAScreenReader(t *testing.T) {
	routes := defaultTheme(t).Routes(busy())
	for _, path := range pages(routes) {
		n := parsed(t, routes, path)
		around := 1 // what stands around the main part of a page, but not in a frame
		if strings.HasPrefix(path, status.EmbedPath) {
			around = 0
		}
		for selector, want := range map[string]int{
			"html[lang=en][dir=ltr]": 1, "head > title": 1, "h1": 1, "main": 1, "body > header": around, "body > footer": around,
			"a.skip[href='#main']": around, "a:empty": 0, "h2:empty": 0, "img:not([alt])": 0,
			"svg:not([aria-hidden]):not([role=img][aria-label])": 0, "time:not([datetime])": 0,
		} {
			if got := len(cascadia.QueryAll(n, cascadia.MustCompile(selector))); got != want {
				t.Errorf("%s has %d of %s, want %d", path, got, selector, want)
			}
		}
		level := 0
		ids := map[string]bool{}
		for d := range n.Descendants() {
			if id := attribute(d, "id"); id != "" {
				if ids[id] {
					t.Errorf("%s has the id %s twice", path, id)
				}
				ids[id] = true
			}
			if d.Type == html.ElementNode && len(d.Data) == 2 && d.Data[0] == 'h' && d.Data[1] >= '1' && d.Data[1] <= '6' {
				if next := int(d.Data[1] - '0'); next > level+1 {
					t.Errorf("%s skips from h%d to %s %q", path, level, d.Data, text(d))
				}
				level = int(d.Data[1] - '0')
			}
		}
	}
}

func TestWhatAWriterTypesIsTextAndNoMarkup(t *testing.T) {
	n := parsed(t, defaultTheme(t).Routes(busy()), "incidents/errors/index.html")
	if got := all(n, "h1"); len(got) != 1 || got[0] != "Errors & <b>more</b>" {
		t.Errorf("the title reads %q", got)
	}
}
