package source_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
	"allclear/generator/testneed"
)

const settings = "title: Example\n"

// folder writes files into a new content folder and returns its path.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "content")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func read(t testing.TB, dir string) (*source.Content, diag.List) {
	t.Helper()
	content, found, err := source.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return content, found
}

// codes lists diagnostics as path and code, the path below the folder.
func codes(dir string, found diag.List) []string {
	var list []string
	for _, d := range found {
		name := strings.TrimPrefix(d.Position.File, filepath.ToSlash(dir)+"/")
		list = append(list, name+" "+d.Rule.Code)
	}
	return list
}

func TestReadSortsAFolderIntoDocuments(t *testing.T) {
	dir := folder(t, map[string]string{
		"site.yaml":                       settings,
		"incidents/b.md":                  front,
		"incidents/2022/a.md":             front,
		"incidents/2022/12/c.md":          front,
		"maintenance/m.md":                front + "## In progress\n",
		"announcements/old/n.md":          front,
		"static/logo.svg":                 "<svg/>",
		"static/images/a b.png":           "png",
		"static/.well-known/security.txt": "Contact: mailto:security@example.com",
		"static/.well-known/.hidden":      "",
		"static/.hidden":                  "",
		"static/.gitkeep":                 "",
		"static/empty.txt":                "",
		".git/HEAD":                       "",
		".DS_Store":                       "",
		"incidents/.x.md.swp":             "",
		"incidents/x.md~":                 "",
		"incidents/#x.md#":                "",
		"incidents/4913":                  "",
		"incidents/x.md___jb_tmp___":      "",
		"incidents/.drafts/d.md":          "",
		"Thumbs.db":                       "",
	})
	content, found := read(t, dir)
	if len(found) > 0 {
		t.Fatal(found)
	}
	ids := func(documents []*source.Document) (list []string) {
		for _, d := range documents {
			list = append(list, d.Folder+" "+d.ID)
		}
		return list
	}
	var static []string
	for _, s := range content.Static {
		static = append(static, s.Path)
	}
	got := map[string][]string{"documents": ids(content.Documents), "static": static}
	want := map[string][]string{
		"documents": {"announcements n", "incidents c", "incidents a", "incidents b", "maintenance m"},
		"static":    {".well-known/security.txt", "empty.txt", "images/a b.png", "logo.svg"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if title, ok := content.Site.Fields.Field("title"); !ok || title.Value.Text != "Example" {
		t.Errorf("site.yaml was read as %+v", content.Site)
	}
	if got := content.Documents[4].Sections[0].Heading.Status; got != status.InProgress {
		t.Errorf("a maintenance's heading was read as %q", got)
	}
}

func TestATranslationHasTheIDOfItsOriginal(t *testing.T) {
	dir := folder(t, map[string]string{
		"site.yaml": settings, "incidents/2026/api.md": front, "incidents/2026/api.pt-BR.md": front + "Bom dia.\n\n## Resolved\n",
		"maintenance/disks.de.md": front + "\n## In progress\n\nJetzt.\n", "announcements/notice.ja.md": front,
	})
	content, found := read(t, dir)
	if len(found) > 0 {
		t.Fatal(found)
	}
	var got []string
	for _, d := range content.Documents {
		got = append(got, fmt.Sprintf("%s %s %s %d", d.Folder, d.ID, d.Language, len(d.Sections)))
	}
	want := []string{"announcements notice ja 0", "incidents api  0", "incidents api pt-BR 2", "maintenance disks de 1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAStaticFileCanBeOpenedAgain(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": settings, "static/a/b.txt": "text"})
	content, _ := read(t, dir)
	for range 2 {
		file, err := content.Static[0].Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err != nil || string(text) != "text" {
			t.Errorf("read %q, %v", text, err)
		}
		file.Close()
	}
	path := filepath.Join(dir, "static", "a", "b.txt")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	symlink(t, filepath.Join("..", "..", "site.yaml"), path)
	if _, err := content.Static[0].Open(); err == nil {
		t.Error("a symlink that replaced the file was followed")
	}
}

func symlink(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		t.Skipf("no symlinks here: %v", err)
	}
}

