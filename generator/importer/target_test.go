package importer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator/importer"
	"allclear/generator/status"
)

func TestContentWithMistakesIsNotChanged(t *testing.T) {
	content := t.TempDir()
	if err := os.WriteFile(filepath.Join(content, "site.yaml"), []byte("title: x\nurl: nowhere\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := importer.Open(importer.Options{Content: content})
	if err == nil || !strings.Contains(err.Error(), "has mistakes already") {
		t.Errorf("the error is %v", err)
	}
}

// siteWith is the site.yaml of a folder after an import of a resolved incident
// that names components.
func siteWith(t *testing.T, site string, o importer.Options, components ...importer.Component) (string, *importer.Report) {
	t.Helper()
	o.Content, o.Now = t.TempDir(), time.Date(2026, 5, 5, 12, 0, 0, 0, time.UTC)
	if err := os.WriteFile(filepath.Join(o.Content, "site.yaml"), []byte(site), 0o666); err != nil {
		t.Fatal(err)
	}
	target, err := importer.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	registry := target.Register(components)
	e := &status.Event{ID: "one", Title: "One", Severity: status.Minor, SeverityStated: true, Updates: []status.Update{
		{At: time.Date(2026, 5, 3, 10, 0, 0, 0, time.UTC), Status: status.Investigating, Text: status.Text{Markdown: "x"}},
		{At: time.Date(2026, 5, 3, 11, 0, 0, 0, time.UTC), Status: status.Resolved},
	}}
	for _, c := range components {
		if found := registry.Component(c.Code); found != nil {
			e.Components = append(e.Components, status.Setting{Component: found})
		}
	}
	report := &importer.Report{}
	h := &importer.History{Zone: time.UTC, Components: registry, Events: []importer.Event{{Event: e, Where: "one.md"}}}
	if err := target.Put(h, report); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(o.Content, "site.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text), report
}

func TestComponentsThatASiteLacksAreAddedAsRetired(t *testing.T) {
	const head = "title: x\nurl: https://status.example.com\n"
	const retired = "retired: 2026-05-04"
	old := []importer.Component{{Code: "c1", Name: "API: old"}}
	for _, test := range []struct {
		name, site, want string
		components       []importer.Component
	}{
		{
			"a list of lines, with comments and what comes below it",
			head + "components: # in order\n  - id: web\n    name: Web\n    # main\n\n# below\nuptime: { days: 90 }\n",
			head + "components: # in order\n  - id: web\n    name: Web\n    # main\n  - id: api-old\n    name: \"API: old\"\n    " + retired + "\n\n# below\nuptime: { days: 90 }\n",
			old,
		},
		{
			"a group at the end", head + "components:\n- group: G\n  components:\n  - id: web\n    name: Web\n",
			head + "components:\n- group: G\n  components:\n  - id: web\n    name: Web\n- id: api-old\n  name: \"API: old\"\n  " + retired + "\n", old,
		},
		{
			"a list in brackets", head + "components: [{ id: web, name: \"Web ]\" }] # all\n",
			head + "components: [{ id: web, name: \"Web ]\" }, { id: api-old, name: \"API: old\", " + retired + " }] # all\n", old,
		},
		{"no components", head, head + "components:\n  - id: api-old\n    name: \"API: old\"\n    " + retired + "\n", old},
		{
			"the old id of another one", head + "components: [{ id: core, name: Core, aliases: api, api_id: c1 }]\n",
			head + "components: [{ id: core, name: Core, aliases: api, api_id: c1 }, { id: api-2, name: API, " + retired + ", api_id: c2 }]\n",
			[]importer.Component{{Code: "c1", Name: "API of old", KeepCode: true}, {Code: "c2", Name: "API", KeepCode: true}},
		},
		{
			"a name that Windows can't carry", head + "components: [{ id: core, name: Core }]\n",
			head + "components: [{ id: core, name: Core }, { id: aux-2, name: AUX, " + retired + " }, { id: lines, name: Lines, " + retired + " }]\n",
			[]importer.Component{{Code: "c1", Name: "AUX"}, {Code: "con", Name: "Lines", KeepCode: true}},
		},
	} {
		got, report := siteWith(t, test.site, importer.Options{}, test.components...)
		if got != test.want || report.LeftOut() > 0 {
			t.Errorf("%s: got\n%s\nwant\n%s\n%v", test.name, got, test.want, report.Notes)
		}
	}
}
