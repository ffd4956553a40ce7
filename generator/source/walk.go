package source

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"allclear/generator/diag"
)

var ruleStrayFile = rules.Declare(diag.Rule{
	Code:  "stray-file",
	Level: diag.Warning,
	Title: "Every file in the content folder stands where it is read",
	Why:   "A file that is not read is most likely an incident that its writer believes published.",
})

var ruleStaticRefused = rules.Declare(diag.Rule{
	Code:  "static-refused",
	Title: "static/ holds no .git or .allclear files, and no names that can't be published",
	Why:   "In the output folder they would be taken for the repository's own or for the record of what was published.",
})

var ruleBadID = rules.Declare(diag.Rule{
	Code:  "bad-id",
	Title: "A document's file name is its id: a-z, 0-9 and hyphens, 80 at most, then .md",
	Why:   "The id is the page's address for ever, on every host and every disk.",
})

const (
	siteFile      = "site.yaml"
	incidents     = "incidents"
	maintenance   = "maintenance"
	announcements = "announcements"
	static        = "static"
)

var folders = []string{incidents, maintenance, announcements, static}

// Ignored reports whether a file or folder of a content or theme folder is
// none of its content: dotfiles, and what editors and systems leave beside a
// file while it is edited.
func Ignored(name string) bool {
	switch name {
	case "4913", "Thumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.Contains(name, "___jb_") ||
		len(name) > 1 && name[0] == '#' && name[len(name)-1] == '#'
}

// walker lists a content folder: what to read, what to copy, what is wrong.
type walker struct {
	*Folder
	found diag.List
}

// walk lists everything below the root, in order of path.
func (w *walker) walk() error {
	entries, err := w.entries(".")
	if err != nil {
		return err
	}
	seen := false
	for _, e := range entries {
		name := e.Name()
		seen = seen || name == siteFile && !e.IsDir()
		switch {
		case Ignored(name) || !w.plain(name, e):
		case e.IsDir() && name == static:
			w.static(name)
		case e.IsDir() && slices.Contains(folders, name):
			w.documents(name, name)
		case !e.IsDir() && name == siteFile:
			w.Site = w.entry(name, e)
		default:
			w.stray(name, e.IsDir())
		}
	}
	if !seen {
		w.found.Add(ruleSiteMissing.At(w.at(siteFile), "the content folder has no %s", siteFile).
			WithHint("the smallest one is\ntitle: Example\nurl: https://status.example.com\ncomponents:\n  - { id: api, name: API }\n`allclear init` makes a whole site to begin with"))
	}
	return nil
}

func (w *walker) at(p string) diag.Position {
	return diag.Position{File: path.Join(w.Name, p)}
}

// entry describes a listed file; nil, and a diagnostic, if that fails.
func (w *walker) entry(p string, e fs.DirEntry) *Entry {
	info, err := e.Info()
	if err != nil {
		w.found.Add(unreadable(w.at(p).File, err))
		return nil
	}
	return &Entry{Path: p, Info: info}
}

// entries lists a folder by name.
func (w *walker) entries(folder string) ([]fs.DirEntry, error) {
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

// plain reports whether an entry is a regular file or a folder, and says so
// where it is not.
func (w *walker) plain(p string, e fs.DirEntry) bool {
	switch {
	case e.Type()&fs.ModeSymlink != 0:
		w.found.Add(ruleSymlink.At(w.at(p), "is a symlink").
			WithHint("put the file itself here; links in the content are never followed"))
	case !e.IsDir() && !e.Type().IsRegular():
		w.found.Add(ruleSpecialFile.At(w.at(p), "is neither a file nor a folder").WithHint("delete it"))
	default:
		return true
	}
	return false
}

// documents lists the Markdown files of one folder, however deep.
func (w *walker) documents(p, folder string) {
	entries, err := w.entries(p)
	if err != nil {
		w.found.Add(unreadable(w.at(p).File, err))
		return
	}
	for _, e := range entries {
		name := e.Name()
		below := path.Join(p, name)
		switch {
		case Ignored(name) || !w.plain(below, e):
		case e.IsDir():
			w.documents(below, folder)
		case strings.HasSuffix(name, ".md"):
			base, tag := cutLanguage(strings.TrimSuffix(name, ".md"))
			id := w.id(below, base)
			if entry := w.entry(below, e); entry != nil {
				entry.Folder, entry.ID, entry.Language = folder, id, tag
				w.Entries = append(w.Entries, *entry)
			}
		default:
			w.found.Add(ruleStrayFile.At(w.at(below), "is not read: only .md files are").
				WithHint("%s", strayDocumentHint(name)))
		}
	}
}

func strayDocumentHint(name string) string {
	extension := path.Ext(name)
	switch strings.ToLower(extension) {
	case ".md", ".markdown", ".mdown", ".txt", ".mdx":
		return "rename it to " + strings.TrimSuffix(name, extension) + ".md"
	}
	return "move it to static/, from where it is copied as it is"
}

// languageTag is what a language's tag looks like: de, pt-BR, zh-Hans.
var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// cutLanguage cuts the language off the name of a translation; "" where the
// name has none.
func cutLanguage(base string) (id, tag string) {
	if dot := strings.LastIndexByte(base, '.'); dot > 0 && languageTag.MatchString(base[dot+1:]) {
		return base[:dot], base[dot+1:]
	}
	return base, ""
}

var validID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

const maxID = 80

// IsID reports whether a text is an id, and so can be part of a path.
func IsID(text string) bool { return len(text) <= maxID && validID.MatchString(text) }

// id is the id that a file's name without its endings makes, "" where it
// makes none.
func (w *walker) id(p, base string) string {
	if IsID(base) {
		return base
	}
	d := ruleBadID.At(w.at(p), "the file's name makes no id: an id is a-z, 0-9 and hyphens, begins with a letter or digit, and has 80 characters at most")
	if better := NearestID(base); better != "" {
		d = d.WithHint("rename it to %s%s", better, strings.TrimPrefix(path.Base(p), base))
	} else {
		d = d.WithHint("rename it, for example to 2022-12-01-api-errors.md")
	}
	w.found.Add(d)
	return ""
}

// NearestID is the valid id that is nearest to a name, "" where nothing of the
// name is left.
func NearestID(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
			b.WriteByte('-')
		}
	}
	id := b.String()
	return strings.TrimRight(id[:min(len(id), maxID)], "-")
}

