package oracle

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// columnDays are the days that a column of the page of figures is about.
func (f *finder) columnDays(column string) ([]day, bool) {
	var n int
	if _, err := fmt.Sscanf(column, "Last %d days", &n); err == nil {
		return f.m.lastDays(n), true
	}
	if t, err := time.Parse("January 2006", column); err == nil {
		return f.m.month(t.Format("2006-01")), true
	}
	return nil, false
}

// lawUptime: every figure, count and second is what the content makes it.
// What is too good to be true is law 1's alone.
func lawUptime(f *finder) {
	for _, component := range f.c.Components {
		if f.clockDiffers(component) || f.m.unrecorded(component) {
			continue // laws 13 and 14 look at it
		}
		f.exactAPI(component)
		r := f.m.over(component, f.m.lastDays(f.c.UptimeDays))
		for _, at := range f.componentPlaces(component) {
			figure, ok := uptimeIn(words(at.node))
			if _, recorded := r.fraction(f.c); ok || recorded {
				f.exact(at.file+" "+component.ID, figure, r)
			}
		}
		_, message, _ := f.b.badge("components/" + component.ID + "/uptime.json")
		if strings.HasSuffix(message, "%") {
			f.exact("components/"+component.ID+"/uptime.json", message, r)
		}
		f.exactBars(component)
		f.exactDays(component)
	}
	figures := map[*Component]int{}
	f.eachFigure(func(file, figure string, component *Component, r record) {
		figures[component]++
		if !f.clockDiffers(component) && !f.m.unrecorded(component) {
			f.exact(file, figure, r)
		}
	})
	for _, component := range f.m.listed() {
		if figures[component] < 4 {
			f.add("no figures", "uptime/index.html", itoa(figures[component]), "those of %s", component.ID)
		}
	}
	f.exactSpreadsheet()
}

// class tells what is wrong while an outage is open from what is wrong for
// good.
func (r record) class(class string) string {
	if r.outageNow {
		return class + " while an outage is open"
	}
	return class
}

// exact notes a figure that is not that of the seconds. Figures have two
// digits after the point at most.
func (f *finder) exact(file, figure string, r record) {
	want, ok := r.fraction(f.c)
	said, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSuffix(figure, "*"), "%"), 64) // a star leads to the note below
	switch {
	case err != nil && ok:
		f.add("no figure", file, figure, "%.4f%%: %s", want*100, r.describe())
	case err == nil && !ok:
		f.add("a figure without a day", file, figure, "no data")
	case r.outageNow && want > 0.9999 && said >= 99.99:
		// an outage that has just begun is not perfect, though no second of it has passed
	case err == nil && !(said == 100 && want < 1) && math.Abs(said-want*100) > 0.01:
		f.add(r.class("a wrong figure"), file, figure, "%.4f%%: %s", want*100, r.describe())
	}
}

func (f *finder) exactFraction(file string, said *float64, r record) {
	want, ok := r.fraction(f.c)
	switch {
	case said == nil && ok:
		f.add("no figure", file, "null", "%.6f: %s", want, r.describe())
	case said != nil && !ok:
		f.add("a figure without a day", file, number(said), "null")
	case said != nil && !(*said == 1 && want < 1) && math.Abs(*said-want) > 0.0001:
		f.add(r.class("a wrong figure"), file, number(said), "%.6f: %s", want, r.describe())
	}
}

func (f *finder) exactAPI(component *Component) {
	name := uptimeFile(component)
	doc, ok := document[apiUptime](f.b, name)
	if !ok {
		return // law 10 looks for it
	}
	for key, days := range windows {
		f.exactFraction(name+" "+key, doc.Uptime[key], f.m.over(component, f.m.lastDays(days)))
	}
	for _, month := range doc.Months {
		r := f.m.over(component, f.m.month(month.Month))
		f.exactFraction(name+" "+month.Month, month.Uptime, r)
		f.exactOutages(name+" "+month.Month, month.Outages, r)
		if month.RecordedDays != r.days {
			f.add("recorded days", name+" "+month.Month, strconv.Itoa(month.RecordedDays), "%d", r.days)
		}
	}
	for _, d := range doc.Days {
		if found, ok := f.m.dayOf(d.Date); ok {
			f.exactOutages(name+" "+d.Date, d.Outages, f.m.over(component, []day{found}))
		}
	}
}

func (f *finder) exactOutages(file string, said outages, r record) {
	if math.Abs(said.Partial-r.partial) >= 1 || math.Abs(said.Major-r.major) >= 1 {
		f.add(r.class("wrong seconds"), file, fmt.Sprintf("p %g, m %g", said.Partial, said.Major), "p %g, m %g", r.partial, r.major)
	}
}

