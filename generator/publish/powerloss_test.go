package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

var errPowerLoss = errors.New("no power")

// powerLoss is a disk that loses power before a change to it: what was written and
// not synced is lost, and only the names of the files are left.
type powerLoss struct {
	sync.Mutex
	dir      string
	at       int // the number of the change, from 1
	count    int
	unsynced map[string]fs.FileInfo // by the path at which each file was made
}

func (p *powerLoss) before(op operation) error {
	p.Lock()
	defer p.Unlock()
	if op.changes {
		p.count++
	}
	if p.count >= p.at {
		return errPowerLoss
	}
	return nil
}

func (p *powerLoss) after(op operation) {
	p.Lock()
	defer p.Unlock()
	switch op.name {
	case "create":
		if info, err := os.Lstat(filepath.Join(p.dir, op.path)); err == nil {
			p.unsynced[op.path] = info
		}
	case "sync":
		delete(p.unsynced, op.path)
	}
}

// lose empties the files that were not synced, wherever they are now, and returns
// their paths.
func (p *powerLoss) lose(t *testing.T) []string {
	t.Helper()
	var lost []string
	err := filepath.WalkDir(p.dir, func(at string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		for _, other := range p.unsynced {
			if os.SameFile(info, other) {
				name, _ := filepath.Rel(p.dir, at)
				lost = append(lost, filepath.ToSlash(name))
				return os.Truncate(at, 0)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lost
}

// TestALossOfPowerAtAnyChangeIsRepaired takes the power away before each change. With
// Sync, no file of the site is ever empty.
func TestALossOfPowerAtAnyChangeIsRepaired(t *testing.T) {
	for _, c := range changes() {
		for _, synced := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, synced %t", c.name, synced), func(t *testing.T) {
				t.Parallel()
				lostAny := false
				for n := 1; ; n++ {
					lost, again := c.losePowerAt(t, n, synced)
					lostAny = lostAny || len(lost) > 0
					if t.Failed() {
						t.Fatalf("at change %d", n)
					}
					if !again {
						break
					}
				}
				if !synced && !lostAny && c.before == nil {
					t.Error("no file was ever lost, so the test shows nothing")
				}
			})
		}
	}
}

// losePowerAt returns the files of the site that were lost, and whether the build
// was not done yet.
func (c change) losePowerAt(t *testing.T, n int, synced bool) (lost []string, again bool) {
	dir := filepath.Join(t.TempDir(), "public")
	defer os.RemoveAll(dir) // there are hundreds of these
	if c.before != nil {
		mustPublish(t, dir, c.before)
	}
	target, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	power := &powerLoss{dir: dir, at: n, unsynced: map[string]fs.FileInfo{}}
	target.disk = &faultyDisk{disk: target.disk, before: power.before, after: power.after}
	target.Sync = synced
	_, err = target.Publish(c.after.output())
	target.Close()
	if again = power.count >= n; again && !errors.Is(err, errPowerLoss) && err == nil {
		t.Error("the build went on without power")
	}
	if _, err := os.Stat(dir); err != nil {
		return nil, again // the folder was made for nothing
	}
	for _, name := range power.lose(t) {
		if !inState(name) {
			lost = append(lost, name)
		} else if name == ownedFile {
			t.Error("the list of owned files is lost")
		}
	}
	if synced && len(lost) > 0 {
		t.Errorf("lost: %q", lost)
	}
	if len(lost) == 0 {
		c.checkBetween(t, dir)
	}
	mustPublish(t, dir, c.after)
	expect(t, dir, c.after.published())
	return lost, again
}

// TestFilesThatWereCutOffAreRepaired damages what a build wrote, as a disk does that
// lost power, the list of owned files too.
func TestFilesThatWereCutOffAreRepaired(t *testing.T) {
	site := files{"index.html": "home", "api/v2/status.json": "{}\n", "assets/style.css": strings.Repeat("a { color: red }\n", 5000)}
	for i := range 20 {
		site[fmt.Sprintf("incidents/%d/index.html", i)] = strings.Repeat(fmt.Sprintf("page %d\n", i), i*i)
	}
	dir := t.TempDir()
	mustPublish(t, dir, site)
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 1))
		var damaged []string
		for _, name := range slices.Sorted(maps.Keys(site.with(files{ownedFile: ""}))) {
			if random.IntN(3) > 0 {
				continue
			}
			at := filepath.Join(dir, name)
			text, err := os.ReadFile(at)
			if err != nil {
				t.Fatal(err)
			}
			size := random.IntN(len(text) + 1)
			text = text[:size*random.IntN(2)] // nothing, or a part
			if random.IntN(4) == 0 && name == ownedFile {
				text = append(text, bytes.Repeat([]byte{0}, 100)...)
			}
			if err := os.WriteFile(at, text, 0o666); err != nil {
				t.Fatal(err)
			}
			damaged = append(damaged, fmt.Sprintf("%s to %d bytes", name, len(text)))
		}
		if _, err := publish(dir, site); err != nil {
			t.Fatalf("seed %d: after cutting off %q: %v", seed, damaged, err)
		}
		if expect(t, dir, site.published()); t.Failed() {
			t.Fatalf("seed %d: after cutting off %q", seed, damaged)
		}
	}
}

func TestADamagedListStillProtectsWhatTheSiteDoesNotNeed(t *testing.T) {
	for _, damage := range []string{"", "index.ht", "index.html\nass", "index.html\n\x00\x00\x00"} {
		dir := t.TempDir()
		mustPublish(t, dir, small)
		write(t, dir, files{ownedFile: damage, "index.html": "", "assets/style.css": "", "mine.txt": "mine"})
		mustPublish(t, dir, small)
		expect(t, dir, small.published().with(files{"mine.txt": "mine"}))
	}
}

func TestAFileThatIsNoBeginningOfOursIsForeignAlsoAfterTheListsEnd(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, files{"index.html": "home"})
	write(t, dir, files{"zebra.txt": "mine"})
	refused(t, dir, files{"index.html": "home", "zebra.txt": "ours"}, "zebra.txt", "did not write")
}
