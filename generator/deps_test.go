package generator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floor is a package and what it may import, both as paths below the root.
type floor struct {
	name string
	may  []string
}

// floors is a statement of policy: the packages of this module that a package may
// import. Each package may import only packages below it in the list, so that data
// flows one way. Tests may import any package.
var floors = []floor{
	{"allclear", []string{"generator/command"}},
	{"generator/command", []string{
		"generator", "generator/verify", "generator/web", "generator/importer/recorder", "generator/importer/statuspage", "generator/importer/mapped", "generator/importer/cstate", "generator/importer",
		"generator/edit", "generator/preview", "generator/publish", "generator/compare", "generator/provenance", "generator/check", "generator/derive", "generator/source", "generator/starter", "generator/git", "generator/loose", "generator/status", "generator/wrap", "generator/diag",
	}},
	{"generator/edit", []string{
		"generator", "generator/publish", "generator/check", "generator/compose", "generator/derive", "generator/source", "generator/loose", "generator/language", "generator/status", "generator/diag",
	}},
	{"generator/importer/testimport", []string{"generator", "generator/importer", "generator/output", "generator/testneed"}}, // only for tests
	{"generator/importer/recorder", []string{"generator/importer", "generator/check", "generator/status", "generator/web"}},
	{"generator/importer/statuspage", []string{
		"generator/importer", "generator/importer/markup", "generator/check", "generator/compose", "generator/source", "generator/status",
	}},
	{"generator/importer/mapped", []string{
		"generator/importer/cstate", "generator/importer", "generator/importer/markup", "generator/check", "generator/compose", "generator/source", "generator/status", "generator/diag",
	}},
	{"generator/importer/cstate", []string{
		"generator/importer", "generator/importer/markup", "generator/check", "generator/compose", "generator/source", "generator/loose", "generator/language", "generator/status", "generator/diag",
	}},
	{"generator/importer", []string{
		"generator/importer/markup", "generator/check", "generator/compose", "generator/source", "generator/status", "generator/diag",
	}},
	{"generator/importer/markup", []string{"generator/compose", "generator/markdown", "generator/diag"}},
	{"generator/verify", []string{"generator", "generator/web", "generator/output", "generator/diag"}},
	{"generator/preview", []string{"generator", "generator/source", "generator/output", "generator/diag"}},
	{"generator", []string{
		"generator/compare", "generator/publish", "generator/render", "generator/page", "generator/guard", "generator/review", "generator/provenance", "generator/check", "generator/prose", "generator/derive",
		"generator/source", "generator/markdown", "generator/language", "generator/active", "generator/status", "generator/git", "generator/web", "generator/output", "generator/parallel", "generator/diag",
	}},
	{"generator/compare", []string{"generator/parallel", "generator/diag"}},
	{"generator/publish", []string{"generator/output", "generator/parallel", "generator/diag"}},
	{"generator/render", []string{
		"generator/page", "generator/api", "generator/feed", "generator/badge",
		"generator/compose", "generator/derive", "generator/source", "generator/language", "generator/status", "generator/output", "generator/parallel", "generator/diag",
	}},
	{"generator/page", []string{"generator/picture", "generator/active", "generator/derive", "generator/source", "generator/language", "generator/status", "generator/output", "generator/tone", "generator/parallel", "generator/diag"}},
	{"generator/api", []string{"generator/derive", "generator/status", "generator/output", "generator/diag"}},
	{"generator/feed", []string{"generator/derive", "generator/language", "generator/status", "generator/output", "generator/wrap", "generator/diag"}},
	{"generator/badge", []string{"generator/derive", "generator/language", "generator/status", "generator/output", "generator/tone", "generator/wrap", "generator/diag"}},
	{"generator/guard", []string{"generator/derive", "generator/source", "generator/status", "generator/diag"}},
	{"generator/review", []string{"generator/derive", "generator/source", "generator/status", "generator/diag"}},
	{"generator/provenance", []string{"generator/check", "generator/source", "generator/status", "generator/git"}},
	{"generator/check", []string{"generator/active", "generator/derive", "generator/source", "generator/loose", "generator/prose", "generator/markdown", "generator/language", "generator/status", "generator/tone", "generator/parallel", "generator/diag"}},
	{"generator/compose", []string{"generator/source", "generator/markdown", "generator/status", "generator/diag"}},
	{"generator/derive", []string{"generator/status"}},
	{"generator/picture", []string{"generator/tone", "generator/wrap"}},
	{"generator/source", []string{"generator/loose", "generator/status", "generator/parallel", "generator/diag"}},
	{"generator/loose", []string{"generator/language", "generator/status", "generator/diag"}},
	{"generator/prose", []string{"generator/diag"}},
	{"generator/markdown", []string{"generator/status", "generator/diag"}},
	{"generator/language", []string{"generator/diag"}},
	{"generator/active", []string{"generator/diag"}},
	{"generator/tone", []string{"generator/status"}},
	{"generator/status", []string{"generator/diag"}},
	{"generator/testbrowser", []string{"generator/output", "generator/testneed"}}, // only for tests
	{"generator/testneed", nil},                                                   // only for tests
	{"generator/output", []string{"generator/diag"}},
	{"generator/git", nil},
	{"generator/starter", nil},
	{"generator/web", nil},
	{"generator/parallel", nil},
	{"generator/wrap", nil},
	{"generator/diag", nil},
	{"generator/testsite", nil}, // only for tests and benchmarks
	{"generator/testdiff", nil}, // only for tests
	{"generator/testrepo", nil}, // only for tests and benchmarks
}

