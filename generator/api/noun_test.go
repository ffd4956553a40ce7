package api_test

import (
	"testing"
	"time"

	_ "time/tzdata" // zones on machines that have none

	"github.com/google/go-cmp/cmp"

	"allclear/generator/derive"
	"allclear/generator/status"
)

func TestTimestampsCarryMillisecondsAndThePagesZone(t *testing.T) {
	summer := time.Date(2022, 7, 1, 4, 3, 0, 0, time.UTC)
	winter := time.Date(2022, 12, 1, 4, 3, 0, 0, time.UTC)
	for _, test := range []struct {
		zone string
		at   time.Time
		want string
	}{
		{"UTC", winter, "2022-12-01T04:03:00.000Z"},
		{"Etc/UTC", winter, "2022-12-01T04:03:00.000Z"},
		{"Etc/UTC", winter.Add(1_999_999), "2022-12-01T04:03:00.001Z"},
		{"Europe/Zurich", summer, "2022-07-01T06:03:00.000+02:00"},
		{"Europe/Zurich", winter, "2022-12-01T05:03:00.000+01:00"},
		{"Asia/Kolkata", winter, "2022-12-01T09:33:00.000+05:30"},
		{"America/St_Johns", winter, "2022-12-01T00:33:00.000-03:30"},
		{"Europe/London", summer, "2022-07-01T05:03:00.000+01:00"},
		{"Europe/London", winter, "2022-12-01T04:03:00.000+00:00"},
	} {
		t.Run(test.want, func(t *testing.T) {
			s := quiet()
			s.Site.Zone = zone(t, test.zone)
			s.Updated = test.at.In(s.Site.Zone)
			if got := dig(t, s, "api/v2/status.json", "page", "updated_at"); got != test.want {
				t.Errorf("in %s it is %v", test.zone, got)
			}
		})
	}
}

func TestThePagesZoneIsCanonical(t *testing.T) {
	for name, want := range map[string]string{"UTC": "Etc/UTC", "Etc/UTC": "Etc/UTC", "Europe/Zurich": "Europe/Zurich"} {
		s := quiet()
		s.Site.Zone = zone(t, name)
		if got := dig(t, s, "api/v2/status.json", "page", "time_zone"); got != want {
			t.Errorf("%s is called %v", name, got)
		}
	}
}

func TestAPageWithoutAnIDGetsOneFromItsTitle(t *testing.T) {
	ids := map[any]string{}
	for _, title := range []string{"Example", "Beispiel", "例え"} {
		s := rich()
		s.Site.APIID, s.Site.Title = "", title
		id := dig(t, s, "api/v2/summary.json", "page", "id")
		if other, taken := ids[id]; taken {
			t.Errorf("%q and %q are both %v", title, other, id)
		}
		ids[id] = title
		if len(id.(string)) != 12 {
			t.Errorf("%q is %q", title, id)
		}
		for _, steps := range [][]any{{"components", 0, "page_id"}, {"incidents", 0, "page_id"}, {"incidents", 0, "components", 0, "page_id"}} {
			if got := dig(t, s, "api/v2/summary.json", steps...); got != id {
				t.Errorf("%v is %v, and the page %v", steps, got, id)
			}
		}
	}
}

