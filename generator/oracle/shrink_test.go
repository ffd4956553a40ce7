package oracle

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

var shrinkInto = flag.String("oracle.shrink", "", "write the smallest site that shows each kind of violation into this folder")

// cut makes content smaller in one way; it is applied to both versions of a
// change.
type cut func(*Content)

// cuts lists every way to make content smaller, the big ones first.
func (c *Content) cuts() []cut {
	var cuts []cut
	add := func(cut cut) { cuts = append(cuts, cut) }
	for _, e := range c.Events {
		code := e.Code()
		add(func(c *Content) {
			c.Events = slices.DeleteFunc(c.Events, func(e *Event) bool { return e.Code() == code })
			for _, other := range c.Events {
				other.Related = nil
			}
		})
	}
	for _, component := range c.Components {
		add(func(c *Content) { c.dropComponent(component.ID) })
	}
	add(func(c *Content) { c.Announcements = nil })
	add(func(c *Content) {
		c.Languages = c.Languages[:1]
		for _, e := range c.Events {
			e.Translations = nil
		}
		for _, component := range c.Components {
			component.Translated = nil
		}
	})
	add(func(c *Content) { c.Zone = time.UTC })
	add(func(c *Content) { c.Social = false })
	add(func(c *Content) { c.URL = "https://status.example.com" })
	add(func(c *Content) { c.HistoryDays, c.UptimeDays, c.Partial = 3, 10, 0.3 })
	for _, e := range c.Events {
		for i := len(e.Updates) - 1; i > 0; i-- {
			u := e.Updates[i]
			add(func(c *Content) { c.dropUpdate(e.Code(), u) })
		}
	}
	return append(cuts, c.keyCuts()...)
}

// keyCuts are those of single keys.
func (c *Content) keyCuts() []cut {
	var cuts []cut
	for _, e := range c.Events {
		for _, drop := range []func(*Event){
			func(e *Event) { e.Related, e.Aliases, e.Folder = nil, nil, "" },
			func(e *Event) { e.Held = false },
			func(e *Event) { e.Started = time.Time{} },
			func(e *Event) { e.Ended = time.Time{} },
			func(e *Event) { e.APIID = "" },
			func(e *Event) { e.Components = nil },
			func(e *Event) { e.Severity = "" },
			func(e *Event) {
				for i := range e.Updates {
					e.Updates[i].Severity = ""
				}
			},
			func(e *Event) {
				for i := range e.Updates {
					e.Updates[i].Settings = nil
				}
			},
			func(e *Event) {
				for i := range e.Updates {
					e.Updates[i].ID = ""
				}
			},
		} {
			cuts = append(cuts, func(c *Content) {
				for _, other := range c.Events {
					if other.Code() == e.Code() {
						drop(other)
					}
				}
			})
		}
	}
	for _, component := range c.Components {
		for _, drop := range []func(*Component){
			func(c *Component) { c.Descriptions = false },
			func(c *Component) { c.APIID = "" },
			func(c *Component) { c.Retired = "" },
			func(c *Component) { c.Group = "" },
			func(c *Component) { c.Start = "" },
		} {
			cuts = append(cuts, func(c *Content) {
				if found := c.component(component.ID); found != nil {
					drop(found)
				}
			})
		}
	}
	return cuts
}

func (c *Content) dropComponent(id string) {
	names := func(s Setting) bool { return s.Component == id }
	c.Components = slices.DeleteFunc(c.Components, func(component *Component) bool { return component.ID == id })
	for _, e := range c.Events {
		e.Components = slices.DeleteFunc(e.Components, names)
		for i := range e.Updates {
			e.Updates[i].Settings = slices.DeleteFunc(slices.Clone(e.Updates[i].Settings), names)
		}
	}
}

func (c *Content) dropUpdate(event string, u Update) {
	for _, e := range c.Events {
		if e.Code() == event {
			e.Updates = slices.DeleteFunc(e.Updates, func(o Update) bool { return o.At.Equal(u.At) && o.Status == u.Status && o.Text == u.Text })
			e.Translations = nil
		}
	}
}

// specimen is a site, or two of them, that shows a kind of violation.
type specimen struct {
	kind string // of the change; "" for a law of one build
	v    versions
}

