package cstate_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/importer"
	"allclear/generator/importer/cstate"
	"allclear/generator/importer/testimport"
)

const settings = "title: Example\nbaseURL: https://status.example.com\nparams:\n  systems:\n    - name: API\n"

// down is an issue with more keys, each a line.
func down(keys ...string) string {
	return "---\ntitle: Down\ndate: 2024-01-01T10:00:00Z\nresolved: true\nresolvedWhen: 2024-01-01T11:00:00Z\nseverity: down\naffected: [API]\nsection: issue\n" +
		strings.Join(append(keys, ""), "\n") + "---\nIt is down.\n"
}

// imported imports a site, and returns the names of the files without site.yaml,
// and the report.
func imported(t *testing.T, content string, site map[string]string) ([]string, *importer.Report) {
	t.Helper()
	report, err := cstate.Import(testimport.Folder(t, site), importer.Options{Content: content, Now: testimport.Later})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range report.Written {
		if below, _ := filepath.Rel(content, name); below != "site.yaml" {
			names = append(names, filepath.ToSlash(below))
		}
	}
	slices.Sort(names)
	return names, report
}

func TestOnlyWhatHugoPublishesIsImported(t *testing.T) {
	for _, test := range []struct {
		name string
		site map[string]string
		want []string
	}{
		{"what is not a page", map[string]string{
			"config.yml": settings, "content/issues/a.md": down(), "content/issues/_index.md": down(), "content/issues/.b.md": down(), "content/issues/c.md~": down(),
			"examples/d.md": down(), "exampleSite/content/issues/e.md": down(), "content/issues/README.md": "# Read me\n", "content/about.md": "---\ntitle: About\n---\nx\n",
			"content/f.md": down(),
		}, []string{"incidents/a.md", "incidents/f.md"}},
		{"a page that has a folder", map[string]string{
			"config.yml": settings, "content/issues/out/index.md": down(), "content/issues/out/notes.md": down(), "content/issues/out/more/x.md": down(),
		}, []string{"incidents/out.md"}},
		{"drafts, and what is to come, over or hidden", map[string]string{
			"config.yml": settings, "content/issues/a.md": down(), "content/issues/b.md": down("draft: true"), "content/issues/c.md": down("expiryDate: 2024-02-01"),
			"content/issues/d.md": down("publishDate: 2030-01-01"), "content/issues/e.md": down("headless: true"), "content/issues/f.md": down("build: { list: never }"),
			"content/issues/g.md": down("published: false"),
		}, []string{"incidents/a.md"}},
		{"the same where the settings want them", map[string]string{
			"config.yml": settings + "buildDrafts: true\nbuildExpired: true\nbuildFuture: true\n", "content/issues/b.md": down("draft: true"),
			"content/issues/c.md": down("expiryDate: 2024-02-01"), "content/issues/d.md": down("publishDate: 2030-01-01"),
		}, []string{"incidents/b.md", "incidents/c.md", "incidents/d.md"}},
		{"a page that no list has", map[string]string{
			"config.yml": settings, "content/issues/a.md": down(), "content/issues/b.md": strings.Replace(down(), "section: issue\n", "", 1),
		}, []string{"incidents/a.md"}},
		{"a site of before sections had a name", map[string]string{
			"config.yml": settings, "content/issues/b.md": strings.Replace(down(), "section: issue", "Section: post", 1),
		}, []string{"incidents/b.md"}},
		{"settings in many files", map[string]string{
			"config.toml": "title = \"x\"\ncontentDir = \"nope\"\n", "nope/issues/a.md": down(),
			"config/_default/config.yml": "contentDir: nowhere\n", "config/production/hugo.toml": "contentDir = \"pages\"\n", "config/staging/hugo.toml": "contentDir = \"other\"\n",
			"pages/issues/b.md": down(),
		}, []string{"incidents/b.md"}},
		{"several languages", map[string]string{
			"config.yml": settings + "defaultContentLanguage: de\nlanguages:\n  de: {}\n  en: {}\n", "content/issues/a.md": down(), "content/issues/a.en.md": down(),
			"content/issues/b.de.md": down(), "content/issues/c.fr.md": down(),
		}, []string{"incidents/a.md", "incidents/b.md", "incidents/c-fr.md"}},
		{"a folder of pages", map[string]string{"a.md": down()}, []string{"incidents/a.md"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, _ := imported(t, filepath.Join(t.TempDir(), "content"), test.site)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAThemeHoldsNoIncidents(t *testing.T) {
	content := filepath.Join(t.TempDir(), "content")
	theme := testimport.Folder(t, map[string]string{"layouts/issues/small.html": "x", "theme.toml": "name = \"x\"\n", "exampleSite/content/issues/a.md": down()})
	_, err := cstate.Import(theme, importer.Options{Content: content, Now: testimport.Later})
	if err == nil || !strings.Contains(err.Error(), "holds no incidents") {
		t.Errorf("the error is %v", err)
	}
	if _, err := os.Stat(content); err == nil {
		t.Error("it wrote a content folder")
	}
}

// What Hugo would not build is imported as far as it can be read.
func TestAFaultyFileIsImported(t *testing.T) {
	with := func(old, new string) string { return strings.Replace(down(), old, new, 1) }
	for _, test := range []struct{ name, file, want string }{
		{"a colon in the title", with("title: Down", "title: Outage: API down"), `title: "Outage: API down"`},
		{"a tab", with("affected: [API]", "affected:\n\t- API"), "component: api"},
		{"a comment of HTML", with("severity", "<!-- x: y -->\nseverity"), "severity: critical"},
		{"a key twice", with("title: Down", "title: Up\ntitle: Down"), "title: Down"},
		{"front matter without an end", with("section: issue\n---", "section: issue\n"), "It is down."},
		{"another encoding", with("It is down.", "It is down in K\xf6ln."), "It is down in Köln."},
		{"a mark of the encoding, and Windows' line ends", "\ufeff" + strings.ReplaceAll(down(), "\n", "\r\n"), "resolved: 2024-01-01 11:00 UTC"},
		{"a day that does not exist", with("date: 2024-01-01T10:00:00Z", "date: 2017-02-30 14:30:00Z"), "investigating: 2017-02-28 14:30 UTC"},
		{"an hour that does not exist", with("resolvedWhen: 2024-01-01T11", "resolvedWhen: 2024-01-01T55"), "resolved: 2024-01-01 10:00 UTC"},
		{"Go's own form of times", with("2024-01-01T10:00:00Z", "2019-05-13 15:00:00 +0000 UTC"), "investigating: 2019-05-13 15:00 UTC"},
		{"false in quotes, which is true", with("resolved: true", "resolved: \"false\""), "resolved: 2024-01-01 11:00 UTC"},
		{"a component without a name, and one in other letters", with("[API]", "[\"\", api]"), "component: api"},
		{"JSON", `{"title": "Down", "date": "2024-01-01T10:00:00Z", "resolved": false, "severity": "down", "section": "issue"}` + "\nIt is down.\n", "severity: critical"},
		{"TOML", "+++\ntitle = \"Down\"\ndate = 2024-01-01T10:00:00\nresolved = true\nresolvedWhen = 2024-01-01T11:00:00Z\nsection = \"issue\"\n+++\nIt is down.\n", "resolved: 2024-01-01 11:00 UTC"},
	} {
		content := filepath.Join(t.TempDir(), "content")
		names, report := imported(t, content, map[string]string{"config.yml": settings, "content/issues/a.md": test.file})
		if len(names) != 1 || report.LeftOut() > 0 {
			t.Errorf("%s: it wrote %q; %v", test.name, names, report.Notes)
			continue
		}
		text, err := os.ReadFile(filepath.Join(content, names[0]))
		if err != nil || !strings.Contains(string(text), test.want) {
			t.Errorf("%s: %q is not in\n%s", test.name, test.want, text)
		}
	}
}

func TestOldAddressesLeadToTheNewPages(t *testing.T) {
	content := filepath.Join(t.TempDir(), "content")
	imported(t, content, map[string]string{
		"config.yml": settings + "permalinks:\n  posts: /:year/:month/:filename/\n", "content/issues/2024-01-01-Störung am Ort.md": down(),
		"content/issues/日本語.md": down("title: x"), "content/issues/out/index.md": down("slug: AWS Down"), "content/issues/a.md": down("url: /Own/Address/"),
		"content/posts/b.md": down("aliases: [/both/]"), "content/issues/c.md": strings.Replace(down("aliases: [/both, /history/]"), "2024-01-01T11", "2024-01-01T12", 1),
		"content/issues/news.md": "---\ntitle: News\ndate: 2024-02-03T10:00:00Z\ninformational: true\nresolved: false\nsection: issue\n---\nNews.\n",
	})
	site := testimport.Build(t, content, testimport.Later)
	for _, old := range []string{
		"issues/2024-01-01-störung-am-ort", "issues/日本語", "issues/aws-down", "Own/Address", "2024/01/b", "both", "issues/c", "issues/news",
	} {
		if _, ok := site[old+"/index.html"]; !ok {
			t.Errorf("nothing is at %s", old)
		}
	}
	if redirects := site.Text(t, "_redirects"); !strings.Contains(redirects, "/issues/2024-01-01-st%C3%B6rung-am-ort/ /incidents/2024-01-01-stoerung-am-ort/ 301!\n") ||
		!strings.Contains(redirects, "/issues/news/ /history/2024/02/ 301!\n") {
		t.Errorf("the redirects are\n%s", redirects)
	}
}

// A site that moves on is imported again and again.
func TestALaterImportGoesOn(t *testing.T) {
	content := filepath.Join(t.TempDir(), "content")
	open := strings.NewReplacer("resolved: true", "resolved: false", "resolvedWhen: 2024-01-01T11:00:00Z\n", "", "[API]", "[Nobody knows]").Replace(down())
	site := map[string]string{"config.yml": settings, "content/issues/a.md": down(), "content/issues/open.md": open}
	if _, report := imported(t, content, site); report.LeftOut() != 1 || report.In != 2 {
		t.Errorf("the first import says %v", report.Notes)
	}
	site["content/issues/b.md"] = strings.Replace(down(), "[API]", "[Old API]", 1)
	site["content/issues/a.md"] = strings.Replace(down(), "It is down.", "It is down. It was the cable, which nobody had seen.", 1)
	site["content/issues/open.md"] = strings.Replace(strings.Replace(down(), "[API]", "[Nobody knows]", 1), "It is down.", "It is down.\n\n*Resolved* - Over. {{< track \"2024-01-01T11:00:00Z\" >}}", 1)
	names, report := imported(t, content, site)
	if diff := cmp.Diff([]string{"incidents/b.md"}, names); diff != "" || report.LeftOut() > 0 || len(report.Appended) != 1 || report.Extended == "" {
		t.Errorf("the second import says %s %+v", diff, report)
	}
	if said := testimport.Printed(t, report); !strings.Contains(said, `in the source "It is down. It was the cable, which nobody had seen."`) {
		t.Errorf("the report is\n%s", said)
	}
	testimport.Build(t, content, testimport.Later)
}

// What is planned is announced when it is imported first, and again and again.
func TestPlannedWorkIsKeptAsItWasAnnounced(t *testing.T) {
	content := filepath.Join(t.TempDir(), "content")
	site := testimport.Folder(t, map[string]string{
		"config.yml":               settings + "buildFuture: true\n",
		"content/issues/work.md":   "---\ntitle: Maintenance\ndate: 2026-12-01T10:00:00Z\nresolved: false\nresolvedWhen: 2026-12-01T12:00:00Z\nseverity: notice\nsection: issue\n---\nWe work.\n",
		"content/issues/future.md": "---\ntitle: Slow\ndate: 2026-12-01T10:00:00Z\nresolved: false\nseverity: notice\nsection: issue\n---\nWe look.\n",
	})
	for days := range 2 {
		report, err := cstate.Import(site, importer.Options{Content: content, Now: testimport.Later.Add(time.Duration(days) * 24 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		if said := testimport.Printed(t, report); days > 0 && (report.Same != 2 || strings.Contains(said, "differs")) {
			t.Errorf("the second import says\n%s", said)
		}
	}
	summary := testimport.Build(t, content, testimport.Later).JSON(t, "api/v2/summary.json")
	if n := len(summary["incidents"].([]any)); n != 1 {
		t.Errorf("%d incidents are open, want the one that is not resolved", n)
	}
	if n := len(summary["scheduled_maintenances"].([]any)); n != 1 {
		t.Errorf("%d maintenances are planned", n)
	}
}