// modules is the policy for other modules: the one package that may import each, so
// that replacing a module changes one package.
var modules = map[string]string{
	"github.com/BurntSushi/toml":                      "generator/importer/cstate",
	"github.com/JohannesKaufmann/html-to-markdown/v2": "generator/importer/markup",
	"github.com/adrg/frontmatter":                     "generator/source",
	"github.com/arran4/golang-ical":                   "generator/feed",
	"charm.land/huh/v2":                               "generator/command",
	"github.com/fsnotify/fsnotify":                    "generator/preview",
	"github.com/rivo/uniseg":                          "generator/wrap",
	"github.com/sergi/go-diff":                        "generator/compare",
	"github.com/spf13/cobra":                          "generator/command",
	"github.com/spf13/pflag":                          "generator/command",
	"github.com/yuin/goldmark":                        "generator/markdown",
	"go.yaml.in/yaml/v4":                              "generator/source",
	"golang.org/x/net":                                "generator/importer/markup",
	"golang.org/x/image":                              "generator/picture",
	"golang.org/x/sys":                                "generator/publish",
	"golang.org/x/term":                               "generator/command",
	"golang.org/x/text":                               "generator/language",
	"golang.org/x/tools":                              "generator/command",
}

// reserved is the policy for the standard library: packages, and names in them, that
// only some packages may use, since a build opens no network, runs no program and
// depends only on its arguments.
var reserved = map[string][]string{
	"net":           {"generator/preview", "generator/web"},
	"net/http":      {"generator/importer/testimport", "generator/preview", "generator/testbrowser", "generator/web"},
	"os/exec":       {"generator/command", "generator/git", "generator/preview", "generator/testbrowser", "generator/testneed", "generator/testrepo"},
	"plugin":        nil,
	"unsafe":        nil,
	"text/template": nil,
	"html/template": {"generator/page"},
	"math/rand":     nil,
	"math/rand/v2":  {"generator/testsite"},
	"crypto/rand":   nil,
	"os.Exit":       {"allclear"},
	"os.Args":       {"allclear"},
	"os.Stdout":     {"allclear"},
	"os.Stderr":     {"allclear"},
	"os.Getenv":     {"allclear", "generator/testneed"},
	"os.LookupEnv":  nil,
	"os.Environ":    nil,
	"time.Now":      {"allclear"},
	"time.Since":    nil,
	"time.Until":    nil,
	"time.Local":    nil,
	"log.Fatal":     nil,
}

