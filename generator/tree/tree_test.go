package tree

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// root is what Root does as os.Root does it.
type root interface {
	Lstat(name string) (fs.FileInfo, error)
	OpenFile(name string, flag int, mode fs.FileMode) (*os.File, error)
	Mkdir(name string, mode fs.FileMode) error
	Remove(name string) error
	Rename(from, to string) error
}

func open(t testing.TB, dir string) *Root {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	full := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func content(r *Root, name string) (string, error) {
	f, err := r.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text := make([]byte, 64)
	n, err := f.Read(text)
	return string(text[:n]), err
}

// step is one thing done to a root, and all that can be seen of it.
func step(r root, what int, name, other string) string {
	switch what % 6 {
	case 0, 1:
		return fmt.Sprint(r.Mkdir(name, 0o777))
	case 2:
		f, err := r.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err == nil {
			f.WriteString(name)
			f.Close()
		}
		return fmt.Sprint(err)
	case 3:
		info, err := r.Lstat(name)
		if err != nil {
			return err.Error()
		}
		return fmt.Sprint(info.Name(), info.Mode())
	case 4:
		return fmt.Sprint(r.Remove(name))
	}
	return fmt.Sprint(r.Rename(name, other))
}

// TestEverythingIsAsInAnOSRoot does the same at random in two folders, with
// few names, so that folders come, go and become files all the time.
func TestEverythingIsAsInAnOSRoot(t *testing.T) {
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 1))
		path := func() string {
			parts := make([]string, 1+random.IntN(4))
			for i := range parts {
				parts[i] = string("ab"[random.IntN(2)])
			}
			return strings.Join(parts, "/")
		}
		r := open(t, t.TempDir())
		plain, err := os.OpenRoot(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer plain.Close()
		for n := range 2000 {
			what, name, other := random.IntN(12), path(), path()
			if what > 9 {
				what = 0 // mostly make, or nothing is ever there
			}
			got, want := step(r, what, name, other), step(plain, what, name, other)
			if got != want {
				t.Fatalf("seed %d, step %d: did %d to %s and %s, got %s, want %s", seed, n, what, name, other, got, want)
			}
		}
	}
}

func TestMoreFoldersThanAreHeldWorkSideBySide(t *testing.T) {
	dir := t.TempDir()
	r := open(t, dir)
	const folders, files, workers = 3 * mostHeld, 2 * worthHolding, 4
	for i := range folders {
		if err := r.Mkdir(fmt.Sprint(i), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			for i := range folders {
				for j := range files {
					name := fmt.Sprintf("%d/%d-%d", i, w, j)
					f, err := r.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
					if err != nil {
						t.Error(err)
						return
					}
					f.Close()
					if _, err := r.Lstat(name); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	group.Wait()
	if n := len(r.held); n == 0 || n > mostHeld {
		t.Errorf("%d folders are held open", n)
	}
	r.Rest()
	if n := len(r.held); n != 0 {
		t.Errorf("at rest, %d folders are held open", n)
	}
	for i := range folders {
		entries, err := os.ReadDir(filepath.Join(dir, fmt.Sprint(i)))
		if err != nil || len(entries) != workers*files {
			t.Errorf("folder %d has %d files, and %v", i, len(entries), err)
		}
	}
}

func TestAFolderThatIsClosedMeanwhileIsOpenedAgain(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a/b/file", "")
	r := open(t, dir)
	err := r.in("a/b/file", func(folder *os.Root, rest string) error {
		r.Rest() // as for another path that needs the room
		_, err := folder.Lstat(rest)
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestErrorNamesTheWholePath(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a/b/file", "")
	r := open(t, dir)
	for range 2 * worthHolding {
		_, err := r.Lstat("a/b/none")
		if wrapped := (*fs.PathError)(nil); !errors.As(err, &wrapped) || wrapped.Path != "a/b/none" || !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

func TestNothingOutsideIsReached(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "inside")
	write(t, top, "outside/b/file", "secret")
	write(t, dir, "a/b/file", "ours")
	for _, name := range []string{"../outside/b/file", "a/../../outside/b/file", "a/b/../../../outside/b/file", "/etc/passwd", top + "/outside/b/file"} {
		r := open(t, dir)
		for range 2 * worthHolding {
			if text, err := content(r, name); err == nil {
				t.Errorf("read %q from %s", text, name)
			}
		}
	}
	link := func(at string) {
		if err := os.Symlink(filepath.Join(top, "outside", "b"), filepath.Join(dir, at)); err != nil {
			t.Skip("no symlinks here")
		}
	}
	link("a/link")
	r := open(t, dir)
	for range 2 * worthHolding {
		if text, err := content(r, "a/link/file"); err == nil {
			t.Errorf("read %q through a symlink", text)
		}
	}
	if runtime.GOOS == "windows" {
		return // there, a folder that is held can't be renamed
	}
	// A folder that is replaced while it is held.
	for range 2 * worthHolding {
		if text, err := content(r, "a/b/file"); text != "ours" {
			t.Fatal(text, err)
		}
	}
	if err := os.Rename(filepath.Join(dir, "a", "b"), filepath.Join(dir, "a", "was-b")); err != nil {
		t.Fatal(err)
	}
	link("a/b")
	if text, err := content(r, "a/b/file"); text != "ours" {
		t.Errorf("got %q, %v", text, err)
	}
	r.Rest()
	if text, err := content(r, "a/b/file"); err == nil {
		t.Errorf("read %q through a symlink", text)
	}
}

func TestAFileIsNoFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a/file", "")
	r := open(t, dir)
	for range 2 * worthHolding {
		if _, err := r.Lstat("a/file/b/c"); !errors.Is(err, syscall.ENOTDIR) && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
}
