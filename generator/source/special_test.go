//go:build unix

package source_test

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAPipeIsRefusedAndNotOpened(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": settings, "incidents/a.md": front, "static/a.txt": ""})
	for _, name := range []string{"incidents/pipe.md", "static/pipe", "pipe"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o666); err != nil {
			t.Skipf("no pipes here: %v", err)
		}
	}
	_, found := read(t, dir)
	want := []string{"incidents/pipe.md special-file", "pipe special-file", "static/pipe special-file"}
	if diff := cmp.Diff(want, codes(dir, found)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
