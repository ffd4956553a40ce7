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

// both lists the files of both sides, by name. Of a side that gives only some of
// its pages these are the ones that say most: those of events that change, then
// those nearest to the index.
func (r *Report) both(from, to *site) []string {
	was := set(from.Paths...)
	both := slices.DeleteFunc(slices.Clone(to.Paths), func(name string) bool {
		return !was[name] || private(name) && name != headersFile
	})
	slices.Sort(both)
	if from.MaxPages == 0 {
		return both
	}
	events := map[string]bool{}
	for _, e := range r.Events {
		events[path.Base(e.Address)] = true
	}
	rank := func(name string) int {
		switch dir := path.Dir(name); {
		case path.Ext(name) != ".html":
			return 0
		case events[path.Base(dir)]:
			return 1
		default:
			return 2 + strings.Count(name, "/")
		}
	}
	slices.SortStableFunc(both, func(a, b string) int { return rank(a) - rank(b) })
	pages := 0
	kept := slices.DeleteFunc(slices.Clone(both), func(name string) bool {
		if path.Ext(name) == ".html" {
			pages++
		}
		return path.Ext(name) == ".html" && pages > from.MaxPages
	})
	if n := len(both) - len(kept); n > 0 {
		r.Unseen = append(slices.Clone(r.Unseen), count(n, "page")+" of events that the API says are the same, or far from the index")
	}
	slices.Sort(kept)
	return kept
}

// fileChanges lists those of some files that have other bytes.
func fileChanges(from, to *site, both []string) ([]fileChange, error) {
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
	if version := from.Versions[name]; version != "" && version == to.Versions[name] {
		return nil, nil
	}
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
	{"picture of an event", "pictures of events", func(name string) bool { return strings.HasPrefix(name, "social/") && path.Ext(name) == ".png" }},
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
