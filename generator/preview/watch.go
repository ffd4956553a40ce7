package preview

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// everything, in place of a name, says that any file may have changed.
const everything = ""

// heartbeat is how often the roots themselves are looked at, since a folder
// that is deleted, renamed or replaced goes silent.
const heartbeat = 250 * time.Millisecond

// observe sends the name of whatever may have changed, until ctx ends. It
// calls watching when no change can be missed any more. Where the system
// gives no events, or no more of them, it looks at the files itself.
func (p *preview) observe(ctx context.Context, changes chan<- string, watching func()) {
	if !p.options.Poll {
		err := follow(ctx, p.roots, changes, watching)
		if err == nil {
			return
		}
		p.notes <- fmt.Sprintf("can't watch the files: %v; looking at all of them every %v instead", err, pollInterval)
	}
	poll(ctx, p.roots, pollInterval, changes, watching)
}

// errLost says that events were lost, or a root went away or came: what is
// watched has to be found out anew.
var errLost = errors.New("events were lost")

// follow sends the names in the system's events until ctx ends, then returns
// nil; any other end is an error.
func follow(ctx context.Context, roots []root, changes chan<- string, watching func()) error {
	for again := false; ; again = true {
		t, err := newTree(roots)
		if err != nil {
			return err
		}
		if again && !send(ctx, changes, everything) {
			return t.watcher.Close()
		}
		watching()
		err = t.follow(ctx, changes)
		if closed := t.watcher.Close(); err == nil {
			err = closed
		}
		if !errors.Is(err, errLost) {
			return err
		}
	}
}

// send reports whether ctx goes on.
func send(ctx context.Context, changes chan<- string, name string) bool {
	select {
	case changes <- name:
		return true
	case <-ctx.Done():
		return false
	}
}

// tree watches folders, never files: an editor that renames a new file over
// the old one would take the watch away with it.
type tree struct {
	watcher *fsnotify.Watcher
	roots   []watchedRoot
	folders map[string]bool // by path: those that have a watch
}

type watchedRoot struct {
	root
	real string      // root.path, symlinks resolved
	info fs.FileInfo // nil where it was missing
}

func newTree(roots []root) (*tree, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	t := &tree{watcher: watcher, folders: map[string]bool{}}
	for _, r := range roots {
		real, info := r.folder()
		t.roots = append(t.roots, watchedRoot{root: r, real: real, info: info})
		if info == nil {
			continue
		}
		if err := t.add(real, r.name); err != nil {
			watcher.Close()
			return nil, err
		}
	}
	return t, nil
}

func (t *tree) follow(ctx context.Context, changes chan<- string) error {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
			if t.moved() {
				return errLost
			}
		case err := <-t.watcher.Errors:
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				return errLost
			}
			return err
		case event := <-t.watcher.Events:
			name, err := t.take(event)
			if err != nil {
				return err
			}
			if name != "" && !send(ctx, changes, name) {
				return nil
			}
		}
	}
}

// moved reports whether a root is another folder than it was, or came, or went.
func (t *tree) moved() bool {
	for _, r := range t.roots {
		_, info := r.folder()
		if (info == nil) != (r.info == nil) || info != nil && !os.SameFile(info, r.info) {
			return true
		}
	}
	return false
}

// take keeps the watches in step with an event and returns the name to look
// at, "" for none.
func (t *tree) take(event fsnotify.Event) (string, error) {
	if event.Op == fsnotify.Chmod || event.Name == "" {
		return "", nil
	}
	name, isRoot := t.name(event.Name)
	if isRoot && (event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename)) {
		return "", errLost
	}
	if name == "" || isRoot || ignored(name) {
		return "", nil
	}
	if event.Has(fsnotify.Create) || event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename) {
		t.forget(event.Name)
	}
	if event.Has(fsnotify.Create) {
		return name, t.add(event.Name, name)
	}
	return name, nil
}

// name is a path as Session.Rebuild knows it, "" for one below no root.
func (t *tree) name(path string) (name string, isRoot bool) {
	for _, r := range t.roots {
		if path == r.real {
			return r.name, true
		}
		if below, ok := strings.CutPrefix(path, r.real+string(filepath.Separator)); ok {
			return r.name + "/" + filepath.ToSlash(below), false
		}
	}
	return "", false
}

// add watches a folder and every one below it; a file it leaves. A folder
// gets its watch before it is read: what comes later is an event, what came
// before is read, and whoever is told the folder's name looks at all of it.
func (t *tree) add(path, name string) error {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return nil // gone again, or a file
	}
	if err := t.watcher.Add(path); err != nil {
		return lasting(err)
	}
	t.folders[path] = true
	entries, err := os.ReadDir(path)
	if err != nil {
		return lasting(err)
	}
	for _, e := range entries {
		below := name + "/" + e.Name()
		if !e.IsDir() || ignored(below) {
			continue
		}
		if err := t.add(filepath.Join(path, e.Name()), below); err != nil {
			return err
		}
	}
	return nil
}

// lasting leaves the errors of a folder that is gone again, or that nobody
// may read, which the build reports.
func lasting(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOTDIR) {
		return nil
	}
	return err
}

// forget takes away the watches of a path and of all below it: those of a
// renamed folder would go on under the old path.
func (t *tree) forget(path string) {
	if !t.folders[path] {
		return
	}
	for folder := range t.folders {
		if folder == path || strings.HasPrefix(folder, path+string(filepath.Separator)) {
			_ = t.watcher.Remove(folder) // it may be gone with its folder
			delete(t.folders, folder)
		}
	}
}
