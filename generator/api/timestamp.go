package api

import "time"

// timestamp is an instant as Statuspage writes it: RFC 3339 with milliseconds,
// always three digits of them, in the instant's own zone. It ends in Z only
// where that zone is UTC: London's winter is +00:00. The zero time is null.
type timestamp time.Time

// MarshalJSON writes the timestamp as a JSON string, or null.
func (t timestamp) MarshalJSON() ([]byte, error) {
	at := time.Time(t)
	if at.IsZero() {
		return []byte("null"), nil
	}
	layout := `"2006-01-02T15:04:05.000-07:00"`
	if name, offset := at.Zone(); name == "UTC" && offset == 0 {
		layout = `"2006-01-02T15:04:05.000Z"`
	}
	return []byte(at.Format(layout)), nil
}

// dateOrNil is the date of an instant in its own zone, nil for the zero time.
func dateOrNil(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	date := t.Format(time.DateOnly)
	return &date
}
