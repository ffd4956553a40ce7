package api_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// appended is incidents to which updates are added one after the other, at the
// end of any of them. Some began before their first update, some end before they
// are resolved.
func appended(r *rand.Rand, c *status.Component) []*status.Event {
	events := make([]*status.Event, 3)
	at := hours(-12)
	for i := range events {
		at = at.Add(time.Duration(r.IntN(60)) * time.Minute)
		e := &status.Event{ID: fmt.Sprint("e", i), Title: "Trouble", SeverityStated: true, Severity: status.Severity(r.IntN(4)), Components: []status.Setting{{Component: c}}}
		if r.IntN(2) == 0 {
			e.Started = at.Add(-time.Duration(r.IntN(90)) * time.Minute)
		}
		said := at
		for range 1 + r.IntN(5) {
			u := status.Update{At: said, Status: status.Investigating + status.EventStatus(r.IntN(4))}
			if len(e.Updates) == 0 {
				u.Status = status.Investigating
			} else if r.IntN(3) == 0 {
				u.Interim, u.Status = true, 0
			}
			if r.IntN(3) == 0 {
				u.Settings = []status.Setting{{Component: c, Status: status.ComponentStatus(r.IntN(5)), Set: true}}
			}
			e.Updates = append(e.Updates, u)
			said = said.Add(time.Duration(1+r.IntN(90)) * time.Minute)
		}
		events[i] = e
	}
	return events
}

// TestUpdatedAtNeverGoesBack builds a site again and again while updates are
// appended to its incidents as they happen.
func TestUpdatedAtNeverGoesBack(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 15))
		s := derived(t, hours(-24))
		events := appended(r, s.Site.Components[0])
		past := s.Site.Events[:3]
		before := map[string]string{}
		for now := hours(-12); now.Before(hours(3)); now = now.Add(time.Duration(1+r.IntN(50)) * time.Minute) {
			s.Site.Events = append([]*status.Event(nil), past...)
			for _, e := range events {
				file := *e
				file.Updates = nil
				for _, u := range e.Updates {
					if !u.At.After(now) {
						file.Updates = append(file.Updates, u)
					}
				}
				if len(file.Updates) > 0 {
					s.Site.Events = append(s.Site.Events, &file)
				}
			}
			built := derive.Derive(s.Site, now)
			after := map[string]string{"the page": dig(t, built, "api/v2/status.json", "page", "updated_at").(string)}
			for _, c := range dig(t, built, "api/v2/components.json", "components").([]any) {
				c := c.(map[string]any)
				after["component "+c["id"].(string)] = c["updated_at"].(string)
			}
			for _, e := range dig(t, built, "api/v2/incidents.json", "incidents").([]any) {
				e := e.(map[string]any)
				after["incident "+e["id"].(string)] = e["updated_at"].(string)
			}
			for what, was := range before {
				if after[what] < was {
					t.Fatalf("seed %d, built at %s: %s was updated at %s, now it says %q", seed, now.Format("15:04"), what, was, after[what])
				}
			}
			before = after
		}
	}
}
