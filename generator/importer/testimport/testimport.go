// Package testimport writes what a test imports, and builds a site from the
// result. It is for tests only: no part of the program imports it.
package testimport

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/importer"
	"allclear/generator/output"
	"allclear/generator/testneed"
)

// Later is an instant after everything that was recorded.
var Later = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// Folder writes files, texts by their names, into a new folder.
func Folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for file, text := range files {
		name := filepath.Join(dir, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Printed is a report with all of its notes.
func Printed(t *testing.T, r *importer.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Print(&b, true); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Site is the routes of a content folder, by their paths.
type Site map[string]output.Route

// Build builds a content folder, which must break no rule.
func Build(t *testing.T, content string, now time.Time) Site {
	t.Helper()
	result, err := generator.Check(generator.Options{
		Content: content, Now: now, Pinned: true, Theme: os.DirFS(filepath.Join(testneed.Root(t), "themes/default")),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range result.Diagnostics {
		if d.Rule.Level == 0 {
			t.Errorf("%s: %s [%s] %s", d.Position, d.Message, d.Rule.Code, d.Excerpt)
		}
	}
	if result.Output == nil {
		t.FailNow()
	}
	routes := Site{}
	for _, r := range result.Output.Routes {
		routes[r.Path] = r
	}
	return routes
}

// Text is the content of a file of the site.
func (s Site) Text(t *testing.T, path string) string {
	t.Helper()
	r, ok := s[path]
	if !ok {
		t.Fatalf("the site has no %s", path)
	}
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// JSON is the content of a JSON file of the site.
func (s Site) JSON(t *testing.T, path string) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(s.Text(t, path)), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
