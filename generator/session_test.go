package generator_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/testsite"
)

// resultFiles is everything in a result: files, diagnostics and the rest, by name.
func resultFiles(t testing.TB, r *generator.Result, err error) map[string]string {
	t.Helper()
	all := map[string]string{"banner": r.Banner}
	if err != nil {
		all["error"] = err.Error()
		return all
	}
	for i, d := range r.Diagnostics {
		all[fmt.Sprintf("diagnostic %03d", i)] = fmt.Sprint(d.Position, " ", d.Message, " ", d.Hint, " ", d.Excerpt)
	}
	if r.Output == nil {
		return all
	}
	all["next"] = fmt.Sprint(r.Snapshot.At, " ", r.Snapshot.Next, " ", r.Snapshot.NextPublic)
	all["headers"], all["redirects"] = fmt.Sprint(r.Output.Headers), fmt.Sprint(r.Output.Redirects)
	for i, route := range r.Output.Routes {
		var b bytes.Buffer
		if err := route.Write(&b); err != nil {
			t.Error(err)
		}
		all[route.Path] = fmt.Sprintf("%d, %d, %s\n%s", i, route.Kind, route.Origin, b.String())
	}
	return all
}

var seeds = flag.Int("seeds", 2, "how many random contents are tested")

// TestSessionEqualsAFreshCheckWhateverIsEdited compares each rebuild with a fresh
// check. It also reads each result again during the next rebuild, since results
// must not change.
//
//	go test ./generator -run SessionEquals -seeds 100
func TestSessionEqualsAFreshCheckWhateverIsEdited(t *testing.T) {
	seeds, steps := *seeds, 30
	if testing.Short() {
		seeds, steps = 1, 6 // each is a fresh check
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			n := newRandomContent(t, uint64(seed))
			o := generator.Options{
				Content: n.content, Drafts: seed%2 == 1, Pinned: seed%3 == 2, Theme: os.DirFS("../themes/default"),
			}
			session := generator.NewSession(o)
			equal := func(what string, want, got map[string]string) {
				t.Helper()
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("%s:\n%s\n%s", what, diff, strings.Join(n.log, "\n"))
				}
			}
			var last *generator.Result
			var lastFiles map[string]string
			good := 0
			for step := range steps {
				reread := make(chan map[string]string, 1)
				go func() {
					if last != nil {
						reread <- resultFiles(t, last, nil)
					}
					close(reread)
				}()
				result, err := session.Rebuild(n.now, n.changed)
				files := resultFiles(t, result, err)
				equal("an earlier result has changed (-then +now)", lastFiles, <-reread)
				o.Now = n.now
				fresh, err := generator.Check(o)
				equal("the session differs (-check +session)", resultFiles(t, fresh, err), files)
				if result.Output != nil {
					good++
				}
				last, lastFiles = result, files
				n.changed = []string{}
				n.logf("--- step %d", step)
				if result.Output == nil && n.chance(60) {
					n.repair()
				}
				for range 1 + n.random.IntN(2) {
					n.step()
				}
			}
			t.Logf("%d of %d sites were good", good, steps)
		})
	}
}

