package generator_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

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

func TestAnOpenPageIsUpdatedBetweenBuilds(t *testing.T) {
	server := testbrowser.Serve(t, builtFrom(t, liveSite(true, "")))
	deploy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		server.Show(builtFrom(t, liveSite(false, "")))
	}))
	defer deploy.Close()
	fresh := testbrowser.Serve(t, builtFrom(t, liveSite(false, "freshness: 24h\n")))
	wrong := map[string][]string{}
	testbrowser.Run(t, "live.mjs", map[string]string{"url": server.URL, "next": deploy.URL, "beat": fresh.URL}, &wrong)
	if len(wrong) != 10 {
		t.Errorf("%d scenarios ran", len(wrong))
	}
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
