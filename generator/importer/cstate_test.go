package importer_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"allclear/generator/importer"
)

var later = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// folder writes files into a new folder.
func folder(t *testing.T, files []txtar.File) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// printed is what a report says.
func printed(t *testing.T, r *importer.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Print(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Each file of testdata/cstate is a small site in the habits of some real one:
// first what to import, below want/ what must come of it, want/report the
// report. What is written holds to every rule.
func TestHabitsOfManySitesComeIn(t *testing.T) {
	cases, err := filepath.Glob("testdata/cstate/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var given []txtar.File
			want := map[string]string{}
			for _, f := range archive.Files {
				if below, ok := strings.CutPrefix(f.Name, "want/"); ok {
					want[below] = string(f.Data)
				} else {
					given = append(given, f)
				}
			}
			options := importer.Options{Content: filepath.Join(t.TempDir(), "content"), Now: later}
			if zone, ok := strings.CutPrefix(strings.TrimSpace(string(archive.Comment)), "timezone "); ok {
				if options.Zone, err = time.LoadLocation(zone); err != nil {
					t.Fatal(err)
				}
			}
			report, err := importer.CState(folder(t, given), options)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{"report": printed(t, report)}
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
			build(t, options.Content, later)
		})
	}
}

// marker is a line of a recorded site that says when a text was written, and
// became a heading.
var marker = regexp.MustCompile(`^(\[[^\]]*\]|\*\*[0-9T:Z +-]+\*\*|-{3,})$`)

var commented = regexp.MustCompile(`(?s)<!--.*?-->`)

func TestASiteOfManyHandsComesInWhole(t *testing.T) {
	source := corpusPath(t, "cstate-jenkins")
	content := filepath.Join(t.TempDir(), "content")
	report, err := importer.CState(source, importer.Options{Content: content, Now: later})
	if err != nil {
		t.Fatal(err)
	}
	if report.Incidents != 297 || report.LeftOut() != 0 || len(report.Written) != 298 {
		t.Errorf("%d of 297 incidents in %d files, %d left out", report.Incidents, len(report.Written), report.LeftOut())
	}
	built := build(t, content, later)
	if n := len(built.json(t, "api/v2/incidents.json")["incidents"].([]any)); n != 50 {
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
			t.Errorf("%s came in under another name", name)
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

// comparable is a text without what a mend may change: marks, and how deep
// headings are.
func comparable(text string) string {
	return words(strings.NewReplacer("#", "", `\`, "", "~", "", "<strike>", "", "</strike>", "").Replace(text))
}

func TestASecondImportFindsWhatIsThere(t *testing.T) {
	content := filepath.Join(t.TempDir(), "content")
	for _, test := range []struct{ source, want string }{
		{"cstate-jenkins", "297 events there already"},
		{"statuskit-agrc", "11 events there already"},
	} {
		source := corpusPath(t, test.source)
		content := content + test.source
		for run := range 2 {
			report, err := importer.CState(source, importer.Options{Content: content, Now: later})
			if err != nil {
				t.Fatal(err)
			}
			if said := printed(t, report); run == 1 && (!strings.Contains(said, test.want) || len(report.Written) > 0 || strings.Contains(said, "differs")) {
				t.Errorf("the second run says:\n%s", said)
			}
		}
	}
}