func TestPackagesImportOnlyTheFloorsBelow(t *testing.T) {
	packages := parsePackages(t)
	for name, files := range packages {
		i := slices.IndexFunc(floors, func(f floor) bool { return f.name == name })
		if i < 0 {
			t.Errorf("package %s has no floor: give it a line in floors", name)
			continue
		}
		for _, file := range files {
			for _, imported := range file.imports() {
				ours, ok := strings.CutPrefix(imported, "allclear/")
				if ok && !slices.Contains(floors[i].may, ours) {
					t.Errorf("%s imports %s, which its line in floors does not allow", file.name, imported)
				}
			}
		}
	}
}

func TestFloorsAllowOnlyPackagesBelow(t *testing.T) {
	for i, f := range floors {
		for _, allowed := range f.may {
			below := floors[i+1:]
			if !slices.ContainsFunc(below, func(g floor) bool { return g.name == allowed }) {
				t.Errorf("%s may import %s, which does not stand below it", f.name, allowed)
			}
		}
	}
}

func TestEachOutsideModuleHasOneImporter(t *testing.T) {
	used := map[string]bool{}
	for name, files := range parsePackages(t) {
		for _, file := range files {
			for _, imported := range file.imports() {
				if !strings.Contains(strings.Split(imported, "/")[0], ".") {
					continue // the standard library, and ours
				}
				module := moduleOf(imported)
				used[module] = true
				if module == "" || modules[module] != name {
					t.Errorf("%s imports %s, which only %q may import", file.name, imported, modules[module])
				}
			}
		}
	}
	for module := range modules {
		if !used[module] {
			t.Errorf("nothing imports %s any more: take its line out of modules", module)
		}
	}
}

// TestModulesOfTestsAreNamedAsSuch compares the blocks of go.mod with what the program
// imports.
func TestModulesOfTestsAreNamedAsSuch(t *testing.T) {
	text, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	comment, seen := "", 0
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "//"):
			comment = line
		case strings.HasPrefix(line, ")"):
			comment = ""
		case strings.HasPrefix(line, "\t") && !strings.HasSuffix(line, "// indirect\n"):
			seen++
			_, inProgram := modules[fields[0]]
			if onlyTests := strings.HasPrefix(comment, "// Only tests"); onlyTests == inProgram {
				t.Errorf("%s: the program imports it: %t; go.mod says that only tests do: %t", fields[0], inProgram, onlyTests)
			}
		}
	}
	if seen < len(modules) {
		t.Errorf("go.mod names %d modules, and the program imports %d", seen, len(modules))
	}
}

func moduleOf(imported string) string {
	for module := range modules {
		if imported == module || strings.HasPrefix(imported, module+"/") {
			return module
		}
	}
	return ""
}

func TestABuildUsesNothingOfTheMachine(t *testing.T) {
	for name, files := range parsePackages(t) {
		for _, file := range files {
			for _, used := range append(file.imports(), file.selectors()...) {
				if owners, ok := reserved[used]; ok && !slices.Contains(owners, name) {
					t.Errorf("%s uses %s, which only %v may use", file.name, used, owners)
				}
			}
		}
	}
}

// goFile is a Go file that is not a test.
type goFile struct {
	name   string
	syntax *ast.File
}

func (f goFile) imports() []string {
	var paths []string
	for _, spec := range f.syntax.Imports {
		if imported, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, imported)
		}
	}
	return paths
}

// selectors lists everything of the form package.Name. It does not see through a
// renamed import, which no file has.
func (f goFile) selectors() []string {
	var found []string
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				found = append(found, x.Name+"."+s.Sel.Name)
			}
		}
		return true
	})
	return found
}

// parsePackages parses every package, by its path below the root; that of main is
// "allclear".
func parsePackages(t *testing.T) map[string][]goFile {
	t.Helper()
	root := os.DirFS("..")
	packages := map[string][]goFile{}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name != "." && name != "generator" && !strings.HasPrefix(name, "generator/") || entry.Name() == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		owner := path.Dir(name)
		if owner == "." {
			owner = "allclear"
		}
		packages[owner] = append(packages[owner], goFile{name, syntax})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return packages
}
