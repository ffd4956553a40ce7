package statuspage

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"allclear/generator/compose"
	"allclear/generator/importer/markup"
	"allclear/generator/source"
)

// The types here read Statuspage's API v2, https://metastatuspage.com/api. A
// field of another type than its own counts as missing.

// text is a JSON string, or a number or a boolean as it is written.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	var s string
	switch {
	case json.Unmarshal(raw, &s) == nil:
		*t = text(compose.Clean(strings.ReplaceAll(s, "\ufffd", ""))) // broken UTF-8, as the decoder reads it
	case len(raw) > 0 && strings.IndexByte("{[n", raw[0]) < 0:
		*t = text(raw)
	}
	return nil
}

func (t text) line() string { return markup.OneLine(string(t)) }

// flag is a JSON boolean.
type flag bool

func (f *flag) UnmarshalJSON(raw []byte) error {
	*f = string(raw) == "true"
	return nil
}

// number is a JSON number without its fraction.
type number int

func (n *number) UnmarshalJSON(raw []byte) error {
	var f float64
	if json.Unmarshal(raw, &f) == nil && f > -1e9 && f < 1e9 {
		*n = number(f)
	}
	return nil
}

// items is a JSON list without its elements of another type.
type items[T any] []T

func (l *items[T]) UnmarshalJSON(raw []byte) error {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	for _, item := range list {
		var v T
		if isObject(item) && json.Unmarshal(item, &v) == nil {
			*l = append(*l, v)
		}
	}
	return nil
}

func isObject(raw []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) }

// moment is a time in a JSON string; zero for anything else.
type moment struct{ time.Time }

func (m *moment) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return nil
	}
	at, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(s))
	if err != nil {
		if at, err = source.ParseTimestamp(strings.TrimSpace(s), time.UTC); err != nil {
			return nil
		}
	}
	if year := at.UTC().Year(); year >= 1970 && year < 9999 {
		m.Time = at.UTC()
	}
	return nil
}

// second is the time to the second, as files have it.
func (m moment) second() time.Time {
	if m.IsZero() {
		return time.Time{}
	}
	return m.Truncate(time.Second)
}

type recordedPage struct {
	ID        text   `json:"id"`
	Name      text   `json:"name"`
	URL       text   `json:"url"`
	TimeZone  text   `json:"time_zone"`
	UpdatedAt moment `json:"updated_at"`
}

type recordedComponent struct {
	ID          text   `json:"id"`
	Name        text   `json:"name"`
	Description text   `json:"description"`
	CreatedAt   moment `json:"created_at"`
	UpdatedAt   moment `json:"updated_at"`
	Status      text   `json:"status"`
	Position    number `json:"position"`
	StartDate   text   `json:"start_date"`
	GroupID     text   `json:"group_id"`
	Group       flag   `json:"group"`
}

type recordedEvent struct {
	ID             text                     `json:"id"`
	Name           text                     `json:"name"`
	Status         text                     `json:"status"`
	Impact         text                     `json:"impact"`
	CreatedAt      moment                   `json:"created_at"`
	UpdatedAt      moment                   `json:"updated_at"`
	ResolvedAt     moment                   `json:"resolved_at"`
	StartedAt      moment                   `json:"started_at"`
	ScheduledFor   moment                   `json:"scheduled_for"`
	ScheduledUntil moment                   `json:"scheduled_until"`
	Updates        items[recordedUpdate]    `json:"incident_updates"`
	Components     items[recordedComponent] `json:"components"`
	Shortlink      text                     `json:"shortlink"`
	Postmortem     text                     `json:"postmortem_body"`
	PostmortemAt   moment                   `json:"postmortem_published_at"`
}

type recordedUpdate struct {
	ID        text            `json:"id"`
	Status    text            `json:"status"`
	Body      text            `json:"body"`
	CreatedAt moment          `json:"created_at"`
	DisplayAt moment          `json:"display_at"`
	Affected  items[affected] `json:"affected_components"`
}

type affected struct {
	Code      text `json:"code"`
	Name      text `json:"name"`
	OldStatus text `json:"old_status"`
	NewStatus text `json:"new_status"`
}

// isNone reports whether this is the sentence that Statuspage once put where
// there is no component.
func (a affected) isNone() bool {
	return a.Code == "" && a.NewStatus == "" && strings.HasPrefix(string(a.Name), "No components were affected")
}

// response is one response of any endpoint.
type response struct {
	Page                    recordedPage
	Components              items[recordedComponent]
	Incidents, Maintenances []json.RawMessage
	Incident, Maintenance   json.RawMessage
	Updates                 []json.RawMessage // of an event that was recorded on its own
}

var errHTML = errors.New("this is HTML, not JSON; was a page saved instead of the API's response?")

// parseResponse reads a response, or a bare list of events.
func parseResponse(raw []byte) (response, error) {
	var r response
	raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\uFEFF")))
	switch {
	case len(raw) == 0:
		return r, errors.New("it is empty")
	case raw[0] == '<':
		return r, errHTML
	case raw[0] == '[':
		if err := json.Unmarshal(raw, &r.Incidents); err != nil {
			return r, jsonError(raw, err)
		}
		return r, nil
	case !json.Valid(raw):
		return r, jsonError(raw, json.Unmarshal(raw, new(any)))
	}
	// Each field on its own, so that one of another type affects no other.
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return r, errors.New("it is not a JSON object")
	}
	for _, f := range []struct {
		key string
		to  any
	}{
		{"page", &r.Page}, {"components", &r.Components}, {"incidents", &r.Incidents},
		{"scheduled_maintenances", &r.Maintenances}, {"incident", &r.Incident}, {"scheduled_maintenance", &r.Maintenance},
		{"incident_updates", &r.Updates},
	} {
		if value, ok := fields[f.key]; ok {
			_ = json.Unmarshal(value, f.to) // a field of another type stays empty
		}
	}
	if r.Updates != nil {
		r.Incidents = append(r.Incidents, raw)
		r.Components = nil // those of the event, as they were then
	}
	for _, one := range []json.RawMessage{r.Incident, r.Maintenance} {
		if isObject(one) {
			r.Incidents = append(r.Incidents, one)
		}
	}
	return r, nil
}

// jsonError names the line of a syntax error.
func jsonError(raw []byte, err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		line := 1 + bytes.Count(raw[:min(int(syntax.Offset), len(raw))], []byte("\n"))
		return fmt.Errorf("it is not valid JSON: line %d: %w", line, err)
	}
	return fmt.Errorf("it is not JSON as Statuspage gives it: %w", err)
}

func (r response) empty() bool {
	return len(r.Incidents) == 0 && len(r.Maintenances) == 0 && len(r.Components) == 0 && r.Page.ID == ""
}

// parseEvent reads one event of a response.
func parseEvent(raw json.RawMessage) (recordedEvent, error) {
	var e recordedEvent
	if !isObject(raw) {
		return e, errors.New("it is not a JSON object")
	}
	if err := json.Unmarshal(raw, &e); err != nil {
		return e, errors.New("its fields have other types than Statuspage's")
	}
	return e, nil
}
