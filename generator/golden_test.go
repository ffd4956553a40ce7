package generator_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the example site into testdata/example.txtar; read the diff")

// golden are the files of the example site in testdata/example.txtar: the text of
// pages, JSON with one value per line, and the bytes of other files.
var golden = []string{
	"404.html", "_redirects", "api/v2/components.json", "api/v2/freshness.json", "api/v2/history.json",
	"api/v2/incidents/2022-12-01-india-sdk-endpoint.json", "api/v2/scheduled-maintenances/2024-05-18-sample-database-upgrade.json",
	"api/v2/status.json", "api/v2/summary.json", "badge.json", "components/dashboard/index.html", "embed/index.html",
	"history/2024/05/index.html", "history/incidents/2022/12/index.html", "history/index.html", "incidents/2022-12-01-india-sdk-endpoint/index.html",
	"incidents/2024-03-14-sample-campaigns-stopped/index.html", "incidents/2026-11-20-sample-slow-reports/index.html",
	"index.html", "issues/2024-03-14/index.html", "maintenance/2024-05-18-sample-database-upgrade/index.html",
	"maintenance/2035-01-20-sample-move/index.html", "maintenance.ics", "robots.txt", "search/2024-1.json", "sitemap.xml", "status.txt", "subscribe/index.html", "uptime.csv", "uptime/index.html",
}

// everyPath is the section with the path of each file of the site. A new file may
// be missing from it, but what it names must be published.
const everyPath = "every path"

// TestExampleSiteIsAsRecorded shows in a diff what a change means for readers and
// clients:
//
//	go test ./generator -run ExampleSite -update
func TestExampleSiteIsAsRecorded(t *testing.T) {
	files := rendered(t, exampleOptions())
	got := &txtar.Archive{}
	for _, name := range golden {
		text, ok := files[name]
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		got.Files = append(got.Files, txtar.File{Name: name, Data: readable(t, name, text)})
	}
	const record = "testdata/example.txtar"
	if *update {
		paths := strings.Join(slices.Sorted(maps.Keys(files)), "\n") + "\n"
		got.Files = slices.Insert(got.Files, 0, txtar.File{Name: everyPath, Data: []byte(paths)})
		if err := os.WriteFile(record, txtar.Format(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	recorded, err := txtar.ParseFile(record)
	if err != nil {
		t.Fatal(err)
	}
	want := sections(recorded)
	for _, name := range strings.Fields(want[everyPath]) {
		if files[name] == nil {
			t.Errorf("%s is no longer published", name)
		}
	}
	delete(want, everyPath)
	if diff := cmp.Diff(want, sections(got)); diff != "" {
		t.Errorf("the example site (-recorded +now); if the change is meant, run this test with -update:\n%s", diff)
	}
}

// readable is a file in a form that is readable in a diff.
func readable(t *testing.T, name string, text []byte) []byte {
	t.Helper()
	switch path.Ext(name) {
	case ".html":
		return []byte(strings.Join(shownText(t, text), "\n") + "\n")
	case ".json":
		var b bytes.Buffer
		if err := json.Indent(&b, text, "", " "); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	case ".ics":
		return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	}
	return text
}

// sections is the text of each file of an archive, as it would be read back.
func sections(a *txtar.Archive) map[string]string {
	m := map[string]string{}
	for _, f := range txtar.Parse(txtar.Format(a)).Files {
		m[f.Name] = string(f.Data)
	}
	return m
}
