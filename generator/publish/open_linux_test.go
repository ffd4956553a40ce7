package publish

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// openBelow lists the files and folders below dir that this process has open.
func openBelow(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip(err)
	}
	var list []string
	for _, entry := range entries {
		name, err := os.Readlink(filepath.Join("/proc/self/fd", entry.Name()))
		if err == nil && (name == dir || strings.HasPrefix(name, dir+"/")) {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

func TestNothingStaysOpenAfterABuild(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	target, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	before := openBelow(t, dir)
	// Once into an empty folder, once with nothing changed.
	for range 2 {
		if _, err := target.Publish(small.output()); err != nil {
			t.Fatal(err)
		}
		if after := openBelow(t, dir); !slices.Equal(before, after) {
			t.Errorf("open before the build were %q, after it %q", before, after)
		}
	}
	if err := target.Close(); err != nil {
		t.Fatal(err)
	}
	if rest := openBelow(t, dir); len(rest) > 0 {
		t.Errorf("after Close, %q are open", rest)
	}
}
