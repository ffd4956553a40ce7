package cstate_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"allclear/generator/importer"
	"allclear/generator/importer/cstate"
	"allclear/generator/importer/testimport"
	"allclear/generator/testneed"
)

// Each file of testdata is a small site in the habits of some real one:
// first what to import, below want/ the expected files, want/report the expected
// report. The written files break no rule.
func TestHabitsOfManySitesAreImported(t *testing.T) {
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
			want := map[string]string{}
			for _, f := range archive.Files {
				if below, ok := strings.CutPrefix(f.Name, "want/"); ok {
					want[below] = string(f.Data)
				} else {
					given[f.Name] = string(f.Data)
				}
			}
			options := importer.Options{Content: filepath.Join(t.TempDir(), "content"), Now: testimport.Later}
			if zone, ok := strings.CutPrefix(strings.TrimSpace(string(archive.Comment)), "timezone "); ok {
				if options.Zone, err = time.LoadLocation(zone); err != nil {
					t.Fatal(err)
				}
			}
			report, err := cstate.Import(testimport.Folder(t, given), options)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{"report": testimport.Printed(t, report)}
			for below := range want {
				if below != "report" {
					text, err := os.ReadFile(filepath.Join(options.Content, below))
					if err != nil {
						t.Error(err)
					}
					got[below] = string(text)
				}
			}
			for below := range want {
				if diff := cmp.Diff(want[below], got[below]); diff != "" {
					t.Errorf("%s: %s", below, diff)
				}
				if os.Getenv("ALLCLEAR_UPDATE") != "" {
					for i := range archive.Files {
						if archive.Files[i].Name == "want/"+below {
							archive.Files[i].Data = []byte(got[below])
						}
					}
				}
			}
			if os.Getenv("ALLCLEAR_UPDATE") != "" {
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			testimport.Build(t, options.Content, testimport.Later)
		})
	}
}

// marker is a line of a recorded site that says when a text was written, and
// became a heading, or a picture, which became a link.
var marker = regexp.MustCompile(`^(\[[^\]]*\]|\*\*((Update|Initial Message) at )?[0-9T:Z +-]+(UTC)?\*\*|!\[[^\]]*\]\(.*\)|-{3,})$`)

var commented = regexp.MustCompile(`(?s)<!--.*?-->`)

