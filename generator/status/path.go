package status

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// A path is a method of the noun that it belongs to. The path of a page is a
// folder below the site's root, with a slash at the end and none at the start:
// root + path is a link, and path + "index.html" is a file. The pages in one of
// the site's further languages have the same paths below [Site.Prefix];
// everything else exists once.

// Path is the path of the event's page: incidents/<id>/ or maintenance/<id>/.
func (e *Event) Path() string {
	if e.Kind == Maintenance {
		return "maintenance/" + e.ID + "/"
	}
	return "incidents/" + e.ID + "/"
}

// APIPaths are the paths of the event's own JSON document. Clients find it by its
// API id below incidents/, as Statuspage answers for both kinds of event, and a
// maintenance below scheduled-maintenances/ too.
func (e *Event) APIPaths() []string {
	paths := []string{apiPath("incidents", e.Code())}
	if e.Kind == Maintenance {
		paths = append(paths, apiPath("scheduled-maintenances", e.Code()))
	}
	return paths
}

// OldAPIPath is the path that the document had before the event had an api_id. It
// may be the path of another event.
func (e *Event) OldAPIPath() string {
	if e.Kind == Maintenance {
		return apiPath("scheduled-maintenances", e.ID)
	}
	return apiPath("incidents", e.ID)
}

func apiPath(list, id string) string { return "api/v2/" + list + "/" + id + ".json" }

// Path is the path of the component's page.
func (c *Component) Path() string { return "components/" + c.ID + "/" }

// Paths are the folders of the component's feed, calendar and badges: its own,
// and one for each of its old ids.
func (c *Component) Paths() []string {
	paths := []string{c.Path()}
	for _, id := range c.Aliases {
		paths = append(paths, "components/"+id+"/")
	}
	return paths
}

// FirstPath is the folder that the component's files were in first: it stays the
// same when the component is renamed.
func (c *Component) FirstPath() string {
	if len(c.Aliases) > 0 {
		return "components/" + c.Aliases[0] + "/"
	}
	return c.Path()
}

// UptimeAPIPath is the path of the component's uptime as JSON, by its API id.
func (c *Component) UptimeAPIPath() string { return uptimeAPIPath(c.Code()) }

// OldUptimeAPIPaths are the paths that it had before the component had an api_id,
// by its id and its old ones. They may be the paths of another component.
func (c *Component) OldUptimeAPIPaths() []string {
	paths := []string{uptimeAPIPath(c.ID)}
	for _, id := range c.Aliases {
		paths = append(paths, uptimeAPIPath(id))
	}
	return paths
}

func uptimeAPIPath(id string) string { return "api/v2/components/" + id + "/uptime.json" }

// UptimePath is the path of the page with every component's uptime by month,
// and UptimeTable that of the same figures for a spreadsheet.
const (
	UptimePath  = "uptime/"
	UptimeTable = "uptime.csv"
)

// SubscribePath is the path of the page that says how to subscribe.
const SubscribePath = "subscribe/"

// HistoryPath is the path of the list of all months.
const HistoryPath = "history/"

// MonthPath is the path of the page of an instant's month, in that instant's
// zone.
func MonthPath(t time.Time) string { return MonthPathIn(HistoryPath, t) }

// MonthPathIn is that of a page in another folder of the history.
func MonthPathIn(folder string, t time.Time) string {
	return fmt.Sprintf("%s%04d/%02d/", folder, t.Year(), t.Month())
}

// SearchPath is the folder of the titles that the script searches.
const SearchPath = "search/"

// EmbedPath is the path of the page that other sites may embed in a frame.
const EmbedPath = "embed/"

// File is the file of the page at a path.
func File(path string) string { return path + "index.html" }

// Prefix is the folder of the pages in one of the site's languages, with a
// slash at its end: "de/". The pages in the default language are at the root:
// "".
func (s *Site) Prefix(language string) string {
	if language == s.Language {
		return ""
	}
	return language + "/"
}

// Absolute joins the site's URL and a path below its root.
func (s *Site) Absolute(path string) string { return s.URL + "/" + path }

// BasePath is the path part of the site's URL, with a slash at both ends: "/"
// or "/status/".
func (s *Site) BasePath() string {
	u, err := url.Parse(s.URL)
	if err != nil {
		return "/"
	}
	return strings.TrimRight(u.EscapedPath(), "/") + "/"
}

// Anchor is the fragment of the update's permalink on its event's page,
// without the #. Its prefix keeps it different from the page's own ids.
func (u *Update) Anchor() string { return "update-" + u.ID }

// Paths are the addresses that the event of a withdrawal may have had. Its file is
// gone, and with it the kind of the event.
func (w *Withdrawal) Paths() []string {
	return []string{(&Event{ID: w.ID}).Path(), (&Event{Kind: Maintenance, ID: w.ID}).Path()}
}

// OldPaths are the paths that lead to the page of each component: that of each of
// its old ids, and that of its API id, at which Statuspage had the page, unless
// that is the id of a component.
func (s *Site) OldPaths() map[*Component][]string {
	taken := map[string]bool{}
	for _, c := range s.Components {
		for _, path := range c.Paths() {
			taken[strings.ToLower(path)] = true
		}
	}
	old := map[*Component][]string{}
	for _, c := range s.Components {
		old[c] = c.Paths()[1:]
		if path := "components/" + c.APIID + "/"; c.APIID != "" && !taken[strings.ToLower(path)] {
			taken[strings.ToLower(path)] = true
			old[c] = append(old[c], path)
		}
	}
	return old
}
