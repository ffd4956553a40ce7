package publish

import (
	"maps"
	"path"
	"slices"
	"testing"
)

// change is a build of one site over another. The tests that fail or kill a
// build at each of its operations go through all of them.
type change struct {
	name          string
	before, after files
	clash         []string // paths that are a file in one and a folder in the other, or below such
}

func changes() []change {
	base := files{
		"index.html":                  `<link href="/assets/style.css"> <a href="/incidents/one/"> <a href="/history/">`,
		"assets/style.css":            "body {}",
		"history/index.html":          `<a href="/incidents/one/"> <a href="/history/2022/12/">`,
		"history/2022/12/index.html":  `<a href="/incidents/one/"> <a href="/">`,
		"incidents/one/index.html":    `<link href="/assets/style.css"> <a href="/history.atom">`,
		"components/api/index.html":   `<a href="/components/api/history.atom"> <a href="/incidents/one/">`,
		"components/api/history.atom": "<feed/>",
		"history.atom":                "<feed>one</feed>",
		"api/v2/status.json":          `{"status":"old"}`,
		"api/v2/summary.json":         `{"summary":"old"}`,
		"api/v2/incidents/one.json":   `{"id":"one"}`,
		"_redirects":                  "",
	}
	edited := base.with(files{
		"index.html":                  `<link href="/assets/style.css"> <link href="/assets/new.css"> <a href="/incidents/two/"> <a href="/history/">`,
		"assets/style.css":            "body { color: red }",
		"assets/new.css":              "p {}",
		"history/index.html":          `<a href="/incidents/two/"> <a href="/history/2023/01/"> <a href="/components/web/"> <a href="/feed.json">`,
		"history/2022/12/index.html":  "-",
		"history/2023/01/index.html":  `<a href="/incidents/two/">`,
		"incidents/one/index.html":    "-",
		"incidents/two/index.html":    `<a href="/incidents/three/"> <a href="/history/">`,
		"incidents/three/index.html":  `<a href="/incidents/two/">`,
		"components/api/index.html":   `<a href="/components/api/history.atom"> <a href="/incidents/three/">`,
		"components/web/index.html":   `<a href="/components/web/history.atom">`,
		"components/web/history.atom": "<feed/>",
		"history.atom":                "<feed>two</feed>",
		"feed.json":                   "{}",
		"api/v2/status.json":          `{"status":"new"}`,
		"api/v2/summary.json":         `{"summary":"new"}`,
		"api/v2/incidents/one.json":   "-",
	})
	small := files{"index.html": `<a href="/docs"> <a href="/x/">`, "x/index.html": `<a href="/">`, "docs": "a file"}
	folders := files{
		"index.html": `<a href="/docs/"> <a href="/x/">`, "x/index.html": `<a href="/">`,
		"docs/index.html": `<a href="/docs/deep/er/">`, "docs/deep/er/index.html": "", "docs/z.json": "{}",
	}
	clash := []string{"docs", "docs/index.html", "docs/deep/er/index.html", "docs/z.json"}
	return []change{
		{name: "first", before: nil, after: base},
		{name: "edit", before: base, after: edited},
		{name: "none", before: small, after: small},
		{name: "file becomes folder", before: small, after: folders, clash: clash},
		{name: "folder becomes file", before: folders, after: small, clash: clash},
		{
			name:   "file becomes the folder of an entry",
			before: files{"api": "a file", "index.html": `<a href="/x/">`, "x/index.html": ""},
			after:  files{"api/v2/status.json": "{}", "api/v2/a/b.json": "", "index.html": `<a href="/x/">`, "x/index.html": "new"},
			clash:  []string{"api", "api/v2/status.json", "api/v2/a/b.json"},
		},
	}
}

// checkBetween asserts what holds at every instant of a build: each file has
// its old bytes or its new ones, none is missing that both sites have, and no
// link from a page that both have, or from the entry, leads nowhere.
func (c change) checkBetween(t *testing.T, dir string) {
	t.Helper()
	now := read(t, dir)
	present := files{}
	for name, text := range now {
		if name[len(name)-1] == '/' || inState(name) {
			continue
		}
		present[name] = text
		old, isOld := c.before[name]
		fresh, isNew := c.after[name]
		if (!isOld || text != old) && (!isNew || text != fresh) {
			t.Errorf("%s holds %q, neither its old bytes nor its new ones", name, text)
		}
	}
	from := []string{"index.html"}
	for _, name := range slices.Sorted(maps.Keys(c.before)) {
		if _, both := c.after[name]; both {
			from = append(from, name)
			if _, found := present[name]; !found {
				t.Errorf("%s is in both sites, and is gone", name)
			}
		}
	}
	for _, name := range c.clash { // the one thing that can't be kept
		present[name] += ""
	}
	if broken := brokenLinks(present, from); len(broken) > 0 {
		t.Errorf("links that lead nowhere: %q", broken)
	}
}

// inState reports whether a path is below .allclear.
func inState(name string) bool {
	for ; name != "."; name = path.Dir(name) {
		if name == stateFolder {
			return true
		}
	}
	return false
}
