package page

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// english is the built-in strings.
func english(t *testing.T) *messages {
	t.Helper()
	f := file{path: "i18n/en.yaml", layer: layer{"themes/default", builtin()}}
	m, found := loadStrings([]file{f}, "en", "themes/default")
	if len(found) > 0 {
		t.Fatal(found)
	}
	return m
}

func TestEveryStringThatTheProgramSaysIsInTheDefaultTheme(t *testing.T) {
	m := english(t)
	sources, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || f.Sel.Name != "Text" && f.Sel.Name != "Count" {
				return true
			}
			literal, ok := call.Args[0].(*ast.BasicLit)
			if !ok {
				return true
			}
			key, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			message, known := m.builtin[key]
			if !known || (message.Plural != nil) != (f.Sel.Name == "Count") {
				t.Errorf("%s says %q, which en.yaml has not, or not in that form", name, key)
			}
			said++
			return true
		})
	}
	if said < 50 {
		t.Errorf("only %d strings were found in the program", said)
	}
	for _, banner := range []derive.BannerMessage{
		derive.AllOperational, derive.UnderMaintenance, derive.PartiallyDegraded, derive.MinorOutage,
		derive.PartialOutage, derive.MajorOutage, derive.IncidentOpen,
	} {
		if _, known := m.builtin["banner."+string(banner)]; !known {
			t.Errorf("en.yaml has no sentence for the banner %s", banner)
		}
	}
	for _, kind := range []status.Kind{status.Incident, status.Maintenance} {
		for _, word := range status.EventStatuses(kind) {
			if _, known := m.builtin["event_status."+word]; !known {
				t.Errorf("en.yaml has no word for the status %s", word)
			}
		}
	}
}

func TestTheBuiltInStringsFillEveryPlaceholderThatTheyAreGiven(t *testing.T) {
	for _, path := range []string{"index.html", "incidents/india/index.html", "maintenance/disks/index.html", "components/sdk/index.html", "history/2026/11/index.html"} {
		if page := written(t, defaultTheme(t).Routes(busy()), path); strings.ContainsAny(page, "{}") {
			t.Errorf("%s shows a brace, so a placeholder was left", path)
		}
	}
}
