package verify

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/output"
)

// content is a small site with something open, over, announced and renamed.
var content = map[string]string{
	"site.yaml": "title: Example\nurl: https://status.example.com\ncomponents:\n  - { id: website, name: Website }\n  - { id: api, name: API }\n",
	"incidents/2026-11-20-slow-api.md": "---\ntitle: Slow API\ncomponent: api\nseverity: minor\ninvestigating: 2026-11-20 08:00 UTC\n---\n\nRequests take long. Zürich first.\n" +
		"\n## Identified · 2026-11-24 09:30 UTC\n\nA disk is full.\n",
	"incidents/2026-10-01-login.md": "---\ntitle: Login fails\ncomponent: website\nseverity: major\naliases: [/issues/1, /old/login.html]\ninvestigating: 2026-10-01 08:00 UTC\n---\n\nNobody can log in.\n\n## Resolved · 2026-10-01 09:00 UTC\n\nFixed.\n",
	"static/logo.svg":               `<svg xmlns="http://www.w3.org/2000/svg"/>` + "\n",
	"static/files/two words.txt":    "Grüße\n",
}

// noon is the instant of every check: half an hour after nothing in particular.
var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// optionsOf writes a content folder, with some files replaced.
func optionsOf(t *testing.T, replaced map[string]string) generator.Options {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "content")
	for _, files := range []map[string]string{content, replaced} {
		for name, text := range files {
			name = filepath.Join(folder, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	return generator.Options{Content: folder, Now: noon, Theme: os.DirFS("../../themes/default")}
}

func built(t *testing.T, o generator.Options) *generator.Result {
	t.Helper()
	result, err := generator.Check(o)
	if err != nil {
		t.Fatal(err)
	}
	if result.Diagnostics.HasErrors() {
		var b strings.Builder
		_ = result.Diagnostics.Text(&b, false)
		t.Fatal(b.String())
	}
	return result
}

// at is the site as it was built at an instant.
func at(o generator.Options, now time.Time) generator.Options {
	o.Now, o.Pinned = now, true
	return o
}

// host serves a site as it should be served.
type host struct {
	out    *output.Output
	files  map[string][]byte
	zipped map[string][]byte // the files, compressed
	base   string            // "" or "/status"
}

func newHost(t *testing.T, r *generator.Result) *host {
	t.Helper()
	h := &host{out: r.Output, files: map[string][]byte{}, zipped: map[string][]byte{}}
	for _, route := range r.Output.Routes {
		body, err := written(route)
		if err != nil {
			t.Fatal(err)
		}
		h.files[asked(route.Path)], h.zipped[asked(route.Path)] = body, compressed(body)
	}
	return h
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, below := strings.CutPrefix(r.URL.Path, h.base+"/")
	if !below {
		http.Error(w, "another site", http.StatusNotFound)
		return
	}
	for _, header := range h.out.HeadersOf("/" + path) {
		w.Header().Set(header.Name, header.Value)
	}
	if r.Method == http.MethodOptions {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if h.files[path] == nil && h.files[path+"/"] != nil {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		return
	}
	name, code := path, http.StatusOK
	if h.files[path] == nil {
		name, code = "404.html", http.StatusNotFound
	}
	path = name
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	w.Header().Set("Content-Type", output.ContentType(name))
	h.write(w, r, path, code)
}

func (h *host) write(w http.ResponseWriter, r *http.Request, path string, code int) {
	body := h.files[path]
	if code == http.StatusOK {
		etag := fmt.Sprintf(`W/"%x"`, sha256.Sum256(body))
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	w.Header().Set("Vary", "Accept-Encoding")
	if len(body) > 1000 && r.Header.Get("Accept-Encoding") == "gzip" {
		w.Header().Set("Content-Encoding", "gzip")
		body = h.zipped[path]
	}
	w.WriteHeader(code)
	_, _ = w.Write(body)
}

func compressed(body []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(body)
	_ = z.Close()
	return b.Bytes()
}

// verified checks what a handler serves. A local build that is nil is made.
func verified(t *testing.T, served http.Handler, local *generator.Result, o Options) *Report {
	t.Helper()
	server := httptest.NewServer(served)
	defer server.Close()
	return verifiedAt(t, server.URL, local, o)
}

func verifiedAt(t *testing.T, url string, local *generator.Result, o Options) *Report {
	t.Helper()
	if local == nil {
		local = built(t, o.Build)
	}
	if o.Grace == 0 {
		o.Grace = time.Hour
	}
	if o.Whole == 0 {
		o.Whole = time.Hour
	}
	if o.Sample == 0 {
		o.Sample = 10_000
	}
	report, err := Site(t.Context(), url, local, o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// codes are those of the findings, each once.
func codes(r *Report) []string {
	var all []string
	for _, f := range r.Findings {
		all = append(all, f.Code)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func text(t *testing.T, r *Report) string {
	t.Helper()
	var b strings.Builder
	if err := r.Text(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
