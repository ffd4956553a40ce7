package oracle

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// lawNothingTooGood: no output says 100 % of a time with an outage in it, nor
// green or operational of a time in which a component was anything worse.
// Where a component is operational in an open incident, pages say both in
// grey. A figure that can't count to now says until when it counts.
func lawNothingTooGood(f *finder) {
	for _, component := range f.c.Components {
		if f.clockDiffers(component) || f.m.unrecorded(component) {
			continue // laws 13 and 14 look at it
		}
		f.figuresOf(component)
		f.barsOf(component)
		f.badgeOf(component)
		f.daysOf(component)
	}
	f.uptimePage()
	f.spreadsheet()
	for _, component := range f.m.listed() {
		f.both(component)
	}
	f.untilWhen()
}

// tooGood notes a figure that says 100 % over an outage.
func (f *finder) tooGood(file, figure string, r record) {
	whole := figure == "100%" || figure == "1"
	if n, err := strconv.ParseFloat(strings.TrimSuffix(figure, "%"), 64); err == nil && !strings.HasSuffix(figure, "%") {
		whole = n >= 1
	}
	switch {
	case !whole || worse[r.worst] < worse["partial_outage"]:
	case r.partial+r.major > 0:
		f.add("100 % over an outage", file, figure, "less: %s", r.describe())
	default:
		f.add("100 % as an outage begins", file, figure, "less, or until when it counts: %s", r.describe())
	}
}

func (r record) describe() string {
	return fmt.Sprintf("%d recorded days, %g s partial outage, %g s major outage, worst %s", r.days, r.partial, r.major, r.worst)
}

