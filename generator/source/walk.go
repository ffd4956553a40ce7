package source

import (
	"cmp"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"allclear/generator/diag"
)

var ruleFolderName = rules.Declare(diag.Rule{
	Code:  "folder-name",
	Title: "A folder in the content folder has a name that Windows can carry, too",
	Why:   "With a name such as aux, or a point or a blank at its end, nobody could check out the repository on Windows.",
})

var ruleStaticRefused = rules.Declare(diag.Rule{
	Code:  "static-refused",
	Title: "static/ has no .git or .allclear files, and no names that can't be published",
	Why:   "In the output folder, such a file would be taken for a part of a Git repository or for a record of allclear, and some names can't be written on every disk.",
})

const (
	siteFile      = "site.yaml"
	incidents     = "incidents"
	maintenance   = "maintenance"
	announcements = "announcements"
	templates     = "templates"
	static        = "static"
)

var folders = []string{incidents, maintenance, announcements, templates, static}

// walker lists a content folder: files to read, files to copy, and mistakes.
type walker struct {
	*Folder
	found diag.List
}

// walk lists everything below the root, in order of path.
func (w *walker) walk() error {
	entries, err := w.readDir(".")
	if err != nil {
		return err
	}
	seen, meant := false, w.misnamedSite(entries)
	for _, e := range entries {
		name := e.Name()
		seen = seen || name == siteFile && !e.IsDir()
		switch {
		case Ignored(name) || !w.isFileOrFolder(name, e):
		case !e.IsDir() && isReadme(name) && !w.hasFrontMatter(name, e):
		case e.IsDir() && name == static:
			w.static(name)
		case e.IsDir() && slices.Contains(folders, name):
			w.documents(name, name)
		case !e.IsDir() && name == siteFile:
			w.Site = w.entry(name, e)
		case name != meant:
			w.stray(name, e)
		}
	}
	if !seen && meant != "" {
		w.found.Add(ruleSiteMissing.At(w.at(siteFile), "the content folder has no %s, but %s", siteFile, meant).
			WithHint("rename it:\ngit mv %s %s", w.at(meant).File, w.at(siteFile).File))
	} else if !seen {
		w.found.Add(ruleSiteMissing.At(w.at(siteFile), "the content folder has no %s", siteFile).
			WithHint("add one, at least\ntitle: Example\nurl: https://status.example.com\ncomponents:\n  - { id: api, name: API }\nor make a new site with `allclear init`"))
	}
	return nil
}

// misnamedSite is the name of a file that was meant as site.yaml, if there is no
// site.yaml; "" if there is none.
func (w *walker) misnamedSite(entries []fs.DirEntry) string {
	other := ""
	for _, e := range entries {
		switch e.Name() {
		case siteFile:
			return ""
		case "site.yml", "config.yaml", "config.yml", "Site.yaml", "site.yaml.txt":
			other = e.Name()
		}
	}
	return other
}

func (w *walker) at(p string) diag.Position {
	return diag.Position{File: path.Join(w.Name, p)}
}

// entry describes a listed file; nil, and a diagnostic, if it can't be read.
func (w *walker) entry(p string, e fs.DirEntry) *Entry {
	info, err := e.Info()
	if err != nil {
		w.found.Add(Unreadable(w.at(p).File, err))
		return nil
	}
	return &Entry{Path: p, Info: info}
}

// list returns a folder's entries, sorted by name; none, and a diagnostic, if
// it can't be read.
func (w *walker) list(folder string) []fs.DirEntry {
	entries, err := w.readDir(folder)
	if err != nil {
		w.found.Add(Unreadable(w.at(folder).File, err))
	}
	return entries
}