// static lists what is copied. A dotfile is left out; .well-known is not.
func (w *walker) static(p string) {
	entries, err := w.entries(p)
	if err != nil {
		w.found.Add(unreadable(w.at(p).File, err))
		return
	}
	for _, e := range entries {
		name := e.Name()
		below := path.Join(p, name)
		lower := strings.ToLower(name)
		switch {
		case lower == ".gitkeep":
		case strings.HasPrefix(lower, ".git"), strings.HasPrefix(lower, ".allclear"):
			w.found.Add(ruleStaticRefused.At(w.at(below), "%s can't be published", name).WithHint("delete it, or move it out of static/"))
		case Ignored(name) && below != static+"/.well-known", !w.plain(below, e):
		case !publishable(name):
			w.found.Add(ruleStaticRefused.At(w.at(below), "the name can't be published").
				WithHint("rename it without control characters and without any of \\ : * ? \" < > |"))
		case e.IsDir():
			w.static(below)
		default:
			w.copied(below, e)
		}
	}
}

// publishable reports whether a file of this name can stand on every disk
// and in every list of paths.
func publishable(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsAny(name, `\:*?"<>|`) && !strings.ContainsFunc(name, unicode.IsControl)
}

func (w *walker) copied(p string, e fs.DirEntry) {
	entry := w.entry(p, e)
	if entry == nil {
		return
	}
	// Opening it once finds a file without permission before anything is published.
	file, _, err := openRegular(w.root, p, entry.Info)
	if err != nil {
		w.found.Add(unreadable(w.at(p).File, err))
		return
	}
	file.Close()
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

// stray says where a file at the top of the content folder belongs.
func (w *walker) stray(name string, isFolder bool) {
	d := ruleStrayFile.At(w.at(name), "is not read")
	lower := strings.ToLower(name)
	switch extension := path.Ext(lower); {
	case isFolder:
		d = d.WithHint("%sthe folders are incidents/, maintenance/, announcements/ and static/", diag.DidYouMean(lower, folders))
	case extension == ".yaml" || extension == ".yml":
		d = d.WithHint("the site's settings are read from %s", siteFile)
	case extension == ".md" || extension == ".markdown":
		d = d.WithHint("move it to incidents/, maintenance/ or announcements/; a note for writers belongs outside the content folder")
	default:
		d = d.WithHint("move it to static/ to have it copied as it is, or out of the content folder")
	}
	w.found.Add(d)
}