func TestASiteOfManyWritersIsImportedWhole(t *testing.T) {
	source := testneed.Corpus(t, "cstate-jenkins")
	content := filepath.Join(t.TempDir(), "content")
	report, err := cstate.Import(source, importer.Options{Content: content, Now: testimport.Later})
	if err != nil {
		t.Fatal(err)
	}
	if report.Incidents != 297 || report.LeftOut() != 0 || len(report.Written) != 298 {
		t.Errorf("%d of 297 incidents in %d files, %d left out", report.Incidents, len(report.Written), report.LeftOut())
	}
	built := testimport.Build(t, content, testimport.Later)
	if n := len(built.JSON(t, "api/v2/incidents.json")["incidents"].([]any)); n != 50 {
		t.Errorf("incidents.json has %d incidents", n)
	}
	files, err := filepath.Glob(filepath.Join(source, "content", "issues", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	written := map[string]string{}
	for _, name := range report.Written {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		written[strings.TrimSuffix(filepath.Base(name), ".md")] = string(text)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		id := strings.NewReplacer(".", "-", "_", "-").Replace(strings.ToLower(strings.TrimSuffix(filepath.Base(name), ".md")))
		text, ok := written[strings.Trim(regexp.MustCompile(`-+`).ReplaceAllString(id, "-"), "-")]
		if !ok {
			t.Errorf("%s was imported under another name", name)
			continue
		}
		_, body, _ := strings.Cut(strings.ReplaceAll(string(raw), "\r\n", "\n")[4:], "\n---")
		body = commented.ReplaceAllString(body, "")
		have := comparable(text)
		for line := range strings.Lines(body) {
			if line = strings.TrimSpace(line); line != "" && !marker.MatchString(line) && !strings.Contains(have, comparable(line)) {
				t.Errorf("%s: a line is lost: %q", filepath.Base(name), line)
			}
		}
	}
}

// comparable is a text without what a repair may change: marks, and how deep
// headings are.
func comparable(text string) string {
	text = strings.NewReplacer("#", "", `\`, "", "~", "", "<strike>", "", "</strike>", "").Replace(text)
	return strings.Join(strings.Fields(text), " ")
}

func TestAnIssueGetsNoIDThatWindowsCannotCarry(t *testing.T) {
	content := filepath.Join(t.TempDir(), "content")
	_, err := cstate.Import(testimport.Folder(t, map[string]string{
		"config.yml":            "title: Example\nparams:\n  systems:\n    - name: API\n",
		"content/issues/aux.md": "---\ntitle: Down\ndate: 2022-01-01 10:00:00\nresolved: true\nresolvedWhen: 2022-01-01 11:00:00\nseverity: down\naffected: [API]\n---\nIt is down.\n",
	}), importer.Options{Content: content, Now: testimport.Later})
	if err != nil {
		t.Fatal(err)
	}
	written, err := filepath.Glob(filepath.Join(content, "incidents/*.md"))
	if err != nil || len(written) != 1 || filepath.Base(written[0]) != "aux-2.md" {
		t.Errorf("it wrote %q, %v", written, err)
	}
}

func TestASecondImportFindsWhatIsThere(t *testing.T) {
	content := filepath.Join(t.TempDir(), "content")
	for _, test := range []struct{ source, want string }{
		{"cstate-jenkins", "297 events already there"},
		{"statuskit-agrc", "11 events already there"},
	} {
		source := testneed.Corpus(t, test.source)
		content := content + test.source
		for run := range 2 {
			report, err := cstate.Import(source, importer.Options{Content: content, Now: testimport.Later})
			if err != nil {
				t.Fatal(err)
			}
			if said := testimport.Printed(t, report); run == 1 && (!strings.Contains(said, test.want) || len(report.Written) > 0 || strings.Contains(said, "differs")) {
				t.Errorf("the second run says:\n%s", said)
			}
		}
	}
}

// FuzzCState looks for an issue that stops the program, or is imported as
// something that check refuses.
func FuzzCState(f *testing.F) {
	f.Add("issue.md", []byte("---\ntitle: x\ndate: 2022-01-01 10:00\nresolved: true\nresolvedWhen: 2022-01-01 11:00\nseverity: down\naffected: [API]\n---\n*Resolved* - x {{< track \"2022-01-01 11:00\" >}}\n\n*Investigating* - <b>y</b> {{< track \"2022-01-01 10:00\" >}}\n"))
	f.Add("a b ü.md", []byte("+++\ntitle = \"x\"\ndate = 2022-01-01\n+++\n[Final]\n\n# h\n\n##x\n\n<div>\n```\n## Resolved\n"))
	f.Add("index.md", []byte("{\n\"title\": \"x\", \"date\": \"2022-01-01T10:00:00Z\", \"informational\": true\n}\n**Update - 2022-01-01 10h00 UTC**\n\n- [x](javascript:x)\n"))
	f.Fuzz(func(t *testing.T, name string, raw []byte) {
		source := t.TempDir()
		issues := filepath.Join(source, "content", "issues")
		if err := os.MkdirAll(issues, 0o777); err != nil {
			t.Fatal(err)
		}
		if os.WriteFile(filepath.Join(issues, filepath.Base(name)), raw, 0o666) != nil {
			t.Skip("no name of a file")
		}
		content := filepath.Join(t.TempDir(), "content")
		if _, err := cstate.Import(source, importer.Options{Content: content, Now: testimport.Later}); err != nil {
			return
		}
		if _, err := cstate.Import(source, importer.Options{Content: content, Now: testimport.Later}); err != nil {
			t.Fatal(err)
		}
	})
}