func TestMisplacedFilesAreReported(t *testing.T) {
	tests := []struct {
		file, code, hint string
	}{
		{"incidents/foo.txt", "content-not-read", "/incidents/foo.md"},
		{"incidents/foo.markdown", "content-not-read", "/incidents/foo.md"},
		{"incidents/foo.MD", "content-not-read", "/incidents/foo.md"},
		{"incidents/foo.png", "stray-file", "move it to static/"},
		{"foo.md", "content-not-read", "content/incidents/foo.md"},
		{"site.yml", "stray-file", "site.yaml"},
		{"logo.png", "stray-file", "move it to static/"},
		{"incident/foo.md", "content-not-read", `did you mean "incidents"?`},
		{"incidents/Foo Bar.md", "bad-id", "rename it to foo-bar.md"},
		{"incidents/api.v2.md", "bad-id", "rename it to api-v2.md"},
		{"incidents/Api.de.md", "bad-id", "rename it to api.de.md"},
		{"incidents/-a_b-.md", "bad-id", "rename it to a-b.md"},
		{"incidents/日本.md", "bad-id", "for example"},
		{"incidents/" + strings.Repeat("a", 81) + ".md", "bad-id", "rename it to " + strings.Repeat("a", 80) + ".md"},
		{"static/.gitignore", "static-refused", ""},
		{"static/a/.git/HEAD", "static-refused", ""},
		{"static/.allclear/owned", "static-refused", ""},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			dir := folder(t, map[string]string{"site.yaml": settings, test.file: front})
			content, found := read(t, dir)
			if len(found) != 1 {
				t.Fatalf("found %v, want one diagnostic", found)
			}
			name := strings.TrimPrefix(found[0].Position.File, filepath.ToSlash(dir)+"/")
			if !strings.HasPrefix(test.file, name) || found[0].Rule.Code != test.code || !strings.Contains(found[0].Hint, test.hint) {
				t.Errorf("said %v: %s [%s], hint %q", found[0].Position, found[0].Message, found[0].Rule.Code, found[0].Hint)
			}
			if len(content.Documents)+len(content.Static) > 0 {
				t.Error("it was read")
			}
		})
	}
}

func TestAMissingSiteFileIsAnErrorWithTheSmallestOne(t *testing.T) {
	dir := folder(t, nil)
	content, found := read(t, dir)
	if content.Site != nil || len(found) != 1 || found[0].Rule.Code != "site-missing" {
		t.Fatalf("site %v, found %v", content.Site, found)
	}
	hint := found[0].Hint
	smallest := hint[strings.Index(hint, "\n")+1 : strings.LastIndex(hint, "\n")]
	if _, wrong := source.ParseYAML("site.yaml", []byte(smallest)); len(wrong) > 0 || !strings.Contains(hint, "allclear init") {
		t.Errorf("the hint's example has mistakes: %v\n%s", wrong, hint)
	}
}

func TestSymlinksAreRefused(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": settings, "incidents/a.md": front, "static/a.txt": ""})
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret.md"), []byte(front), 0o666); err != nil {
		t.Fatal(err)
	}
	symlink(t, filepath.Join(outside, "secret.md"), filepath.Join(dir, "incidents", "secret.md"))
	symlink(t, "a.md", filepath.Join(dir, "incidents", "inside.md"))
	symlink(t, outside, filepath.Join(dir, "incidents", "folder"))
	symlink(t, outside, filepath.Join(dir, "maintenance"))
	symlink(t, "nowhere", filepath.Join(dir, "static", "dangling"))
	symlink(t, "user@host.1:2", filepath.Join(dir, "incidents", ".#a.md")) // an editor's lock
	content, found := read(t, dir)
	want := []string{"incidents/folder symlink", "incidents/inside.md symlink", "incidents/secret.md symlink", "maintenance symlink", "static/dangling symlink"}
	if diff := cmp.Diff(want, codes(dir, found)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(content.Documents) != 1 || len(content.Static) != 1 {
		t.Errorf("%d incidents, %d static files", len(content.Documents), len(content.Static))
	}
}

func TestTheFolderItselfMayBeASymlink(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": settings, "incidents/A.md": front})
	link := filepath.Join(t.TempDir(), "link")
	symlink(t, dir, link)
	content, found := read(t, link)
	if content.Site == nil {
		t.Error("site.yaml was not read")
	}
	if diff := cmp.Diff([]string{"incidents/A.md bad-id"}, codes(link, found)); diff != "" {
		t.Errorf("names are not those of the link (-want +got):\n%s", diff)
	}
}

