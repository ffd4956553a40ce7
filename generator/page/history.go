package page

import (
	"slices"
	"strconv"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// HistoryPage is the list of months, history.html.
type HistoryPage struct {
	Base
	Years      []Year // newest first
	Components []Link // each component's own page, with its events
}

// Year is the months of one year in which something happened, newest first.
type Year struct {
	Name   string
	Months []Month
}

// Month is one month of the history.
type Month struct {
	Name   string // "December 2022"
	URL    string
	Counts string // "3 incidents, 1 maintenance and 1 announcement"
}

// MonthPage is every event that was going on or announced in one month, month.html.
type MonthPage struct {
	Base
	Heading       string
	Announcements []Announcement // that were shown in it, newest first
	Events        []Entry        // newest first
	Rest          []Link         // events beyond the number that is shown in full
	Newer         *Link          // the next newer month with events
	Older         *Link
}

// A month's page shows so many events in full, and so many more by title.
const (
	maxMonthEvents = 200
	maxMonthTitles = 2000
)

// month is what was going on or announced in one month of the history.
type month struct {
	path          string          // history/2022/12/
	first         time.Time       // its first instant, in the site's zone
	events        []*derive.Event // newest first
	announcements []*status.Announcement
}

// monthsOf lists the months of a site's history, newest first, without those in
// which nothing was. An event is in each month in which it was going on, and in
// that of its first update. An announcement has the month in which it began, and
// is in all others of these in which it was shown.
func monthsOf(s *derive.Snapshot) []month {
	byFirst := map[time.Time]*month{}
	of := func(first time.Time) *month {
		m := byFirst[first]
		if m == nil {
			m = &month{path: status.MonthPath(first), first: first}
			byFirst[first] = m
		}
		return m
	}
	for _, e := range s.Events {
		add := func(first time.Time) {
			if m := of(first); len(m.events) == 0 || m.events[len(m.events)-1] != e {
				m.events = append(m.events, e)
			}
		}
		add(status.StartOfMonth(e.CreatedAt))
		for _, p := range e.Periods {
			eachMonth(p.From, p.To, func(first, next time.Time) {
				if e.During(first, next) {
					add(first)
				}
			})
		}
	}
	for _, a := range s.Announced {
		of(status.StartOfMonth(a.From.In(s.At.Location())))
	}
	months := make([]month, 0, len(byFirst))
	for _, m := range byFirst {
		next := status.NextMonth(m.first)
		for _, a := range s.Announced {
			if a.From.Before(next) && (a.Until.IsZero() || a.Until.After(m.first)) {
				m.announcements = append(m.announcements, a)
			}
		}
		months = append(months, *m)
	}
	slices.SortFunc(months, func(a, b month) int { return b.first.Compare(a.first) })
	return months
}

// eachMonth yields the months from that of an instant to that of another, each
// with the first instant of the next one.
func eachMonth(from, to time.Time, yield func(first, next time.Time)) {
	for first := status.StartOfMonth(from); !first.After(to); {
		next := status.NextMonth(first)
		yield(first, next)
		first = next
	}
}

// changed is when something in the month changed last.
func (m month) changed() time.Time {
	changed := lastChange(m.events, m.first)
	for _, a := range m.announcements {
		if a.From.After(changed) {
			changed = a.From
		}
	}
	return changed
}

func (l *Localization) history(s *derive.Snapshot, months []month) HistoryPage {
	up := upFrom(status.HistoryPath)
	p := HistoryPage{Base: l.base(s, up, status.HistoryPath)}
	p.Section = "history"
	p.Title = l.catalog.Text("history.title")
	p.Description = l.catalog.Text("history.description", "site", l.siteTitle(s.Site))
	for _, m := range months {
		name := strconv.Itoa(m.first.Year())
		if n := len(p.Years); n == 0 || p.Years[n-1].Name != name {
			p.Years = append(p.Years, Year{Name: name})
		}
		year := &p.Years[len(p.Years)-1]
		year.Months = append(year.Months, Month{
			Name: l.catalog.MonthHeading(m.first), URL: up + m.path, Counts: l.counts(m),
		})
	}
	for _, c := range s.Components {
		p.Components = append(p.Components, Link{Name: l.uniqueName(c.Component), URL: up + c.Path()})
	}
	return p
}

// counts is the number of events of each kind in a month, in words.
func (l *Localization) counts(m month) string {
	incidents := 0
	for _, e := range m.events {
		if e.Kind == status.Incident {
			incidents++
		}
	}
	var parts []string
	if incidents > 0 {
		parts = append(parts, l.catalog.Count("history.incidents", incidents))
	}
	if maintenance := len(m.events) - incidents; maintenance > 0 {
		parts = append(parts, l.catalog.Count("history.maintenance", maintenance))
	}
	if announcements := len(m.announcements); announcements > 0 {
		parts = append(parts, l.catalog.Count("history.announcements", announcements))
	}
	return l.catalog.List(parts)
}

// month is the page of the month at index i.
func (l *Localization) month(s *derive.Snapshot, months []month, i int) MonthPage {
	m := months[i]
	up := upFrom(m.path)
	p := MonthPage{Base: l.base(s, up, m.path)}
	p.Section = "history"
	p.Heading = l.catalog.MonthHeading(m.first)
	p.Title = p.Heading
	p.Description = l.catalog.Text("month.description", "site", l.siteTitle(s.Site), "month", l.catalog.MonthYear(m.first))
	for _, a := range m.announcements {
		p.Announcements = append(p.Announcements, l.announcement(a))
	}
	inFull := m.events[:min(len(m.events), maxMonthEvents)]
	var forecast []*derive.Snapshot
	if slices.ContainsFunc(inFull, forecastable) {
		forecast = s.Forecast()
		p.Live, p.AsOf = true, l.asOf(s) // the clock will change something
	}
	p.Events = l.entries(up, inFull, m.first, forecast)
	rest := m.events[len(inFull):]
	for _, e := range rest[:min(len(rest), maxMonthTitles)] {
		p.Rest = append(p.Rest, *l.eventLink(up, e))
	}
	if i > 0 {
		p.Newer = l.monthLink(up, months[i-1])
	}
	if i+1 < len(months) {
		p.Older = l.monthLink(up, months[i+1])
	}
	return p
}

func (l *Localization) monthLink(up string, m month) *Link {
	return &Link{Name: l.catalog.MonthHeading(m.first), URL: up + m.path}
}
