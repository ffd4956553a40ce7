package generator_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/output"
	"allclear/generator/testbrowser"
)

// liveSite has an incident, open or resolved.
func liveSite(open bool, settings string) map[string]string {
	resolved := "resolved: 2026-11-21 15:00 UTC\n"
	if open {
		resolved = ""
	}
	return map[string]string{
		"site.yaml": "title: Example\nurl: https://status.example.com\n" + settings +
			"components:\n  - { id: web, name: Web }\n  - group: Europe\n    components:\n      - { id: api, name: API }\n      - { id: mail, name: Mail }\n",
		"incidents/outage.md": "---\ntitle: Outage\ncomponent: web\nseverity: critical\ninvestigating: 2026-11-21 08:00 UTC\n" + resolved + "---\n\nIt is out.\n\n## 2026-11-21 08:00 UTC {next=\"2026-11-21 16:30 UTC\"}\n\nWe look.\n",
	}
}

// liveWork begins at 16:30, half an hour after the page is opened.
const liveWork = "---\ntitle: Work on the web\ncomponent: web\nscheduled: 2026-11-20 08:00 UTC\nscheduled_for: 2026-11-21 16:30 UTC\nscheduled_until: 2026-11-21 18:30 UTC\n---\n\nWe move.\n\n" +
	"## 2026-11-21 15:00 UTC {next=\"2026-11-21 16:29 UTC\"}\n\nWe prepare.\n"

const liveOutage = "---\ntitle: Everything is out\ncomponent: r0-c1\nseverity: critical\ninvestigating: 2026-11-21 15:10 UTC\n---\n\nIt is out.\n"

// lateOutage is on two dates, for a reader far in the east.
const lateOutage = "---\ntitle: A late one\ncomponent: web\nseverity: minor\ninvestigating: 2026-11-21 12:00 UTC\nresolved: 2026-11-21 13:00 UTC\n---\n\nIt is slow.\n\n## Resolved\n\nIt is fast.\n"

// crowded is a site with more maintenance to come than a page has room to foresee:
// half an hour of each hour from 16:00 on.
func crowded() map[string]string {
	files := map[string]string{"site.yaml": liveSite(false, "")["site.yaml"]}
	for i := range 20 {
		at := exampleNow.Truncate(time.Hour).Add(time.Duration(i+1) * time.Hour)
		files[fmt.Sprintf("maintenance/work-%d.md", i)] = fmt.Sprintf("---\ntitle: Work %d\ncomponent: web\nscheduled: 2026-11-20 08:00 UTC\nscheduled_for: %s\nscheduled_until: %s\n---\n\nWe move.\n",
			i, at.Format(time.RFC3339), at.Add(30*time.Minute).Format(time.RFC3339))
	}
	return files
}

// edited is a content folder with a text in a file in place of another one.
func edited(files map[string]string, name, old, new string) map[string]string {
	files[name] = strings.Replace(files[name], old, new, 1)
	return files
}

// folds is a site of groups with two components each, so many that they are folded.
func folds(names ...string) map[string]string {
	site := "title: Folds\nurl: https://status.example.com\ncomponents:\n"
	for _, name := range append(names, "x", "y", "z") {
		site += "  - group: Group " + strings.ToUpper(name) + "\n    id: " + name + "\n    components:\n"
		for i := range 15 {
			site += fmt.Sprintf("      - { id: %s%d, name: %s%d }\n", name, i, strings.ToUpper(name), i)
		}
	}
	return map[string]string{"site.yaml": site}
}

func TestAnOpenPageIsTrueBetweenBuilds(t *testing.T) {
	sites := map[string]string{}
	for name, out := range map[string]*output.Output{
		"open":         builtFrom(t, liveSite(true, "")),
		"over":         builtFrom(t, liveSite(false, "")),
		"quiet":        builtFrom(t, map[string]string{"site.yaml": liveSite(true, "")["site.yaml"]}),
		"fresh":        builtFrom(t, liveSite(false, "freshness: 24h\n")),
		"late":         builtFrom(t, edited(liveSite(false, ""), "incidents/late.md", "", lateOutage)),
		"arabicOver":   builtFrom(t, liveSite(false, "language: ar\n")),
		"before":       builtAt(t, liveSite(true, ""), exampleNow.Add(-3*time.Hour)),
		"crowded":      builtFrom(t, crowded()),
		"edited":       builtFrom(t, edited(liveSite(true, ""), "incidents/outage.md", "We look.", "We look closely.")),
		"work":         builtFrom(t, edited(liveSite(false, ""), "maintenance/work.md", "", liveWork)),
		"many":         builtFrom(t, manyComponents()),
		"manyOpen":     builtFrom(t, edited(manyComponents(), "incidents/outage.md", "", liveOutage)),
		"folds":        builtFrom(t, folds("a", "b", "c")),
		"foldsLater":   builtFrom(t, folds("a", "n", "b", "c")),
		"foldsWithout": builtFrom(t, edited(folds("a", "n", "b", "c"), "site.yaml", "      - { id: c2, name: C2 }\n", "")),
	} {
		sites[name] = testbrowser.Serve(t, out).URL
	}
	wrong := map[string][]string{}
	testbrowser.Run(t, "live.mjs", sites, &wrong)
	for scenario, sentences := range wrong {
		for _, sentence := range sentences {
			t.Errorf("%s: %s", scenario, sentence)
		}
	}
}

func TestABuildChangesOnlyTheHeartbeat(t *testing.T) {
	files := liveSite(true, "freshness: 24h\n")
	before := rendered(t, at(contentOf(t, files), exampleNow))
	after := rendered(t, at(contentOf(t, files), exampleNow.Add(1234567890)))
	heartbeat := "api/v2/heartbeat.json"
	if string(before[heartbeat]) == string(after[heartbeat]) {
		t.Errorf("it is still %s", before[heartbeat])
	}
	delete(before, heartbeat)
	delete(after, heartbeat)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("files differ (-before +after):\n%s", diff)
	}
}
