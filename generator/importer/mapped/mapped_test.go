package mapped_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"allclear/generator/importer"
	"allclear/generator/importer/mapped"
	"allclear/generator/importer/testimport"
	"allclear/generator/testneed"
)

// Each file of testdata is a small site and its map, below want/ the files and
// the report that come of it. ALLCLEAR_UPDATE=1 writes them.
func TestSitesAreReadAsTheirMapsSay(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			given := map[string]string{}
			for _, f := range archive.Files {
				if !strings.HasPrefix(f.Name, "want/") {
					given[f.Name] = string(f.Data)
				}
			}
			dir, content := testimport.Folder(t, given), filepath.Join(t.TempDir(), "content")
			m, err := mapped.ReadMap(filepath.Join(dir, "map.yaml"))
			if err != nil {
				t.Fatal(err)
			}
			report, err := mapped.Import(dir, m, importer.Options{Content: content, Now: testimport.Later})
			if err != nil {
				t.Fatal(err)
			}
			for i, f := range archive.Files {
				below, ok := strings.CutPrefix(f.Name, "want/")
				if !ok {
					continue
				}
				got := []byte(testimport.Printed(t, report))
				if below != "report" {
					if got, err = os.ReadFile(filepath.Join(content, below)); err != nil {
						t.Error(err)
					}
				}
				if diff := cmp.Diff(string(f.Data), string(got)); diff != "" {
					t.Errorf("%s: %s", below, diff)
				}
				archive.Files[i].Data = got
			}
			if os.Getenv("ALLCLEAR_UPDATE") != "" {
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			testimport.Build(t, content, testimport.Later)
		})
	}
}

func TestTheMapsOfKnownToolsReadTheirSitesWhole(t *testing.T) {
	for _, test := range []struct {
		name, recorded string
		events         int
	}{{"netlify-statuskit.yaml", "statuskit-agrc", 11}, {"clearstatus.yaml", "clearstatus-xrel", 8}} {
		t.Run(test.name, func(t *testing.T) {
			m, err := mapped.ReadMap(filepath.Join(testneed.Root(t), "tools/maps", test.name))
			if err != nil {
				t.Fatal(err)
			}
			source, content := testneed.Corpus(t, test.recorded), filepath.Join(t.TempDir(), "content")
			for run := range 2 {
				report, err := mapped.Import(source, m, importer.Options{Content: content, Now: testimport.Later})
				if err != nil {
					t.Fatal(err)
				}
				if report.In != test.events || report.LeftOut() > 0 || run == 1 && report.Same != test.events {
					t.Errorf("%d of %d events are in, %d the same: %s", report.In, test.events, report.Same, testimport.Printed(t, report))
				}
			}
			built := testimport.Build(t, content, testimport.Later)
			if open := built.JSON(t, "api/v2/incidents/unresolved.json")["incidents"].([]any); len(open) > 0 {
				t.Errorf("%d incidents are open", len(open))
			}
		})
	}
}

func TestEachMistakeInAMapIsNamed(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"tilte: title", `:1:1: unknown key "tilte" in the map; did you mean "title"?`},
		{"severity:\n  key: x\n  words: { grave: [a] }", `:3:12: unknown key "grave" in words of severity; it may have critical, major, minor, none`},
		{"severity: { key: x, words: { minor: a, major: A } }", `"a" means minor already`},
		{"severity: { words: { minor: a } }", `severity lacks its key`},
		{"status: { words: { resloved: fixed } }", `did you mean "resolved"?`},
		{"timezone: Berlin", `:1:11: "Berlin" is not an IANA time zone`},
		{"files: '[a'", `is not a pattern of paths`},
		{"address: posts/{name}", `an address begins with a slash`},
		{"address: /{file}/", `{file} is unknown in an address`},
		{"updates: true", `updates is a map of keys: bold, files, headings, list, mark`},
		{"updates: { headings: yes please }", `write true or false`},
		{"updates: { mark: track }", `a mark says where the time is`},
		{"updates: { list: { date: at } }", `list lacks its key`},
		{"updates: { files: { files: a/*.md } }", `need files, the pattern of their paths, and event`},
		{"title: [a, {}]", `the name of a key is missing`},
		{"site: { name: x }", `unknown key "name" in site; it may have title, url`},
		{"- a", `:1:1: `},
		{"title: 'x", `map.yaml:1`},
	} {
		dir := testimport.Folder(t, map[string]string{"map.yaml": test.text + "\n"})
		_, err := mapped.ReadMap(filepath.Join(dir, "map.yaml"))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v", test.text, err)
		}
	}
}

// FuzzMapped looks for a map or a file that stops the program, or is imported as
// something that check refuses.
func FuzzMapped(f *testing.F) {
	f.Add("updates: { headings: true, bold: true }\nseverity: { key: s, words: { minor: [a] } }", "---\ntitle: It\ndate: 2022-12-01\ns: a\n---\nText\n\n## 10:00 Resolved\n\n**25:00** x")
	f.Add("end: e\nupdates: { list: { key: u }, mark: '{{< track \"TIME\" >}}' }", "---\ndate: 2022-12-01 10:00\ne: 2022-12-01\nu: [{ date: 2022-12-02, text: x }, 7]\n---\na {{< track \"2022-12-01 11:00\" >}}\nb")
	f.Add("maintenance: { key: p, words: x }\nend: e\naddress: /{path}/{slug}/{year}", "+++\ndate = 2022-12-01T10:00:00Z\ne = 2022-12-02T10:00:00Z\np = \"x\"\n+++\n```\n## 2022-12-01 11:00\n")
	f.Add("date: Date", "Date: 2022-12-01 10:00\nTitle: \u202ex\n\n<script>")
	f.Fuzz(func(t *testing.T, rules, text string) {
		dir := testimport.Folder(t, map[string]string{"map.yaml": rules, "2022-12-01-it.md": text})
		m, err := mapped.ReadMap(filepath.Join(dir, "map.yaml"))
		if err != nil {
			return
		}
		content := filepath.Join(t.TempDir(), "content")
		if _, err := mapped.Import(dir, m, importer.Options{Content: content, Now: testimport.Later}); err != nil {
			return
		}
		if _, err := mapped.Import(dir, m, importer.Options{Content: content, Now: testimport.Later}); err != nil {
			t.Fatal(err) // what is there is checked before the second import reads anything
		}
	})
}
