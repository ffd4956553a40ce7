package generator_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/diag"
)

// TestEachLimitIsAnErrorWithItsNumber builds a site that is just within a limit and
// one that is just over it.
func TestEachLimitIsAnErrorWithItsNumber(t *testing.T) {
	const first = "investigating: 2026-01-01 00:00 UTC\n"
	updates := func(n int, attributes string) map[string]string {
		text := event(first)
		for i := range n {
			text += fmt.Sprintf("\n## 2026-01-01 01:%02d UTC%s\n\nText.\n", i, attributes)
		}
		return map[string]string{"incidents/a.md": text}
	}
	for key, c := range map[string]struct {
		limit int
		make  func(n int) map[string]string
		want  string
	}{
		"events":  {5, func(n int) map[string]string { return incidents(n, "") }, "the site has 6 events, more than the 5 allowed"},
		"updates": {5, func(n int) map[string]string { return updates(n, "") }, "the file has 6 updates, more than the 5 allowed"},
		"changes": {6, func(n int) map[string]string { return updates(n-1, " {api=major_outage}") }, "the updates of all events, each times the components of its event, are 7, more than the 6 allowed"},
		"months": {6, func(n int) map[string]string {
			since := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(1-n) * 30 * 24 * time.Hour)
			return map[string]string{"incidents/a.md": event(first + "started: " + since.Format("2006-01-02 15:04 UTC") + "\nresolved: 2026-01-01 00:30 UTC\n")}
		}, "the months of the history in which each event is are 7 in all, more than the 6 allowed"},
		"related": {5, func(n int) map[string]string { return relatedTo(n) }, "the event has more than 5 related events, more than the 5 allowed"},
		"aliases": {5, func(n int) map[string]string {
			return map[string]string{"incidents/a.md": event(first + "aliases: [" + list(n, "/old/%d") + "]\n")}
		}, "aliases has 6 items, more than the 5 allowed"},
		"aliases_in_all": {5, func(n int) map[string]string { return incidents(n, "aliases: /old/%d\n") }, "all events together have 6 aliases, more than the 5 allowed"},
		"components":     {5, func(n int) map[string]string { return map[string]string{"site.yaml": settings(n - 1)} }, "the site has more than the 5 components allowed"},
		"files":          {300, func(n int) map[string]string { return staticFiles(n-filesOfSite(t), "x") }, "the site becomes 301 files, more than the 300 allowed"},
		"static_files":   {5, func(n int) map[string]string { return staticFiles(n, "x") }, "static/ has 6 files, more than the 5 allowed"},
		"text_mb":        {1, func(n int) map[string]string { return longTexts(n) }, "all updates together become more than 1 MB of HTML and text, more than the 1 allowed"},
		"output_mb":      {1, func(n int) map[string]string { return staticFiles(1, strings.Repeat("x", n*490_000)) }, "all files of the site together have more than 1 MB"},
	} {
		t.Run(key, func(t *testing.T) {
			for n, want := range map[int]string{c.limit: "", c.limit + 1: c.want} {
				got := limitErrors(t, c.make(n), fmt.Sprintf("limits: { %s: %d }\n", key, c.limit))
				if want == "" && len(got) > 0 || want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], want)) {
					t.Errorf("with %d: %q, want %q", n, got, want)
				}
			}
			if got := limitErrors(t, c.make(c.limit+1), fmt.Sprintf("limits: { %s: %d }\n", key, c.limit+10)); len(got) > 0 {
				t.Errorf("with a higher limit: %q", got)
			}
		})
	}
}

// filesOfSite is how many files a site becomes that has only one component.
func filesOfSite(t *testing.T) int { return len(render(t, contentFolder(t, nil)).Output.Routes) }

func relatedTo(n int) map[string]string {
	files := incidents(n, "related: x\n")
	files["incidents/x.md"] = event("investigating: 2026-01-01 00:00 UTC\n")
	return files
}

func staticFiles(n int, text string) map[string]string {
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("static/f/%d.txt", i)] = text
	}
	return files
}

// longTexts become about half a megabyte for each n.
func longTexts(n int) map[string]string {
	files := incidents(2*n, "")
	for name := range files {
		files[name] += "\n" + strings.Repeat(strings.Repeat("Text. ", 2000)+"\n\n", 4) + strings.Repeat("[a](/b/)\n\n", 1100)
	}
	return files
}

// limitErrors builds a site and returns the errors about limits. Another error
// fails the test.
func limitErrors(t *testing.T, files map[string]string, limits string) []string {
	t.Helper()
	content := contentFolder(t, files)
	site, err := os.ReadFile(filepath.Join(content, "site.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, content, "site.yaml", string(site)+limits)
	public := filepath.Join(t.TempDir(), "public")
	result, _, err := generator.Build(generator.Options{
		Content: content, Now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC), Theme: os.DirFS("../themes/default"),
	}, public, nil)
	var found []string
	for _, d := range result.Diagnostics {
		switch {
		case d.Rule.Code == "limit":
			found = append(found, d.Message)
		case d.Rule.Level == diag.Error:
			t.Fatalf("%s: %s", d.Position, d.Message)
		}
	}
	if refused := errors.Is(err, generator.ErrContent); refused != (len(found) > 0) || err != nil && !refused {
		t.Fatalf("the build ended with %v, and %q", err, found)
	}
	if len(found) > 0 {
		if entries, err := os.ReadDir(public); err == nil && len(entries) > 0 {
			t.Errorf("a site that was refused left %v", entries)
		}
	}
	return found
}

func TestSitesTooLargeForAHostGetAWarning(t *testing.T) {
	for limits, want := range map[string]int{"": 1, "limits: { files: 30000 }\n": 0} {
		files := staticFiles(20000, "x")
		files["site.yaml"] = settings(0) + limits
		result, err := generator.Check(generator.Options{Content: contentFolder(t, files), Theme: os.DirFS("../themes/default")})
		if err != nil || result.Diagnostics.HasErrors() || result.Diagnostics.Count(diag.Warning) != want {
			t.Errorf("with %q: %v %v", limits, err, result.Diagnostics)
		}
	}
}
