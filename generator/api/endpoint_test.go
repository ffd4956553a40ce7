package api_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/api"
	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/status"
)

func TestEveryEndpointHasItsRoute(t *testing.T) {
	s := rich()
	s.Events[0].Position = diag.Position{File: "content/incidents/open.md", Line: 2}
	s.Components[0].Component.Position = diag.Position{File: "content/site.yaml", Line: 9}
	var got []string
	for _, r := range api.Routes(s, words{}) {
		kind := "data"
		if r.Kind == output.EntryPoint {
			kind = "entry"
		}
		got = append(got, strings.TrimSpace(kind+" "+r.Path+" "+r.Origin.String()))
	}
	want := []string{
		"data api/v2/summary.json",
		"entry api/v2/status.json",
		"data api/v2/components.json",
		"data api/v2/incidents.json",
		"data api/v2/incidents/unresolved.json",
		"data api/v2/scheduled-maintenances.json",
		"data api/v2/scheduled-maintenances/upcoming.json",
		"data api/v2/scheduled-maintenances/active.json",
		"data api/v2/freshness.json",
		"data uptime.csv",
		"data api/openapi.json",
		"data api/v2/history.json",
		"data api/v2/history/2022-12.json",
		"data api/v2/history/2022-11.json",
		"data api/v2/components/dashboard/uptime.json content/site.yaml:9",
		"data api/v2/components/8l4ygp009s5s/uptime.json",
		"data api/v2/components/sdk/uptime.json",
		"data api/v2/components/push/uptime.json",
		"data api/v2/components/old/uptime.json",
		"data api/v2/incidents/open.json content/incidents/open.md:2",
		"data api/v2/incidents/planned.json",
		"data api/v2/scheduled-maintenances/planned.json",
		"data api/v2/incidents/running.json",
		"data api/v2/scheduled-maintenances/running.json",
		"data api/v2/incidents/nameless.json",
		"data api/v2/incidents/reviewed.json",
		"data api/v2/incidents/finished.json",
		"data api/v2/scheduled-maintenances/finished.json",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnEmptySiteSaysEmptyListsInCompactJSON(t *testing.T) {
	page := `{"page":{"id":"example0site","name":"Example","url":"https://status.example.com","time_zone":"Etc/UTC","updated_at":"2022-12-01T12:00:00.000Z"},`
	well := `"status":{"indicator":"none","description":"All Systems Operational"}}` + "\n"
	for path, rest := range map[string]string{
		"summary.json":                         `"components":[],"incidents":[],"scheduled_maintenances":[],` + well,
		"status.json":                          well,
		"components.json":                      `"components":[]}` + "\n",
		"incidents.json":                       `"incidents":[]}` + "\n",
		"incidents/unresolved.json":            `"incidents":[]}` + "\n",
		"scheduled-maintenances.json":          `"scheduled_maintenances":[]}` + "\n",
		"scheduled-maintenances/upcoming.json": `"scheduled_maintenances":[]}` + "\n",
		"scheduled-maintenances/active.json":   `"scheduled_maintenances":[]}` + "\n",
	} {
		if diff := cmp.Diff(page+rest, string(fetch(t, quiet(), "api/v2/"+path))); diff != "" {
			t.Errorf("%s:\n%s", path, diff)
		}
	}
}

func TestListsHoldTheEventsOfTheirKindInOrder(t *testing.T) {
	s := rich()
	late := addEvent(s, status.Incident, "late", said(status.Investigating, -1, "Looking."))
	addEvent(s, status.Incident, "later", said(status.Investigating, 0, "Looking."))
	late.UpdatedAt = hours(1)
	addEvent(s, status.Maintenance, "far", said(status.Scheduled, 0, "Soon.")).ScheduledFor = hours(500)
	addEvent(s, status.Maintenance, "near", said(status.Scheduled, 0, "Soon.")).ScheduledFor = hours(1)
	addEvent(s, status.Maintenance, "checked", said(status.Scheduled, -9, "Soon."), said(status.Verifying, 0, "Looking.")).ScheduledFor = hours(-400)
	addEvent(s, status.Maintenance, "off", said(status.Scheduled, -9, "Soon."), said(status.Cancelled, 0, "Cancelled."))
	for _, test := range []struct {
		path, key string
		want      []any
	}{
		{"incidents.json", "incidents", []any{"later", "late", "open", "nameless", "reviewed"}},
		{"incidents/unresolved.json", "incidents", []any{"later", "late", "open"}},
		{"summary.json", "incidents", []any{"late", "later", "open"}},
		{"scheduled-maintenances.json", "scheduled_maintenances", []any{"off", "checked", "near", "far", "planned", "running", "finished"}},
		{"scheduled-maintenances/upcoming.json", "scheduled_maintenances", []any{"near", "planned", "far"}},
		{"scheduled-maintenances/active.json", "scheduled_maintenances", []any{"checked", "running"}},
		{"summary.json", "scheduled_maintenances", []any{"near", "planned", "far", "checked", "running"}},
	} {
		t.Run(test.path+" "+test.key, func(t *testing.T) {
			got := each(t, dig(t, s, "api/v2/"+test.path, test.key), "id")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestThePlainListsHoldTheFiftyNewestAndOthersAll(t *testing.T) {
	s := quiet()
	for i := range 60 {
		addEvent(s, status.Incident, fmt.Sprintf("incident-%d", i), said(status.Investigating, i, "Looking."))
		addEvent(s, status.Maintenance, fmt.Sprintf("maintenance-%d", i), said(status.Scheduled, i, "Soon."))
	}
	for _, test := range []struct {
		path, key, newest string
		want              int
	}{
		{"incidents.json", "incidents", "incident-59", 50},
		{"scheduled-maintenances.json", "scheduled_maintenances", "maintenance-59", 50},
		{"incidents/unresolved.json", "incidents", "incident-59", 60},
		{"scheduled-maintenances/upcoming.json", "scheduled_maintenances", "maintenance-0", 60},
		{"summary.json", "incidents", "incident-59", 60},
		{"summary.json", "scheduled_maintenances", "maintenance-0", 60},
	} {
		ids := each(t, dig(t, s, "api/v2/"+test.path, test.key), "id")
		if len(ids) != test.want || ids[0] != test.newest {
			t.Errorf("%s has %d %s, the first of them %v; want %d and %s", test.path, len(ids), test.key, ids[0], test.want, test.newest)
		}
	}
}

func TestAnEventsOwnFileDoesNotMoveOnWithTheSite(t *testing.T) {
	paths := []string{"api/v2/incidents/reviewed.json", "api/v2/scheduled-maintenances/finished.json"}
	before, after := rich(), rich()
	after.At, after.Updated = hours(900), hours(900)
	after.Overall = derive.Overall{Indicator: status.IndicatorMinor, Message: derive.MinorOutage}
	for _, c := range after.Components {
		c.Status, c.UpdatedAt, c.Retired, c.InGroup, c.Position = status.MajorOutage, hours(900), true, nil, 0
	}
	addEvent(after, status.Incident, "news", said(status.Investigating, 900, "Looking."))
	for _, path := range paths {
		if diff := cmp.Diff(string(fetch(t, before, path)), string(fetch(t, after, path))); diff != "" {
			t.Errorf("%s:\n%s", path, diff)
		}
	}
}

func TestAnEventsOwnFileSaysTheWorstOfEachComponent(t *testing.T) {
	s := rich()
	want := []any{map[string]any{"id": "8l4ygp009s5s", "name": "SDK Ingestion", "status": "major_outage"}}
	s.Events[4].Affected = []derive.Affected{{Component: s.Components[1], Worst: status.MajorOutage}}
	if diff := cmp.Diff(any(want), dig(t, s, "api/v2/incidents/reviewed.json", "incident", "components")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(any([]any{}), dig(t, s, "api/v2/incidents/nameless.json", "incident", "components")); diff != "" {
		t.Error(diff)
	}
	want = []any{map[string]any{"id": "dashboard", "name": "Dashboard", "status": "under_maintenance"}}
	if diff := cmp.Diff(any(want), dig(t, s, "api/v2/scheduled-maintenances/finished.json", "scheduled_maintenance", "components")); diff != "" {
		t.Error(diff)
	}
}

func TestTheAPISaysAPIIDsAndPathsSayFileNames(t *testing.T) {
	s := rich()
	s.Events[0].APIID = "k7n0cqtm4s2p"
	incident := dig(t, s, "api/v2/incidents/open.json", "incident").(map[string]any)
	update := incident["incident_updates"].([]any)[0].(map[string]any)
	got := []any{incident["id"], update["incident_id"], incident["shortlink"]}
	if diff := cmp.Diff([]any{"k7n0cqtm4s2p", "k7n0cqtm4s2p", "https://status.example.com/incidents/open/"}, got); diff != "" {
		t.Error(diff)
	}
	link := dig(t, s, "api/v2/scheduled-maintenances/planned.json", "scheduled_maintenance", "shortlink")
	if link != "https://status.example.com/maintenance/planned/" {
		t.Errorf("the maintenance's shortlink is %v", link)
	}
}

func TestEachOverallStatusHasStatuspagesSentence(t *testing.T) {
	for i, message := range bannerMessages {
		s := quiet()
		s.Overall.Message = message
		if got := dig(t, s, "api/v2/status.json", "status", "description"); got != statusDescriptions[i] {
			t.Errorf("%s is %q, want %q", message, got, statusDescriptions[i])
		}
	}
}

func TestStatusIsAsLongAsStatuspageSaysIt(t *testing.T) {
	s := quiet()
	s.Site.APIID, s.Site.Title, s.Site.URL = "kctbh9vrtdwd", "GitHub", "https://www.githubstatus.com"
	headers := string(recorded(t, "statuspage-samples/statuspage-response-headers.txt"))
	got := bytes.TrimSuffix(fetch(t, s, "api/v2/status.json"), []byte("\n"))
	if want := fmt.Sprintf("content-length: %d\n", len(got)); !strings.Contains(headers, want) {
		t.Errorf("GitHub's status.json, %d bytes here, has another length in\n%s", len(got), headers)
	}
}

func TestWhatIsPolledMostIsSmall(t *testing.T) {
	s := quiet()
	s.Site.APIID = ""
	s.Site.Title, s.Site.URL = strings.Repeat("t", 60), "https://"+strings.Repeat("u", 52)
	s.Site.Zone = zone(t, "America/Argentina/ComodRivadavia")
	s.Updated = s.Updated.In(s.Site.Zone)
	s.Overall = derive.Overall{Indicator: status.IndicatorMaintenance, Message: derive.PartiallyDegraded}
	if length := len(fetch(t, s, "api/v2/status.json")); length > 400 {
		t.Errorf("status.json has %d bytes", length)
	}

	for i := range 50 {
		c := addComponent(s, status.Component{ID: fmt.Sprintf("service-%d", i), Name: fmt.Sprintf("Service number %d", i)})
		c.UpdatedAt = hours(-7 * i * i)
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(fetch(t, s, "api/v2/summary.json")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if packed.Len() > 3<<10 {
		t.Errorf("summary.json of 50 quiet components has %d bytes packed", packed.Len())
	}
}

func TestHostileTextComesBackAsItWas(t *testing.T) {
	hostile := "\"quotes\" \\ </script><!-- & \u2028\u2029 \x00\x01\x1b[31m\x7f \u202egnp.exe\u2066 🧨\U0001F469\u200d\U0001F692 \ufeff {{.}} %s \t\r\n end"
	s := quiet()
	s.Site.Title = hostile
	c := addComponent(s, status.Component{ID: "api", Name: hostile, Description: hostile})
	change := derive.Change{Component: c.Component, New: status.MajorOutage}
	addEvent(s, status.Incident, "one", said(status.Investigating, 0, hostile, change)).Title = hostile
	for _, test := range []struct {
		path  string
		steps []any
	}{
		{"summary.json", []any{"page", "name"}},
		{"summary.json", []any{"components", 0, "name"}},
		{"summary.json", []any{"components", 0, "description"}},
		{"incidents.json", []any{"incidents", 0, "name"}},
		{"incidents.json", []any{"incidents", 0, "incident_updates", 0, "body"}},
		{"incidents/one.json", []any{"incident", "incident_updates", 0, "affected_components", 0, "name"}},
		{"incidents/one.json", []any{"incident", "components", 0, "name"}},
	} {
		if diff := cmp.Diff(any(hostile), dig(t, s, "api/v2/"+test.path, test.steps...)); diff != "" {
			t.Errorf("%s %v:\n%s", test.path, test.steps, diff)
		}
	}
}

func TestTextIsEscapedNoFurtherThanJSONNeeds(t *testing.T) {
	s := quiet()
	addEvent(s, status.Incident, "one", said(status.Investigating, 0, "a < b && c > d \u2028 é"))
	if got := fetch(t, s, "api/v2/incidents.json"); !bytes.Contains(got, []byte(`"a < b && c > d \u2028 é"`)) {
		t.Errorf("the body is escaped otherwise in %s", got)
	}
}

func TestTextThatIsNotUTF8BecomesValidJSON(t *testing.T) {
	s := quiet()
	addEvent(s, status.Incident, "one", said(status.Investigating, 0, "bad \xff byte"))
	if got := dig(t, s, "api/v2/incidents.json", "incidents", 0, "incident_updates", 0, "body"); got != "bad \ufffd byte" {
		t.Errorf("the body is %q", got)
	}
}

func TestRoutesWriteTheSameBytesFromManyGoroutines(t *testing.T) {
	s := rich()
	for _, r := range api.Routes(s, words{}) {
		first := fetch(t, s, r.Path)
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				var again bytes.Buffer
				if err := r.Write(&again); err != nil || !bytes.Equal(first, again.Bytes()) {
					t.Errorf("%s: other bytes, or an error: %v", r.Path, err)
				}
			})
		}
		group.Wait()
	}
}

func TestALongListIsWrittenInPieces(t *testing.T) {
	s := quiet()
	for i := range 50 {
		addEvent(s, status.Incident, fmt.Sprintf("incident-%d", i), said(status.Investigating, i, strings.Repeat("Long text. ", 3000)))
	}
	var pieces pieces
	if err := route(t, s, "api/v2/incidents.json").Write(&pieces); err != nil {
		t.Fatal(err)
	}
	if pieces.largest > 128<<10 {
		t.Errorf("%d bytes came at once", pieces.largest)
	}
	if !json.Valid(pieces.all) {
		t.Error("the pieces make no JSON")
	}
}

// pieces remembers what was written to it.
type pieces struct {
	all     []byte
	largest int
}

func (p *pieces) Write(b []byte) (int, error) {
	p.all, p.largest = append(p.all, b...), max(p.largest, len(b))
	return len(b), nil
}

func TestAFullDiskIsReported(t *testing.T) {
	for _, r := range api.Routes(rich(), words{}) {
		if err := r.Write(full{}); !errors.Is(err, errFull) {
			t.Errorf("%s: the error is %v", r.Path, err)
		}
	}
}

var errFull = errors.New("no space left")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

// zone loads a zone by its IANA name.
func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	location, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return location
}
