package generator_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/compare"
)

var publishedNow = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

const publishedSite = "title: Example\nurl: https://status.example.com\nlanguages: [en, de]\ncomponents:\n  - { id: api, name: API, start_date: 2026-11-01 }\n"

const publishedEvent = "---\ntitle: API answers slowly\ncomponent: api\nseverity: major\n---\n\n## Investigating · 2026-11-26 10:00 UTC\n\nWe are looking into it.\n"

// servePublished builds a site of some content files and serves it below a path.
func servePublished(t *testing.T, below string, files map[string]string) (address string, asked *atomic.Int64) {
	t.Helper()
	dir := t.TempDir()
	o := generator.Options{Content: filepath.Join(dir, "content"), Now: publishedNow, Pinned: true, Theme: os.DirFS("../themes/default")}
	writeContent(t, o.Content, files)
	result, _, err := generator.Build(o, filepath.Join(dir, "public"), func() {})
	if err != nil {
		t.Fatalf("%v: %v", err, result.Diagnostics)
	}
	asked = &atomic.Int64{}
	serve := http.StripPrefix(below, http.FileServer(http.Dir(filepath.Join(dir, "public"))))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		serve.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL + below, asked
}

func writeContent(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// againstAddress compares content with what an address serves.
func againstAddress(t *testing.T, address string, files map[string]string) (*compare.Report, error) {
	t.Helper()
	o := generator.Options{Content: filepath.Join(t.TempDir(), "content"), Now: publishedNow, Pinned: true, Theme: os.DirFS("../themes/default")}
	writeContent(t, o.Content, files)
	after, err := generator.Check(o)
	if err != nil || after.Diagnostics.HasErrors() {
		t.Fatal(err, after.Diagnostics)
	}
	base, err := generator.AddressBase(t.Context(), address)
	if err != nil {
		return nil, err
	}
	defer base.Close()
	return generator.Diff(base, after, o)
}

func textOf(t *testing.T, r *compare.Report) string {
	t.Helper()
	var b strings.Builder
	if err := r.Text(&b, false); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestContentIsComparedWithAPublishedSite(t *testing.T) {
	files := map[string]string{"site.yaml": publishedSite, "incidents/api.md": publishedEvent}
	for _, below := range []string{"", "/status"} {
		address, asked := servePublished(t, below, files)
		r, err := againstAddress(t, address, files)
		if err != nil {
			t.Fatal(err)
		}
		if text := textOf(t, r); !strings.Contains(text, "will see no change") || !strings.Contains(text, "Not compared\n") {
			t.Errorf("below %q the same site is another:\n%s", below, text)
		}
		if n := asked.Load(); n > 80 {
			t.Errorf("%d requests for a small site", n)
		}
		changed := map[string]string{
			"site.yaml":        strings.Replace(publishedSite, "name: API,", "name: Web API,", 1),
			"incidents/api.md": publishedEvent + "\n## Resolved · 2026-11-26 11:00 UTC\n\nIt is over.\n",
			"incidents/new.md": strings.NewReplacer("10:00", "09:00", "slowly", "never").Replace(publishedEvent),
		}
		if r, err = againstAddress(t, address, changed); err != nil {
			t.Fatal(err)
		}
		text := textOf(t, r)
		for _, want := range []string{
			"+ resolved · 2026-11-26 11:00 UTC", "+ API answers never (new)", "name: API → Web API", "+ Resolved: API answers slowly (new",
			"  + /incidents/new/ (also in de)", "api/v2/status.json", "Partial System Outage: API answers slowly → ", "response headers",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("below %q %q is not said:\n%s", below, want, text)
			}
		}
		if strings.Contains(text, ".css") || strings.Contains(text, "badge.svg") {
			t.Errorf("files that an address does not list are said to be new:\n%s", text)
		}
	}
}

func TestOnlySomePagesOfALargeSiteAreAskedFor(t *testing.T) {
	files := map[string]string{"site.yaml": publishedSite}
	for i := range 400 {
		files[fmt.Sprintf("incidents/old-%03d.md", i)] = strings.NewReplacer("2026-11-26", "2026-11-20").Replace(publishedEvent) + "\n## Resolved · 2026-11-20 11:00 UTC\n\nOver.\n"
	}
	address, asked := servePublished(t, "", files)
	files["incidents/old-399.md"] = strings.Replace(files["incidents/old-399.md"], "Over.", "Over at last.", 1)
	r, err := againstAddress(t, address, files)
	if err != nil {
		t.Fatal(err)
	}
	if n := asked.Load(); n > 350 {
		t.Errorf("%d requests", n)
	}
	if text := textOf(t, r); !strings.Contains(text, "{+ at last+}") || !strings.Contains(text, "pages of events that the API says are the same") {
		t.Errorf("the report is:\n%s", text)
	}
}

func TestWhatIsNoSiteOfOursIsRefused(t *testing.T) {
	files := map[string]string{"site.yaml": publishedSite, "incidents/api.md": publishedEvent}
	serve := func(answers map[string]string) string {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if text, ok := answers[r.URL.Path]; ok {
				fmt.Fprint(w, text)
				return
			}
			http.NotFound(w, r)
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	status, sitemap := `{"page":{"url":"https://status.example.com"}}`, `<urlset><url><loc>https://status.example.com/</loc></url><url><loc>https://evil.example/x/</loc></url><url><loc>https://status.example.com/../../x</loc></url></urlset>`
	for _, test := range []struct {
		name    string
		answers map[string]string
		want    string
	}{
		{"nothing", nil, "there is no api/v2/status.json"},
		{"a page for everything", map[string]string{"/api/v2/status.json": "<!doctype html>", "/api/v2/history.json": "<!doctype html>"}, "api/v2/status.json: invalid character"},
		{"no sitemap", map[string]string{"/api/v2/status.json": status, "/api/v2/history.json": "{}"}, "sitemap.xml"},
		{"months that lead out", map[string]string{"/api/v2/status.json": status, "/api/v2/history.json": `{"months":[{"month":"../../x"}]}`, "/sitemap.xml": sitemap}, ""},
		{"components that lead out", map[string]string{"/api/v2/status.json": status, "/api/v2/history.json": "{}", "/sitemap.xml": sitemap, "/api/v2/components.json": `{"components":[{"id":".."}]}`}, "is not a path"},
		{"lists of another type", map[string]string{"/api/v2/status.json": status, "/api/v2/history.json": `{"months":{}}`, "/sitemap.xml": sitemap}, "history.json"},
	} {
		r, err := againstAddress(t, serve(test.answers), files)
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v", test.name, err)
		case test.want == "" && len(r.Events) != 1:
			t.Errorf("%s: %+v", test.name, r)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
			t.Errorf("%s: the error is %v, want that it says %q", test.name, err, test.want)
		}
	}
	if _, err := againstAddress(t, serve(nil), files); !errors.Is(err, generator.ErrNotOurs) {
		t.Error(err)
	}
}
