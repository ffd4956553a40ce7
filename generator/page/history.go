package page

import (
	"slices"
	"strconv"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// HistoryPage is the newest months of the history and the way to all others,
// history.html: of everything, or of one kind.
type HistoryPage struct {
	Base
	Heading     string
	Intro       string
	Kinds       []KindLink
	SearchFiles string         // links to what the script searches, newest year first, separated by blanks; empty if there is nothing
	SearchRoot  string         // leads to the index of the language, which the links in those are below
	Newest      []HistoryMonth // newest first
	Years       []Year         // the months before them, newest first
	Components  []Link         // each component's own page, with its events
	Folded      bool           // there are so many that the list is folded
}

// HistoryMonth is a month with what was going on in it, by title.
type HistoryMonth struct {
	Month
	Rows []HistoryRow // newest first
	More string       // "and 3 more", if there are more than are shown
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

// The first page shows so many months, and so many titles of each.
const (
	newestMonths   = 3
	maxFrontTitles = 25
)

// month is what was going on or announced in one month of the history.
type month struct {
	path          string          // history/2022/12/
	first         time.Time       // its first instant, in the site's zone
	events        []*derive.Event // by the beginning that their rows show, newest first
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
		slices.SortStableFunc(m.events, func(a, b *derive.Event) int { return happened(b).Compare(happened(a)) })
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

// history is the first page of a kind, which some of all months have.
func (l *Localization) history(s *derive.Snapshot, k kind, all, months []month, files []searchFile) HistoryPage {
	path := k.path()
	up := upFrom(path)
	p := HistoryPage{
		Base: l.base(s, up, path), Heading: l.kindName(k, "history.title"), Kinds: l.kindLinks(up, k, all),
		SearchFiles: l.searchLinks(s, files, up), SearchRoot: up,
	}
	p.Section, p.Intro = "history", l.catalog.Text("history.intro")
	if k == ofAnnouncements {
		p.Intro = l.catalog.Text("history.intro_announcements")
	}
	p.Title = p.Heading
	p.Description = l.catalog.Text("history.description", "site", l.siteTitle(s.Site))
	newest := months[:min(len(months), newestMonths)]
	for _, m := range newest {
		p.Newest = append(p.Newest, l.historyMonth(s, up, m))
		l.live(s, &p.Base, p.Newest[len(p.Newest)-1].Rows)
	}
	for _, m := range months[len(newest):] {
		name := strconv.Itoa(m.first.Year())
		if n := len(p.Years); n == 0 || p.Years[n-1].Name != name {
			p.Years = append(p.Years, Year{Name: name})
		}
		year := &p.Years[len(p.Years)-1]
		year.Months = append(year.Months, l.monthOf(up, m))
	}
	for _, c := range s.Components {
		p.Components = append(p.Components, Link{Name: l.uniqueName(c.Component), URL: up + c.Path()})
	}
	p.Folded = len(p.Components) > maxUnfolded
	return p
}

// maxUnfolded is how many components are listed without a fold.
const maxUnfolded = 40

func (l *Localization) monthOf(up string, m month) Month {
	return Month{Name: l.catalog.MonthHeading(m.first), URL: up + m.path, Counts: l.counts(m)}
}

// historyMonth is a month on the first page of a history.
func (l *Localization) historyMonth(s *derive.Snapshot, up string, m month) HistoryMonth {
	shown := HistoryMonth{Month: l.monthOf(up, m)}
	announcements := m.begun()
	all := len(m.events) + len(announcements)
	add := func() {
		shown.Rows = append(shown.Rows, l.announcementRow(up, m, announcements[0]))
		announcements = announcements[1:]
	}
	events := m.events[:min(len(m.events), maxFrontTitles)]
	for i, row := range l.rows(s, up, m, events) {
		for len(announcements) > 0 && announcements[0].From.After(happened(events[i])) {
			add()
		}
		shown.Rows = append(shown.Rows, row)
	}
	for len(announcements) > 0 {
		add()
	}
	shown.Rows = shown.Rows[:min(len(shown.Rows), maxFrontTitles)]
	if rest := all - len(shown.Rows); rest > 0 {
		shown.More = l.catalog.Count("index.more", rest)
	}
	return shown
}

// counts is the number of events of each kind in a month, in words.
func (l *Localization) counts(m month) string {
	var parts []string
	for _, k := range kindsOfHistory[1:] {
		n := len(m.of(k).events)
		if k == ofAnnouncements {
			n = len(m.announcements)
		}
		if n > 0 {
			parts = append(parts, l.catalog.Count("history."+string(k), n))
		}
	}
	return l.catalog.List(parts)
}
