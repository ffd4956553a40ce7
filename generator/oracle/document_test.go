package oracle

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Readers of everything that is no page.

// document reads a JSON file of the site, once. It is false where there is
// none, or where it can't be read as what is asked for.
func document[T any](b *Build, name string) (*T, bool) {
	key := fmt.Sprintf("%T %s", *new(T), name)
	if found, ok := b.docs[key].(*T); ok {
		return found, true
	}
	text, ok := b.Files[name]
	if !ok {
		return nil, false
	}
	doc := new(T)
	if json.Unmarshal(text, doc) != nil {
		return nil, false
	}
	b.docs[key] = doc
	return doc, true
}

// files lists the paths that match a pattern, in order.
func (b *Build) paths(pattern string) []string {
	var found []string
	for name := range b.Files {
		if ok, _ := path.Match(pattern, name); ok {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}

type apiPage struct {
	ID        string    `json:"id"`
	UpdatedAt time.Time `json:"updated_at"`
}

type apiStatus struct {
	Indicator   string `json:"indicator"`
	Description string `json:"description"`
}

type apiComponent struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Status     string     `json:"status"`
	CreatedAt  *time.Time `json:"created_at"`
	UpdatedAt  *time.Time `json:"updated_at"`
	GroupID    *string    `json:"group_id"`
	Group      bool       `json:"group"`
	Components []string   `json:"components"`
}

type apiAffected struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Old  string `json:"old_status"`
	New  string `json:"new_status"`
}

type apiUpdate struct {
	ID         string        `json:"id"`
	Status     string        `json:"status"`
	Body       string        `json:"body"`
	IncidentID string        `json:"incident_id"`
	CreatedAt  time.Time     `json:"created_at"`
	UpdatedAt  time.Time     `json:"updated_at"`
	DisplayAt  time.Time     `json:"display_at"`
	Affected   []apiAffected `json:"affected_components"`
}

type apiEvent struct {
	ID           string         `json:"id"`
	Name         string         `json:"name"`
	Status       string         `json:"status"`
	Impact       string         `json:"impact"`
	CreatedAt    time.Time      `json:"created_at"`
	UpdatedAt    time.Time      `json:"updated_at"`
	StartedAt    time.Time      `json:"started_at"`
	MonitoringAt *time.Time     `json:"monitoring_at"`
	ResolvedAt   *time.Time     `json:"resolved_at"`
	Shortlink    string         `json:"shortlink"`
	Updates      []apiUpdate    `json:"incident_updates"`
	Components   []apiComponent `json:"components"`
	From         *time.Time     `json:"scheduled_for"`
	Until        *time.Time     `json:"scheduled_until"`
}

// apiList is any of the API's documents.
type apiList struct {
	Page         apiPage        `json:"page"`
	Status       *apiStatus     `json:"status"`
	Components   []apiComponent `json:"components"`
	Incidents    []apiEvent     `json:"incidents"`
	Maintenances []apiEvent     `json:"scheduled_maintenances"`
	Incident     *apiEvent      `json:"incident"`
	Maintenance  *apiEvent      `json:"scheduled_maintenance"`
}

// outages are seconds of partial and major outage.
type outages struct {
	Partial float64 `json:"p"`
	Major   float64 `json:"m"`
}

type apiUptime struct {
	Component struct {
		ID string `json:"id"`
	} `json:"component"`
	Method string              `json:"method"`
	Uptime map[string]*float64 `json:"uptime"`
	Months []struct {
		Month        string   `json:"month"`
		Uptime       *float64 `json:"uptime"`
		RecordedDays int      `json:"recorded_days"`
		Outages      outages  `json:"outages"`
	} `json:"months"`
	Days []struct {
		Date    string  `json:"date"`
		Outages outages `json:"outages"`
		Related []struct {
			Name string `json:"name"`
			Code string `json:"code"`
		} `json:"related_events"`
	} `json:"days"`
}

