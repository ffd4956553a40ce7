package derive

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"allclear/generator/status"
)

func TestIncidentGoesFromOpenToClosed(t *testing.T) {
	site := newSite("api")
	incident(site, "a", status.Major,
		update(status.Investigating, at(t, "2026-05-01 10:00")),
		update(status.Monitoring, at(t, "2026-05-01 11:00")),
		update(status.Resolved, at(t, "2026-05-01 12:00")),
		update(status.Postmortem, at(t, "2026-05-03 12:00")))
	for _, test := range []struct {
		now       string
		events    int
		status    status.EventStatus
		component status.ComponentStatus
		overall   BannerMessage
		length    time.Duration
		resolved  bool
	}{
		{"2026-05-01 09:59", 0, 0, status.Operational, AllOperational, 0, false},
		{"2026-05-01 10:00", 1, status.Investigating, status.PartialOutage, PartialOutage, 0, false},
		{"2026-05-01 11:30", 1, status.Monitoring, status.PartialOutage, PartialOutage, time.Hour, false},
		{"2026-05-01 12:00", 1, status.Resolved, status.Operational, AllOperational, 2 * time.Hour, true},
		{"2026-05-09 12:00", 1, status.Postmortem, status.Operational, AllOperational, 2 * time.Hour, true},
	} {
		s := Derive(site, at(t, test.now))
		if len(s.Events) != test.events {
			t.Fatalf("at %s: %d events, want %d", test.now, len(s.Events), test.events)
		}
		if got := s.Components[0].Status; got != test.component {
			t.Errorf("at %s: component is %s, want %s", test.now, got, test.component)
		}
		if s.Overall.Message != test.overall {
			t.Errorf("at %s: overall is %s, want %s", test.now, s.Overall.Message, test.overall)
		}
		if test.events == 0 {
			continue
		}
		e := s.Events[0]
		if e.Status != test.status || e.Length != test.length || e.ResolvedAt.IsZero() == test.resolved {
			t.Errorf("at %s: %s for %s, resolved at %s; want %s for %s", test.now, e.Status, e.Length, e.ResolvedAt, test.status, test.length)
		}
	}
}

func TestReopenedGapIsNoOutage(t *testing.T) {
	site := newSite("api")
	incident(site, "a", status.Critical,
		update(status.Investigating, at(t, "2026-05-01 10:00")),
		update(status.Resolved, at(t, "2026-05-01 11:00")),
		interim(at(t, "2026-05-01 11:30")),
		update(status.Investigating, at(t, "2026-05-01 13:00")),
		update(status.Resolved, at(t, "2026-05-01 13:30")))
	s := Derive(site, at(t, "2026-05-02 00:00"))
	e := s.Events[0]
	if e.Length != 90*time.Minute {
		t.Errorf("length is %s, want 1h30m", e.Length)
	}
	if want := at(t, "2026-05-01 13:30"); !e.ResolvedAt.Equal(want) {
		t.Errorf("resolved at %s, want %s", e.ResolvedAt, want)
	}
	if got := e.Updates[2].Status; got != status.Resolved {
		t.Errorf("an interim update after the resolution says %s", got)
	}
	day := s.Days(s.Components[0], 2)[0]
	if day.Major != 90*time.Minute {
		t.Errorf("major outage of %s counted, want 1h30m", day.Major)
	}
}

