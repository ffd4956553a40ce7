package generator

import (
	"crypto/sha256"
	"fmt"
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

// cache keeps what was read and checked of each content file by itself, since
// that is most of the work of a build. It is the only memory between two
// builds, and is dropped whole if site.yaml or a theme changes. The zero value
// is an empty cache. It is not safe for concurrent use.
type cache struct {
	configSum sum
	config    *check.Config // of site.yaml; nil if that can't be read
	inConfig  diag.List     // what is wrong with it
	theme     *page.Theme   // nil until it is loaded
	inTheme   diag.List
	files     map[string]cachedFile // by path below the content folder
	at        time.Time             // the latest build's time of the clock
}

type sum = [sha256.Size]byte

// cachedFile is a content file that could be read.
type cachedFile struct {
	size     int64
	modified time.Time
	sum      sum       // of its text
	found    diag.List // by source
	checked  check.File
}

// forget drops what the changed paths make stale. They are slash-separated and
// relative to the folder that holds the content folder and themes/; nil means
// that anything may have changed.
func (c *cache) forget(o Options, changed []string) {
	content := o.Content
	if absolute, err := filepath.Abs(content); err == nil {
		content = absolute // "." has a name too
	}
	content = filepath.Base(content)
	if changed == nil || o.Now.Before(c.at) {
		*c = cache{}
	}
	for _, p := range changed {
		p = path.Clean(p)
		below, inContent := strings.CutPrefix(p, content+"/")
		switch {
		case inContent:
			delete(c.files, below)
		case p == content, p == ".", p == themesFolder, strings.HasPrefix(p, themesFolder+"/"):
			*c = cache{}
		}
	}
	c.at = o.Now
}

// read reads and checks the files of a folder, those that are not in the cache.
// The sum is a hash of all of them.
func (c *cache) read(folder *source.Folder, o Options) ([]check.File, sum, diag.List) {
	var list diag.List
	c.readConfig(folder, o, &list)
	read := make([]*cachedFile, len(folder.Entries)) // nil for a file that can't be read
	problems := make([]diag.List, len(folder.Entries))
	parallel.Each(len(read), func(i int) {
		entry := folder.Entries[i]
		cached, ok := c.files[entry.Path]
		if !ok || cached.checked.ByClock || cached.size != entry.Info.Size() || !cached.modified.Equal(entry.Info.ModTime()) {
			cached, ok, problems[i] = c.readFile(folder, entry, o)
		}
		if ok {
			read[i] = &cached
		}
	})
	c.files = make(map[string]cachedFile, len(read))
	files := make([]check.File, 0, len(read))
	hash := sha256.New()
	fmt.Fprintf(hash, "%x\n", c.configSum)
	for i, f := range read {
		list.Add(problems[i]...)
		if f == nil {
			continue
		}
		list.Add(f.found...)
		list.Add(f.checked.Diagnostics...)
		files = append(files, f.checked)
		c.files[folder.Entries[i].Path] = *f
		fmt.Fprintf(hash, "%s %x\n", folder.Entries[i].Path, f.sum)
	}
	for _, s := range folder.Static {
		fmt.Fprintf(hash, "%s %d %d\n", s.Path, s.Info.Size(), s.Info.ModTime().UnixNano())
	}
	return files, sum(hash.Sum(nil)), list
}

// readConfig reads site.yaml. If it has changed, everything that was checked
// with it is dropped.
func (c *cache) readConfig(folder *source.Folder, o Options, list *diag.List) {
	if folder.Site == nil {
		*c = cache{at: o.Now}
		return
	}
	doc, found := folder.Read(*folder.Site)
	list.Add(found...)
	if doc == nil {
		*c = cache{at: o.Now}
		return
	}
	if s := doc.File.Sum(); c.config == nil || s != c.configSum {
		*c = cache{configSum: s, at: o.Now}
		c.config, c.inConfig = check.ReadConfig(doc, check.Options{BaseURL: o.BaseURL, Pinned: o.Pinned, Drafts: o.Drafts})
	}
	list.Add(c.inConfig...)
}

// readFile reads one file, and checks it if site.yaml could be read. It is
// false, with the reasons, if the file can't be read.
func (c *cache) readFile(folder *source.Folder, entry source.Entry, o Options) (cachedFile, bool, diag.List) {
	doc, found := folder.Read(entry)
	if doc == nil || c.config == nil {
		return cachedFile{}, false, found
	}
	return cachedFile{
		size: entry.Info.Size(), modified: entry.Info.ModTime(),
		sum: doc.File.Sum(), found: found,
		checked: c.config.Check(doc, o.Now),
	}, true, nil
}

// loadTheme loads the theme that site.yaml names, if that is not done yet. A
// theme with errors is not kept.
func (c *cache) loadTheme(site *status.Site, o Options) (*page.Theme, diag.List, error) {
	if c.theme != nil {
		return c.theme, c.inTheme, nil
	}
	theme, found, err := loadTheme(site, o)
	if err == nil && !found.HasErrors() {
		c.theme, c.inTheme = theme, slices.Clone(found)
	}
	return theme, found, err
}
