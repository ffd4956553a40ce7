package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/parallel"
	"allclear/generator/status"
	"allclear/generator/tree"
)

var ruleSymlink = &diag.Rule{
	Code:  "symlink",
	Title: "Nothing in the content folder is a symlink",
	Why:   "A link can lead out of the folder, and a pull request could publish any file of the machine that builds.",
}

var ruleSpecialFile = &diag.Rule{
	Code:  "special-file",
	Title: "The content folder holds regular files and folders alone",
	Why:   "Reading a device or a pipe can hang a build for ever.",
}

var ruleUnreadable = &diag.Rule{
	Code:  "unreadable",
	Title: "Every file in the content folder can be read",
	Why:   "A file left out in silence is an incident that nobody hears of.",
}

var ruleSiteMissing = &diag.Rule{
	Code:  "site-missing",
	Title: "The content folder has a site.yaml",
	Why:   "Without it nobody knows the site's name or its components.",
}

// Read reads a content folder; dir may itself be a symlink to one. Whatever
// is wrong inside is in the list, in order of path. The error is for a folder
// that can't be opened at all.
func Read(dir string) (*Content, diag.List, error) {
	return NewFolder(dir).Read(nil)
}

// Folder is a content folder that is read again and again, each time only
// what may have changed; what did not is the same document as before. It is
// not safe for concurrent use.
type Folder struct {
	dir      string
	site     listed              // site.yaml
	listings map[string]*listing // of folders of documents, by path
}

// NewFolder begins with nothing read.
func NewFolder(dir string) *Folder { return &Folder{dir: dir} }

// Read reads the folder as the function Read does. changed lists the files
// and folders below it that may have changed since the last time, come or
// gone, as slash-separated paths; nil stands for all.
func (f *Folder) Read(changed []string) (*Content, diag.List, error) {
	root, err := openFolder(f.dir)
	if err != nil {
		f.forget(nil, nil)
		return nil, nil, err
	}
	defer root.Close()
	f.forget(root, changed)
	w := walker{
		root:     root,
		content:  &Content{Name: path.Clean(filepath.ToSlash(f.dir)), dir: f.dir},
		site:     &f.site,
		listings: f.listings,
	}
	if err := w.walk(); err != nil {
		f.forget(nil, nil)
		return nil, nil, folderError(f.dir, err)
	}
	found := w.found
	found.Add(w.content.readAll(root, w.files)...)
	return w.content, w.content.Excerpts(found.Sorted()), nil
}

// forget has paths and everything below them read again, and the folders
// listed that they may have changed.
func (f *Folder) forget(root *tree.Root, changed []string) {
	if changed == nil || f.listings == nil {
		f.site, f.listings = listed{}, map[string]*listing{}
		return
	}
	for _, p := range changed {
		if p == siteFile {
			f.site.forgotten = true
		}
		folder := path.Dir(p)
		for f.listings[folder] == nil && folder != "." {
			folder = path.Dir(folder) // the folder itself is new
		}
		if l := f.listings[folder]; l != nil {
			l.forget(root, p)
		}
		if f.listings[p] != nil {
			maps.DeleteFunc(f.listings, func(name string, _ *listing) bool { return name == p || strings.HasPrefix(name, p+"/") })
		}
	}
}

func openFolder(dir string) (*tree.Root, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, folderError(dir, err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is a file, not a folder; name the content folder with --content", dir)
	}
	resolved, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, folderError(dir, err)
	}
	root, err := tree.Open(resolved)
	if err != nil {
		return nil, folderError(dir, err)
	}
	return root, nil
}

func folderError(dir string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no content folder %q; name it with --content, or make a new site with `allclear init`: %w", dir, fs.ErrNotExist)
	}
	return fmt.Errorf("the content folder %q can't be opened: %w; name another with --content", dir, reason(err))
}

