package oracle

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// dice makes random content. The same seed makes the same content.
type dice struct {
	*rand.Rand
	c        *Content
	from, to time.Time // most of what happens is between these instants
	texts    int       // how many texts have been written
	names    []string  // of events, each used once
}

// stage is a zone and an instant at which something odd happens there.
type stage struct{ zone, at string }

var stages = []stage{
	{"Etc/UTC", "2026-11-26T00:00:00Z"},
	{"Etc/UTC", "2024-02-29T12:00:00Z"},
	{"Pacific/Apia", "2011-12-30T10:00:00Z"},      // 30 December does not exist
	{"Pacific/Kwajalein", "1993-08-21T12:00:00Z"}, // 21 August does not exist
	{"Europe/Zurich", "2026-10-25T01:00:00Z"},
	{"Europe/Zurich", "2026-03-29T01:00:00Z"},
	{"Asia/Kathmandu", "2026-11-26T18:15:00Z"},      // +05:45
	{"Australia/Lord_Howe", "2026-04-04T15:00:00Z"}, // half an hour of summer time
	{"Australia/Lord_Howe", "2026-10-03T15:30:00Z"},
	{"America/St_Johns", "2006-10-29T02:31:00Z"}, // a clock change at 00:01
	{"America/St_Johns", "2026-11-01T04:30:00Z"},
	{"America/Sao_Paulo", "2018-11-04T03:00:00Z"}, // midnight does not exist
	{"Asia/Beirut", "2026-03-28T22:00:00Z"},       // nor here
	{"America/Havana", "2026-11-01T05:00:00Z"},    // midnight comes twice
	{"Pacific/Chatham", "2026-04-04T14:00:00Z"},
	{"America/New_York", "2026-12-31T20:00:00Z"},
}

var animals = strings.Fields("Otter Falcon Badger Heron Lynx Marten Osprey Pike Quail Raven Stoat Tern Urchin Viper Walrus Zander Adder Bison Cobra Dingo")

// randomContent makes the content of one site.
func randomContent(seed uint64) *Content {
	d := &dice{Rand: rand.New(rand.NewPCG(seed, 10)), names: slices.Clone(animals)}
	d.Shuffle(len(d.names), func(i, j int) { d.names[i], d.names[j] = d.names[j], d.names[i] })
	d.site()
	for range 2 + d.IntN(7) {
		d.incident()
	}
	for range d.IntN(5) {
		d.maintenance()
	}
	for i := range d.IntN(3) {
		d.announcement(i)
	}
	d.relate()
	slices.SortFunc(d.c.Events, func(a, b *Event) int {
		return strings.Compare(a.Kind()+a.Folder+a.ID, b.Kind()+b.Folder+b.ID)
	})
	if len(d.c.Languages) > 1 {
		d.translate()
	}
	return d.c
}

func (d *dice) chance(percent int) bool { return d.IntN(100) < percent }

func pick[T any](d *dice, from ...T) T { return from[d.IntN(len(from))] }

func (d *dice) site() {
	at := stages[d.IntN(len(stages))]
	zone, err := time.LoadLocation(at.zone)
	if err != nil {
		panic(err)
	}
	middle, _ := time.Parse(time.RFC3339, at.at)
	days := 2 + d.IntN(24)
	before := d.IntN(days)
	d.c = &Content{
		Title: "Acme", URL: pick(d, "https://status.example.com", "https://example.org/status"), Zone: zone,
		Languages: []string{"en"}, HistoryDays: d.IntN(12), UptimeDays: 5 + d.IntN(36),
		Partial: pick(d, 0.3, 0.3, 0.5, 1), Major: 1,
	}
	d.from = middle.Add(-time.Duration(before) * 24 * time.Hour)
	d.to = d.from.Add(time.Duration(days) * 24 * time.Hour)
	if d.chance(20) {
		d.c.Languages = pick(d, []string{"en", "de"}, []string{"en", "ja"}, []string{"en", "ar"}, []string{"en", "fr", "pt-BR"})
	}
	d.c.Social = d.chance(6)
	d.components()
}