func TestSessionReadsAThemeAgainThatChanged(t *testing.T) {
	folder := t.TempDir()
	o := exampleOptions()
	o.Content = filepath.Join(folder, "content")
	if err := os.CopyFS(o.Content, os.DirFS("../content")); err != nil {
		t.Fatal(err)
	}
	session := generator.NewSession(o)
	if _, err := session.Rebuild(o.Now, nil); err != nil {
		t.Fatal(err)
	}
	style := filepath.Join(folder, "themes", "default", "static", "style.css")
	if err := os.MkdirAll(filepath.Dir(style), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(style, []byte("body{}"), 0o666); err != nil {
		t.Fatal(err)
	}
	result, err := session.Rebuild(o.Now, []string{"themes/default/static/style.css"})
	if got := resultFiles(t, result, err)["assets/style.css"]; !strings.HasSuffix(got, "\nbody{}") {
		t.Errorf("the style is %.60q", got)
	}
	template := filepath.Join(folder, "themes", "default", "templates", "index.html")
	if err := os.MkdirAll(filepath.Dir(template), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(template, []byte("{{.Nothing}}"), 0o666); err != nil {
		t.Fatal(err)
	}
	result, err = session.Rebuild(o.Now, []string{"themes"})
	if err != nil || !slices.ContainsFunc(result.Diagnostics, func(d diag.Diagnostic) bool { return d.Position.File == "themes/default/templates/index.html" }) {
		t.Errorf("a wrong template gives %v, %v", result.Diagnostics, err)
	}
}

func TestResultsOfUnchangedContentAreTheSame(t *testing.T) {
	n := newRandomContent(t, 1)
	n.oneLanguage = false
	n.settings() // in several languages
	n.put("static/one.txt", "one")
	n.put("announcements/notice.md", "---\ntitle: Notice\nfrom: 2026-05-01 10:00 UTC\n---\n\nText.\n")
	session := generator.NewSession(generator.Options{Content: n.content, Theme: os.DirFS("../themes/default")})
	rebuild := func(now time.Time, changed ...string) *generator.Result {
		t.Helper()
		result, err := session.Rebuild(now, append([]string{}, changed...))
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	read := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(n.content, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	event := strings.TrimPrefix(n.changed[0], "content/")
	last := rebuild(n.now)
	if last.Output == nil {
		t.Fatal("the site has errors")
	}
	for _, name := range []string{event, "site.yaml", "announcements/notice.md"} {
		text := read(name)
		n.put(name, text)
		if !rebuild(n.now, "content/"+name).Same(last) {
			t.Errorf("%s was saved without a change, and the result is not the same", name)
		}
		n.put(name, "broken")
		if rebuild(n.now, "content/"+name).Output != nil {
			t.Errorf("%s is broken, and there is an output", name)
		}
		n.put(name, strings.Replace(text, "title: ", "title: Other ", 1))
		other := rebuild(n.now, "content/"+name)
		if other.Output == nil || other.Same(last) {
			t.Errorf("%s has changed, and the result is the same", name)
		}
		last = other
	}
	if !rebuild(n.now.Add(time.Minute)).Same(last) {
		t.Error("a minute has passed, and the result is not the same")
	}
	for _, what := range []struct {
		now     time.Time
		changed []string
	}{
		{n.now.Add(24 * time.Hour), nil},
		{n.now.Add(24 * time.Hour), []string{"content/static/one.txt"}},
		{n.now.Add(24 * time.Hour), []string{"themes/default/static/style.css"}},
		{n.now.Add(24 * time.Hour), []string{"content"}},
	} {
		if slices.Contains(what.changed, "content/static/one.txt") {
			n.put("static/one.txt", "two")
		}
		other := rebuild(what.now, what.changed...)
		if other.Output == nil || other.Same(last) {
			t.Errorf("at %s, with %s changed, the output is the last one", what.now, what.changed)
		}
		last = other
	}
}

// TestASessionUsesNoMoreMemoryAfterManyRebuilds makes edits and reverts them, and
// compares the memory in use.
func TestASessionUsesNoMoreMemoryAfterManyRebuilds(t *testing.T) {
	content := filepath.Join(t.TempDir(), "content")
	if err := testsite.Write(content, 40); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(content, "incidents", "2025", "*.md"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	text, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	edited := "content/incidents/2025/" + filepath.Base(names[0])
	session := generator.NewSession(generator.Options{Content: content, Theme: os.DirFS("../themes/default")})
	now := testsite.Last
	rebuild := func(changed ...string) {
		if _, err := session.Rebuild(now, append([]string{}, changed...)); err != nil {
			t.Fatal(err)
		}
	}
	round := func(i int) {
		now = now.Add(time.Minute)
		errs := []error{os.WriteFile(names[0], fmt.Appendf(slices.Clone(text), "\nOnce more: %d.\n", i), 0o666)}
		rebuild(edited)
		errs = append(errs, os.WriteFile(names[0], []byte("broken"), 0o666))
		rebuild(edited)
		folder := fmt.Sprintf("incidents/x%d", i)
		errs = append(errs, os.WriteFile(names[0], text, 0o666), os.Mkdir(filepath.Join(content, folder), 0o777),
			os.WriteFile(filepath.Join(content, folder, fmt.Sprintf("new-%d.md", i)), text, 0o666))
		rebuild(edited, "content/"+folder)
		errs = append(errs, os.RemoveAll(filepath.Join(content, folder)))
		rebuild("content/" + folder)
		rebuild()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	inUse := func() float64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / 1e6
	}
	for i := range 10 {
		round(i)
	}
	before := inUse()
	rounds := 200
	if testing.Short() {
		rounds = 40
	}
	for i := range rounds {
		round(10 + i)
	}
	if after := inUse(); after > before*1.1+0.5 {
		t.Errorf("after %d rounds %.1f MB are in use, before %.1f MB", rounds, after, before)
	}
	runtime.KeepAlive(session)
}
