package api

import "time"

// Timestamp is an instant as Statuspage writes it: RFC 3339 with milliseconds,
// always three digits of them, in the page's zone. It ends in Z only if that
// zone is UTC: London's winter is +00:00. It is the text itself, since
// encoding/json parses again what a MarshalJSON returns, and the documents of
// a site hold a million timestamps.
type Timestamp string

// stamp writes an instant in its own zone.
func stamp(at time.Time) Timestamp {
	layout := "2006-01-02T15:04:05.000-07:00"
	if name, offset := at.Zone(); name == "UTC" && offset == 0 {
		layout = "2006-01-02T15:04:05.000Z"
	}
	return Timestamp(at.Format(layout))
}

// stampOrNil writes an instant, nil for the zero time.
func stampOrNil(at time.Time) *Timestamp {
	if at.IsZero() {
		return nil
	}
	text := stamp(at)
	return &text
}

// dateOrNil is the date of an instant in its own zone, nil for the zero time.
func dateOrNil(at time.Time) *string {
	if at.IsZero() {
		return nil
	}
	date := at.Format(time.DateOnly)
	return &date
}
