package statuspage_test

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/importer"
	"allclear/generator/importer/recorder"
	"allclear/generator/importer/statuspage"
	"allclear/generator/importer/testimport"
	"allclear/generator/testneed"
)

// object is a JSON object as it was parsed.
type object = map[string]any

// difference is a field that the API says otherwise than it was recorded.
type difference struct {
	field string // of an event, or incident_updates. and of an update
	event object // as recorded
	entry object // the recorded update, nil for a field of the event
	was   any
	is    any
}

// byDesign are the fields that may differ, and why. Each row tells a
// difference that is meant from one that is a loss.
var byDesign = []struct {
	field, reason string
	meant         func(d difference) bool
}{
	{"created_at", "an event is created with its first update; Statuspage makes it milliseconds before, or the day after the fact", func(d difference) bool {
		first := entries(d.event)[len(entries(d.event))-1]
		return d.is == second(first["display_at"])
	}},
	{"updated_at", "an event is updated with its newest update; the time of an edit is not imported", func(d difference) bool {
		return d.is == second(entries(d.event)[0]["display_at"]) && d.was.(string) > d.is.(string)
	}},
	{"started_at", "what began after it was resolved began with its first update", func(d difference) bool {
		was, _ := d.was.(string)
		resolved, _ := second(d.event["resolved_at"]).(string)
		return resolved != "" && was >= resolved
	}},
	{"started_at", "older responses don't have it", func(d difference) bool { return d.was == nil }},
	{"started_at", "a maintenance starts with its announcement; Statuspage makes it milliseconds before", func(d difference) bool {
		return d.event["impact"] == "maintenance"
	}},
	{"status", "the recording stops before a maintenance ends, and the clock ends it", clockEnded},
	{"resolved_at", "likewise", clockEnded},
	{"updated_at", "likewise", clockEnded},
	{"order of incident_updates", "likewise: the clock's own updates stand above the recorded ones", func(d difference) bool {
		return clockEnded(d) && strings.HasSuffix(d.is.(string), d.was.(string))
	}},
	{"incident_updates.created_at", "an update has only the time that is shown, not that of its entry", func(d difference) bool {
		return d.is == second(d.entry["display_at"])
	}},
	{"incident_updates.updated_at", "likewise, when it was edited", func(d difference) bool {
		return d.is == second(d.entry["display_at"])
	}},
	{"incident_updates.affected_components", "an update lists every component that its event has touched, under maintenance while that runs; an update that Statuspage makes itself lists none", func(d difference) bool {
		return d.was == "" && !strings.Contains(d.is.(string), "outage") && !strings.Contains(d.is.(string), "degraded")
	}},
	{"incident_updates.affected_components", "an event says what it did itself, not what another one did to a component before", func(d difference) bool {
		return d.entry["id"] == order(entries(d.event)[len(entries(d.event))-1:]) && strings.Contains(d.is.(string), " operational ")
	}},
	{"incident_updates.affected_components", "a component has the name that it has now", func(d difference) bool {
		return nameless(d.was.(string)) == nameless(d.is.(string))
	}},
	{"incident_updates.deliver_notifications", "nothing is sent by mail", func(d difference) bool { return d.is == true }},
	{"incident_updates.tweet_id", "nothing is tweeted", func(d difference) bool { return d.is == nil }},
}

// clockEnded reports whether a maintenance was recorded while it was open, and
// its end has come since.
func clockEnded(d difference) bool {
	return d.event["impact"] == "maintenance" && d.event["status"] != "completed"
}

