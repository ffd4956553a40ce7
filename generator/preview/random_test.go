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
	byEvents, byLooking := 120, 8
	if testing.Short() {
		byEvents, byLooking = 12, 2 // each is a fresh build
	}
	for _, test := range []struct {
		name   string
		poll   bool
		bursts int
	}{
		{"by events", false, byEvents},
		{"by looking", true, byLooking},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &disorder{t: t, random: rand.New(rand.NewPCG(20, 22)), folder: newFolder(t)}
			s := serveFolder(t, r.folder, func(o *preview.Options) { o.Poll = test.poll })
			for burst := range test.bursts {
				for range 1 + r.random.IntN(6) {
					r.step()
				}
				write(t, filepath.Join(r.folder, "content/static/fence.txt"), fmt.Sprint(burst))
				s.becomesLikeCold()
				if t.Failed() {
					t.Fatalf("after burst %d:\n%s", burst, strings.Join(r.done, "\n"))
				}
			}
		})
	}
}

// disorder is a folder in which anything may happen.
type disorder struct {
	t       testing.TB
	random  *rand.Rand
	folder  string
	removed int
	done    []string // what was done, to tell if the test fails
}

func (d *disorder) say(format string, args ...any) {
	d.done = append(d.done, fmt.Sprintf(format, args...))
}

func (d *disorder) path(name string) string {
	return filepath.Join(d.folder, filepath.FromSlash(name))
}

func (d *disorder) pick(names ...string) string { return names[d.random.IntN(len(names))] }

// file is a name that exists or could.
func (d *disorder) file() string {
	folder := d.pick("content/incidents", "content/incidents", "content/incidents/a", "content/incidents/a/b", "content/incidents/c", "content/static", "content/static/d")
	if strings.HasPrefix(folder, "content/static") {
		return folder + "/" + d.pick("one.txt", "two.css", "three.html")
	}
	return fmt.Sprintf("%s/event-%d.md", folder, d.random.IntN(6))
}

func (d *disorder) step() {
	switch n := d.random.IntN(20); {
	case n < 9:
		d.edit(d.file())
	case n < 12:
		d.remove(d.file())
	case n < 14:
		d.rename(d.file(), d.file())
	case n < 16:
		d.rename(d.somewhere(), d.somewhere())
	case n < 17:
		d.remove(d.somewhere())
	case n < 18:
		d.restore()
	case n < 19:
		d.settings()
	default:
		d.theme()
	}
}

func (d *disorder) somewhere() string {
	return d.pick("content/incidents/a", "content/incidents/a/b", "content/incidents/c", "content/incidents/c/b", "content/static/d", "away/e")
}

func (d *disorder) edit(name string) {
	text := fmt.Sprint("text ", d.random.IntN(1000))
	if strings.HasSuffix(name, ".md") {
		text = incident("Title " + text)
		if d.random.IntN(8) == 0 {
			text = strings.Replace(text, "component: api", "component: ap1", 1)
		}
	}
	file := d.path(name)
	if os.MkdirAll(filepath.Dir(file), 0o777) != nil {
		return // a file stands where the folder would
	}
	save := saves[d.random.IntN(len(saves))]
	if _, err := os.Stat(file); err != nil {
		save = saves[0]
	}
	d.say("%s: %s", save.name, name)
	save.save(d.t, file, text)
}

func (d *disorder) remove(name string) {
	d.say("remove %s", name)
	d.removed++
	gone := d.path(fmt.Sprintf("away/%d", d.removed))
	must(d.t, os.MkdirAll(filepath.Dir(gone), 0o777))
	if d.random.IntN(2) == 0 {
		_ = os.Rename(d.path(name), gone) // it may not be there
		return
	}
	must(d.t, os.RemoveAll(d.path(name)))
}

// restore puts back something that was removed or renamed away.
func (d *disorder) restore() {
	entries, err := os.ReadDir(d.path("away"))
	if err != nil || len(entries) == 0 {
		return
	}
	entry := entries[d.random.IntN(len(entries))]
	to := d.somewhere()
	if !entry.IsDir() {
		to = d.file()
	}
	d.rename("away/"+entry.Name(), to)
}

func (d *disorder) rename(from, to string) {
	d.say("rename %s to %s", from, to)
	if os.MkdirAll(filepath.Dir(d.path(to)), 0o777) == nil {
		_ = os.Rename(d.path(from), d.path(to)) // it may not be there, or something else may
	}
}

// settings changes site.yaml, or takes all of the content away for a moment.
func (d *disorder) settings() {
	if d.random.IntN(3) > 0 {
		name := fmt.Sprint("Example ", d.random.IntN(100))
		d.say("the site is called %s", name)
		write(d.t, d.path("content/site.yaml"), strings.Replace(siteYAML, "Example", name, 1))
		return
	}
	d.say("content goes and comes back")
	must(d.t, os.Rename(d.path("content"), d.path("content-away")))
	write(d.t, d.path("content-away/incidents/meanwhile.md"), incident(fmt.Sprint("Meanwhile ", d.random.IntN(100))))
	must(d.t, os.Rename(d.path("content-away"), d.path("content")))
}

func (d *disorder) theme() {
	file := d.path("themes/default/templates/404.html")
	text := d.pick(`{{template "base" .}}{{define "main"}}<h1>Lost</h1>{{end}}`, `{{template "base" .}}{{define "main"}}{{.Wrong}}{{end}}`, "")
	d.say("404.html is %q", text)
	if text == "" {
		must(d.t, os.RemoveAll(d.path(slices.MinFunc([]string{"themes", "themes/default"}, func(string, string) int { return d.random.IntN(2) }))))
		return
	}
	write(d.t, file, text)
}
