package generator_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator"
)

// TestDiagnosticsAreMuchSmallerThanWhatTheyAreAbout checks files with as many
// mistakes as fit into them, on lines as long as they can be.
func TestDiagnosticsAreMuchSmallerThanWhatTheyAreAbout(t *testing.T) {
	const matter = "---\ntitle: A\ninvestigating: 2026-01-01 00:00 UTC\n---\n\n"
	var keys strings.Builder
	for i := range 7000 {
		fmt.Fprintf(&keys, "%x: 1\n", i)
	}
	for name, file := range map[string]string{
		"unknown keys":       "---\n" + keys.String() + "---\n",
		"keys of the site":   "site:" + strings.Repeat(keys.String(), 8),
		"a map of languages": "site:description: {" + strings.ReplaceAll(strings.Repeat(keys.String(), 8), "\n", ", ") + "}\n",
		"keys on one line":   "---\n{" + strings.ReplaceAll(keys.String(), "\n", ", ") + "}\n---\n",
		"anchors":            "---\ntitle: [" + strings.Repeat("&a x, ", 10000) + "]\n---\n",
		"components":         "---\ntitle: A\ncomponent: [" + strings.Repeat("yy, ", 15000) + "]\n---\n",
		"related":            "---\ntitle: A\ninvestigating: 2026-01-01 00:00 UTC\nrelated: [" + strings.Repeat("yy, ", 15000) + "]\n---\n",
		"a long value":       "---\ntitle: A\nseverity: " + strings.Repeat("y", 60000) + "\n---\n",
		"a long timestamp":   "---\ntitle: A\nresolved: " + strings.Repeat("2", 60000) + "\n---\n",
		"a long key":         "---\n" + strings.Repeat("y", 900) + ": " + strings.Repeat("y: ", 15000) + "\n---\n",
		"headings":           matter + strings.Repeat("## no\n", 150000),
		"a long heading":     matter + "## " + strings.Repeat("no ", 300000),
		"attributes":         matter + "## 2026-01-02 00:00 UTC {" + strings.Repeat("a=1 ", 200000) + "}\n\nText.\n",
		"distinct names":     matter + "## 2026-01-02 00:00 UTC {" + strings.NewReplacer("\n", " z", ": ", "=").Replace("z"+keys.String()) + "=1}\n\nText.\n",
		"HTML":               matter + strings.Repeat("<b>\n\n", 10000),
		"HTML on one line":   matter + strings.Repeat("<b>", 1900) + strings.Repeat("x", 50000),
		"links":              matter + strings.Repeat("[a](//b)\n\n", 6000),
		"no front matter":    strings.Repeat("y", 1000000),
		"an unclosed matter": "---\n" + strings.Repeat("y", 1000000),
	} {
		t.Run(name, func(t *testing.T) {
			site, isSite := strings.CutPrefix(file, "site:")
			if isSite {
				file = matter + "Text.\n"
			} else {
				site = ""
			}
			content := filepath.Join(t.TempDir(), "content")
			write(t, content, "site.yaml", "title: A\nurl: https://status.example.com\ncomponents: [{ id: api, name: API }]\n"+site)
			for i := range 4 {
				write(t, content, fmt.Sprintf("incidents/e%d.md", i), file)
			}
			result, err := generator.Check(generator.Options{Content: content, Now: time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC), Theme: os.DirFS("../themes/default")})
			if err != nil || !result.Diagnostics.HasErrors() {
				t.Fatal("no mistake was found", err)
			}
			bytes := 0
			for _, d := range result.Diagnostics {
				bytes += len(d.Message) + len(d.Hint) + len(d.Excerpt)
			}
			if n := len(result.Diagnostics); n > 4*52 || bytes > n*3000 {
				t.Errorf("%d diagnostics of %d bytes are kept", n, bytes)
			}
		})
	}
}
