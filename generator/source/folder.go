package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"allclear/generator/diag"
	"allclear/generator/parallel"
)

var ruleSymlink = rules.Declare(diag.Rule{
	Code:  "symlink",
	Title: "Nothing in the content folder is a symlink",
	Why:   "A symlink can point outside the folder, so a pull request could publish any file of the computer that builds the site.",
})

var ruleSpecialFile = rules.Declare(diag.Rule{
	Code:  "special-file",
	Title: "The content folder contains only regular files and folders",
	Why:   "Reading a device or a pipe can hang a build forever.",
})

var ruleUnreadable = rules.Declare(diag.Rule{
	Code:  "unreadable",
	Title: "Every file in the content folder can be read",
	Why:   "If a file were skipped, its incident would be missing from the page.",
})

var ruleSiteMissing = rules.Declare(diag.Rule{
	Code:  "site-missing",
	Title: "The content folder has a site.yaml",
	Why:   "It has the site's title, URL and components.",
})

// Folder is a listed content folder: it has the names of the files, not their
// text. The folder is open until Close.
type Folder struct {
	Name    string  // as the user typed it, slash-separated: content
	Site    *Entry  // site.yaml, nil if there is none
	Entries []Entry // the Markdown files, in order of path
	Static  []Static
	Now     time.Time // for hints; may be zero

	root    *os.Root
	folders []*os.Root // of Entries, at most maxFolders
	changes Changes
}

// maxFolders is how many folders of documents are kept open while their files
// are read. Without that, each file costs six more system calls.
const maxFolders = 64

// Entry is a Markdown file of a content folder, or its site.yaml.
type Entry struct {
	Path     string      // below the content folder, slash-separated
	Folder   string      // incidents, maintenance or announcements; "" for site.yaml
	ID       string      // from the file's name; "" if the name is not a valid id, which is an error
	Language string      // of a translation, the language in the file's name; else ""
	Info     fs.FileInfo // of the file when it was listed; not a symlink's target

	folder *os.Root // that the file is in; nil if it is not kept open
	text   []byte   // in place of that on the disk; nil if there is none
}

// Open lists a content folder; dir may be a symlink to one. The list has a
// diagnostic for every file that can't be read or is not allowed, in order of
// path. The error is for a folder that can't be opened.
func Open(dir string) (*Folder, diag.List, error) { return OpenChanged(dir, nil) }

// OpenChanged is Open for a folder as it would be after some changes.
func OpenChanged(dir string, changes Changes) (*Folder, diag.List, error) {
	root, err := openFolder(dir)
	if err != nil {
		return nil, nil, err
	}
	f := &Folder{Name: path.Clean(filepath.ToSlash(dir)), root: root, changes: changes}
	w := walker{Folder: f}
	if err := w.walk(); err != nil {
		f.Close()
		return nil, nil, folderError(dir, err)
	}
	w.change()
	return f, w.found, nil
}

// Close closes the folder. Static files can still be opened afterwards.
func (f *Folder) Close() error {
	for _, folder := range f.folders {
		folder.Close()
	}
	return f.root.Close()
}

// Read reads a content folder with all its documents. The list has every
// diagnostic of the files, in order of path. The error is for a folder that
// can't be opened.
func Read(dir string) (*Content, diag.List, error) {
	folder, found, err := Open(dir)
	if err != nil {
		return nil, nil, err
	}
	defer folder.Close()
	c := &Content{Name: folder.Name, Static: folder.Static}
	if folder.Site != nil {
		document, problems := folder.Read(*folder.Site)
		c.Site = document
		found.Add(problems...)
	}
	documents := make([]*Document, len(folder.Entries))
	problems := make([]diag.List, len(folder.Entries))
	parallel.Each(len(folder.Entries), func(i int) {
		documents[i], problems[i] = folder.Read(folder.Entries[i])
	})
	for i, d := range documents {
		found.Add(problems[i]...)
		if d != nil {
			c.Documents = append(c.Documents, d)
		}
	}
	return c, found.Sorted(), nil
}

func openFolder(dir string) (*os.Root, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, folderError(dir, err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is a file, not a folder; set the content folder with --content", dir)
	}
	resolved, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, folderError(dir, err)
	}
	root, err := os.OpenRoot(resolved)
	if err != nil {
		return nil, folderError(dir, err)
	}
	return root, nil
}

