// Package testneed finds what a test needs that is not in this repository:
// programs, and sites that were recorded from others. It skips the test if
// that is missing. It is for tests only: no part of the program imports it.
//
// The environment variable ALLCLEAR_REQUIRE lists needs by their names,
// separated by commas, as in ALLCLEAR_REQUIRE=browser,node. A test whose need
// is named there fails instead of being skipped, so that CI notices what it did
// not test. A name that is not known is an error.
//
// With -short, each test with a need is skipped, unless the need is named.
package testneed

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The names of needs.
const (
	browser = "browser" // Debian's Chromium, and node
	caddy   = "caddy"   // Debian's Caddy
	corpus  = "corpus"  // ../shared/corpus, beside the repository
	nginx   = "nginx"   // Debian's nginx
	node    = "node"    // Node.js, and tools/node_modules
	rclone  = "rclone"  // Debian's rclone, and a server of S3 that go build gets
	rsync   = "rsync"   // Debian's rsync
)

var known = []string{browser, caddy, corpus, nginx, node, rclone, rsync}

const variable = "ALLCLEAR_REQUIRE"

// Browser is for a test that drives a browser. It returns the folder of the
// scripts that do, as [Node] does. The scripts know where the browser is.
func Browser(t testing.TB) string {
	t.Helper()
	file(t, browser, "/usr/bin/chromium")
	return Node(t)
}

// Caddy returns the path of Caddy.
func Caddy(t testing.TB) string {
	t.Helper()
	return file(t, caddy, "/usr/bin/caddy")
}

// Rclone is for a test that runs rclone. It returns the path of a server of S3, which
// it builds from the modules of the tools.
func Rclone(t testing.TB) string {
	t.Helper()
	file(t, rclone, "/usr/bin/rclone")
	server := filepath.Join(t.TempDir(), "gofakes3")
	build := exec.Command("go", "build", "-modfile=tools/go.mod", "-o", server, "github.com/johannesboyne/gofakes3/cmd/gofakes3")
	build.Dir = Root(t)
	if said, err := build.CombinedOutput(); err != nil {
		missing(t, rclone, required(t, rclone), fmt.Errorf("the server of S3 can't be built: %w: %s", err, said))
	}
	return server
}

// Rsync is for a test that runs rsync.
func Rsync(t testing.TB) {
	t.Helper()
	file(t, rsync, "/usr/bin/rsync")
}

// Nginx returns the path of nginx.
func Nginx(t testing.TB) string {
	t.Helper()
	return file(t, nginx, "/usr/sbin/nginx")
}

// Node is for a test that runs a script in Node.js. It returns the folder
// tools, which the script must run in to find its modules.
func Node(t testing.TB) string {
	t.Helper()
	tools := filepath.Join(Root(t), "tools")
	file(t, node, filepath.Join(tools, "node_modules"))
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, node, required(t, node), err)
	}
	return tools
}

// Corpus returns the path of a file or folder of the recorded sites.
func Corpus(t testing.TB, name string) string {
	t.Helper()
	return file(t, corpus, filepath.Join(Root(t), "../shared/corpus", filepath.FromSlash(name)))
}

// file returns the path of a file that a test needs.
func file(t testing.TB, need, path string) string {
	t.Helper()
	required := required(t, need)
	if testing.Short() && !required {
		t.Skipf("this test needs %s, which -short leaves out", need)
	}
	if _, err := os.Stat(path); err != nil {
		missing(t, need, required, err)
	}
	return path
}

func missing(t testing.TB, need string, required bool, err error) {
	t.Helper()
	if required {
		t.Fatalf("this test needs %s: %v", need, err)
	}
	t.Skipf("this test needs %s, which is not here: %v", need, err)
}

func required(t testing.TB, need string) bool {
	t.Helper()
	names, err := parse(os.Getenv(variable))
	if err != nil {
		t.Fatal(err)
	}
	return slices.Contains(names, need)
}

// parse splits the names that ALLCLEAR_REQUIRE lists.
func parse(list string) ([]string, error) {
	if list == "" {
		return nil, nil
	}
	names := strings.Split(list, ",")
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("%s: unknown name %q; the names are %s", variable, name, strings.Join(known, ", "))
		}
	}
	return names, nil
}

// Root returns the folder of go.mod, above the folder that the test runs in.
func Root(t testing.TB) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		if folder == filepath.Dir(folder) {
			t.Fatal("there is no go.mod above the folder of the test")
		}
		folder = filepath.Dir(folder)
	}
}
