package generator_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"allclear/generator"
	"allclear/generator/check"
	"allclear/generator/compose"
	"allclear/generator/importer"
	"allclear/generator/importer/cstate"
	"allclear/generator/importer/statuspage"
	"allclear/generator/source"
	"allclear/generator/status"
	"allclear/generator/testneed"
	"allclear/generator/testrepo"
	"allclear/generator/testsite"
)

// TestReadersSeeEachUpdateOnceInOrderOfPublication replays the history of a site as
// a flow of pull requests: its updates are committed with random lateness, merged
// and edited. After each commit, readers of three kinds read its feeds.
func TestReadersSeeEachUpdateOnceInOrderOfPublication(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "content")
	if err := testsite.Write(folder, 12); err != nil {
		t.Fatal(err)
	}
	replay(t, folder, testsite.Last.Add(24*time.Hour), 1)
}

// TestReadersOfTheCorpusSeeEachUpdateOnceInOrderOfPublication is the same for every
// recorded event. There are thousands of commits, so the readers come after every
// fourteenth on average, which is often enough that no feed has dropped an entry.
func TestReadersOfTheCorpusSeeEachUpdateOnceInOrderOfPublication(t *testing.T) {
	for _, recorded := range []string{
		"statuspage-github", "statuspage-samples/cloudflare-summary.json", "statuspage-samples/bexio-summary.json",
		"statuspage-samples/atlassian_docs_example-incidents.json", "cstate-jenkins", "statuskit-agrc", "clearstatus-xrel",
	} {
		t.Run(recorded, func(t *testing.T) {
			from := testneed.Corpus(t, recorded)
			o := importer.Options{Content: filepath.Join(t.TempDir(), "content"), Now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)}
			var err error
			if strings.HasPrefix(recorded, "statuspage") {
				err = statuspage.Import(from, o, &importer.Report{})
			} else {
				_, err = cstate.Import(from, o)
			}
			if err != nil {
				t.Fatal(err)
			}
			replay(t, o.Content, o.Now, 14)
		})
	}
}