// eventDocument is what the API says about one event in a document of its own.
func (b *Build) eventDocument(t *Told) (name string, event *apiEvent) {
	folder := "api/v2/incidents/"
	if t.Maintenance {
		folder = "api/v2/scheduled-maintenances/"
	}
	name = folder + t.Code() + ".json"
	doc, ok := document[apiList](b, name)
	if !ok { // law 10 looks for it there; the other laws are glad of any
		name = folder + t.ID + ".json"
		doc, ok = document[apiList](b, name)
	}
	switch {
	case !ok:
		return name, nil
	case doc.Incident != nil:
		return name, doc.Incident
	}
	return name, doc.Maintenance
}

// entry is one entry of a feed in any form.
type entry struct {
	ID, Link, Title, Text string
	Published, Updated    time.Time
	Labels                []string
}

type atomFeed struct {
	ID      string    `xml:"id"`
	Updated time.Time `xml:"updated"`
	Entries []struct {
		ID        string    `xml:"id"`
		Published time.Time `xml:"published"`
		Updated   time.Time `xml:"updated"`
		Title     string    `xml:"title"`
		Link      struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Categories []struct {
			Label string `xml:"label,attr"`
		} `xml:"category"`
		Content string `xml:"content"`
	} `xml:"entry"`
}

type rssFeed struct {
	Items []struct {
		ID          string   `xml:"guid"`
		Title       string   `xml:"title"`
		Link        string   `xml:"link"`
		Description string   `xml:"description"`
		Categories  []string `xml:"category"`
		Published   string   `xml:"pubDate"`
	} `xml:"channel>item"`
}

type jsonFeed struct {
	Items []struct {
		ID        string    `json:"id"`
		URL       string    `json:"url"`
		Title     string    `json:"title"`
		Content   string    `json:"content_html"`
		Published time.Time `json:"date_published"`
		Modified  time.Time `json:"date_modified"`
		Tags      []string  `json:"tags"`
	} `json:"items"`
}

// feed reads a feed in any form, and when it says that it was updated.
func (b *Build) feed(name string) (entries []entry, updated time.Time) {
	type feed struct {
		entries []entry
		updated time.Time
	}
	found := remembered(b, "feed "+name, func() feed {
		entries, updated := b.readFeed(name)
		return feed{entries, updated}
	})
	return found.entries, found.updated
}

func (b *Build) readFeed(name string) (entries []entry, updated time.Time) {
	text := b.Files[name]
	switch path.Ext(name) {
	case ".atom":
		var f atomFeed
		_ = xml.Unmarshal(text, &f)
		for _, e := range f.Entries {
			read := entry{ID: e.ID, Link: e.Link.Href, Title: e.Title, Text: e.Content, Published: e.Published, Updated: e.Updated}
			for _, category := range e.Categories {
				read.Labels = append(read.Labels, category.Label)
			}
			entries = append(entries, read)
		}
		return entries, f.Updated
	case ".rss":
		var f rssFeed
		_ = xml.Unmarshal(text, &f)
		for _, e := range f.Items {
			at, _ := time.Parse(time.RFC1123Z, e.Published)
			entries = append(entries, entry{ID: e.ID, Link: e.Link, Title: e.Title, Text: e.Description, Published: at, Updated: at, Labels: e.Categories})
		}
	case ".json":
		f, ok := document[jsonFeed](b, name)
		if !ok {
			return nil, time.Time{}
		}
		for _, e := range f.Items {
			entries = append(entries, entry{ID: e.ID, Link: e.URL, Title: e.Title, Text: e.Content, Published: e.Published, Updated: e.Modified, Labels: e.Tags})
		}
	}
	return entries, time.Time{}
}

// siteFeeds are the feeds of the whole site.
var siteFeeds = []string{"history.atom", "history.rss", "feed.json"}

// calendarEvent is one VEVENT: the values of each property, unescaped.
type calendarEvent map[string][]string

func (e calendarEvent) one(property string) string {
	if len(e[property]) == 0 {
		return ""
	}
	return e[property][0]
}

func (e calendarEvent) at(property string) time.Time {
	t, _ := time.Parse("20060102T150405Z", e.one(property))
	return t
}

