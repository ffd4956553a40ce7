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

// everything, instead of a name, means that any file may have changed.
const everything = ""

// folderInterval is how often the watched folders themselves are checked, since a
// folder that is deleted, renamed or replaced sends no events.
const folderInterval = 250 * time.Millisecond

// watch sends the names of files that may have changed, until ctx ends. It calls
// watching as soon as every later change will be noticed. If the system can't
// watch the files, it polls them.
func (p *preview) watch(ctx context.Context, changes chan<- string, watching func()) {
	if !p.options.Poll {
		err := watchEvents(ctx, p.folders, changes, watching)
		if err == nil {
			return
		}
		p.notes <- fmt.Sprintf("can't watch the files: %v; polling them every %v instead", err, pollInterval)
	}
	poll(ctx, p.folders, pollInterval, changes, watching)
}

// errLost means that events were lost, or that a watched folder was replaced: the
// watches have to be set up again.
var errLost = errors.New("events were lost")

// watchEvents sends the names in the system's events until ctx ends, and then
// returns nil.
func watchEvents(ctx context.Context, folders []watchedFolder, changes chan<- string, watching func()) error {
	for again := false; ; again = true {
		w, err := newWatcher(folders)
		if err != nil {
			return err
		}
		if again && !send(ctx, changes, everything) {
			return w.events.Close()
		}
		watching()
		err = w.run(ctx, changes)
		if closed := w.events.Close(); err == nil {
			err = closed
		}
		if !errors.Is(err, errLost) {
			return err
		}
	}
}

// send returns false if ctx ends first.
func send(ctx context.Context, changes chan<- string, name string) bool {
	select {
	case changes <- name:
		return true
	case <-ctx.Done():
		return false
	}
}

// watcher watches folders, never files: if an editor renames a new file over the
// old one, the old file's watch is gone.
type watcher struct {
	events  *fsnotify.Watcher
	roots   []watchedRoot
	watched map[string]bool // paths of the folders that have a watch
}

type watchedRoot struct {
	watchedFolder
	resolved string      // path with symlinks resolved
	info     fs.FileInfo // nil if the folder was missing
}

func newWatcher(folders []watchedFolder) (*watcher, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{events: events, watched: map[string]bool{}}
	for _, f := range folders {
		resolved, info := f.resolve()
		w.roots = append(w.roots, watchedRoot{f, resolved, info})
		if info == nil {
			continue
		}
		if err := w.add(resolved, f.name); err != nil {
			events.Close()
			return nil, err
		}
	}
	return w, nil
}

func (w *watcher) run(ctx context.Context, changes chan<- string) error {
	ticker := time.NewTicker(folderInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			if w.replaced() {
				return errLost
			}
		case err := <-w.events.Errors:
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				return errLost
			}
			return err
		case event := <-w.events.Events:
			name, err := w.handle(event)
			if err != nil {
				return err
			}
			if name != "" && !send(ctx, changes, name) {
				return nil
			}
		}
	}
}

// replaced reports whether a root was replaced, deleted or created.
func (w *watcher) replaced() bool {
	for _, r := range w.roots {
		_, info := r.resolve()
		if (info == nil) != (r.info == nil) || info != nil && !os.SameFile(info, r.info) {
			return true
		}
	}
	return false
}

// handle updates the watches after an event and returns the changed name, "" for
// none.
func (w *watcher) handle(event fsnotify.Event) (string, error) {
	if event.Op == fsnotify.Chmod || event.Name == "" {
		return "", nil
	}
	name, isRoot := w.name(event.Name)
	if isRoot && (event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename)) {
		return "", errLost
	}
	if name == "" || isRoot || ignored(name) {
		return "", nil
	}
	if event.Has(fsnotify.Create) || event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename) {
		w.remove(event.Name)
	}
	if event.Has(fsnotify.Create) {
		return name, w.add(event.Name, name)
	}
	return name, nil
}

// name is a path's name as in Session.Rebuild, "" for one outside the roots.
func (w *watcher) name(path string) (name string, isRoot bool) {
	for _, r := range w.roots {
		if path == r.resolved {
			return r.name, true
		}
		if below, ok := strings.CutPrefix(path, r.resolved+string(filepath.Separator)); ok {
			return r.name + "/" + filepath.ToSlash(below), false
		}
	}
	return "", false
}

// add watches a folder and every folder below it. It ignores a file. A folder is
// watched before it is read: a folder that is created earlier is read, one that is
// created later causes an event. A changed folder's name means everything below it.
func (w *watcher) add(path, name string) error {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return nil // it is gone again, or it is a file
	}
	if err := w.events.Add(path); err != nil {
		return lasting(err)
	}
	w.watched[path] = true
	entries, err := os.ReadDir(path)
	if err != nil {
		return lasting(err)
	}
	for _, e := range entries {
		below := name + "/" + e.Name()
		if !e.IsDir() || ignored(below) {
			continue
		}
		if err := w.add(filepath.Join(path, e.Name()), below); err != nil {
			return err
		}
	}
	return nil
}

// lasting drops the error of a folder that is gone again or can't be read; the
// build reports the latter.
func lasting(err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ENOTDIR) {
		return nil
	}
	return err
}

// remove removes the watches of a path and of everything below it. A renamed
// folder would keep its watches under the old path.
func (w *watcher) remove(path string) {
	if !w.watched[path] {
		return
	}
	for folder := range w.watched {
		if folder == path || strings.HasPrefix(folder, path+string(filepath.Separator)) {
			_ = w.events.Remove(folder) // its watch may be gone already
			delete(w.watched, folder)
		}
	}
}