func folderError(dir string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		if _, inside := os.Stat(siteFile); inside == nil && !filepath.IsAbs(dir) {
			return fmt.Errorf("there is no content folder %q here, and this folder is one; go up a folder, or add --content .: %w", dir, fs.ErrNotExist)
		}
		return fmt.Errorf("there is no content folder %q; set it with --content, or make a new site with `allclear init`: %w", dir, fs.ErrNotExist)
	}
	return fmt.Errorf("the content folder %q can't be opened: %w; set another one with --content", dir, diag.Reason(err))
}

// Read reads and parses one file of the folder. The document is nil if the
// file can't be used; the list says why. It is safe for concurrent use.
func (f *Folder) Read(e Entry) (*Document, diag.List) {
	name := path.Join(f.Name, e.Path)
	root, below := f.root, e.Path
	if e.folder != nil {
		root, below = e.folder, path.Base(e.Path)
	}
	raw, err := e.text, error(nil)
	if raw == nil {
		raw, err = readFile(root, below, e.Info)
	}
	if err != nil {
		return nil, diag.List{Unreadable(name, err)}
	}
	document, found := parse(name, e.Folder, raw, f.Now)
	if document == nil || e.Folder != "" && e.ID == "" {
		return nil, found
	}
	document.Path, document.ID, document.Language = e.Path, e.ID, e.Language
	return document, found
}

// Unreadable reports a file of the content folder that can't be read.
func Unreadable(name string, err error) diag.Diagnostic {
	hint := "run allclear again; if it still can't be read, replace the file"
	if errors.Is(err, fs.ErrPermission) {
		hint = "give the user who builds the site permission to read it"
	}
	return ruleUnreadable.At(diag.Position{File: name}, "can't be read: %v", diag.Reason(err)).WithHint("%s", hint)
}

// readFile reads a listed regular file, but no more than MaxFile+1 bytes.
func readFile(root *os.Root, path string, listed fs.FileInfo) ([]byte, error) {
	file, info, err := openRegular(root, path, listed)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	size := info.Size()
	if size > MaxFile {
		return make([]byte, MaxFile+1), nil
	}
	raw := make([]byte, 0, size+1)
	for len(raw) <= MaxFile {
		if len(raw) == cap(raw) {
			raw = slices.Grow(raw, 4096)
		}
		n, err := file.Read(raw[len(raw):cap(raw)])
		raw = raw[:len(raw)+n]
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return raw, nil
}

// openRegular opens a file for reading if it is a regular file and not a
// symlink. If it is not the listed file any more, it is listed again, since
// editors replace a file when they save it. O_NONBLOCK keeps a pipe that has
// replaced the file from blocking the build. With O_NONBLOCK, opening a file
// that another program has leased fails with EAGAIN, so that file is opened
// again without it, which waits for the other program.
func openRegular(root *os.Root, path string, listed fs.FileInfo) (*os.File, fs.FileInfo, error) {
	file, err := root.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if errors.Is(err, syscall.EAGAIN) {
		file, err = root.OpenFile(path, os.O_RDONLY, 0)
	}
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && !os.SameFile(listed, info) {
		if listed, err = root.Lstat(path); err == nil && !os.SameFile(listed, info) {
			err = errors.New("the file was replaced while it was opened")
		}
	}
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

// Excerpts fills in the part of the line that each diagnostic points to, for
// files of this folder. It reads those files again.
func (f *Folder) Excerpts(l diag.List) diag.List {
	files := map[string]*File{}
	for i, d := range l {
		if d.Excerpt != "" || d.Position.Line == 0 {
			continue
		}
		file, read := files[d.Position.File]
		if !read {
			below := strings.TrimPrefix(d.Position.File, f.Name+"/")
			if raw, changed := f.changes[below]; changed {
				file, _ = newFile(d.Position.File, raw)
			} else if raw, err := readBelow(f.root, below); err == nil {
				file, _ = newFile(d.Position.File, raw)
			}
			files[d.Position.File] = file
		}
		if file != nil {
			l[i] = d.WithExcerpt(file.Line(d.Position.Line))
		}
	}
	return l
}
