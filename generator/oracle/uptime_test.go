package oracle

import (
	"math"
	"slices"
	"time"
)

// record is the outages of one component over some days.
type record struct {
	days                  int // that are recorded
	seconds               float64
	partial, major        float64 // seconds
	degraded, maintenance float64 // seconds, which weigh nothing
	worst                 string
	noticed               bool // an incident that names it was open, though it was operational
	outageNow             bool // a partial or major outage is open
	noticedNow            bool // and is open still
}

// fraction is the uptime, and false without a recorded day.
func (r record) fraction(c *Content) (float64, bool) {
	if r.seconds == 0 {
		return 0, false
	}
	return math.Max(0, 1-(c.Partial*r.partial+c.Major*r.major)/r.seconds), true
}

// began is the first instant at which anything happened on the site, zero if
// nothing has.
func (m *Model) began() time.Time {
	var first time.Time
	for _, t := range m.events {
		at := t.updates[0].At
		if !t.Maintenance && t.started().Before(at) {
			at = t.started()
		}
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first
}

// unrecorded reports whether nothing says since when a component is recorded:
// it has no start_date, and nothing has happened on the site.
func (m *Model) unrecorded(component *Component) bool {
	return component.Start == "" && m.began().IsZero()
}

// recordedOn reports whether a date counts for a component.
func (m *Model) recordedOn(component *Component, date string) bool {
	start := component.Start
	if start == "" {
		if m.began().IsZero() {
			return date == dateAt(m.at, m.c.Zone)
		}
		start = dateAt(m.began(), m.c.Zone)
	}
	return date >= start && (component.Retired == "" || date < component.Retired) && date <= dateAt(m.at, m.c.Zone)
}

// over adds up what happened to a component on some days.
func (m *Model) over(component *Component, days []day) record {
	if len(days) == 0 {
		return record{worst: "operational"}
	}
	key := component.ID + " " + days[0].date + " " + days[len(days)-1].date
	if found, ok := m.records[key]; ok {
		return found
	}
	r := m.addUp(component, days)
	m.records[key] = r
	return r
}

func (m *Model) addUp(component *Component, days []day) record {
	r := record{worst: "operational"}
	intervals := m.componentIntervals(component)
	for _, d := range days {
		if !m.recordedOn(component, d.date) {
			continue
		}
		r.days++
		r.seconds += d.end.Sub(d.start).Seconds()
		for _, i := range intervals {
			if !i.touches(d) {
				continue
			}
			if worse[i.status] > worse[r.worst] {
				r.worst = i.status
			}
			*r.of(i.status) += share(i, d)
			r.outageNow = r.outageNow || i.open && worse[i.status] >= worse["partial_outage"]
		}
		m.notice(&r, component, d)
	}
	return r
}

func (r *record) of(status string) *float64 {
	return map[string]*float64{
		"partial_outage": &r.partial, "major_outage": &r.major,
		"degraded_performance": &r.degraded, "under_maintenance": &r.maintenance,
	}[status]
}

// share is how many seconds of an interval are in a day.
func share(i interval, d day) float64 {
	from, to := i.from, i.to
	if from.Before(d.start) {
		from = d.start
	}
	if to.After(d.end) {
		to = d.end
	}
	return max(0, to.Sub(from).Seconds())
}

// notice marks a record if an open incident named the component on a day.
func (m *Model) notice(r *record, component *Component, d day) {
	for _, t := range m.events {
		if t.Maintenance || !t.names(component, m.c) {
			continue
		}
		for _, i := range m.opens(t) {
			if i.touches(d) {
				r.noticed = true
				r.noticedNow = r.noticedNow || t.open()
			}
		}
	}
}

// lastDays are the last n dates that exist, the last one today.
func (m *Model) lastDays(n int) []day {
	if m.year == nil {
		m.year = calendar(m.at.Add(-370*24*time.Hour), m.at, m.c.Zone)
	}
	return m.year[len(m.year)-n:]
}

// dayOf finds a date among the last year's.
func (m *Model) dayOf(date string) (day, bool) {
	for _, d := range m.lastDays(366) {
		if d.date == date {
			return d, true
		}
	}
	return day{}, false
}

// month is the dates of a month, YYYY-MM, up to today.
func (m *Model) month(month string) []day {
	if found, ok := m.months[month]; ok {
		return found
	}
	m.months[month] = m.datesOf(month)
	return m.months[month]
}

func (m *Model) datesOf(month string) []day {
	first, _ := time.Parse("2006-01", month)
	var days []day
	for _, d := range calendar(first.Add(-48*time.Hour), first.Add(33*24*time.Hour), m.c.Zone) {
		if d.date[:7] == month && d.date <= dateAt(m.at, m.c.Zone) {
			days = append(days, d)
		}
	}
	return days
}

// monthsOf are the months in which an event was open or had an impact; of one
// that never was, that of its first update.
func (m *Model) monthsOf(t *Told) []string {
	var months []string
	for _, i := range m.happened(t) {
		for _, d := range calendar(i.from, i.to, m.c.Zone) {
			if i.touches(d) {
				months = append(months, d.date[:7])
			}
		}
	}
	if len(months) == 0 {
		months = []string{dateAt(t.updates[0].At, m.c.Zone)[:7]}
	}
	slices.Sort(months)
	return slices.Compact(months)
}
