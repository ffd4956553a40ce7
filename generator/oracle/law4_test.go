package oracle

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

func itoa(n int) string { return strconv.Itoa(n) }

// lawDaysName: every day and month in which an incident was open or had an
// impact names it, but for what is still open, which the index names above its
// days; and none says that there were none. A day whose bar is not green leads to
// what happened.
func lawDaysName(f *finder) {
	f.recentDays()
	f.monthPages()
	f.historyIndex()
	for _, component := range f.c.Components {
		f.componentEvents(component)
		f.badDaysLead(component)
	}
}

func (f *finder) recentDays() {
	p := f.b.page("index.html")
	if p == nil {
		return
	}
	for _, part := range f.b.days(p) {
		d, ok := f.m.dayOf(part.date)
		if !ok {
			continue
		}
		for _, t := range f.m.events {
			if t.Maintenance {
				continue
			}
			happened := f.m.happenedOn(t, d)
			never := len(f.m.happened(t)) == 0 && !t.updates[0].At.Before(d.start) && t.updates[0].At.Before(d.end)
			named := slices.Contains(part.events, t.ID)
			if (happened || never) && !named && !f.openAbove(p, t) {
				f.add("a day does not name its incident", "index.html", part.date+": "+part.text, "%s", t.ID)
			}
			unresolved := !d.end.Before(t.started()) && (t.open() || d.start.Before(t.resolvedAt()))
			if named && !happened && !unresolved && !t.saidOn(d) && !t.readsAs(d.date, f.c.Zone) {
				f.add("a day names an incident of another day", "index.html", part.date+": "+part.text, "without %s", t.ID)
			}
			if happened && strings.Contains(part.text, "No incidents") {
				f.add("a day says that there were none", "index.html", part.date+": No incidents", "%s", t.ID)
			}
		}
	}
}

// openAbove reports whether an incident is open and in front of the days: its
// days need not name it again.
func (f *finder) openAbove(p *Page, t *Told) bool {
	return t.open() && slices.ContainsFunc(f.b.events(p), func(i item) bool {
		return i.id == t.ID && i.under != "Past incidents"
	})
}

func monthPage(month string) string {
	return "history/" + strings.ReplaceAll(month, "-", "/") + "/index.html"
}

func (f *finder) monthPages() {
	for _, t := range f.m.events {
		for _, month := range f.m.monthsOf(t) {
			class := "a month does not name its incident"
			if t.Maintenance {
				class = "a month does not name its maintenance"
			}
			p := f.b.page(monthPage(month))
			if p == nil {
				f.add(class, monthPage(month), "", "a page that names %s", t.ID)
				continue
			}
			if !slices.ContainsFunc(f.b.events(p), func(i item) bool { return i.id == t.ID }) {
				f.add(class, monthPage(month), words(p.Main), "%s", t.ID)
			}
		}
	}
}

// historyIndex looks for a link to every month in which something was.
func (f *finder) historyIndex() {
	p := f.b.page("history/index.html")
	if p == nil {
		f.add("no page", "history/index.html", "", "the history")
		return
	}
	leads := map[string]bool{}
	for _, link := range links(p.Main) {
		leads[f.b.target(p.Path, attribute(link, "href"))] = true
	}
	for _, name := range f.b.paths("history/*/*/index.html") {
		if !leads[strings.TrimSuffix(name, "index.html")] {
			f.add("the history does not lead to a month", "history/index.html", "", "a link to %s", name)
		}
	}
}

// componentEvents looks on a component's page for all that touched it.
func (f *finder) componentEvents(component *Component) {
	name := "components/" + component.ID + "/index.html"
	p := f.b.page(name)
	if p == nil {
		return
	}
	for _, t := range f.m.events {
		if t.names(component, f.c) && !slices.ContainsFunc(f.b.events(p), func(i item) bool { return i.id == t.ID }) {
			f.add("a component's page does not name its event", name, "", "%s", t.ID)
		}
	}
}

// badDaysLead looks for a way from each day that was not all well to what
// happened on it.
func (f *finder) badDaysLead(component *Component) {
	name := "components/" + component.ID + "/index.html"
	p := f.b.page(name)
	if p == nil {
		return
	}
	for _, d := range f.m.lastDays(f.c.UptimeDays) {
		if r := f.m.over(component, []day{d}); r.worst == "operational" {
			continue
		}
		if !f.leads(p, d) {
			f.add("a day that was not all well leads nowhere", name, d.date, "a link to what happened")
		}
	}
}

// leads reports whether a page has a part for a date with a link to an event
// of that day, or to the month's page.
func (f *finder) leads(p *Page, d day) bool {
	for _, place := range datedParts(p.Main, d.date) {
		for _, link := range links(place) {
			to := f.b.target(p.Path, attribute(link, "href"))
			if strings.HasPrefix(to, "history/"+strings.ReplaceAll(d.date[:7], "-", "/")) || strings.Contains(to, d.date) {
				return true
			}
			m := itemTarget.FindStringSubmatch(to)
			if m != nil && slices.ContainsFunc(f.m.events, func(t *Told) bool { return t.ID == m[2] && f.m.happenedOn(t, d) }) {
				return true
			}
		}
	}
	return false
}