func TestAFileWithoutPermissionIsReported(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": settings, "incidents/a.md": front, "static/b.txt": "", "maintenance/c.md": front})
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("this user may read every file")
	}
	for _, name := range []string{"incidents/a.md", "static/b.txt", "maintenance"} {
		if err := os.Chmod(filepath.Join(dir, name), 0); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "maintenance"), 0o777) })
	_, found := read(t, dir)
	want := []string{"incidents/a.md unreadable", "maintenance unreadable", "static/b.txt unreadable"}
	if diff := cmp.Diff(want, codes(dir, found)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAHugeFileIsAnErrorAndIsNotRead(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": settings, "incidents/a.md": "", "static/big.bin": ""})
	for _, name := range []string{"incidents/a.md", "static/big.bin"} {
		if err := os.Truncate(filepath.Join(dir, filepath.FromSlash(name)), 1<<31); err != nil {
			t.Fatal(err)
		}
	}
	content, found := read(t, dir)
	if diff := cmp.Diff([]string{"incidents/a.md too-large"}, codes(dir, found)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(content.Static) != 1 {
		t.Error("a large static file was left out")
	}
}

func TestAFolderThatCannotBeOpenedIsAnErrorWithAHint(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": settings})
	for path, want := range map[string]string{
		filepath.Join(dir, "nowhere"):   "allclear init",
		filepath.Join(dir, "site.yaml"): "--content",
	} {
		if _, _, err := source.Read(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), filepath.Base(path)) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestDiagnosticsHaveTheirLineAsExcerpt(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": "title: A: B\n", "incidents/a.md": front + "## Resolvd\n"})
	content, found := read(t, dir)
	var excerpts []string
	for _, d := range found {
		excerpts = append(excerpts, d.Excerpt)
	}
	if diff := cmp.Diff([]string{"## Resolvd", "title: A: B"}, excerpts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	later := diag.List{found[0].Rule.At(content.Documents[0].Fields.Fields[0].KeyAt, "unknown key")}
	opened, _, err := source.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	if got := opened.Excerpts(later)[0].Excerpt; got != "title: A" {
		t.Errorf("a later diagnostic shows %q", got)
	}
}

func TestReadIsTheSameEachTime(t *testing.T) {
	files := map[string]string{"site.yaml": settings}
	for i := range 200 {
		files[fmt.Sprintf("incidents/%d/e%d.md", i%7, i)] = fmt.Sprintf("%s## Bad %d {\n", front, i)
	}
	dir := folder(t, files)
	_, first := read(t, dir)
	for range 3 {
		_, again := read(t, dir)
		if diff := cmp.Diff(codes(dir, first), codes(dir, again)); diff != "" {
			t.Fatalf("(-first +again):\n%s", diff)
		}
	}
}

// Files written by others: each is either a document or a positioned error.
func TestRecordedIncidentsAreReadOrRefusedWithAPosition(t *testing.T) {
	read := 0
	err := filepath.WalkDir(testneed.Corpus(t, "cstate-jenkins/content"), func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		read++
		document, found := source.ParseEvent(path, src, status.Incident)
		if document == nil && !found.HasErrors() {
			t.Errorf("%s: no document and no diagnostic", path)
		}
		for _, d := range found {
			if d.Position.File != path || d.Position.Line == 0 || d.Position.Column == 0 || d.Hint == "" {
				t.Errorf("%s: %v has no position or no hint", path, d)
			}
		}
		return nil
	})
	if err != nil || read == 0 {
		t.Errorf("read %d files: %v", read, err)
	}
}

func BenchmarkRead(b *testing.B) {
	files := map[string]string{"site.yaml": settings}
	for i := range 10_000 {
		files[fmt.Sprintf("incidents/%d/event-%d.md", 2015+i%10, i)] = sample(i)
	}
	dir := folder(b, files)
	b.ReportAllocs()
	for b.Loop() {
		if _, found, err := source.Read(dir); err != nil || len(found) > 0 {
			b.Fatal(found, err)
		}
	}
}
