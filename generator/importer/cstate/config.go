package cstate

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"allclear/generator/compose"
	"allclear/generator/diag"
	"allclear/generator/importer/markup"
	"allclear/generator/source"
)

// This file reads a site's settings as Hugo does: one file at the root, then
// every file of config/_default, then every file of config/production, each
// merged over those before it, https://gohugo.io/configuration/introduction/.

// extensions are those of files with settings, the first one that exists counts.
var extensions = []string{".toml", ".yaml", ".yml", ".json"}

// environment is the one that Hugo builds a site for unless it is told another.
const environment = "production"

// readConfig reads the settings of the site in a folder.
func (c *cstate) readConfig() {
	c.settings = path.Join(c.base, "config.yml")
	for _, name := range []string{"hugo", "config"} {
		if c.config.Kind != source.KindMap || len(c.config.Fields) == 0 {
			c.readFirst(name)
		}
	}
	for _, folder := range []string{"config/_default", "config/" + environment} {
		for _, name := range c.filesBelow(path.Join(c.base, folder)) {
			if value, ok := c.setting(name); ok {
				c.config = merged(c.config, below(settingKeys(name), value))
			}
		}
	}
	c.chooseLanguage()
	c.flat = isTrue(textOf(c.config, "uglyURLs"))
}

// readFirst reads the first file of a name.
func (c *cstate) readFirst(name string) {
	for _, extension := range extensions {
		file := path.Join(c.base, name+extension)
		if value, ok := c.setting(file); ok {
			c.config, c.settings = value, file
			return
		}
	}
}

// filesBelow lists the files with settings in a folder, in order of path.
func (c *cstate) filesBelow(folder string) []string {
	var names []string
	_ = fs.WalkDir(c.root.FS(), folder, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && slices.Contains(extensions, strings.ToLower(path.Ext(name))) {
			names = append(names, name)
		}
		return nil // Hugo reads what it can
	})
	return names
}

// settingKeys are the keys below which the settings of a file in a folder are:
// params.yml has those of params, params.de.yml those of languages.de.params.
func settingKeys(file string) []string {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	name, language, translated := strings.Cut(name, ".")
	switch {
	case name == "config" || name == "hugo":
		return nil
	case !translated:
		return []string{name}
	case name == "params" || name == "menus" || name == "menu":
		return []string{"languages", language, name}
	}
	return []string{"languages", language}
}

// below puts a value below keys.
func below(keys []string, value source.Value) source.Value {
	for _, key := range slices.Backward(keys) {
		value = source.Value{Kind: source.KindMap, Fields: []source.Field{{Key: key, Value: value}}}
	}
	return value
}

// merged is a map with the keys of another put over it. Maps are merged key by
// key, anything else is replaced.
func merged(under, over source.Value) source.Value {
	if under.Kind != source.KindMap || over.Kind != source.KindMap {
		return over
	}
	under.Fields = slices.Clone(under.Fields)
	for _, field := range over.Fields {
		n := slices.IndexFunc(under.Fields, func(f source.Field) bool { return strings.EqualFold(f.Key, field.Key) })
		if n < 0 {
			under.Fields = append(under.Fields, field)
			continue
		}
		under.Fields[n].Value = merged(under.Fields[n].Value, field.Value)
	}
	return under
}

// setting reads one file of the site's settings; false if it is missing or
// can't be read.
func (c *cstate) setting(name string) (source.Value, bool) {
	raw, err := readFile(c.root, name)
	if errors.Is(err, fs.ErrNotExist) {
		return source.Value{}, false
	}
	if err != nil {
		c.report.Note(name, "these settings are not read: %v", err)
		return source.Value{}, false
	}
	text := compose.Clean(strings.TrimPrefix(decoded(raw), "\ufeff"))
	read := tomlFields
	if path.Ext(name) != ".toml" {
		read = func(name, text string, before int) (source.Value, int, error) {
			return yamlFields(name, text, before, c.report)
		}
	}
	value, line, err := read(name, text, 0)
	if err != nil {
		c.report.Note(diag.Position{File: name, Line: line}.String(), "these settings are not read: %v", err)
		return source.Value{}, false
	}
	return value, true
}

// listOf is the list at a key of the settings' params.
func (c *cstate) listOf(key string) []source.Value {
	params, _ := fieldFold(c.config, "params")
	field, _ := fieldFold(params.Value, key)
	return field.Value.Items
}

// folderOf is a folder that the settings name, below the site's own; false for
// one that is elsewhere.
func (c *cstate) folderOf(name string) (string, bool) {
	name = strings.TrimPrefix(path.Clean(path.Join(c.base, strings.ReplaceAll(name, `\`, "/"))), "./")
	return name, fs.ValidPath(name)
}

// contentRoot is a folder of pages, and where they are below the site.
type contentRoot struct{ folder, under, language string }

// contentRoots are the folders whose pages Hugo publishes at the root of the
// site: contentDir, that of the site's language, or what is mounted there.
func (c *cstate) contentRoots() []contentRoot {
	var roots []contentRoot
	add := func(folder, under, language string) {
		if name, ok := c.folderOf(folder); ok {
			roots = append(roots, contentRoot{name, under, language})
			return
		}
		c.report.Note(c.settings, "the content folder %q is not below the site's own, and is not read", markup.Short(folder))
	}
	module, _ := fieldFold(c.config, "module")
	mounts, _ := fieldFold(module.Value, "mounts")
	for _, mount := range mounts.Value.Items {
		target := path.Clean(textOf(mount, "target"))
		if target == "content" || strings.HasPrefix(target, "content/") {
			add(textOf(mount, "source"), strings.TrimPrefix(strings.TrimPrefix(target, "content"), "/"), textOf(mount, "lang"))
		}
	}
	if len(roots) > 0 {
		return roots
	}
	folder := "content"
	if word := textOf(c.config, "contentDir"); word != "" {
		folder = word
	}
	if word := textOf(c.config, "languages", c.published, "contentDir"); word != "" {
		folder = word
	}
	add(folder, "", c.published)
	return roots
}

// chooseLanguage finds the language whose pages are at the root of the site, by
// which Hugo knows them, and the one that the site says it is in.
func (c *cstate) chooseLanguage() {
	c.published = "en"
	if word := strings.ToLower(textOf(c.config, "defaultContentLanguage")); word != "" {
		c.published = word
	}
	languages, _ := fieldFold(c.config, "languages")
	for _, l := range languages.Value.Fields {
		if !strings.EqualFold(l.Key, c.published) {
			c.others = append(c.others, strings.ToLower(l.Key))
		}
	}
	c.language = c.published
	for _, keys := range [][]string{{"languageCode"}, {"languages", c.published, "languageCode"}} {
		if word := textOf(c.config, keys...); word != "" {
			c.language = word
		}
	}
}

// isFolder reports whether a folder is there.
func isFolder(root *os.Root, name string) bool {
	info, err := root.Stat(name)
	return err == nil && info.IsDir()
}
