package check

import (
	"cmp"
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
		Title: "A URL in site.yaml is absolute and begins with http or https",
		Why:   "Feeds, the API and the sitemap need absolute URLs; with a wrong one, their links don't work.",
	})
	ruleUnknownTimezone = rules.Declare(diag.Rule{
		Code:  "unknown-timezone",
		Title: "The timezone is a canonical IANA name",
		Why:   "Pages and the API show times in the site's zone; with a wrong zone, every time is wrong.",
	})
	ruleBadDate = rules.Declare(diag.Rule{
		Code:  "bad-date",
		Title: "A date exists and is written YYYY-MM-DD",
		Why:   "Uptime is counted from the date.",
	})
	ruleBadAPIID = rules.Declare(diag.Rule{
		Code:  "bad-api-id",
		Title: "An api_id has at most 80 letters, digits, hyphens and underscores",
		Why:   "Clients write it into URLs and databases.",
	})
)

// readSite reads site.yaml. A value that it can't read is replaced with a
// usable one, so that the other files can still be checked.
func readSite(doc *source.Document, baseURL string, r *reading) *status.Site {
	return readFields(r.inside("site.yaml", doc.Fields), baseURL)
}

func readFields(f *fields, baseURL string) *status.Site {
	site := &status.Site{}
	readLanguages(f, site)
	site.Title, site.Titles = f.words("title", site)
	f.require("title", "title: Example")
	site.URL = cmp.Or(baseURL, readURL(f), "https://status.example.com")
	site.Zone = readZone(f)
	site.Theme = f.text("theme")
	f.may("theme", anID)
	if site.Theme != "" && !source.IsID(site.Theme) {
		f.list.Add(ruleUnknownValue.At(f.at("theme"), "%q can't be the name of a theme", diag.Short(site.Theme)).
			WithHint("write default, or the name of a folder in themes/: a-z, 0-9 and hyphens"))
		site.Theme = ""
	}
	site.Theme = cmp.Or(site.Theme, "default")
	site.HistoryDays = int(f.number("history_days", 0, 90, 14, true))
	site.Uptime = readUptime(f)
	site.Limits = readLimits(f)
	site.Links = readLinks(f, "links", site)
	site.Subscribe = readLinks(f, "subscribe", site)
	readComponents(f, site)
	site.APIID = readAPIID(f)
	site.Freshness = readFreshness(f)
	site.Logo, site.LogoDark = readLogo(f)
	site.Favicon = readFile(f, "favicon", "favicon", append([]string{".ico"}, pictures...)...)
	site.Accent, site.AccentDark = readAccent(f)
	site.CSS = readFile(f, "css", "css", ".css")
	site.SocialImages = f.flag("social_images")
	f.disabled = f.items("disable", "the code of a warning, or a list of codes")
	site.Remind = readRemind(f)
	site.Provenance = readProvenance(f)
	checkPlaceholders(f, site)
	site.Withdrawn = readWithdrawn(f, site)
	site.StaticCode = readStaticCode(f)
	site.Repository = readRepository(f)
	f.unknown(siteKeyHints)
	return site
}

// siteKeyHints are the keys of other tools.
var siteKeyHints = keyHints{
	"name":       use("title"),
	"baseurl":    use("url"),
	"base_url":   use("url"),
	"domain":     use("url"),
	"site":       use("title"),
	"systems":    use("components"),
	"services":   use("components"),
	"tz":         use("timezone"),
	"time_zone":  use("timezone"),
	"lang":       use("language"),
	"stylesheet": use("css"),
	"incidents":  say("write each incident as a file in content/incidents/"),
}

// readProvenance reads whether the history in git says when updates were published.
func readProvenance(f *fields) bool {
	word := f.text("provenance")
	f.may("provenance", oneOfWords("git"))
	if word != "" && word != "git" {
		f.list.Add(replaced(f.file, ruleUnknownValue.At(f.at("provenance"), "unknown value of provenance %q", diag.Short(word)), word, "git", false))
	}
	return word == "git"
}

// readURL reads the site's URL; "" if there is none.
func readURL(f *fields) string {
	f.may("url", func() Schema { return matching(`^https?://[^/]`) })
	f.needs("url")
	if _, ok := f.get("url"); !ok {
		f.missing("url", "url: https://status.example.com")
		return ""
	}
	text := f.text("url")
	if text == "" {
		return ""
	}
	parsed, err := BaseURL(text)
	if err != nil {
		bad := ruleBadURL.At(f.at("url"), "%q can't be the URL of a site: %v", diag.Short(text), err)
		better, wrong := BaseURL("https://" + strings.TrimLeft(text, ":/"))
		if wrong != nil {
			bad = bad.WithHint("write the whole URL, for example https://status.example.com")
		} else {
			bad = replaced(f.file, bad, text, better, !strings.Contains(text, ":"))
		}
		f.list.Add(bad)
	}
	return parsed
}

// BaseURL checks the URL of a site and returns it without the slash at its
// end; "" with an error.
func BaseURL(text string) (string, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return "", fmt.Errorf("it can't be read as a URL")
	case u.Scheme != "https" && u.Scheme != "http":
		return "", fmt.Errorf("it must begin with https:// or http://")
	case u.Hostname() == "":
		return "", fmt.Errorf("it has no host")
	case u.User != nil, u.RawQuery != "", u.ForceQuery, u.Fragment != "", strings.Contains(text, "#"):
		return "", fmt.Errorf("it must not have a user, query or fragment")
	case strings.Contains(u.Path, "//"), strings.Contains(u.Path, "/."), strings.ContainsAny(text, " \\\"'<>`"):
		return "", fmt.Errorf("its path must not have //, /., blanks, quotes or any of \\ < > `")
	}
	return strings.TrimRight(u.String(), "/"), nil
}

