package oracle

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Everything that the oracle takes for granted about the markup of pages is in
// this file: the words are English, links lead to what they name, a status
// stands in the same row, card or paragraph as its link, a date and an instant
// are <time datetime>, a bar's or an icon's colour is a class.

// statusWords are the component statuses as a page says them.
var statusWords = []struct{ status, word string }{
	{"operational", "Operational"},
	{"under_maintenance", "Under maintenance"},
	{"degraded_performance", "Degraded performance"},
	{"partial_outage", "Partial outage"},
	{"major_outage", "Major outage"},
}

// word is a component status as a page says it.
func word(status string) string {
	for _, s := range statusWords {
		if s.status == status {
			return s.word
		}
	}
	return status
}

// statusesIn lists the component statuses that a text says, in its order.
func statusesIn(text string) []string {
	type hit struct {
		at     int
		status string
	}
	var hits []hit
	for _, s := range statusWords {
		for from := 0; ; {
			i := strings.Index(text[from:], s.word)
			if i < 0 {
				break
			}
			hits = append(hits, hit{from + i, s.status})
			from += i + len(s.word)
		}
	}
	slices.SortFunc(hits, func(a, b hit) int { return a.at - b.at })
	var found []string
	for _, h := range hits {
		found = append(found, h.status)
	}
	return found
}

// item is what a page says beside one link to a component or an event: the row,
// the card or the paragraph that belongs to this link alone.
type item struct {
	id    string // the last part of the address
	kind  string // "components", "incidents" or "maintenance"
	link  *html.Node
	node  *html.Node
	text  string
	under string // the nearest heading of the first or second level before it
	of    string // the event that the nearest heading before it links to
}

var itemTarget = regexp.MustCompile(`^(?:[a-z]{2}(?:-[A-Za-z]+)?/)?(components|incidents|maintenance)/([^/#]+)/$`)

// items lists what a page says beside its links to components and events.
func (b *Build) items(p *Page) []item {
	return remembered(b, "items "+p.Path, func() []item { return b.readItems(p) })
}

func (b *Build) readItems(p *Page) []item {
	var found []item
	heading, of := "", ""
	shown(p.Main, func(n *html.Node) bool {
		if l := level(n); l > 0 {
			of = b.eventIn(p, n)
			if l <= 2 {
				heading = words(n)
			}
		}
		if n.DataAtom == atom.A {
			if m := itemTarget.FindStringSubmatch(b.target(p.Path, attribute(n, "href"))); m != nil {
				node := b.belongings(p, n, m)
				found = append(found, item{m[2], m[1], n, node, words(node), heading, of})
			}
		}
		return true
	})
	return found
}

// eventIn is the id of the event that a heading links to, or "".
func (b *Build) eventIn(p *Page, heading *html.Node) string {
	for _, link := range links(heading) {
		if m := itemTarget.FindStringSubmatch(b.target(p.Path, attribute(link, "href"))); m != nil && m[1] != "components" {
			return m[2]
		}
	}
	return ""
}

// belongings climbs from a link to the largest node that belongs to it alone.
func (b *Build) belongings(p *Page, link *html.Node, target []string) *html.Node {
	stops := []atom.Atom{
		atom.Main, atom.Body, atom.Section, atom.Details, atom.Ul, atom.Ol, atom.Table, atom.Tbody, atom.Nav, atom.Dl,
	}
	events := target[1] != "components"
	node := link
	for parent := link.Parent; parent != nil && !slices.Contains(stops, parent.DataAtom); parent = parent.Parent {
		strange := first(parent, func(n *html.Node) bool {
			if level(n) > 0 || n.DataAtom == atom.Summary {
				return n != parent && !within(n, node)
			}
			if n.DataAtom != atom.A {
				return false
			}
			m := itemTarget.FindStringSubmatch(b.target(p.Path, attribute(n, "href")))
			return m != nil && (m[1] != "components") == events && m[2] != target[2]
		})
		if strange != nil {
			break
		}
		node = parent
	}
	return node
}

func within(n, ancestor *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == ancestor {
			return true
		}
	}
	return false
}

// rows are the items that show a component's present status.
func (b *Build) rows(p *Page) []item {
	return slices.DeleteFunc(slices.Clone(b.items(p)), func(i item) bool { return i.kind != "components" || len(statusesIn(i.text)) == 0 })
}

