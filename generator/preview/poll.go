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

// pollInterval is the time between two scans of all files.
const pollInterval = 500 * time.Millisecond

// hashedScans is for how many scans a changed file is hashed: on a disk whose times
// are whole seconds a second change may have the time of the first.
const hashedScans = 5

// poll scans all files at an interval, and sends the names of those that are new,
// deleted or different, until ctx ends.
func poll(ctx context.Context, folders []watchedFolder, every time.Duration, changes chan<- string, watching func()) {
	before := scan(folders, nil)
	watching()
	timer := time.NewTimer(every)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		now := scan(folders, before)
		for name, f := range now {
			if old, ok := before[name]; (!ok || !f.same(old)) && !send(ctx, changes, name) {
				return
			}
		}
		for name := range before {
			if _, ok := now[name]; !ok && !send(ctx, changes, name) {
				return
			}
		}
		before = now
		timer.Reset(every)
	}
}

// fingerprint shows whether a file has changed.
type fingerprint struct {
	mode      fs.FileMode
	size      int64
	modified  time.Time
	hash      [sha256.Size]byte // zero if the file was not hashed
	hashScans int               // for how many more scans it is hashed
}

// same compares the contents only if both are hashed.
func (f fingerprint) same(old fingerprint) bool {
	var none [sha256.Size]byte
	return f.sameInfo(old) && (f.hash == old.hash || f.hash == none || old.hash == none)
}

// sameInfo compares everything but the contents. A folder's size and time don't
// matter, since its files are scanned too.
func (f fingerprint) sameInfo(old fingerprint) bool {
	return f.mode.Type() == old.mode.Type() && (f.mode.IsDir() || f.size == old.size && f.modified.Equal(old.modified))
}

// scan returns the fingerprints of all files and folders, by name. before is the
// last scan, nil for none.
func scan(folders []watchedFolder, before map[string]fingerprint) map[string]fingerprint {
	found := map[string]fingerprint{}
	for _, f := range folders {
		resolved, info := f.resolve()
		if info == nil {
			continue
		}
		_ = filepath.WalkDir(resolved, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return nil // it is gone again, or the build reports the error
			}
			below, err := filepath.Rel(resolved, path)
			if err != nil {
				return err
			}
			name := f.name
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
				found[name] = newFingerprint(path, info, before, name)
			}
			return nil
		})
	}
	return found
}

func newFingerprint(path string, info fs.FileInfo, before map[string]fingerprint, name string) fingerprint {
	f := fingerprint{mode: info.Mode(), size: info.Size(), modified: info.ModTime()}
	old, ok := before[name]
	switch {
	case before == nil || !f.mode.IsRegular():
		return f
	case !ok || !f.sameInfo(old):
		f.hashScans = hashedScans
	case old.hashScans > 0:
		f.hashScans = old.hashScans - 1
	default:
		return f
	}
	f.hash = hash(path)
	return f
}

// hash hashes a file. It is zero if the file can't be read.
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