func (d *dice) components() {
	names := []string{"Delivery", "Ingestion", "API", "Search", "Mail", "Billing"}
	add := func(group string, n int) {
		d.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		for _, name := range names[:n] {
			id := strings.ToLower(strings.TrimSpace(group + " " + name))
			if d.c.component(strings.ReplaceAll(id, " ", "-")) != nil {
				continue
			}
			c := &Component{ID: strings.ReplaceAll(id, " ", "-"), Name: name, Group: group}
			d.componentKeys(c)
			d.c.Components = append(d.c.Components, c)
		}
	}
	switch d.IntN(4) {
	case 0:
		add("", 1+d.IntN(3))
	case 1:
		add("Europe", 1+d.IntN(3))
		add("India", 1+d.IntN(2))
	case 2:
		add("", 1)
		add("Europe", 2+d.IntN(2))
		add("", d.IntN(2))
	default:
		add("Europe", 1+d.IntN(2))
		add("", 1+d.IntN(2))
		add("India", 1+d.IntN(2))
	}
}

func (d *dice) componentKeys(c *Component) {
	if d.chance(65) {
		c.Start = d.date(d.from.Add(-time.Duration(d.IntN(40)) * 24 * time.Hour))
	} else if d.chance(20) {
		c.Start = d.date(d.between(d.from, d.to))
	}
	if d.chance(15) {
		c.APIID = fmt.Sprintf("c%07x", d.Uint32()>>4)
	}
	if d.chance(10) && c.Start < d.date(d.from) {
		c.Retired = d.date(d.between(d.from.Add(48*time.Hour), d.to))
	}
	c.Descriptions = d.chance(20)
	if features.ComponentAliases && d.chance(20) {
		c.Aliases = []string{"old-" + c.ID}
	}
	if len(d.c.Languages) > 1 && d.chance(50) {
		c.Translated = map[string]string{d.c.Languages[1]: c.Name + " x"}
	}
}

func (d *dice) date(t time.Time) string { return t.In(d.c.Zone).Format(time.DateOnly) }

// between is a random minute, now and then a midnight of the site or a full hour.
func (d *dice) between(from, to time.Time) time.Time {
	if !to.After(from) {
		return from
	}
	t := from.Add(time.Duration(d.Int64N(int64(to.Sub(from))))).Truncate(time.Minute)
	switch {
	case d.chance(8):
		t = startOfDate(t, d.c.Zone)
	case d.chance(10):
		t = t.Truncate(time.Hour)
	case d.chance(5):
		t = t.Add(time.Duration(d.IntN(60)) * time.Second)
	}
	if t.Before(from) {
		t = from
	}
	return d.zoned(t)
}

// zoned puts an instant into a zone that a writer may write it in.
func (d *dice) zoned(t time.Time) time.Time {
	if d.chance(25) {
		_, offset := t.In(d.c.Zone).Zone()
		if offset%60 == 0 {
			return t.In(time.FixedZone("", offset))
		}
	}
	return t.UTC()
}

// after is an instant some time after another: at once, in minutes, in hours
// or in days.
func (d *dice) after(t time.Time) time.Time {
	switch n := d.IntN(100); {
	case n < 8:
		return d.zoned(t)
	case n < 45:
		return d.between(t.Add(time.Minute), t.Add(2*time.Hour))
	case n < 85:
		return d.between(t.Add(time.Hour), t.Add(20*time.Hour))
	}
	return d.between(t.Add(20*time.Hour), t.Add(6*24*time.Hour))
}

// text is the text of an update, by which the oracle finds it again.
func (d *dice) text() string {
	d.texts++
	text := fmt.Sprintf("Note k%dk says what we know.", d.texts)
	if d.chance(15) {
		text += "\n\n- one thing\n- another [thing](https://example.com/thing)"
	}
	return text
}