// reason is an error of the file system without the path, which the position
// says in the words of whoever typed it.
func reason(err error) error {
	var wrapped *fs.PathError
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// job is one Markdown or YAML file to be read.
type job struct {
	path   string // below the content folder
	folder string // incidents, maintenance, announcements; "" for site.yaml
	id     string // "" where the file's name makes no valid id
	tag    string // of a translation, its language; else ""
}

// outcome is what became of a job; each has a slot of its own, so that the
// order in which files happen to be read is seen nowhere.
type outcome struct {
	file     *File // nil for one that could not be read, which is tried again
	document *Document
	found    diag.List
}

// readAll reads the files of which nothing is known, side by side, and sorts
// all of them into the content.
func (c *Content) readAll(root *tree.Root, files []*listed) diag.List {
	var unread []*listed
	for _, l := range files {
		if l.file == nil || l.forgotten {
			unread = append(unread, l)
		}
	}
	parallel.Each(len(unread), func(i int) { unread[i].readAgain(root, c.Name) })
	var found diag.List
	for _, l := range files {
		found.Add(l.found...)
		if l.file != nil {
			c.files = append(c.files, l.file)
		}
		if l.document == nil {
			continue
		}
		switch {
		case l.tag != "":
			c.Translations = append(c.Translations, l.document)
		case l.folder == incidents:
			c.Incidents = append(c.Incidents, l.document)
		case l.folder == maintenance:
			c.Maintenance = append(c.Maintenance, l.document)
		case l.folder == announcements:
			c.Announcements = append(c.Announcements, l.document)
		default:
			c.Site = l.document
		}
	}
	return found
}

// readAgain reads a file, and leaves it as it was where it says the same.
func (l *listed) readAgain(root *tree.Root, folder string) {
	fresh := l.read(root, folder)
	if l.document == nil || fresh.document == nil || !bytes.Equal(l.file.text, fresh.file.text) {
		l.outcome = fresh
	}
	l.forgotten = false
}

func (j job) read(root *tree.Root, folder string) outcome {
	name := path.Join(folder, j.path)
	raw, err := readFile(root, j.path)
	if err != nil {
		return outcome{found: diag.List{unreadable(name, err)}}
	}
	file, found := newFile(name, raw)
	if found.HasErrors() {
		return outcome{file: file, found: found}
	}
	var document *Document
	switch j.folder {
	case incidents:
		document, found = file.parseDocument(func(body int) ([]Section, diag.List) {
			return cutSections(file, body, status.Incident)
		})
	case maintenance:
		document, found = file.parseDocument(func(body int) ([]Section, diag.List) {
			return cutSections(file, body, status.Maintenance)
		})
	case announcements:
		document, found = file.parseDocument(file.announcementBody)
	default:
		document, found = file.parseSite()
	}
	if j.folder != "" && j.id == "" {
		document = nil
	}
	if document != nil {
		document.ID, document.Folder, document.Language = j.id, j.folder, j.tag
	}
	return outcome{file: file, document: document, found: found}
}

func unreadable(name string, err error) diag.Diagnostic {
	return ruleUnreadable.At(diag.Position{File: name}, "can't be read: %v", reason(err)).
		WithHint("give the user who builds the right to read it")
}

// readFile reads a regular file, and one byte more than MaxFile at most.
func readFile(root *tree.Root, path string) ([]byte, error) {
	file, size, err := openRegular(root, path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
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

// openRegular opens a file that was regular a moment ago, and makes sure that
// it still is and that no symlink was put in its place.
func openRegular(root *tree.Root, path string) (*os.File, int64, error) {
	before, err := root.Lstat(path)
	if err != nil {
		return nil, 0, err
	}
	if !before.Mode().IsRegular() {
		return nil, 0, errors.New("not a regular file")
	}
	file, err := root.Open(path)
	if err != nil {
		return nil, 0, err
	}
	after, err := file.Stat()
	if err == nil && !os.SameFile(before, after) {
		err = errors.New("the file was replaced while it was opened")
	}
	if err != nil {
		file.Close()
		return nil, 0, err
	}
	return file, after.Size(), nil
}

// Excerpts fills in the line that each diagnostic points at, for the files
// that this content has.
func (c *Content) Excerpts(l diag.List) diag.List {
	named := map[string]*File{}
	for _, d := range l {
		if d.Excerpt == "" && d.Position.Line > 0 {
			named[d.Position.File] = nil
		}
	}
	if len(named) == 0 {
		return l
	}
	for _, f := range c.files {
		if _, ok := named[f.name]; ok {
			if named[f.name] = f; f.lines == nil {
				named[f.name] = c.reread(f)
			}
		}
	}
	for i := range l {
		if f := named[l[i].Position.File]; f != nil && l[i].Excerpt == "" {
			l[i].Excerpt = f.Line(l[i].Position.Line)
		}
	}
	return l
}

// reread is a file that was let go of, as it is by now; nil where it can't be
// read any more.
func (c *Content) reread(f *File) *File {
	root, err := openFolder(c.dir)
	if err != nil {
		return nil
	}
	defer root.Close()
	raw, err := readFile(root, strings.TrimPrefix(f.name, c.Name+"/"))
	if err != nil {
		return nil
	}
	again, _ := newFile(f.name, raw)
	return again
}
