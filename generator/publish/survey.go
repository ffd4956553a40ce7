package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"allclear/generator/diag"
	"allclear/generator/output"
)

// build is the state of one Publish.
type build struct {
	*Target
	routes       []output.Route // sorted by path
	maxBytes     int64          // of all routes together; 0 for no limit
	bytes        atomic.Int64   // rendered so far
	paths        []string       // of the routes, in the same order
	destinations []destination  // of the routes, in the same order
	folders      map[string]*folder
	stale        []string        // paths that owned lists and the site no longer has
	former       spellings       // of stale
	deletions    []string        // the stale paths at which there is a file
	cleared      map[string]bool // paths that are deleted right before a move
	moves        []move
	stage        stage
	obstacles    []string // a message for each thing in the way
	report       Report
}

// destination is a route's path in the folder: what is there, and whether it
// will be replaced.
type destination struct {
	info   fs.FileInfo // of the file there; nil if there is none
	ours   bool        // we wrote that file
	clear  []string    // paths of ours to delete right before the move, in this order
	staged bool        // the route's bytes differ from the file's and are in the stage
	cutOff bool        // the file is the beginning of the route's bytes
	size   int64       // of the route, in bytes
}

// folder is a folder above a path of the site.
type folder struct {
	info            fs.FileInfo // nil if the folder is new
	clear           []string    // a file of ours in its place
	holdsEntryPoint bool        // the folder is new and can't move in whole, since a file in it is published last
	made            bool        // the folder was new and has been made
}

// newBuild sorts the routes and makes sure that each has a path of its own.
func (t *Target) newBuild(out *output.Output) (*build, error) {
	b := &build{Target: t, maxBytes: out.MaxBytes, folders: map[string]*folder{}, cleared: map[string]bool{}}
	b.routes = slices.Clone(out.Routes)
	slices.SortFunc(b.routes, func(x, y output.Route) int { return strings.Compare(x.Path, y.Path) })
	b.destinations = make([]destination, len(b.routes))
	b.paths = make([]string, len(b.routes))
	for i := range b.routes {
		route := &b.routes[i]
		b.paths[i] = route.Path
		if flaw := pathFlaw(route.Path); flaw != "" {
			return nil, fmt.Errorf("%s%q can't be published: %s", originPrefix(route.Origin), route.Path, flaw)
		}
		if i > 0 && route.Path == b.paths[i-1] {
			return nil, fmt.Errorf("%s%s is published twice; %sthe other", originPrefix(route.Origin), route.Path, originPrefix(b.routes[i-1].Origin))
		}
	}
	for i := range b.routes {
		for dir := path.Dir(b.paths[i]); dir != "."; dir = path.Dir(dir) {
			if _, found := slices.BinarySearch(b.paths, dir); found {
				return nil, fmt.Errorf("%s%s can't be published, since %s is a file too", originPrefix(b.routes[i].Origin), b.paths[i], dir)
			}
		}
	}
	for _, name := range t.owned.paths {
		if _, found := slices.BinarySearch(b.paths, name); !found {
			b.stale = append(b.stale, name)
		}
	}
	b.former = newSpellings(b.stale)
	return b, nil
}

// originPrefix begins an error with the position in the content that it is about.
func originPrefix(origin diag.Position) string {
	if origin.IsZero() {
		return ""
	}
	return origin.String() + ": "
}

// survey looks at what is at each path of the site and of owned, and at every
// folder above. It changes nothing.
func (b *build) survey() error {
	if _, err := b.folder(".", nil); err != nil {
		return err
	}
	for i := range b.routes {
		if err := b.surveyRoute(&b.routes[i], &b.destinations[i]); err != nil {
			return err
		}
	}
	for _, name := range b.stale {
		if err := b.surveyStale(name); err != nil {
			return err
		}
	}
	return b.refusal()
}

