package output

import (
	"mime"
	"path"
	"strings"
)

// contentTypes are the types that the system may not know, or know differently.
var contentTypes = map[string]string{
	".atom":        "application/atom+xml; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".csv":         "text/csv; charset=utf-8",
	".htm":         "text/html; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".ics":         "text/calendar; charset=utf-8",
	".ico":         "image/x-icon",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".md":          "text/markdown; charset=utf-8",
	".png":         "image/png",
	".rss":         "application/rss+xml; charset=utf-8",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".woff2":       "font/woff2",
	".xml":         "application/xml",
	"":             "text/plain; charset=utf-8", // _headers, _redirects
}

// KnownType is the type with which a host serves a file of a site. It is "" for a
// file of which only the system may know it.
func KnownType(name string) string { return contentTypes[strings.ToLower(path.Ext(name))] }

// ContentType is the type of a file, as far as anybody knows it.
func ContentType(name string) string {
	if known := KnownType(name); known != "" {
		return known
	}
	if known := mime.TypeByExtension(strings.ToLower(path.Ext(name))); known != "" {
		return known
	}
	return "application/octet-stream"
}
