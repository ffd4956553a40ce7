// Package oracle holds every output of a built site against each other and
// against a model of its own, made from the content alone. It knows nothing of
// the generator's insides: it runs the command and reads files.
//
// Random content (random_test.go) is built at random instants, and again after
// an edit (edit_test.go). The model (model_test.go and beside it) says what is
// true, readers (page_test.go, selector_test.go, document_test.go) what the
// files say, and each law (law_test.go lists them) where the two differ. All
// that is taken for granted about markup is in selector_test.go.
//
//	go test ./generator/oracle                                  a hundred sites
//	go test ./generator/oracle -oracle.sites 2000 -oracle.seed 7000
//	go test ./generator/oracle -run TestShrink -oracle.sites 50 -oracle.shrink DIR
//
// The last one writes the smallest site that shows each kind of violation.
package oracle

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	sites  = flag.Int("oracle.sites", 100, "how many random sites TestOracle builds")
	seed   = flag.Uint64("oracle.seed", 1, "the seed of the first site; each further site's is one more")
	broken = flag.Bool("oracle.broken", false, "fail for what is known to be broken, too")
	keep   = flag.String("oracle.keep", "", "write the content of each first example into this folder")
	on     = flag.String("oracle.features", "", "features to turn on, by name and comma, or all")
)

// example is a violation with the site in which it was found.
type example struct {
	Violation
	seed  uint64
	now   time.Time
	what  string
	files map[string]string
}

// report collects violations by their kind.
type report struct {
	count    map[string]int
	examples map[string][]example
}

func (r *report) add(found []Violation, seed uint64, now time.Time, what string, files map[string]string) {
	for _, v := range found {
		key := v.key()
		r.count[key]++
		if len(r.examples[key]) < 3 {
			r.examples[key] = append(r.examples[key], example{v, seed, now, what, files})
		}
	}
}

func TestMain(m *testing.M) {
	flag.Parse()
	for name, feature := range features.names() {
		if *on == "all" || slices.Contains(strings.Split(*on, ","), name) {
			*feature = true
		}
	}
	os.Exit(m.Run())
}

// TestOracle builds random sites at random instants and holds them against
// every law.
func TestOracle(t *testing.T) {
	n := *sites
	if testing.Short() {
		n = min(n, 15)
	}
	t.Logf("%d sites from seed %d on; one alone: go test ./generator/oracle -run TestOracle -oracle.sites 1 -oracle.seed SEED", n, *seed)
	r := &report{map[string]int{}, map[string][]example{}}
	for i := range uint64(n) {
		if err := r.site(*seed+i, t.TempDir()); err != nil {
			t.Errorf("seed %d: %v", *seed+i, err)
		}
	}
	r.tell(t)
}

// site judges one random site.
func (r *report) site(seed uint64, dir string) error {
	c := randomContent(seed)
	d := rand.New(rand.NewPCG(seed, 20))
	at := instants(d, c, 2)
	before, err := build(c, at[0], dir)
	if err != nil {
		return err
	}
	after, err := build(c, at[1], dir)
	if err != nil {
		return err
	}
	if after.Check, err = check(c.files(), dir); err != nil {
		return err
	}
	r.add(judge(before), seed, at[0], "", c.files())
	r.add(judge(after), seed, at[1], "", c.files())
	later := &Change{Kind: "later", What: "from " + at[0].Format(time.RFC3339) + " on", Before: before, After: after}
	r.add(judgeChange(later), seed, at[1], later.What, c.files())
	edit := edits[d.IntN(len(edits))]
	v, ok := edit.make(d, c, at[1])
	for range 3 { // not every content can be edited in every way
		if ok {
			break
		}
		edit = edits[d.IntN(len(edits))]
		v, ok = edit.make(d, c, at[1])
	}
	if !ok {
		return nil
	}
	change, err := v.build(edit.kind, dir, after)
	if err != nil {
		return fmt.Errorf("%s: %w", v.what, err)
	}
	if change.After != after {
		r.add(judge(change.After), seed, v.afterNow, v.what, v.after.files())
	}
	r.add(judgeChange(change), seed, v.afterNow, v.what, v.after.files())
	return nil
}

// build builds both versions, but for one that has been built already.
func (v versions) build(kind, dir string, built *Build) (*Change, error) {
	one := func(c *Content, now time.Time) (*Build, error) {
		if built != nil && c == built.Content && now.Equal(built.Now) {
			return built, nil
		}
		return build(c, now, dir)
	}
	before, err := one(v.before, v.beforeNow)
	if err != nil {
		return nil, err
	}
	after, err := one(v.after, v.afterNow)
	if err != nil {
		return nil, err
	}
	return &Change{Kind: kind, What: v.what, Before: before, After: after}, nil
}

// tell fails for what is not known to be broken, and logs the rest.
func (r *report) tell(t *testing.T) {
	var keys []string
	for key := range r.count {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		reason, known := knownBroken[key]
		say := t.Errorf
		if known && !*broken {
			say = t.Logf
			t.Logf("skipped, known to be broken (%s): law %s, %d times", reason, key, r.count[key])
		}
		for i, e := range r.examples[key] {
			if known && !*broken && !testing.Verbose() {
				break
			}
			say("law %s, %d times, seed %d at %s: %s says %q; should be %s %s", key, r.count[key], e.seed, e.now.Format(time.RFC3339), e.File, e.Says, e.Should, e.what)
			if i == 0 && *keep != "" {
				dir := filepath.Join(*keep, strings.NewReplacer(": ", "-", " ", "-", "%", "", "'", "").Replace(key))
				if err := writeFolder(filepath.Join(dir, "content"), e.files); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for key := range knownBroken {
		if r.count[key] == 0 {
			t.Logf("not found any more: law %s; take its line out of knownBroken", key)
		}
	}
}

func TestContentIsReadAsItWasWritten(t *testing.T) {
	for i := range uint64(200) {
		c := randomContent(i)
		files := c.files()
		read, err := readContent(files)
		if err != nil {
			t.Fatalf("seed %d: %v", i, err)
		}
		again := read.files()
		for name, text := range files {
			if again[name] != text {
				t.Errorf("seed %d: %s\n%s\nwas read as\n%s", i, name, text, again[name])
			}
		}
	}
}
