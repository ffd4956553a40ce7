package check

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/source"
)

// brandOf is the look of a site with some more lines in site.yaml, and the
// mistakes in them.
func brandOf(t *testing.T, yaml string) ([5]string, []string) {
	t.Helper()
	doc, list := source.ParseYAML("content/site.yaml", []byte("title: Example\nurl: https://status.example.com\n"+yaml))
	content := &source.Content{Name: "content", Site: &source.Document{File: &source.File{}, Fields: doc}}
	empty := fstest.MapFS{"a.svg": {}, "b.svg": {}, "c.ico": {}, "d.css": {}}
	for _, name := range []string{"a.svg", "b.svg", "c.ico", "d.css"} {
		content.Static = append(content.Static, source.Static{Path: name, Open: func() (fs.File, error) { return empty.Open(name) }})
	}
	site, found := Site(content, Options{})
	list.Add(found...)
	var said []string
	for _, d := range list.Sorted() {
		said = append(said, d.Message+" → "+d.Hint)
	}
	return [5]string{site.Logo, site.LogoDark, site.Favicon, site.Accent, site.AccentDark}, said
}

func TestTheLookOfASite(t *testing.T) {
	for yaml, want := range map[string][5]string{
		"":             {},
		"logo: a.svg":  {"a.svg", "a.svg"},
		"logo: /a.svg": {"a.svg", "a.svg"},
		"logo: { light: a.svg, dark: b.svg }\nfavicon: c.ico": {"a.svg", "b.svg", "c.ico"},
		`accent: { light: "#15a", dark: "#7DA2FF" }`:          {3: "#1155aa", 4: "#7da2ff"},
	} {
		if got, said := brandOf(t, yaml); got != want || len(said) > 0 {
			t.Errorf("%s: got %q %q, want %q", yaml, got, said, want)
		}
	}
}

func TestMistakesInTheLookOfASite(t *testing.T) {
	for yaml, want := range map[string]string{
		"accent: #1f5eff":                      `YAML reads #1f5eff as a comment, so accent is empty → write accent: "#1f5eff"`,
		"accent: blue":                         `"blue" is no colour → write it in hexadecimal digits and in quotes: accent: { light: "#1f5eff", dark: "#9cc2ff" }`,
		`accent: { light: "#1f5eff" }`:         "the accent has no dark → add a line such as\ndark: \"#9cc2ff\"",
		`accent: "#0000ff"`:                    `the accent #0000ff can't be read on a dark page: its contrast is 2.2, and text needs 4.5 → write accent: { light: "#0000ff", dark: "#6868ff" }`,
		"logo: { light: a.svg, dark: no.svg }": `there is no no.svg in content/static/ → did you mean "a.svg"? add the file, or delete the key logo`,
		"favicon: d.css":                       `"d.css" can't be the favicon → write the name of a file in content/static/ that ends in .ico, .svg, .png, .webp, .avif, .jpg, .jpeg, .gif`,
		"links: [{ name: A, url: https://example.com, header: yes }]":           `header must be true or false, not "yes" → write true`,
		"subscribe: [{ name: E-mail, url: example.com }]":                       `a page can't link to "example.com" → write a URL that begins with https://, http:// or mailto:`,
		"subscribe: [{ name: E-mail, url: https://example.com, header: true }]": `unknown key "header" in a link → delete it, or write one of the keys name, url`,
	} {
		if _, said := brandOf(t, yaml); len(said) != 1 || said[0] != want {
			t.Errorf("%s (-want +got):\n%s", yaml, cmp.Diff([]string{want}, said))
		}
	}
}