func TestStartedAndEndedBoundTheImpact(t *testing.T) {
	for _, test := range []struct {
		name           string
		started, ended string
		want           []Span
		length         time.Duration
	}{
		{"without either", "", "", []Span{{From: at(t, "2026-05-01 10:00"), To: at(t, "2026-05-01 12:00")}}, 2 * time.Hour},
		{"began before the first update", "2026-05-01 09:00", "", []Span{{From: at(t, "2026-05-01 09:00"), To: at(t, "2026-05-01 12:00")}}, 3 * time.Hour},
		{"began after the first update", "2026-05-01 10:30", "", []Span{{From: at(t, "2026-05-01 10:30"), To: at(t, "2026-05-01 12:00")}}, 90 * time.Minute},
		{"ended before the resolution", "", "2026-05-01 11:00", []Span{{From: at(t, "2026-05-01 10:00"), To: at(t, "2026-05-01 11:00")}}, time.Hour},
	} {
		t.Run(test.name, func(t *testing.T) {
			site := newSite("api")
			e := incident(site, "a", status.Minor,
				update(status.Investigating, at(t, "2026-05-01 10:00")),
				update(status.Resolved, at(t, "2026-05-01 12:00")))
			if test.started != "" {
				e.Started = at(t, test.started)
			}
			if test.ended != "" {
				e.Ended = at(t, test.ended)
			}
			s := Derive(site, at(t, "2026-05-02 00:00"))
			for i := range test.want {
				test.want[i].Status = status.DegradedPerformance
			}
			if diff := cmp.Diff(test.want, s.Events[0].Affected[0].Spans, withoutTold); diff != "" {
				t.Errorf("spans (-want +got):\n%s", diff)
			}
			if s.Events[0].Length != test.length {
				t.Errorf("length is %s, want %s", s.Events[0].Length, test.length)
			}
		})
	}
}

func TestIncidentReportedAfterItsEndCounts(t *testing.T) {
	site := newSite("api")
	e := incident(site, "a", status.Critical, update(status.Resolved, at(t, "2026-05-01 12:00")))
	e.Started = at(t, "2026-05-01 10:00")
	s := Derive(site, at(t, "2026-05-02 00:00"))
	want := []Span{{From: e.Started, To: at(t, "2026-05-01 12:00"), Status: status.MajorOutage}}
	if diff := cmp.Diff(want, s.Components[0].Spans, withoutTold); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
	if s.Events[0].Length != 2*time.Hour {
		t.Errorf("length is %s, want 2h", s.Events[0].Length)
	}
}

func TestSeverityChangesOnlyComponentsThatWereNotSetByHand(t *testing.T) {
	site := newSite("api", "web")
	critical := status.Critical
	up := withSettings(update(status.Identified, at(t, "2026-05-01 11:00")), status.Setting{Component: site.Components[0], Status: status.DegradedPerformance, Set: true})
	worse := update(status.Identified, at(t, "2026-05-01 12:00"))
	worse.Severity = &critical
	incident(site, "a", status.Minor, update(status.Investigating, at(t, "2026-05-01 10:00")), up, worse)
	s := Derive(site, at(t, "2026-05-01 13:00"))
	if got := []status.ComponentStatus{s.Components[0].Status, s.Components[1].Status}; !slices.Equal(got, []status.ComponentStatus{status.DegradedPerformance, status.MajorOutage}) {
		t.Errorf("components are %v", got)
	}
	if s.Events[0].Severity != status.Critical {
		t.Errorf("severity is %s, want the highest stated", s.Events[0].Severity)
	}
	want := []Change{
		{site.Components[0], status.DegradedPerformance, status.DegradedPerformance},
		{site.Components[1], status.DegradedPerformance, status.MajorOutage},
	}
	if got := s.Events[0].Updates[2].Changes; !slices.Equal(got, want) {
		t.Errorf("changes are %v, want %v", got, want)
	}
}

func TestSeverityLeftOutIsTheWorstStatusThatWasSet(t *testing.T) {
	site := newSite("api")
	e := incident(site, "a", status.None, update(status.Investigating, at(t, "2026-05-01 10:00")))
	e.SeverityStated = false
	e.Components[0].Set, e.Components[0].Status = true, status.PartialOutage
	s := Derive(site, at(t, "2026-05-01 13:00"))
	if s.Events[0].Severity != status.Major {
		t.Errorf("severity is %s, want major", s.Events[0].Severity)
	}
}

// withoutTold leaves out when readers could know of a span.
var withoutTold = cmpopts.IgnoreFields(Span{}, "FromTold", "ToTold")