func TestRecordedFieldsAreInTheBuiltAPI(t *testing.T) {
	used, compared := make([]int, len(byDesign)), false
	for _, test := range []struct {
		recorded string
		now      time.Time
	}{
		{"statuspage-github", time.Date(2026, 8, 21, 22, 46, 27, 0, time.UTC)},
		{"statuspage-samples/cloudflare-summary.json", time.Date(2026, 4, 21, 11, 2, 15, 0, time.UTC)},
		{"statuspage-samples/bexio-summary.json", time.Date(2026, 4, 21, 10, 53, 57, 0, time.UTC)},
		{"statuspage-samples/asana-summary.json", time.Date(2026, 4, 21, 13, 30, 0, 0, time.UTC)},
		{"statuspage-samples/atlassian_docs_example-incidents.json", time.Date(2021, 4, 21, 0, 0, 0, 0, time.UTC)},
	} {
		t.Run(test.recorded, func(t *testing.T) {
			source := testneed.Corpus(t, test.recorded)
			compared = true
			content := filepath.Join(t.TempDir(), "content")
			if _, err := load(source, importer.Options{Content: content, Now: test.now}); err != nil {
				t.Fatal(err)
			}
			built := testimport.Build(t, content, test.now)
			given := map[string]object{}
			var came, went []string // ids of incidents, newest first
			for _, month := range built.JSON(t, "api/v2/history.json")["months"].([]any) {
				response := built.JSON(t, "api/v2/history/"+month.(object)["month"].(string)+".json")
				for _, list := range []string{"incidents", "scheduled_maintenances"} {
					for _, e := range response[list].([]any) {
						given[e.(object)["id"].(string)] = e.(object)
						if list == "incidents" {
							came = append(came, e.(object)["id"].(string))
						}
					}
				}
			}
			recorded := recordedEvents(t, source)
			if len(recorded) != len(given) {
				t.Errorf("%d events were recorded, the API gives %d", len(recorded), len(given))
			}
			for _, e := range recorded {
				if e["impact"] != "maintenance" {
					went = append(went, e["id"].(string))
				}
			}
			if diff := cmp.Diff(went, came); diff != "" {
				t.Errorf("incidents stand in another order: %s", diff)
			}
			for _, e := range recorded {
				for _, d := range compareEvent(e, given[e["id"].(string)]) {
					if !meant(d, used) {
						t.Errorf("%s: %s %v: recorded %v, the API says %v", e["id"], d.field, d.entry["id"], d.was, d.is)
					}
				}
			}
		})
	}
	for i, row := range byDesign {
		if compared && used[i] == 0 && !t.Failed() {
			t.Errorf("nothing differs any more in %s because %s: take the row out", row.field, row.reason)
		}
	}
}

// served is a recorded page behind an address again.
func served(t *testing.T, source string, now time.Time) *testimport.Page {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(source, "components.json"))
	if err != nil {
		t.Fatal(err)
	}
	var given object
	if err := json.Unmarshal(raw, &given); err != nil {
		t.Fatal(err)
	}
	p := &testimport.Page{Form: "history", Now: now, Page: given["page"], Components: given["components"].([]any)}
	p.Events = append(p.Events, recordedEvents(t, source)...)
	slices.SortStableFunc(p.Events, func(a, b object) int { return strings.Compare(b["created_at"].(string), a["created_at"].(string)) })
	return p
}

func TestAPageComesBackAtEachOfItsAddresses(t *testing.T) {
	source := testneed.Corpus(t, "statuspage-github")
	now := time.Date(2026, 8, 21, 22, 46, 27, 0, time.UTC)
	server := httptest.NewServer(served(t, source, now))
	defer server.Close()
	clock, report := &testimport.Clock{At: now}, &importer.Report{}
	folder, err := recorder.Record(t.Context(), server.URL, recorder.Options{
		Folder: filepath.Join(t.TempDir(), "recorded"), Rate: 2, Now: clock.Now, Wait: clock.Wait, Progress: func(string) {},
	}, report)
	if err != nil {
		t.Fatal(err)
	}
	content := filepath.Join(t.TempDir(), "content")
	if err := statuspage.Import(folder, importer.Options{Content: content, Now: now}, report); err != nil {
		t.Fatal(err)
	}
	if report.In != 310 || report.LeftOut() > 0 {
		t.Errorf("%d of 310 events are in, %d things left out", report.In, report.LeftOut())
	}
	built, used := testimport.Build(t, content, now), make([]int, len(byDesign))
	for _, e := range recordedEvents(t, source) {
		id := e["id"].(string)
		if _, ok := built["incidents/"+id+"/index.html"]; !ok {
			t.Errorf("nothing is at /incidents/%s", id)
		}
		for _, d := range compareEvent(e, built.JSON(t, "api/v2/incidents/"+id+".json")["incident"].(object)) {
			if !meant(d, used) {
				t.Errorf("%s: %s %v: recorded %v, the API says %v", id, d.field, d.entry["id"], d.was, d.is)
			}
		}
		for _, c := range e["components"].([]any) {
			if code := c.(object)["id"].(string); built["components/"+code+"/index.html"].Write == nil {
				t.Errorf("nothing is at /components/%s", code)
			}
		}
	}
}

