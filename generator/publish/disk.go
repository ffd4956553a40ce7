package publish

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
)

// disk is the file system of the output folder. Names are slash-separated and
// below the folder. It follows symlinks that stay inside, so its caller first
// looks at every component of a path with Lstat. It is an interface so that a
// test can fail, or kill its process, at each operation in turn.
type disk interface {
	Lstat(name string) (fs.FileInfo, error)
	Open(name string) (file, error)
	Create(name string) (file, error) // fails if the file exists
	Mkdir(name string) error
	MkdirAll(name string) error
	Rename(from, to string) error
	Remove(name string) error         // a file, or a folder that is empty
	RemoveAll(name string) error      // for the stage only; follows no symlink
	Writable(folder string) error     // an error if files can't be made and removed in the folder
	Mount(name string) (mount, error) // of a file or folder
	Sub(folder string) (disk, error)  // the folder as a disk of its own
	SyncFolder(name string) error     // waits until the names in the folder survive a loss of power
	Close() error
}

// mount identifies a mounted file system, which a rename can't leave. Some
// systems know no id.
type mount struct{ device, id uint64 }

// file is an open file or folder.
type file interface {
	fs.ReadDirFile
	io.ReaderAt
	io.Writer
	Sync() error // waits until what was written survives a loss of power
}

// rootDisk is the disk that builds use.
type rootDisk struct{ *os.Root }

func (d rootDisk) Mkdir(name string) error    { return d.Root.Mkdir(name, 0o777) }
func (d rootDisk) MkdirAll(name string) error { return d.Root.MkdirAll(name, 0o777) }

func (d rootDisk) Open(name string) (file, error) {
	return opened(openFile(d.Root, name, os.O_RDONLY))
}

func (d rootDisk) Create(name string) (file, error) {
	return opened(openFile(d.Root, name, os.O_WRONLY|os.O_CREATE|os.O_EXCL))
}

func (d rootDisk) Writable(folder string) error {
	f, err := openFile(d.Root, folder, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer f.Close()
	return writable(f)
}

func (d rootDisk) Mount(name string) (mount, error) {
	f, err := openFile(d.Root, name, os.O_RDONLY)
	if err != nil {
		return mount{}, err
	}
	defer f.Close()
	return mountOf(f)
}

func (d rootDisk) Sub(folder string) (disk, error) {
	root, err := d.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	return rootDisk{root}, nil
}

func (d rootDisk) SyncFolder(name string) error {
	f, err := openFile(d.Root, name, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer f.Close()
	return syncFolder(f)
}

// openFile opens a file with O_NONBLOCK, so that a pipe without a writer
// can't keep a build waiting. Package os tries that flag anyway, and removes it
// again for all but pipes, which costs four more system calls per file.
func openFile(root *os.Root, name string, flag int) (*os.File, error) {
	f, err := root.OpenFile(name, flag|syscall.O_NONBLOCK, 0o666)
	if errors.Is(err, syscall.EAGAIN) { // another program holds a lease on the file, and has to end it first
		return root.OpenFile(name, flag, 0o666)
	}
	return f, err
}

// opened returns a nil interface for a file that could not be opened, not an
// interface that holds nil.
func opened(f *os.File, err error) (file, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

// readFolder lists a folder in order of names.
func readFolder(d disk, name string) ([]fs.DirEntry, error) {
	f, err := d.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}