// replay replays the events of a content folder. The readers come after at most
// twice as many commits less one, and on average after every one of so many.
func replay(t *testing.T, folder string, end time.Time, every int) {
	content, _, err := source.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	site, found := check.Site(content, check.Options{Now: end, Pinned: true})
	if found.HasErrors() {
		t.Fatal(found)
	}
	settings, err := os.ReadFile(filepath.Join(folder, "site.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	changes := publications(random, site.Events)
	repo := testrepo.New(t, t.TempDir())
	commits := commitAll(repo, random, string(settings)+"\nprovenance: git\n", changes)

	session := generator.NewSession(generator.Options{Content: filepath.Join(repo.Dir, "content"), Theme: os.DirFS("../themes/default"), Pinned: true, Git: true})
	readers := []*reader{{name: "one that keeps the newest date"}, {name: "one that keeps ids"}, {name: "gofeed"}}
	var last *generator.Result
	var written []string
	next := 0
	for i, c := range commits {
		repo.Write(c.files)
		for name := range c.files {
			written = append(written, name)
		}
		if i < next && i+1 < len(commits) {
			continue
		}
		next = i + 1 + random.IntN(2*every-1)
		repo.Write(map[string]string{".git/refs/heads/main": c.id + "\n"})
		result, err := session.Rebuild(c.at, written)
		if err != nil || result.Output == nil {
			t.Fatalf("commit %d: %v %v", i, err, result.Diagnostics)
		}
		last, written = result, nil
		readFeeds(t, result, readers)
	}
	expectAllRead(t, last, readers)
}

// publication is one change of an event's file: it says the first n updates, and
// one of them may be edited.
type publication struct {
	at     time.Time
	event  *status.Event
	n      int
	edited int // the index of an update; -1 for none
}

// publications are the changes of all events, in order of time. The updates of an
// event are published in their order; of different events, in any.
func publications(random *rand.Rand, events []*status.Event) []publication {
	var all []publication
	for _, e := range events {
		var at time.Time
		for i, u := range e.Updates {
			if late := u.At.Add(lateness(random)); late.After(at) {
				at = late
				all = append(all, publication{at, e, i + 1, -1})
			} else { // in the same commit
				all[len(all)-1].n++
			}
		}
		if random.IntN(5) == 0 {
			all = append(all, publication{at.Add(time.Duration(1+random.IntN(72)) * time.Hour), e, len(e.Updates), random.IntN(len(e.Updates))})
		}
	}
	slices.SortStableFunc(all, func(a, b publication) int { return a.at.Compare(b.at) })
	return all
}

// lateness is mostly some minutes, sometimes hours or a day.
func lateness(random *rand.Rand) time.Duration {
	most := 10 * time.Minute
	switch random.IntN(10) {
	case 0:
		return 0
	case 1, 2, 3:
		most = 2 * time.Hour
	case 4:
		most = 24 * time.Hour
	}
	return time.Duration(random.Int64N(int64(most))).Truncate(time.Second)
}

// file is the event's file after the change.
func (p publication) file() (name, text string) {
	e := *p.event
	e.Updates, e.Related, e.Imported, e.HoldBack = slices.Clone(e.Updates[:p.n]), nil, false, false
	if p.edited >= 0 {
		u := &e.Updates[p.edited]
		u.Text.Markdown = strings.TrimSpace(u.Text.Markdown + "\n\nA word was corrected.")
	}
	if e.Ended.After(e.Updates[p.n-1].At) {
		e.Ended = time.Time{}
	}
	return "content/" + strings.TrimSuffix(e.Path(), "/") + ".md", string(compose.File(&e))
}

// commit is one on the main branch.
type commit struct {
	id    string
	at    time.Time
	files map[string]string
}

// commitAll commits changes, some alone, some as a branch with a commit for each
// that is merged with the last.
func commitAll(repo *testrepo.Repo, random *rand.Rand, settings string, changes []publication) []commit {
	commits := []commit{{at: changes[0].at.Add(-time.Hour), files: map[string]string{"content/site.yaml": settings}}}
	var stream strings.Builder
	write := func(branch string, mark int, at time.Time, parents string, files map[string]string) {
		fmt.Fprintf(&stream, "commit refs/heads/%s\nmark :%d\ncommitter Test <test@example.com> %d +0000\ndata 0\n%s", branch, mark, at.Unix(), parents)
		for _, name := range slices.Sorted(maps.Keys(files)) {
			fmt.Fprintf(&stream, "M 100644 inline %s\ndata %d\n%s\n", name, len(files[name]), files[name])
		}
	}
	write("main", 1, commits[0].at, "", commits[0].files)
	tip, mark := 1, 1
	for len(changes) > 0 {
		n := 1
		if random.IntN(6) == 0 {
			n = min(1+random.IntN(4), len(changes))
		}
		c := commit{at: changes[n-1].at, files: map[string]string{}}
		parents := fmt.Sprintf("from :%d\n", tip)
		for i, change := range changes[:n] {
			name, text := change.file()
			c.files[name] = text
			if n > 1 {
				from := tip
				if i > 0 {
					from = mark
				}
				mark++
				write("branch", mark, change.at, fmt.Sprintf("from :%d\n", from), map[string]string{name: text})
			}
		}
		if n > 1 {
			parents += fmt.Sprintf("merge :%d\n", mark)
		}
		mark++
		write("main", mark, c.at, parents, c.files)
		tip, changes = mark, changes[n:]
		commits = append(commits, c)
	}
	repo.Input(stream.String(), "fast-import", "--quiet")
	for i, id := range strings.Fields(repo.Git("rev-list", "--first-parent", "--reverse", "main")) {
		commits[i].id = id
	}
	return commits
}

// reader is a program that follows a feed, and the addresses of the entries that it
// has told its user of, in that order.
type reader struct {
	name   string
	told   []string
	newest time.Time
	ids    map[string]bool
}

// entry is an entry of a feed as a reader sees it.
type entry struct {
	id, url string
	at      time.Time
}

// tell tells the entries that are new to the reader, oldest first. One that goes by
// dates does not look at ids.
func (r *reader) tell(entries []entry, byDate bool) {
	if r.ids == nil {
		r.ids = map[string]bool{}
	}
	for _, e := range slices.Backward(entries) {
		isNew := !r.ids[e.id]
		if byDate {
			isNew = e.at.After(r.newest)
		}
		if isNew {
			r.told, r.newest, r.ids[e.id] = append(r.told, e.url), e.at, true
		}
	}
}

// readFeeds lets the readers read the feeds of a build.
func readFeeds(t *testing.T, result *generator.Result, readers []*reader) {
	t.Helper()
	var feed struct {
		Items []struct {
			ID, URL   string
			Published time.Time `json:"date_published"`
		}
	}
	if err := json.Unmarshal(written(t, result, "feed.json"), &feed); err != nil {
		t.Fatal(err)
	}
	var entries, parsed []entry
	for _, i := range feed.Items {
		entries = append(entries, entry{i.ID, i.URL, i.Published})
	}
	atom, err := gofeed.NewParser().Parse(bytes.NewReader(written(t, result, "history.atom")))
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range atom.Items {
		parsed = append(parsed, entry{i.GUID, i.Link, *i.PublishedParsed})
	}
	for i, e := range entries {
		if i > 0 && !e.at.Before(entries[i-1].at) {
			t.Errorf("%s of %s comes after %s of %s", e.url, e.at, entries[i-1].url, entries[i-1].at)
		}
		if !e.at.Equal(parsed[i].at) || e.url != parsed[i].url {
			t.Errorf("%s is of %s, and in Atom %s of %s", e.url, e.at, parsed[i].url, parsed[i].at)
		}
	}
	readers[0].tell(entries, true)
	readers[1].tell(entries, false)
	readers[2].tell(parsed, false)
}

func written(t *testing.T, result *generator.Result, path string) []byte {
	t.Helper()
	for _, route := range result.Output.Routes {
		if route.Path != path {
			continue
		}
		var b bytes.Buffer
		w := bufio.NewWriter(&b)
		if err := route.Write(w); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		return b.Bytes()
	}
	t.Fatalf("the site has no %s", path)
	return nil
}

// expectAllRead compares what readers have told with what was published. They may
// have told more: what the clock did, until a person said otherwise.
func expectAllRead(t *testing.T, result *generator.Result, readers []*reader) {
	t.Helper()
	published := map[string]time.Time{}
	for _, e := range result.Snapshot.Events {
		for _, u := range e.Updates {
			published[result.Site.Absolute(e.Path())+"#"+u.Anchor()] = u.Public()
		}
	}
	if len(published) == 0 {
		t.Fatal("nothing was published")
	}
	for _, r := range readers {
		times := map[string]int{}
		var before time.Time
		for _, url := range r.told {
			times[url]++
			if at, there := published[url]; there {
				if at.Before(before) {
					t.Errorf("%s: %s of %s comes after what was published at %s", r.name, url, at, before)
				}
				before = at
			}
		}
		for url := range published {
			if times[url] != 1 {
				t.Errorf("%s saw %s %d times", r.name, url, times[url])
			}
		}
	}
}
