package derive

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/status"
)

func TestUptimeWeightsOutagesOverTheRecordedDays(t *testing.T) {
	const day = 86400.0
	rule := status.UptimeRule{PartialOutage: 0.3, MajorOutage: 1}
	for name, test := range map[string]struct {
		severity  status.Severity
		startDate string
		rule      status.UptimeRule
		days      int
		want      float64
	}{
		"major":            {status.Critical, "2026-01-01", rule, 10, 1 - 7200/(10*day)},
		"partial":          {status.Major, "2026-01-01", rule, 10, 1 - 0.3*7200/(10*day)},
		"degraded":         {status.Minor, "2026-01-01", rule, 10, 1},
		"weights":          {status.Critical, "2026-01-01", status.UptimeRule{MajorOutage: 0.5}, 10, 1 - 0.5*7200/(10*day)},
		"young":            {status.Critical, "2026-05-04", rule, 10, 1 - 7200/(2*day)},
		"born today":       {status.Critical, "2026-05-05", rule, 10, 1},
		"before its start": {status.Critical, "2026-05-05", rule, 365, 1},
	} {
		t.Run(name, func(t *testing.T) {
			site := newSite("api")
			site.Components[0].StartDate = at(t, test.startDate+" 00:00")
			incident(site, "a", test.severity,
				update(status.Investigating, at(t, "2026-05-04 10:00")), update(status.Resolved, at(t, "2026-05-04 12:00")))
			s := Derive(site, at(t, "2026-05-05 09:00"))
			got, ok := Uptime(s.Days(s.Components[0], test.days), test.rule)
			if !ok || math.Abs(got-test.want) > 1e-12 {
				t.Errorf("it is %v (%v), want %v", got, ok, test.want)
			}
		})
	}
}

func TestNoDataIsNotFullUptime(t *testing.T) {
	site := newSite("future", "retired", "current")
	site.Components[0].StartDate = at(t, "2026-06-01 00:00")
	site.Components[1].StartDate = at(t, "2020-02-10 00:00")
	site.Components[2].StartDate = at(t, "2026-05-04 00:00")
	site.Components[1].Retired = at(t, "2020-04-20 00:00")
	s := Derive(site, at(t, "2026-05-05 09:00"))
	for i, want := range []bool{false, false, true} {
		c := s.Components[i]
		if _, ok := Uptime(s.Days(c, 90), site.Uptime); ok != want {
			t.Errorf("%s has a figure: %v", c.ID, ok)
		}
		if _, ok := s.Months(c, 3)[1].Uptime(site.Uptime); ok {
			t.Errorf("%s has a figure for a month without data", c.ID)
		}
	}
	if _, ok := Uptime(nil, site.Uptime); ok {
		t.Error("no days at all have a figure")
	}
	var days []int
	for _, m := range s.RecordedMonths(s.Components[1]) {
		days = append(days, m.Days)
	}
	if diff := cmp.Diff([]int{20, 31, 19}, days); diff != "" {
		t.Errorf("recorded days of the retired component:\n%s", diff)
	}
	if months := s.RecordedMonths(s.Components[0]); months != nil {
		t.Errorf("the future component has %v", months)
	}
}

func TestTodayCountsAsAWholeDayAndAnOpenOutageUpToNow(t *testing.T) {
	site := newSite("api")
	site.Components[0].StartDate = at(t, "2026-05-01 00:00")
	incident(site, "a", status.Critical, update(status.Investigating, at(t, "2026-05-05 06:00")), interim(at(t, "2026-05-05 12:00")))
	s := Derive(site, at(t, "2026-05-05 13:00"))
	m := s.Months(s.Components[0], 1)[0]
	want := Record{From: at(t, "2026-05-01 00:00"), Days: 5, Length: 5 * 24 * time.Hour, Major: 7 * time.Hour, Open: status.MajorOutage}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Error(diff)
	}
}

// TestUptimeOfRandomSites calculates the worst status in steps of five minutes,
// in zones with clock changes, and compares.
func TestUptimeOfRandomSites(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, name := range []string{"UTC", "Europe/Zurich", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata"} {
		for i := range 12 {
			t.Run(fmt.Sprintf("%s %d", name, i), func(t *testing.T) {
				site, now := randomSite(random, zone(t, name))
				s := Derive(site, now)
				for _, c := range s.Components {
					checkRecord(t, s, c)
				}
			})
		}
	}
}

