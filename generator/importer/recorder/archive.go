package recorder

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"time"

	"allclear/generator/check"
	"allclear/generator/importer"
)

// archive is the folder that has the answers: those of the API, and each event
// below incidents/.
type archive struct {
	dir  string
	now  func() time.Time
	root *os.Root // nil until something is written or read
}

func (a *archive) open() error {
	if a.root != nil {
		return nil
	}
	if err := os.MkdirAll(a.dir, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(a.dir)
	a.root = root
	return err
}

func (a *archive) close() {
	if a.root != nil {
		a.root.Close()
	}
}

// write writes a file whole, or not at all.
func (a *archive) write(name string, text []byte) error {
	if err := a.open(); err != nil {
		return err
	}
	if err := a.root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return err
	}
	part := name + ".part"
	if err := a.root.WriteFile(part, text, 0o666); err != nil {
		return err
	}
	return a.root.Rename(part, name)
}

// kept is what the file of an event has beside the answer.
type kept struct {
	RecordedAt moment  `json:"recorded_at"`
	Listed     *listed `json:"listed"` // its line in the history then
}

func eventFile(code string) string { return "incidents/" + code + ".json" }

// keep writes the answer for an event: {"page": …, "incident": …}.
func (a *archive) keep(code string, answer map[string]json.RawMessage, line *listed) error {
	at, err := json.Marshal(a.now().UTC().Format(time.RFC3339))
	if err != nil {
		return err
	}
	answer["recorded_at"] = at
	if line != nil {
		if answer["listed"], err = json.Marshal(line); err != nil {
			return err
		}
	}
	text, err := json.MarshalIndent(answer, "", " ")
	if err != nil {
		return err
	}
	return a.write(eventFile(code), append(text, '\n'))
}

// recorded reads the file of an event; false if there is none that can be read.
func (a *archive) recorded(code string) (k kept, s state, ok bool) {
	if a.open() != nil {
		return k, s, false
	}
	file, err := a.root.Open(eventFile(code))
	if err != nil {
		return k, s, false
	}
	defer file.Close()
	raw, err := importer.ReadBounded(file, maxAnswer)
	if err != nil || json.Unmarshal(raw, &k) != nil {
		return k, s, false
	}
	event, err := eventOf(raw, code)
	if err != nil {
		return k, s, false
	}
	return k, stateOf(event["incident"]), true
}

// state is what decides whether an event may still change.
type state struct {
	ID        string
	Code      string
	Status    string
	CreatedAt moment `json:"created_at"`
	UpdatedAt moment `json:"updated_at"`
}

// stateOf reads an event or a component. What it lacks stays empty.
func stateOf(raw json.RawMessage) state {
	var s state
	_ = json.Unmarshal(raw, &s)
	return s
}

// over reports whether the event's status is its last.
func (s state) over() bool {
	return s.Status == "resolved" || s.Status == "postmortem" || s.Status == "completed"
}

// moment is a time in JSON; zero for anything that is none.
type moment struct{ time.Time }

func (m *moment) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		m.Time, _ = time.Parse(time.RFC3339Nano, s)
	}
	return nil
}

// isCode reports whether an id may be a file's name.
func isCode(id string) bool { return check.IsAPIID(id) }

// eventOf reads the answer for one event, which some pages wrap with the page
// that it is of.
func eventOf(raw []byte, code string) (map[string]json.RawMessage, error) {
	var answer map[string]json.RawMessage
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, errors.New("the answer is not a JSON object")
	}
	if wrapped, ok := answer["scheduled_maintenance"]; ok && answer["incident"] == nil {
		answer["incident"] = wrapped
		delete(answer, "scheduled_maintenance")
	}
	if _, ok := answer["incident"]; !ok {
		answer = map[string]json.RawMessage{"incident": raw}
	}
	if s := stateOf(answer["incident"]); s.ID != code && s.Code != code {
		return nil, errors.New("the answer is not that event")
	}
	return answer, nil
}

// isMissing reports whether an error means that the page does not have a
// document, so that asking again is useless.
func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
