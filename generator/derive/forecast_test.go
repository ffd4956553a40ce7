package derive

import (
	"slices"
	"testing"
	"time"

	"allclear/generator/status"
)

func TestForecastEqualsALaterBuild(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 21, hour, 0, 0, 0, time.UTC) }
	api := &status.Component{ID: "api", Name: "API", StartDate: at(0)}
	planned := func(id string, from, until int, updates ...status.Update) *status.Event {
		return &status.Event{
			Kind: status.Maintenance, ID: id, Title: id, Components: []status.Setting{{Component: api}},
			ScheduledFor: at(from), ScheduledUntil: at(until),
			Updates: append([]status.Update{{ID: id + "1", At: at(1), Status: status.Scheduled}}, updates...),
		}
	}
	site := &status.Site{
		Zone: time.UTC, Uptime: status.UptimeRule{Days: 90}, Components: []*status.Component{api}, Items: []status.Item{{Component: api}},
		Events: []*status.Event{
			planned("done", 2, 3),
			planned("first", 10, 12),
			planned("second", 11, 14, status.Update{ID: "later", At: at(13), Status: status.Completed}),
		},
	}
	var got []time.Time
	for _, s := range Derive(site, at(9)).Forecast() {
		got = append(got, s.At)
		built := Derive(site, s.At)
		if s.At.Before(at(13)) && s.Banner != built.Banner {
			t.Errorf("at %v the banner of the forecast is %v, that of the build %v", s.At, s.Banner, built.Banner)
		}
		for _, e := range s.Events {
			if slices.ContainsFunc(e.Updates, func(u Update) bool { return u.ID == "later" }) {
				t.Errorf("at %v the forecast has an update that is not public yet", s.At)
			}
		}
	}
	if want := []time.Time{at(10), at(11), at(12), at(14)}; !slices.EqualFunc(got, want, time.Time.Equal) {
		t.Errorf("the forecast is for %v, want %v", got, want)
	}
}

func TestForecastHasALimit(t *testing.T) {
	site := &status.Site{Zone: time.UTC, Uptime: status.UptimeRule{Days: 90}}
	now := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	for i := range 40 {
		site.Events = append(site.Events, &status.Event{
			Kind: status.Maintenance, ID: string(rune('a' + i)), ScheduledFor: now.Add(time.Duration(i+1) * time.Hour), ScheduledUntil: now.Add(time.Duration(i+2) * time.Hour),
			Updates: []status.Update{{At: now.Add(-time.Hour), Status: status.Scheduled}},
		})
	}
	s := Derive(site, now)
	if n := len(s.Forecast()); n != maxForecasts {
		t.Errorf("the forecast has %d instants", n)
	}
	if want := now.Add((maxForecasts + 1) * time.Hour); !s.ForecastEnd().Equal(want) {
		t.Errorf("it ends at %s, not at %s", s.ForecastEnd(), want)
	}
	site.Events = site.Events[:3]
	if end := Derive(site, now).ForecastEnd(); !end.IsZero() {
		t.Errorf("one that has all changes ends at %s", end)
	}
}

func TestNextBuildIsDueBeforeTheFreshnessEnds(t *testing.T) {
	now := time.Date(2026, 11, 21, 9, 0, 0, 123, time.UTC)
	site := &status.Site{Zone: time.UTC, Uptime: status.UptimeRule{Days: 90}, Freshness: 2 * time.Hour}
	s := Derive(site, now)
	if want := now.Truncate(time.Second); !s.Built.Equal(want) || !s.Next.Equal(want.Add(time.Hour)) {
		t.Errorf("built at %v, next at %v", s.Built, s.Next)
	}
	if !s.NextPublic.Equal(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("NextPublic is %v, which depends on the instant of the build", s.NextPublic)
	}
}
