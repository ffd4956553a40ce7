package preview

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strconv"
	"strings"

	"allclear/generator"
	"allclear/generator/output"
)

// site is a good build. Its files are rendered each time they are asked for. It
// is never changed.
type site struct {
	generation int64
	result     *generator.Result
}

// find returns the route that a host serves for a decoded path from the root.
func (s *site) find(requested string) (output.Route, bool) {
	name := strings.TrimPrefix(requested, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	routes := s.result.Output.Routes
	i := slices.IndexFunc(routes, func(r output.Route) bool { return r.Path == name })
	if i < 0 {
		return output.Route{}, false
	}
	return routes[i], true
}

// redirect returns the target to which a host redirects a path, and the status.
// The status is 0 if there is none. Forced redirects win over a file.
func (s *site) redirect(escaped string, forced bool) (to string, status int) {
	for _, r := range s.result.Output.Redirects {
		if r.Force == forced && strings.TrimRight(r.From, "/") == strings.TrimRight(escaped, "/") {
			return r.To, r.Status
		}
	}
	return "", 0
}

// render returns a file and its ETag, with quotes. A page has the preview's
// script.
func (s *site) render(route output.Route) (body []byte, etag string, err error) {
	var b bytes.Buffer
	if err := route.Write(&b); err != nil {
		return nil, "", err
	}
	body = b.Bytes()
	if isPage(route.Path) {
		body = withScript(body, s.generation)
	}
	sum := sha256.Sum256(body)
	return body, strconv.Quote(hex.EncodeToString(sum[:16])), nil
}

func isPage(name string) bool {
	extension := strings.ToLower(path.Ext(name))
	return extension == ".html" || extension == ".htm"
}

// withScript adds the preview's script at the end of a page.
func withScript(page []byte, generation int64) []byte {
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	return bytes.Join([][]byte{page[:at], []byte(scriptElement(generation)), page[at:]}, nil)
}
