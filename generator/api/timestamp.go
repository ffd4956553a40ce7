package api

import "time"

// timestamp is an instant as Statuspage writes it: RFC 3339 with milliseconds,
// always three digits of them, in the instant's own zone. It ends in Z only
// where that zone is UTC: London's winter is +00:00. nil is null. It is the
// text itself, since encoding/json reads what a MarshalJSON gives once more,
// and the answers of a site hold a million of them.
type timestamp *string

// stamp writes an instant; the zero time is nil.
func stamp(at time.Time) timestamp {
	if at.IsZero() {
		return nil
	}
	layout := "2006-01-02T15:04:05.000-07:00"
	if name, offset := at.Zone(); name == "UTC" && offset == 0 {
		layout = "2006-01-02T15:04:05.000Z"
	}
	text := at.Format(layout)
	return &text
}

// dateOrNil is the date of an instant in its own zone, nil for the zero time.
func dateOrNil(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	date := t.Format(time.DateOnly)
	return &date
}
