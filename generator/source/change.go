package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
)

// Changes are new texts of Markdown files by path below the content folder, as
// [Entry] has it. A nil text stands for a file that is deleted.
type Changes map[string][]byte

// change makes the listed files those of the folder after its changes.
func (w *walker) change() {
	for name, text := range w.changes {
		w.Entries = slices.DeleteFunc(w.Entries, func(e Entry) bool { return e.Path == name })
		folder, _, _ := strings.Cut(name, "/")
		if text == nil || !slices.Contains(folders, folder) || !strings.HasSuffix(name, ".md") {
			continue
		}
		base, tag := cutLanguage(strings.TrimSuffix(path.Base(name), ".md"))
		e := Entry{Path: name, Folder: folder, ID: w.id(name, base), Language: tag, text: text}
		e.Info = changedInfo{name: path.Base(name), size: len(text)}
		i, _ := slices.BinarySearchFunc(w.Entries, name, func(e Entry, name string) int { return strings.Compare(e.Path, name) })
		w.Entries = slices.Insert(w.Entries, i, e)
	}
}

// changedInfo describes a file that is not on the disk.
type changedInfo struct {
	name string
	size int
}

func (i changedInfo) Name() string     { return i.name }
func (i changedInfo) Size() int64      { return int64(i.size) }
func (changedInfo) Mode() fs.FileMode  { return 0o644 }
func (changedInfo) ModTime() time.Time { return time.Time{} }
func (changedInfo) IsDir() bool        { return false }
func (changedInfo) Sys() any           { return nil }

// ReadText reads a file of a content folder byte for byte.
func ReadText(dir, name string) ([]byte, error) {
	root, err := openFolder(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	text, err := readBelow(root, name)
	if err == nil && len(text) > MaxFile {
		err = errors.New("it is larger than 1 MiB")
	}
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", path.Join(filepath.ToSlash(dir), name), diag.Reason(err))
	}
	return text, nil
}

func readBelow(root *os.Root, name string) ([]byte, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return nil, err
	}
	return readFile(root, name, info)
}

// ErrChanged means that a file is no longer what it was when it was read.
var ErrChanged = errors.New("another program has changed it meanwhile")

// WriteText gives a file of a content folder a new text, whole or not at all: a
// reader never sees a part of it, and a failure leaves the old text. The file must
// still have the old text, which is nil for a new file. A nil text deletes it.
func WriteText(dir, name string, old, text []byte) error {
	root, err := openFolder(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := writeBelow(root, name, old, text); err != nil {
		return fmt.Errorf("%s can't be written: %w", path.Join(filepath.ToSlash(dir), name), diag.Reason(err))
	}
	return nil
}

func writeBelow(root *os.Root, name string, old, text []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return err
	}
	if text == nil {
		if err := isStill(root, name, old); err != nil {
			return err
		}
		return root.Remove(name)
	}
	mode := fs.FileMode(0o666)
	if info, err := root.Lstat(name); err == nil {
		mode = info.Mode().Perm()
	}
	if mode&0o200 == 0 {
		return errors.New("it is read-only")
	}
	stage := path.Join(path.Dir(name), "."+path.Base(name)+".new")
	if err := root.Remove(stage); err != nil && !errors.Is(err, fs.ErrNotExist) { // of a write that was killed
		return err
	}
	err := writeNew(root, stage, text, mode)
	if err == nil {
		err = isStill(root, name, old)
	}
	if err == nil {
		err = root.Rename(stage, name)
	}
	if err != nil {
		_ = root.Remove(stage) // the error says what matters
	}
	return err
}

// isStill returns ErrChanged unless a file has a text, or is missing if it is nil.
func isStill(root *os.Root, name string, old []byte) error {
	now, err := readBelow(root, name)
	switch {
	case old == nil && errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case old == nil || !bytes.Equal(now, old):
		return ErrChanged
	}
	return nil
}

// writeNew writes a file to the disk, with its permissions.
func writeNew(root *os.Root, name string, text []byte, mode fs.FileMode) error {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err == nil && mode != 0o666 {
		err = file.Chmod(mode) // the umask may have taken some away
	}
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}