// lawOneName: wherever a component is named without its group around it, it
// is named by one rule: with its group where another has the same name.
func lawOneName(f *finder) {
	for _, t := range f.m.events {
		touched := f.m.touched(t)
		f.namesOnPage(t, touched)
		f.namesInFeeds(t, touched)
		f.namesInCalendar(t, touched)
		f.namesInCards(t, touched)
	}
	f.namesOfComponents()
}

func (f *finder) named(file, said string, component *Component) {
	want := f.c.label(component)
	switch {
	case said == want:
	case f.c.shared(component):
		f.add("a name that another has, in "+channel(file), file, said, "%s", want)
	default:
		f.add("another rule for a name, in "+channel(file), file, said, "%s", want)
	}
}

// channel is the kind of output that a file is.
func channel(file string) string {
	name, _, _ := strings.Cut(file, " ")
	switch {
	case strings.Contains(name, "/badge.") || strings.HasSuffix(name, "uptime.svg"):
		return "badges"
	case slices.Contains(siteFeeds, name) || strings.HasSuffix(name, "history.atom"):
		return "feeds"
	case strings.HasSuffix(name, ".ics"):
		return "calendar"
	case strings.HasPrefix(name, "history/"):
		return "history"
	case strings.HasSuffix(name, ".html"):
		return "pages"
	}
	return name
}

func (f *finder) namesOnPage(t *Told, touched []*Component) {
	name := t.Path() + "index.html"
	p := f.b.page(name)
	if p == nil {
		return
	}
	for _, i := range f.b.items(p) {
		if component := f.c.component(i.id); i.kind == "components" && component != nil {
			f.named(name, words(i.link), component)
		}
	}
	f.namesInText(name, p.head("meta", "description"), touched)
}

// namesInText looks at a sentence that may name some components. More than
// three may be cut short, so a missing name says nothing.
func (f *finder) namesInText(file, text string, touched []*Component) {
	if len(touched) > 3 || text == "" {
		return
	}
	for _, component := range touched {
		if f.c.shared(component) && strings.Contains(text, component.Name) && !strings.Contains(text, component.Full()) {
			f.add("a name that another has, in "+channel(file), file, text, "%s", component.Full())
		}
		if !f.c.shared(component) && component.Group != "" && strings.Contains(text, component.Full()) {
			f.add("another rule for a name, in "+channel(file), file, text, "%s", component.Name)
		}
	}
}

func (f *finder) namesInFeeds(t *Told, touched []*Component) {
	for _, feed := range siteFeeds {
		entries, _ := f.b.feed(feed)
		for _, e := range entries {
			if !strings.Contains(e.Link, "/"+t.Path()) {
				continue
			}
			for _, label := range e.Labels {
				f.oneOf(feed, label, touched)
			}
		}
	}
}

// oneOf looks at a name that is to be that of one of some components.
func (f *finder) oneOf(file, said string, touched []*Component) {
	for _, component := range touched {
		if said == f.c.label(component) {
			return
		}
	}
	for _, component := range touched {
		if said == component.Name || said == component.Full() {
			f.named(file, said, component)
			return
		}
	}
}

func (f *finder) namesInCalendar(t *Told, touched []*Component) {
	for _, event := range f.b.calendar("maintenance.ics") {
		if !strings.Contains(event.one("URL"), "/"+t.Path()) {
			continue
		}
		for _, category := range event["CATEGORIES"] {
			f.oneOf("maintenance.ics CATEGORIES", category, touched)
		}
		if affects, _, ok := strings.Cut(event.one("DESCRIPTION"), "\n"); ok {
			f.namesInText("maintenance.ics DESCRIPTION", affects, touched)
		}
	}
}

// namesInCards looks at the index and at status.txt.
func (f *finder) namesInCards(t *Told, touched []*Component) {
	if p := f.b.page("index.html"); p != nil {
		for _, i := range f.b.events(p) {
			inRow := i.of == "" && slices.ContainsFunc(links(i.node), func(n *html.Node) bool {
				return strings.Contains(f.b.target(p.Path, attribute(n, "href")), "components/")
			}) // a component's row names the event, below the component's group
			if i.id == t.ID && !inRow {
				f.namesInText("index.html", i.text, touched)
			}
		}
	}
	_, _, blocks := f.b.statusText()
	if _, rest, ok := strings.Cut(blocks[t.Title], "Affects "); ok {
		f.namesInText("status.txt", rest, touched)
	}
}

// namesOfComponents looks at what is about one component alone: its badges,
// its feed and the lists that have no groups.
func (f *finder) namesOfComponents() {
	history := f.b.page("history/index.html")
	for _, component := range f.c.Components {
		label, _, _ := f.b.badge("components/" + component.ID + "/badge.json")
		f.named("components/"+component.ID+"/badge.json", label, component)
		if history == nil {
			continue
		}
		for _, i := range f.b.items(history) {
			if i.kind == "components" && i.id == component.ID {
				f.named("history/index.html", words(i.link), component)
			}
		}
	}
	for _, row := range f.b.csvRows() {
		if component := f.c.coded(row["component_id"]); component != nil {
			f.named("uptime.csv", row["component"], component)
		}
	}
}
