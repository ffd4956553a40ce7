package compare

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Report is what a change does. What does not change is empty.
type Report struct {
	From        string     `json:"from"` // what is compared: a commit, a folder, an address
	To          string     `json:"to"`
	At          time.Time  `json:"at"`          // the instant of both sides
	Verdict     *Change    `json:"verdict"`     // the banner that readers see
	Indicator   *Change    `json:"indicator"`   // of the API, and
	Description *Change    `json:"description"` // its sentence
	Site        []Property `json:"site"`        // its name, its address and the like
	Components  []Item     `json:"components"`
	Events      []Event    `json:"events"`
	Notices     []Item     `json:"announcements"`
	Coming      []Item     `json:"to_come"`   // what is held back now, and its time will publish
	Words       []Words    `json:"words"`     // of pages, aside from the above
	SameLook    bool       `json:"same_look"` // theme and site.yaml are the same, so that all of Words follows from the above
	Entries     []Entry    `json:"feed_entries"`
	Polled      []string   `json:"polled"`      // documents that clients ask for again and again, and that change
	PolledTime  []string   `json:"polled_time"` // those in which page.updated_at changes alone
	Calendar    []Item     `json:"calendar"`
	Uptime      []Figure   `json:"uptime"`
	Addresses   Addresses  `json:"addresses"`
	Look        Look       `json:"look"`
	Files       []string   `json:"files"`        // all of both sides that have other bytes
	Unseen      []string   `json:"not_compared"` // what can't be compared with the old side, in words

	unknownLook bool     // theme and settings of the old side
	languages   []string // the further ones of both sides
	texts       corpus   // of all updates of the events that change
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
	Kind     Kind       `json:"change"`
	ID       string     `json:"id"`
	Language string     `json:"language,omitempty"` // of a translation
	Title    string     `json:"title"`
	At       string     `json:"date_published"`
	URL      string     `json:"url"`
	Text     string     `json:"text"`
	Before   string     `json:"text_before,omitempty"` // of an entry that changes
	Fields   []Property `json:"properties,omitempty"`  // of an entry that changes, aside from its text
}

// Figure is an uptime that changes.
type Figure struct {
	Component string   `json:"component"`
	Period    string   `json:"period"`
	Before    *float64 `json:"before"` // null if there was no figure
	After     *float64 `json:"after"`
	Why       []string `json:"because_of"` // the names of events on days that changed
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
		before = &Side{Read: func(string) ([]byte, error) { return nil, fs.ErrNotExist }}
	}
	from, err := before.read()
	to, err2 := after.read()
	if err := errors.Join(err, err2); err != nil {
		return nil, err
	}
	r := &Report{
		At:          at,
		Verdict:     changed(from.banner, to.banner),
		Indicator:   changed(from.status.Status.Indicator, to.status.Status.Indicator),
		Description: changed(from.status.Status.Description, to.status.Status.Description),
		Site:        siteChanges(from, to),
		Components:  componentChanges(from, to),
		Events:      eventChanges(from, to),
		Notices:     announcementChanges(from, to),
		Coming:      comingChanges(from, to),
		Entries:     entryChanges(from, to),
		Calendar:    calendarChanges(from, to),
		Uptime:      uptimeChanges(from, to),
		Addresses:   addressChanges(from, to),
		SameLook:    before.Look != "" && before.Look == after.Look,
		Unseen:      before.Unseen,
		unknownLook: before.MaxPages > 0,
		languages:   slices.Compact(slices.Sorted(slices.Values(slices.Concat(before.Languages, after.Languages)))),
	}
	names := r.both(from, to)
	files, err := fileChanges(from, to, names)
	if err != nil {
		return nil, err
	}
	r.addFiles(files, from, to)
	r.leaveOut(from, to)
	return r, nil
}

// addFiles adds what is different in files: the words of pages, the documents that
// clients poll, and the rest.
func (r *Report) addFiles(files []fileChange, from, to *site) {
	var pages []pageChange
	for _, f := range files {
		r.Files = append(r.Files, f.name)
		switch {
		case f.page != nil:
			pages = append(pages, *f.page)
		case !slices.Contains(polled, f.name):
		case onlyUpdated(from, to, f.name):
			r.PolledTime = append(r.PolledTime, f.name)
		default:
			r.Polled = append(r.Polled, f.name)
		}
	}
	r.Words = r.wordsOf(pages)
	for _, e := range r.Events {
		for _, s := range []*site{from, to} {
			if event := s.events[e.ID]; event != nil {
				for _, u := range event.Updates {
					r.texts.add(u.Body)
				}
			}
		}
	}
	r.Look = lookOf(files)
}

func changed(before, after string) *Change {
	if before == after {
		return nil
	}
	return &Change{before, after}
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

// JSON prints the report as one document. Its lists are never null.
func (r *Report) JSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	whole := *r
	for _, list := range []*[]Item{&whole.Components, &whole.Notices, &whole.Coming, &whole.Calendar} {
		*list = append([]Item{}, *list...)
	}
	for _, list := range []*[]string{
		&whole.Polled, &whole.PolledTime, &whole.Files, &whole.Unseen, &whole.Addresses.Gained, &whole.Addresses.Lost,
		&whole.Look.Files, &whole.Look.Others,
	} {
		*list = append([]string{}, *list...)
	}
	whole.Site, whole.Words = append([]Property{}, r.Site...), append([]Words{}, r.Words...)
	whole.Events, whole.Entries, whole.Uptime = append([]Event{}, r.Events...), append([]Entry{}, r.Entries...), append([]Figure{}, r.Uptime...)
	return encoder.Encode(whole)
}
