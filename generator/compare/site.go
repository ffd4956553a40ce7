package compare

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// Side is a published site.
type Side struct {
	Read      func(path string) ([]byte, error) // a file below the site's root; fs.ErrNotExist if there is none; for several goroutines at once
	Paths     []string                          // of all files, slash-separated
	Redirects map[string]string                 // from address to address, both from the root
	Versions  map[string]string                 // of some files: those with the same are the same, and need not be read

	// The documents do not say these.
	Announcements map[string]Announcement       // that are shown, by id
	Look          string                        // a hash of the theme and the settings that pages are made with; "" if it is not known
	Coming        map[string]Coming             // what is written and will be published later, by an id of its own
	Languages     []string                      // whose pages are below their tag: the further ones
	Translations  map[string]map[string]Wording // of events, by tag and by the event's id in the API
	Withdrawn     map[string]bool               // ids of events' pages and of updates whose text is not to be read any more
	Unseen        []string                      // what is not in Paths although the site may have it, in words
	MaxPages      int                           // how many pages are read at most, those of events that change first; 0 for all of them
}

// Announcement is one that readers see.
type Announcement struct {
	Title, Text string
	In          map[string]Announcement // by tag
}

// Coming is an update or an announcement that its time will publish.
type Coming struct {
	Name string // "Title, status"
	At   string // RFC 3339
	Text string
}

// Wording is an event in another language.
type Wording struct {
	Title string            // "" if it has none
	Texts map[string]string // by the update's id
}

// site is what the documents of a side say.
type site struct {
	*Side
	status     pageStatus
	banner     string // that readers see, in the default language
	components map[string]component
	order      []string          // ids of the components, in their order
	events     map[string]*event // by id
	updates    map[string]bool   // of all events, by id
	entries    map[string]entry  // of the feed, by id
	calendar   map[string]appointment
	uptime     map[string]uptime // by component id
	addresses  map[string]bool   // of pages, from the root: /incidents/api/
}

type pageStatus struct {
	Page struct {
		ID, Name, URL string
		Zone          string `json:"time_zone"`
	}
	Status struct{ Indicator, Description string }
}

type component struct {
	ID, Name, Status, Description string
	Group                         bool
	GroupID                       string `json:"group_id"`
	Start                         string `json:"start_date"`
	Position                      int
}

// event is an incident or a maintenance of the API. The times are RFC 3339.
type event struct {
	ID, Name, Status, Impact, Shortlink string
	ScheduledFor                        string   `json:"scheduled_for"`
	ScheduledUntil                      string   `json:"scheduled_until"`
	CreatedAt                           string   `json:"created_at"`
	Updates                             []update `json:"incident_updates"`
}

type update struct {
	ID, Status, Body string
	At               string `json:"display_at"`
	Affected         []struct {
		Name string
		New  string `json:"new_status"`
	} `json:"affected_components"`
}

type entry struct {
	ID, URL, Title string
	HTML           string `json:"content_html"`
	Published      string `json:"date_published"`
	Modified       string `json:"date_modified"`
	Language       string `json:"-"` // "" for the site's default language
}

// update is the id of the update that an entry is of.
func (e *entry) update() string {
	_, id, _ := strings.Cut(e.URL, "#update-")
	return id
}

type outages struct{ P, M int } // seconds of partial and major outage

type uptime struct {
	Uptime map[string]*float64 // by "last_30_days" and so on
	Days   []day
}

type day struct {
	Date    string
	Outages outages
	Related []struct{ Name, Code string } `json:"related_events"`
}

// read reads the documents of a side. A document that is not there has nothing.
func (s *Side) read() (*site, error) {
	r := &site{
		Side: s, components: map[string]component{}, events: map[string]*event{}, updates: map[string]bool{}, entries: map[string]entry{},
		uptime: map[string]uptime{}, addresses: map[string]bool{},
	}
	r.readAddresses()
	return r, errors.Join(r.readNow(), r.readHistory(), r.readFeed(), r.readCalendar(), r.readUptime())
}

// document decodes a JSON document.
func (s *site) document(name string, into any) error {
	data, err := s.Read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (s *site) readNow() error {
	var all struct{ Components []component }
	if err := errors.Join(s.document("api/v2/status.json", &s.status), s.document("api/v2/components.json", &all)); err != nil {
		return err
	}
	for _, c := range all.Components {
		s.components[c.ID] = c
	}
	s.order = slices.SortedFunc(maps.Keys(s.components), func(a, b string) int {
		return slices.Compare(s.place(a), s.place(b))
	})
	text, err := s.Read("status.txt")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("status.txt: %w", err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	s.banner = strings.TrimPrefix(first, s.status.Page.Name+": ")
	return nil
}

// place is where a component stands on the index page.
func (s *site) place(id string) []int {
	c := s.components[id]
	if group, ok := s.components[c.GroupID]; ok {
		return []int{group.Position, c.Position}
	}
	return []int{c.Position}
}

// readHistory reads every event. Its newest updates come first there.
func (s *site) readHistory() error {
	var index struct{ Months []struct{ Month string } }
	if err := s.document("api/v2/history.json", &index); err != nil {
		return err
	}
	for _, m := range index.Months {
		var month struct {
			Incidents    []*event
			Maintenances []*event `json:"scheduled_maintenances"`
		}
		if err := s.document("api/v2/history/"+path.Base(m.Month)+".json", &month); err != nil {
			return err
		}
		for _, e := range slices.Concat(month.Incidents, month.Maintenances) {
			slices.Reverse(e.Updates)
			s.events[e.ID] = e
			for _, u := range e.Updates {
				s.updates[u.ID] = true
			}
		}
	}
	return nil
}

// readFeed reads the feed of each language.
func (s *site) readFeed() error {
	files := []string{"feed.json"}
	for _, name := range s.Paths {
		if strings.HasSuffix(name, "/feed.json") {
			files = append(files, name)
		}
	}
	for _, name := range files {
		var feed struct{ Items []entry }
		if err := s.document(name, &feed); err != nil {
			return err
		}
		for _, e := range feed.Items {
			e.Language = strings.TrimSuffix(strings.TrimSuffix(name, "feed.json"), "/")
			s.entries[e.Language+" "+e.ID] = e
		}
	}
	return nil
}

func (s *site) readUptime() error {
	for id, c := range s.components {
		if c.Group {
			continue
		}
		var u uptime
		if err := s.document("api/v2/components/"+path.Base(id)+"/uptime.json", &u); err != nil {
			return err
		}
		s.uptime[id] = u
	}
	return nil
}

// address is the address of a file, from the root of the site.
func address(file string) string { return "/" + strings.TrimSuffix(file, "index.html") }

// private reports whether a file is not for readers.
func private(file string) bool {
	return strings.HasPrefix(file, "_") || strings.HasPrefix(file, ".allclear/")
}

// readAddresses lists the files of the site, without those that only redirect.
func (s *site) readAddresses() {
	for _, file := range s.Paths {
		if _, redirects := s.Redirects[address(file)]; !redirects && !private(file) {
			s.addresses[address(file)] = true
		}
	}
}

// sorted lists the keys of both maps.
func sorted[T any](a, b map[string]T) []string {
	both := map[string]T{}
	maps.Copy(both, a)
	maps.Copy(both, b)
	return slices.Sorted(maps.Keys(both))
}
