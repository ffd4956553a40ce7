package preview_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"allclear/generator/preview"
)

// TestThePreviewAlwaysEqualsAFreshBuild edits, renames, deletes and restores
// at random, a few at a time, and compares every route after each burst.
func TestThePreviewAlwaysEqualsAFreshBuild(t *testing.T) {
	byEvents, byPolling := 120, 8
	if testing.Short() {
		byEvents, byPolling = 12, 2 // each is a fresh build
	}
	for _, test := range []struct {
		name   string
		poll   bool
		bursts int
	}{
		{"by events", false, byEvents},
		{"by polling", true, byPolling},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &randomFolder{t: t, random: rand.New(rand.NewPCG(20, 22)), folder: newFolder(t)}
			s := serveFolder(t, r.folder, func(o *preview.Options) { o.Poll = test.poll })
			for burst := range test.bursts {
				for range 1 + r.random.IntN(6) {
					r.step()
				}
				write(t, filepath.Join(r.folder, "content/static/fence.txt"), fmt.Sprint(burst))
				s.becomesFresh()
				if t.Failed() {
					t.Fatalf("after burst %d:\n%s", burst, strings.Join(r.log, "\n"))
				}
			}
		})
	}
}

// randomFolder is a folder with random changes.
type randomFolder struct {
	t       testing.TB
	random  *rand.Rand
	folder  string
	removed int
	log     []string // the changes, printed if the test fails
}

func (r *randomFolder) logf(format string, args ...any) {
	r.log = append(r.log, fmt.Sprintf(format, args...))
}

func (r *randomFolder) path(name string) string {
	return filepath.Join(r.folder, filepath.FromSlash(name))
}

func (r *randomFolder) pick(names ...string) string { return names[r.random.IntN(len(names))] }

// file is the name of a file that exists or may be created.
func (r *randomFolder) file() string {
	folder := r.pick("content/incidents", "content/incidents", "content/incidents/a", "content/incidents/a/b", "content/incidents/c", "content/static", "content/static/d")
	if strings.HasPrefix(folder, "content/static") {
		return folder + "/" + r.pick("one.txt", "two.css", "three.html")
	}
	return fmt.Sprintf("%s/event-%d.md", folder, r.random.IntN(6))
}

func (r *randomFolder) step() {
	switch n := r.random.IntN(20); {
	case n < 9:
		r.edit(r.file())
	case n < 12:
		r.remove(r.file())
	case n < 14:
		r.rename(r.file(), r.file())
	case n < 16:
		r.rename(r.subfolder(), r.subfolder())
	case n < 17:
		r.remove(r.subfolder())
	case n < 18:
		r.restore()
	case n < 19:
		r.settings()
	default:
		r.theme()
	}
}

func (r *randomFolder) subfolder() string {
	return r.pick("content/incidents/a", "content/incidents/a/b", "content/incidents/c", "content/incidents/c/b", "content/static/d", "away/e")
}

func (r *randomFolder) edit(name string) {
	text := fmt.Sprint("text ", r.random.IntN(1000))
	if strings.HasSuffix(name, ".md") {
		text = incident("Title " + text)
		if r.random.IntN(8) == 0 {
			text = strings.Replace(text, "component: api", "component: ap1", 1)
		}
	}
	file := r.path(name)
	if os.MkdirAll(filepath.Dir(file), 0o777) != nil {
		return // a file has the folder's name
	}
	save := saves[r.random.IntN(len(saves))]
	if _, err := os.Stat(file); err != nil {
		save = saves[0]
	}
	r.logf("%s: %s", save.name, name)
	save.save(r.t, file, text)
}

func (r *randomFolder) remove(name string) {
	r.logf("remove %s", name)
	r.removed++
	gone := r.path(fmt.Sprintf("away/%d", r.removed))
	must(r.t, os.MkdirAll(filepath.Dir(gone), 0o777))
	if r.random.IntN(2) == 0 {
		_ = os.Rename(r.path(name), gone) // it may not exist
		return
	}
	must(r.t, os.RemoveAll(r.path(name)))
}

// restore moves back something that was removed or renamed.
func (r *randomFolder) restore() {
	entries, err := os.ReadDir(r.path("away"))
	if err != nil || len(entries) == 0 {
		return
	}
	entry := entries[r.random.IntN(len(entries))]
	to := r.subfolder()
	if !entry.IsDir() {
		to = r.file()
	}
	r.rename("away/"+entry.Name(), to)
}

func (r *randomFolder) rename(from, to string) {
	r.logf("rename %s to %s", from, to)
	if os.MkdirAll(filepath.Dir(r.path(to)), 0o777) == nil {
		_ = os.Rename(r.path(from), r.path(to)) // it may not exist, or the target may
	}
}

// settings changes site.yaml, or removes all of the content for a moment.
func (r *randomFolder) settings() {
	if r.random.IntN(3) > 0 {
		name := fmt.Sprint("Example ", r.random.IntN(100))
		r.logf("the site's title is %s", name)
		write(r.t, r.path("content/site.yaml"), strings.Replace(siteYAML, "Example", name, 1))
		return
	}
	r.logf("content is removed and restored")
	must(r.t, os.Rename(r.path("content"), r.path("content-away")))
	write(r.t, r.path("content-away/incidents/meanwhile.md"), incident(fmt.Sprint("Meanwhile ", r.random.IntN(100))))
	must(r.t, os.Rename(r.path("content-away"), r.path("content")))
}

func (r *randomFolder) theme() {
	file := r.path("themes/default/templates/404.html")
	text := r.pick(`{{template "base" .}}{{define "main"}}<h1>Lost</h1>{{end}}`, `{{template "base" .}}{{define "main"}}{{.Wrong}}{{end}}`, "")
	r.logf("404.html is %q", text)
	if text == "" {
		must(r.t, os.RemoveAll(r.path(slices.MinFunc([]string{"themes", "themes/default"}, func(string, string) int { return r.random.IntN(2) }))))
		return
	}
	write(r.t, file, text)
}
