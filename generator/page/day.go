package page

import (
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// maxDayEvents is how many events of one date are listed.
const maxDayEvents = 20

// days lists the last dates, newest first, each with what was going on; neighbours
// are one stretch if the list says no more of each. Maintenance that has not begun
// is in Overview.Upcoming instead.
func (l *Localization) days(s *derive.Snapshot, up string, forecast []*derive.Snapshot) []Stretch {
	var stretches []Stretch
	var newest time.Time // the last date of the stretch
	told := map[string]bool{}
	next := status.NextDay(s.At)
	for range s.Site.HistoryDays {
		date := status.DayBefore(next)
		day := l.day(s, up, date, next, forecast, told)
		if last := len(stretches) - 1; last >= 0 && same(stretches[last], day) {
			l.extend(&stretches[last], date, newest)
		} else {
			stretches = append(stretches, day)
			newest = date
		}
		next = date
	}
	return stretches
}

// extend makes a stretch begin on an earlier date; newest is its last one.
func (l *Localization) extend(s *Stretch, date, newest time.Time) {
	s.From, s.To = l.date(date), l.date(newest)
	s.From.Text, s.To.Text, s.Between = l.catalog.Days(date, newest, l.today)
}

// day is one date. What has been told of an event on a newer date, or is above in
// the open events, is not told again.
func (l *Localization) day(s *derive.Snapshot, up string, date, next time.Time, forecast []*derive.Snapshot, told map[string]bool) Stretch {
	var on []*derive.Event
	for _, e := range s.Events {
		if e.During(date, next) && !e.Upcoming() {
			on = append(on, e)
		}
	}
	shown := on[:min(len(on), maxDayEvents)]
	day := Stretch{From: l.date(date), Month: up + status.MonthPath(date), Events: l.entries(up, shown, date, forecast)}
	for i, e := range shown {
		day.Events[i].Brief = told[e.ID] || e.Open()
		if began := happened(e); !began.Before(date) && began.Before(next) {
			day.Events[i].When = l.clock(began)
		}
		told[e.ID] = true
	}
	if rest := len(on) - len(shown); rest > 0 {
		day.More = l.catalog.Count("index.more", rest)
	}
	return day
}

// same reports whether a date has the same events as the stretch after it, and the
// list says no more of them.
func same(stretch, day Stretch) bool {
	told := func(e Entry) bool { return !e.Brief }
	if slices.ContainsFunc(stretch.Events, told) || slices.ContainsFunc(day.Events, told) || stretch.Month != day.Month && len(day.Events) > 0 {
		return false
	}
	return stretch.More == day.More && slices.EqualFunc(stretch.Events, day.Events, func(a, b Entry) bool { return a.URL == b.URL })
}
