package preview

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"allclear/generator/source"
)

// themesFolder lies beside the content folder and holds a site's own themes.
const themesFolder = "themes"

// root is a folder that is watched with all that is below it. It may be
// missing, and it may be a symlink; nothing below it is followed.
type root struct {
	name string // as Session.Rebuild knows it: content
	path string
}

// newRoots are the content folder and the themes beside it.
func newRoots(content string) []root {
	full, err := filepath.Abs(content)
	if err != nil {
		full = content
	}
	beside := filepath.Dir(full)
	return []root{
		{name: filepath.Base(full), path: full},
		{name: themesFolder, path: filepath.Join(beside, themesFolder)},
	}
}

// folder is where the root is at the moment, and what is there; nil where it
// is missing or no folder.
func (r root) folder() (string, fs.FileInfo) {
	real, err := filepath.EvalSymlinks(r.path)
	if err != nil {
		return r.path, nil
	}
	info, err := os.Stat(real)
	if err != nil || !info.IsDir() {
		return r.path, nil
	}
	return real, info
}

// ignored reports whether nothing of the site is made from a name: a dotfile
// or what an editor leaves, but for those that the content's static folder
// publishes or refuses.
func ignored(name string) bool {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if source.Ignored(part) && !(i >= 2 && parts[1] == "static" && reported(part)) {
			return true
		}
	}
	return false
}

func reported(part string) bool {
	lower := strings.ToLower(part)
	return lower == ".well-known" || strings.HasPrefix(lower, ".git") || strings.HasPrefix(lower, ".allclear")
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
