package api

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// page is the site, as far as it does not change with its events.
type page struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	URL      string `json:"url"`
	TimeZone string `json:"time_zone"`
}

// pageNow is the site at an instant.
type pageNow struct {
	page
	UpdatedAt timestamp `json:"updated_at"`
}

// overall is the overall status.
type overall struct {
	Indicator   string `json:"indicator"`
	Description string `json:"description"`
}

func newPage(site *status.Site) page {
	return page{ID: pageID(site), Name: site.Title, URL: site.URL, TimeZone: zoneName(site)}
}

func newPageNow(s *derive.Snapshot) pageNow {
	return pageNow{page: newPage(s.Site), UpdatedAt: stamp(s.Updated)}
}

func newOverall(s *derive.Snapshot) overall {
	return overall{Indicator: s.Overall.Indicator.String(), Description: s.Overall.Description}
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