func number(n *float64) string {
	if n == nil {
		return "null"
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

func uptimeFile(component *Component) string {
	return "api/v2/components/" + component.Code() + "/uptime.json"
}

// windows are the keys of the API's figures and their lengths in days.
var windows = map[string]int{"last_30_days": 30, "last_90_days": 90, "last_365_days": 365}

// figuresOf looks at the figures of the API and of the component's page and
// row on the index.
func (f *finder) figuresOf(component *Component) {
	if doc, ok := document[apiUptime](f.b, uptimeFile(component)); ok {
		for key, days := range windows {
			f.tooGood(uptimeFile(component)+" "+key, number(doc.Uptime[key]), f.m.over(component, f.m.lastDays(days)))
		}
		for _, month := range doc.Months {
			f.tooGood(uptimeFile(component)+" "+month.Month, number(month.Uptime), f.m.over(component, f.m.month(month.Month)))
		}
	}
	r := f.m.over(component, f.m.lastDays(f.c.UptimeDays))
	for _, at := range f.componentPlaces(component) {
		if figure, ok := uptimeIn(words(at.node)); ok {
			f.tooGood(at.file, figure, r)
		}
	}
}

// componentPlace is a part of a page that tells of one component.
type componentPlace struct {
	file string
	node *html.Node
}

// componentPlaces are the component's rows on the index and the main part of
// its own page.
func (f *finder) componentPlaces(component *Component) []componentPlace {
	var places []componentPlace
	if index := f.b.page("index.html"); index != nil {
		for _, row := range f.b.rows(index) {
			if row.id == component.ID && row.of == "" {
				places = append(places, componentPlace{"index.html", row.node})
			}
		}
	}
	name := "components/" + component.ID + "/index.html"
	if p := f.b.page(name); p != nil {
		places = append(places, componentPlace{name, p.Main})
	}
	return places
}

// barsOf looks at the bars: no green one over a day with anything worse in it.
func (f *finder) barsOf(component *Component) {
	days := f.m.lastDays(f.c.UptimeDays)
	clean, outageDays := 0, 0
	for _, d := range days {
		r := f.m.over(component, []day{d})
		if r.days == 1 && r.worst == "operational" && !r.noticedNow {
			clean++
		}
		if r.days == 1 && worse[r.worst] >= worse["partial_outage"] {
			outageDays++
		}
	}
	for _, at := range f.componentPlaces(component) {
		count := bars(at.node)
		if count["operational"] > clean {
			f.add("green bar over something worse", at.file, fmt.Sprintf("%s: %d green bars", component.ID, count["operational"]),
				"%d days with nothing worse and no open incident", clean)
		}
		if said, ok := outageDaysIn(at.node); ok && said < outageDays {
			f.add("too few days with an outage", at.file, fmt.Sprintf("%s: %d days with an outage", component.ID, said), "%d", outageDays)
		}
	}
}

// badgeOf looks at the badge of uptime: no 100 % over an outage, and green only
// where there was nothing worse.
func (f *finder) badgeOf(component *Component) {
	r := f.m.over(component, f.m.lastDays(f.c.UptimeDays))
	for _, name := range []string{"uptime.json", "uptime.svg"} {
		name = "components/" + component.ID + "/" + name
		_, message, color := f.b.badge(name)
		f.tooGood(name, message, r)
		if !slices.Contains(greens, color) || r.worst == "operational" {
			continue
		}
		class := "green uptime badge over something worse"
		if worse[r.worst] >= worse["partial_outage"] {
			class = "green uptime badge over an outage"
		}
		f.add(class, name, message+" in green", "another colour: %s", r.describe())
	}
}

// daysOf looks at the tables of days on the component's page.
func (f *finder) daysOf(component *Component) {
	name := "components/" + component.ID + "/index.html"
	p := f.b.page(name)
	if p == nil {
		return
	}
	for _, row := range tableRows(p.Main) {
		d, ok := f.m.dayOf(row.date)
		if !ok {
			continue
		}
		r := f.m.over(component, []day{d})
		for _, said := range statusesIn(strings.Join(cellsOf(row), " ")) {
			if said == "operational" && r.worst != "operational" {
				f.add("a day said to be operational", name, row.date+" "+said, "%s", r.worst)
			}
		}
	}
}

func cellsOf(row tableRow) []string {
	var cells []string
	for _, cell := range row.cells {
		cells = append(cells, cell)
	}
	return cells
}

// uptimePage looks at the table of figures.
func (f *finder) uptimePage() {
	f.eachFigure(func(file, figure string, component *Component, r record) {
		if !f.clockDiffers(component) {
			f.tooGood(file, figure, r)
		}
	})
}

// eachFigure yields every cell of the page of figures with what is true.
func (f *finder) eachFigure(yield func(file, figure string, component *Component, r record)) {
	p := f.b.page("uptime/index.html")
	if p == nil {
		return
	}
	for _, row := range tableRows(p.Main) {
		component := f.rowComponent(p, row)
		if component == nil {
			continue
		}
		for column, cell := range row.cells {
			if days, ok := f.columnDays(column); ok {
				figure, _, _ := strings.Cut(cell, " ")
				yield("uptime/index.html "+component.ID+", "+column, figure, component, f.m.over(component, days))
			}
		}
	}
}

func (f *finder) rowComponent(p *Page, row tableRow) *Component {
	for _, i := range f.b.items(p) {
		if i.kind == "components" && within(i.link, row.node) {
			return f.c.component(i.id)
		}
	}
	return nil
}

// spreadsheet looks at uptime.csv.
func (f *finder) spreadsheet() {
	for _, row := range f.b.csvRows() {
		if component := f.c.coded(row["component_id"]); component != nil && !f.clockDiffers(component) {
			f.tooGood("uptime.csv "+component.ID+" "+row["month"], row["uptime"], f.m.over(component, f.m.month(row["month"])))
		}
	}
}

// both looks at a component that is operational in an open incident.
func (f *finder) both(component *Component) {
	if f.m.componentStatus(component, f.m.at) != "operational" || len(f.m.openNaming(component)) == 0 {
		return
	}
	places := f.componentPlaces(component)
	for i, at := range places {
		node := at.node
		if i == len(places)-1 && strings.HasPrefix(at.file, "components/") {
			node = f.b.page(at.file).lead()
		}
		if node == nil {
			continue
		}
		if green(node) {
			f.add("green in an open incident", at.file, component.ID+": "+words(node), "grey")
		}
		text := strings.ToLower(words(node))
		named := strings.Contains(text, "incident")
		for _, t := range f.m.openNaming(component) {
			named = named || strings.Contains(text, strings.ToLower(t.Title))
		}
		if !named {
			f.add("an open incident is not said beside operational", at.file, component.ID+": "+words(node), "both words")
		}
	}
}

// openNaming are the open incidents that have touched a component.
func (m *Model) openNaming(component *Component) []*Told {
	return slices.DeleteFunc(slices.Clone(m.events), func(t *Told) bool {
		return t.Maintenance || !t.open() || !t.names(component, m.c)
	})
}

// untilWhen looks for the instant to which the figures of an outage that is
// still open count.
func (f *finder) untilWhen() {
	for _, component := range f.m.listed() {
		if worse[f.m.componentStatus(component, f.m.at)] < worse["partial_outage"] || f.m.over(component, f.m.lastDays(1)).days == 0 {
			continue
		}
		for _, name := range []string{"components/" + component.ID + "/index.html", "uptime/index.html"} {
			p := f.b.page(name)
			if p == nil {
				continue
			}
			said := slices.ContainsFunc(times(p.Main), f.m.at.Equal) || strings.Contains(words(p.Main), clock(f.m))
			if !said {
				f.add("a figure does not say until when it counts", name, "no "+clock(f.m), "the figures count the open outage until %s", f.m.at)
			}
		}
	}
}

// clock is the time of day of a model's instant as English pages write it.
func clock(m *Model) string { return m.at.In(m.c.Zone).Format("3:04 PM") }
