package render

import (
	"math"
	"net/url"
	"slices"
	"strings"

	"allclear/generator/output"
	"allclear/generator/page"
	"allclear/generator/status"
)

// Rules of a host must not overlap, since hosts join the headers of those
// that do. So each goes by the first part of the path: "/api/*" is all that
// is below a folder, "/feed.json" a file at the root. Netlify's own reader
// takes "/history/*" for "/history.atom" too, and the last rule that it finds,
// so the rules of folders come first, short names before long ones. Paths
// are the host's own: below a base path, too, a site is the root of its host
// or a folder of one that reads no _headers. Below one folder every
// file gets the same headers; components/ also holds feeds and badges, so its
// pages are open to other origins as well, which for public pages without
// cookies gives nothing away.

// maxRules is what Cloudflare Pages reads of a _headers file,
// https://developers.cloudflare.com/pages/configuration/headers/
const maxRules = 100

// policy is the headers of every file: nothing runs, frames or loads but what
// the site itself holds.
var policy = []output.Header{
	{Name: "Content-Security-Policy", Value: "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; " +
		"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
	{Name: "X-Content-Type-Options", Value: "nosniff"},
	{Name: "X-Frame-Options", Value: "DENY"},
	{Name: "Referrer-Policy", Value: "strict-origin-when-cross-origin"},
	{Name: "Permissions-Policy", Value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	{Name: "Cross-Origin-Opener-Policy", Value: "same-origin"},
}

// framed is the same for the page that other sites put into a frame.
var framed = []output.Header{
	{Name: "Content-Security-Policy", Value: strings.Replace(policy[0].Value, "frame-ancestors 'none'", "frame-ancestors *", 1)},
	policy[1], policy[3], policy[4], policy[5],
}

// closed keeps a file to the site's own pages, open lets every origin read it.
var (
	closed = []output.Header{{Name: "Cross-Origin-Resource-Policy", Value: "same-origin"}}
	open   = []output.Header{
		{Name: "Cross-Origin-Resource-Policy", Value: "cross-origin"},
		{Name: "Access-Control-Allow-Origin", Value: "*"},
	}
)

// fresh is for what changes in an outage: a poller asks again soon, and gets
// a 304 where nothing changed. steady is for files whose names stay while
// their content may change with the theme.
var (
	fresh  = []output.Header{{Name: "Cache-Control", Value: "public, max-age=15, must-revalidate"}}
	steady = []output.Header{{Name: "Cache-Control", Value: "public, max-age=600, stale-while-revalidate=86400"}}
)

// openTo lists the folders and root files that other sites read and show.
var openTo = []string{
	"/api/*", "/components/*", "/social/*", "/history.atom", "/history.rss", "/feed.json",
	"/maintenance.ics", "/uptime.csv", "/badge.svg", "/badge.json", "/status.txt",
}

// headers makes one rule for each first part of a route's path. Where they
// are too many for a host, the routes that come first have one.
func headers(routes []output.Route) []output.HeaderRule {
	rules := []output.HeaderRule{headerRule("/", output.Page)}
	seen, folder := map[string]bool{}, ""
	for _, r := range routes {
		if folder != "" && strings.HasPrefix(r.Path, folder) {
			continue // most stand in the same folder as the one before
		}
		folder = r.Path[:strings.IndexByte(r.Path, '/')+1]
		pattern := rulePath(r.Path)
		if seen[pattern] || len(rules) == maxRules {
			continue
		}
		seen[pattern] = true
		rules = append(rules, headerRule(pattern, r.Kind))
	}
	slices.SortStableFunc(rules, func(a, b output.HeaderRule) int { return rank(a) - rank(b) })
	return rules
}

// rank orders the rules so that the last one which Netlify's reader finds for
// a path is the path's own.
func rank(rule output.HeaderRule) int {
	if strings.HasSuffix(rule.Path, "/*") {
		return len(rule.Path)
	}
	return math.MaxInt
}

// placeholders are what a host would read in a name as standing for others.
var placeholders = strings.NewReplacer(":", "%3A", "*", "%2A")

// rulePath is the rule that a route falls under.
func rulePath(path string) string {
	first, _, below := strings.Cut(path, "/")
	pattern := "/" + placeholders.Replace(url.PathEscape(first))
	if below {
		return pattern + "/*"
	}
	return pattern
}

func headerRule(pattern string, kind output.Kind) output.HeaderRule {
	rule := output.HeaderRule{Path: pattern, Headers: append([]output.Header(nil), policy...)}
	access, cache := closed, fresh
	if pattern == "/"+status.EmbedPath+"*" {
		rule.Headers, access = slices.Clone(framed), open
	}
	for _, path := range openTo {
		if pattern == path {
			access = open
		}
	}
	if kind == output.Asset || pattern == "/"+page.Assets+"*" {
		cache = steady
	}
	rule.Headers = append(append(rule.Headers, access...), cache...)
	return rule
}

// headersFile is the rules in the form that Netlify and Cloudflare Pages
// read, https://docs.netlify.com/routing/headers/
func headersFile(rules []output.HeaderRule) output.Route {
	var b strings.Builder
	for i, rule := range rules {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(rule.Path + "\n")
		for _, h := range rule.Headers {
			b.WriteString("  " + h.Name + ": " + h.Value + "\n")
		}
	}
	return text("_headers", b.String())
}