func TestClockMovesMaintenance(t *testing.T) {
	announced := func(t *testing.T) status.Update { return update(status.Scheduled, at(t, "2026-05-01 09:00")) }
	for _, test := range []struct {
		name    string
		updates func(*testing.T) []status.Update
		want    map[string]string // instant → status and component status
	}{
		{"without further updates", func(t *testing.T) []status.Update { return []status.Update{announced(t)} }, map[string]string{
			"2026-05-02 21:59": "scheduled operational",
			"2026-05-02 22:00": "in_progress under_maintenance",
			"2026-05-02 23:59": "in_progress under_maintenance",
			"2026-05-03 00:00": "completed operational",
		}},
		{"begun early", func(t *testing.T) []status.Update {
			return []status.Update{announced(t), update(status.InProgress, at(t, "2026-05-02 21:30"))}
		}, map[string]string{
			"2026-05-02 21:30": "in_progress under_maintenance",
			"2026-05-03 00:00": "completed operational",
		}},
		{"begun and completed a moment after the clock", func(t *testing.T) []status.Update {
			return []status.Update{announced(t), update(status.InProgress, at(t, "2026-05-02 22:02")), update(status.Completed, at(t, "2026-05-03 00:01"))}
		}, map[string]string{
			"2026-05-02 21:59": "scheduled operational",
			"2026-05-02 22:00": "in_progress under_maintenance",
			"2026-05-02 22:02": "in_progress under_maintenance",
			"2026-05-03 00:00": "completed operational",
			"2026-05-03 00:01": "completed operational",
		}},
		{"begun late", func(t *testing.T) []status.Update {
			return []status.Update{announced(t), update(status.InProgress, at(t, "2026-05-02 22:30"))}
		}, map[string]string{
			"2026-05-02 22:00": "in_progress under_maintenance",
		}},
		{"completed early", func(t *testing.T) []status.Update {
			return []status.Update{announced(t), update(status.Completed, at(t, "2026-05-02 23:00"))}
		}, map[string]string{
			"2026-05-02 22:30": "in_progress under_maintenance",
			"2026-05-02 23:00": "completed operational",
			"2026-05-03 00:00": "completed operational",
		}},
		{"cancelled before it began", func(t *testing.T) []status.Update {
			return []status.Update{announced(t), update(status.Cancelled, at(t, "2026-05-02 12:00"))}
		}, map[string]string{
			"2026-05-02 22:30": "cancelled operational",
			"2026-05-03 01:00": "cancelled operational",
		}},
		{"verifying continues until completed", func(t *testing.T) []status.Update {
			return []status.Update{announced(t), update(status.Verifying, at(t, "2026-05-02 23:30"))}
		}, map[string]string{
			"2026-05-03 08:00": "verifying under_maintenance",
		}},
		{"reopened after its end", func(t *testing.T) []status.Update {
			return []status.Update{announced(t), update(status.InProgress, at(t, "2026-05-03 00:30"))}
		}, map[string]string{
			"2026-05-03 00:10": "completed operational",
			"2026-05-03 00:30": "in_progress under_maintenance",
			"2026-05-03 08:00": "in_progress under_maintenance",
		}},
		{"continued at its exact end", func(t *testing.T) []status.Update {
			return []status.Update{announced(t), update(status.InProgress, at(t, "2026-05-03 00:00"))}
		}, map[string]string{
			"2026-05-03 00:00": "in_progress under_maintenance",
		}},
		{"an interim update keeps the status that the clock set", func(t *testing.T) []status.Update {
			return []status.Update{announced(t), interim(at(t, "2026-05-02 22:30"))}
		}, map[string]string{
			"2026-05-02 22:30": "in_progress under_maintenance",
			"2026-05-03 00:00": "completed operational",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			site := newSite("api")
			e := incident(site, "m", status.None, test.updates(t)...)
			e.Kind, e.SeverityStated = status.Maintenance, false
			e.ScheduledFor, e.ScheduledUntil = at(t, "2026-05-02 22:00"), at(t, "2026-05-03 00:00")
			for now, want := range test.want {
				s := Derive(site, at(t, now))
				if got := fmt.Sprint(s.Events[0].Status, " ", s.Components[0].Status); got != want {
					t.Errorf("at %s: %s, want %s", now, got, want)
				}
			}
		})
	}
}

