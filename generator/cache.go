package generator

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/diag"
	"allclear/generator/page"
	"allclear/generator/parallel"
	"allclear/generator/source"
	"allclear/generator/status"
)

// cache keeps the theme, and each content file as it was read and checked by
// itself, since that is most of the work of a build. Nothing else is kept between
// two builds. A file is read again if its size or modification time differs, or
// if it is named as changed; if its checks depend on the clock, it is read each
// time. All of the cache is dropped if site.yaml or a theme changes, or if the
// clock goes back. The zero value is an empty cache. It is not safe for concurrent
// use.
type cache struct {
	configSum   sum
	config      *check.Config // of site.yaml; nil if it can't be read
	configFound diag.List
	theme       *page.Theme // nil until it is loaded
	themeFound  diag.List
	files       map[string]*cachedFile // by path below the content folder
	static      map[string]*cachedFile // likewise, those of static/
	now         time.Time              // of the latest build
}

// Diagnostics of all files together would take much more memory than the files:
// readAtOnce files are read before their diagnostics are joined to a bounded list,
// and files past the first maxCached diagnostics are not kept in the cache.
const (
	readAtOnce = 256
	maxCached  = 10_000
)

type sum = [sha256.Size]byte

// cachedFile is a content file that was read without an error.
type cachedFile struct {
	size     int64
	modified time.Time
	sum      sum       // of its text
	found    diag.List // when it was read
	checked  check.File
}

// unchanged reports whether a listed file is as it was when it was read.
func (f *cachedFile) unchanged(info fs.FileInfo) bool {
	return f.size == info.Size() && f.modified.Equal(info.ModTime())
}

// forget drops what may be out of date. The changed paths are those of
// [Session.Rebuild].
func (c *cache) forget(o Options, changed []string) {
	content := o.Content
	if absolute, err := filepath.Abs(content); err == nil {
		content = absolute // for the name of "."
	}
	content = filepath.Base(content)
	if changed == nil || o.Now.Before(c.now) {
		*c = cache{}
	}
	for _, p := range changed {
		p = path.Clean(p)
		below, inContent := strings.CutPrefix(p, content+"/")
		switch {
		case inContent:
			changed := func(name string, _ *cachedFile) bool {
				return name == below || strings.HasPrefix(name, below+"/")
			}
			maps.DeleteFunc(c.files, changed)
			maps.DeleteFunc(c.static, changed)
		case p == content, p == ".", p == ThemesFolder, strings.HasPrefix(p, ThemesFolder+"/"):
			*c = cache{}
		}
	}
	c.now = o.Now
}

// read reads and checks the files of a folder that are not in the cache, after
// readConfig. The sum is a hash of all files.
func (c *cache) read(folder *source.Folder, o Options) ([]check.File, sum, diag.List) {
	var list diag.List
	old := c.files
	c.files = make(map[string]*cachedFile, len(folder.Entries))
	files := make([]check.File, 0, len(folder.Entries))
	hash := sha256.New()
	fmt.Fprintf(hash, "%x\n", c.configSum)
	entries, found := c.config.Limit(folder.Entries)
	list.Add(found...)
	kept, text := 0, 0
	for entries := range slices.Chunk(entries, readAtOnce) {
		read, unreadable := c.readFiles(folder, entries, old, o)
		for i, f := range read {
			list.Add(unreadable[i]...)
			if f == nil {
				continue
			}
			list.Add(f.found...)
			list.Add(f.checked.Diagnostics...)
			checked := f.checked
			checked.Diagnostics = nil
			text += checked.Text
			files = append(files, checked)
			if kept += len(f.found) + len(f.checked.Diagnostics); kept <= maxCached {
				c.files[entries[i].Path] = f
			}
			fmt.Fprintf(hash, "%s %x\n", entries[i].Path, f.sum)
		}
		if found := c.config.CheckText(text); found.HasErrors() {
			list.Add(found...)
			break
		}
	}
	for _, s := range folder.Static {
		fmt.Fprintf(hash, "%s %d %d\n", s.Path, s.Info.Size(), s.Info.ModTime().UnixNano())
	}
	list.Add(c.checkStatic(folder)...)
	return files, sum(hash.Sum(nil)), list
}

// checkStatic checks the files of static/ that are not in the cache.
func (c *cache) checkStatic(folder *source.Folder) diag.List {
	if c.config == nil {
		return nil
	}
	checked := make([]*cachedFile, len(folder.Static))
	parallel.Each(len(checked), func(i int) {
		s := folder.Static[i]
		cached := c.static["static/"+s.Path]
		if cached == nil || !cached.unchanged(s.Info) {
			cached = &cachedFile{size: s.Info.Size(), modified: s.Info.ModTime(), found: c.config.Static(s)}
		}
		checked[i] = cached
	})
	var list diag.List
	c.static = make(map[string]*cachedFile, len(checked))
	for i, s := range folder.Static {
		list.Add(checked[i].found...)
		c.static["static/"+s.Path] = checked[i]
	}
	return list
}

// readFiles returns the files of some entries, from the old cache where they
// have not changed. A file is nil, with the reasons, if it can't be read.
func (c *cache) readFiles(folder *source.Folder, entries []source.Entry, old map[string]*cachedFile, o Options) ([]*cachedFile, []diag.List) {
	read, unreadable := make([]*cachedFile, len(entries)), make([]diag.List, len(entries))
	parallel.Each(len(entries), func(i int) {
		entry := entries[i]
		cached, ok := old[entry.Path]
		if !ok || cached.checked.ByClock || !cached.unchanged(entry.Info) {
			cached, unreadable[i] = c.readFile(folder, entry, o)
		}
		read[i] = cached
	})
	return read, unreadable
}

// readConfig reads site.yaml. If it has changed the cache is dropped, since the
// other files are checked with it.
func (c *cache) readConfig(folder *source.Folder, o Options, list *diag.List) {
	var doc *source.Document
	if folder.Site != nil {
		var found diag.List
		doc, found = folder.Read(*folder.Site)
		list.Add(found...)
	}
	if doc == nil {
		*c = cache{now: o.Now}
		return
	}
	if s := doc.File.Sum(); c.config == nil || s != c.configSum {
		*c = cache{configSum: s, now: o.Now}
		c.config, c.configFound = check.ReadConfig(doc, check.Options{BaseURL: o.BaseURL, Pinned: o.Pinned, Drafts: o.Drafts})
	}
	list.Add(c.configFound...)
}

// readFile reads and checks one file. It is nil, with the reasons, if the file or
// site.yaml can't be read.
func (c *cache) readFile(folder *source.Folder, entry source.Entry, o Options) (*cachedFile, diag.List) {
	doc, found := folder.Read(entry)
	if doc == nil || c.config == nil {
		return nil, found
	}
	return &cachedFile{
		size: entry.Info.Size(), modified: entry.Info.ModTime(),
		sum: doc.File.Sum(), found: found,
		checked: c.config.Check(doc, o.Now),
	}, nil
}

// loadTheme loads the theme that site.yaml names, unless it is in the cache. A theme
// with errors is not kept.
func (c *cache) loadTheme(site *status.Site, o Options) (*page.Theme, diag.List, error) {
	if c.theme != nil {
		return c.theme, c.themeFound, nil
	}
	theme, found, err := loadTheme(site, o)
	if err == nil && !found.HasErrors() {
		c.theme, c.themeFound = theme, slices.Clone(found)
	}
	return theme, found, err
}
