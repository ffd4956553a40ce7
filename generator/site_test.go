package generator_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/testneed"
)

// exampleNow is an instant at which every sample of the example site shows its
// purpose.
var exampleNow = time.Date(2026, 11, 21, 15, 30, 0, 0, time.UTC)

func exampleOptions() generator.Options {
	return generator.Options{Content: "../content", Now: exampleNow, Pinned: true, Theme: os.DirFS("../themes/default")}
}

// rendered is every file of a site, by path.
func rendered(t testing.TB, o generator.Options) map[string][]byte {
	t.Helper()
	result, err := generator.Check(o)
	if err != nil {
		t.Fatal(err)
	}
	if result.Diagnostics.HasErrors() {
		var text strings.Builder
		_ = result.Diagnostics.Text(&text, false)
		t.Fatal(text.String())
	}
	files := map[string][]byte{}
	for _, r := range result.Output.Routes {
		var b bytes.Buffer
		if err := r.Write(&b); err != nil {
			t.Fatalf("%s: %v", r.Path, err)
		}
		files[r.Path] = b.Bytes()
	}
	return files
}

// corpus reads a file of recorded incidents. It skips the test if there is none.
func corpus(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(testneed.Corpus(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// shownText is the text of a page, one line per block, without extra spaces.
func shownText(t testing.TB, page []byte) []string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	var line strings.Builder
	end := func() {
		if text := strings.Join(strings.Fields(line.String()), " "); text != "" {
			lines = append(lines, text)
		}
		line.Reset()
	}
	inline := []string{"a", "b", "strong", "em", "code", "span", "time", "abbr", "small"}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			line.WriteString(n.Data)
		case n.Type == html.ElementNode && slices.Contains([]string{"head", "svg", "script", "style", "template"}, n.Data):
			return
		}
		block := n.Type == html.ElementNode && !slices.Contains(inline, n.Data)
		if block {
			end()
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
		if block {
			end()
		}
	}
	walk(root)
	end()
	return lines
}

func TestExampleHasTheRecordedIncidentWordForWord(t *testing.T) {
	recorded := string(corpus(t, "clevertap-incident.txt"))
	page := shownText(t, rendered(t, exampleOptions())["incidents/2022-12-01-india-sdk-endpoint/index.html"])
	next := 0
	for line := range strings.Lines(recorded) {
		line = strings.TrimPrefix(strings.TrimSpace(line), "- ")
		if line == "" {
			continue
		}
		i := slices.Index(page[next:], line)
		if i < 0 {
			t.Fatalf("the page lacks a line after line %d:\n%s\nit has:\n%s", next, line, strings.Join(page, "\n"))
		}
		next += i + 1
	}
}

func TestExampleHasNoDiagnostics(t *testing.T) {
	result, err := generator.Check(exampleOptions())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(diag.List(nil), result.Diagnostics); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
}

func TestAnHourInWhichNothingHappensChangesNoFile(t *testing.T) {
	before := rendered(t, exampleOptions())
	o := exampleOptions()
	o.Now = o.Now.Add(time.Hour)
	if diff := cmp.Diff(before, rendered(t, o)); diff != "" {
		t.Errorf("files differ (-before +after):\n%s", diff)
	}
}

// TestSameContentAndInstantGiveTheSameBytes builds in separate processes, since the
// zone and the number of processors belong to a process.
func TestSameContentAndInstantGiveTheSameBytes(t *testing.T) {
	if folder := os.Getenv("ALLCLEAR_TEST_BUILD"); folder != "" {
		o := exampleOptions()
		o.Content = filepath.Join(folder, "content")
		if _, _, err := generator.Build(o, filepath.Join(folder, "public"), func() {}); err != nil {
			t.Fatal(err)
		}
		return
	}
	build := func(env ...string) map[string]string {
		folder := t.TempDir()
		if err := os.CopyFS(filepath.Join(folder, "content"), os.DirFS("../content")); err != nil {
			t.Fatal(err)
		}
		child := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
		child.Env = append(append(os.Environ(), "ALLCLEAR_TEST_BUILD="+folder), env...)
		if out, err := child.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return folderFiles(t, filepath.Join(folder, "public"))
	}
	first := build("TZ=UTC", "LANG=C", "GOMAXPROCS=1")
	if len(first) < 20 {
		t.Fatalf("only %d files", len(first))
	}
	second := build("TZ=Asia/Kathmandu", "LANG=ar_EG.UTF-8", "LC_ALL=ar_EG.UTF-8", "GOMAXPROCS=7", "ZONEINFO=/nowhere")
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("files differ (-first +second):\n%s", diff)
	}
}