func readZone(f *fields) *time.Location {
	name := f.text("timezone")
	switch name {
	case "", "UTC", "Z":
		name = "Etc/UTC"
	}
	canonical := canonicalZone(name)
	zone, err := time.LoadLocation(name)
	switch {
	case err == nil && canonical == name:
		return zone
	case err == nil && canonical != "":
		f.list.Add(ruleUnknownTimezone.At(f.at("timezone"), "%q is an old name, which clients may not know", name).
			WithHint("write\ntimezone: %s", canonical))
		return zone
	}
	unknown := ruleUnknownTimezone.At(f.at("timezone"), "unknown timezone %q", diag.Short(name))
	if better := likelyZone(name); better != "" {
		unknown = replaced(f.file, unknown, name, better, strings.EqualFold(better, name))
	} else {
		unknown = unknown.WithHint("write an IANA name with the same capital letters, such as Etc/UTC, Europe/Zurich or Asia/Kolkata")
	}
	f.list.Add(unknown)
	utc, err := time.LoadLocation("Etc/UTC")
	if err != nil {
		return time.UTC
	}
	return utc
}

var apiID = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

const maxAPIID = 80

// IsAPIID reports whether a text can be an api_id: at most 80 letters, digits,
// - and _, so that every old id can be one. It names a file, so Windows must be
// able to carry it.
func IsAPIID(id string) bool {
	return len(id) <= maxAPIID && apiID.MatchString(id) && source.IsPortable(id)
}

func readAPIID(f *fields) string {
	id := f.text("api_id")
	f.may("api_id", anAPIID)
	if id != "" && !IsAPIID(id) {
		hint := "copy it from the API that your clients use now, for example 8l4ygp009s5s; else delete the key"
		if better := strings.Join(strings.FieldsFunc(id, func(r rune) bool { return r > 0x7f || !IsAPIID(string(r)) }), "-"); IsAPIID(better) {
			hint += "\napi_id: " + better
		}
		f.list.Add(ruleBadAPIID.At(f.at("api_id"), "%q can't be an api_id", diag.Short(id)).WithHint("%s", hint))
		return ""
	}
	return id
}

func readUptime(f *fields) status.UptimeRule {
	rule := status.UptimeRule{Days: 90, PartialOutage: 0.3, MajorOutage: 1}
	field, ok := f.get("uptime")
	if !ok {
		return rule
	}
	if field.Value.Kind != source.KindMap {
		f.wrong(field, "a map such as { days: 90, partial_outage: 0.3, major_outage: 1.0 }")
		return rule
	}
	u := f.within("uptime", "uptime", field.Value)
	rule.Days = int(u.number("days", 1, 366, 90, true))
	rule.PartialOutage = u.number("partial_outage", 0, 1, rule.PartialOutage, false)
	rule.MajorOutage = u.number("major_outage", 0, 1, rule.MajorOutage, false)
	u.unknown(nil)
	return rule
}

// linkExamples has a link of each list of them.
var linkExamples = map[string][2]string{
	"links":     {"name: Support", "url: https://example.com/support"},
	"subscribe": {"name: E-mail", "url: https://example.com/status-by-mail"},
}

// readLinks reads a list of links. Those of the list "links" may be in the header.
func readLinks(f *fields, key string, site *status.Site) []status.Link {
	var links []status.Link
	name, address := linkExamples[key][0], linkExamples[key][1]
	for _, item := range f.maps(key, "a link", "{ "+name+", "+address+" }") {
		l := f.within(key, "a link", item)
		var link status.Link
		link.Name, link.Names = l.words("name", site)
		link.URL = l.text("url")
		if key == "links" {
			link.Header = l.flag("header")
		}
		l.unknown(nil)
		l.require("name", name)
		l.require("url", address)
		if link.URL != "" && !mayLinkTo(link.URL) {
			f.list.Add(ruleBadURL.At(l.at("url"), "a page can't link to %q", diag.Short(link.URL)).
				WithHint("write a URL that begins with https://, http:// or mailto:"))
			link.URL = ""
		}
		if link.Name != "" && link.URL != "" {
			links = append(links, link)
		}
	}
	return links
}

func mayLinkTo(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "mailto" || ((u.Scheme == "https" || u.Scheme == "http") && u.Host != ""))
}

// readDate reads a date in the site's zone; zero if there is none.
func readDate(f *fields, key string, zone *time.Location) time.Time {
	f.may(key, aDate)
	field, ok := f.get(key)
	if !ok {
		return time.Time{}
	}
	t, err := time.ParseInLocation("2006-01-02 15", field.Value.Text+" 12", zone)
	if field.Value.Kind != source.KindScalar || err != nil {
		f.list.Add(ruleBadDate.At(field.Value.Position, "%s must be a date, not %s", key, describe(field.Value)).
			WithHint("write a date such as %s: 2024-05-01", key))
		return time.Time{}
	}
	return status.StartOfDay(t)
}
