package publish

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// mountAt mounts for the length of the test, or skips it if that is not
// allowed.
func mountAt(t *testing.T, source, at, kind string, flags uintptr, data string) {
	t.Helper()
	if err := unix.Mount(source, at, kind, flags, data); err != nil {
		t.Skipf("can't mount here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(at, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

func TestFullDiskLeavesTheFolderAsItWas(t *testing.T) {
	dir := t.TempDir()
	mountAt(t, "tmpfs", dir, "tmpfs", 0, "size=256k")
	mustPublish(t, dir, small)
	before := read(t, dir)
	big := small.with(files{"index.html": "new", "a.html": strings.Repeat("x", 100_000), "b.html": strings.Repeat("y", 300_000)})
	refused(t, dir, big, filepath.ToSlash(dir), ".html: "+syscall.ENOSPC.Error())
	expect(t, dir, before)
	mustPublish(t, dir, small.with(files{"index.html": "new"}))
	expect(t, dir, small.with(files{"index.html": "new"}).published())
}

func TestAnotherDiskInsideIsFoundBeforeAnythingChanges(t *testing.T) {
	after := small.with(files{"index.html": "new", "assets/style.css": "new", "incidents/one/index.html": "new", "incidents/two/index.html": ""})
	for name, mount := range map[string]func(t *testing.T, dir string) (at string){
		"another disk": func(t *testing.T, dir string) string {
			mountAt(t, "tmpfs", filepath.Join(dir, "incidents"), "tmpfs", 0, "size=64k")
			return "incidents"
		},
		"bind mount of a folder": func(t *testing.T, dir string) string {
			mountAt(t, t.TempDir(), filepath.Join(dir, "incidents/one"), "", unix.MS_BIND, "")
			return "incidents/one"
		},
		"bind mount of a file": func(t *testing.T, dir string) string {
			other := filepath.Join(t.TempDir(), "file")
			if err := os.WriteFile(other, []byte("mine"), 0o666); err != nil {
				t.Fatal(err)
			}
			mountAt(t, other, filepath.Join(dir, "index.html"), "", unix.MS_BIND, "")
			return "index.html"
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			mustPublish(t, dir, small)
			at := mount(t, dir)
			refused(t, dir, after, filepath.ToSlash(dir)+"/"+at+" is a mount point")
			mustPublish(t, dir, read(t, dir).site()) // where nothing changes there, it may stay
		})
	}
}

// site is what a folder holds but for folders and .allclear.
func (f files) site() files {
	site := files{}
	for name, text := range f {
		if name[len(name)-1] != '/' && !inState(name) {
			site[name] = text
		}
	}
	return site
}

func TestPipeInTheWayIsRefusedAndNotOpened(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, small)
	if err := os.Remove(filepath.Join(dir, "index.html")); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mkfifo(filepath.Join(dir, "index.html"), 0o666); err != nil {
		t.Skip(err)
	}
	refused(t, dir, small, "index.html is a pipe")
	refused(t, dir, files{"assets/style.css": ""}, "index.html is a pipe")
}
