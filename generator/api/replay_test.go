package api_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// TestARecordedSiteComesOutAsItWasRecorded makes the snapshot of a recorded
// page, and compares its documents value by value with the recorded ones,
// except for the values that differ by design.
func TestARecordedSiteComesOutAsItWasRecorded(t *testing.T) {
	for _, test := range []struct {
		recorded, endpoint string
		ownOrder           bool // Statuspage orders components of one position by what is not in the response
	}{
		{recorded: "statuspage-github/summary.json", endpoint: "api/v2/summary.json"},
		{recorded: "statuspage-github/components.json", endpoint: "api/v2/components.json"},
		{recorded: "statuspage-github/incidents.json", endpoint: "api/v2/incidents.json"},
		{recorded: "statuspage-github/scheduled-maintenances.json", endpoint: "api/v2/scheduled-maintenances.json"},
		{recorded: "statuspage-samples/asana-summary.json", endpoint: "api/v2/summary.json"},
		{recorded: "statuspage-samples/bexio-summary.json", endpoint: "api/v2/summary.json", ownOrder: true},
		{recorded: "statuspage-samples/cloudflare-summary.json", endpoint: "api/v2/summary.json", ownOrder: true},
	} {
		t.Run(test.recorded, func(t *testing.T) {
			content := recorded(t, test.recorded)
			s := replay(t, content)
			want, got := parse(t, content), parse(t, fetch(t, s, test.endpoint))
			adopt(&want, s.Site.URL)
			if test.ownOrder {
				byID(&want)
				byID(&got)
			}
			if diff := cmp.Diff(lines("", want, nil), lines("", got, nil)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// adopt changes what was recorded where allclear differs by design: pages have
// links of their own, every component is a showcase, a group has no
// description, an update has one time, nothing is tweeted, everybody is
// notified, and a list ends at fifty.
func adopt(n *node, url string) {
	for i := range n.items {
		adopt(&n.items[i], url)
		if n.kind == "list" {
			continue
		}
		item := &n.items[i]
		switch n.keys[i] {
		case "shortlink":
			id, _ := n.field("id")
			folder := "incidents"
			if _, planned := n.field("scheduled_for"); planned {
				folder = "maintenance"
			}
			item.text = fmt.Sprintf("%q", url+"/"+folder+"/"+strings.Trim(id.text, `"`)+"/")
		case "showcase":
			item.text = "true"
			if isGroup(*n) {
				item.text = "false"
			}
		case "description":
			if isGroup(*n) {
				*item = node{kind: "null", text: "null"}
			}
		case "display_at":
			n.items[slices.Index(n.keys, "created_at")] = *item
			n.items[slices.Index(n.keys, "updated_at")] = *item
		case "tweet_id":
			*item = node{kind: "null", text: "null"}
		case "deliver_notifications":
			item.text = "true"
		case "incidents":
			item.items = item.items[:min(50, len(item.items))]
		}
	}
}

func isGroup(n node) bool {
	group, _ := n.field("group")
	return group.text == "true"
}

// byID sorts the components of a document by their ids.
func byID(root *node) {
	id := func(n node) string { f, _ := n.field("id"); return f.text }
	list, _ := root.field("components")
	slices.SortFunc(list.items, func(a, b node) int { return strings.Compare(id(a), id(b)) })
}

// lines is a value as one line a leaf, in the order of the document.
func lines(path string, n node, before []string) []string {
	if n.text != "" {
		return append(before, path+": "+n.text)
	}
	before = append(before, fmt.Sprintf("%s: %s of %d", path, n.kind, len(n.items)))
	for i, item := range n.items {
		step := fmt.Sprintf("[%d]", i)
		if n.kind == "object" {
			step = "." + n.keys[i]
		}
		before = lines(path+step, item, before)
	}
	return before
}

type recordedComponent struct {
	ID, Name, Status string
	CreatedAt        time.Time `json:"created_at"`
	UpdatedAt        time.Time `json:"updated_at"`
	Position         int
	Description      string
	StartDate        string `json:"start_date"`
	GroupID          string `json:"group_id"`
	Group            bool
	Components       []string
}

type recordedEvent struct {
	ID, Name, Status, Impact string
	CreatedAt                time.Time `json:"created_at"`
	UpdatedAt                time.Time `json:"updated_at"`
	MonitoringAt             time.Time `json:"monitoring_at"`
	ResolvedAt               time.Time `json:"resolved_at"`
	StartedAt                time.Time `json:"started_at"`
	ScheduledFor             time.Time `json:"scheduled_for"`
	ScheduledUntil           time.Time `json:"scheduled_until"`
	Components               []recordedComponent
	IncidentUpdates          []struct {
		ID, Status, Body   string
		DisplayAt          time.Time `json:"display_at"`
		AffectedComponents []struct {
			Code, Name string
			OldStatus  string `json:"old_status"`
			NewStatus  string `json:"new_status"`
		} `json:"affected_components"`
	} `json:"incident_updates"`
}

type recordedResponse struct {
	Page struct {
		ID, Name, URL string
		TimeZone      string    `json:"time_zone"`
		UpdatedAt     time.Time `json:"updated_at"`
	}
	Components            []recordedComponent
	Incidents             []recordedEvent
	ScheduledMaintenances []recordedEvent `json:"scheduled_maintenances"`
	Status                struct{ Indicator, Description string }
}

// replayed makes a snapshot.
type replayed struct {
	t      *testing.T
	zone   *time.Location
	groups map[string]*derive.Group
}

// replay makes the snapshot behind a recorded response.
func replay(t *testing.T, content []byte) *derive.Snapshot {
	t.Helper()
	var a recordedResponse
	if err := json.Unmarshal(content, &a); err != nil {
		t.Fatal(err)
	}
	r := replayed{t: t, zone: zone(t, a.Page.TimeZone), groups: map[string]*derive.Group{}}
	s := &derive.Snapshot{
		Site:    &status.Site{Title: a.Page.Name, APIID: a.Page.ID, URL: a.Page.URL, Zone: r.zone},
		Updated: r.time(a.Page.UpdatedAt),
		Overall: derive.Overall{Indicator: indicator(t, a.Status.Indicator), Message: bannerMessage(a.Status.Description)},
	}
	members := map[string]*derive.Component{}
	for _, c := range a.Components {
		if c.Group {
			r.groups[c.ID] = r.group(c)
		}
	}
	for _, c := range a.Components {
		if !c.Group {
			members[c.ID] = r.component(c)
		}
	}
	for _, c := range a.Components {
		switch group := r.groups[c.ID]; {
		case group != nil:
			for _, id := range c.Components {
				group.Components = append(group.Components, members[id])
			}
			s.Items = append(s.Items, derive.Item{Group: group})
		case c.GroupID == "":
			s.Items = append(s.Items, derive.Item{Component: members[c.ID]})
		}
	}
	for _, e := range a.Incidents {
		s.Events = append(s.Events, r.event(status.Incident, e))
	}
	for _, e := range a.ScheduledMaintenances {
		s.Events = append(s.Events, r.event(status.Maintenance, e))
	}
	return s
}

func (r replayed) time(at time.Time) time.Time {
	if at.IsZero() {
		return at
	}
	return at.In(r.zone)
}

func (r replayed) group(c recordedComponent) *derive.Group {
	return &derive.Group{
		Group:     &status.Group{ID: c.ID, Name: c.Name},
		Position:  c.Position,
		Status:    r.status(c.Status),
		CreatedAt: r.time(c.CreatedAt), UpdatedAt: r.time(c.UpdatedAt),
	}
}

func (r replayed) component(c recordedComponent) *derive.Component {
	noun := &status.Component{ID: c.ID, Name: c.Name, Description: c.Description}
	if c.StartDate != "" {
		start, err := time.ParseInLocation(time.DateOnly, c.StartDate, r.zone)
		if err != nil {
			r.t.Fatal(err)
		}
		noun.StartDate = start
	}
	return &derive.Component{
		Component: noun, Position: c.Position, InGroup: r.groups[c.GroupID], Status: r.status(c.Status),
		CreatedAt: r.time(c.CreatedAt), UpdatedAt: r.time(c.UpdatedAt),
	}
}

func (r replayed) event(kind status.Kind, e recordedEvent) *derive.Event {
	made := &derive.Event{
		Event: &status.Event{
			Kind: kind, ID: e.ID, Title: e.Name,
		},
		ScheduledFor: r.time(e.ScheduledFor), ScheduledUntil: r.time(e.ScheduledUntil),
		Status:    r.word(kind, e.Status),
		CreatedAt: r.time(e.CreatedAt), UpdatedAt: r.time(e.UpdatedAt), StartedAt: r.time(e.StartedAt),
		MonitoringAt: r.time(e.MonitoringAt), ResolvedAt: r.time(e.ResolvedAt),
	}
	made.Severity, _ = status.ParseSeverity(e.Impact)
	for _, c := range e.Components {
		made.Affected = append(made.Affected, derive.Affected{Component: r.component(c)})
	}
	for _, u := range slices.Backward(e.IncidentUpdates) {
		update := derive.Update{
			Update: &status.Update{ID: u.ID, At: r.time(u.DisplayAt), Text: status.Text{Plain: u.Body}},
			Status: r.word(kind, u.Status),
		}
		for _, c := range u.AffectedComponents {
			update.Changes = append(update.Changes, derive.Change{
				Component: &status.Component{ID: c.Code, Name: c.Name},
				Old:       r.status(c.OldStatus), New: r.status(c.NewStatus),
			})
		}
		made.Updates = append(made.Updates, update)
	}
	return made
}

func (r replayed) status(word string) status.ComponentStatus {
	s, ok := status.ParseComponentStatus(word)
	if !ok {
		r.t.Fatalf("no component status %q", word)
	}
	return s
}

func (r replayed) word(kind status.Kind, word string) status.EventStatus {
	s, ok := status.ParseEventStatus(kind, word)
	if !ok {
		r.t.Fatalf("no %s status %q", kind, word)
	}
	return s
}

func indicator(t *testing.T, word string) status.Indicator {
	t.Helper()
	for i := status.IndicatorNone; i <= status.IndicatorMaintenance; i++ {
		if i.String() == word {
			return i
		}
	}
	if word != "" { // not every response has one
		t.Fatalf("no indicator %q", word)
	}
	return status.IndicatorNone
}
