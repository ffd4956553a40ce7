package generator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator"
	"allclear/generator/output"
	"allclear/generator/testbrowser"
)

// netlify is the output of tools/netlify.mjs for a folder.
type netlify struct {
	Builds    map[string]netlifyBuild
	Headers   []output.HeaderRule
	Redirects []output.Redirect
	Found     map[string]map[string]string
	Wrong     []string
}

type netlifyBuild struct {
	Command, Publish string
	Environment      map[string]string
}

// asNetlifyReads builds a site beside the project's netlify.toml, and returns what
// Netlify's own libraries read from it.
func asNetlifyReads(t *testing.T, o generator.Options, contexts ...string) (*output.Output, netlify) {
	t.Helper()
	folder := t.TempDir()
	settings, err := os.ReadFile("../netlify.toml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "netlify.toml"), settings, 0o666); err != nil {
		t.Fatal(err)
	}
	public := filepath.Join(folder, "public")
	result, _, err := generator.Build(o, public, nil)
	if err != nil {
		t.Fatal(err)
	}
	var read netlify
	testbrowser.Script(t, "netlify.mjs", map[string]any{
		"folder": folder, "contexts": contexts, "paths": servedPaths(result.Output),
	}, &read)
	for _, wrong := range read.Wrong {
		t.Errorf("Netlify says: %s", wrong)
	}
	for _, context := range contexts {
		if got := read.Builds[context].Publish; got != public {
			t.Errorf("%s publishes %s, want %s", context, got, public)
		}
	}
	return result.Output, read
}

// servedPaths are the paths at which the files of an output are requested.
func servedPaths(out *output.Output) []string {
	var paths []string
	for _, r := range out.Routes {
		if r.Path != "_headers" && r.Path != "_redirects" {
			page, _ := strings.CutSuffix(r.Path, "index.html")
			paths = append(paths, "/"+page)
		}
	}
	return paths
}

// neighbours has names that a careless pattern would confuse.
func neighbours(t *testing.T) generator.Options {
	t.Helper()
	return contentOf(t, map[string]string{
		"site.yaml":                  "title: Example\nurl: https://status.example.com\nlanguages: [en, de]\nstatic: { allow: [API-docs/index.html] }\ncomponents:\n  - { id: api, name: API }\n",
		"static/de-mo/a.txt":         "a\n",
		"static/old.txt":             "a\n",
		"static/assets.txt":          "a\n",
		"static/two words/a.txt":     "a\n",
		"static/API-docs/index.html": "<!doctype html>\n",
		"incidents/one.md":           "---\ntitle: One\ncomponent: api\naliases: [/history-of-one, /old/one.html, /incident/1/]\ninvestigating: 2026-11-01 08:00 UTC\nresolved: 2026-11-01 09:00 UTC\n---\n\nDown.\n\n## Resolved\n\nUp.\n",
	})
}

func TestNetlifyReadsTheHeadersAndRedirectsOfTheOutput(t *testing.T) {
	for name, o := range map[string]generator.Options{"example": exampleOptions(), "neighbours": neighbours(t)} {
		t.Run(name, func(t *testing.T) {
			out, read := asNetlifyReads(t, o, "production")
			if diff := cmp.Diff(out.Headers, read.Headers); diff != "" {
				t.Errorf("headers (-said +read):\n%s", diff)
			}
			for path, found := range read.Found {
				for _, h := range headersOf(out, path) {
					if found[h.Name] != h.Value {
						t.Errorf("%s has %s: %s, want %s", path, h.Name, found[h.Name], h.Value)
					}
				}
			}
			if diff := cmp.Diff(out.Redirects, firstOfEach(read.Redirects)); diff != "" || len(out.Redirects) == 0 {
				t.Errorf("redirects (-said +read):\n%s", diff)
			}
		})
	}
}

// firstOfEach are the redirects in effect: the first one from each path.
func firstOfEach(redirects []output.Redirect) []output.Redirect {
	var first []output.Redirect
	seen := map[string]bool{}
	for _, r := range redirects {
		if !seen[r.From] {
			first = append(first, r)
		}
		seen[r.From] = true
	}
	return first
}

func TestNetlifyBuildsADeployPreviewForItsOwnAddress(t *testing.T) {
	preview := `go run . build --base-url "$DEPLOY_PRIME_URL"`
	want := map[string]string{"production": "go run . build", "deploy-preview": preview, "branch-deploy": preview}
	_, read := asNetlifyReads(t, exampleOptions(), "production", "deploy-preview", "branch-deploy")
	for context, build := range read.Builds {
		if build.Command != want[context] {
			t.Errorf("%s is built by %q, want %q", context, build.Command, want[context])
		}
		if build.Environment["GO_VERSION"] == "" {
			t.Errorf("%s leaves the version of Go to chance", context)
		}
	}
}

// headersOf are the headers of the rule that matches a path.
func headersOf(out *output.Output, path string) []output.Header {
	for _, rule := range out.Headers {
		folder, all := strings.CutSuffix(rule.Path, "*")
		if rule.Path == path || all && strings.HasPrefix(path, folder) {
			return rule.Headers
		}
	}
	return nil
}