func (d *dice) newEvent(maintenance bool) *Event {
	name := d.names[0]
	d.names = d.names[1:]
	what := pick(d, "Slow", "Broken", "Lost", "Late")
	if maintenance {
		what = pick(d, "Upgrade", "Move", "Repair")
	}
	e := &Event{Maintenance: maintenance, ID: strings.ToLower(what + "-" + name), Title: what + " " + name}
	if d.chance(20) {
		e.APIID = fmt.Sprintf("e%07x", d.Uint32()>>4)
	}
	if d.chance(20) {
		e.Folder = "2026/"
	}
	if d.chance(10) {
		e.Aliases = []string{"/old/" + strings.ToLower(name) + "/"}
	}
	e.Draft = d.chance(6)
	e.Held = d.chance(25)
	d.c.Events = append(d.c.Events, e)
	return e
}

var componentStatuses = []string{"operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"}

// touched chooses the components that an event names.
func (d *dice) touched(statuses bool) []Setting {
	var settings []Setting
	for _, i := range d.Perm(len(d.c.Components))[:min(len(d.c.Components), d.IntN(4))] {
		id := d.c.Components[i].ID
		if old := d.c.Components[i].Aliases; len(old) > 0 && d.chance(50) {
			id = old[0] // events may go on naming it
		}
		settings = append(settings, Setting{Component: id})
	}
	if statuses {
		for i := range settings {
			settings[i].Status = pick(d, componentStatuses...)
		}
	}
	return settings
}

// relate lets some events name an older or newer one.
func (d *dice) relate() {
	for _, e := range d.c.Events {
		other := d.c.Events[d.IntN(len(d.c.Events))]
		if d.chance(15) && other != e && !other.Draft && !other.Held && other.Updates[0].At.Before(e.Updates[0].At) {
			e.Related = []string{other.ID}
		}
	}
}

func (d *dice) announcement(i int) {
	a := &Announcement{ID: fmt.Sprintf("news-%d", i), Title: "News " + d.names[0], From: d.between(d.from, d.to), Text: d.text()}
	d.names = d.names[1:]
	if d.chance(80) {
		a.Until = d.after(a.From).Add(time.Minute)
	}
	d.c.Announcements = append(d.c.Announcements, a)
}

func (d *dice) translate() {
	for _, e := range d.c.Events {
		for _, language := range d.c.Languages[1:] {
			if d.chance(50) {
				continue
			}
			t := &Translation{Title: e.Title + " " + language, Texts: map[int]string{}}
			for i, u := range e.Updates {
				twin := slices.ContainsFunc(e.Updates, func(o Update) bool {
					return o.Text != u.Text && o.Status == u.Status && o.At.Equal(u.At)
				})
				if u.Text != "" && !twin && d.chance(70) {
					t.Texts[i] = u.Text + " (" + language + ")"
				}
			}
			if e.Translations == nil {
				e.Translations = map[string]*Translation{}
			}
			e.Translations[language] = t
		}
	}
}

// instants chooses moments at which to build: beside what happens, at
// midnights and anywhere.
func instants(d *rand.Rand, c *Content, n int) []time.Time {
	var marks []time.Time
	for _, e := range c.Events {
		for _, u := range e.Updates {
			marks = append(marks, u.At)
		}
		for _, t := range []time.Time{e.Started, e.Ended, e.From, e.Until} {
			if !t.IsZero() {
				marks = append(marks, t)
			}
		}
	}
	first, last := slices.MinFunc(marks, time.Time.Compare), slices.MaxFunc(marks, time.Time.Compare)
	var chosen []time.Time
	for range n {
		t := marks[d.IntN(len(marks))]
		switch d.IntN(6) {
		case 0:
		case 1:
			t = t.Add(time.Second)
		case 2:
			t = t.Add(time.Duration(d.IntN(300)) * time.Second)
		case 3:
			t = t.Add(time.Duration(d.IntN(30)) * time.Hour)
		case 4:
			t = startOfDate(t, c.Zone).Add(time.Duration(d.IntN(2)) * time.Hour)
		default:
			t = first.Add(time.Duration(d.Int64N(int64(last.Sub(first)) + int64(time.Hour))))
		}
		chosen = append(chosen, t.UTC().Truncate(time.Second))
	}
	slices.SortFunc(chosen, time.Time.Compare)
	return chosen
}