// meant reports whether a difference is by design, and counts the row that
// says so.
func meant(d difference, used []int) bool {
	for i, row := range byDesign {
		if row.field == d.field && row.meant(d) {
			used[i]++
			return true
		}
	}
	return false
}

// What is set by hand on a page, without an event, is in no recording of its
// events: how its components are now comes back by events alone.
func TestComponentsAndGroupsAreReadAsTheyWereWritten(t *testing.T) {
	for _, recorded := range []string{
		"statuspage-github/summary.json", "statuspage-samples/cloudflare-summary.json",
		"statuspage-samples/bexio-summary.json", "statuspage-samples/asana-summary.json",
	} {
		t.Run(recorded, func(t *testing.T) {
			source := testneed.Corpus(t, recorded)
			content := filepath.Join(t.TempDir(), "content")
			now := time.Date(2026, 8, 21, 22, 46, 27, 0, time.UTC)
			if _, err := load(source, importer.Options{Content: content, Now: now}); err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(source)
			if err != nil {
				t.Fatal(err)
			}
			var was object
			if err := json.Unmarshal(raw, &was); err != nil {
				t.Fatal(err)
			}
			is := testimport.Build(t, content, now).JSON(t, "api/v2/summary.json")
			for _, field := range []string{"id", "name", "url", "time_zone"} {
				if a, b := was["page"].(object)[field], is["page"].(object)[field]; a != b {
					t.Errorf("page.%s: recorded %v, the API says %v", field, a, b)
				}
			}
			if diff := cmp.Diff(components(was), components(is)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// components is what a summary says of each component, by its id: its status,
// and when that changed, aside.
func components(summary object) map[string]object {
	all := map[string]object{}
	for _, c := range summary["components"].([]any) {
		c := c.(object)
		kept := object{"place": 1} // among its siblings: Statuspage leaves gaps in position
		for _, other := range summary["components"].([]any) {
			o := other.(object)
			if o["group_id"] == c["group_id"] && o["position"].(float64) < c["position"].(float64) {
				kept["place"] = kept["place"].(int) + 1
			}
		}
		for _, field := range []string{"name", "description", "start_date", "group_id", "page_id", "group"} {
			kept[field] = c[field]
		}
		if text, ok := kept["description"].(string); ok {
			kept["description"] = words(text) // on one line
		}
		if c["group"] == true {
			kept["description"] = nil // a group has none
		}
		if members, ok := c["components"].([]any); ok {
			ids := []string{}
			for _, id := range members {
				ids = append(ids, id.(string))
			}
			slices.Sort(ids)
			kept["components"] = ids
		}
		all[c["id"].(string)] = kept
	}
	return all
}

// recordedEvents lists every event of a recording, newest created first.
func recordedEvents(t *testing.T, source string) []object {
	t.Helper()
	files := []string{source}
	if info, err := os.Stat(source); err == nil && info.IsDir() {
		files, _ = filepath.Glob(filepath.Join(source, "*.json"))
	}
	seen := map[string]bool{}
	var events []object
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var response object
		if err := json.Unmarshal(raw, &response); err != nil {
			t.Fatal(err)
		}
		for _, list := range []string{"incidents", "scheduled_maintenances"} {
			all, _ := response[list].([]any)
			for _, e := range all {
				if id := e.(object)["id"].(string); !seen[id] {
					seen[id] = true
					events = append(events, e.(object))
				}
			}
		}
	}
	return events
}

// compareEvent lists the fields of a recorded event that came back otherwise.
func compareEvent(was, is object) []difference {
	if is == nil {
		return []difference{{"the event", was, nil, "there", "missing"}}
	}
	var found []difference
	differ := func(field string, entry object, was_, is_ any) {
		if was_ != is_ {
			found = append(found, difference{field, was, entry, was_, is_})
		}
	}
	for _, field := range []string{"id", "name", "status", "impact", "page_id"} {
		differ(field, nil, was[field], is[field])
	}
	for _, field := range []string{"created_at", "updated_at", "monitoring_at", "resolved_at", "started_at", "scheduled_for", "scheduled_until"} {
		differ(field, nil, second(was[field]), second(is[field]))
	}
	differ("components", nil, componentIDs(was), componentIDs(is))
	before, after := entries(was), entries(is)
	differ("order of incident_updates", nil, order(before), order(after))
	for _, entry := range before {
		i := slices.IndexFunc(after, func(e object) bool { return e["id"] == entry["id"] })
		if i < 0 {
			differ("incident_updates", entry, "there", "missing")
			continue
		}
		for _, field := range []string{"id", "status", "incident_id", "deliver_notifications", "custom_tweet", "tweet_id"} {
			differ("incident_updates."+field, entry, entry[field], after[i][field])
		}
		for _, field := range []string{"created_at", "updated_at", "display_at"} {
			differ("incident_updates."+field, entry, second(entry[field]), second(after[i][field]))
		}
		differ("incident_updates.body", entry, words(recordedText(entry["body"].(string))), words(after[i]["body"].(string)))
		differ("incident_updates.affected_components", entry, affected(entry), affected(after[i]))
	}
	return found
}

func entries(event object) []object {
	var list []object
	all, _ := event["incident_updates"].([]any)
	for _, e := range all {
		list = append(list, e.(object))
	}
	return list
}

func order(entries []object) string {
	var ids []string
	for _, e := range entries {
		ids = append(ids, e["id"].(string))
	}
	return strings.Join(ids, " ")
}

// second is a time to the second, in UTC; nil stays nil.
func second(at any) any {
	text, ok := at.(string)
	if !ok {
		return nil
	}
	parsed, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return text
	}
	return parsed.UTC().Truncate(time.Second).Format(time.RFC3339)
}

func componentIDs(event object) string {
	var ids []string
	all, _ := event["components"].([]any)
	for _, c := range all {
		ids = append(ids, c.(object)["id"].(string))
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

// affected is what an update did to components, without their order.
func affected(update object) string {
	var lines []string
	all, _ := update["affected_components"].([]any)
	for _, c := range all {
		c := c.(object)
		lines = append(lines, fmt.Sprintf("%s %s %s %s", c["code"], c["name"], c["old_status"], c["new_status"]))
	}
	slices.Sort(lines)
	return strings.Join(lines, "; ")
}

// nameless is what affected says, without the names.
func nameless(lines string) string {
	var kept []string
	for _, line := range strings.Split(lines, "; ") {
		words := strings.Fields(line)
		kept = append(kept, strings.Join(slices.Delete(words, min(1, len(words)), max(len(words)-2, min(1, len(words)))), " "))
	}
	return strings.Join(kept, "; ")
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

var (
	anchor = regexp.MustCompile(`(?s)<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>`)
	anyTag = regexp.MustCompile(`</?(?:a|b|br|p|em|strong|i|u|ul|ol|li|div|span)\b[^>]*>`)
)

// recordedText is what a recorded body says: a link as its text and address,
// no markup.
func recordedText(body string) string {
	body = anchor.ReplaceAllStringFunc(body, func(a string) string {
		m := anchor.FindStringSubmatch(a)
		if m[1] == m[2] {
			return m[1]
		}
		return m[2] + " (" + m[1] + ")"
	})
	return html.UnescapeString(anyTag.ReplaceAllString(body, " "))
}