func (w *walker) readDir(folder string) ([]fs.DirEntry, error) {
	d, err := w.root.Open(folder)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	entries, err := d.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// isFileOrFolder reports whether an entry is a regular file or a folder, with
// a diagnostic if it is not.
func (w *walker) isFileOrFolder(p string, e fs.DirEntry) bool {
	switch {
	case e.Type()&fs.ModeSymlink != 0:
		w.found.Add(ruleSymlink.At(w.at(p), "is a symlink").
			WithHint("replace it with a copy of the file or folder"))
	case !e.IsDir() && !e.Type().IsRegular():
		w.found.Add(ruleSpecialFile.At(w.at(p), "is neither a regular file nor a folder").WithHint("delete it"))
	default:
		return true
	}
	return false
}

// documents lists the Markdown files of one folder and its sub-folders.
func (w *walker) documents(p, folder string) {
	open := w.keepOpen(p)
	for _, e := range w.list(p) {
		name := e.Name()
		below := path.Join(p, name)
		switch {
		case Ignored(name) || !w.isFileOrFolder(below, e):
		case !e.IsDir() && isReadme(name) && !w.hasFrontMatter(below, e):
		case e.IsDir() && !IsPortable(name):
			w.found.Add(ruleFolderName.At(w.at(below), "Windows can't carry a folder of this name").
				WithHint("rename it, for example to %s; the addresses of the pages stay the same", cmp.Or(NearestID(name), "older")))
		case e.IsDir():
			w.documents(below, folder)
		case strings.HasSuffix(name, ".md"):
			base, tag := cutLanguage(strings.TrimSuffix(name, ".md"))
			id := w.id(below, base)
			if entry := w.entry(below, e); entry != nil {
				entry.Folder, entry.ID, entry.Language, entry.folder = folder, id, tag, open
				w.Entries = append(w.Entries, *entry)
			}
		default:
			w.strayDocument(below, folder, e)
		}
	}
}

// keepOpen opens a folder of documents until the content folder is closed; nil
// if that is not possible or too many are open.
func (w *walker) keepOpen(p string) *os.Root {
	if len(w.folders) == maxFolders {
		return nil
	}
	folder, err := w.root.OpenRoot(p)
	if err != nil {
		return nil
	}
	w.folders = append(w.folders, folder)
	return folder
}

// id returns a file's name without its endings if it is an id, else "" and a
// diagnostic.
func (w *walker) id(p, base string) string {
	if IsID(base) {
		return base
	}
	d := ruleBadID.At(w.at(p), "the file's name is not an id: an id is at most 80 of a-z, 0-9 and hyphens, and does not begin with a hyphen")
	if !IsPortable(base) {
		d = ruleBadID.At(w.at(p), "the file's name is not an id: Windows can't carry it")
	}
	if better := NearestID(base); better != "" {
		d = d.WithHint("rename it to %s%s", better, strings.TrimPrefix(path.Base(p), base))
	} else {
		d = d.WithHint("rename it, for example to 2022-12-01-api-errors.md")
	}
	w.found.Add(d)
	return ""
}

// static lists the files to copy. Dotfiles are left out, but not .well-known.
func (w *walker) static(p string) {
	for _, e := range w.list(p) {
		name := e.Name()
		below := path.Join(p, name)
		lower := strings.ToLower(name)
		switch {
		case lower == ".gitkeep":
		case strings.HasPrefix(lower, ".git"), strings.HasPrefix(lower, ".allclear"):
			w.found.Add(ruleStaticRefused.At(w.at(below), "%s can't be published", name).WithHint("delete it, or move it out of static/"))
		case Ignored(name) && below != static+"/.well-known", !w.isFileOrFolder(below, e):
		case !publishable(name):
			w.found.Add(ruleStaticRefused.At(w.at(below), "a file of this name can't be published").
				WithHint("rename it without control characters and \\ : * ? \" < > |, without a point or a blank at its end, and not as Windows names devices: aux, con, nul, prn, com1, lpt1"))
		case e.IsDir():
			w.static(below)
		default:
			w.staticFile(below, e)
		}
	}
}

func (w *walker) staticFile(p string, e fs.DirEntry) {
	entry := w.entry(p, e)
	if entry == nil {
		return
	}
	// Opening the file now reports missing permission before anything is published.
	file, _, err := openRegular(w.root, p, entry.Info)
	if err != nil {
		w.found.Add(Unreadable(w.at(p).File, err))
		return
	}
	file.Close()
	if isText(p) && w.looksLikeEvent(p, e) {
		w.found.Add(ruleContentNotRead.At(w.at(p), "is copied as it is, though it looks like an event").
			WithHint("move it: git mv %s %s", w.at(p).File, w.at(path.Join(w.likelyFolder(p, e), asMarkdown(path.Base(p)))).File))
	}
	folder := w.root.Name()
	w.Static = append(w.Static, Static{
		Path:     strings.TrimPrefix(p, static+"/"),
		Position: w.at(p),
		Info:     entry.Info,
		Open:     func() (fs.File, error) { return openBelow(folder, p, entry.Info) },
	})
}

func openBelow(folder, p string, listed fs.FileInfo) (fs.File, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	file, _, err := openRegular(root, p, listed)
	if err != nil {
		return nil, err
	}
	return file, nil
}
