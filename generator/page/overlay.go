package page

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"allclear/generator/diag"
)

// How large a file of a theme may be, in bytes.
const (
	maxStatic = 8 << 20 // below static/: pictures and fonts, which are kept in memory
	maxFile   = 1 << 20 // any other
)

// layer is one folder of a theme. The files of a later layer replace those of
// an earlier one.
type layer struct {
	folder string // as a person would type it: themes/default
	files  fs.FS
}

// file is one file of a theme, with the layer that it came from.
type file struct {
	path  string // below the theme's folder: templates/index.html
	layer layer
}

func (f file) position() diag.Position {
	return diag.Position{File: f.layer.folder + "/" + f.path}
}

// read returns the file's content, which must not be huge.
func (f file) read() ([]byte, diag.List) {
	limit := int64(maxFile)
	if strings.HasPrefix(f.path, "static/") {
		limit = maxStatic
	}
	info, err := fs.Stat(f.layer.files, f.path)
	if err == nil && info.Size() > limit {
		return nil, diag.List{ruleFile.At(f.position(), "the file has %d bytes, more than the %d allowed", info.Size(), limit)}
	}
	data, err := fs.ReadFile(f.layer.files, f.path)
	if err != nil {
		return nil, diag.List{ruleFile.At(f.position(), "can't read the file: %v", diag.Reason(err))}
	}
	return data, nil
}

// overlay lists the files of all layers by path. If several layers have the same
// path, the file of the last one is listed, but of an i18n file all are, the
// lowest layer first.
func overlay(layers []layer) ([]file, diag.List) {
	var all []file
	var found diag.List
	for _, l := range layers {
		files, ds := l.list()
		found.Add(ds...)
		for _, f := range files {
			same := func(g file) bool { return g.path == f.path && path.Dir(f.path) != "i18n" }
			all = append(slices.DeleteFunc(all, same), f)
		}
	}
	slices.SortStableFunc(all, func(a, b file) int { return cmp.Compare(a.path, b.path) })
	return all, found
}

// list lists the files of one layer, without hidden ones and editors' backups.
func (l layer) list() ([]file, diag.List) {
	var files []file
	var found diag.List
	// The function given to WalkDir reports every error itself and returns none.
	_ = fs.WalkDir(l.files, ".", func(name string, entry fs.DirEntry, err error) error {
		f := file{path: name, layer: l}
		switch {
		case err != nil:
			found.Add(ruleFile.At(f.position(), "can't read: %v", diag.Reason(err)))
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
		case name != "." && (strings.HasPrefix(path.Base(name), ".") || strings.HasSuffix(name, "~")):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir():
		case !entry.Type().IsRegular():
			found.Add(ruleFile.At(f.position(), "this is not a plain file").
				WithHint("a theme can't hold links or devices: put the file itself here"))
		default:
			files = append(files, f)
		}
		return nil
	})
	return files, found
}
