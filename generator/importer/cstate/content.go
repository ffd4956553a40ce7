package cstate

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/importer"
	"allclear/generator/source"
)

// This file finds the files that Hugo would publish as pages, and no others,
// https://gohugo.io/content-management/organization/.

// page is a file that is published as a page.
type page struct {
	file string // below the folder that is imported
	path string // below the content folder, which makes its address
}

// markups are the endings of pages. Hugo reads the other ones with tools of
// their own, and their text is read as Markdown here.
var markups = map[string]bool{
	".md": true, ".markdown": true, ".mdown": true, ".html": true, ".htm": true,
	".org": false, ".adoc": false, ".asciidoc": false, ".ad": false, ".rst": false, ".pandoc": false, ".pdc": false,
}

func isPage(name string) bool {
	_, ok := markups[strings.ToLower(path.Ext(name))]
	return ok
}

func isHTML(name string) bool {
	return strings.HasPrefix(strings.ToLower(path.Ext(name)), ".htm")
}

// pages lists the pages in the language at the root of the site, in order of
// path.
func (c *cstate) pages() ([]page, error) {
	var pages []page
	for _, language := range c.others {
		if folder := textOf(c.config, "languages", language, "contentDir"); folder != "" {
			if name, ok := c.folderOf(folder); ok && isFolder(c.root, name) {
				c.foreign(name, language)
			}
		}
	}
	for _, root := range c.roots {
		if !isFolder(c.root, root.folder) {
			continue
		}
		if root.language != "" && !strings.EqualFold(root.language, c.published) {
			continue
		}
		more, err := c.pagesBelow(root)
		if err != nil {
			return nil, err
		}
		pages = append(pages, more...)
	}
	return pages, nil
}

func (c *cstate) pagesBelow(root contentRoot) ([]page, error) {
	var pages []page
	foreign := c.foreignFolders(root.folder)
	err := fs.WalkDir(c.root.FS(), root.folder, func(name string, entry fs.DirEntry, err error) error {
		base := entry.Name()
		switch {
		case err != nil:
			return err
		case name != root.folder && ignored(base):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir() && slices.Contains(foreign, name):
			c.foreign(name, base)
			return fs.SkipDir
		case entry.IsDir() && name != root.folder:
			bundle, found := c.bundle(name)
			if found {
				pages = append(pages, page{bundle, path.Join(root.under, inside(name, root.folder))})
				return fs.SkipDir // the rest of it are files of the page
			}
			return nil
		case !entry.Type().IsRegular(), !isPage(base), strings.HasPrefix(base, "_index."):
			return nil
		}
		if len(pages) == importer.MaxFiles {
			return fmt.Errorf("it has more than %d pages", importer.MaxFiles)
		}
		stem, language := c.languageOf(base)
		if language != c.published {
			c.foreign(name, language)
			return nil
		}
		pages = append(pages, page{name, path.Join(root.under, path.Dir(inside(name, root.folder)), stem)})
		return nil
	})
	return pages, err
}

// foreign notes a page or a folder in another language.
func (c *cstate) foreign(name, language string) {
	c.report.Note(name, "not imported: it is in another language (%s) than the site; only one language is imported", language)
}

// ignored reports whether Hugo reads no file or folder of a name.
func ignored(base string) bool {
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "#") || strings.HasSuffix(base, "~") || base == "node_modules"
}

// bundle is the page of a folder that is a page with its files, such as
// outage/index.md.
func (c *cstate) bundle(folder string) (string, bool) {
	entries, _ := fs.ReadDir(c.root.FS(), folder)
	for _, entry := range entries {
		stem, language := c.languageOf(entry.Name())
		if stem == "index" && isPage(entry.Name()) && entry.Type().IsRegular() && language == c.published {
			return path.Join(folder, entry.Name()), true
		}
	}
	return "", false
}

// languageOf is a file's name without its ending and its language, and the
// language: outage.de.md is outage in German if the site has German pages.
func (c *cstate) languageOf(base string) (stem, language string) {
	stem = strings.TrimSuffix(base, path.Ext(base))
	word := strings.ToLower(strings.TrimPrefix(path.Ext(stem), "."))
	if word != "" && (word == c.published || slices.Contains(c.others, word)) {
		return strings.TrimSuffix(stem, path.Ext(stem)), word
	}
	return stem, c.published
}

