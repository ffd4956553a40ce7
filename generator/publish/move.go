package publish

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"syscall"

	"allclear/generator/output"
)

// move is one rename out of the stage, of a file or of a whole new folder.
type move struct {
	path  string
	order order
	clear []string // paths of ours to delete right before
}

// order is when a move happens. New files come before changed ones, so that a
// changed page never links to a new file that is not there yet.
type order int

const (
	assets order = iota
	newPages
	newData
	changedPages
	changedData
	entryPoints
)

func orderOf(kind output.Kind, isNew bool) order {
	switch {
	case kind == output.Asset:
		return assets
	case kind == output.EntryPoint:
		return entryPoints
	case kind == output.Page && isNew:
		return newPages
	case kind == output.Page:
		return changedPages
	case isNew:
		return newData
	}
	return changedData
}

// plan turns the staged files into moves, in their order, and counts them.
func (b *build) plan() error {
	for i := range b.routes {
		if b.routes[i].Kind == output.EntryPoint {
			b.markEntryPoint(path.Dir(b.paths[i]))
		}
	}
	whole := map[string]int{} // for each folder that moves in whole, the index of its move
	for i := range b.routes {
		route, d := &b.routes[i], &b.destinations[i]
		if !d.staged {
			b.report.Unchanged++
			continue
		}
		b.report.Written++
		b.report.Bytes += d.size
		if d.info != nil && !d.ours && !(d.cutOff && b.owned.mayHaveHad(route.Path)) {
			b.obstaclef("%s is not as allclear would write %s, and allclear did not write it; move it away, or choose another --output",
				b.shown(route.Path), routeName(route))
		}
		m := move{path: route.Path, order: orderOf(route.Kind, d.info == nil), clear: d.clear}
		if top := b.newTop(route.Path); top != "" {
			if at, found := whole[top]; found {
				b.moves[at].order = min(b.moves[at].order, m.order)
				continue
			}
			whole[top] = len(b.moves)
			m.path, m.clear = top, b.folders[top].clear
		}
		b.moves = append(b.moves, m)
	}
	slices.SortFunc(b.moves, func(x, y move) int {
		return cmp.Or(cmp.Compare(x.order, y.order), cmp.Compare(x.path, y.path))
	})
	return b.refusal()
}

// markEntryPoint keeps a new folder with an entry point in it from moving in
// whole.
func (b *build) markEntryPoint(name string) {
	for f := b.folders[name]; f.info == nil; f = b.folders[name] {
		f.holdsEntryPoint = true
		name = path.Dir(name)
	}
}

// newTop is the topmost folder above a path that moves in whole, or "".
func (b *build) newTop(name string) string {
	top := ""
	for dir := path.Dir(name); b.folders[dir].info == nil && !b.folders[dir].holdsEntryPoint; dir = path.Dir(dir) {
		top = dir
	}
	return top
}

// preflight makes sure that files can be moved into the folders concerned and
// deleted there.
func (b *build) preflight() error {
	touched := map[string]bool{}
	for _, m := range b.moves {
		dir := path.Dir(m.path)
		for b.folders[dir].info == nil {
			for _, name := range b.folders[dir].clear {
				touched[path.Dir(name)] = true
			}
			dir = path.Dir(dir)
		}
		touched[dir] = true
		for _, name := range m.clear {
			touched[path.Dir(name)] = true
		}
	}
	for _, name := range b.deletions {
		touched[path.Dir(name)] = true
	}
	return b.inspect(slices.Sorted(maps.Keys(touched)))
}

// inspect makes sure that these folders are writable, and that no other disk
// is mounted on them or on a file that will be replaced.
func (b *build) inspect(folders []string) error {
	if len(folders) == 0 {
		return nil
	}
	home, err := b.disk.Mount(".")
	if err != nil {
		return b.failure("reading", ".", err)
	}
	for _, name := range folders {
		f, err := b.folder(name, nil)
		if err != nil {
			return err
		}
		if f.info == nil {
			continue
		}
		if err := b.disk.Writable(name); err != nil {
			b.obstacles = append(b.obstacles, b.failure("writing into the folder", name, err).Error())
		}
		if err := b.checkMount(home, name); err != nil {
			return err
		}
	}
	for i, d := range b.destinations {
		if d.staged && d.info != nil {
			if err := b.checkMount(home, b.paths[i]); err != nil {
				return err
			}
		}
	}
	return b.refusal()
}

