package render

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"time"

	"allclear/generator/output"
	"allclear/generator/page"
	"allclear/generator/status"
)

// largeSitemap is the number of pages from which on the sitemap is an index of
// one file per year, so that an update changes only the file of its year. The
// protocol allows 50,000 in a file, https://www.sitemaps.org/protocol.html
const largeSitemap = 1000

const sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// sitemapURL is one URL of a sitemap.
type sitemapURL struct {
	Location   string      `xml:"loc"`
	Changed    string      `xml:"lastmod,omitempty"`
	Alternates []alternate `xml:"xhtml:link"`
}

// alternate is the same page in one of the site's languages,
// https://developers.google.com/search/docs/specialty/international/localized-versions
type alternate struct {
	Relation string `xml:"rel,attr"`
	Language string `xml:"hreflang,attr"`
	Location string `xml:"href,attr"`
}

type urlSet struct {
	XMLName xml.Name     `xml:"urlset"`
	Space   string       `xml:"xmlns,attr"`
	XHTML   string       `xml:"xmlns:xhtml,attr,omitempty"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapIndex struct {
	XMLName  xml.Name     `xml:"sitemapindex"`
	Space    string       `xml:"xmlns,attr"`
	Sitemaps []sitemapURL `xml:"sitemap"`
}

// sitemap lists every page, with its last change.
func sitemap(site *status.Site, pages []page.Page) []output.Route {
	if len(pages)*max(1, len(site.Languages)) < largeSitemap {
		return []output.Route{xmlFile("sitemap.xml", func() any { return urls(site, pages) })}
	}
	index := sitemapIndex{Space: sitemapSpace}
	var routes []output.Route
	for _, part := range byYear(pages) {
		name := "sitemap-pages.xml"
		if year := part[0].Month.Year(); !part[0].Month.IsZero() {
			name = fmt.Sprintf("sitemap-%04d.xml", year)
		}
		routes = append(routes, xmlFile(name, func() any { return urls(site, part) }))
		newest := slices.MaxFunc(part, func(a, b page.Page) int { return a.Changed.Compare(b.Changed) })
		index.Sitemaps = append(index.Sitemaps, sitemapURL{Location: site.Absolute(name), Changed: newest.Changed.Format(time.RFC3339)})
	}
	return append(routes, xmlFile("sitemap.xml", func() any { return index }))
}

// byYear groups pages: first those of no month, then those of each year of the
// history, newest first, and month by month.
func byYear(pages []page.Page) [][]page.Page {
	sorted := slices.Clone(pages)
	slices.SortStableFunc(sorted, func(a, b page.Page) int {
		if a.Month.IsZero() || b.Month.IsZero() {
			return a.Month.Compare(b.Month)
		}
		return b.Month.Compare(a.Month)
	})
	var parts [][]page.Page
	for from, i := 0, 1; i <= len(sorted); i++ {
		if i == len(sorted) || sorted[i].Month.Year() != sorted[from].Month.Year() {
			parts = append(parts, sorted[from:i])
			from = i
		}
	}
	return parts
}

// urls is pages as the content of a file: in a site of several languages, each
// page in every language, with links to the others.
func urls(site *status.Site, pages []page.Page) urlSet {
	set := urlSet{Space: sitemapSpace}
	if len(site.Languages) > 0 {
		set.XHTML = "http://www.w3.org/1999/xhtml"
	}
	for _, p := range pages {
		url := sitemapURL{Location: site.Absolute(p.Path), Changed: lastmod(p)}
		if len(site.Languages) == 0 {
			set.URLs = append(set.URLs, url)
			continue
		}
		for _, tag := range site.Languages {
			url.Alternates = append(url.Alternates, alternate{"alternate", tag, site.Absolute(site.Prefix(tag) + p.Path)})
		}
		url.Alternates = append(url.Alternates, alternate{"alternate", "x-default", url.Location})
		for _, tag := range site.Languages {
			url.Location = site.Absolute(site.Prefix(tag) + p.Path)
			set.URLs = append(set.URLs, url)
		}
	}
	return set
}

// lastmod is when a page changed last; "" if nothing on it does.
func lastmod(p page.Page) string {
	if p.Changed.IsZero() {
		return ""
	}
	return p.Changed.Format(time.RFC3339)
}

// xmlFile is an XML file. Its content is made when it is written.
func xmlFile(path string, content func() any) output.Route {
	return output.Route{Path: path, Kind: output.Data, Write: func(w io.Writer) error {
		if _, err := io.WriteString(w, xml.Header); err != nil {
			return err
		}
		encoder := xml.NewEncoder(w)
		encoder.Indent("", " ")
		if err := encoder.Encode(content()); err != nil {
			return err
		}
		_, err := io.WriteString(w, "\n")
		return err
	}}
}
