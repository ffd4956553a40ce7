package api

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// Page is the site, without what changes with its events.
type Page struct {
	ID       string `json:"id"`                          // the site's id
	Name     string `json:"name"`                        // the site's title
	URL      string `json:"url" jsonschema:"format=uri"` // the site's address, without a slash at its end
	TimeZone string `json:"time_zone"`                   // the IANA name of the zone of all timestamps, dates and months; Etc/UTC for UTC
}

// PageNow is the site as it is now.
type PageNow struct {
	Page
	UpdatedAt Timestamp `json:"updated_at"` // when the newest update happened, written by a person or made by the clock as a maintenance begins or ends; if the site keeps a history, when readers could last see something new, an edit included
}

// Status is the overall status, which depends only on the components.
type Status struct {
	Indicator   Indicator         `json:"indicator"`
	Description StatusDescription `json:"description"`
}

// Indicator is how bad the overall status is, in one word.
type Indicator string

// StatusDescription is the overall status as a sentence, in English whatever the site's language.
type StatusDescription string

// statusDescriptions are Statuspage's own sentences.
var statusDescriptions = map[derive.BannerMessage]StatusDescription{
	derive.AllOperational:    "All Systems Operational",
	derive.UnderMaintenance:  "Service Under Maintenance",
	derive.PartiallyDegraded: "Partially Degraded Service",
	derive.MinorOutage:       "Minor Service Outage",
	derive.PartialOutage:     "Partial System Outage",
	derive.MajorOutage:       "Major System Outage",
}

func newPage(site *status.Site) Page {
	return Page{ID: pageID(site), Name: site.Title, URL: site.URL, TimeZone: zoneName(site)}
}

func newPageNow(s snapshot) PageNow {
	return PageNow{Page: newPage(s.Site), UpdatedAt: stamp(s.Updated)}
}

func newStatus(s snapshot) Status {
	return Status{Indicator: Indicator(s.Overall.Indicator.String()), Description: statusDescriptions[s.Overall.Message]}
}

// pageID is the site's api_id, else twelve letters and digits made from its
// title: a slug would be empty for a title in another script.
func pageID(site *status.Site) string {
	if site.APIID != "" {
		return site.APIID
	}
	sum := sha256.Sum256([]byte(site.Title))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:12]
}

// zoneName is the canonical IANA name of the site's zone. Go calls its own
// UTC "UTC", which is only a link in the IANA database.
func zoneName(site *status.Site) string {
	if name := site.Zone.String(); name != "UTC" {
		return name
	}
	return "Etc/UTC"
}
