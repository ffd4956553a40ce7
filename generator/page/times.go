package page

import (
	"html"
	"html/template"
	"strconv"
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// Time is an instant in words, and in the form of <time datetime>. Form says to
// the script how short the words may be: empty for a record, which is whole and
// never changes; full for the same in one zone; year where the year is known; short,
// clock or day beside the present; date for a whole date. See
// [allclear/generator/language.Catalog.Short].
type Time struct{ Text, ISO, Form string }

// The forms of a time.
const (
	formRecord = ""
	formFull   = "full"
	formYear   = "year"
	formShort  = "short"
	formClock  = "clock"
	formDay    = "day"
	formDate   = "date"
)

// beside is the same localization for a page that shows what is current: it
// writes instants as a person says them on that day. A page changes with the day
// then, at its midnight, so the page of an event that is over is never beside
// one.
func (l *Localization) beside(today time.Time) *Localization {
	current := *l
	current.today = today
	return &current
}

// time is an instant in words.
func (l *Localization) time(at time.Time) Time {
	if l.today.IsZero() {
		return Time{l.catalog.DateTime(at), l.catalog.ISO(at), formRecord}
	}
	return Time{l.catalog.Short(at, l.today), l.catalog.ISO(at), formShort}
}

// clock is the time of day alone.
func (l *Localization) clock(at time.Time) Time {
	return Time{l.catalog.ShortClock(at), l.catalog.ISO(at), formClock}
}

// date is a date as a heading or at the head of a row.
func (l *Localization) date(at time.Time) Time {
	day := Time{ISO: at.Format(time.DateOnly), Text: l.catalog.Date(at)}
	if !l.today.IsZero() {
		day.Text, day.Form = l.catalog.Day(at, l.today), formDay
	}
	return day
}

// window is the two ends of a time. The date is there only once if it begins and
// ends on the same one.
func (l *Localization) window(from, until time.Time) (Time, Time) {
	a, b := l.time(from), l.time(until)
	if l.today.IsZero() {
		a.Text, b.Text = l.catalog.Window(from, until)
	} else {
		a.Text, b.Text = l.catalog.ShortWindow(from, until, l.today)
	}
	if status.SameDate(from, until) {
		b.Form = formClock
	}
	return a, b
}

// asOf is the date of what a page shows as current, with the hour if not all is well,
// and until when it can: until the end of the snapshot's forecast, or of one of the
// page's own.
func (l *Localization) asOf(s *derive.Snapshot, ends ...time.Time) AsOf {
	var p phrase
	date := Time{Text: l.catalog.Date(s.At), ISO: s.At.Format(time.DateOnly)}
	if s.Banner.Message != derive.AllOperational {
		date = l.whole(s.At)
	}
	p.text = l.catalog.Text("index.as_of", "date", p.time(date, ""))
	a := AsOf{At: l.catalog.ISO(s.At), Text: p.html()}
	var first time.Time
	for _, end := range append(ends, s.ForecastEnd()) {
		if !end.IsZero() && (first.IsZero() || end.Before(first)) {
			first = end
			a.Until = l.catalog.ISO(end)
		}
	}
	return a
}

// phrase is a text of the theme with instants in it. As HTML they are <time>
// elements, so that the script can show them in the reader's zone; in a plain
// text they are words.
type phrase struct {
	text   string
	pieces []piece
}

// piece is a part of a phrase, for which a mark stands in its text.
type piece struct{ plain, html string }

// mark adds a piece and returns what stands for it. It is between characters for
// private use, which no string of a theme has.
func (p *phrase) mark(plain, html string) string {
	p.pieces = append(p.pieces, piece{plain, html})
	return "\uE000" + strconv.Itoa(len(p.pieces)-1) + "\uE000"
}

// time marks an instant; attributes begin with a space each.
func (p *phrase) time(at Time, attributes string) string {
	return p.mark(at.Text, timeElement(at, attributes))
}

// window marks two instants in a string of the theme with {from} and {until}.
func (p *phrase) window(l *Localization, key string, from, until Time) string {
	return p.mark("", `<span class="window">`) +
		l.catalog.Text(key, "from", p.time(from, ""), "until", p.time(until, "")) +
		p.mark("", `</span>`)
}

func (p *phrase) plain() string {
	return p.replaced(p.text, func(i piece) string { return i.plain })
}

func (p *phrase) html() template.HTML {
	return template.HTML(p.replaced(html.EscapeString(p.text), func(i piece) string { return i.html }))
}

func (p *phrase) replaced(text string, by func(piece) string) string {
	var pairs []string
	for n, i := range p.pieces {
		pairs = append(pairs, "\uE000"+strconv.Itoa(n)+"\uE000", by(i))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// withTime is a string of the theme with an instant in its placeholder {time}.
func (l *Localization) withTime(key string, at Time, attributes string) template.HTML {
	var p phrase
	p.text = l.catalog.Text(key, "time", p.time(at, attributes))
	return p.html()
}

// withWindow is a string of the theme with {from} and {until}.
func (l *Localization) withWindow(key string, from, until time.Time) template.HTML {
	var p phrase
	a, b := l.window(from, until)
	p.text = p.window(l, key, a, b)
	return p.html()
}

// timeElement is an instant in HTML; attributes begin with a space each.
func timeElement(at Time, attributes string) string {
	if at.Form != formRecord {
		attributes += ` data-form="` + at.Form + `"`
	}
	return `<time datetime="` + html.EscapeString(at.ISO) + `"` + attributes + `>` + html.EscapeString(at.Text) + `</time>`
}
