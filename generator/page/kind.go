package page

import (
	"slices"
	"sync"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// kind is what a page of the history is about: "" for everything. Each has its own
// pages at addresses of their own, so that it is there without a script.
type kind string

const (
	ofEverything    kind = ""
	ofIncidents     kind = "incidents"
	ofMaintenance   kind = "maintenance"
	ofAnnouncements kind = "announcements"
)

var kindsOfHistory = []kind{ofEverything, ofIncidents, ofMaintenance, ofAnnouncements}

// path is the path of the kind's first page: history/incidents/.
func (k kind) path() string {
	if k == ofEverything {
		return status.HistoryPath
	}
	return status.HistoryPath + string(k) + "/"
}

// KindLink is a link to the same page of another kind.
type KindLink struct {
	Name, URL string
	Current   bool
}

// kindName is what a kind is called; everything has a name of its own on each
// page.
func (l *Localization) kindName(k kind, all string) string {
	switch k {
	case ofIncidents:
		return l.catalog.Text("month.incidents")
	case ofMaintenance:
		return l.catalog.Text("severity.maintenance")
	case ofAnnouncements:
		return l.catalog.Text("index.announcements")
	}
	return l.catalog.Text(all)
}

// of is the month with what is of a kind; its path is that of the kind's page.
func (m month) of(k kind) month {
	if k == ofEverything {
		return m
	}
	only := month{first: m.first, path: status.MonthPathIn(k.path(), m.first)}
	switch k {
	case ofAnnouncements:
		only.announcements = m.begun()
	default:
		for _, e := range m.events {
			if (e.Kind == status.Incident) == (k == ofIncidents) {
				only.events = append(only.events, e)
			}
		}
	}
	return only
}

// begun are the announcements that began in the month. Its own page has those too
// that were still shown in it.
func (m month) begun() []*status.Announcement {
	var begun []*status.Announcement
	for _, a := range m.announcements {
		if !a.From.Before(m.first) {
			begun = append(begun, a)
		}
	}
	return begun
}

// empty reports whether nothing was in the month.
func (m month) empty() bool { return len(m.events) == 0 && len(m.announcements) == 0 }

// monthsOfKind are the months that have something of a kind.
func monthsOfKind(months []month, k kind) []month {
	var found []month
	for _, m := range months {
		if only := m.of(k); !only.empty() {
			found = append(found, only)
		}
	}
	return found
}

// oneKind reports whether the history has things of one kind only, so that its
// pages of everything are those of the kind.
func oneKind(months []month) bool {
	found := 0
	for _, k := range kindsOfHistory[1:] {
		if len(monthsOfKind(months, k)) > 0 {
			found++
		}
	}
	return found < 2
}

// kindLinks lead from the first page of a kind to those of the others that the
// site has; none if there is only one.
func (l *Localization) kindLinks(up string, shown kind, months []month) []KindLink {
	return l.linksToKinds(shown, func(k kind) string {
		if slices.ContainsFunc(months, func(m month) bool { return !m.of(k).empty() }) {
			return up + k.path()
		}
		return ""
	})
}

// monthKinds lead from a month's page to the same month of the other kinds.
func (l *Localization) monthKinds(up string, shown kind, whole month) []KindLink {
	return l.linksToKinds(shown, func(k kind) string {
		if m := whole.of(k); !m.empty() {
			return up + m.path
		}
		return ""
	})
}

func (l *Localization) linksToKinds(shown kind, url func(kind) string) []KindLink {
	var links []KindLink
	for _, k := range kindsOfHistory {
		if url := url(k); url != "" {
			links = append(links, KindLink{Name: l.kindName(k, "month.everything"), URL: url, Current: k == shown})
		}
	}
	if len(links) < 3 && shown == ofEverything { // everything is the same as the only kind
		return nil
	}
	return links
}

// newestChange is when something in some months changed last.
func newestChange(months []month) time.Time {
	newest := slices.MaxFunc(months, func(a, b month) int { return a.changed().Compare(b.changed()) })
	return newest.changed()
}

// historyPages lists the pages of the history in one language.
func (l *Localization) historyPages(s *derive.Snapshot, add func(p Page, template string, given func() any)) {
	all := monthsOf(s)
	single := oneKind(all)
	files := sync.OnceValue(func() []searchFile { return l.searchTitles(s) })
	for _, k := range kindsOfHistory {
		months := monthsOfKind(all, k)
		if k != ofEverything && (len(months) == 0 || single) {
			continue
		}
		first := Page{Path: k.path(), Changed: s.Updated}
		if k != ofEverything {
			first.Changed = newestChange(months)
		}
		add(first, "history.html", func() any { return l.history(s, k, all, months, files()) })
		for i, m := range months {
			add(Page{Path: m.path, Changed: m.changed(), Month: m.first}, "month.html", func() any { return l.month(s, k, all, months, i) })
		}
	}
}
