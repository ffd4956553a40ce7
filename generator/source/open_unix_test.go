//go:build unix

package source_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/diag"
	"allclear/generator/source"
)

func pipe(t *testing.T, path string) {
	t.Helper()
	if err := syscall.Mkfifo(path, 0o666); err != nil {
		t.Skipf("no pipes here: %v", err)
	}
}

func TestAPipeIsRefusedAndNotOpened(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": settings, "incidents/a.md": front, "static/a.txt": ""})
	for _, name := range []string{"incidents/pipe.md", "static/pipe", "pipe"} {
		pipe(t, filepath.Join(dir, name))
	}
	_, found := read(t, dir)
	want := []string{"incidents/pipe.md special-file", "pipe special-file", "static/pipe special-file"}
	if diff := cmp.Diff(want, codes(dir, found)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// list lists a folder and returns it with the path of its first incident.
func list(t *testing.T) (listed *source.Folder, path string) {
	t.Helper()
	dir := folder(t, map[string]string{"site.yaml": settings, "incidents/a.md": front, "incidents/b.md": "---\ntitle: B\n---\n"})
	listed, found, err := source.Open(dir)
	if err != nil || len(found) > 0 {
		t.Fatal(found, err)
	}
	t.Cleanup(func() { listed.Close() })
	return listed, filepath.Join(dir, "incidents", "a.md")
}

// readFirst reads the first incident of a listed folder and returns its title.
func readFirst(listed *source.Folder) (title string, found diag.List) {
	document, found := listed.Read(listed.Entries[0])
	if document == nil {
		return "", found
	}
	field, _ := document.Fields.Field("title")
	return field.Value.Text, found
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func TestAFileThatWasReplacedAfterListingIsRead(t *testing.T) {
	listed, path := list(t)
	if err := os.WriteFile(path+".new", []byte("---\ntitle: New\n---\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
	if title, found := readFirst(listed); title != "New" || len(found) > 0 {
		t.Errorf("read the title %q and %v", title, found)
	}
}

// The symlink leads to another file than the one of this name, as if the file
// were replaced between opening it and looking at it.
func TestASymlinkThatReplacedAFileIsNotFollowed(t *testing.T) {
	listed, path := list(t)
	remove(t, path)
	symlink(t, "b.md", path)
	title, found := readFirst(listed)
	if title != "" || len(found) != 1 || found[0].Rule.Code != "unreadable" || !strings.Contains(found[0].Message, "replaced while it was opened") {
		t.Errorf("read the title %q and %v", title, found)
	}
}

func TestAPipeThatReplacedAFileDoesNotBlock(t *testing.T) {
	listed, path := list(t)
	remove(t, path)
	pipe(t, path)
	done := make(chan struct{})
	go func() {
		defer close(done)
		title, found := readFirst(listed)
		if title != "" || len(found) != 1 || !strings.Contains(found[0].Message, "not a regular file") {
			t.Errorf("read the title %q and %v", title, found)
		}
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Error("reading waits for the pipe")
		if writer, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0); err == nil {
			writer.Close() // which ends the wait
		}
		<-done
	}
}

func TestExcerptsReadsTheFilesOfTheFolder(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": settings, "incidents/a.md": front + "Text.\n"})
	listed, _, err := source.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer listed.Close()
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	symlink(t, outside, filepath.Join(dir, "incidents", "link.md"))
	at := func(name string, line int) diag.Diagnostic {
		return diag.Diagnostic{Position: diag.Position{File: filepath.ToSlash(dir) + "/" + name, Line: line, Column: 1}}
	}
	withExcerpt := at("site.yaml", 1)
	withExcerpt.Excerpt = "title: As it was"
	var got []string
	for _, d := range listed.Excerpts(diag.List{
		at("incidents/a.md", 2), at("site.yaml", 1), at("incidents/a.md", 4),
		at("incidents/a.md", 0), at("incidents/a.md", 9), at("incidents/none.md", 1), at("incidents/link.md", 1), withExcerpt,
	}) {
		got = append(got, d.Excerpt)
	}
	want := []string{"title: A", "title: Example", "Text.", "", "", "", "", "title: As it was"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
