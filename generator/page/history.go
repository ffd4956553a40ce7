package page

import (
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
	Counts string // "3 incidents, 1 maintenance"
}

// MonthPage is every event whose first update is in one month, month.html.
type MonthPage struct {
	Base
	Heading string
	Events  []EventItem // newest first
	Rest    []Link      // events beyond the number that is shown in full
	Newer   *Link       // the next newer month with events
	Older   *Link
}

// A month's page shows so many events in full, and so many more by title.
const (
	maxMonthEvents = 200
	maxMonthTitles = 2000
)

// month is the events of one month of the history: those whose first update
// is in it.
type month struct {
	path   string          // history/2022/12/
	newest time.Time       // the newest of those updates, in the site's zone
	events []*derive.Event // newest first
}

// monthsOf lists the months of a site's history, newest first, without those
// that have no event.
func monthsOf(s *derive.Snapshot) []month {
	var months []month
	for _, events := range s.EventMonths() {
		newest := events[0].CreatedAt
		months = append(months, month{status.MonthPath(newest), newest, events})
	}
	return months
}

func (l *Localization) history(s *derive.Snapshot, months []month) HistoryPage {
	up := upFrom(status.HistoryPath)
	p := HistoryPage{Base: l.base(s, up, status.HistoryPath)}
	p.Section = "history"
	p.Title = l.catalog.Text("history.title")
	p.Description = l.catalog.Text("history.description", "site", l.siteTitle(s.Site))
	for _, m := range months {
		name := strconv.Itoa(m.newest.Year())
		if n := len(p.Years); n == 0 || p.Years[n-1].Name != name {
			p.Years = append(p.Years, Year{Name: name})
		}
		year := &p.Years[len(p.Years)-1]
		year.Months = append(year.Months, Month{
			Name: l.catalog.MonthYear(m.newest), URL: up + m.path, Counts: l.counts(m.events),
		})
	}
	for _, c := range s.Components {
		p.Components = append(p.Components, Link{Name: c.FullNameIn(l.language), URL: up + c.Path()})
	}
	return p
}

// counts is the number of events of each kind, in words.
func (l *Localization) counts(events []*derive.Event) string {
	incidents := 0
	for _, e := range events {
		if e.Kind == status.Incident {
			incidents++
		}
	}
	var parts []string
	if incidents > 0 {
		parts = append(parts, l.catalog.Count("history.incidents", incidents))
	}
	if maintenance := len(events) - incidents; maintenance > 0 {
		parts = append(parts, l.catalog.Count("history.maintenance", maintenance))
	}
	return l.catalog.List(parts)
}

// month is the page of the month at index i.
func (l *Localization) month(s *derive.Snapshot, months []month, i int) MonthPage {
	m := months[i]
	up := upFrom(m.path)
	p := MonthPage{Base: l.base(s, up, m.path)}
	p.Section = "history"
	p.Heading = l.catalog.MonthYear(m.newest)
	p.Title = p.Heading
	p.Description = l.catalog.Text("month.description", "site", l.siteTitle(s.Site), "month", p.Heading)
	for n, e := range m.events {
		switch {
		case n < maxMonthEvents:
			p.Events = append(p.Events, l.item(s, up, e))
		case n < maxMonthEvents+maxMonthTitles:
			p.Rest = append(p.Rest, *l.eventLink(up, e))
		}
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
	return &Link{Name: l.catalog.MonthYear(m.newest), URL: up + m.path}
}
