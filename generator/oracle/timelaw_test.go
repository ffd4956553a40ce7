package oracle

import (
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// lawTimes: the words of each <time> are those of its instant in the site's zone,
// as short as its form allows on the day of the build; the page of an event that
// is over, and of a month, has only whole ones.
func lawTimes(f *finder) {
	for _, name := range f.b.htmlPaths() {
		p := f.b.page(name)
		if f.foreign(name) || f.b.isAlias(name) || p == nil {
			continue
		}
		record := strings.HasPrefix(name, "history/")
		for _, t := range f.m.events {
			record = record || name == t.Path()+"index.html" && !t.open()
		}
		for _, node := range every(p.Main, isTime) {
			form, said := attribute(node, "data-form"), words(node)
			want := f.inWords(attribute(node, "datetime"), form)
			if stretch := every(node.Parent, isTime); form == "day" && len(stretch) == 2 {
				want = f.endOfStretch(stretch, node)
			}
			if want == "" {
				f.add("a time of no form", name, attribute(node, "datetime")+" "+form, "an instant")
			} else if clean := strings.TrimPrefix(said, "0"); !strings.HasPrefix(clean, want) {
				f.add("a time in other words", name, said, "%s", want)
			}
			if record && form == "short" {
				f.add("a record with a time that will change", name, said, "a whole one")
			}
		}
	}
}

func isTime(n *html.Node) bool { return n.DataAtom == atom.Time }

// endOfStretch is how one of the two dates of a heading is written: in this year
// without the weekday, and the month of both once.
func (f *finder) endOfStretch(stretch []*html.Node, end *html.Node) string {
	first, last := attribute(stretch[0], "datetime"), attribute(stretch[1], "datetime")
	year := f.m.at.In(f.c.Zone).Format("2006-")
	at, err := time.Parse(time.DateOnly, attribute(end, "datetime"))
	switch {
	case err != nil || !strings.HasPrefix(first, year) || !strings.HasPrefix(last, year):
		return f.inWords(attribute(end, "datetime"), "day")
	case end == stretch[1] && first[:7] == last[:7]:
		return at.Format("2")
	}
	return at.Format("January 2")
}

// inWords is an instant or a date as English has it, without the zone; "" if it
// is none.
func (f *finder) inWords(datetime, form string) string {
	today := f.m.at.In(f.c.Zone)
	if date, err := time.Parse(time.DateOnly, datetime); err == nil {
		switch {
		case form != "day":
			return date.Format("January 2, 2006")
		case date.Year() == today.Year():
			return date.Format("Monday, January 2")
		}
		return date.Format("Monday, January 2, 2006")
	}
	at, err := time.Parse(time.RFC3339, datetime)
	if err != nil || at.In(f.c.Zone).Format(time.RFC3339) != datetime {
		return ""
	}
	at = at.In(f.c.Zone)
	switch form {
	case "", "full":
		return at.Format("Jan 02, 2006, 03:04 PM")
	case "year":
		return at.Format("Jan 2, 3:04 PM")
	case "clock":
		return at.Format("3:04 PM")
	case "date":
		return at.Format("January 2, 2006")
	case "short":
		return at.Format(shortLayout(at, today))
	}
	return ""
}

func shortLayout(at, today time.Time) string {
	first := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC) }
	switch away := first(at).Sub(first(today)).Abs(); {
	case away == 0:
		return "3:04 PM"
	case away < 7*24*time.Hour:
		return "Mon, 3:04 PM"
	case at.Year() == today.Year():
		return "Jan 2, 3:04 PM"
	}
	return "Jan 2, 2006, 3:04 PM"
}