func TestMaintenanceAnnouncedLateBeginsWithItsAnnouncement(t *testing.T) {
	for _, test := range []struct{ announced, want string }{
		{"2026-05-02 22:30", "scheduled 22:30, in_progress 22:30, completed 00:00"},
		{"2026-05-03 00:30", "scheduled 00:30, in_progress 00:30, completed 00:30"},
	} {
		site := newSite("api")
		e := incident(site, "m", status.None, update(status.Scheduled, at(t, test.announced)))
		e.Kind = status.Maintenance
		e.ScheduledFor, e.ScheduledUntil = at(t, "2026-05-02 22:00"), at(t, "2026-05-03 00:00")
		d := Derive(site, at(t, "2026-05-04 00:00")).Events[0]
		var got []string
		for _, u := range d.Updates {
			got = append(got, u.Status.String()+u.At.Format(" 15:04"))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("announced at %s (-want +got):\n%s", test.announced, diff)
		}
		if d.UpdatedAt.Before(d.CreatedAt) {
			t.Errorf("announced at %s, updated at %s before created at %s", test.announced, d.UpdatedAt, d.CreatedAt)
		}
	}
}

// theme is a catalog of a theme's messages.
type theme map[string]string

func (t theme) Text(key string, _ ...string) string { return t[key] }

func TestClockUpdateHasTheThemesText(t *testing.T) {
	site := newSite("api")
	e := incident(site, "m", status.None, update(status.Scheduled, at(t, "2026-05-01 09:00")))
	e.Kind = status.Maintenance
	e.ScheduledFor, e.ScheduledUntil = at(t, "2026-05-02 22:00"), at(t, "2026-05-03 00:00")
	catalog := theme{"maintenance.clock.in_progress": "begun", "maintenance.clock.completed": "done"}
	s := Derive(site, at(t, "2026-05-04 00:00"))
	var got []string
	for _, u := range s.Events[0].Updates {
		got = append(got, u.DisplayText(catalog).Plain)
	}
	if !slices.Equal(got, []string{"", "begun", "done"}) {
		t.Errorf("texts are %q", got)
	}
	if !s.Updated.Equal(e.ScheduledUntil) {
		t.Errorf("page updated at %s, want the clock's last transition", s.Updated)
	}
}

func TestOverallIsTheFirstRuleThatHolds(t *testing.T) {
	const (
		ok, um, dp, po, mo = status.Operational, status.UnderMaintenance, status.DegradedPerformance, status.PartialOutage, status.MajorOutage
	)
	for _, test := range []struct {
		statuses []status.ComponentStatus
		want     string
	}{
		{nil, "none operational"},
		{[]status.ComponentStatus{ok, ok}, "none operational"},
		{[]status.ComponentStatus{mo, mo}, "critical major_outage"},
		{[]status.ComponentStatus{po, po}, "major partial_outage"},
		{[]status.ComponentStatus{mo, po}, "major partial_outage"},
		{[]status.ComponentStatus{mo, ok}, "major partial_outage"},
		{[]status.ComponentStatus{po, dp, um}, "minor minor_outage"},
		{[]status.ComponentStatus{dp, um, ok}, "minor degraded"},
		{[]status.ComponentStatus{um, ok}, "maintenance maintenance"},
		{[]status.ComponentStatus{um, um}, "maintenance maintenance"},
	} {
		var components []*Component
		for _, s := range test.statuses {
			components = append(components, &Component{Component: &status.Component{}, Status: s})
		}
		components = append(components, &Component{Component: &status.Component{}, Status: mo, Retired: true})
		o := overall(components)
		if got := fmt.Sprint(o.Indicator, " ", o.Message); got != test.want {
			t.Errorf("%v: %s, want %s", test.statuses, got, test.want)
		}
	}
}

