package generator_test

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"allclear/generator"
)

// hosted is a published site on a plain file server like GitHub Pages: it ignores
// _headers and _redirects, redirects a folder without a slash to the one with it,
// and serves 404.html for a missing file.
type hosted struct {
	address string // of the site, without a slash at its end
	files   fs.FS
	base    string // where the site stands on the host: "" or "/status"
}

func host(t *testing.T, o generator.Options, base string) *hosted {
	t.Helper()
	h := &hosted{base: base}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	h.address = server.URL + base
	o.BaseURL = h.address
	public := t.TempDir()
	if result, _, err := generator.Build(o, public, nil); err != nil {
		var text strings.Builder
		_ = result.Diagnostics.Text(&text, false)
		t.Fatalf("%v\n%s", err, &text)
	}
	h.files = os.DirFS(public)
	return h
}

func (h *hosted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == h.base {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		return
	}
	name, below := strings.CutPrefix(r.URL.Path, h.base+"/")
	if !below || strings.HasPrefix(name, ".") {
		http.Error(w, "this is another site", http.StatusNotFound)
		return
	}
	if info, err := fs.Stat(h.files, path.Clean("./"+name)); err == nil && info.IsDir() && name != "" && !strings.HasSuffix(name, "/") {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		return
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if data, err := fs.ReadFile(h.files, name); err == nil {
		_, _ = w.Write(data)
		return
	}
	data, err := fs.ReadFile(h.files, "404.html")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write(data)
}

// get returns the response at an address, and its address after redirects.
func (h *hosted) get(t *testing.T, address string) (body []byte, at *url.URL, code int) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var b bytes.Buffer
	if _, err := b.ReadFrom(response.Body); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), response.Request.URL, response.StatusCode
}

// crawl follows every link from some addresses, and returns the content of each
// address of the host that it reaches.
func (h *hosted) crawl(t *testing.T, from ...string) map[string][]byte {
	t.Helper()
	seen := map[string][]byte{}
	anchors := map[string]string{} // an address with a fragment, and what links to it
	for todo := from; len(todo) > 0; todo = todo[1:] {
		at := todo[0]
		if seen[at] != nil {
			continue
		}
		body, base, code := h.get(t, at)
		if code != http.StatusOK && !slices.Contains(from, at) {
			t.Errorf("%s: %d", at, code)
		}
		seen[at] = body
		for _, link := range links(t, base, body) {
			whole := link.String()
			link.Fragment = ""
			if target := link.String(); h.own(target) {
				anchors[whole] = at
				todo = append(todo, target)
			} else if strings.HasPrefix(target, strings.TrimSuffix(h.address, h.base)) {
				t.Errorf("%s leads out of the site: %s", at, target)
			}
		}
	}
	for whole, at := range anchors {
		target, fragment, _ := strings.Cut(whole, "#")
		if id := html.EscapeString(fragment); fragment != "" && !bytes.Contains(seen[target], []byte(`id="`+id+`"`)) {
			t.Errorf("%s links to %s, which has no such place", at, whole)
		}
	}
	return seen
}

func (h *hosted) own(address string) bool {
	return address == h.address || strings.HasPrefix(address, h.address+"/")
}

// inText finds the addresses in a file other than a page, inStyle those in a style
// sheet.
var (
	inText  = regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+[^\s"'<>\\),;]*`)
	inStyle = regexp.MustCompile(`url\(["']?([^"')]+)`)
)

// links are the links of a file.
func links(t *testing.T, base *url.URL, body []byte) []*url.URL {
	t.Helper()
	var texts []string
	switch kind := path.Ext(base.Path); {
	case kind == ".html" || kind == "" || bytes.HasPrefix(body, []byte("<!doctype html>")):
		texts = attributes(t, body)
	case kind == ".css":
		for _, m := range inStyle.FindAllSubmatch(body, -1) {
			texts = append(texts, string(m[1]))
		}
	default:
		unfolded := bytes.ReplaceAll(body, []byte("\r\n "), nil) // a calendar's long lines
		for _, m := range inText.FindAll(unfolded, -1) {
			texts = append(texts, html.UnescapeString(string(m)))
		}
	}
	var links []*url.URL
	for _, text := range texts {
		link, err := base.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", base, err)
		} else if strings.HasPrefix(link.Scheme, "http") {
			links = append(links, link)
		}
	}
	return links
}

// attributes are the addresses in a page: links, pictures, scripts, a refresh, and
// the metadata for sharing it.
func attributes(t *testing.T, body []byte) []string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch {
			case a.Key == "href", a.Key == "src", a.Key == "action", strings.HasPrefix(a.Key, "data-") && inText.MatchString(a.Val):
				all = append(all, a.Val)
			case n.Data == "meta" && a.Key == "content":
				if _, address, refresh := strings.Cut(a.Val, "; url="); refresh {
					all = append(all, address)
				} else if inText.MatchString(a.Val) {
					all = append(all, a.Val)
				}
			}
		}
	}
	return all
}

// published are the addresses of every file of the site.
func (h *hosted) published(t *testing.T) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(h.files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		if d.IsDir() && d.Name() == ".allclear" {
			return fs.SkipDir
		}
		if !d.IsDir() && name != "_headers" && name != "_redirects" {
			at := &url.URL{Path: strings.TrimSuffix(filepath.ToSlash(name), "index.html")}
			all = append(all, h.address+"/"+at.EscapedPath())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// hostedSites runs a test with each site for the tests of links, at the root of its
// host and below a path.
func hostedSites(t *testing.T, test func(*testing.T, *hosted)) {
	for name, o := range map[string]generator.Options{"example": exampleOptions(), "languages": languagesSite(t)} {
		for _, base := range []string{"", "/status"} {
			t.Run(name+" at "+base+"/", func(t *testing.T) { test(t, host(t, o, base)) })
		}
	}
}

func TestNoLinkIsBrokenAtTheRootOrBelowAPath(t *testing.T) {
	hostedSites(t, func(t *testing.T, h *hosted) {
		h.crawl(t, append(h.published(t), h.address+"/there/is/no/such/page")...)
	})
}

func TestEveryPageIsReachedFromTheIndex(t *testing.T) {
	hostedSites(t, func(t *testing.T, h *hosted) {
		reached := h.crawl(t, h.address+"/")
		for _, at := range h.published(t) {
			if !strings.HasSuffix(at, "/") || reached[at] != nil || strings.HasPrefix(at, h.address+"/embed/") {
				continue // pages for frames are for other sites
			}
			if body, _, _ := h.get(t, at); !bytes.Contains(body, []byte(`http-equiv="refresh"`)) {
				t.Errorf("nothing leads to %s", at)
			}
		}
	})
}

func TestThe404PageLinksToTheSite(t *testing.T) {
	hostedSites(t, func(t *testing.T, h *hosted) {
		for _, at := range []string{"/nowhere", "/nowhere/", "/incidents/nothing/at/all.html"} {
			reached := h.crawl(t, h.address+at)
			for _, due := range []string{"/", "/history/", "/assets/style.css"} {
				if reached[h.address+due] == nil {
					t.Errorf("%s does not lead to %s", at, due)
				}
			}
		}
	})
}
