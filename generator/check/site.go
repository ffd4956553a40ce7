package check

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleBadURL = rules.Declare(diag.Rule{
		Code:  "bad-url",
		Title: "A URL in site.yaml is absolute, with http or https",
		Why:   "Feeds, the API and the sitemap must say absolute addresses; a wrong one sends every client astray.",
	})
	ruleUnknownTimezone = rules.Declare(diag.Rule{
		Code:  "unknown-timezone",
		Title: "The timezone is a canonical IANA name",
		Why:   "Days, pages and the API are in the site's zone; a wrong one makes every time wrong.",
	})
	ruleBadDate = rules.Declare(diag.Rule{
		Code:  "bad-date",
		Title: "A date is a real one, written YYYY-MM-DD",
		Why:   "Uptime is counted from it.",
	})
	ruleBadAPIID = rules.Declare(diag.Rule{
		Code:  "bad-api-id",
		Title: "An api_id is letters, digits, hyphens and underscores, 64 at most",
		Why:   "Clients put it into addresses and databases.",
	})
)

// readSite reads site.yaml. What it can't understand keeps a usable value, so
// that the other files can still be checked.
func readSite(doc *source.Document, baseURL string, list *diag.List) *status.Site {
	f := fields{"site.yaml", doc.Fields, list}
	f.knows(table{
		"name":      "the site's name is its title",
		"baseURL":   "the site's address is its url",
		"base_url":  "the site's address is its url",
		"incidents": "incidents are files of their own, in content/incidents/",
	}.hint, "title", "url", "timezone", "language", "languages", "theme", "history_days", "uptime", "links", "components", "api_id",
		"freshness", "logo", "css", "social_images")
	site := &status.Site{
		URL:         "https://status.example.com",
		Zone:        readZone(f),
		Theme:       "default",
		HistoryDays: int(f.number("history_days", 0, 90, 14, true)),
		APIID:       readAPIID(f),
	}
	readLanguages(f, site)
	site.Title, site.Titles = f.words("title", site)
	if _, ok := f.value.Field("title"); !ok {
		f.missing("title", "title: Example")
	}
	if field, ok := f.get("url"); !ok {
		f.missing("url", "url: https://status.example.com")
	} else if address := f.text("url"); address != "" {
		if parsed, err := BaseURL(address); err != nil {
			list.Add(ruleBadURL.At(field.Value.Position, "%q is no address of a site: %v", short(address), err).
				WithHint("write it whole, for example https://status.example.com"))
		} else {
			site.URL = parsed
		}
	}
	if baseURL != "" {
		site.URL = baseURL
	}
	if theme := f.text("theme"); theme != "" && !source.IsID(theme) {
		field, _ := f.value.Field("theme")
		list.Add(ruleUnknownValue.At(field.Value.Position, "%q can't be the name of a theme", short(theme)).
			WithHint("write default, or the name of a folder in themes/: a-z, 0-9 and hyphens"))
	} else if theme != "" {
		site.Theme = theme
	}
	site.Uptime = readUptime(f)
	site.Links = readLinks(f, site)
	site.Freshness = readFreshness(f)
	site.SocialImages = f.flag("social_images")
	site.Logo = readFile(f, "logo", ".svg", ".png", ".webp", ".avif", ".jpg", ".jpeg", ".gif")
	site.CSS = readFile(f, "css", ".css")
	readComponents(f, site)
	return site
}

// BaseURL checks the address of a site and returns it without the slash at
// its end.
func BaseURL(address string) (string, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return "", fmt.Errorf("it can't be read as a URL")
	case u.Scheme != "https" && u.Scheme != "http":
		return "", fmt.Errorf("it must begin with https:// or http://")
	case u.Hostname() == "":
		return "", fmt.Errorf("it names no host")
	case u.User != nil, u.RawQuery != "", u.ForceQuery, u.Fragment != "", strings.Contains(address, "#"):
		return "", fmt.Errorf("it must have no user, query or fragment")
	case strings.Contains(u.Path, "//"), strings.Contains(u.Path, "/."), strings.ContainsAny(address, " \\\"'<>`"):
		return "", fmt.Errorf("its path must be plain")
	}
	return strings.TrimRight(u.String(), "/"), nil
}

