package command_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// release is a release of the program as it is now, served at an address of this
// machine.
type release struct {
	address  string
	program  string // the path of the program, which knows the address
	folder   string // what is served
	archive  string // its name
	packed   []byte // the archive as it was made
	requests *atomic.Int32
}

// compiled is the release that all tests share, since to build and to pack it takes
// seconds. Its server has the folder of the test that runs: none of them is parallel.
var compiled struct {
	sync.Once
	release
	temporary string
	serving   atomic.Pointer[string]
	err       error
}

// compiling removes the program after all tests.
type compiling struct{ *testing.M }

func (m compiling) Run() int {
	defer func() { _ = os.RemoveAll(compiled.temporary) }()
	return m.M.Run()
}

func newRelease(t *testing.T) *release {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the script that runs a release is tested where there is a shell")
	}
	compiled.Do(func() { compiled.err = compile() })
	if compiled.err != nil {
		t.Fatal(compiled.err)
	}
	r := compiled.release
	r.folder = t.TempDir()
	compiled.serving.Store(&r.folder)
	r.pack(t)
	return &r
}

// compile builds the program for a server of releases, and packs it.
func compile() error {
	c := &compiled
	c.requests = new(atomic.Int32)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		c.requests.Add(1)
		http.StripPrefix("/releases/download/v1.2.3", http.FileServer(http.Dir(*c.serving.Load()))).ServeHTTP(w, q)
	}))
	var err error
	if c.temporary, err = os.MkdirTemp("", "release"); err != nil {
		return err
	}
	c.address = server.URL + "/releases/download/v1.2.3"
	c.program = filepath.Join(c.temporary, "allclear")
	c.archive = fmt.Sprintf("allclear_%s_%s.tar.gz", runtime.GOOS, runtime.GOARCH)
	build := exec.Command("go", "build", "-buildvcs=false", "-o", c.program,
		"-ldflags", "-s -w -X main.version=v1.2.3 -X main.commit=0123abc -X main.date=2026-11-26T10:00:00Z -X main.release="+c.address, "allclear")
	if said, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, said)
	}
	program, err := os.ReadFile(c.program)
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	zip, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	archive := tar.NewWriter(zip)
	if err := archive.WriteHeader(&tar.Header{Name: "allclear", Mode: 0o755, Size: int64(len(program))}); err != nil {
		return err
	}
	_, _ = archive.Write(program)
	_ = archive.Close()
	_ = zip.Close()
	c.packed = packed.Bytes()
	return nil
}

// pack writes the files of the release.
func (r *release) pack(t *testing.T) {
	t.Helper()
	writeFile(t, filepath.Join(r.folder, r.archive), string(r.packed))
	writeFile(t, filepath.Join(r.folder, "checksums.txt"), fmt.Sprintf("%x  %s\n", sha256.Sum256(r.packed), r.archive))
}

// run runs the program of the release in a folder, and returns what it prints.
func (r *release) run(t *testing.T, folder string, args ...string) string {
	t.Helper()
	return runIn(t, folder, nil, append([]string{r.program}, args...)...)
}

// runIn runs a program in a folder, with some more variables, and returns what it prints.
func runIn(t *testing.T, folder string, env []string, args ...string) string {
	t.Helper()
	said, err := tryIn(t, folder, env, args...)
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, said)
	}
	return said
}

func tryIn(t *testing.T, folder string, env []string, args ...string) (string, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), args[0], args[1:]...)
	command.Dir = folder
	command.Env = append(os.Environ(), "GITHUB_ACTIONS=", "ALLCLEAR_RELEASE=", "ALLCLEAR_CHECKSUMS=", "GIT_CONFIG_GLOBAL=/dev/null",
		"GIT_AUTHOR_NAME=A writer", "GIT_AUTHOR_EMAIL=writer@example.com", "GIT_COMMITTER_NAME=A writer", "GIT_COMMITTER_EMAIL=writer@example.com")
	command.Env = append(command.Env, env...)
	said, err := command.CombinedOutput()
	return string(said), err
}