func folderFiles(t testing.TB, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		files[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestBuildOfContentWithErrorsChangesNoFile(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "content"), os.DirFS("../content")); err != nil {
		t.Fatal(err)
	}
	o := exampleOptions()
	o.Content = filepath.Join(folder, "content")
	public := filepath.Join(folder, "public")
	if _, _, err := generator.Build(o, public, func() {}); err != nil {
		t.Fatal(err)
	}
	before := folderFiles(t, public)
	wrong := filepath.Join(o.Content, "incidents", "broken.md")
	if err := os.WriteFile(wrong, []byte("---\ntitle: Broken\n---\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	result, _, err := generator.Build(o, public, func() {})
	if err != generator.ErrContent || !result.Diagnostics.HasErrors() {
		t.Errorf("build of wrong content: %v, %v", err, result.Diagnostics)
	}
	if diff := cmp.Diff(before, folderFiles(t, public)); diff != "" {
		t.Errorf("files differ (-before +after):\n%s", diff)
	}
}

func TestHeldBackUpdatesAreShownOnlyInAPreview(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "content"), os.DirFS("../content")); err != nil {
		t.Fatal(err)
	}
	held := "---\ntitle: Held incident\npublish: scheduled\ninvestigating: 2026-11-20 10:00 UTC\nresolved: 2026-12-24 10:00 UTC\n---\n\nPublic text.\n\n## Resolved\n\nSecret text.\n"
	whole := strings.NewReplacer("Held incident", "Secret incident", "2026-11-20", "2026-12-20", "Public", "Secret").Replace(held)
	for name, text := range map[string]string{"held.md": held, "whole.md": whole, "draft.md": strings.Replace(whole, "publish: scheduled", "publish: scheduled\ndraft: true", 1)} {
		if err := os.WriteFile(filepath.Join(folder, "content", "incidents", name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	o := exampleOptions()
	o.Content, o.Pinned = filepath.Join(folder, "content"), false
	for name, text := range rendered(t, o) {
		if bytes.Contains(text, []byte("Secret")) || bytes.Contains(text, []byte("2026-12-2")) {
			t.Errorf("%s contains an update that is held back", name)
		}
	}
	o.Drafts = true
	files := rendered(t, o)
	for name, want := range map[string]string{
		"incidents/held/index.html":  "Held until its scheduled time. Visible in the preview only.",
		"incidents/whole/index.html": "Draft. Visible in the preview only; not published.",
		"incidents/draft/index.html": "Draft. Visible in the preview only; not published.",
	} {
		if page := shownText(t, files[name]); !slices.Contains(page, want) {
			t.Errorf("%s does not contain %q: %q", name, want, page)
		}
	}
}

func TestThemeMayNotBeALinkOutOfTheFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("symlinks need extra permissions on Windows")
	}
	folder := t.TempDir()
	if err := os.CopyFS(filepath.Join(folder, "site", "content"), os.DirFS("../content")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(folder, "secret", "templates"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(folder, "site", "themes"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(folder, "secret"), filepath.Join(folder, "site", "themes", "default")); err != nil {
		t.Fatal(err)
	}
	o := exampleOptions()
	o.Content = filepath.Join(folder, "site", "content")
	if _, err := generator.Check(o); err == nil {
		t.Error("a theme outside the site's folder was read")
	}
}