// events lists the events that a page links to in its main part, without the
// links to the next and the previous one.
func (b *Build) events(p *Page) []item {
	return slices.DeleteFunc(slices.Clone(b.items(p)), func(i item) bool { return i.kind == "components" || neighbour(i.link) })
}

// neighbour reports whether a link leads to the next or the previous page, or
// to something related.
func neighbour(link *html.Node) bool {
	return attribute(link, "rel") != ""
}

// records are what a node says of times of its own: the items of its ordered lists.
func records(n *html.Node) []*html.Node {
	return every(n, func(n *html.Node) bool {
		return n.DataAtom == atom.Li && n.Parent.DataAtom == atom.Ol && first(n, func(n *html.Node) bool { return n.DataAtom == atom.Time }) != nil
	})
}

// withoutRecord is a copy of a node without its ordered lists, which say how something
// was.
func withoutRecord(n *html.Node) *html.Node {
	copied := deepCopy(n)
	for _, list := range every(copied, func(n *html.Node) bool { return n.DataAtom == atom.Ol }) {
		if list.Parent != nil {
			list.Parent.RemoveChild(list)
		}
	}
	return copied
}

// green reports whether a node has an icon or a colour of all being well.
func green(n *html.Node) bool {
	return first(n, func(n *html.Node) bool { return slices.Contains(tones(n), "operational") }) != nil
}

// tones are the colours that a node itself has.
func tones(n *html.Node) []string {
	var found []string
	for _, class := range strings.Fields(attribute(n, "class")) {
		if tone, ok := strings.CutPrefix(class, "tone-"); ok {
			found = append(found, tone)
		}
	}
	return found
}

// bars counts the days of a component's bars by colour. They are told by what
// they say of themselves: a picture of days.
func bars(n *html.Node) map[string]int {
	count := map[string]int{}
	for _, bar := range every(n, func(n *html.Node) bool { return barTone(n) != "" && !hidden(n) }) {
		if bar.DataAtom == 0 && bar.Data == "path" || bar.Data == "path" {
			count[barTone(bar)] += strings.Count(attribute(bar, "d"), "M")
		} else {
			count[barTone(bar)]++
		}
	}
	return count
}

func barTone(n *html.Node) string {
	for _, class := range strings.Fields(attribute(n, "class")) {
		if tone, ok := strings.CutPrefix(class, "bar-"); ok && tone != "note" {
			return tone
		}
	}
	return ""
}

// hidden reports whether a node is left out for those who listen, as a legend
// is.
func hidden(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if attribute(n, "aria-hidden") == "true" {
			return true
		}
	}
	return false
}

var outageDaysForm = regexp.MustCompile(`(\d+) days? with an outage`)

// outageDaysIn is how many days with an outage a node says that there were.
func outageDaysIn(n *html.Node) (int, bool) {
	text := words(n)
	for _, labelled := range every(n, func(n *html.Node) bool { return attribute(n, "aria-label") != "" }) {
		text += " " + attribute(labelled, "aria-label")
	}
	m := outageDaysForm.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	days, err := strconv.Atoi(m[1])
	return days, err == nil
}

var uptimeForm = regexp.MustCompile(`(\d+(?:\.\d+)?)\s?% uptime`)

// uptimeIn is the figure of uptime that a text says, as it says it.
func uptimeIn(text string) (string, bool) {
	m := uptimeForm.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	return m[1] + "%", true
}

// dayPart is what a page says below the heading of one day. A heading of several
// days, from one to another, is as many parts.
type dayPart struct {
	date   string
	events []string // the ids that it links to
	text   string
	months bool // it leads to a page of a month
}

var dateForm = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

// days reads the parts of a page that are headed by a date.
func (b *Build) days(p *Page) []dayPart {
	return remembered(b, "days "+p.Path, func() []dayPart { return b.readDays(p) })
}