// checkMount notes a file or folder that a rename can't reach.
func (b *build) checkMount(home mount, name string) error {
	there, err := b.disk.Mount(name)
	if err != nil {
		return b.failure("reading", name, err)
	}
	if there != home {
		b.obstaclef("%s is a mount point, and files can't be renamed across mounts; unmount it, or choose another --output", b.shown(name))
	}
	return nil
}

// ownBoth lists the old paths and the new ones, so that the next build knows
// what is ours even if this one is killed from here on.
func (b *build) ownBoth() error {
	union := slices.Concat(b.owned.paths, b.paths)
	slices.Sort(union)
	return b.writeOwned(slices.Compact(union))
}

// moveIn moves the staged files into the folder.
func (b *build) moveIn() error {
	for _, m := range b.moves {
		if err := b.makeFolder(path.Dir(m.path)); err != nil {
			return err
		}
		if err := b.remove(m.clear); err != nil {
			return err
		}
		if err := b.disk.Rename(stagedSite+"/"+m.path, m.path); err != nil {
			return b.failure("publishing", m.path, err)
		}
	}
	return nil
}

// makeFolder makes a new folder that can't move in whole, and those above it.
func (b *build) makeFolder(name string) error {
	f := b.folders[name]
	if f.info != nil || f.made {
		return nil
	}
	if err := b.makeFolder(path.Dir(name)); err != nil {
		return err
	}
	if err := b.remove(f.clear); err != nil {
		return err
	}
	if err := b.disk.Mkdir(name); err != nil {
		return b.failure("making the folder", name, err)
	}
	f.made = true
	return nil
}

// remove deletes files and folders of ours.
func (b *build) remove(names []string) error {
	for _, name := range names {
		if err := b.disk.Remove(name); err != nil {
			return b.failure("deleting", name, err)
		}
		if _, found := slices.BinarySearch(b.stale, name); found {
			b.report.Deleted++
		}
	}
	return nil
}

// deleteStale deletes the files that the site no longer has, and the folders
// that this empties.
func (b *build) deleteStale() error {
	routes := spellings{}
	if len(b.deletions) > 0 {
		routes = newSpellings(b.paths)
	}
	for _, name := range b.deletions {
		if b.cleared[name] {
			continue
		}
		info, err := b.lstat(name)
		if err != nil {
			return err
		}
		if info == nil {
			continue
		}
		// On a disk that ignores case this may be a file of the new site.
		kept, err := b.hasTwin(name, info, routes)
		if err != nil {
			return err
		}
		if kept {
			continue
		}
		if err := b.remove([]string{name}); err != nil {
			return err
		}
	}
	return b.removeEmptyFolders()
}

// removeEmptyFolders removes the empty folders above stale paths, including
// those that a killed build left.
func (b *build) removeEmptyFolders() error {
	above := map[string]bool{}
	for _, name := range b.stale {
		for dir := path.Dir(name); dir != "." && !above[dir]; dir = path.Dir(dir) {
			above[dir] = true
		}
	}
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(above))) {
		if b.folders[name].info == nil || b.cleared[name] { // there was none, or it is a file now
			continue
		}
		err := b.disk.Remove(name)
		switch {
		case err == nil, errors.Is(err, fs.ErrExist): // not empty
		case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EBUSY): // an empty folder does no harm
		default:
			return b.failure("removing the folder", name, err)
		}
	}
	return nil
}

// finish lists only the new paths, and removes the stage.
func (b *build) finish() error {
	if err := b.writeOwned(b.paths); err != nil {
		return err
	}
	return b.removeStage()
}
