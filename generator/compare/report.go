package compare

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Report is what a change does. What does not change is empty.
type Report struct {
	From       string    `json:"from"` // what is compared: a commit, a folder, an address
	To         string    `json:"to"`
	At         time.Time `json:"at"` // the instant of both sides
	Verdict    *Change   `json:"verdict"`
	Indicator  *Change   `json:"indicator"`
	Components []Item    `json:"components"`
	Events     []Event   `json:"events"`
	Notices    []Item    `json:"announcements"`
	Entries    []Entry   `json:"feed_entries"`
	Polled     []string  `json:"polled"` // documents of the API that clients poll, and that change
	Calendar   []Item    `json:"calendar"`
	Uptime     []Figure  `json:"uptime"`
	Addresses  Addresses `json:"addresses"`
	Files      []string  `json:"files"` // that differ, if nothing else does
}

// Change is a text before and after. An empty one was, or is, not there.
type Change struct {
	Before string `json:"before"`
	After  string `json:"after"`
}

// Item is a thing that changes: its id, its name, and each property.
type Item struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	Kind   Kind       `json:"change"`
	Fields []Property `json:"properties"`
}

// Property is a property that changes.
type Property struct {
	Name string `json:"name"`
	Change
}

// Kind is how a thing changes.
type Kind string

// The kinds.
const (
	Added   Kind = "new"
	Changed Kind = "changed"
	Removed Kind = "gone"
)

// Event is an incident or a maintenance that changes.
type Event struct {
	Item
	Address string `json:"url"`
	Updates []Item `json:"updates"`
}

// Entry is an entry of the feeds that subscribers get, or lose.
type Entry struct {
	Kind     Kind   `json:"change"`
	ID       string `json:"id"`
	Language string `json:"language,omitempty"` // of a translation
	Title    string `json:"title"`
	At       string `json:"date_published"`
	URL      string `json:"url"`
	Text     string `json:"text"`
	Before   string `json:"text_before,omitempty"` // of an entry that changes
}

// Figure is an uptime that changes.
type Figure struct {
	Component string   `json:"component"`
	Period    string   `json:"period"`
	Before    *float64 `json:"before"` // null if there was no figure
	After     *float64 `json:"after"`
	Why       []string `json:"because_of"` // the names of events on days that changed
}

// Addresses are those that change, from the root of the site.
type Addresses struct {
	Gained     []string          `json:"gained"`
	Lost       []string          `json:"lost"`
	Redirected map[string]string `json:"redirected"`
}

// polled are the documents that clients ask for again and again.
var polled = []string{
	"api/v2/status.json", "api/v2/summary.json", "api/v2/components.json", "api/v2/incidents.json", "api/v2/incidents/unresolved.json",
	"api/v2/scheduled-maintenances.json", "api/v2/scheduled-maintenances/active.json", "api/v2/scheduled-maintenances/upcoming.json",
	"status.txt", "badge.json",
}

// Sides compares two sides at an instant. before is nil if nothing was public.
func Sides(before, after *Side, at time.Time) (*Report, error) {
	if before == nil {
		before = &Side{Read: func(string) ([]byte, error) { return nil, fs.ErrNotExist }, Paths: []string{}, Announcements: map[string]Announcement{}}
	}
	from, err := before.read()
	to, err2 := after.read()
	if err := errors.Join(err, err2); err != nil {
		return nil, err
	}
	r := &Report{
		At:         at,
		Verdict:    changed(from.status.Status.Description, to.status.Status.Description),
		Indicator:  changed(from.status.Status.Indicator, to.status.Status.Indicator),
		Components: componentChanges(from, to),
		Events:     eventChanges(from, to),
		Notices:    announcementChanges(from, to),
		Entries:    entryChanges(from, to),
		Calendar:   calendarChanges(from, to),
		Uptime:     uptimeChanges(from, to),
		Addresses:  addressChanges(from, to),
	}
	for _, name := range polled {
		different, err := differs(from, to, name)
		switch {
		case err != nil:
			return nil, err
		case !different:
		case onlyUpdated(from, to, name):
			r.Polled = append(r.Polled, name+" (its page.updated_at alone)")
		default:
			r.Polled = append(r.Polled, name)
		}
	}
	if r.quiet() {
		r.Files, err = fileChanges(from, to)
	}
	return r, err
}

// quiet reports whether readers, subscribers and clients can't see the change,
// apart from Files.
func (r *Report) quiet() bool {
	return r.Verdict == nil && r.Indicator == nil && len(r.Components)+len(r.Events)+len(r.Notices)+len(r.Entries)+len(r.Polled)+
		len(r.Calendar)+len(r.Uptime)+len(r.Addresses.Gained)+len(r.Addresses.Lost)+len(r.Addresses.Redirected) == 0
}

func changed(before, after string) *Change {
	if before == after {
		return nil
	}
	return &Change{before, after}
}

// differs reports whether a file has other bytes. One that is not there has none.
func differs(from, to *site, name string) (bool, error) {
	a, err := from.Read(name)
	b, err2 := to.Read(name)
	for _, err := range []error{err, err2} {
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, fmt.Errorf("%s: %w", name, err)
		}
	}
	return !bytes.Equal(a, b), nil
}

// onlyUpdated reports whether a document of the API differs in the time of the
// page's last change alone.
func onlyUpdated(from, to *site, name string) bool {
	without := func(s *site) any {
		var document map[string]any
		if !strings.HasSuffix(name, ".json") || s.document(name, &document) != nil {
			return s // which equals no other
		}
		if page, ok := document["page"].(map[string]any); ok {
			delete(page, "updated_at")
		}
		return document
	}
	return reflect.DeepEqual(without(from), without(to))
}

// fileChanges lists the files of both sides that have other bytes.
func fileChanges(from, to *site) ([]string, error) {
	was := make(map[string]bool, len(from.Paths))
	for _, name := range from.Paths {
		was[name] = true
	}
	var files []string
	for _, name := range to.Paths {
		if private(name) || !was[name] {
			continue
		}
		different, err := differs(from, to, name)
		if err != nil {
			return nil, err
		}
		if different {
			files = append(files, name)
		}
	}
	slices.Sort(files)
	return files, nil
}

// addressChanges lists the addresses that the site gains and loses. One that is
// lost and redirects is not lost.
func addressChanges(from, to *site) Addresses {
	a := Addresses{Redirected: map[string]string{}}
	for _, address := range sorted(from.addresses, to.addresses) {
		switch was, is := from.addresses[address], to.addresses[address]; {
		case !was:
			a.Gained = append(a.Gained, address)
		case !is && to.Redirects[address] != "":
			a.Redirected[address] = to.Redirects[address]
		case !is:
			a.Lost = append(a.Lost, address)
		}
	}
	for address, target := range to.Redirects {
		if from.Redirects[address] == "" && strings.HasSuffix(address, "/") {
			a.Redirected[address] = target
		}
	}
	return a
}

// JSON prints the report as one document. Its lists are never null.
func (r *Report) JSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	whole := *r
	for _, list := range []*[]Item{&whole.Components, &whole.Notices, &whole.Calendar} {
		*list = append([]Item{}, *list...)
	}
	for _, list := range []*[]string{&whole.Polled, &whole.Files, &whole.Addresses.Gained, &whole.Addresses.Lost} {
		*list = append([]string{}, *list...)
	}
	whole.Events, whole.Entries, whole.Uptime = append([]Event{}, r.Events...), append([]Entry{}, r.Entries...), append([]Figure{}, r.Uptime...)
	return encoder.Encode(whole)
}
