package preview

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"

	"allclear/generator"
	"allclear/generator/output"
)

// maxKept bounds the bytes of rendered files that a site keeps; what is above
// is rendered each time it is asked for.
const maxKept = 64 << 20

// site is a good build. A file of it is rendered when it is first asked for,
// and kept until the next build. It is safe for concurrent use.
type site struct {
	generation int64
	result     *generator.Result
	places     func() map[string]int // of the routes, by path; made at the first request, since a rebuild waits for nothing

	mu   sync.Mutex
	kept map[string]*file
	size int
}

// file is a route as it is served.
type file struct {
	once sync.Once
	body []byte
	etag string // with its quotes
	err  error
}

func newSite(result *generator.Result, generation int64) *site {
	out := result.Output
	return &site{
		generation: generation,
		result:     result,
		places: sync.OnceValue(func() map[string]int {
			places := make(map[string]int, len(out.Routes))
			for i := range out.Routes {
				places[out.Routes[i].Path] = i
			}
			return places
		}),
		kept: map[string]*file{},
	}
}

// find returns the route that a host serves for a path from the root,
// decoded.
func (s *site) find(asked string) (output.Route, bool) {
	name := strings.TrimPrefix(asked, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	place, ok := s.places()[name]
	if !ok {
		return output.Route{}, false
	}
	return s.result.Output.Routes[place], true
}

// redirect returns where a host sends a path on to, forced being the rules
// that win over a file; 0 for nowhere.
func (s *site) redirect(escaped string, forced bool) (to string, status int) {
	for _, r := range s.result.Output.Redirects {
		if r.Force == forced && strings.TrimRight(r.From, "/") == strings.TrimRight(escaped, "/") {
			return r.To, r.Status
		}
	}
	return "", 0
}

// headers are those of the rule that a path falls under.
func (s *site) headers(asked string) []output.Header {
	for _, rule := range s.result.Output.Headers {
		pattern, err := url.PathUnescape(rule.Path)
		if err != nil {
			continue
		}
		folder, open := strings.CutSuffix(pattern, "*")
		if pattern == asked || open && strings.HasSuffix(rule.Path, "*") && strings.HasPrefix(asked, folder) {
			return rule.Headers
		}
	}
	return nil
}

// render returns a route as it is served: a page with the preview's script.
func (s *site) render(route output.Route) ([]byte, string, error) {
	s.mu.Lock()
	f, ok := s.kept[route.Path]
	if !ok {
		f = &file{}
		s.kept[route.Path] = f
	}
	s.mu.Unlock()
	f.once.Do(func() { f.fill(route, s.generation) })
	if !ok {
		s.keep(route.Path, f)
	}
	return f.body, f.etag, f.err
}

// keep lets go of a file that failed, which the next request may find mended,
// and of one for which there is no room.
func (s *site) keep(path string, f *file) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.err != nil || s.size+len(f.body) > maxKept {
		delete(s.kept, path)
		return
	}
	s.size += len(f.body)
}

func (f *file) fill(route output.Route, generation int64) {
	var b bytes.Buffer
	if f.err = route.Write(&b); f.err != nil {
		return
	}
	f.body = b.Bytes()
	if isPage(route.Path) {
		f.body = withScript(f.body, generation)
	}
	sum := sha256.Sum256(f.body)
	f.etag = strconv.Quote(hex.EncodeToString(sum[:16]))
}

func isPage(name string) bool {
	extension := strings.ToLower(path.Ext(name))
	return extension == ".html" || extension == ".htm"
}

// withScript puts the preview's script at the end of a page.
func withScript(page []byte, generation int64) []byte {
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	return bytes.Join([][]byte{page[:at], []byte(scriptElement(generation)), page[at:]}, nil)
}