// shows builds a specimen and returns the first violation of a kind in it.
func (s specimen) shows(key, dir string) (v Violation, ok bool) {
	defer func() { // a cut may leave content that makes no sense
		if recover() != nil {
			ok = false
		}
	}()
	change, err := s.v.build(s.kind, dir, nil)
	if err != nil {
		return Violation{}, false
	}
	found := judgeChange(change)
	if s.kind == "" {
		if change.After.Check, err = check(s.v.after.files(), dir); err != nil {
			return Violation{}, false
		}
		found = judge(change.After)
	}
	i := slices.IndexFunc(found, func(v Violation) bool { return v.key() == key })
	if i < 0 {
		return Violation{}, false
	}
	return found[i], true
}

// shrink cuts as long as the violation stays.
func (s specimen) shrink(key, dir string) specimen {
	for again := true; again; {
		again = false
		for _, cut := range s.v.after.cuts() {
			smaller := s
			smaller.v.after = s.v.after.clone()
			cut(smaller.v.after)
			smaller.v.before = smaller.v.after
			if s.v.before != s.v.after {
				smaller.v.before = s.v.before.clone()
				cut(smaller.v.before)
			}
			if smaller.size() >= s.size() {
				continue
			}
			if _, ok := smaller.shows(key, dir); ok {
				s, again = smaller, true
			}
		}
	}
	return s
}

func (s specimen) size() int {
	n := 0
	for name, text := range s.v.after.files() {
		n += len(name) + len(text)
	}
	for name, text := range s.v.before.files() {
		n += len(name) + len(text)
	}
	return n
}

// TestShrink writes a small example of every kind of violation, with
// -oracle.shrink FOLDER.
func TestShrink(t *testing.T) {
	if *shrinkInto == "" {
		t.Skip("it writes examples with -oracle.shrink FOLDER")
	}
	done := map[string]bool{}
	for i := range uint64(*sites) {
		for _, s := range specimens(*seed + i) {
			change, err := s.v.build(s.kind, t.TempDir(), nil)
			if err != nil {
				continue
			}
			found := judgeChange(change)
			if s.kind == "" {
				change.After.Check, _ = check(s.v.after.files(), t.TempDir())
				found = judge(change.After)
			}
			for _, v := range found {
				if !done[v.key()] {
					done[v.key()] = true
					small := s.shrink(v.key(), t.TempDir())
					if err := small.write(v.key(), *seed+i, t.TempDir()); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
}

// specimens are the builds and the changes of one random site.
func specimens(seed uint64) []specimen {
	c := randomContent(seed)
	d := rand.New(rand.NewPCG(seed, 20))
	at := instants(d, c, 2)
	all := []specimen{
		{"", versions{"", c, c, at[0], at[0]}}, {"", versions{"", c, c, at[1], at[1]}},
		{"later", versions{"later", c, c, at[0], at[1]}},
	}
	for _, edit := range edits {
		if v, ok := edit.make(d, c, at[1]); ok {
			all = append(all, specimen{edit.kind, v})
		}
	}
	return all
}

// write writes a specimen as an archive: what is wrong, then the content.
func (s specimen) write(key string, seed uint64, dir string) error {
	v, ok := s.shows(key, dir)
	if !ok {
		return fmt.Errorf("%s: the smallest example does not show it", key)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "law %s\nplace: %s\nsays: %s\nshould: %s\n", key, v.File, v.Says, v.Should)
	fmt.Fprintf(&text, "build: allclear build --content content --output OUT --now %s\n", s.v.afterNow.UTC().Format(time.RFC3339))
	if s.kind != "" {
		fmt.Fprintf(&text, "after a build of before/content --now %s (%s: %s)\n", s.v.beforeNow.UTC().Format(time.RFC3339), s.kind, s.v.what)
	}
	fmt.Fprintf(&text, "seed: %d\n\n", seed)
	archive := &txtar.Archive{Comment: []byte(text.String())}
	add := func(folder string, files map[string]string) {
		var names []string
		for name := range files {
			names = append(names, name)
		}
		sort.Strings(names)
		for _, name := range names {
			archive.Files = append(archive.Files, txtar.File{Name: folder + name, Data: []byte(files[name])})
		}
	}
	add("content/", s.v.after.files())
	if s.v.before != s.v.after {
		add("before/content/", s.v.before.files())
	}
	name := strings.NewReplacer(": ", "-", " ", "-", "%", "percent", "'", "", "(", "", ")", "", ",", "").Replace(key)
	return os.WriteFile(filepath.Join(*shrinkInto, "law-"+name+".txtar"), txtar.Format(archive), 0o666)
}
