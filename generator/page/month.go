package page

import (
	"slices"

	"allclear/generator/derive"
)

// MonthPage is all that was going on or announced in one month, or what of it is
// of one kind, month.html.
type MonthPage struct {
	Base
	Heading       string
	Front         string // the link to the first page of its kind
	Kinds         []KindLink
	Announcements []Announcement // that were shown in it, newest first
	Events        []HistoryRow   // newest first
	Rest          []Link         // events beyond the number that is shown in full
	Newer         *Link          // the next newer month of its kind
	Older         *Link
}

// A month's page shows so many events in full, and so many more by title.
const (
	maxMonthEvents = 200
	maxMonthTitles = 2000
)

// month is a month's page of a kind: of the month at index i of those that have
// something of it.
func (l *Localization) month(s *derive.Snapshot, k kind, all, months []month, i int) MonthPage {
	m := months[i]
	up := upFrom(m.path)
	p := MonthPage{Base: l.base(s, up, m.path), Front: up + k.path()}
	p.Section = "history"
	p.Heading = l.catalog.MonthHeading(m.first)
	p.Title = p.Heading
	if k != ofEverything {
		p.Title = l.catalog.Text("month.of", "kind", l.kindName(k, ""), "month", p.Heading)
		p.Heading = p.Title
	}
	p.Description = l.catalog.Text("month.description", "site", l.siteTitle(s.Site), "month", l.catalog.MonthYear(m.first))
	whole := slices.IndexFunc(all, func(other month) bool { return other.first.Equal(m.first) })
	p.Kinds = l.monthKinds(up, k, all[whole])
	for _, a := range m.announcements {
		p.Announcements = append(p.Announcements, l.announcement(a))
	}
	inFull := m.events[:min(len(m.events), maxMonthEvents)]
	p.Events = l.rows(s, up, m, inFull)
	l.live(s, &p.Base, p.Events)
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
