package importer_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/output"
)

const corpus = "../../../shared/corpus"

// corpusPath is a file or folder of the recorded sites; the test is skipped
// where they are not there.
func corpusPath(t *testing.T, name string) string {
	t.Helper()
	p := filepath.Join(corpus, filepath.FromSlash(name))
	if _, err := os.Stat(p); err != nil {
		if strings.Contains(os.Getenv("ALLCLEAR_REQUIRE"), "corpus") {
			t.Fatalf("the recorded sites are required: %v", err)
		}
		t.Skipf("the recorded sites are not here: %v", err)
	}
	return p
}

// site is what a content folder comes out as.
type site map[string]output.Route

func build(t *testing.T, content string, now time.Time) site {
	t.Helper()
	result, err := generator.Check(generator.Options{
		Content: content, Now: now, Pinned: true, Theme: os.DirFS("../../themes/default"),
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
	routes := site{}
	for _, r := range result.Output.Routes {
		routes[r.Path] = r
	}
	return routes
}

func (s site) json(t *testing.T, path string) map[string]any {
	t.Helper()
	r, ok := s[path]
	if !ok {
		t.Fatalf("the site has no %s", path)
	}
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(b.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