func TestComponentsStandByPositionThenGroupThenID(t *testing.T) {
	s := quiet()
	addComponent(s, status.Component{ID: "web"})
	group := addGroup(s, "India", status.Component{ID: "sdk"}, status.Component{ID: "a-push"}, status.Component{ID: "mail"})
	group.APIID = "k2"
	addComponent(s, status.Component{ID: "phone"})
	got := each(t, dig(t, s, "api/v2/components.json", "components"), "id")
	want := []any{"web", "sdk", "a-push", "k2", "mail", "phone"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAGroupListsItsComponentsInOrder(t *testing.T) {
	s := quiet()
	group := addGroup(s, "India", status.Component{ID: "sdk", APIID: "8l4ygp009s5s"}, status.Component{ID: "push"})
	group.Status = status.PartialOutage
	want := map[string]any{
		"id": "india", "name": "India", "status": "partial_outage",
		"created_at": "2022-11-27T18:00:00.000Z", "updated_at": "2022-11-28T04:00:00.000Z",
		"position": 1.0, "description": nil, "showcase": false, "start_date": nil, "group_id": nil,
		"page_id": "example0site", "group": true, "only_show_if_degraded": false,
		"components": []any{"8l4ygp009s5s", "push"},
	}
	if diff := cmp.Diff(any(want), dig(t, s, "api/v2/components.json", "components", 1)); diff != "" {
		t.Error(diff)
	}
}

func TestAComponentSaysNullForWhatItHasNot(t *testing.T) {
	s := quiet()
	addComponent(s, status.Component{ID: "web", Name: "Web"})
	addComponent(s, status.Component{
		ID: "api", Name: "API", Description: "For programs",
		StartDate: time.Date(2021, 1, 1, 0, 0, 0, 0, zone(t, "Asia/Kolkata")),
	})
	want := map[string]any{
		"id": "web", "name": "Web", "status": "operational",
		"created_at": "2022-11-27T08:00:00.000Z", "updated_at": "2022-11-29T10:00:00.000Z",
		"position": 1.0, "description": nil, "showcase": true, "start_date": nil, "group_id": nil,
		"page_id": "example0site", "group": false, "only_show_if_degraded": false,
	}
	if diff := cmp.Diff(any(want), dig(t, s, "api/v2/components.json", "components", 0)); diff != "" {
		t.Error(diff)
	}
	second := dig(t, s, "api/v2/components.json", "components", 1).(map[string]any)
	if second["description"] != "For programs" || second["start_date"] != "2021-01-01" {
		t.Errorf("the second component is %v", second)
	}
}

func TestARetiredComponentIsOnlyInItsEvents(t *testing.T) {
	s := rich()
	for _, path := range []string{"api/v2/components.json", "api/v2/summary.json"} {
		for _, id := range each(t, dig(t, s, path, "components"), "id") {
			if id == "old" {
				t.Errorf("%s lists the retired component", path)
			}
		}
	}
	ids := each(t, dig(t, s, "api/v2/summary.json", "incidents", 0, "components"), "id")
	if diff := cmp.Diff([]any{"8l4ygp009s5s", "old"}, ids); diff != "" {
		t.Error(diff)
	}
}

func TestAnEventsComponentsAreAsTheyAreNow(t *testing.T) {
	s := rich()
	s.Components[1].Status = status.DegradedPerformance
	for _, path := range []string{"summary.json", "incidents.json", "incidents/unresolved.json"} {
		if got := dig(t, s, "api/v2/"+path, "incidents", 0, "components", 0, "status"); got != "degraded_performance" {
			t.Errorf("in %s the component is %v", path, got)
		}
	}
}

func TestAnEventSaysItsTimes(t *testing.T) {
	s := quiet()
	e := addEvent(s, status.Incident, "one",
		said(status.Investigating, 1, "Looking."), said(status.Monitoring, 2, "Watching."), said(status.Resolved, 3, "Over."))
	e.StartedAt, e.Severity = hours(-1), status.Minor
	addEvent(s, status.Incident, "two", said(status.Investigating, 4, "Looking."))
	for i, want := range []map[string]any{
		{
			"status": "investigating", "impact": "none",
			"started_at": "2022-12-01T16:00:00.000Z", "created_at": "2022-12-01T16:00:00.000Z", "updated_at": "2022-12-01T16:00:00.000Z",
			"monitoring_at": nil, "resolved_at": nil,
		},
		{
			"status": "resolved", "impact": "minor",
			"started_at": "2022-12-01T11:00:00.000Z", "created_at": "2022-12-01T13:00:00.000Z", "updated_at": "2022-12-01T15:00:00.000Z",
			"monitoring_at": "2022-12-01T14:00:00.000Z", "resolved_at": "2022-12-01T15:00:00.000Z",
		},
	} {
		for key, value := range want {
			if got := dig(t, s, "api/v2/incidents.json", "incidents", i, key); got != value {
				t.Errorf("incident %d: %s is %v, want %v", i, key, got, value)
			}
		}
	}
}

func TestUpdatesStandNewestFirstWithWhatTheyDid(t *testing.T) {
	s := quiet()
	group := addGroup(s, "India", status.Component{ID: "sdk", APIID: "8l4ygp009s5s", Name: "SDK Ingestion"})
	web := addComponent(s, status.Component{ID: "web", Name: "Web"})
	clock := said(status.InProgress, 3, "",
		derive.Change{Component: group.Components[0].Component, Old: status.Operational, New: status.UnderMaintenance},
		derive.Change{Component: web.Component, Old: status.UnderMaintenance, New: status.UnderMaintenance})
	clock.MessageKey = "maintenance.clock.in_progress"
	addEvent(s, status.Maintenance, "one", said(status.Scheduled, 1, ""), said(status.Scheduled, 1, "Again."), clock)
	update := func(id, word, body, at string, touched any) map[string]any {
		return map[string]any{
			"id": id, "status": word, "body": body, "incident_id": "one",
			"created_at": at, "updated_at": at, "display_at": at,
			"affected_components": touched, "deliver_notifications": true, "custom_tweet": nil, "tweet_id": nil,
		}
	}
	want := []any{
		update("in_progress-1201-15", "in_progress", "The maintenance has begun.", "2022-12-01T15:00:00.000Z", []any{
			map[string]any{"code": "8l4ygp009s5s", "name": "India - SDK Ingestion", "old_status": "operational", "new_status": "under_maintenance"},
			map[string]any{"code": "web", "name": "Web", "old_status": "under_maintenance", "new_status": "under_maintenance"},
		}),
		update("scheduled-1201-13", "scheduled", "Again.", "2022-12-01T13:00:00.000Z", nil),
		update("scheduled-1201-13", "scheduled", "", "2022-12-01T13:00:00.000Z", nil),
	}
	got := dig(t, s, "api/v2/scheduled-maintenances.json", "scheduled_maintenances", 0, "incident_updates")
	if diff := cmp.Diff(any(want), got); diff != "" {
		t.Error(diff)
	}
}

func TestACancelledMaintenanceIsCompletedAndItsTextSaysCancelled(t *testing.T) {
	for text, want := range map[string]string{
		"The vendor is ill.":       "It is cancelled.\n\nThe vendor is ill.",
		"Elle est ANNULÉE.":        "Elle est ANNULÉE.",
		"Nous l’avons annulé.":     "Nous l’avons annulé.",
		"We have cancelled this.":  "We have cancelled this.",
		"Canceled: the vendor":     "Canceled: the vendor",
		"CANCELLED, we are sorry.": "CANCELLED, we are sorry.",
	} {
		s := quiet()
		addEvent(s, status.Maintenance, "one", said(status.Scheduled, -9, "Soon."), said(status.Cancelled, -3, text))
		m := dig(t, s, "api/v2/scheduled-maintenances.json", "scheduled_maintenances", 0).(map[string]any)
		last := m["incident_updates"].([]any)[0].(map[string]any)
		got := []any{m["status"], m["resolved_at"], m["impact"], last["status"], last["body"]}
		if diff := cmp.Diff([]any{"completed", "2022-12-01T09:00:00.000Z", "maintenance", "completed", want}, got); diff != "" {
			t.Errorf("%q:\n%s", text, diff)
		}
		if first := m["incident_updates"].([]any)[1].(map[string]any); first["body"] != "Soon." {
			t.Errorf("the first update says %q", first["body"])
		}
	}
}
