package status

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// A path belongs to one thing, and every floor asks that thing for it. Paths
// of pages are folders below the site's root, with a slash at the end and
// none at the start, so that root + path is a link and path + "index.html" a
// file. The pages of a site's further languages stand at the same paths below
// a folder of their own, which is [Site.Prefix]; everything else exists once.

// Path is where the event's page stands: incidents/<id>/ or maintenance/<id>/.
func (e *Event) Path() string {
	if e.Kind == Maintenance {
		return "maintenance/" + e.ID + "/"
	}
	return "incidents/" + e.ID + "/"
}

// APIPath is where the event's own JSON stands.
func (e *Event) APIPath() string {
	if e.Kind == Maintenance {
		return "api/v2/scheduled-maintenances/" + e.ID + ".json"
	}
	return "api/v2/incidents/" + e.ID + ".json"
}

// Path is where the component's page stands.
func (c *Component) Path() string { return "components/" + c.ID + "/" }

// UptimeAPIPath is where the component's uptime stands as JSON.
func (c *Component) UptimeAPIPath() string { return "api/v2/components/" + c.ID + "/uptime.json" }

// UptimePath is where the uptime of every component stands by month, and
// UptimeTable the file with the same for a spreadsheet.
const (
	UptimePath  = "uptime/"
	UptimeTable = "uptime.csv"
)

// HistoryPath is where the list of every event by month begins.
const HistoryPath = "history/"

// MonthPath is where the month of an instant, in that instant's zone, stands.
func MonthPath(t time.Time) string {
	return fmt.Sprintf("%s%04d/%02d/", HistoryPath, t.Year(), t.Month())
}

// EmbedPath is where the page stands that other sites may put into a frame.
const EmbedPath = "embed/"

// File is the file that a page's path is served from.
func File(path string) string { return path + "index.html" }

// Prefix is the folder of the pages in one of the site's languages, with a
// slash at its end: "de/"; "" for the default language, whose pages are at the
// root.
func (s *Site) Prefix(language string) string {
	if language == s.Language {
		return ""
	}
	return language + "/"
}

// Absolute joins the site's URL with a path below its root.
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
// without the #. The prefix keeps an id that a writer chose apart from the
// page's own.
func (u *Update) Anchor() string { return "update-" + u.ID }
