package verify

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"

	"allclear/generator"
	"allclear/generator/output"
)

// build is what a build of the content would publish, by the path at which it is
// asked for.
type build struct {
	*generator.Result
	routes map[string]output.Route
}

func newBuild(r *generator.Result) *build {
	b := &build{Result: r, routes: map[string]output.Route{}}
	for _, route := range r.Output.Routes {
		switch route.Path {
		case "_headers", "_redirects", "404.html": // hosts differ in whether these have an address
			continue
		}
		b.routes[asked(route.Path)] = route
	}
	return b
}

// asked is the path at which a host serves a file.
func asked(file string) string {
	if file == "index.html" || strings.HasSuffix(file, "/index.html") {
		return strings.TrimSuffix(file, "index.html")
	}
	return file
}

// body is the content of a file. It is nil if the build has none at this path.
func (b *build) body(path string) ([]byte, error) {
	route, found := b.routes[path]
	if !found {
		return nil, nil
	}
	return written(route)
}

func written(route output.Route) ([]byte, error) {
	var w bytes.Buffer
	if err := route.Write(&w); err != nil {
		return nil, err
	}
	return w.Bytes(), nil
}

// largest is the size of the largest file of a sample.
func (b *build) largest(n int) (int64, error) {
	largest := 0
	for _, path := range b.sample(n) {
		body, err := b.body(path)
		if err != nil {
			return 0, err
		}
		largest = max(largest, len(body))
	}
	return int64(largest), nil
}

// notFoundPage is the content of 404.html, nil if the theme has none.
func (b *build) notFoundPage() ([]byte, error) {
	i := slices.IndexFunc(b.Output.Routes, func(r output.Route) bool { return r.Path == "404.html" })
	if i < 0 {
		return nil, nil
	}
	return written(b.Output.Routes[i])
}

// maxOpen is how many open events are always asked for.
const maxOpen = 20

// sample lists the paths to ask for: those that matter, and n of the others. The
// order is by a hash of the path, so that each run asks for the same ones, and a
// new file displaces few.
func (b *build) sample(n int) []string {
	matter := b.matter()
	var always, others []string
	for path := range b.routes {
		if matter[path] {
			always = append(always, path)
		} else {
			others = append(others, path)
		}
	}
	slices.Sort(always)
	slices.SortFunc(others, func(a, b string) int {
		x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
		return cmp.Or(bytes.Compare(x[:], y[:]), strings.Compare(a, b))
	})
	return slices.Concat(always, others[:min(n, len(others))])
}

// matter are the paths that readers and clients ask for most: files at the root,
// the lists of the API, the index in each language, what the pages need, what is
// open, what was withdrawn, and some old paths.
func (b *build) matter() map[string]bool {
	matter := map[string]bool{
		"api/v2/incidents/unresolved.json": true, "api/v2/scheduled-maintenances/upcoming.json": true, "api/v2/scheduled-maintenances/active.json": true,
		"assets/style.css": true, "assets/status.js": true, "history/": true, "uptime/": true, "subscribe/": true, "embed/": true,
	}
	for _, tag := range b.Site.Languages {
		matter[b.Site.Prefix(tag)] = true
	}
	for path := range b.routes {
		if !strings.Contains(path, "/") || strings.HasPrefix(path, "api/v2/") && strings.Count(path, "/") == 2 {
			matter[path] = true
		}
	}
	open := 0
	for _, e := range b.Snapshot.Events {
		if e.Open() && open < maxOpen {
			matter[e.Path()], matter[e.APIPaths()[0]] = true, true
			open++
		}
	}
	for _, w := range b.Site.Withdrawn {
		matter["incidents/"+w.ID+"/"], matter["maintenance/"+w.ID+"/"] = true, true
	}
	for _, r := range b.Output.Redirects[:min(3, len(b.Output.Redirects))] {
		old := strings.TrimPrefix(r.From, "/")
		matter[old], matter[old+"/"] = true, true
	}
	return matter
}
