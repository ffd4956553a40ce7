package api_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/api"
	"allclear/generator/derive"
	"allclear/generator/status"
)

// published is every path of the API, in lower case, as some disks see them.
func published(t *testing.T, s *derive.Snapshot) map[string]bool {
	t.Helper()
	paths := map[string]bool{}
	for _, r := range api.Routes(s, words{}) {
		key := strings.ToLower(r.Path)
		if paths[key] {
			t.Errorf("%s is published twice", r.Path)
		}
		paths[key] = true
	}
	return paths
}

// imported is a site with ids as after an import, some of them awkward.
func imported(t *testing.T) *derive.Snapshot {
	s := derived(t, hours(7))
	for i, id := range []string{"api", "v2", "", "incidents", "json"} {
		s.Site.Events[i].APIID = id
	}
	s.Site.Components[1].APIID = "p1"
	return derive.Derive(s.Site, hours(7))
}

// TestEveryIDLeadsToItsDocument follows each id in each document.
func TestEveryIDLeadsToItsDocument(t *testing.T) {
	s := imported(t)
	paths := published(t, s)
	for _, r := range api.Routes(s, words{}) {
		if !strings.HasPrefix(r.Path, "api/v2/") {
			continue
		}
		var document any
		if err := json.Unmarshal(fetch(t, s, r.Path), &document); err != nil {
			t.Fatal(err)
		}
		eachID(document, func(folder, id string) {
			end := ".json"
			if folder == "components" {
				end = "/uptime.json"
			}
			if path := "api/v2/" + folder + "/" + id + end; !paths[path] {
				t.Errorf("%s has the id %s, and the site no %s", r.Path, id, path)
			}
		})
	}
}

// eachID yields each id of a document with the folder that it leads to.
func eachID(value any, yield func(folder, id string)) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			eachID(item, yield)
		}
	case map[string]any:
		id := func(key string) string { text, _ := value[key].(string); return text }
		_, isEvent := value["shortlink"]
		_, isUpdate := value["incident_id"]
		_, isComponent := value["showcase"]
		_, isTouched := value["status"]
		_, hasStart := value["start_date"]
		switch {
		case isEvent:
			yield("incidents", id("id"))
			if _, planned := value["scheduled_for"]; planned {
				yield("scheduled-maintenances", id("id"))
			}
		case isUpdate:
			yield("incidents", id("incident_id"))
		case value["old_status"] != nil:
			yield("components", id("code"))
		case isComponent && value["group"] == false, !isComponent && value["id"] != nil && (isTouched || hasStart):
			yield("components", id("id"))
		case value["code"] != nil:
			yield("incidents", id("code"))
		}
		for _, item := range value {
			eachID(item, yield)
		}
	}
}

func TestADocumentStaysWhereItWasBeforeThereWasAnAPIID(t *testing.T) {
	s := imported(t)
	for old, now := range map[string]string{
		"api/v2/incidents/off.json":                  "api/v2/incidents/api.json",
		"api/v2/scheduled-maintenances/upgrade.json": "api/v2/scheduled-maintenances/incidents.json",
		"api/v2/components/push/uptime.json":         "api/v2/components/p1/uptime.json",
	} {
		if diff := cmp.Diff(string(fetch(t, s, now)), string(fetch(t, s, old))); diff != "" {
			t.Errorf("%s and %s differ:\n%s", old, now, diff)
		}
	}
	if paths := published(t, s); paths["api/v2/incidents/upgrade.json"] {
		t.Error("the maintenance has a path that it never had")
	}
}

func TestAMaintenanceIsFoundAmongIncidentsToo(t *testing.T) {
	s := imported(t)
	as := dig(t, s, "api/v2/scheduled-maintenances/incidents.json", "scheduled_maintenance")
	if diff := cmp.Diff(as, dig(t, s, "api/v2/incidents/incidents.json", "incident")); diff != "" {
		t.Error(diff)
	}
}

// An id that a component or an event had may be another one's API id, and two
// ids may differ only by case.
func TestAnOldIDLeadsToTheDocumentThatHasItNow(t *testing.T) {
	s := derived(t, hours(7))
	web, push, old := s.Site.Components[0], s.Site.Components[1], s.Site.Components[2]
	web.APIID, push.APIID, push.Aliases, old.APIID = "PUSH", "p1", []string{"p1", "web", "first"}, "Web"
	s.Site.Events[0].APIID = "Off"
	s = derive.Derive(s.Site, hours(7))
	published(t, s)
	for path, want := range map[string]string{
		"api/v2/components/PUSH/uptime.json":  "PUSH",
		"api/v2/components/p1/uptime.json":    "p1",
		"api/v2/components/Web/uptime.json":   "Web",
		"api/v2/components/first/uptime.json": "p1",
	} {
		if got := dig(t, s, path, "component", "id"); got != want {
			t.Errorf("%s is of %v, want %s", path, got, want)
		}
	}
}

func TestOldIDsOfAComponentLeadToItsUptime(t *testing.T) {
	s := derived(t, hours(7))
	s.Site.Components[1].Aliases = []string{"messages", "pushes"}
	s = derive.Derive(s.Site, hours(7))
	want := fetch(t, s, "api/v2/components/push/uptime.json")
	for _, alias := range []string{"messages", "pushes"} {
		if !bytes.Equal(want, fetch(t, s, "api/v2/components/"+alias+"/uptime.json")) {
			t.Errorf("%s has another document", alias)
		}
	}
}

func TestTheAPIsStatusDependsOnlyOnComponents(t *testing.T) {
	s := derived(t, hours(0))
	s.Site.Events = append(s.Site.Events, &status.Event{
		ID: "alone", Title: "Alone", Severity: status.Critical, SeverityStated: true,
		Updates: []status.Update{{ID: "a", At: hours(-1), Status: status.Investigating}},
	})
	for _, e := range s.Site.Events {
		if e.ID == "open" {
			e.Severity = status.None
		}
	}
	s = derive.Derive(s.Site, hours(0))
	if s.Banner.Message != derive.MajorOutage {
		t.Fatalf("the banner says %s", s.Banner.Message)
	}
	want := map[string]any{"indicator": "none", "description": "All Systems Operational"}
	for _, path := range []string{"status.json", "summary.json"} {
		if diff := cmp.Diff(any(want), dig(t, s, "api/v2/"+path, "status")); diff != "" {
			t.Errorf("%s:\n%s", path, diff)
		}
	}
	for _, c := range dig(t, s, "api/v2/components.json", "components").([]any) {
		if c := c.(map[string]any); c["status"] != "operational" {
			t.Errorf("%v is %v", c["id"], c["status"])
		}
	}
}
