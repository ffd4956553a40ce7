package source_test

import (
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"
)

func TestDevicesAndSocketsAreRefusedAndNotOpened(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": settings, "incidents/a.md": front, "static/a.txt": ""})
	for name, mode := range map[string]uint32{"incidents/null.md": unix.S_IFCHR, "static/null": unix.S_IFCHR, "static/disk.png": unix.S_IFBLK, "zero": unix.S_IFCHR} {
		if err := unix.Mknod(filepath.Join(dir, name), mode|0o666, int(unix.Mkdev(1, 3))); err != nil {
			t.Skipf("can't make a device here: %v", err)
		}
	}
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(dir, "static/s"), Net: "unix"})
	if err != nil {
		t.Skipf("can't make a socket here: %v", err)
	}
	defer listener.Close()
	_, found := read(t, dir)
	want := []string{
		"incidents/null.md special-file", "static/disk.png special-file", "static/null special-file", "static/s special-file", "zero special-file",
	}
	if diff := cmp.Diff(want, codes(dir, found)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAFileWithASecondNameIsAFileLikeAnyOther(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": settings, "incidents/a.md": front, "static/a.txt": "text"})
	for _, name := range []string{"incidents/a.md", "static/a.txt"} {
		if err := os.Link(filepath.Join(dir, name), filepath.Join(t.TempDir(), "second")); err != nil {
			t.Skipf("no hard links here: %v", err)
		}
	}
	content, found := read(t, dir)
	if len(found) > 0 || len(content.Documents) != 1 || len(content.Static) != 1 {
		t.Errorf("%v; %d documents, %d static files", found, len(content.Documents), len(content.Static))
	}
}