func TestBannerIsNeverAllOperationalWhileAnIncidentIsOpen(t *testing.T) {
	site := newSite("api")
	for id, severity := range map[string]status.Severity{"mild": status.None, "bad": status.Major} {
		incident(site, id, severity, update(status.Investigating, at(t, "2026-05-01 10:00"))).Components = nil
	}
	s := Derive(site, at(t, "2026-05-01 11:00"))
	if s.Overall.Indicator != status.IndicatorNone {
		t.Errorf("the API's indicator is %s, want it to depend on components only", s.Overall.Indicator)
	}
	if s.Banner.Speaker == nil || s.Banner.Speaker.ID != "bad" || s.Banner.Indicator != status.IndicatorMajor {
		t.Errorf("banner is %+v, want the worst open incident", s.Banner)
	}
}

func TestRetiredComponentLeavesTheLists(t *testing.T) {
	site := newSite("api", "old")
	site.Components[1].Retired = at(t, "2026-05-01 00:00")
	incident(site, "a", status.Major, update(status.Investigating, at(t, "2026-04-30 23:00")))
	before := Derive(site, at(t, "2026-04-30 23:30"))
	after := Derive(site, at(t, "2026-05-01 00:00"))
	if len(before.Items) != 2 || len(after.Items) != 1 {
		t.Errorf("items: %d before, %d after", len(before.Items), len(after.Items))
	}
	if spans := after.Components[1].Spans; len(spans) != 1 || spans[0].Open || !spans[0].To.Equal(site.Components[1].Retired) {
		t.Errorf("the retired component's spans are %v", spans)
	}
}

func TestGroupHasTheStatusOfItsWorstComponent(t *testing.T) {
	site := newSite("a", "b")
	group := &status.Group{ID: "g", Name: "G", Components: site.Components}
	site.Items = []status.Item{{Group: group}}
	for _, c := range site.Components {
		c.Group = group
	}
	incident(site, "x", status.Major, update(status.Investigating, at(t, "2026-05-01 10:00"))).Components = []status.Setting{{Component: site.Components[1]}}
	s := Derive(site, at(t, "2026-05-01 11:00"))
	g := s.Items[0].Group
	if g.Status != status.PartialOutage || !g.UpdatedAt.Equal(at(t, "2026-05-01 10:00")) {
		t.Errorf("group is %s, updated at %s", g.Status, g.UpdatedAt)
	}
	if g.Components[1].Position != 2 || g.Position != 1 {
		t.Errorf("positions: component %d, group %d", g.Components[1].Position, g.Position)
	}
	site.Components[1].Retired = at(t, "2026-05-03 00:00")
	left := Derive(site, at(t, "2026-05-03 01:00")).Items[0].Group
	if left.Status != status.Operational || !left.UpdatedAt.Equal(site.Components[1].Retired) {
		t.Errorf("after a component left it, the group is %s, updated at %s", left.Status, left.UpdatedAt)
	}
}

func TestASiteWithoutEventsIsRecordedFromToday(t *testing.T) {
	site := newSite("api", "web")
	site.Components[0].StartDate = at(t, "2026-04-28 00:00")
	s := Derive(site, at(t, "2026-05-01 10:00"))
	for i, want := range []int{4, 1} {
		if got := s.Last(s.Components[i], 30).Days; got != want {
			t.Errorf("%s has %d recorded days, want %d", site.Components[i].ID, got, want)
		}
	}
}

