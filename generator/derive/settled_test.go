package derive

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/status"
)

// TestWhatWasSettledStandsInTheNextSnapshotAsIfDerivedAnew changes a site at
// random, moves the clock, and holds each snapshot to one that knows no other,
// and then once more when the next has been made.
func TestWhatWasSettledStandsInTheNextSnapshotAsIfDerivedAnew(t *testing.T) {
	for seed := range uint64(60) {
		random := rand.New(rand.NewPCG(seed, 3))
		site := newSite("a", "b", "c", "d")
		site.Preview = seed%2 == 0
		now := at(t, "2026-05-20 12:00")
		site.Components[1].StartDate = now.AddDate(0, 0, -10)
		site.Components[2].Retired = now.AddDate(0, 0, 3)
		for i := range 8 {
			site.Events = append(site.Events, randomEvent(random, site, i, now))
		}
		d := NewDeriver(ClockTexts{})
		var last, fresh *Snapshot
		for step := range 60 {
			made := *site
			made.Events = slices.Clone(made.Events)
			slices.SortFunc(made.Events, func(a, b *status.Event) int {
				if byTime := a.Updates[0].At.Compare(b.Updates[0].At); byTime != 0 {
					return byTime
				}
				return strings.Compare(a.ID, b.ID)
			})
			s := d.Derive(&made, now)
			if !reflect.DeepEqual(last, fresh) {
				t.Fatalf("seed %d, step %d: the last snapshot has changed", seed, step)
			}
			last, fresh = s, Derive(&made, now, ClockTexts{})
			if !reflect.DeepEqual(last, fresh) {
				t.Fatalf("seed %d, step %d: the snapshot differs from a fresh one", seed, step)
			}
			for range random.IntN(3) {
				switch n := len(site.Events); random.IntN(6) {
				case 0:
					i := random.IntN(n + 1)
					site.Events = slices.Insert(site.Events, i, randomEvent(random, site, 100+step, now))
				case 1:
					if n > 0 {
						site.Events = slices.Delete(site.Events, 0, 1)
					}
				case 2, 3:
					if n > 0 {
						site.Events[random.IntN(n)] = randomEvent(random, site, 200+step, now)
					}
				default:
					now = now.Add(time.Duration(random.IntN(100)-10) * time.Hour / 2)
				}
			}
		}
	}
}

func randomEvent(random *rand.Rand, site *status.Site, i int, now time.Time) *status.Event {
	e := &status.Event{ID: fmt.Sprint("event-", i), Severity: status.Severity(random.IntN(4)), SeverityStated: true}
	first := random.IntN(len(site.Components))
	for _, c := range site.Components[first:min(len(site.Components), first+random.IntN(3))] {
		e.Components = append(e.Components, status.Setting{Component: c})
	}
	at := now.Add(time.Duration(random.IntN(600)-560) * time.Hour / 2)
	statuses := []status.EventStatus{status.Investigating, status.Monitoring, status.Resolved, status.Resolved}
	if random.IntN(3) == 0 {
		e.Kind, e.Severity = status.Maintenance, status.None
		e.ScheduledFor = at.Add(time.Duration(random.IntN(40)) * time.Hour)
		e.ScheduledUntil = e.ScheduledFor.Add(time.Duration(1+random.IntN(9)) * time.Hour)
		statuses = []status.EventStatus{status.Scheduled, status.InProgress, status.Completed, status.Cancelled}
	}
	for range 1 + random.IntN(4) {
		e.Updates = append(e.Updates, says(statuses[random.IntN(len(statuses))], at))
		at = at.Add(time.Duration(random.IntN(20)) * time.Hour / 2)
	}
	if others := site.Events; len(others) > 0 && random.IntN(3) == 0 {
		e.Related = []*status.Event{others[random.IntN(len(others))]}
	}
	return e
}