func TestTheScriptRunsOnlyTheReleaseThatWasChosen(t *testing.T) {
	if testing.Short() {
		t.Skip("this test compiles the program, which -short leaves out")
	}
	r := newRelease(t)
	site := filepath.Join(t.TempDir(), "a site")
	r.run(t, t.TempDir(), "init", site, "--host", "server")
	checksums, err := os.ReadFile(filepath.Join(r.folder, "checksums.txt"))
	if err != nil {
		t.Fatal(err)
	}
	chosen := fmt.Sprintf("ALLCLEAR_CHECKSUMS=%x", sha256.Sum256(checksums))
	cache := "ALLCLEAR_CACHE=" + filepath.Join(t.TempDir(), "a cache")
	version := []string{"sh", "allclearw", "version"}

	// the first time it downloads, and says what to write down
	said := runIn(t, site, []string{cache}, version...)
	if !strings.Contains(said, "allclear v1.2.3 (0123abc, 2026-11-26T10:00:00Z), ") || !strings.Contains(said, "write checksums="+strings.TrimPrefix(chosen, "ALLCLEAR_CHECKSUMS=")) {
		t.Errorf("it says %s", said)
	}
	// then it needs no network
	before := r.requests.Load()
	if said := runIn(t, site, []string{cache}, version...); !strings.HasPrefix(said, "allclear v1.2.3 ") || r.requests.Load() != before {
		t.Errorf("it says %s, after %d requests", said, r.requests.Load()-before)
	}
	// with the checksum that was written down it is silent
	if said := runIn(t, site, []string{cache, chosen}, version...); !strings.HasPrefix(said, "allclear v1.2.3 ") {
		t.Errorf("it says %s", said)
	}

	for _, test := range []struct {
		name, want string
		spoil      func()
		env        []string
	}{
		{"an archive that was exchanged", r.archive + " does not have the checksum that the release names; nothing was run", func() {
			writeFile(t, filepath.Join(r.folder, r.archive), "exchanged")
		}, nil},
		{"both exchanged", "is not the one that was chosen: its SHA-256 is ", func() {
			r.pack(t)
			writeFile(t, filepath.Join(r.folder, "checksums.txt"), string(checksums)+"\n")
		}, []string{chosen}},
		{"no archive for this machine", r.address + " has no " + r.archive, func() {
			writeFile(t, filepath.Join(r.folder, "checksums.txt"), strings.ReplaceAll(string(checksums), "allclear_", "other_"))
		}, nil},
		{"no release there", r.address + "/checksums.txt can't be downloaded", func() {
			_ = os.Remove(filepath.Join(r.folder, "checksums.txt"))
		}, nil},
		{"an address that is not safe", "ALLCLEAR_RELEASE must begin with https://", func() {}, []string{"ALLCLEAR_RELEASE=http://127.0.0.1.example.com/v1"}},
		{"an address that looks like one of this machine", "ALLCLEAR_RELEASE must begin with https://", func() {}, []string{"ALLCLEAR_RELEASE=http://127.0.0.1:80@example.invalid/v1"}},
	} {
		test.spoil()
		env := append([]string{"ALLCLEAR_CACHE=" + t.TempDir()}, test.env...)
		if said, err := tryIn(t, site, env, version...); err == nil || !strings.Contains(said, test.want) || strings.Contains(said, "allclear v1") {
			t.Errorf("%s: %v, it says %s, want %q", test.name, err, said, test.want)
		}
	}
}

func TestWithoutAReleaseTheScriptSaysWhatIsMissing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no shell")
	}
	script, err := filepath.Abs("../../.github/actions/allclear/allclearw")
	if err != nil {
		t.Fatal(err)
	}
	want := "allclearw: no release is chosen: set the variable ALLCLEAR_RELEASE, or write the line release= in allclearw: "
	if said, err := tryIn(t, t.TempDir(), nil, "sh", script, "check"); err == nil || !strings.HasPrefix(said, want) {
		t.Errorf("%v, it says %s", err, said)
	}
	if said, err := tryIn(t, t.TempDir(), []string{"GITHUB_ACTIONS=true"}, "sh", script, "check"); err == nil || !strings.HasPrefix(said, "::error title=allclear::no release is chosen: ") || !strings.Contains(said, "a pull request of a fork sees no variable, so it needs the line\n") {
		t.Errorf("%v, it says %s", err, said)
	}
}