func TestBetweenBoundariesNothingChanges(t *testing.T) {
	site := newSite("api")
	incident(site, "a", status.Minor, update(status.Investigating, at(t, "2026-05-01 10:00")))
	m := incident(site, "m", status.None, update(status.Scheduled, at(t, "2026-05-01 09:00")))
	m.Kind, m.ScheduledFor, m.ScheduledUntil = status.Maintenance, at(t, "2026-05-01 15:00"), at(t, "2026-05-01 16:00")
	heldBack := incident(site, "h", status.None, update(status.Investigating, at(t, "2026-05-01 14:00")))
	heldBack.HoldBack = true
	site.Announcements = []*status.Announcement{{ID: "n", From: at(t, "2026-05-01 13:00"), Until: at(t, "2026-05-01 17:00")}}
	for _, test := range []struct{ now, floor, next, public string }{
		{"2026-05-01 10:00", "2026-05-01 10:00", "2026-05-01 13:00", "2026-05-01 15:00"},
		{"2026-05-01 12:59", "2026-05-01 10:00", "2026-05-01 13:00", "2026-05-01 15:00"},
		{"2026-05-01 13:30", "2026-05-01 13:00", "2026-05-01 14:00", "2026-05-01 15:00"},
		{"2026-05-01 15:30", "2026-05-01 15:00", "2026-05-01 16:00", "2026-05-01 16:00"},
		{"2026-05-01 16:30", "2026-05-01 16:00", "2026-05-01 17:00", "2026-05-01 17:00"},
		{"2026-05-01 23:59", "2026-05-01 17:00", "2026-05-02 00:00", "2026-05-02 00:00"},
	} {
		s := Derive(site, at(t, test.now))
		if !s.At.Equal(at(t, test.floor)) || !s.Next.Equal(at(t, test.next)) || !s.NextPublic.Equal(at(t, test.public)) {
			t.Errorf("at %s: floor %s, next %s, public %s; want %+v", test.now, s.At, s.Next, s.NextPublic, test)
		}
		if again := Derive(site, s.At); !reflect.DeepEqual(s, again) {
			t.Errorf("the snapshot at %s differs from the one at its own floor", test.now)
		}
	}
}

func TestPreviewShowsWhatIsHeldBack(t *testing.T) {
	site := newSite("api")
	incident(site, "a", status.Major, update(status.Investigating, at(t, "2026-05-01 10:00")), update(status.Resolved, at(t, "2026-05-01 14:00")))
	incident(site, "b", status.Critical, update(status.Investigating, at(t, "2026-05-01 13:00")))
	now := at(t, "2026-05-01 12:00")
	if s := Derive(site, now); len(s.Events) != 1 || s.Events[0].Coming != nil {
		t.Fatalf("a site that is no preview shows %d events", len(s.Events))
	}
	site.Preview = true
	s := Derive(site, now)
	if len(s.Events) != 2 || !s.Events[0].HeldBack || s.Events[1].HeldBack || len(s.Events[1].Coming) != 1 {
		t.Fatalf("events are %+v", s.Events)
	}
	if s.Components[0].Status != status.PartialOutage || !s.Updated.Equal(at(t, "2026-05-01 10:00")) {
		t.Errorf("an update that is held back changes the component to %s, the newest update to %s", s.Components[0].Status, s.Updated)
	}
}

