package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/api"
	"allclear/generator/status"
)

func TestTheHistoryLeadsToEveryEventOnce(t *testing.T) {
	s := quiet()
	want := map[string]bool{}
	for i := range 200 {
		kind := status.Kind(i % 3 / 2)
		id := fmt.Sprintf("event-%d", i)
		addEvent(s, kind, id, said(map[status.Kind]status.EventStatus{status.Incident: status.Investigating, status.Maintenance: status.Scheduled}[kind], 50*i, "Text."))
		want[id] = true
	}
	got := map[string]bool{}
	for _, m := range dig(t, s, "api/v2/history.json", "months").([]any) {
		month := m.(map[string]any)
		path := strings.TrimPrefix(month["url"].(string), "https://status.example.com/")
		for _, key := range []string{"incidents", "scheduled_maintenances"} {
			events := dig(t, s, path, key)
			ids := each(t, events, "id")
			if float64(len(ids)) != month[key] {
				t.Errorf("%s has %d %s, and the index says %v", path, len(ids), key, month[key])
			}
			for i, at := range each(t, events, "created_at") {
				if !strings.HasPrefix(at.(string), month["month"].(string)) {
					t.Errorf("%s has an event of %s", path, at)
				}
				if id := ids[i].(string); got[id] {
					t.Errorf("%s is in two months", id)
				} else {
					got[id] = true
				}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAMonthSaysOfAnEventWhatItsOwnFileSays(t *testing.T) {
	s := rich()
	for _, test := range []struct {
		path, key, own, ownKey string
		index                  int
	}{
		{"api/v2/history/2022-11.json", "incidents", "api/v2/incidents/reviewed.json", "incident", 1},
		{"api/v2/history/2022-11.json", "scheduled_maintenances", "api/v2/scheduled-maintenances/finished.json", "scheduled_maintenance", 2},
	} {
		want := dig(t, s, test.own, test.ownKey)
		if diff := cmp.Diff(want, dig(t, s, test.path, test.key, test.index)); diff != "" {
			t.Errorf("%s:\n%s", test.own, diff)
		}
	}
}

func TestAnOldMonthDoesNotMoveOnWithTheSite(t *testing.T) {
	before, after := rich(), rich()
	after.At, after.Updated = hours(900), hours(900)
	for _, c := range after.Components {
		c.Status, c.UpdatedAt, c.Retired = status.MajorOutage, hours(900), true
	}
	addEvent(after, status.Incident, "news", said(status.Investigating, 900, "Looking."))
	const path = "api/v2/history/2022-11.json"
	if diff := cmp.Diff(string(fetch(t, before, path)), string(fetch(t, after, path))); diff != "" {
		t.Error(diff)
	}
}

func TestAnEventStandsInTheMonthOfItsFirstUpdateInThePagesZone(t *testing.T) {
	s := quiet()
	s.Site.Zone = zone(t, "Asia/Kolkata")
	e := addEvent(s, status.Incident, "one", said(status.Investigating, 0, "Looking."), said(status.Resolved, 99, "Over."))
	e.CreatedAt = time.Date(2022, 11, 30, 20, 0, 0, 0, time.UTC).In(s.Site.Zone) // 01:30 on the first of December there
	e.UpdatedAt = e.UpdatedAt.In(s.Site.Zone)
	want := []any{map[string]any{
		"month": "2022-12", "url": "https://status.example.com/api/v2/history/2022-12.json",
		"incidents": 1.0, "scheduled_maintenances": 0.0, "updated_at": "2022-12-05T20:30:00.000+05:30",
	}}
	if diff := cmp.Diff(any(want), dig(t, s, "api/v2/history.json", "months")); diff != "" {
		t.Error(diff)
	}
}

func TestFreshnessKnowsTheClockAndNothingHeldBack(t *testing.T) {
	for now, want := range map[time.Time]string{
		hours(0): "2022-12-01T18:00:00.000Z", // the announced maintenance begins; the update held back until 15:00 does not count
		hours(7): "2022-12-01T20:00:00.000Z", // it ends
		hours(9): "2022-12-02T00:00:00.000Z", // the day does
	} {
		s := derived(t, now)
		content := fetch(t, s, "api/v2/freshness.json")
		var got map[string]any
		if err := json.Unmarshal(content, &got); err != nil {
			t.Fatal(err)
		}
		if got["next_change_at"] != want {
			t.Errorf("at %s it is %v, want %s", now, got["next_change_at"], want)
		}
	}
	for _, r := range api.Routes(derived(t, hours(0)), words{}) {
		if strings.Contains(string(fetch(t, derived(t, hours(0)), r.Path)), "eld back") || strings.Contains(r.Path, "held") {
			t.Errorf("%s reveals the held-back incident", r.Path)
		}
	}
}
