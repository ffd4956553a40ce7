// Package tree opens a folder for whoever goes through thousands of files in
// it. Nothing that it is asked for leads out of the folder: it asks an
// [os.Root], which opens every folder on a path's way anew, each time. So it
// holds the last few of those folders open, and starts from there.
//
// As with os.Root, a symlink that stays inside is followed; whoever wants none
// looks at every component of a path with Lstat, from the top, before using
// the path. A folder that is held is the one that was looked at, even where
// another was put in its place since.
package tree

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
)

const (
	// mostHeld bounds the folders that are held open.
	mostHeld = 16
	// worthHolding is how many paths in a folder, one after the other, make
	// it worth holding. The folder above is held at the first, since a site
	// has many folders of a single file.
	worthHolding = 4
)

// Root is an open folder. Paths are below it, and slash-separated. It is safe
// for concurrent use, as long as no folder on the way of a path is removed or
// renamed meanwhile.
type Root struct {
	root *os.Root

	mutex  sync.Mutex
	held   []held // the one held longest first
	folder string // of the path before
	run    int    // of paths in that folder
}

// held is a folder that is held open.
type held struct {
	name string // below the root; "" for the root itself
	root *os.Root
}

// Open opens a folder; dir may be a symlink to one.
func Open(dir string) (*Root, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Root{root: root}, nil
}

// Name is the folder as it was given to Open.
func (r *Root) Name() string { return r.root.Name() }

// Close closes the folder. What was opened in it stays open.
func (r *Root) Close() error {
	r.Rest()
	return r.root.Close()
}

// Rest closes the folders that are held, which are opened again where they
// are needed.
func (r *Root) Rest() { r.letGo("") }

// Lstat is as that of [os.Root].
func (r *Root) Lstat(name string) (info fs.FileInfo, err error) {
	err = r.in(name, func(folder *os.Root, rest string) error {
		info, err = folder.Lstat(rest)
		return err
	})
	return info, err
}

// Open opens a file or folder for reading.
func (r *Root) Open(name string) (*os.File, error) { return r.OpenFile(name, os.O_RDONLY, 0) }

// OpenFile is as that of [os.Root], but opens a pipe that nobody writes to at
// once.
func (r *Root) OpenFile(name string, flag int, mode fs.FileMode) (file *os.File, err error) {
	err = r.in(name, func(folder *os.Root, rest string) error {
		// Package os tries this flag on every file that it opens without it,
		// and takes it back from all but pipes: four calls a file.
		file, err = folder.OpenFile(rest, flag|syscall.O_NONBLOCK, mode)
		if errors.Is(err, syscall.EAGAIN) { // another program has to let go of the file first
			file, err = folder.OpenFile(rest, flag, mode)
		}
		return err
	})
	return file, err
}

// Mkdir is as that of [os.Root].
func (r *Root) Mkdir(name string, mode fs.FileMode) error {
	return r.in(name, func(folder *os.Root, rest string) error { return folder.Mkdir(rest, mode) })
}

// Remove is as that of [os.Root].
func (r *Root) Remove(name string) error {
	r.letGo(name)
	return r.in(name, func(folder *os.Root, rest string) error { return folder.Remove(rest) })
}

// Rename is as that of [os.Root].
func (r *Root) Rename(from, to string) error {
	r.Rest() // by their names they may be other folders afterwards
	return r.root.Rename(from, to)
}

// in does something to a path from the nearest folder that is held. Its
// errors name the whole path.
func (r *Root) in(name string, do func(folder *os.Root, rest string) error) error {
	near := r.near(name)
	err := do(near.root, near.rest(name))
	if errors.Is(err, fs.ErrClosed) { // for another path, a moment ago
		err = do(r.root, name)
	}
	if wrapped := (*fs.PathError)(nil); errors.As(err, &wrapped) {
		wrapped.Path = name
	}
	return err
}

// near is the nearest folder above a path that is held, or becomes so.
func (r *Root) near(name string) held {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	folder := above(name)
	if r.run++; folder != r.folder {
		r.folder, r.run = folder, 1
	}
	wanted := folder
	if r.run < worthHolding {
		wanted = above(folder)
	}
	near := held{root: r.root}
	for _, h := range r.held {
		if len(h.name) > len(near.name) && within(folder, h.name) {
			near = h
		}
	}
	if len(near.name) >= len(wanted) {
		return near
	}
	// With the dot, what is no folder is not opened: a pipe would wait.
	root, err := near.root.OpenRoot(near.rest(wanted) + "/.")
	if err != nil {
		return near // what is wrong shows in what is done from here
	}
	if len(r.held) == mostHeld {
		r.held[0].root.Close()
		r.held = slices.Delete(r.held, 0, 1)
	}
	r.held = append(r.held, held{wanted, root})
	return r.held[len(r.held)-1]
}

// letGo closes a folder and those below it.
func (r *Root) letGo(name string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.held = slices.DeleteFunc(r.held, func(h held) bool {
		gone := within(h.name, name)
		if gone {
			h.root.Close()
		}
		return gone
	})
}

// rest is the way from the folder to a path below it.
func (h held) rest(name string) string {
	return strings.TrimPrefix(name[len(h.name):], "/")
}

// above is the folder that a path is in, "" for the root.
func above(name string) string {
	return name[:max(strings.LastIndexByte(name, '/'), 0)]
}

// within reports whether a path is a folder or below it.
func within(name, folder string) bool {
	rest, below := strings.CutPrefix(name, folder)
	return below && (folder == "" || rest == "" || rest[0] == '/')
}