func TestDaysCountClockChangesAndTheBoundsOfTheRecord(t *testing.T) {
	zurich := zone(t, "Europe/Zurich")
	site := newSite("api")
	site.Zone = zurich
	site.Components[0].StartDate = time.Date(2026, 3, 28, 0, 0, 0, 0, zurich)
	incident(site, "a", status.Critical,
		update(status.Investigating, time.Date(2026, 3, 28, 12, 0, 0, 0, zurich)),
		update(status.Resolved, time.Date(2026, 3, 30, 12, 0, 0, 0, zurich)))
	s := Derive(site, time.Date(2026, 3, 30, 18, 0, 0, 0, zurich))
	days := s.Days(s.Components[0], 4)
	var got []string
	for _, d := range days {
		got = append(got, fmt.Sprint(d.Date.Format("01-02 "), d.Length, " ", d.Recorded, " ", d.Major, " ", len(d.Events)))
	}
	want := []string{
		"03-27 24h0m0s false 0s 0",
		"03-28 24h0m0s true 12h0m0s 1",
		"03-29 23h0m0s true 23h0m0s 1",
		"03-30 24h0m0s true 12h0m0s 1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
}

func TestDayThatBeginsInAnOutageHasItsStatus(t *testing.T) {
	site := newSite("api")
	incident(site, "a", status.Minor, update(status.Investigating, at(t, "2026-05-01 10:00")))
	for _, now := range []string{"2026-05-01 10:00", "2026-05-02 00:00", "2026-05-02 08:00"} {
		s := Derive(site, at(t, now))
		today := s.Days(s.Components[0], 3)[2]
		if today.Worst != status.DegradedPerformance || len(today.Events) != 1 {
			t.Errorf("at %s today is %s with %d events", now, today.Worst, len(today.Events))
		}
	}
}

func TestOverlapsCountOnceAndTheWorstWins(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	start := at(t, "2026-05-01 00:00")
	const minutes = 300
	for range 500 {
		var spans []Span
		var want [minutes]status.ComponentStatus
		for range random.IntN(8) {
			from := random.IntN(minutes)
			to := from + 1 + random.IntN(minutes-from)
			s := Span{
				From: start.Add(time.Duration(from) * time.Minute), To: start.Add(time.Duration(to) * time.Minute),
				Status: status.ComponentStatus(1 + random.IntN(4)), Open: to == minutes,
			}
			spans = append(spans, s)
			for m := from; m < to; m++ {
				want[m] = max(want[m], s.Status)
			}
		}
		var got [minutes]status.ComponentStatus
		var last time.Time
		for _, s := range mergeSpans(spans) {
			if s.From.Before(last) || !s.From.Before(s.To) {
				t.Fatalf("span %v begins before %s or is empty", s, last)
			}
			last = s.To
			for m := int(s.From.Sub(start).Minutes()); m < int(s.To.Sub(start).Minutes()); m++ {
				got[m] = s.Status
			}
			if s.Open != s.To.Equal(start.Add(minutes*time.Minute)) {
				t.Fatalf("span %v: open is wrong", s)
			}
		}
		if got != want {
			t.Fatalf("merged %v into something else", spans)
		}
	}
}

func TestStartOfDayWhereMidnightIsSkippedOrRepeated(t *testing.T) {
	for _, test := range []struct{ zone, noon, want string }{
		{"America/Sao_Paulo", "2018-11-04 12:00", "2018-11-04T01:00:00-02:00"}, // 00:00 is skipped
		{"America/Sao_Paulo", "2018-02-18 12:00", "2018-02-18T00:00:00-03:00"},
		{"America/Havana", "2024-11-03 12:00", "2024-11-03T00:00:00-04:00"},   // 00:00 comes twice
		{"America/St_Johns", "2006-10-29 12:00", "2006-10-29T00:00:00-02:30"}, // goes back from 00:01 to 23:01
		{"America/St_Johns", "2006-10-28 12:00", "2006-10-28T00:00:00-02:30"},
		{"Europe/Zurich", "2026-03-29 12:00", "2026-03-29T00:00:00+01:00"},
		{"Asia/Kolkata", "2026-03-29 12:00", "2026-03-29T00:00:00+05:30"},
		{"Etc/UTC", "2026-03-29 12:00", "2026-03-29T00:00:00Z"},
	} {
		noon, err := time.ParseInLocation("2006-01-02 15:04", test.noon, zone(t, test.zone))
		if err != nil {
			t.Fatal(err)
		}
		if got := status.StartOfDay(noon).Format(time.RFC3339); got != test.want {
			t.Errorf("%s in %s begins at %s, want %s", test.noon, test.zone, got, test.want)
		}
	}
}

// TestDaysFollowOneAnother goes through the clock changes of zones that are odd:
// each instant lies in one day, whose neighbours begin where it ends.
func TestDaysFollowOneAnother(t *testing.T) {
	for _, test := range []struct{ zone, about string }{
		{"America/St_Johns", "2006-10-29"},  // goes back over midnight, in the middle of a month
		{"America/St_Johns", "2009-11-01"},  // and over the end of one
		{"America/Havana", "2024-11-03"},    // repeats the first hour
		{"America/Sao_Paulo", "2018-11-04"}, // skips it
		{"Pacific/Apia", "2011-12-30"},      // skips a date
		{"Pacific/Kwajalein", "1993-08-21"},
		{"Asia/Manila", "1844-12-31"},
		{"America/Juneau", "1867-10-18"}, // has a date twice
		{"Europe/Zurich", "2026-10-25"},
	} {
		about, err := time.ParseInLocation(time.DateOnly, test.about, zone(t, test.zone))
		if err != nil {
			t.Fatal(err)
		}
		for at := about.Add(-50 * time.Hour); at.Before(about.Add(50 * time.Hour)); at = at.Add(7 * time.Minute) {
			start, next := status.StartOfDay(at), status.NextDay(at)
			if start.After(at) || !next.After(at) {
				t.Fatalf("%s: the day of %s is from %s to %s", test.zone, at, start, next)
			}
			if again := status.StartOfDay(start); !again.Equal(start) {
				t.Fatalf("%s: the day of %s begins at %s, which lies in the day of %s", test.zone, at, start, again)
			}
			if following := status.StartOfDay(next); !following.Equal(next) {
				t.Fatalf("%s: after the day of %s comes %s, which lies in the day of %s", test.zone, at, next, following)
			}
			if before := status.DayBefore(next); !before.Equal(start) {
				t.Fatalf("%s: before %s comes %s, want %s", test.zone, next, before, start)
			}
			month := status.StartOfMonth(at)
			if month.After(at) || !status.NextMonth(at).After(at) || !status.StartOfDay(month).Equal(month) {
				t.Fatalf("%s: the month of %s is from %s to %s", test.zone, at, month, status.NextMonth(at))
			}
		}
	}
}

func TestTheClocksUpdatesArePublishedAtTheirInstantButNotBeforeTheirWindow(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 3, 1, hour, 0, 0, 0, time.UTC) }
	published := func(hour, commit int) status.Publication {
		return status.Publication{Published: at(hour), Commit: commit}
	}
	announced := status.Update{ID: "a", At: at(8), Status: status.Scheduled, Publication: published(11, 4)}
	moved := status.Update{ID: "b", At: at(9), Status: status.Scheduled, Interim: true, Until: at(13), Publication: published(14, 5)}
	site := &status.Site{Zone: time.UTC, Events: []*status.Event{{
		Kind: status.Maintenance, ID: "m", ScheduledFor: at(10), ScheduledUntil: at(12), Updates: []status.Update{announced},
	}}}
	said := func(now time.Time) (all []status.Publication) {
		for _, u := range Derive(site, now).Events[0].Updates {
			all = append(all, u.Publication)
		}
		return all
	}
	// the window was announced after the work began, and in time before it ended
	if got := said(at(13)); !slices.Equal(got, []status.Publication{published(11, 4), published(11, 4), published(12, 0)}) {
		t.Errorf("the updates are published %v", got)
	}
	site.Events[0].Updates = append(site.Events[0].Updates, moved)
	if got := said(at(15)); !slices.Equal(got, []status.Publication{published(11, 4), published(14, 5), published(11, 4), published(14, 5)}) {
		t.Errorf("after the window moved, the updates are published %v", got)
	}
}

