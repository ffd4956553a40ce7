package page

import (
	"reflect"
	"slices"
	"time"

	"allclear/generator/derive"
)

// A page already holds what the clock will change on it: each change is in a
// <template data-from>, and from that instant on the theme's script shows it
// instead of the element before it.

// bannerForecast lists each banner that differs from the one before it.
func (l *Localization) bannerForecast(now Banner, top, up string, forecast []*derive.Snapshot) []BannerForecast {
	var banners []BannerForecast
	for _, s := range forecast {
		next := l.banner(s, top, up)
		next.AsOf = now.AsOf
		if next.Changed.ISO < now.Changed.ISO { // a forecast has no events that are over
			next.Changed = now.Changed
		}
		if next.Label != now.Label || !reflect.DeepEqual(next.Worst, now.Worst) {
			banners = append(banners, BannerForecast{From: l.catalog.ISO(s.At), Banner: next})
			now = next
		}
	}
	return banners
}

// maxForecastCards is how many cards and lines of forecasts a list has, at most.
const maxForecastCards = 100

// openForecast lists the open events each time that the clock changes one, and says
// when the first change comes for which there is no room; zero if there is for all.
func (l *Localization) openForecast(now OpenEvents, up string, forecast []*derive.Snapshot) (found []OpenForecast, end time.Time) {
	cards := 0
	for _, s := range forecast {
		next := l.openEvents(s, up)
		if reflect.DeepEqual(next, now) {
			continue
		}
		if cards += len(next.Open) + next.Running.len(); cards > maxForecastCards {
			return found, s.At
		}
		found = append(found, OpenForecast{From: l.catalog.ISO(s.At), OpenEvents: next})
		now = next
	}
	return found, time.Time{}
}

// workForecast lists the maintenance to come each time that some of it begins, and
// says when the first change comes for which there is no room.
func (l *Localization) workForecast(now Works, up string, forecast []*derive.Snapshot) (found []WorkForecast, end time.Time) {
	lines := 0
	for _, s := range forecast {
		next := l.upcoming(s, up)
		if reflect.DeepEqual(next, now) {
			continue
		}
		if lines += next.len(); lines > maxForecastCards {
			return found, s.At
		}
		found = append(found, WorkForecast{From: l.catalog.ISO(s.At), Works: next})
		now = next
	}
	return found, time.Time{}
}

// labelForecast lists the status of a component each time that it will change.
func (l *Localization) labelForecast(c *derive.Component, forecast []*derive.Snapshot) []LabelForecast {
	var labels []LabelForecast
	now := l.statusOf(c)
	for _, s := range forecast {
		if next := l.statusOf(s.Components[c.Index]); next != now {
			labels = append(labels, LabelForecast{From: l.catalog.ISO(s.At), Label: next})
			now = next
		}
	}
	return labels
}

// barsForecast lists the bars of some components each time that the clock makes
// today worse for one of them.
func (l *Localization) barsForecast(days []derive.Day, of []*derive.Component, forecast []*derive.Snapshot) []BarsForecast {
	if len(days) == 0 {
		return nil
	}
	var found []BarsForecast
	before, today := days[:len(days)-1], days[len(days)-1]
	for _, s := range forecast {
		worst := today.Worst
		for _, c := range of {
			worst = max(worst, s.Components[c.Index].Status)
		}
		if worst == today.Worst || !s.At.Before(today.Date.Add(today.Length)) {
			continue
		}
		today.Worst, today.Noticed = worst, false
		found = append(found, BarsForecast{From: l.catalog.ISO(s.At), Bars: l.bars(append(slices.Clone(before), today))})
	}
	return found
}

// groupForecast lists the state of a group each time that it will change.
func (l *Localization) groupForecast(now GroupState, members []*derive.Component, forecast []*derive.Snapshot) []GroupForecast {
	var states []GroupForecast
	for _, s := range forecast {
		if next := l.groupState(s, members); next != now {
			states = append(states, GroupForecast{From: l.catalog.ISO(s.At), GroupState: next})
			now = next
		}
	}
	return states
}

// itemForecast lists a maintenance in a list as it will be after each update of
// the clock.
func (l *Localization) itemForecast(e *derive.Event, up string, forecast []*derive.Snapshot) []ItemForecast {
	var items []ItemForecast
	for _, t := range transitions(e, forecast) {
		items = append(items, ItemForecast{From: l.catalog.ISO(t.site.At), EventItem: l.item(up, t.event)})
	}
	return items
}

// affectedForecast lists the components of an event each time that one changes.
func (l *Localization) affectedForecast(e *derive.Event, up string, now []Affected, forecast []*derive.Snapshot) []AffectedForecast {
	var found []AffectedForecast
	for _, s := range forecast {
		later := s.Event(e.ID)
		if later == nil {
			continue
		}
		if next := l.affectedBy(later, up); !reflect.DeepEqual(next, now) {
			found = append(found, AffectedForecast{From: l.catalog.ISO(s.At), Affected: next})
			now = next
		}
	}
	return found
}

// promiseForecast lists the promise of an event each time that it will change.
func (l *Localization) promiseForecast(e *derive.Event, forecast []*derive.Snapshot) []PromiseForecast {
	var promises []PromiseForecast
	now := l.promise(e)
	for _, s := range forecast {
		later := s.Event(e.ID)
		if later == nil || now.Text == "" {
			continue
		}
		if next := l.promise(later); next != now {
			promises = append(promises, PromiseForecast{From: l.catalog.ISO(s.At), Promise: next})
			now = next
		}
	}
	return promises
}

// transitions lists an event as it will be after each update that the clock
// adds to it.
func transitions(e *derive.Event, forecast []*derive.Snapshot) []transition {
	var found []transition
	before := len(e.Updates)
	for _, s := range forecast {
		later := s.Event(e.ID)
		if later == nil || len(later.Updates) == before {
			continue
		}
		before = len(later.Updates)
		found = append(found, transition{s, later})
	}
	return found
}

type transition struct {
	site  *derive.Snapshot
	event *derive.Event
}
