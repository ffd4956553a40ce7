package compare

import "slices"

// periods are those of the API, longest last, and what they are called.
var periods = [][2]string{{"last_30_days", "30 days"}, {"last_90_days", "90 days"}, {"last_365_days", "365 days"}}

// uptimeChanges lists the figures that move, with the events of the days that
// have other outages than before.
func uptimeChanges(from, to *site) []Figure {
	var all []Figure
	for _, id := range to.order {
		a, b := from.uptime[id], to.uptime[id]
		if _, was := from.components[id]; !was {
			continue
		}
		why := append([]string{}, because(a.Days, b.Days)...)
		for _, period := range periods {
			before, after := a.Uptime[period[0]], b.Uptime[period[0]]
			if same(before, after) {
				continue
			}
			all = append(all, Figure{Component: to.components[id].Name, Period: period[1], Before: before, After: after, Why: why})
		}
	}
	return all
}

func same(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }

// because lists the names of the events of the days whose outages differ.
func because(before, after []day) []string {
	was := map[string]outages{}
	for _, d := range before {
		was[d.Date] = d.Outages
	}
	is := map[string]outages{}
	for _, d := range after {
		is[d.Date] = d.Outages
	}
	var names []string
	for _, d := range slices.Concat(before, after) {
		if was[d.Date] == is[d.Date] {
			continue
		}
		for _, e := range d.Related {
			if !slices.Contains(names, e.Name) {
				names = append(names, e.Name)
			}
		}
	}
	return names
}
