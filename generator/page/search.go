package page

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// The titles of the history are in files of their own, which the script search.js
// loads when a reader searches. There is one a year, or more if a year has very
// many titles, so that an edit changes one small file.

// maxSearched is how many titles a file has at most: about 20 KB after gzip.
const maxSearched = 500

// searched is a title in such a file.
type searched struct {
	Title  string `json:"title"`
	URL    string `json:"url"`    // below the index of the language
	Date   string `json:"date"`   // 2006-01-02, on which it began
	Impact string `json:"impact"` // "Minor"

	began time.Time
}

// searchFile is one of the files: a name, and what is in it.
type searchFile struct {
	name   string
	titles []searched
}

// searchTitles is every title in files, the newest first.
func (l *Localization) searchTitles(s *derive.Snapshot) []searchFile {
	var titles []searched
	add := func(title, url string, impact Label, began time.Time) {
		began = began.In(s.At.Location())
		titles = append(titles, searched{title, url, began.Format(time.DateOnly), impact.Text, began})
	}
	for _, e := range s.Events {
		add(l.title(e), e.Path(), l.impact(e), happened(e))
	}
	for _, a := range s.Announced {
		from := a.From.In(s.At.Location())
		row := l.announcementRow("", month{path: status.MonthPath(from), first: from}, a)
		add(row.Title, row.URL, row.Impact, a.From)
	}
	slices.SortStableFunc(titles, func(a, b searched) int { return b.began.Compare(a.began) })
	var files []searchFile
	for len(titles) > 0 {
		year := titles[0].began.Year()
		n := 1
		for n < len(titles) && titles[n].began.Year() == year {
			n++
		}
		files = append(files, filesOf(year, titles[:n])...)
		titles = titles[n:]
	}
	return files
}

// filesOf are the files of a year. The one that grows is the last by its number
// and the first in the list.
func filesOf(year int, titles []searched) []searchFile {
	var files []searchFile
	for n := len(titles); n > 0; n = len(titles) {
		size := (n-1)%maxSearched + 1
		files = append(files, searchFile{fmt.Sprintf("%04d-%d.json", year, (n-1)/maxSearched+1), titles[:size]})
		titles = titles[size:]
	}
	return files
}

// searchFolder is the folder of the language's files.
func (l *Localization) searchFolder(site *status.Site) string {
	return status.SearchPath + site.Prefix(l.language)
}

// searchRoutes are the files of the language.
func (l *Localization) searchRoutes(s *derive.Snapshot) []output.Route {
	var routes []output.Route
	for _, f := range l.searchTitles(s) {
		routes = append(routes, output.Route{
			Path: l.searchFolder(s.Site) + f.name, Kind: output.Data,
			Write: func(w io.Writer) error {
				encoder := json.NewEncoder(w)
				encoder.SetEscapeHTML(false)
				return encoder.Encode(f.titles)
			},
		})
	}
	return routes
}

// searchLinks are the links to them, for a page from which up leads to the index of
// its language.
func (l *Localization) searchLinks(s *derive.Snapshot, files []searchFile, up string) string {
	var links []string
	for _, f := range files {
		links = append(links, up+upFrom(s.Site.Prefix(l.language))+l.searchFolder(s.Site)+f.name)
	}
	return strings.Join(links, " ")
}