// randomSite has overlapping incidents over a hundred days that include a clock
// change, and components that begin late or retire.
func randomSite(random *rand.Rand, z *time.Location) (*status.Site, time.Time) {
	site := newSite("whole", "young", "retired")
	site.Zone = z
	begin := time.Date(2018, time.Month(2+7*random.IntN(2)), 1, 0, 0, 0, 0, z)
	date := func(n int) time.Time {
		return status.StartOfDay(time.Date(begin.Year(), begin.Month(), begin.Day()+n, 12, 0, 0, 0, z))
	}
	site.Components[0].StartDate = date(-2)
	site.Components[1].StartDate = date(30 + random.IntN(40))
	site.Components[2].Retired = date(30 + random.IntN(40))
	for i := range 12 {
		from := begin.Add(time.Duration(random.IntN(12*24*80)) * 5 * time.Minute)
		until := from.Add(time.Duration(random.IntN(12*24*3)) * 5 * time.Minute)
		incident(site, fmt.Sprintf("event-%d", i), status.Severity(random.IntN(4)), update(status.Investigating, from), update(status.Resolved, until))
	}
	slices.SortFunc(site.Events, func(a, b *status.Event) int { return a.Updates[0].At.Compare(b.Updates[0].At) })
	return site, date(70 + random.IntN(35)).Add(time.Duration(random.IntN(288)) * 5 * time.Minute)
}

func checkRecord(t *testing.T, s *Snapshot, c *Component) {
	t.Helper()
	days := s.Days(c, 150)
	fraction, ok := Uptime(days, s.Site.Uptime)
	if fraction < 0 || fraction > 1 || !ok {
		t.Errorf("%s: uptime is %v (%v)", c.ID, fraction, ok)
	}
	sums := map[string]Record{}
	for _, d := range days {
		if !d.Recorded {
			continue
		}
		m := sums[d.Date.Format("2006-01")]
		m.From = status.StartOfMonth(d.Date)
		m.Days++
		m.Length += d.Length
		partial, major := outageInSteps(c, d.Date, d.Date.Add(d.Length))
		m.Partial += partial
		m.Major += major
		sums[d.Date.Format("2006-01")] = m
		if d.Partial != partial || d.Major != major {
			t.Errorf("%s on %s: %s partial and %s major, want %s and %s", c.ID, d.Date, d.Partial, d.Major, partial, major)
		}
	}
	months := s.RecordedMonths(c)
	if len(months) != len(sums) {
		t.Errorf("%s has %d recorded months, want %d", c.ID, len(months), len(sums))
	}
	for _, m := range months {
		if diff := cmp.Diff(sums[m.From.Format("2006-01")], m); diff != "" {
			t.Errorf("%s in %s:\n%s", c.ID, m.From.Format("2006-01"), diff)
		}
		if f, _ := m.Uptime(s.Site.Uptime); f < 0 || f > 1 {
			t.Errorf("%s in %s: uptime is %v", c.ID, m.From.Format("2006-01"), f)
		}
	}
	for n := 1; n <= len(days); n++ {
		want, wantOK := Uptime(days[len(days)-n:], s.Site.Uptime)
		if got, ok := s.Last(c, n).Uptime(s.Site.Uptime); got != want || ok != wantOK {
			t.Errorf("%s over %d days: %v (%v), by days %v (%v)", c.ID, n, got, ok, want, wantOK)
		}
	}
	last := s.Months(c, 5)
	for _, m := range months {
		if !slices.ContainsFunc(last, func(o Record) bool { return cmp.Equal(o, m) }) {
			t.Errorf("%s: the last months do not include %s", c.ID, m.From.Format("2006-01"))
		}
	}
}

// outageInSteps is the time between two instants in which the worst status that
// any event gives a component is a partial outage, and a major one.
func outageInSteps(c *Component, from, to time.Time) (partial, major time.Duration) {
	const step = 5 * time.Minute
	for t := from; t.Before(to); t = t.Add(step) {
		worst := status.Operational
		for _, e := range c.Events {
			for _, span := range e.spansOf(c) {
				if !t.Before(span.From) && t.Before(span.To) {
					worst = max(worst, span.Status)
				}
			}
		}
		switch worst {
		case status.PartialOutage:
			partial += step
		case status.MajorOutage:
			major += step
		}
	}
	return partial, major
}