var languageFolder = regexp.MustCompile(`^[a-z]{2}(-[A-Za-z]{2,4})?$`)

// foreignFolders are folders of issues in other languages, beside that of the
// site's own: content/fr beside content/default or content/en.
func (c *cstate) foreignFolders(folder string) []string {
	entries, _ := fs.ReadDir(c.root.FS(), folder)
	short, _, _ := strings.Cut(strings.ToLower(c.language), "-")
	var foreign []string
	own := false
	for _, entry := range entries {
		name := path.Join(folder, entry.Name())
		if !entry.IsDir() || !c.hasIssueFolder(name) {
			continue
		}
		language, _, _ := strings.Cut(strings.ToLower(entry.Name()), "-")
		switch {
		case entry.Name() == "default" || language == short:
			own = true
		case languageFolder.MatchString(entry.Name()):
			foreign = append(foreign, name)
		}
	}
	if !own {
		return nil
	}
	return foreign
}

// issueFolders are the folders of issues in the three formats.
var issueFolders = []string{"issues", "issue", "incident", "incidents"}

func (c *cstate) hasIssueFolder(folder string) bool {
	return slices.ContainsFunc(issueFolders, func(name string) bool { return isFolder(c.root, path.Join(folder, name)) })
}

// inIssueFolder reports whether a page is below a folder of issues.
func inIssueFolder(name string) bool {
	return slices.ContainsFunc(strings.Split(path.Dir(name), "/"), func(folder string) bool {
		return slices.Contains(issueFolders, folder)
	})
}

// inside is a path as seen from a folder that it is in.
func inside(name, folder string) string {
	if folder == "." {
		return name
	}
	return strings.TrimPrefix(strings.TrimPrefix(name, folder), "/")
}

// findBase finds the folder of the Hugo site: the one that is named, or the
// one that a format has its site in. A folder that has nothing of a site but
// pages is a content folder itself.
func (c *cstate) findBase() {
	for _, base := range []string{".", "src", "site"} {
		if c.base = base; isSite(c.root, base) {
			c.readConfig()
			c.roots = c.contentRoots()
			return
		}
	}
	c.base = "."
	c.readConfig()
	entries, _ := fs.ReadDir(c.root.FS(), ".")
	isTheme := slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return slices.Contains([]string{"layouts", "theme.toml", "exampleSite", "archetypes"}, e.Name())
	})
	if !isTheme {
		c.roots = []contentRoot{{folder: ".", language: c.published}}
	}
}

// isSite reports whether a folder has settings or pages where Hugo looks for
// them.
func isSite(root *os.Root, base string) bool {
	for _, name := range []string{"hugo", "config"} {
		for _, extension := range extensions {
			if _, err := root.Stat(path.Join(base, name+extension)); err == nil {
				return true
			}
		}
	}
	return isFolder(root, path.Join(base, "config/_default")) || isFolder(root, path.Join(base, "content"))
}

// isPublished reports whether Hugo publishes a page at all: it is no draft, and
// neither still to come nor expired, unless the settings say otherwise.
func (c *cstate) isPublished(f *hugoFile, date time.Time) bool {
	from := date
	if at, _, ok := c.firstTime(f, "publishDate", "pubdate", "published"); ok {
		from = at
	}
	until, _, expires := c.firstTime(f, "expiryDate", "unpublishdate")
	draft := isTrue(textOf(f.fields, "draft"))
	if _, says := f.field("draft"); !says {
		word := strings.ToLower(textOf(f.fields, "published"))
		draft = word == "false" || word == "no"
	}
	set := func(key string) bool { return isTrue(textOf(c.config, key)) }
	return (!draft || set("buildDrafts")) && (!from.After(c.now) || set("buildFuture")) &&
		(!expires || until.After(c.now) || set("buildExpired")) && !c.hidden(f)
}

// hidden reports whether a page is in no list, and so on no page of cState.
func (c *cstate) hidden(f *hugoFile) bool {
	if isTrue(textOf(f.fields, "headless")) {
		return true
	}
	for _, key := range []string{"build", "_build"} {
		if word := strings.ToLower(textOf(f.fields, key, "list")); word == "never" || word == "false" || word == "local" {
			return true
		}
	}
	return false
}

func readFile(root *os.Root, name string) ([]byte, error) {
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return importer.ReadBounded(file, source.MaxFile)
}
