package preview

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"allclear/generator"
	"allclear/generator/source"
)

// watchedFolder is a folder that is watched with everything below it. It may be
// missing, and it may be a symlink; symlinks below it are not followed.
type watchedFolder struct {
	name string // as in Session.Rebuild: content
	path string
}

// watchedFolders are the content folder and the themes beside it.
func watchedFolders(content string) []watchedFolder {
	full, err := filepath.Abs(content)
	if err != nil {
		full = content
	}
	return []watchedFolder{
		{name: filepath.Base(full), path: full},
		{name: generator.ThemesFolder, path: filepath.Join(filepath.Dir(full), generator.ThemesFolder)},
	}
}

// resolve follows symlinks to the folder. info is nil if there is no folder.
func (f watchedFolder) resolve() (path string, info fs.FileInfo) {
	resolved, err := filepath.EvalSymlinks(f.path)
	if err != nil {
		return f.path, nil
	}
	info, err = os.Stat(resolved)
	if err != nil || !info.IsDir() {
		return f.path, nil
	}
	return resolved, info
}

// ignored reports whether a file does not matter for the site: a dotfile or an
// editor's temporary file, except for the dotfiles below static/ that are
// published or refused.
func ignored(name string) bool {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if source.Ignored(part) && !(i >= 2 && parts[1] == "static" && staticDotfile(part)) {
			return true
		}
	}
	return false
}

func staticDotfile(name string) bool {
	lower := strings.ToLower(name)
	return lower == ".well-known" || strings.HasPrefix(lower, ".git") || strings.HasPrefix(lower, ".allclear")
}