func TestWhatIsPublishedOrChangedIsABoundaryAndMovesUpdatedOn(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 3, 1, hour, 0, 0, 0, time.UTC) }
	event := &status.Event{ID: "e", Updates: []status.Update{{
		ID: "a", At: at(8), Status: status.Investigating, Publication: status.Publication{Published: at(9), Edited: at(11)},
	}}}
	site := &status.Site{Zone: time.UTC, Events: []*status.Event{event}}
	for _, test := range []struct {
		name                      string
		event, site               int // the hour at which each changed
		boundary, updated, edited int
	}{
		{"an edit", 11, 11, 11, 11, 11},
		{"a correction of its facts", 13, 13, 13, 13, 13},
		{"something that was removed elsewhere", 11, 15, 15, 15, 11},
	} {
		event.Changed, site.Changed = at(test.event), at(test.site)
		s := Derive(site, at(20))
		if !s.At.Equal(at(test.boundary)) || !s.Updated.Equal(at(test.updated)) {
			t.Errorf("%s: the snapshot is of %s, and updated %s", test.name, s.At, s.Updated)
		}
		if e := s.Events[0]; !e.UpdatedAt.Equal(at(test.edited)) || !e.PublishedAt.Equal(at(9)) || !e.CreatedAt.Equal(at(8)) {
			t.Errorf("%s: the event was updated %s, published %s, created %s", test.name, e.UpdatedAt, e.PublishedAt, e.CreatedAt)
		}
	}
}
