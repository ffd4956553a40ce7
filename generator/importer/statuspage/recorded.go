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

// The types here read Statuspage's API v2, https://metastatuspage.com/api, from
// whoever recorded it: a field of another type than its own is as good as
// missing, and every other field is still read.

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

// items is a JSON list; what in it is of another shape is left out.
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

// moment is a JSON string that holds a time; zero for anything else.
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

// second is the time to the second, which is what a file says.
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

// answer is one recorded answer, whichever endpoint gave it.
type answer struct {
	Page         recordedPage             `json:"page"`
	Components   items[recordedComponent] `json:"components"`
	Incidents    []json.RawMessage        `json:"incidents"`
	Maintenances []json.RawMessage        `json:"scheduled_maintenances"`
	Incident     json.RawMessage          `json:"incident"`
	Maintenance  json.RawMessage          `json:"scheduled_maintenance"`

	// An event recorded on its own has its fields here.
	ID      text              `json:"id"`
	Updates []json.RawMessage `json:"incident_updates"`
}

var errHTML = errors.New("this is HTML, not JSON; was a page saved in place of the API's answer?")

// parseAnswer reads an answer, or a bare list of events.
func parseAnswer(raw []byte) (answer, error) {
	var a answer
	raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\uFEFF")))
	switch {
	case len(raw) == 0:
		return a, errors.New("it is empty")
	case raw[0] == '<':
		return a, errHTML
	case raw[0] == '[':
		if err := json.Unmarshal(raw, &a.Incidents); err != nil {
			return a, jsonError(raw, err)
		}
		return a, nil
	case !json.Valid(raw):
		return a, jsonError(raw, json.Unmarshal(raw, new(any)))
	}
	// Fields one by one, so that one of another type costs no other.
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return a, fmt.Errorf("a JSON object was due")
	}
	for _, f := range []struct {
		key string
		to  any
	}{
		{"page", &a.Page}, {"components", &a.Components}, {"incidents", &a.Incidents},
		{"scheduled_maintenances", &a.Maintenances}, {"incident", &a.Incident}, {"scheduled_maintenance", &a.Maintenance},
		{"id", &a.ID}, {"incident_updates", &a.Updates},
	} {
		if value, ok := fields[f.key]; ok {
			_ = json.Unmarshal(value, f.to) // what is of another type stays empty
		}
	}
	if a.Updates != nil {
		a.Incidents = append(a.Incidents, raw)
		a.Components = nil // the event's own, as they were then
	}
	for _, one := range []json.RawMessage{a.Incident, a.Maintenance} {
		if isObject(one) {
			a.Incidents = append(a.Incidents, one)
		}
	}
	return a, nil
}

// jsonError says where JSON ends to be JSON.
func jsonError(raw []byte, err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		line := 1 + bytes.Count(raw[:min(int(syntax.Offset), len(raw))], []byte("\n"))
		return fmt.Errorf("it is not whole JSON: line %d: %w", line, err)
	}
	return fmt.Errorf("it is not JSON of the kind that Statuspage gives: %w", err)
}

func (a answer) empty() bool {
	return len(a.Incidents) == 0 && len(a.Maintenances) == 0 && len(a.Components) == 0 && a.Page.ID == ""
}

// parseEvent reads one event of an answer.
func parseEvent(raw json.RawMessage) (recordedEvent, error) {
	var e recordedEvent
	if !isObject(raw) {
		return e, errors.New("it is no JSON object")
	}
	if err := json.Unmarshal(raw, &e); err != nil {
		return e, errors.New("its fields are of other types than Statuspage's")
	}
	return e, nil
}
