package derive

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/status"
)

// maintenanceOf adds a maintenance of the site's components, announced on May 1
// at 09:00, from May 2 at 10:00 until 12:00.
func maintenanceOf(t *testing.T, site *status.Site, updates ...status.Update) *status.Event {
	e := incident(site, "m", status.None, append([]status.Update{update(status.Scheduled, at(t, "2026-05-01 09:00"))}, updates...)...)
	e.Kind, e.SeverityStated = status.Maintenance, false
	e.ScheduledFor, e.ScheduledUntil = at(t, "2026-05-02 10:00"), at(t, "2026-05-02 12:00")
	for i, id := range status.UpdateIDs(e.Code(), e.Updates) {
		e.Updates[i].ID = id
	}
	return e
}

// timelineOf is the updates of a site's first event, "10:00 in_progress", those
// of the clock with a star.
func timelineOf(s *Snapshot) string {
	var all []string
	for _, u := range s.Events[0].Updates {
		text := u.At.Format("15:04 ") + u.Status.String()
		if strings.HasPrefix(u.MessageKey, "maintenance.clock.") {
			text += "*"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func TestEndedTakesEffectAtItsInstant(t *testing.T) {
	site := newSite("api")
	incident(site, "a", status.Major, update(status.Investigating, at(t, "2026-05-01 10:00"))).Ended = at(t, "2026-05-01 10:30")
	for now, want := range map[string]status.ComponentStatus{
		"2026-05-01 10:29": status.PartialOutage, "2026-05-01 10:30": status.Operational, "2026-05-01 10:40": status.Operational,
	} {
		s := Derive(site, at(t, now))
		if s.Components[0].Status != want || s.Events[0].Affected[0].Now != want {
			t.Errorf("at %s the component is %s, its event says %s", now, s.Components[0].Status, s.Events[0].Affected[0].Now)
		}
	}
}

func TestAPersonsWordsForWhatTheClockDidAreTheSameUpdate(t *testing.T) {
	site := newSite("api")
	maintenanceOf(t, site)
	before := Derive(site, at(t, "2026-05-02 10:01"))
	for _, test := range []struct{ said, want string }{
		{"2026-05-02 10:00", "09:00 scheduled, 10:00 in_progress"},
		{"2026-05-02 10:05", "09:00 scheduled, 10:00 in_progress"},
		{"2026-05-02 10:06", "09:00 scheduled, 10:00 in_progress*, 10:06 in_progress"},
	} {
		later := newSite("api")
		said := update(status.InProgress, at(t, test.said))
		said.Text.Plain = "We have begun."
		maintenanceOf(t, later, said)
		s := Derive(later, at(t, "2026-05-02 10:10"))
		if got := timelineOf(s); got != test.want {
			t.Errorf("said at %s: %s, want %s", test.said, got, test.want)
		}
		if got, want := s.Events[0].Updates[1].ID, before.Events[0].Updates[1].ID; got != want {
			t.Errorf("said at %s: the id is %s, it was %s", test.said, got, want)
		}
		if from := s.Components[0].Spans[0].From; !from.Equal(at(t, "2026-05-02 10:00")) || !s.Events[0].Periods[0].From.Equal(from) {
			t.Errorf("said at %s: the work began at %s", test.said, from)
		}
		if early := Derive(later, at(t, "2026-05-02 10:00")); !strings.HasPrefix(test.said, "2026-05-02 10:00") && timelineOf(early) != "09:00 scheduled, 10:00 in_progress*" {
			t.Errorf("said at %s: at 10:00 the timeline is %s", test.said, timelineOf(early))
		}
	}
	named := newSite("api")
	said := maintenanceOf(t, named, update(status.InProgress, at(t, "2026-05-02 10:02")))
	said.Updates[1].ID = "mine"
	s := Derive(named, at(t, "2026-05-02 10:10"))
	if u := s.Events[0].Updates[1]; u.ID != "mine" || !u.At.Equal(at(t, "2026-05-02 10:02")) || !s.Components[0].Spans[0].From.Equal(at(t, "2026-05-02 10:00")) {
		t.Errorf("the update that states an id is %s at %s, the work began at %s", u.ID, u.At, s.Components[0].Spans[0].From)
	}
}

func TestAnUpdateMovesTheWindow(t *testing.T) {
	moved := func(s status.EventStatus, said, from, until string) status.Update {
		u := update(s, at(t, said))
		u.Interim = s == 0
		if from != "" {
			u.From = at(t, from)
		}
		if until != "" {
			u.Until = at(t, until)
		}
		return u
	}
	for _, test := range []struct {
		name    string
		updates []status.Update
		now     string
		want    string
		window  string
	}{
		{"postponed", []status.Update{moved(0, "2026-05-02 08:00", "2026-05-02 14:00", "2026-05-02 15:00")},
			"2026-05-02 13:00", "09:00 scheduled, 08:00 scheduled", "14:00-15:00"},
		{"begun at the new time", []status.Update{moved(0, "2026-05-02 08:00", "2026-05-02 14:00", "2026-05-02 15:00")},
			"2026-05-02 16:00", "09:00 scheduled, 08:00 scheduled, 14:00 in_progress*, 15:00 completed*", "14:00-15:00"},
		{"longer", []status.Update{moved(0, "2026-05-02 11:00", "", "2026-05-02 13:00")},
			"2026-05-02 16:00", "09:00 scheduled, 10:00 in_progress*, 11:00 in_progress, 13:00 completed*", "10:00-13:00"},
		{"longer in the last moment", []status.Update{moved(0, "2026-05-02 11:59", "", "2026-05-02 13:00")},
			"2026-05-02 12:30", "09:00 scheduled, 10:00 in_progress*, 11:59 in_progress", "10:00-13:00"},
		{"longer with the end, which is public", []status.Update{moved(status.InProgress, "2026-05-02 12:00", "", "2026-05-02 13:00")},
			"2026-05-02 12:30", "09:00 scheduled, 10:00 in_progress*, 12:00 completed*, 12:00 in_progress", "10:00-13:00"},
		{"postponed with the beginning, which is public", []status.Update{moved(0, "2026-05-02 10:00", "2026-05-02 14:00", "2026-05-02 15:00")},
			"2026-05-02 13:00", "09:00 scheduled, 10:00 in_progress*, 10:00 in_progress", "14:00-15:00"},
		{"reopened with a new end", []status.Update{moved(status.InProgress, "2026-05-02 12:10", "", "2026-05-02 14:00")},
			"2026-05-02 16:00", "09:00 scheduled, 10:00 in_progress*, 12:00 completed*, 12:10 in_progress, 14:00 completed*", "10:00-14:00"},
		{"reopened without an end", []status.Update{moved(status.InProgress, "2026-05-02 12:10", "", "")},
			"2026-05-02 16:00", "09:00 scheduled, 10:00 in_progress*, 12:00 completed*, 12:10 in_progress", "10:00-12:00"},
		{"reopened without an end, which comes later", []status.Update{
			moved(status.InProgress, "2026-05-02 12:10", "", ""), moved(0, "2026-05-02 12:30", "", "2026-05-02 14:00")},
			"2026-05-02 16:00", "09:00 scheduled, 10:00 in_progress*, 12:00 completed*, 12:10 in_progress, 12:30 in_progress, 14:00 completed*", "10:00-14:00"},
		{"verifying ends by hand", []status.Update{moved(status.Verifying, "2026-05-02 11:00", "", ""), moved(0, "2026-05-02 11:30", "", "2026-05-02 13:00")},
			"2026-05-02 16:00", "09:00 scheduled, 10:00 in_progress*, 11:00 verifying, 11:30 verifying", "10:00-13:00"},
		{"planned again", []status.Update{moved(status.Cancelled, "2026-05-02 08:00", "", ""), moved(status.Scheduled, "2026-05-02 09:00", "2026-05-02 20:00", "2026-05-02 21:00")},
			"2026-05-02 22:00", "09:00 scheduled, 08:00 cancelled, 09:00 scheduled, 20:00 in_progress*, 21:00 completed*", "20:00-21:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			site := newSite("api")
			maintenanceOf(t, site, test.updates...)
			s := Derive(site, at(t, test.now))
			e := s.Events[0]
			if got := timelineOf(s); got != test.want {
				t.Errorf("the timeline is\n%s, want\n%s", got, test.want)
			}
			if got := e.ScheduledFor.Format("15:04-") + e.ScheduledUntil.Format("15:04"); got != test.window {
				t.Errorf("the window is %s, want %s", got, test.window)
			}
		})
	}
}

func TestAWindowThatWasMovedIsNoBoundary(t *testing.T) {
	site := newSite("api")
	u := interim(at(t, "2026-05-02 08:00"))
	u.From, u.Until = at(t, "2026-05-02 14:00"), at(t, "2026-05-02 15:00")
	maintenanceOf(t, site, u)
	s := Derive(site, at(t, "2026-05-02 11:00"))
	if !s.At.Equal(at(t, "2026-05-02 08:00")) || !s.Next.Equal(at(t, "2026-05-02 14:00")) {
		t.Errorf("the snapshot is of %s, the next one of %s", s.At, s.Next)
	}
}

func TestAnUpdateThatIsHeldBackHidesNoBoundary(t *testing.T) {
	public := newSite("api")
	maintenanceOf(t, public)
	site := newSite("api")
	u := interim(at(t, "2026-05-02 11:30"))
	u.Until = at(t, "2026-05-02 14:00")
	maintenanceOf(t, site, u).HoldBack = true
	now := at(t, "2026-05-02 11:00")
	if got, want := Derive(site, now).NextPublic, Derive(public, now).NextPublic; !got.Equal(want) {
		t.Errorf("the next instant that readers may know is %s, want %s, as without the update to come", got, want)
	}
}

func TestAPromiseHoldsUntilTheNextUpdate(t *testing.T) {
	site := newSite("api")
	first := update(status.Investigating, at(t, "2026-05-01 10:00"))
	first.Next = at(t, "2026-05-01 10:30")
	incident(site, "a", status.None, first, interim(at(t, "2026-05-01 11:00")))
	for now, want := range map[string]string{
		"2026-05-01 10:10": "10:30 false, snapshot of 10:00, next 10:30",
		"2026-05-01 10:45": "10:30 true, snapshot of 10:30, next 11:00",
		"2026-05-01 11:00": "00:00 false, snapshot of 11:00, next 00:00",
	} {
		s := Derive(site, at(t, now))
		p := s.Events[0].Promise
		if got := fmt.Sprintf("%s %t, snapshot of %s, next %s", p.By.Format("15:04"), p.Overdue, s.At.Format("15:04"), s.Next.Format("15:04")); got != want {
			t.Errorf("at %s: %s, want %s", now, got, want)
		}
	}
}

func TestAnEventThatIsNotPublicHasNoEffect(t *testing.T) {
	site := newSite("api")
	incident(site, "old", status.None, update(status.Resolved, at(t, "2026-04-01 10:00")))
	quiet := Derive(site, at(t, "2026-05-01 11:00"))
	held := incident(site, "held", status.Critical, update(status.Investigating, at(t, "2026-05-01 12:00")))
	held.HoldBack, held.Started, held.Ended = true, at(t, "2026-05-01 10:30"), at(t, "2026-05-01 10:45")
	s := Derive(site, at(t, "2026-05-01 11:00"))
	if !s.At.Equal(quiet.At) || len(s.Components[0].Spans) > 0 || !s.Components[0].Since.Equal(quiet.Components[0].Since) || !s.NextPublic.Equal(quiet.NextPublic) {
		t.Errorf("the snapshot is of %s, was of %s; next public %s", s.At, quiet.At, s.NextPublic)
	}
}

func TestAnOpenOutageCountsWithEveryHour(t *testing.T) {
	site := newSite("api")
	site.Components[0].StartDate = at(t, "2026-04-01 00:00")
	incident(site, "a", status.Critical, update(status.Investigating, at(t, "2026-05-01 10:20")), update(status.Resolved, at(t, "2026-05-01 13:30")))
	for now, want := range map[string]string{
		"2026-05-01 10:21": "10:20 0s, next 11:00",
		"2026-05-01 10:59": "10:20 0s, next 11:00",
		"2026-05-01 11:00": "11:00 40m0s, next 12:00",
		"2026-05-01 13:29": "13:00 2h40m0s, next 13:30",
		"2026-05-01 15:00": "13:30 3h10m0s, next 00:00",
	} {
		s := Derive(site, at(t, now))
		span := s.Components[0].Spans[0]
		if got := fmt.Sprintf("%s %s, next %s", s.At.Format("15:04"), span.To.Sub(span.From), s.Next.Format("15:04")); got != want {
			t.Errorf("at %s: %s, want %s", now, got, want)
		}
		if fraction, _ := s.Last(s.Components[0], 30).Uptime(site.Uptime); fraction >= 1 {
			t.Errorf("at %s: the uptime is %v", now, fraction)
		}
		if fraction, _ := Uptime(s.Days(s.Components[0], 30), site.Uptime); fraction >= 1 {
			t.Errorf("at %s: the uptime of the days is %v", now, fraction)
		}
	}
}

func TestADayThatIsOverCountsWhole(t *testing.T) {
	site := newSite("api")
	site.Components[0].StartDate = at(t, "2026-04-01 00:00")
	incident(site, "a", status.Critical, update(status.Investigating, at(t, "2026-04-30 10:20")))
	s := Derive(site, at(t, "2026-05-02 10:30"))
	var open []bool
	for _, d := range s.Days(s.Components[0], 4) {
		open = append(open, d.Open != status.Operational)
	}
	for _, m := range s.Months(s.Components[0], 2) {
		open = append(open, m.Open != status.Operational)
	}
	if want := []bool{false, false, false, true, false, true}; !slices.Equal(open, want) {
		t.Errorf("open are the days and months %v, want %v", open, want)
	}
}

func TestUpdatedAtIsWhenAChangeWasTold(t *testing.T) {
	site := newSite("api")
	incident(site, "a", status.Major, update(status.Investigating, at(t, "2026-05-01 10:30")), update(status.Resolved, at(t, "2026-05-01 12:00"))).Started = at(t, "2026-05-01 09:00")
	if got := Derive(site, at(t, "2026-05-01 11:00")).Components[0].UpdatedAt; !got.Equal(at(t, "2026-05-01 10:30")) {
		t.Errorf("updated at %s, want 10:30", got)
	}
	site.Events[0].Ended = at(t, "2026-05-01 11:30")
	if got := Derive(site, at(t, "2026-05-01 13:00")).Components[0].UpdatedAt; !got.Equal(at(t, "2026-05-01 12:00")) {
		t.Errorf("updated at %s, want 12:00", got)
	}
}

// What is told later about an earlier time may hide a change that was told before.
func TestUpdatedAtDoesNotGoBackIfAChangeIsHidden(t *testing.T) {
	site := newSite("api")
	work := status.Setting{Component: site.Components[0], Status: status.UnderMaintenance, Set: true}
	incident(site, "a", status.Minor, update(status.Investigating, at(t, "2026-05-01 10:00")), withSettings(interim(at(t, "2026-05-01 11:00")), work))
	before := Derive(site, at(t, "2026-05-01 11:30")).Components[0]
	incident(site, "b", status.Minor, update(status.Investigating, at(t, "2026-05-01 12:00"))).Started = at(t, "2026-05-01 10:30")
	after := Derive(site, at(t, "2026-05-01 12:30")).Components[0]
	if !before.UpdatedAt.Equal(at(t, "2026-05-01 11:00")) || !after.UpdatedAt.Equal(at(t, "2026-05-01 12:00")) {
		t.Errorf("updated at %s, then at %s; want 11:00 and 12:00", before.UpdatedAt, after.UpdatedAt)
	}
	if len(after.Spans) != 1 || !after.Spans[0].From.Equal(at(t, "2026-05-01 10:00")) {
		t.Errorf("the spans are %v", after.Spans)
	}
	site.Events[1].Started = time.Time{} // told as it happens, it still changes the status only now
	if got := Derive(site, at(t, "2026-05-01 12:30")).Components[0].UpdatedAt; !got.Equal(at(t, "2026-05-01 12:00")) {
		t.Errorf("updated at %s, want 12:00", got)
	}
	incident(site, "c", status.Minor, update(status.Investigating, at(t, "2026-05-01 13:00"))) // changes nothing
	if got := Derive(site, at(t, "2026-05-01 13:30")).Components[0].UpdatedAt; !got.Equal(at(t, "2026-05-01 12:00")) {
		t.Errorf("updated at %s, want 12:00 as before", got)
	}
}

func TestTheBannerIsAtLeastAsBadAsTheWorstOpenIncident(t *testing.T) {
	for _, test := range []struct {
		severities []status.Severity
		component  status.ComponentStatus
		want       BannerMessage
		speaker    string
	}{
		{nil, status.Operational, AllOperational, ""},
		{[]status.Severity{status.None}, status.Operational, IncidentOpen, "0"},
		{[]status.Severity{status.Minor}, status.Operational, PartiallyDegraded, "0"},
		{[]status.Severity{status.Minor, status.Critical, status.Major}, status.Operational, MajorOutage, "1"},
		{[]status.Severity{status.Minor}, status.MajorOutage, MajorOutage, "0"},
		{[]status.Severity{status.None}, status.UnderMaintenance, IncidentOpen, "0"},
		{[]status.Severity{status.Minor, status.Minor}, status.Operational, PartiallyDegraded, "1"},
	} {
		site := newSite("api")
		for i, severity := range test.severities {
			e := incident(site, fmt.Sprint(i), severity, update(status.Investigating, at(t, "2026-05-01 10:00").Add(time.Duration(i)*time.Minute)))
			e.Components = nil
		}
		switch test.component {
		case status.UnderMaintenance:
			m := maintenanceOf(t, site)
			m.ScheduledFor = at(t, "2026-05-01 10:00")
		case status.MajorOutage:
			site.Events[0].Components = []status.Setting{{Component: site.Components[0], Status: status.MajorOutage, Set: true}}
		}
		b := Derive(site, at(t, "2026-05-01 11:00")).Banner
		speaker := ""
		if b.Speaker != nil {
			speaker = b.Speaker.ID
		}
		if b.Message != test.want || speaker != test.speaker {
			t.Errorf("%v over %s: %s by %q, want %s by %q", test.severities, test.component, b.Message, speaker, test.want, test.speaker)
		}
	}
}

func TestAComponentThatAnOpenIncidentNamesIsNoticed(t *testing.T) {
	site := newSite("api")
	site.Components[0].StartDate = at(t, "2026-04-01 00:00")
	back := withSettings(update(status.Monitoring, at(t, "2026-05-02 10:00")), status.Setting{Component: site.Components[0], Status: status.Operational, Set: true})
	incident(site, "a", status.Major, update(status.Investigating, at(t, "2026-05-01 10:00")), back, update(status.Resolved, at(t, "2026-05-04 10:00")))
	s := Derive(site, at(t, "2026-05-03 12:00"))
	if !s.Components[0].Noticed {
		t.Error("the component is not noticed")
	}
	if Derive(site, at(t, "2026-05-05 12:00")).Components[0].Noticed {
		t.Error("the component is noticed after the incident")
	}
	var days []string
	for _, d := range s.Days(s.Components[0], 4) {
		days = append(days, fmt.Sprint(d.Date.Day(), " ", d.Worst, " ", d.Noticed, " ", len(d.Events)))
	}
	if want := []string{"30 operational false 0", "1 partial_outage false 1", "2 partial_outage false 1", "3 operational true 1"}; !slices.Equal(days, want) {
		t.Errorf("the days are %q, want %q", days, want)
	}
}

func TestADateThatAZoneSkipsIsLeftOut(t *testing.T) {
	apia := zone(t, "Pacific/Apia")
	site := newSite("api")
	site.Zone = apia
	site.Components[0].StartDate = time.Date(2011, 12, 1, 0, 0, 0, 0, apia)
	s := Derive(site, time.Date(2012, 1, 3, 12, 0, 0, 0, apia))
	var days []int
	for _, d := range s.Days(s.Components[0], 6) {
		days = append(days, d.Date.Day())
	}
	if want := []int{28, 29, 31, 1, 2, 3}; !slices.Equal(days, want) {
		t.Errorf("the dates are %v, want %v", days, want)
	}
	if m := s.Months(s.Components[0], 2)[0]; m.Days != 30 || m.Length != 30*24*time.Hour {
		t.Errorf("December has %d days, %s", m.Days, m.Length)
	}
	if got := status.DaysBefore(s.At, 4).Day(); got != 29 {
		t.Errorf("four dates before January 3 is the %dth", got)
	}
}

func TestAnEndToComeIsNotTold(t *testing.T) {
	site := newSite("api")
	e := incident(site, "a", status.Major, update(status.Investigating, at(t, "2026-05-01 10:00")), update(status.Resolved, at(t, "2026-05-01 10:30")),
		update(status.Investigating, at(t, "2026-05-01 12:00")), update(status.Resolved, at(t, "2026-05-01 13:00")))
	e.HoldBack, e.Ended = true, at(t, "2026-05-01 12:45")
	for now, want := range map[string]time.Time{"2026-05-01 11:00": {}, "2026-05-01 12:50": e.Ended} {
		if got := Derive(site, at(t, now)).Events[0].Ended; !got.Equal(want) {
			t.Errorf("at %s the incident ended at %s, want %s", now, got, want)
		}
	}
}

func TestAForecastKnowsNoTimeThatIsNotPublic(t *testing.T) {
	site := newSite("api")
	e := incident(site, "a", status.Major, update(status.Investigating, at(t, "2026-05-01 10:00")))
	e.HoldBack, e.Ended = true, at(t, "2026-05-01 12:00")
	if forecast := Derive(site, at(t, "2026-05-01 11:00")).Forecast(); len(forecast) > 0 {
		t.Errorf("the forecast has the instant %s", forecast[0].At)
	}
}

func TestUpdatesAfterEndedChangeNothing(t *testing.T) {
	site := newSite("api")
	e := incident(site, "a", status.Major, update(status.Investigating, at(t, "2026-05-01 10:00")), interim(at(t, "2026-05-01 11:00")), update(status.Resolved, at(t, "2026-05-01 12:00")))
	e.Ended = at(t, "2026-05-01 10:30")
	var changes []string
	for _, u := range Derive(site, at(t, "2026-05-01 13:00")).Events[0].Updates {
		changes = append(changes, fmt.Sprint(u.Changes[0].Old, " → ", u.Changes[0].New))
	}
	want := []string{"operational → partial_outage", "operational → operational", "operational → operational"}
	if !slices.Equal(changes, want) {
		t.Errorf("the changes are %q, want %q", changes, want)
	}
}

// words is a catalog that says each key itself.
type words struct{}

func (words) Text(key string, _ ...string) string { return key }

func TestAnUpdateWithoutTextSaysItsStatus(t *testing.T) {
	picture := update(status.Monitoring, at(t, "2026-05-01 10:30"))
	picture.Text = status.Text{HTML: "<img>", FeedHTML: "<img>"}
	site := newSite("api")
	incident(site, "i", status.Major, update(status.Investigating, at(t, "2026-05-01 10:00")), update(status.Identified, at(t, "2026-05-01 10:10")),
		interim(at(t, "2026-05-01 10:20")), picture)
	updates := Derive(site, at(t, "2026-05-01 12:00")).Events[0].Updates
	for i, want := range []string{"investigating", "identified", "identified", "monitoring"} {
		if got := updates[i].DisplayText(words{}).Plain; got != "update.empty."+want {
			t.Errorf("update %d says %q, not that it is %s", i, got, want)
		}
	}
	if got := updates[3].DisplayText(words{}).HTML; got != "<img>" {
		t.Errorf("the picture is gone: %q", got)
	}
}
