package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/output"
)

// build is one Publish on its way.
type build struct {
	*Target
	routes  []output.Route // sorted by path
	paths   []string       // the routes', in the same order
	places  []place        // the routes', in the same order
	folders map[string]*folder
	stale   []string // what owned lists and the site has no longer
	former  spellings
	victims []string // of those, the ones where a file stands
	cleared map[string]bool
	moves   []move
	stage   stage
	trouble []string
	report  Report
}

// place is what stands at a route's path, and what becomes of it.
type place struct {
	info   fs.FileInfo // of the file there; nil where there is none
	ours   bool        // we wrote that file
	clear  []string    // what of ours goes right before the file moves in, in this order
	staged bool        // the route's bytes differ, and wait in the stage
	size   int64
}

// folder is one that the site's paths run through.
type folder struct {
	info  fs.FileInfo // nil where the folder is new
	clear []string    // a file of ours that stands where the folder belongs
	entry bool        // new, and holds what is published last, so it can't move in whole
	made  bool        // new, and made by now
}

// newBuild sorts the routes and makes sure that each has a path of its own.
func (t *Target) newBuild(out *output.Output) (*build, error) {
	b := &build{Target: t, folders: map[string]*folder{}, cleared: map[string]bool{}}
	b.routes = slices.Clone(out.Routes)
	slices.SortFunc(b.routes, func(x, y output.Route) int { return strings.Compare(x.Path, y.Path) })
	b.places = make([]place, len(b.routes))
	b.paths = make([]string, len(b.routes))
	for i := range b.routes {
		route := &b.routes[i]
		b.paths[i] = route.Path
		if flaw := pathFlaw(route.Path); flaw != "" {
			return nil, fmt.Errorf("%s%q can't be published: %s", blame(route.Origin), route.Path, flaw)
		}
		if i > 0 && route.Path == b.paths[i-1] {
			return nil, fmt.Errorf("%s%s is published twice; %sthe other", blame(route.Origin), route.Path, blame(b.routes[i-1].Origin))
		}
	}
	for i := range b.routes {
		for dir := path.Dir(b.paths[i]); dir != "."; dir = path.Dir(dir) {
			if _, found := slices.BinarySearch(b.paths, dir); found {
				return nil, fmt.Errorf("%s%s can't be published, since %s is a file too", blame(b.routes[i].Origin), b.paths[i], dir)
			}
		}
	}
	for _, name := range t.owned.paths {
		if _, found := slices.BinarySearch(b.paths, name); !found {
			b.stale = append(b.stale, name)
		}
	}
	b.former = spelling(b.stale)
	return b, nil
}

// blame opens an error with the place in the content that it is about.
func blame(origin diag.Position) string {
	if origin.IsZero() {
		return ""
	}
	return origin.String() + ": "
}

// survey looks at everything that stands at a path of the site or of owned,
// and at every folder above. It changes nothing.
func (b *build) survey() error {
	if _, err := b.folder(".", nil); err != nil {
		return err
	}
	for i := range b.routes {
		if err := b.surveyRoute(&b.routes[i], &b.places[i]); err != nil {
			return err
		}
	}
	for _, name := range b.stale {
		if err := b.surveyStale(name); err != nil {
			return err
		}
	}
	return b.verdict()
}

func (b *build) surveyRoute(route *output.Route, p *place) error {
	parent, err := b.folder(path.Dir(route.Path), route)
	if err != nil || parent.info == nil {
		return err
	}
	info, err := b.look(route.Path)
	switch {
	case err != nil || info == nil:
		return err
	case info.Mode().IsRegular():
		p.info = info
		p.ours, err = b.wrote(route.Path, info)
		return err
	case info.IsDir():
		p.clear, err = b.emptying(route.Path, route)
		return err
	}
	b.obstruct(route.Path, info, route)
	return nil
}

func (b *build) surveyStale(name string) error {
	parent, err := b.folder(path.Dir(name), nil)
	if err != nil || parent.info == nil {
		return err
	}
	info, err := b.look(name)
	switch {
	case err != nil || info == nil:
		return err
	case info.Mode().IsRegular():
		b.victims = append(b.victims, name)
	case !info.IsDir():
		b.obstruct(name, info, nil)
	}
	return nil
}

