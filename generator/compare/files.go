package compare

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"allclear/generator/parallel"
)

// fileChange is a file of both sides that has other bytes.
type fileChange struct {
	name string
	page *pageChange // of a page
}

// fileChanges lists the files of both sides that have other bytes, by name.
func fileChanges(from, to *site) ([]fileChange, error) {
	was := set(from.Paths...)
	both := slices.DeleteFunc(slices.Clone(to.Paths), func(name string) bool {
		return !was[name] || private(name) && name != headersFile
	})
	slices.Sort(both)
	found := make([]*fileChange, len(both))
	err := parallel.Try(len(both), func() func(int) error {
		return func(i int) (err error) {
			found[i], err = compareFile(from, to, both[i])
			return err
		}
	})
	var all []fileChange
	for _, f := range found {
		if f != nil {
			all = append(all, *f)
		}
	}
	return all, err
}

// compareFile compares a file of both sides; nil if it is the same.
func compareFile(from, to *site, name string) (*fileChange, error) {
	a, err := from.Read(name)
	b, err2 := to.Read(name)
	for _, err := range []error{err, err2} {
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if bytes.Equal(a, b) {
		return nil, nil
	}
	f := &fileChange{name: name}
	if path.Ext(name) == ".html" {
		page := comparePage(address(name), string(a), string(b))
		f.page = &page
		switch at := address(name); {
		case to.Redirects[at] != "":
			page.blocks = nil // it leads elsewhere, which is said
		case to.Withdrawn[path.Base(at)]:
			page.blocks = slices.DeleteFunc(page.blocks, func(c Change) bool { return c.After == "" })
			for i := range page.blocks {
				page.blocks[i].Before = ""
			}
		}
	}
	return f, nil
}

// headersFile has the headers of the site's answers.
const headersFile = "_headers"

// Look is what changes in files that the rest of the report does not speak of.
type Look struct {
	Markup int      `json:"pages_markup"` // pages on which nothing changes but their markup, or what their scripts say
	Later  int      `json:"pages_later"`  // pages on which nothing changes but what the clock will show
	Moved  int      `json:"pages_moved"`  // pages on which words stand in another order
	Files  []string `json:"files"`        // the site's own, the theme's, and what hosts and search engines read
	Others []string `json:"others"`       // kinds of files that are made from what is said elsewhere, with their number
}

// kinds are those of the files that follow from what the rest of the report says.
var kinds = []struct {
	one, many string
	is        func(name string) bool
}{
	{"document of the API", "documents of the API", func(name string) bool { return strings.HasPrefix(name, "api/") }},
	{"feed", "feeds", func(name string) bool {
		return slices.Contains([]string{".atom", ".rss", ".ics"}, path.Ext(name)) || path.Base(name) == "feed.json"
	}},
	{"badge or figure", "badges and figures", func(name string) bool {
		return slices.Contains([]string{"badge.json", "badge.svg", "uptime.json", "uptime.svg", "uptime.csv"}, path.Base(name))
	}},
	{"part of the search index", "parts of the search index", func(name string) bool { return strings.HasPrefix(name, "search/") }},
	{"icon", "icons", func(name string) bool { return name == "favicon.ico" || name == "apple-touch-icon.png" }},
	{"sitemap", "sitemaps", func(name string) bool { return strings.HasPrefix(name, "sitemap") }},
}

// lookOf sums up what changes in files besides words.
func lookOf(files []fileChange) Look {
	var l Look
	counts := make([]int, len(kinds))
	for _, f := range files {
		switch i := slices.IndexFunc(kinds, func(k struct {
			one, many string
			is        func(string) bool
		}) bool {
			return k.is(f.name)
		}); {
		case f.page != nil:
			l.addPage(f.page)
		case slices.Contains(polled, f.name):
		case i >= 0:
			counts[i]++
		default:
			l.Files = append(l.Files, f.name)
		}
	}
	for i, n := range counts {
		switch n {
		case 0:
		case 1:
			l.Others = append(l.Others, "1 "+kinds[i].one)
		default:
			l.Others = append(l.Others, fmt.Sprintf("%d %s", n, kinds[i].many))
		}
	}
	return l
}

func (l *Look) addPage(p *pageChange) {
	switch {
	case p.moved:
		l.Moved++
	case len(p.blocks) > 0:
	case p.later:
		l.Later++
	default:
		l.Markup++
	}
}