func (b *Build) readDays(p *Page) []dayPart {
	var parts []dayPart
	var texts []string
	depth, heading, last := 0, (*html.Node)(nil), ""
	end := func() {
		if depth > 0 {
			parts[len(parts)-1].text = strings.Join(texts, " ")
			parts = append(parts[:len(parts)-1], parts[len(parts)-1].through(last, b.Content.Zone)...)
		}
		texts, depth = nil, 0
	}
	shown(p.Main, func(n *html.Node) bool {
		if l := level(n); l > 0 {
			if depth > 0 && l <= depth {
				end()
			}
			if dates := datesOf(n); len(dates) > 0 {
				end()
				depth, heading, last = l, n, dates[len(dates)-1]
				parts = append(parts, dayPart{date: dates[0]})
			}
		}
		if depth == 0 || within(n, heading) {
			return true
		}
		if n.Type == html.TextNode {
			texts = append(texts, strings.TrimSpace(n.Data))
		}
		if n.DataAtom == atom.A {
			to := b.target(p.Path, attribute(n, "href"))
			if m := itemTarget.FindStringSubmatch(to); m != nil && m[1] != "components" {
				parts[len(parts)-1].events = append(parts[len(parts)-1].events, m[2])
			}
			parts[len(parts)-1].months = parts[len(parts)-1].months || strings.Contains(to, "history/")
		}
		return true
	})
	end()
	return parts
}

// datesOf are the dates that a heading says.
func datesOf(heading *html.Node) []string {
	var dates []string
	for _, n := range every(heading, func(n *html.Node) bool { return dateForm.MatchString(attribute(n, "datetime")) }) {
		dates = append(dates, attribute(n, "datetime"))
	}
	return dates
}

// through is the part for each date from its own to a later one, newest first,
// without those that a zone skipped.
func (d dayPart) through(last string, zone *time.Location) []dayPart {
	first, _ := time.Parse(time.DateOnly, d.date)
	date, err := time.Parse(time.DateOnly, last)
	parts := []dayPart{d}
	for ; err == nil && date.After(first); date = date.AddDate(0, 0, -1) {
		d.date = date.Format(time.DateOnly)
		if noon := time.Date(date.Year(), date.Month(), date.Day(), 12, 0, 0, 0, zone); dateOf(noon, zone) != d.date {
			continue
		}
		parts = slices.Insert(parts, len(parts)-1, d)
	}
	return parts
}

// row is one row of a table: its head and its cells by their column's head.
type tableRow struct {
	node  *html.Node
	head  string
	date  string // where the head says one
	cells map[string]string
}

// tableRows reads every table of a page that has heads of columns.
func tableRows(n *html.Node) []tableRow {
	var found []tableRow
	for _, table := range every(n, func(n *html.Node) bool { return n.DataAtom == atom.Table }) {
		var columns []string
		for _, tr := range every(table, func(n *html.Node) bool { return n.DataAtom == atom.Tr }) {
			cells := every(tr, func(n *html.Node) bool { return n.DataAtom == atom.Td || n.DataAtom == atom.Th })
			if columns == nil {
				for _, cell := range cells {
					columns = append(columns, words(cell))
				}
				continue
			}
			if len(cells) != len(columns) {
				continue // the name of a group
			}
			row := tableRow{node: tr, head: words(cells[0]), cells: map[string]string{}}
			for i, cell := range cells {
				row.cells[columns[i]] = words(cell)
			}
			row.date = dateIn(cells[0])
			found = append(found, row)
		}
	}
	return found
}

// dateIn is the date that a node says, as an attribute or in English.
func dateIn(n *html.Node) string {
	if at := first(n, func(n *html.Node) bool { return dateForm.MatchString(attribute(n, "datetime")) }); at != nil {
		return attribute(at, "datetime")
	}
	if t, err := time.Parse("January 2, 2006", words(n)); err == nil {
		return t.Format(time.DateOnly)
	}
	return ""
}

// verdictOf is the verdict that a text says, "" if it says none.
func verdictOf(text string) string {
	for _, verdict := range verdicts {
		if strings.Contains(text, verdict) {
			return verdict
		}
	}
	return ""
}

// head reads the page's head: its title, its icon's colour and a meta's content.
func (p *Page) head(kind, name string) string {
	var found string
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case kind == "title" && n.DataAtom == atom.Title && n.Parent != nil && n.Parent.DataAtom == atom.Head:
			found = n.FirstChild.Data
		case kind == "icon" && n.DataAtom == atom.Link && attribute(n, "rel") == "icon":
			found = iconTone(attribute(n, "href"))
		case kind == "meta" && n.DataAtom == atom.Meta && (attribute(n, "name") == name || attribute(n, "property") == name):
			found = attribute(n, "content")
		case kind == "ld" && n.DataAtom == atom.Script && attribute(n, "type") == "application/ld+json":
			found = n.FirstChild.Data
		}
		for child := range n.ChildNodes() {
			walk(child)
		}
	}
	walk(p.Root)
	return found
}

