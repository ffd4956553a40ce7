package status

import (
	"fmt"
	"net/url"
	"slices"
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

// APIPaths are the paths of the event's own JSON document. Clients find it by
// its API id, as Statuspage answers for both kinds of event. An event whose file
// has another name keeps the address that it had before it had an api_id.
func (e *Event) APIPaths() []string {
	paths := []string{"api/v2/incidents/" + e.Code() + ".json"}
	if e.Kind == Maintenance {
		paths = append(paths, "api/v2/scheduled-maintenances/"+e.Code()+".json")
	}
	if e.ID != e.Code() {
		paths = append(paths, strings.Replace(paths[len(paths)-1], e.Code(), e.ID, 1))
	}
	return paths
}

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

// UptimeAPIPaths are the paths of the component's uptime as JSON: by its API id,
// by its id and by its old ones.
func (c *Component) UptimeAPIPaths() []string {
	var paths []string
	for _, id := range append([]string{c.Code(), c.ID}, c.Aliases...) {
		if path := "api/v2/components/" + id + "/uptime.json"; !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// UptimePath is the path of the page with every component's uptime by month,
// and UptimeTable that of the same figures for a spreadsheet.
const (
	UptimePath  = "uptime/"
	UptimeTable = "uptime.csv"
)

// HistoryPath is the path of the list of all months.
const HistoryPath = "history/"

// MonthPath is the path of the page of an instant's month, in that instant's
// zone.
func MonthPath(t time.Time) string {
	return fmt.Sprintf("%s%04d/%02d/", HistoryPath, t.Year(), t.Month())
}

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
