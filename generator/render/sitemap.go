package render

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/page"
	"allclear/generator/status"
)

// largeSitemap is from how many pages on the sitemap is an index of one file
// a year, so that an update rewrites its own year and no other. The protocol
// allows 50,000 in a file, https://www.sitemaps.org/protocol.html
const largeSitemap = 1000

const sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// place is one URL of a sitemap.
type place struct {
	Location   string      `xml:"loc"`
	Changed    string      `xml:"lastmod"`
	Alternates []alternate `xml:"xhtml:link"`
	path       string
	changed    time.Time
}

// alternate is the same page in one of the site's languages,
// https://developers.google.com/search/docs/specialty/international/localized-versions
type alternate struct {
	Relation string `xml:"rel,attr"`
	Language string `xml:"hreflang,attr"`
	Location string `xml:"href,attr"`
}

type urlSet struct {
	XMLName xml.Name `xml:"urlset"`
	Space   string   `xml:"xmlns,attr"`
	XHTML   string   `xml:"xmlns:xhtml,attr,omitempty"`
	Places  []place  `xml:"url"`
}

// urls is places as the content of a file: in a site of several languages each
// page in every one, with all the others.
func urls(site *status.Site, places []place) urlSet {
	set := urlSet{Space: sitemapSpace, Places: places}
	if len(site.Languages) == 0 {
		return set
	}
	set.XHTML, set.Places = "http://www.w3.org/1999/xhtml", nil
	for _, p := range places {
		for _, tag := range site.Languages {
			p.Alternates = append(p.Alternates, alternate{"alternate", tag, site.Absolute(site.Prefix(tag) + p.path)})
		}
		p.Alternates = append(p.Alternates, alternate{"alternate", "x-default", site.Absolute(p.path)})
		for _, tag := range site.Languages {
			p.Location = site.Absolute(site.Prefix(tag) + p.path)
			set.Places = append(set.Places, p)
		}
	}
	return set
}

type sitemapIndex struct {
	XMLName xml.Name `xml:"sitemapindex"`
	Space   string   `xml:"xmlns,attr"`
	Places  []place  `xml:"sitemap"`
}

// sitemap lists every page, with the newest update on it as its change.
func sitemap(s *derive.Snapshot) []output.Route {
	at := func(path string, t time.Time) place {
		return place{Location: s.Site.Absolute(path), Changed: t.Format(time.RFC3339), path: path, changed: t}
	}
	months := page.Months(s)
	general := []place{at("", s.Updated), at(status.HistoryPath, s.Updated), at(status.UptimePath, s.Updated)}
	for _, c := range s.Components {
		general = append(general, at(c.Path(), newest(c.Events, c.CreatedAt)))
	}
	if (len(general)+len(months)+len(s.Events))*max(1, len(s.Site.Languages)) < largeSitemap {
		for _, m := range months {
			general = append(general, at(m.Path, newest(m.Events, m.First)))
		}
		for _, e := range s.Events {
			general = append(general, at(e.Path(), e.UpdatedAt))
		}
		return []output.Route{document("sitemap.xml", func() any { return urls(s.Site, general) })}
	}
	routes := []output.Route{document("sitemap-pages.xml", func() any { return urls(s.Site, general) })}
	index := []func() place{func() place { return at("sitemap-pages.xml", s.Updated) }}
	for len(months) > 0 {
		n := 1
		for n < len(months) && months[n].First.Year() == months[0].First.Year() {
			n++
		}
		year := months[:n]
		path := fmt.Sprintf("sitemap-%04d.xml", year[0].First.Year())
		routes = append(routes, document(path, func() any {
			var places []place
			for _, m := range year {
				places = append(places, at(m.Path, newest(m.Events, m.First)))
				for _, e := range m.Events {
					places = append(places, at(e.Path(), e.UpdatedAt))
				}
			}
			return urls(s.Site, places)
		}))
		index = append(index, func() place {
			changed := year[0].First
			for _, m := range year {
				if t := newest(m.Events, m.First); t.After(changed) {
					changed = t
				}
			}
			return at(path, changed)
		})
		months = months[n:]
	}
	return append(routes, document("sitemap.xml", func() any {
		made := sitemapIndex{Space: sitemapSpace}
		for _, place := range index {
			made.Places = append(made.Places, place())
		}
		return made
	}))
}

// newest is when the events last changed, or a given instant for none.
func newest(events []*derive.Event, none time.Time) time.Time {
	if len(events) == 0 {
		return none
	}
	return slices.MaxFunc(events, func(a, b *derive.Event) int {
		return cmp.Compare(a.UpdatedAt.UnixNano(), b.UpdatedAt.UnixNano())
	}).UpdatedAt
}

// document is an XML file, whose content is made when it is written.
func document(path string, content func() any) output.Route {
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