// folder looks at a folder once, and at those above it. The route is the one
// that needs the folder; without one, a file in its place is no trouble.
func (b *build) folder(name string, route *output.Route) (*folder, error) {
	if f := b.folders[name]; f != nil {
		return f, nil
	}
	f := &folder{}
	b.folders[name] = f
	if name != "." {
		parent, err := b.folder(path.Dir(name), route)
		if err != nil || parent.info == nil {
			return f, err
		}
	}
	info, err := b.look(name)
	switch {
	case err != nil || info == nil:
		return f, err
	case info.IsDir():
		f.info = info
		return f, nil
	case info.Mode().IsRegular():
		if route == nil {
			return f, nil
		}
		ours, err := b.wrote(name, info)
		if err != nil {
			return f, err
		}
		if ours {
			f.clear = []string{name}
			b.cleared[name] = true
			return f, nil
		}
	}
	b.obstruct(name, info, route)
	return f, nil
}

// look is Lstat, with nil for what is not there.
func (b *build) look(name string) (fs.FileInfo, error) {
	info, err := b.disk.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, b.failure("reading", name, err)
	}
	return info, nil
}

// emptying lists what has to go for a folder to become a file: all that is in
// it, which must be ours, and the folder itself.
func (b *build) emptying(name string, route *output.Route) ([]string, error) {
	entries, err := readFolder(b.disk, name)
	if err != nil {
		return nil, b.failure("reading", name, err)
	}
	var all []string
	for _, entry := range entries {
		below := name + "/" + entry.Name()
		switch {
		case entry.IsDir():
			inner, err := b.emptying(below, route)
			if err != nil {
				return nil, err
			}
			all = append(all, inner...)
		case entry.Type().IsRegular() && b.owned.has(below):
			all = append(all, below)
			b.cleared[below] = true
		default:
			b.troublef("%s is a folder where allclear would write %s, and it holds %s, which allclear did not write; move that away, or choose another --output",
				b.shown(name), wanted(route), path.Base(below))
		}
	}
	b.cleared[name] = true
	return append(all, name), nil
}

// wrote reports whether we wrote the file at a path: owned lists it, maybe
// spelt as an earlier site did, on a disk to which that is the same.
func (b *build) wrote(name string, info fs.FileInfo) (bool, error) {
	if b.owned.has(name) {
		return true, nil
	}
	return b.hasTwin(name, info, b.former)
}

// obstruct notes that something which is not ours stands in the way.
func (b *build) obstruct(name string, info fs.FileInfo, route *output.Route) {
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		b.troublef("%s is a symlink, and allclear follows none inside its output; put what it leads to in its place, or remove it", b.shown(name))
	case route == nil:
		b.troublef("%s is %s, where allclear once wrote a plain file; remove it", b.shown(name), kind(info))
	case name == route.Path:
		b.troublef("%s is %s that allclear did not write, where %s belongs; move it away, or choose another --output",
			b.shown(name), kind(info), wanted(route))
	default:
		b.troublef("%s is %s that allclear did not write, where the folder of %s belongs; move it away, or choose another --output",
			b.shown(name), kind(info), wanted(route))
	}
}

// wanted names a route to the person who may have to rename it.
func wanted(route *output.Route) string {
	if route.Origin.IsZero() {
		return route.Path
	}
	return fmt.Sprintf("%s (from %s)", route.Path, route.Origin)
}

func (b *build) troublef(format string, args ...any) {
	b.trouble = append(b.trouble, fmt.Sprintf(format, args...))
}

// verdict is the error of everything found in the way so far, a line each.
func (b *build) verdict() error {
	const most = 10
	switch n := len(b.trouble); {
	case n == 0:
		return nil
	case n > most:
		return fmt.Errorf("%s\nand %d more", strings.Join(b.trouble[:most], "\n"), n-most)
	}
	return errors.New(strings.Join(b.trouble, "\n"))
}
