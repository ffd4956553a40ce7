package page

import (
	"bytes"
	"encoding/json"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// property is the content of a <meta> with a name of Open Graph.
func property(n *html.Node, name string) string {
	if meta := cascadia.Query(n, cascadia.MustCompile("meta[property='"+name+"']")); meta != nil {
		return attribute(meta, "content")
	}
	return ""
}

func TestAnEventsPageHasTheMetadataForSharing(t *testing.T) {
	s := busy()
	n := parsed(t, defaultTheme(t).Routes(s), "incidents/india/index.html")
	for name, want := range map[string]string{
		"og:url": "https://status.example.com/incidents/india/", "og:title": "Downtime in India", "og:site_name": "Example", "og:type": "article",
		"og:description": "Example experienced a major incident on November 20, 2026 affecting Sdk, lasting 7h 45m. The incident has been resolved; the full update timeline is below.",
		"og:image":       "",
	} {
		if got := property(n, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := property(parsed(t, defaultTheme(t).Routes(s), "index.html"), "og:type"); got != "website" {
		t.Errorf("the index is of type %q", got)
	}
}

func TestASiteThatAsksForItHasAPictureOfEachEvent(t *testing.T) {
	s := busy()
	s.Site.SocialImages = true
	routes := defaultTheme(t).Routes(s)
	n := parsed(t, routes, "incidents/errors/index.html")
	address, version, _ := strings.Cut(property(n, "og:image"), "?v=")
	if want := "https://status.example.com/social/errors.png"; address != want || version == "" {
		t.Errorf("the picture is %q of version %q, want %q", address, version, want)
	}
	if got, want := property(n, "og:image:alt"), "Identified · Major: Errors & <b>more</b>"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	if _, err := png.Decode(strings.NewReader(written(t, routes, "social/errors.png"))); err != nil {
		t.Error(err)
	}
}

// TestLinkedDataHasWhatItsTypesAskFor holds the properties that
// https://schema.org/LiveBlogPosting and search engines ask for, and that each
// has a value of its kind.
func TestLinkedDataHasWhatItsTypesAskFor(t *testing.T) {
	routes := defaultTheme(t).Routes(busy())
	for path, kind := range map[string]string{
		"index.html": "WebSite", "incidents/india/index.html": "LiveBlogPosting", "incidents/errors/index.html": "LiveBlogPosting", "maintenance/router/index.html": "LiveBlogPosting",
	} {
		found := all(parsed(t, routes, path), "script[type='application/ld+json']")
		if len(found) != 1 {
			t.Fatalf("%s has %d blocks", path, len(found))
		}
		var data map[string]any
		if err := json.Unmarshal([]byte(found[0]), &data); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if data["@context"] != "https://schema.org" || data["@type"] != kind {
			t.Errorf("%s is a %v of %v", path, data["@type"], data["@context"])
		}
		checkLinked(t, path, data)
		if kind == "WebSite" {
			continue
		}
		for _, key := range []string{"headline", "description", "url", "datePublished", "dateModified", "coverageStartTime", "author", "publisher", "liveBlogUpdate"} {
			if data[key] == nil {
				t.Errorf("%s has no %s", path, key)
			}
		}
		_, over := data["coverageEndTime"]
		if open := path != "incidents/india/index.html"; over == open {
			t.Errorf("%s: coverageEndTime is %v", path, data["coverageEndTime"])
		}
	}
}

// checkLinked checks every value below a node by its key.
func checkLinked(t *testing.T, path string, node map[string]any) {
	t.Helper()
	dates := []string{"datePublished", "dateModified", "coverageStartTime", "coverageEndTime"}
	for key, value := range node {
		switch value := value.(type) {
		case map[string]any:
			checkLinked(t, path, value)
		case []any:
			for _, item := range value {
				checkLinked(t, path, item.(map[string]any))
			}
		case string:
			if value == "" {
				t.Errorf("%s: %s is empty", path, key)
			}
			if _, err := time.Parse(time.RFC3339, value); err != nil && slices.Contains(dates, key) {
				t.Errorf("%s: %s: %v", path, key, err)
			}
			if key == "url" && !strings.HasPrefix(value, "https://status.example.com/") {
				t.Errorf("%s: %s is %s", path, key, value)
			}
		default:
			t.Errorf("%s: %s is %v", path, key, value)
		}
	}
}

func TestNoTextEndsTheBlockOfLinkedData(t *testing.T) {
	s := busy()
	for _, e := range s.Events {
		e.Event.Title = "</script><img src=x onerror=alert(1)>"
	}
	page := []byte(written(t, defaultTheme(t).Routes(s), "incidents/errors/index.html"))
	if bytes.Contains(page, []byte("<img")) {
		t.Errorf("a title ends the block:\n%s", page)
	}
}

func TestTheSitesOwnLogoAndStyleAreOnEveryPage(t *testing.T) {
	s := busy()
	s.Site.Logo, s.Site.CSS = "images/logo.svg", "brand.css"
	routes := defaultTheme(t).Routes(s)
	for path, up := range map[string]string{"index.html": "", "incidents/india/index.html": "../../", "404.html": "/"} {
		n := parsed(t, routes, path)
		logo := cascadia.Query(n, cascadia.MustCompile("header img.logo[alt=Example]"))
		if logo == nil || attribute(logo, "src") != up+"images/logo.svg" {
			t.Errorf("%s has no logo", path)
		}
		styles := cascadia.QueryAll(n, cascadia.MustCompile("link[rel=stylesheet]"))
		if len(styles) != 2 || attribute(styles[1], "href") != up+"brand.css" {
			t.Errorf("%s does not end its styles with the site's own", path)
		}
	}
}

func TestTheIconOfTheTabShowsTheState(t *testing.T) {
	icon := func(n *html.Node) string {
		return attribute(cascadia.Query(n, cascadia.MustCompile("link[rel=icon]")), "href")
	}
	theme := defaultTheme(t)
	if got := icon(parsed(t, theme.Routes(busy()), "index.html")); got != "assets/icon-partial.svg" {
		t.Errorf("a minor outage has the icon %s", got)
	}
	if got := icon(parsed(t, theme.Routes(snapshot(siteOf(), "2026-11-22 09:00")), "index.html")); got != "assets/icon-operational.svg" {
		t.Errorf("a quiet site has the icon %s", got)
	}
	known := map[string]bool{}
	for _, r := range theme.Routes(busy()) {
		known[r.Path] = true
	}
	for _, tone := range []string{"operational", "notice", "maintenance", "degraded", "partial", "major", "unknown"} {
		if !known["assets/icon-"+tone+".svg"] {
			t.Errorf("there is no icon for %s", tone)
		}
	}
}
