package page

import (
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
	"allclear/generator/tone"
)

// HistoryRow is an event or an announcement in the history, by its title.
type HistoryRow struct {
	EventRow
	Continues bool // it began before the month
	Forecast  []RowForecast
}

// EventRow is what a row says of an event.
type EventRow struct {
	Kind     string // incident, maintenance or announcement
	Title    string
	Original *Original // of Title
	URL      string
	Draft    bool
	Impact   Label  // severity of an incident, else "Maintenance" or "Announcement"
	Status   string // "investigating"; empty if it ended as it should
	When     Time   // its beginning
	Length   string // "1h 31m", of an event that is over; may be empty
	Affects  string // "A, B and C"; empty if it names no component
}

// RowForecast is what a row will be from an instant on.
type RowForecast struct {
	From string // RFC 3339
	EventRow
}

// rows are events of a month with what the clock will do to them.
func (l *Localization) rows(s *derive.Snapshot, up string, m month, events []*derive.Event) []HistoryRow {
	var forecast []*derive.Snapshot
	if slices.ContainsFunc(events, forecastable) {
		forecast = s.Forecast()
	}
	var rows []HistoryRow
	for _, e := range events {
		row := HistoryRow{EventRow: l.eventRow(up, m, e)}
		row.Continues = continues(e, m.first)
		if forecastable(e) {
			for _, t := range transitions(e, forecast) {
				row.Forecast = append(row.Forecast, RowForecast{From: l.catalog.ISO(t.site.At), EventRow: l.eventRow(up, m, t.event)})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// live makes a page with some rows one that the script keeps up to date, if the
// clock will change one of them.
func (l *Localization) live(s *derive.Snapshot, b *Base, rows []HistoryRow) {
	if slices.ContainsFunc(rows, func(r HistoryRow) bool { return len(r.Forecast) > 0 }) {
		b.Live, b.AsOf = true, l.asOf(s)
	}
}

// whole is an instant in full. The script shows it in the reader's zone alone, since
// a row has no room for two.
func (l *Localization) whole(at time.Time) Time {
	return Time{l.catalog.DateTime(at), l.catalog.ISO(at), formFull}
}

// inMonth is an instant below the heading of a month, which says the year.
func (l *Localization) inMonth(m month, at time.Time) Time {
	if at.In(m.first.Location()).Year() != m.first.Year() {
		return l.whole(at)
	}
	return Time{l.catalog.InYear(at), l.catalog.ISO(at), formYear}
}

func (l *Localization) eventRow(up string, m month, e *derive.Event) EventRow {
	row := EventRow{
		Kind: e.Kind.String(), Title: l.title(e), Original: originalOf(l, e.Titles), URL: up + e.Path(), Draft: e.Draft || e.HeldBack,
		Impact: l.impact(e), When: l.inMonth(m, happened(e)), Affects: l.names(e.Affected),
	}
	if e.Status != status.Resolved && e.Status != status.Completed {
		row.Status = l.eventLabel(e.Status)
	}
	if !e.Open() && e.Length > 0 {
		row.Length = l.catalog.Duration(e.Length)
	}
	return row
}

// announcementRow leads to an announcement on the page of a month.
func (l *Localization) announcementRow(up string, m month, a *status.Announcement) HistoryRow {
	shown := l.announcement(a)
	return HistoryRow{EventRow: EventRow{
		Kind: "announcement", Title: shown.Title, Original: shown.Original, URL: up + m.path + "#" + shown.Anchor,
		Impact: Label{l.catalog.Text("history.announcement"), tone.Notice.Name}, When: l.inMonth(m, a.From),
	}}
}