func readZone(f fields) *time.Location {
	name := f.text("timezone")
	switch name {
	case "", "UTC", "Z":
		name = "Etc/UTC"
	}
	canonical := canonicalZone(name)
	zone, err := time.LoadLocation(name)
	field, _ := f.value.Field("timezone")
	switch {
	case err == nil && canonical == name:
		return zone
	case err == nil && canonical != "":
		f.list.Add(ruleUnknownTimezone.At(field.Value.Position, "%q is an old name, which clients may not know", name).
			WithHint("write %s", canonical))
		return zone
	}
	f.list.Add(ruleUnknownTimezone.At(field.Value.Position, "unknown timezone %q", short(name)).
		WithHint("write an IANA name such as Etc/UTC, Europe/Zurich or Asia/Kolkata, in its own letter case"))
	utc, err := time.LoadLocation("Etc/UTC")
	if err != nil {
		return time.UTC
	}
	return utc
}

var apiID = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// IsAPIID reports whether a site can keep an id that clients know: letters,
// digits, - and _, 64 at most.
func IsAPIID(id string) bool { return len(id) <= 64 && apiID.MatchString(id) }

func readAPIID(f fields) string {
	id := f.text("api_id")
	if id != "" && !IsAPIID(id) {
		field, _ := f.value.Field("api_id")
		f.list.Add(ruleBadAPIID.At(field.Value.Position, "%q can't be an api_id", short(id)).
			WithHint("copy it from the API that your clients poll today, for example 8l4ygp009s5s; without the key, the id is the file's name"))
		return ""
	}
	return id
}

func readUptime(f fields) status.UptimeRule {
	rule := status.UptimeRule{Days: 90, PartialOutage: 0.3, MajorOutage: 1}
	field, ok := f.get("uptime")
	if !ok {
		return rule
	}
	if field.Value.Kind != source.KindMap {
		f.wrong(field, "a map such as { days: 90, partial_outage: 0.3, major_outage: 1.0 }")
		return rule
	}
	u := fields{"uptime", field.Value, f.list}
	u.knows(table{}.hint, "days", "partial_outage", "major_outage")
	rule.Days = int(u.number("days", 1, 366, 90, true))
	rule.PartialOutage = u.number("partial_outage", 0, 1, rule.PartialOutage, false)
	rule.MajorOutage = u.number("major_outage", 0, 1, rule.MajorOutage, false)
	return rule
}

func readLinks(f fields, site *status.Site) []status.Link {
	field, ok := f.get("links")
	if !ok {
		return nil
	}
	if field.Value.Kind != source.KindList {
		f.wrong(field, "a list such as [{ name: Support, url: https://example.com/support }]")
		return nil
	}
	var links []status.Link
	for _, item := range field.Value.Items {
		if item.Kind != source.KindMap {
			f.wrong(source.Field{Key: "a link", Value: item}, "a map such as { name: Support, url: https://example.com/support }")
			continue
		}
		l := fields{"a link", item, f.list}
		l.knows(table{}.hint, "name", "url")
		link := status.Link{URL: l.text("url")}
		link.Name, link.Names = l.words("name", site)
		if _, ok := item.Field("name"); !ok {
			l.missing("name", "name: Support")
		}
		if at, ok := item.Field("url"); !ok {
			l.missing("url", "url: https://example.com/support")
		} else if link.URL != "" && !mayLinkTo(link.URL) {
			f.list.Add(ruleBadURL.At(at.Value.Position, "%q is no address that a page may link to", short(link.URL)).
				WithHint("begin it with https://, http:// or mailto:"))
			link.URL = ""
		}
		if link.Name != "" && link.URL != "" {
			links = append(links, link)
		}
	}
	return links
}

func mayLinkTo(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "mailto" || ((u.Scheme == "https" || u.Scheme == "http") && u.Host != ""))
}

// readDate reads a date in the site's zone; zero where there is none.
func readDate(f fields, key string, zone *time.Location) time.Time {
	field, ok := f.get(key)
	if !ok {
		return time.Time{}
	}
	t, err := time.ParseInLocation("2006-01-02 15", field.Value.Text+" 12", zone)
	if field.Value.Kind != source.KindScalar || err != nil {
		f.list.Add(ruleBadDate.At(field.Value.Position, "%s is no date: %s", key, shape(field.Value)).
			WithHint("write a date such as %s: 2024-05-01", key))
		return time.Time{}
	}
	return status.StartOfDay(t)
}
