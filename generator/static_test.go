package generator_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator"
	"allclear/generator/output"
	"allclear/generator/testbrowser"
)

const staticSite = "title: Example\nurl: https://status.example.com\ncomponents:\n  - { id: api, name: API }\n"

// codesOf are the places and codes of what a check of files in content/ reports.
func codesOf(t *testing.T, files map[string]string) []string {
	t.Helper()
	result, err := generator.Check(contentOf(t, files))
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, d := range result.Diagnostics {
		_, name, _ := strings.Cut(filepath.ToSlash(d.Position.File), "/content/")
		codes = append(codes, name+" "+d.Rule.Code)
	}
	return codes
}

func TestStaticFilesAreDataUnlessTheSiteAllowsThemByName(t *testing.T) {
	const script, page = "navigator.serviceWorker.register('/x.js')", "<script src=x.js></script>"
	for _, test := range []struct {
		name, settings string
		files          map[string]string
		want           []string
	}{
		{"a worker and its page", "", map[string]string{"x.js": script, "x.html": page, "a/y.html": page}, []string{
			"static/a/y.html active-content", "static/x.html active-content", "static/x.js active-content",
		}},
		{"a page with another name", "", map[string]string{"x.txt": page}, []string{"static/x.txt active-content"}},
		{"data", "", map[string]string{"x.txt": "text", "y.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}, nil},
		{"both are allowed", "static: { allow: [x.js, /x.html] }\n", map[string]string{"x.js": script, "x.html": page}, []string{
			"static/x.html code-to-review", "static/x.js code-to-review",
		}},
		{"a single name", "static: { allow: x.js }\n", map[string]string{"x.js": script}, []string{"static/x.js code-to-review"}},
		{"a folder is no name", "static: { allow: [a] }\n", map[string]string{"a/x.js": script}, []string{"site.yaml static-missing", "static/a/x.js active-content"}},
		{"a pattern is no name", "static: { allow: ['*.js'] }\n", map[string]string{"x.js": script}, []string{"site.yaml static-missing", "static/x.js active-content"}},
		{"another case is another name", "static: { allow: [X.js] }\n", map[string]string{"x.js": script}, []string{"site.yaml static-missing", "static/x.js active-content"}},
		{"a name that is left over", "static: { allow: [x.js] }\n", nil, []string{"site.yaml static-missing"}},
		{"no map", "static: [x.js]\n", nil, []string{"site.yaml wrong-type"}},
		{"another key", "static: { alow: [x.js] }\n", nil, []string{"site.yaml unknown-key", "site.yaml static-missing"}},
		{"the site's style", "css: x.css\n", map[string]string{"x.css": "a{b:url(https://example.com/a)}"}, []string{"static/x.css code-to-review"}},
		{"another style", "", map[string]string{"x.css": "a{b:url(https://example.com/a)}"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{"site.yaml": staticSite + test.settings}
			for name, text := range test.files {
				files["static/"+name] = text
			}
			if diff := cmp.Diff(test.want, codesOf(t, files)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestASessionChecksAStaticFileAgainThatChanged(t *testing.T) {
	o := contentOf(t, map[string]string{"site.yaml": staticSite, "static/x.txt": "text"})
	s := generator.NewSession(o)
	file := filepath.Join(o.Content, "static/x.txt")
	for i, text := range []string{"text", "<html>", "moor", "<html>"} {
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		when := time.Date(2026, 1, 1, 0, i, 0, 0, time.UTC)
		if err := os.Chtimes(file, when, when); err != nil {
			t.Fatal(err)
		}
		result, err := s.Rebuild(o.Now, []string{})
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.HasPrefix(text, "<"); result.Diagnostics.HasErrors() != want {
			t.Errorf("after %q: %v", text, result.Diagnostics)
		}
	}
}

// windowsNames are names that Windows keeps for devices, or changes.
var windowsNames = []string{"con", "CON", "aux", "nul", "prn", "com1", "lpt9", "aux.txt", "con.tar.gz", "conin$", "com¹", "aux .txt", "a.", "a ", "a.txt.", "..."}

func TestNamesThatWindowsCannotCarryAreErrors(t *testing.T) {
	for _, name := range windowsNames {
		got := codesOf(t, map[string]string{"site.yaml": staticSite, "static/" + name: "a", "static/a/" + name + "/b": "a"})
		want := []string{"static/" + name + " static-refused", "static/a/" + name + " static-refused"}
		if strings.HasPrefix(name, ".") {
			want = nil // a dotfile, which is left out
		}
		if slices.Sort(want); cmp.Diff(want, got) != "" {
			t.Errorf("%q in static/: %q", name, got)
		}
	}
	event := "---\ntitle: Down\naliases: [%s]\ninvestigating: 2026-11-01 08:00 UTC\nresolved: 2026-11-01 09:00 UTC\n---\n\nDown.\n\n## Resolved\n\nUp.\n"
	for file, want := range map[string]string{
		"incidents/con.md": "bad-id", "incidents/aux/a.md": "folder-name", "maintenance/2026./a.md": "folder-name", "incidents/b/com1 /a.md": "folder-name",
	} {
		got := codesOf(t, map[string]string{"site.yaml": staticSite, file: fmt.Sprintf(event, "/old")})
		if len(got) != 1 || !strings.HasSuffix(got[0], " "+want) {
			t.Errorf("%s: %q, want %s", file, got, want)
		}
	}
	for _, alias := range []string{"/aux", "/old/nul.html", "/com1/x", "/a./b"} {
		got := codesOf(t, map[string]string{"site.yaml": staticSite, "incidents/a.md": fmt.Sprintf(event, alias)})
		if !slices.Equal(got, []string{"incidents/a.md bad-alias"}) {
			t.Errorf("the alias %s: %q", alias, got)
		}
	}
	for key, want := range map[string]string{
		"components: [{ id: con, name: A }]": "bad-component-id", "components: [{ id: a, api_id: NUL, name: A }]": "bad-api-id",
		"components: [{ id: a, api_id: prn, aliases: prn, name: A }]": "bad-api-id", "theme: aux\ncomponents: [{ id: a, name: A }]": "unknown-value",
		"components: [{ group: Con, components: [{ id: a, name: A }] }]": "",
	} {
		got := codesOf(t, map[string]string{"site.yaml": "title: Example\nurl: https://status.example.com\n" + key + "\n"})
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, "site.yaml "+want) {
			t.Errorf("%s: %q, want %s", key, got, want)
		}
	}
}

// TestNoWorkerStaysInABrowser serves what a pull request could add, with the site's
// own headers: a script that site.yaml allows runs, but leaves no worker behind, and
// in files that it does not allow nothing runs, even if the check had let them pass.
func TestNoWorkerStaysInABrowser(t *testing.T) {
	const script = `const root = document.documentElement
const did = what => root.setAttribute('data-did', [root.getAttribute('data-did'), what].filter(Boolean).join())
did('script')
navigator.serviceWorker.register('worker.js').then(() => did('registered'), () => did('refused'))
`
	out := built(t, contentOf(t, map[string]string{
		"site.yaml":               staticSite + "static: { allow: [demo/index.html, demo/script.js, demo/worker.js] }\n",
		"static/demo/index.html":  "<!doctype html><title>Demo</title><script src=script.js></script>",
		"static/demo/script.js":   script,
		"static/demo/worker.js":   "addEventListener('fetch', () => {})",
		"static/images/paper.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
		"static/note.txt":         "a note",
	}))
	for path, text := range map[string]string{
		"images/page.html": "<!doctype html><title>Page</title><script src=/demo/script.js></script><script>" + script + "</script>",
		"images/page.svg":  "<svg xmlns='http://www.w3.org/2000/svg'><script href='/demo/script.js'/><script>" + script + "</script></svg>",
	} {
		out.Routes = append(out.Routes, output.Route{Path: path, Write: func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}})
	}
	server := testbrowser.Serve(t, out)
	pages := []string{"/demo/", "/images/page.html", "/images/page.svg"}
	var did map[string][]string
	testbrowser.Run(t, "worker.mjs", map[string]any{"url": server.URL, "pages": pages}, &did)
	want := map[string][]string{"/demo/": {"script", "refused"}, "/images/page.html": {}, "/images/page.svg": {}}
	if diff := cmp.Diff(want, did); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