// exactBars holds the colours of the bars against the days, green ones aside.
func (f *finder) exactBars(component *Component) {
	want, unrecorded, outageDays, clean := map[string]int{}, 0, 0, 0
	for _, d := range f.m.lastDays(f.c.UptimeDays) {
		r := f.m.over(component, []day{d})
		switch {
		case r.days == 0:
			unrecorded++ // what is shown of such a day is the theme's choice
		case r.worst != "operational":
			want[toneOf[r.worst]]++
		default:
			clean++
		}
		if worse[r.worst] >= worse["partial_outage"] {
			outageDays++
		}
	}
	for _, at := range f.componentPlaces(component) {
		count := bars(at.node)
		if len(count) == 0 {
			f.add("no bars", at.file, component.ID, "a bar for each day")
			continue
		}
		if count["operational"] > clean {
			continue // law 1 has found it
		}
		for _, tone := range toneOf {
			if tone != "operational" && (count[tone] < want[tone] || count[tone] > want[tone]+unrecorded) {
				f.add("wrong bars", at.file, fmt.Sprintf("%s: %d bars %s", component.ID, count[tone], tone), "%d", want[tone])
			}
		}
		if said, ok := outageDaysIn(at.node); ok && said > outageDays+unrecorded {
			f.add("too many days with an outage", at.file, fmt.Sprintf("%s: %d", component.ID, said), "%d", outageDays)
		}
	}
}

// toneOf is the colour of a component status.
var toneOf = map[string]string{
	"operational": "operational", "under_maintenance": "maintenance", "degraded_performance": "degraded",
	"partial_outage": "partial", "major_outage": "major",
}

// exactDays holds the tables of days against the days.
func (f *finder) exactDays(component *Component) {
	name := "components/" + component.ID + "/index.html"
	p := f.b.page(name)
	if p == nil {
		f.add("no page", name, "", "the page of %s", component.ID)
		return
	}
	for _, row := range tableRows(p.Main) {
		d, ok := f.m.dayOf(row.date)
		if !ok {
			continue
		}
		r := f.m.over(component, []day{d})
		for _, said := range statusesIn(strings.Join(cellsOf(row), " ")) {
			if r.days == 1 && said != r.worst && said != "operational" {
				f.add("a day's worst status", name, row.date+" "+said, "%s", r.worst)
			}
		}
	}
}

func (f *finder) exactSpreadsheet() {
	rows := f.b.csvRows()
	for _, component := range f.c.Components {
		r := f.m.over(component, f.m.lastDays(1))
		if r.days == 1 && !f.m.unrecorded(component) && !slices.ContainsFunc(rows, func(row map[string]string) bool { return f.c.coded(row["component_id"]) == component }) {
			f.add("no figures", "uptime.csv", "", "those of %s", component.ID)
		}
	}
	for _, row := range rows {
		component := f.c.coded(row["component_id"])
		if component == nil || f.clockDiffers(component) || f.m.unrecorded(component) {
			continue
		}
		r := f.m.over(component, f.m.month(row["month"]))
		file := "uptime.csv " + component.ID + " " + row["month"]
		partial, _ := strconv.ParseFloat(row["partial_outage_seconds"], 64)
		major, _ := strconv.ParseFloat(row["major_outage_seconds"], 64)
		f.exactOutages(file, outages{partial, major}, r)
		if said, err := strconv.ParseFloat(row["uptime"], 64); err == nil {
			f.exactFraction(file, &said, r)
		}
		if row["recorded_days"] != strconv.Itoa(r.days) {
			f.add("recorded days", file, row["recorded_days"], "%d", r.days)
		}
	}
}

// lawDates: each date that exists comes once, and no other.
func lawDates(f *finder) {
	for _, component := range f.c.Components {
		name := uptimeFile(component)
		doc, ok := document[apiUptime](f.b, name)
		if !ok {
			continue
		}
		seen := map[string]bool{}
		for _, d := range doc.Days {
			if seen[d.Date] {
				f.add("a date twice", name, d.Date, "each date once")
			}
			seen[d.Date] = true
			if _, exists := f.m.dayOf(d.Date); !exists && d.Date > f.m.lastDays(300)[0].date {
				f.add("a date that does not exist", name, d.Date, "no such date in %s", f.c.Zone)
			}
		}
		for _, d := range f.m.lastDays(min(len(doc.Days), 300)) {
			if !seen[d.date] {
				f.add("a date is missing", name, "", "%s", d.date)
			}
		}
	}
	f.indexDates()
}

func (f *finder) indexDates() {
	p := f.b.page("index.html")
	if p == nil {
		return
	}
	var said []string
	for _, part := range f.b.days(p) {
		said = append(said, part.date)
	}
	if f.c.HistoryDays == 0 {
		return
	}
	var want []string
	for _, d := range f.m.lastDays(f.c.HistoryDays) {
		want = append([]string{d.date}, want...)
	}
	if got := strings.Join(said, " "); got != strings.Join(want, " ") {
		f.add("recent days", "index.html", got, "%s", strings.Join(want, " "))
	}
}
