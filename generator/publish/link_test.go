package publish

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// link makes a symlink, or skips the test if that is not allowed.
func link(t *testing.T, to, at string) {
	t.Helper()
	if err := os.Symlink(to, at); err != nil {
		if runtime.GOOS == "windows" {
			t.Skip("symlinks need a right that this user lacks")
		}
		t.Fatal(err)
	}
}

func TestSymlinkBelowTheOutputIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ at, to string }{
		"to a file":                     {"assets/style.css", "../precious/style.css"},
		"to a file with our bytes":      {"index.html", "home.html"},
		"dangling":                      {"index.html", "nowhere"},
		"to a folder inside":            {"incidents", "precious"},
		"to a folder outside":           {"incidents", "../outside"},
		"dangling, for a folder":        {"incidents", "nowhere"},
		"to a file of an earlier build": {"old/index.html", "../precious/style.css"},
		"to a folder of an earlier one": {"old", "precious"},
		"for the state":                 {".allclear", "precious"},
		"for the list":                  {".allclear/owned", "../precious/owned"},
	} {
		t.Run(name, func(t *testing.T) {
			top := t.TempDir()
			dir := filepath.Join(top, "public")
			mustPublish(t, dir, small.with(files{"old/index.html": "old", "old/keep.json": ""}))
			write(t, top, files{"outside/one/index.html": "outside", "outside/index.html": "outside"})
			write(t, dir, files{"precious/style.css": "mine", "precious/index.html": "mine", "precious/owned": "precious/index.html\n", "home.html": "home"})
			if err := os.RemoveAll(filepath.Join(dir, c.at)); err != nil {
				t.Fatal(err)
			}
			link(t, c.to, filepath.Join(dir, c.at))
			before := read(t, top)
			refused(t, dir, small, c.at+" is a symlink")
			expect(t, top, before)
		})
	}
}

func TestSymlinkThatIsNotInTheWayStays(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, small)
	link(t, "index.html", filepath.Join(dir, "latest"))
	mustPublish(t, dir, files{"index.html": "new"})
	expect(t, dir, files{"index.html": "new"}.published().with(files{"latest": "-> index.html"}))
}

func TestOutputMayItselfBeASymlinkToAFolder(t *testing.T) {
	top := t.TempDir()
	if err := os.Mkdir(filepath.Join(top, "real"), 0o777); err != nil {
		t.Fatal(err)
	}
	link(t, "real", filepath.Join(top, "public"))
	mustPublish(t, filepath.Join(top, "public"), small)
	expect(t, filepath.Join(top, "real"), small.published())

	link(t, "nowhere", filepath.Join(top, "dangling"))
	_, err := publish(filepath.Join(top, "dangling"), small)
	if err == nil || !strings.Contains(err.Error(), "dangling is a symlink that leads nowhere") {
		t.Errorf("got %v", err)
	}
}

func TestFileIsDeletedEvenIfAHardLinkRemains(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, files{"index.html": "same", "old.html": "same"})
	if err := os.Remove(filepath.Join(dir, "old.html")); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(filepath.Join(dir, "index.html"), filepath.Join(dir, "old.html")); err != nil {
		t.Skip("no hard links here")
	}
	mustPublish(t, dir, files{"index.html": "same"})
	expect(t, dir, files{"index.html": "same"}.published())
}

func TestAFileThatHasASecondNameIsReplacedAndNotWritten(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "public")
	mustPublish(t, dir, small)
	if err := os.Link(filepath.Join(dir, "index.html"), filepath.Join(top, "second")); err != nil {
		t.Skipf("no hard links here: %v", err)
	}
	mustPublish(t, dir, small.with(files{"index.html": "new"}))
	if got := read(t, top)["second"]; got != small["index.html"] {
		t.Errorf("the other name leads to %q", got)
	}
}
