package generator

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"allclear/generator/compare"
	"allclear/generator/status"
	"allclear/generator/web"
)

// Bounds on what is read of a published site.
const (
	maxPublished      = 128 << 20 // bytes
	maxPublishedFile  = 16 << 20
	maxPublishedPages = 300
	publishedTime     = 5 * time.Minute
)

// ErrNotOurs means that an address serves no site of this program.
var ErrNotOurs = errors.New("it does not look like a site of allclear")

// AddressBase reads what a published site serves, until it is closed. What an
// address does not tell is in the report that it is compared for. There is no
// result, so that nothing is said of what would break.
func AddressBase(ctx context.Context, address string) (*Base, error) {
	site, err := web.Open(address, web.Options{Answer: maxPublishedFile, Total: maxPublished})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, publishedTime)
	p := &published{ctx: ctx, site: site, read: map[string]*answer{}}
	base := &Base{Name: strings.TrimSuffix(site.Address(), "/"), close: func() error { cancel(); site.Close(); return nil }}
	if base.published, err = p.side(); err != nil {
		return nil, errors.Join(err, base.Close())
	}
	return base, nil
}

// published is a site that is read over the network, each file once.
type published struct {
	ctx  context.Context
	site *web.Site

	mu   sync.Mutex
	read map[string]*answer // by path
}

type answer struct {
	once sync.Once
	data []byte
	err  error
}

func (p *published) get(name string) ([]byte, error) {
	p.mu.Lock()
	a := p.read[name]
	if a == nil {
		a = &answer{}
		p.read[name] = a
	}
	p.mu.Unlock()
	a.once.Do(func() { a.data, a.err = p.site.Read(p.ctx, strings.TrimSuffix(name, "index.html")) })
	return a.data, a.err
}

// documents are those that every site has, and that are compared with an address.
var documents = []string{
	"api/v2/status.json", "api/v2/summary.json", "api/v2/components.json", "api/v2/incidents.json", "api/v2/incidents/unresolved.json",
	"api/v2/scheduled-maintenances.json", "api/v2/scheduled-maintenances/active.json", "api/v2/scheduled-maintenances/upcoming.json",
	"api/v2/history.json", "feed.json", "maintenance.ics", "status.txt", "badge.json",
}

// side is what the address tells of the site.
func (p *published) side() (*compare.Side, error) {
	for _, name := range []string{"api/v2/status.json", "api/v2/history.json"} {
		if _, err := p.get(name); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s: %w: there is no %s", p.site.Address(), ErrNotOurs, name)
		} else if err != nil {
			return nil, err
		}
	}
	pages, err := pagesOf(p.get, p.site.Address())
	if err != nil {
		return nil, err
	}
	return &compare.Side{
		Read: p.get, Paths: slices.Concat(documents, pages), MaxPages: maxPublishedPages,
		Unseen: []string{
			"response headers, redirects, pictures, style sheets and other files: an address does not list them",
			"what would break for those who keep addresses and ids: allclear check --against with a branch says it",
		},
	}, nil
}

// comparable leaves of a side what an address can tell too.
func comparable(side, published *compare.Side) (*compare.Side, error) {
	own := *side
	pages, err := pagesOf(side.Read)
	if err != nil {
		return nil, err
	}
	own.Paths = slices.Concat(documents, pages)
	own.Announcements, own.Coming, own.Translations, own.Look = nil, nil, nil, ""
	own.Redirects = map[string]string{}
	for from, to := range side.Redirects {
		if slices.Contains(published.Paths, status.File(strings.TrimPrefix(from, "/"))) {
			own.Redirects[from] = to
		}
	}
	return &own, nil
}

// maxSitemaps is how many sitemaps of a year a site may have.
const maxSitemaps = 200

// pagesOf lists the pages that a site's sitemap names, as files. They are below the
// address that the site says it has, or below another one that it is read from.
func pagesOf(read func(name string) ([]byte, error), roots ...string) ([]string, error) {
	var document struct{ Page struct{ URL string } }
	data, err := read("api/v2/status.json")
	if err == nil {
		err = json.Unmarshal(data, &document)
	}
	if err != nil {
		return nil, fmt.Errorf("api/v2/status.json: %w", err)
	}
	roots = append(roots, strings.TrimSuffix(document.Page.URL, "/")+"/")
	all, parts, err := readSitemap(read, "sitemap.xml", roots)
	for _, name := range parts[:min(len(parts), maxSitemaps)] {
		var pages []string
		if err == nil {
			pages, _, err = readSitemap(read, name, roots)
		}
		all = append(all, pages...)
	}
	for i, name := range all {
		all[i] = status.File(name)
	}
	slices.Sort(all)
	return slices.Compact(all), err
}

// readSitemap lists the paths of a sitemap's pages, and of the sitemaps that it
// names.
func readSitemap(read func(name string) ([]byte, error), name string, roots []string) (pages, sitemaps []string, err error) {
	data, err := read(name)
	if err != nil {
		return nil, nil, err
	}
	var list struct {
		Pages    []string `xml:"url>loc"`
		Sitemaps []string `xml:"sitemap>loc"`
	}
	if err := xml.Unmarshal(data, &list); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	return below(list.Pages, roots), below(list.Sitemaps, roots), nil
}

// below are the paths of those addresses that are below one of some others.
func below(addresses, roots []string) []string {
	var paths []string
	for _, address := range addresses {
		for _, root := range roots {
			rest, ok := strings.CutPrefix(address, root)
			name, err := url.PathUnescape(rest)
			if ok && err == nil && (name == "" || fs.ValidPath(strings.TrimSuffix(name, "/"))) {
				paths = append(paths, name)
				break
			}
		}
	}
	return paths
}
