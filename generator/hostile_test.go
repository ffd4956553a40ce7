package generator_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"
	"golang.org/x/net/html"

	"allclear/generator"
)

// hostile is text that somebody may write in any field. Control characters are
// refused earlier, see control-character.
var hostile = map[string]string{
	"quotes":        `"double" 'single' ` + "`back`" + ` \ backslash`,
	"script":        `</script><script>alert(1)</script><img src=x onerror=alert(1)>`,
	"attribute":     `" onload="alert(1)" x="`,
	"cdata":         `]]><x>&amp;&lt;`,
	"template":      `{{.Site}} {{end}} ${x} <%= x %>`,
	"comment":       `<!-- x --> --> <!`,
	"lines":         `a\nb;c,d:e=f`,
	"bidi":          "abc \u202eevil\u202c \u200fx\u200e",
	"emoji":         "👩‍👩‍👧‍👦 🏳️‍🌈 🚒",
	"right to left": "تعطّل واجهة البرمجة",
	"long":          strings.Repeat("long words ", 909),
	"formula":       `=HYPERLINK("https://evil.example","x")`,
}

// hostileSite writes a text into every field of every kind of content.
func hostileSite(t *testing.T, text string) string {
	t.Helper()
	content := filepath.Join(t.TempDir(), "content")
	quoted := strconv.Quote(text) // of these texts a YAML string, too
	markdown := "## 2026-05-01 10:30 UTC\n\n" + strings.Map(func(r rune) rune {
		if strings.ContainsRune("<>[]!&*_`\\~|#", r) {
			return -1 // what Markdown or the rules against HTML would take for markup
		}
		return r
	}, text) + "\n"
	for name, file := range map[string]string{
		"site.yaml": fmt.Sprintf("title: %[1]s\nurl: https://status.example.com\nlinks: [{ name: %[1]s, url: https://example.com/?a=b&c=%%22 }]\n"+
			"components:\n  - { id: api, name: %[1]s, description: %[1]s }\n  - group: %[1]s\n    id: group\n    components: [{ id: web, name: %[1]s }]\n", quoted),
		"incidents/a.md":     fmt.Sprintf("---\ntitle: %s\ncomponent: { api: major_outage, web: partial_outage }\ninvestigating: 2026-05-01 10:00 UTC\nrelated: m\n---\n\nText.\n\n%s", quoted, markdown),
		"maintenance/m.md":   fmt.Sprintf("---\ntitle: %s\ncomponent: [web]\nscheduled: 2026-05-01 09:00 UTC\nscheduled_for: 2026-05-02 09:00 UTC\nscheduled_until: 2026-05-02 10:00 UTC\n---\n\nText.\n", quoted),
		"announcements/n.md": fmt.Sprintf("---\ntitle: %s\nfrom: 2026-04-01 00:00 UTC\n---\n\nText.\n", quoted),
	} {
		full := filepath.Join(content, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(file), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return content
}

func TestAnyTextInAnyFieldIsTextInEveryOutput(t *testing.T) {
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			o := generator.Options{
				Content: hostileSite(t, text), Now: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC), Pinned: true,
				Theme: os.DirFS("../themes/default"),
			}
			files := rendered(t, o)
			shown := strings.Join(strings.Fields(text), " ")
			if page := shownText(t, files["incidents/a/index.html"]); !slices.Contains(page, shown) {
				t.Errorf("the page does not say %q but\n%s", shown, strings.Join(page, "\n"))
			}
			var answer struct{ Incident struct{ Name string } }
			if err := json.Unmarshal(files["api/v2/incidents/a.json"], &answer); err != nil || answer.Incident.Name != strings.TrimSpace(text) {
				t.Errorf("the API says %q, %v", answer.Incident.Name, err)
			}
			for file, data := range files {
				if binary := []string{".png", ".ico"}; !utf8.Valid(data) && !slices.Contains(binary, path.Ext(file)) {
					t.Errorf("%s is not UTF-8", file)
				}
				parses(t, file, data)
			}
		})
	}
}

// parses parses a file according to its extension.
func parses(t *testing.T, file string, data []byte) {
	t.Helper()
	switch path.Ext(file) {
	case ".html":
		safe(t, file, data)
	case ".json":
		if !json.Valid(data) {
			t.Errorf("%s is no JSON", file)
		}
	case ".atom", ".rss", ".xml", ".svg":
		decoder := xml.NewDecoder(bytes.NewReader(data))
		for {
			token, err := decoder.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Errorf("%s: %v", file, err)
				return
			}
			if start, ok := token.(xml.StartElement); ok && start.Name.Local == "script" {
				t.Errorf("%s has a script", file)
			}
		}
	case ".ics":
		if _, err := ical.NewDecoder(bytes.NewReader(data)).Decode(); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	case ".csv":
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
		for _, cell := range slices.Concat(rows...) {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("%s has the formula %q", file, cell)
			}
		}
	}
}

// scripts are those of the theme.
var scripts = map[string]bool{"status.js": true, "search.js": true}

// safe looks for anything that would run in a reader's browser.
func safe(t *testing.T, file string, data []byte) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Errorf("%s: %v", file, err)
		return
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			address := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(address, "javascript:") || strings.HasPrefix(address, "data:") {
				t.Errorf("%s has <%s %s=%q>", file, n.Data, a.Key, a.Val)
			}
			if n.Data == "script" && a.Key == "type" && a.Val == "application/ld+json" && !json.Valid([]byte(n.FirstChild.Data)) {
				t.Errorf("%s has data that is no JSON: %.80s", file, n.FirstChild.Data)
			}
		}
		if n.Data == "script" && !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
			return a.Key == "src" && scripts[path.Base(a.Val)] && strings.HasSuffix(path.Dir(a.Val), "assets") || a.Key == "type" && a.Val == "application/ld+json"
		}) {
			t.Errorf("%s has a script of its own", file)
		}
	}
}
