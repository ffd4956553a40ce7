package feed_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"allclear/generator/derive"
	"allclear/generator/feed"
	"allclear/generator/language"
	"allclear/generator/page"
	"allclear/generator/status"
)

// counted is everything in the outputs of a maintenance that may only rise.
type counted struct {
	sequence                               int
	stamp, modified, feed, updated, window string
	entries                                map[string]entry // by id
}

// entry is the text of an entry, and when it changed.
type entry struct{ changed, text string }

// count builds a site with a maintenance at an instant.
func count(t *testing.T, words *language.Catalog, site *status.Site, now time.Time) counted {
	t.Helper()
	s := derive.Derive(site, now)
	c := counted{updated: s.Updated.Format(time.RFC3339), entries: map[string]entry{}}
	for _, r := range feed.Routes(s, words) {
		var b bytes.Buffer
		if r.Path != "maintenance.ics" && r.Path != "history.atom" {
			continue
		}
		if err := r.Write(&b); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		if r.Path == "history.atom" {
			c.feed = between(text, "</title>\n\t<updated>", "<")
			for _, e := range strings.Split(text, "<entry>")[1:] {
				c.entries[between(e, "<id>", "<")] = entry{between(e, "<updated>", "<"), between(e, "<content", "</content>")}
			}
			continue
		}
		said := func(name string) string {
			return regexp.MustCompile(`(?m)^` + name + `:(\S+)\r$`).FindStringSubmatch(text)[1]
		}
		c.stamp, c.modified, c.window = said("DTSTAMP"), said("LAST-MODIFIED"), said("DTSTART")+"/"+said("DTEND")
		c.sequence, _ = strconv.Atoi(said("SEQUENCE"))
	}
	return c
}

func between(text, begin, end string) string {
	_, rest, _ := strings.Cut(text, begin)
	found, _, _ := strings.Cut(rest, end)
	return found
}

// notFallen says what of it fell.
func (c counted) notFallen(before counted) error {
	for name, value := range map[string][2]string{
		"DTSTAMP": {before.stamp, c.stamp}, "LAST-MODIFIED": {before.modified, c.modified},
		"the feed's updated": {before.feed, c.feed}, "the site's updated": {before.updated, c.updated},
	} {
		if value[1] < value[0] {
			return fmt.Errorf("%s fell from %s to %s", name, value[0], value[1])
		}
	}
	if before.window == "" {
		return nil // the first build
	}
	if c.sequence < before.sequence || c.window != before.window && c.sequence == before.sequence {
		return fmt.Errorf("SEQUENCE went from %d to %d, the window from %s to %s", before.sequence, c.sequence, before.window, c.window)
	}
	for id, was := range before.entries {
		if is := c.entries[id]; is.changed < was.changed || is.changed == was.changed && is.text != was.text {
			return fmt.Errorf("the entry %s changed at %s: %s, now it is of %q: %s", id, was.changed, was.text, is.changed, is.text)
		}
	}
	return nil
}

// randomMaintenance is a maintenance with updates as persons may append them,
// most of them near what the clock does.
func randomMaintenance(r *rand.Rand, c *status.Component) *status.Event {
	noon := at("2026-05-20 12:00")
	minutes := func(n int) time.Duration { return time.Duration(n) * time.Minute }
	e := &status.Event{
		Kind: status.Maintenance, ID: "work", Title: "Work", Components: []status.Setting{{Component: c}},
		ScheduledFor: noon, ScheduledUntil: noon.Add(minutes(60)),
	}
	said := noon.Add(-minutes(20))
	from, until := e.ScheduledFor, e.ScheduledUntil
	e.Updates = []status.Update{{At: said, Status: status.Scheduled}}
	for range r.IntN(7) {
		said = said.Add(minutes(r.IntN(25)))
		if near := []time.Time{from, until}[r.IntN(2)].Add(minutes(r.IntN(8) - 1)); r.IntN(3) == 0 && near.After(said) {
			said = near
		}
		u := status.Update{At: said, Status: status.Scheduled + status.EventStatus(r.IntN(5))}
		if u.Interim = r.IntN(3) == 0; u.Interim {
			u.Status = 0
		}
		if r.IntN(2) == 0 {
			u.Text = status.Paragraph("Some words.")
		}
		if said.Before(from) && r.IntN(3) == 0 {
			from = said.Add(minutes(1 + r.IntN(30)))
			until = from.Add(minutes(1 + r.IntN(60)))
			u.From, u.Until = from, until
		} else if r.IntN(4) == 0 {
			until = said.Add(minutes(1 + r.IntN(60)))
			if until.After(from) {
				u.Until = until
			}
		}
		e.Updates = append(e.Updates, u)
	}
	for i, id := range status.UpdateIDs(e.Code(), e.Updates) {
		e.Updates[i].ID = id
	}
	return e
}

