package page

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/derive"
	"allclear/generator/language"
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
	for prefix, words := range map[string][]string{
		"component_status.":         status.ComponentStatuses(),
		"event_status.":             append(status.EventStatuses(status.Incident), status.EventStatuses(status.Maintenance)...),
		"next.":                     {"in_progress", "overrun", "update", "overdue"},
		"sentence.incident.phrase.": status.Severities(),
		"severity.":                 append(status.Severities(), "maintenance"),
	} {
		for _, word := range words {
			if _, known := m.builtin[prefix+word]; !known {
				t.Errorf("en.yaml has no %s%s", prefix, word)
			}
		}
	}
}

func TestTheBuiltInStringsFillEveryPlaceholderThatTheyAreGiven(t *testing.T) {
	for _, path := range []string{"index.html", "incidents/india/index.html", "maintenance/disks/index.html", "components/sdk/index.html", "history/2026/11/index.html"} {
		page := written(t, defaultTheme(t).Routes(busy()), path)
		head, body, _ := strings.Cut(page, "<script type=\"application/ld+json\">")
		_, body, _ = strings.Cut(body, "</script>")
		if strings.ContainsAny(head+body, "{}") {
			t.Errorf("%s shows a brace, so a placeholder was left", path)
		}
	}
}

// builtInFiles is the default theme's files of strings.
func builtInFiles(t *testing.T) []file {
	t.Helper()
	names, err := fs.Glob(builtin(), "i18n/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var files []file
	for _, name := range names {
		files = append(files, file{path: name, layer: layer{"themes/default", builtin()}})
	}
	return files
}

// TestEveryBuiltInLanguageHasEveryString names what is to be done when
// en.yaml grows: every other file there gets the new key too.
func TestEveryBuiltInLanguageHasEveryString(t *testing.T) {
	files := builtInFiles(t)
	byTag := map[string]map[string]language.Message{}
	for _, f := range files {
		read, found := readStrings(f)
		if len(found) > 0 {
			t.Fatal(found)
		}
		byTag[languageOf(f.path)] = read
	}
	if diff := cmp.Diff(language.Known(), slices.Sorted(maps.Keys(byTag))); diff != "" {
		t.Fatalf("languages whose dates are known (-), and those that have strings (+):\n%s", diff)
	}
	english := byTag[reference]
	for tag, own := range byTag {
		t.Run(tag, func(t *testing.T) {
			for _, d := range untranslated(byTag, fallbacks(files, tag), tag) {
				t.Errorf("%s: %s: %s", d.Position, d.Message, d.Hint)
			}
			for key, message := range own {
				original, ok := english[key]
				if !ok {
					t.Errorf("%s: %q is not in en.yaml: take it out, or give it its new name", message.Position, key)
					continue
				}
				if (message.Plural != nil) != (original.Plural != nil) {
					t.Errorf("%s: %q has plural forms in one language and not in the other", message.Position, key)
				}
				if diff := cmp.Diff(placeholders(original), placeholders(message)); diff != "" {
					t.Errorf("%s: %q has other placeholders than in English (-en +%s):\n%s", message.Position, key, tag, diff)
				}
			}
		})
	}
}

func TestALanguageIsServedByItsNearestStrings(t *testing.T) {
	for lang, want := range map[string][]string{
		"en": {"en"}, "en-GB": {"en"}, "de": {"en", "de"}, "de-AT": {"en", "de"}, "pt": {"en", "pt-BR"},
		"pt-PT": {"en", "pt-BR"}, "pt-BR": {"en", "pt-BR"}, "zh": {"en", "zh-Hans"}, "zh-CN": {"en", "zh-Hans"},
	} {
		if diff := cmp.Diff(want, fallbacks(builtInFiles(t), lang)); diff != "" {
			t.Errorf("%s: %s", lang, diff)
		}
		if _, found := Load(files(), builtin(), "default", lang); len(found) > 0 {
			t.Errorf("%s: %v", lang, found)
		}
	}
}