var unescapeText = strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`)

// calendar reads an iCalendar file.
func (b *Build) calendar(name string) []calendarEvent {
	return remembered(b, "calendar "+name, func() []calendarEvent { return b.readCalendar(name) })
}

func (b *Build) readCalendar(name string) []calendarEvent {
	text := strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "").Replace(string(b.Files[name]))
	var events []calendarEvent
	var current calendarEvent
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		property, value, _ := strings.Cut(strings.TrimRight(lines.Text(), "\r"), ":")
		property, _, _ = strings.Cut(property, ";")
		switch {
		case property == "BEGIN" && value == "VEVENT":
			current = calendarEvent{}
		case property == "END" && value == "VEVENT":
			events = append(events, current)
			current = nil
		case current != nil:
			current[property] = append(current[property], unescapeText.Replace(value))
		}
	}
	return events
}

// badge reads what a badge says in words, and its colour.
func (b *Build) badge(name string) (label, message, color string) {
	if path.Ext(name) == ".json" {
		doc, ok := document[struct{ Label, Message, Color string }](b, name)
		if !ok {
			return "", "", ""
		}
		return doc.Label, doc.Message, doc.Color
	}
	text := string(b.Files[name])
	if m := badgeTitle.FindStringSubmatch(text); m != nil {
		label, message, _ = strings.Cut(unescapeXML.Replace(m[1]), ": ")
	}
	for _, fill := range badgeFill.FindAllStringSubmatch(text, -1) {
		color = fill[1] // the second one is that of the message
	}
	return label, message, color
}

var (
	badgeTitle  = regexp.MustCompile(`<title>([^<]*)</title>`)
	badgeFill   = regexp.MustCompile(`<path fill="#([0-9a-f]{6})" d="M[1-9\d.]* 0H`)
	unescapeXML = strings.NewReplacer("&#39;", "'", "&amp;", "&", "&lt;", "<", "&gt;", ">", "&#34;", `"`, "&quot;", `"`)
)

// greens are the colours in which badges say that all is well.
var greens = []string{"12804a", "4c1", "brightgreen", "green", "success"}

// textRow is a component's line in status.txt.
type textRow struct{ group, name, status string }

var textRowForm = regexp.MustCompile(`^\s+(Operational|Under maintenance|Degraded performance|Partial outage|Major outage)\s{2,}(\S.*?)(?: · .*)?$`)

// statusText reads status.txt: its first line, the rows of its components, and
// the blocks of its lists by their title.
func (b *Build) statusText() (verdict string, rows []textRow, blocks map[string]string) {
	type text struct {
		verdict string
		rows    []textRow
		blocks  map[string]string
	}
	found := remembered(b, "status.txt", func() text {
		verdict, rows, blocks := b.readStatusText()
		return text{verdict, rows, blocks}
	})
	return found.verdict, found.rows, found.blocks
}

func (b *Build) readStatusText() (verdict string, rows []textRow, blocks map[string]string) {
	blocks = map[string]string{}
	group, title, inComponents, blank := "", "", false, false
	for i, line := range strings.Split(string(b.Files["status.txt"]), "\n") {
		trimmed := strings.TrimSpace(line)
		m := textRowForm.FindStringSubmatch(line)
		switch {
		case i == 0:
			verdict = line
		case line == "Components":
			inComponents, title = true, ""
		case inComponents && m != nil:
			if blank {
				group = ""
			}
			rows = append(rows, textRow{group, m[2], statusNamed(m[1])})
		case inComponents && strings.HasPrefix(line, "  "):
			group, _, _ = strings.Cut(trimmed, " · ") // its status follows
			blank = false
			continue
		case strings.HasPrefix(line, "* "):
			title = strings.TrimPrefix(line, "* ")
		case title != "":
			blocks[title] += trimmed + " "
		}
		blank = trimmed == ""
	}
	return verdict, rows, blocks
}

func statusNamed(text string) string {
	for _, s := range statusWords {
		if s.word == text {
			return s.status
		}
	}
	return ""
}

// csvRows reads uptime.csv as maps by its first line.
func (b *Build) csvRows() []map[string]string {
	return remembered(b, "csv", b.readCSV)
}

func (b *Build) readCSV() []map[string]string {
	records, err := csv.NewReader(strings.NewReader(string(b.Files["uptime.csv"]))).ReadAll()
	if err != nil || len(records) == 0 {
		return nil
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, value := range record {
			row[records[0][i]] = value
		}
		rows = append(rows, row)
	}
	return rows
}
