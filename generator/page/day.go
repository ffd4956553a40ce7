package page

import (
	"reflect"
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
		var day Stretch
		if len(stretches) == 0 {
			day = l.currentDay(s, up, date, next, forecast, told)
		} else {
			day.Dates = l.day(s.Events, up, date, next, forecast, told)
		}
		if last := len(stretches) - 1; last >= 0 && len(stretches[last].Forecast) == 0 && same(stretches[last].Dates, day.Dates) {
			l.extend(&stretches[last].Dates, date, newest)
		} else {
			stretches = append(stretches, day)
			newest = date
		}
		next = date
	}
	return stretches
}

// currentDay is the date of the snapshot, and what it will be each time that the clock
// changes what was going on.
func (l *Localization) currentDay(s *derive.Snapshot, up string, date, next time.Time, forecast []*derive.Snapshot, told map[string]bool) Stretch {
	day := Stretch{Dates: l.day(s.Events, up, date, next, nil, told)}
	shown := day.Dates
	for _, later := range forecast {
		if !later.At.Before(next) {
			break // the soonest is first
		}
		then := slices.Clone(s.Events)
		for i, e := range then {
			if !e.Open() {
				continue // a forecast has none that are over
			}
			if changed := later.Event(e.ID); changed != nil {
				then[i] = changed
			}
		}
		coming := l.day(then, up, date, next, nil, map[string]bool{})
		if !reflect.DeepEqual(coming, shown) {
			day.Forecast = append(day.Forecast, StretchForecast{From: l.catalog.ISO(later.At), Dates: coming})
			shown = coming
		}
	}
	return day
}

// extend makes a stretch begin on an earlier date; newest is its last one.
func (l *Localization) extend(s *Dates, date, newest time.Time) {
	s.From, s.To = l.date(date), l.date(newest)
	s.From.Text, s.To.Text, s.Between = l.catalog.Days(date, newest, l.today)
}

// day is one date. What has been told of an event on a newer date, or of running
// maintenance above, is not told again. Open incidents are all above, and in no
// list of what is past.
func (l *Localization) day(events []*derive.Event, up string, date, next time.Time, forecast []*derive.Snapshot, told map[string]bool) Dates {
	var on []*derive.Event
	open := false
	for _, e := range events {
		switch {
		case !e.During(date, next) || e.Upcoming():
		case e.Open() && e.Kind == status.Incident:
			open = true
		default:
			on = append(on, e)
		}
	}
	shown := on[:inSight(len(on), maxDayEvents)]
	day := Dates{From: l.date(date), Month: up + status.MonthPath(date), Events: l.entries(up, shown, date, forecast), OpenOnly: open && len(on) == 0}
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
func same(stretch, day Dates) bool {
	told := func(e Entry) bool { return !e.Brief }
	if slices.ContainsFunc(stretch.Events, told) || slices.ContainsFunc(day.Events, told) || stretch.Month != day.Month && len(day.Events) > 0 {
		return false
	}
	return stretch.More == day.More && stretch.OpenOnly == day.OpenOnly && slices.EqualFunc(stretch.Events, day.Events, func(a, b Entry) bool { return a.URL == b.URL })
}