// with is the site as it was when an event had its first updates only.
func with(c *status.Component, e *status.Event, updates int) *status.Site {
	file := *e
	file.Updates = e.Updates[:updates:updates]
	for i, id := range status.UpdateIDs(file.Code(), file.Updates) {
		if file.Updates[i].ID != id {
			panic("an update's id depends on later ones")
		}
	}
	return &status.Site{
		Title: "Example", URL: "https://status.example.com", Zone: time.UTC, Language: "en",
		Uptime: status.UptimeRule{Days: 90, PartialOutage: 0.3, MajorOutage: 1},
		Items:  []status.Item{{Component: c}}, Components: []*status.Component{c}, Events: []*status.Event{&file},
	}
}

func TestNothingThatIsCountedFallsWhateverIsAppended(t *testing.T) {
	theme, list := page.Load(nil, os.DirFS("../../themes/default"), "default", "en")
	if list.HasErrors() {
		t.Fatal(list)
	}
	words := theme.Catalog()
	c := &status.Component{ID: "api", Name: "API", StartDate: at("2026-05-01 00:00")}
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 10))
		e := randomMaintenance(r, c)
		var before counted
		var history []string
		for n := 1; n <= len(e.Updates); n++ {
			u := e.Updates[n-1]
			history = append(history, fmt.Sprintf("%s %s from %s until %s", u.At.Format("15:04"), u.Status, u.From.Format("15:04"), u.Until.Format("15:04")))
			next := u.At.Add(3 * time.Hour)
			if n < len(e.Updates) {
				next = e.Updates[n].At
			}
			for now := u.At; now.Before(next); now = now.Add(time.Minute + time.Duration(r.IntN(10))*time.Minute) {
				after := count(t, words, with(c, e, n), now)
				if err := after.notFallen(before); err != nil {
					t.Fatalf("seed %d, built at %s: %v, after\n%s", seed, now.Format("15:04"), err, strings.Join(history, "\n"))
				}
				if said := u.At.Format("20060102T150405Z"); after.modified < said || after.feed < u.At.Format(time.RFC3339) {
					t.Fatalf("seed %d: after an update of %s, the calendar was modified at %s, the feed at %s", seed, said, after.modified, after.feed)
				}
				before = after
			}
		}
	}
}

// An update may be dated before what the clock has done by the time that it is
// written, and take that back.
func TestEveryUpdateRaisesTheSequenceHoweverLateItIsTold(t *testing.T) {
	theme, list := page.Load(nil, os.DirFS("../../themes/default"), "default", "en")
	if list.HasErrors() {
		t.Fatal(list)
	}
	c := &status.Component{ID: "api", Name: "API"}
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 20))
		e := randomMaintenance(r, c)
		now := e.Updates[len(e.Updates)-1].At.Add(time.Duration(r.IntN(180)) * time.Minute)
		before := -1
		for n := 1; n <= len(e.Updates); n++ {
			after := count(t, theme.Catalog(), with(c, e, n), now).sequence
			if after <= before {
				t.Fatalf("seed %d: with %d updates the sequence is %d, before it was %d", seed, n, after, before)
			}
			before = after
		}
	}
}