func (b *build) surveyRoute(route *output.Route, d *destination) error {
	parent, err := b.folder(path.Dir(route.Path), route)
	if err != nil || parent.info == nil {
		return err
	}
	info, err := b.lstat(route.Path)
	switch {
	case err != nil || info == nil:
		return err
	case info.Mode().IsRegular():
		d.info = info
		d.ours, err = b.isOurs(route.Path, info)
		return err
	case info.IsDir():
		d.clear, err = b.allBelow(route.Path, route)
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
	info, err := b.lstat(name)
	switch {
	case err != nil || info == nil:
		return err
	case info.Mode().IsRegular():
		b.deletions = append(b.deletions, name)
	case !info.IsDir():
		b.obstruct(name, info, nil)
	}
	return nil
}

// folder looks once at a folder and at those above it. If no route needs the
// folder (route is nil), a file in its place is no obstacle.
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
	info, err := b.lstat(name)
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
		ours, err := b.isOurs(name, info)
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

// lstat is Lstat that returns nil if there is nothing.
func (b *build) lstat(name string) (fs.FileInfo, error) {
	info, err := b.disk.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, b.failure("reading", name, err)
	}
	return info, nil
}

// allBelow lists what must be deleted before a folder can become a file: all
// that is in it, which must be ours, and last the folder itself.
func (b *build) allBelow(name string, route *output.Route) ([]string, error) {
	entries, err := readFolder(b.disk, name)
	if err != nil {
		return nil, b.failure("reading", name, err)
	}
	var all []string
	for _, entry := range entries {
		below := name + "/" + entry.Name()
		switch {
		case entry.IsDir():
			inner, err := b.allBelow(below, route)
			if err != nil {
				return nil, err
			}
			all = append(all, inner...)
		case entry.Type().IsRegular() && b.owned.has(below):
			all = append(all, below)
			b.cleared[below] = true
		default:
			b.obstaclef("%s is a folder where allclear would write %s, and it holds %s, which allclear did not write; move that away, or choose another --output",
				b.shown(name), routeName(route), path.Base(below))
		}
	}
	b.cleared[name] = true
	return append(all, name), nil
}

// isOurs reports whether we wrote the file at a path: owned lists the path,
// perhaps in another spelling that names the same file on this disk.
func (b *build) isOurs(name string, info fs.FileInfo) (bool, error) {
	if b.owned.has(name) || b.owned.damaged {
		return true, nil
	}
	return b.hasTwin(name, info, b.former)
}

// obstruct notes that something that is not ours is in the way.
func (b *build) obstruct(name string, info fs.FileInfo, route *output.Route) {
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		b.obstaclef("%s is a symlink, and allclear follows none inside its output; put what it leads to in its place, or remove it", b.shown(name))
	case route == nil:
		b.obstaclef("%s is %s, where allclear once wrote a plain file; remove it", b.shown(name), kind(info))
	case name == route.Path:
		b.obstaclef("%s is %s that allclear did not write, where %s belongs; move it away, or choose another --output",
			b.shown(name), kind(info), routeName(route))
	default:
		b.obstaclef("%s is %s that allclear did not write, where the folder of %s belongs; move it away, or choose another --output",
			b.shown(name), kind(info), routeName(route))
	}
}

// routeName names a route and the file it comes from, which a person may have
// to rename.
func routeName(route *output.Route) string {
	if route.Origin.IsZero() {
		return route.Path
	}
	return fmt.Sprintf("%s (from %s)", route.Path, route.Origin)
}

func (b *build) obstaclef(format string, args ...any) {
	b.obstacles = append(b.obstacles, fmt.Sprintf(format, args...))
}

// refusal is the error of all obstacles found so far, one line each.
func (b *build) refusal() error {
	const most = 10
	switch n := len(b.obstacles); {
	case n == 0:
		return nil
	case n > most:
		return fmt.Errorf("%s\nand %d more", strings.Join(b.obstacles[:most], "\n"), n-most)
	}
	return errors.New(strings.Join(b.obstacles, "\n"))
}