var iconForm = regexp.MustCompile(`icon-([a-z]+)\.`)

// iconTone is the colour that a favicon's address names, "" for the plain one.
func iconTone(href string) string {
	if m := iconForm.FindStringSubmatch(href); m != nil {
		return m[1]
	}
	return ""
}

// around is the text of the part of a page that its first heading stands in.
func (p *Page) around() string {
	h1 := first(p.Main, func(n *html.Node) bool { return level(n) == 1 })
	if h1 == nil {
		return ""
	}
	node := h1
	for node.Parent != nil && node.Parent != p.Main && node.Parent.DataAtom != atom.Body {
		node = node.Parent
	}
	if node == h1 {
		if next := nextElement(h1); next != nil {
			return words(h1) + " " + words(next)
		}
	}
	return words(node)
}

func nextElement(n *html.Node) *html.Node {
	for n = n.NextSibling; n != nil && n.Type != html.ElementNode; n = n.NextSibling {
	}
	return n
}

// times lists the instants that a node says by <time datetime>.
func times(n *html.Node) []time.Time {
	var found []time.Time
	for _, node := range every(n, func(n *html.Node) bool { return n.DataAtom == atom.Time }) {
		if t, err := time.Parse(time.RFC3339, attribute(node, "datetime")); err == nil {
			found = append(found, t)
		}
	}
	return found
}

// lastChange is the instant that the page says beside "Last change".
func (p *Page) lastChange() (at time.Time, said bool) {
	label := first(p.Main, func(n *html.Node) bool {
		return n.Type == html.TextNode && strings.Contains(strings.ToLower(n.Data), "last change")
	})
	if label == nil {
		return time.Time{}, false
	}
	for n := label.Parent; n != nil && n != p.Main; n = n.Parent {
		if all := times(n); len(all) > 0 {
			return all[0], true
		}
	}
	return time.Time{}, true
}

// groupPart is what a page says of a group as a whole.
type groupPart struct {
	name  string
	text  string
	green bool
}

var countForm = regexp.MustCompile(`(?:\d+ of )?(\d+) components?`)

// groupParts reads the headings and summaries that begin with the name of a
// group.
func (p *Page) groupParts(names []string) []groupPart {
	var found []groupPart
	for _, n := range every(p.Main, func(n *html.Node) bool { return n.DataAtom == atom.Summary || level(n) > 1 }) {
		text := words(n)
		for _, name := range names {
			if text == name || strings.HasPrefix(text, name+" ") {
				found = append(found, groupPart{name, strings.TrimSpace(strings.TrimPrefix(text, name)), green(n)})
			}
		}
	}
	return found
}

// lead is the part of a page before its first heading of the second level: the
// facts in front. It is a copy.
func (p *Page) lead() *html.Node {
	copied := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for child := range p.Main.ChildNodes() {
		if first(child, func(n *html.Node) bool { return level(n) == 2 }) != nil {
			break
		}
		copied.AppendChild(deepCopy(child))
	}
	return copied
}

func deepCopy(n *html.Node) *html.Node {
	copied := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Attr: n.Attr}
	for child := range n.ChildNodes() {
		copied.AppendChild(deepCopy(child))
	}
	return copied
}

func links(n *html.Node) []*html.Node {
	return every(n, func(n *html.Node) bool { return n.DataAtom == atom.A && attribute(n, "href") != "" })
}

// datedParts are the rows, list items and paragraphs that say a date, and the
// links that are around or in them.
func datedParts(n *html.Node, date string) []*html.Node {
	var parts []*html.Node
	for _, at := range every(n, func(n *html.Node) bool { return strings.HasPrefix(attribute(n, "datetime"), date) }) {
		part := at
		for part.Parent != nil && !slices.Contains([]atom.Atom{atom.Tr, atom.Li, atom.P, atom.Article, atom.Dd, atom.Figure}, part.DataAtom) {
			part = part.Parent
		}
		if part.Parent == nil {
			part = at
		}
		parts = append(parts, part)
	}
	parts = append(parts, every(n, func(n *html.Node) bool {
		return n.DataAtom == atom.A && strings.Contains(attribute(n, "href"), "#"+date)
	})...)
	return parts
}
