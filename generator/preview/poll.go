package preview

import (
	"context"
	"crypto/sha256"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// pollInterval is the time between two looks at all files.
const pollInterval = 500 * time.Millisecond

// youth is for how many looks a changed file is read whole: a disk whose
// times are whole seconds may show a second change with the time of the first.
const youth = 5

// poll looks at every file at an interval, and sends the names of those that
// are new, gone or different, until ctx ends.
func poll(ctx context.Context, roots []root, every time.Duration, changes chan<- string, watching func()) {
	seen := look(roots, nil)
	watching()
	timer := time.NewTimer(every)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		now := look(roots, seen)
		for name, mark := range now {
			if old, ok := seen[name]; (!ok || !mark.same(old)) && !send(ctx, changes, name) {
				return
			}
		}
		for name := range seen {
			if _, ok := now[name]; !ok && !send(ctx, changes, name) {
				return
			}
		}
		seen = now
		timer.Reset(every)
	}
}

// mark is what tells a file from what it was.
type mark struct {
	mode  fs.FileMode
	size  int64
	time  time.Time
	hash  [sha256.Size]byte // of a young file
	young int               // looks for which it is still read
}

// same compares contents only where both looks have read them.
func (m mark) same(old mark) bool {
	var unread [sha256.Size]byte
	return m.sameOutside(old) && (m.hash == old.hash || m.hash == unread || old.hash == unread)
}

// sameOutside compares what can be told without reading. A folder's size and
// time say nothing that its files don't.
func (m mark) sameOutside(old mark) bool {
	if m.mode.Type() != old.mode.Type() {
		return false
	}
	return m.mode.IsDir() || m.size == old.size && m.time.Equal(old.time)
}

// look marks everything below the roots, by name; old is the last look.
func look(roots []root, old map[string]mark) map[string]mark {
	marks := map[string]mark{}
	for _, r := range roots {
		real, info := r.folder()
		if info == nil {
			continue
		}
		_ = filepath.WalkDir(real, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return nil // gone again, or unreadable: the build says so
			}
			below, err := filepath.Rel(real, path)
			if err != nil {
				return err
			}
			name := r.name
			if below != "." {
				name += "/" + filepath.ToSlash(below)
			}
			if below != "." && ignored(name) {
				if entry.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if info, err := entry.Info(); err == nil {
				marks[name] = marked(path, info, old, name)
			}
			return nil
		})
	}
	return marks
}

func marked(path string, info fs.FileInfo, old map[string]mark, name string) mark {
	m := mark{mode: info.Mode(), size: info.Size(), time: info.ModTime()}
	last, ok := old[name]
	switch {
	case old == nil || !m.mode.IsRegular():
		return m
	case !ok || !m.sameOutside(last):
		m.young = youth
	case last.young > 0:
		m.young = last.young - 1
	default:
		return m
	}
	m.hash = hash(path)
	return m
}

// hash is zero for a file that can't be read.
func hash(path string) (sum [sha256.Size]byte) {
	file, err := os.Open(path)
	if err != nil {
		return sum
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return sum
	}
	return [sha256.Size]byte(h.Sum(nil))
}
