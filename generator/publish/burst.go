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

// move is one rename from the stage: of a file, or of a new folder whole.
type move struct {
	path  string
	rank  rank
	clear []string // what of ours goes right before
}

// rank is when a move happens. What is new comes before what changed, so
// that a changed page never links to a new file that is not there yet.
type rank int

const (
	assets rank = iota
	newPages
	newData
	changedPages
	changedData
	entries
)

func rankOf(kind output.Kind, isNew bool) rank {
	switch {
	case kind == output.Asset:
		return assets
	case kind == output.Entry:
		return entries
	case kind == output.Page && isNew:
		return newPages
	case kind == output.Page:
		return changedPages
	case isNew:
		return newData
	}
	return changedData
}

// plan turns what is staged into moves, in order, and counts.
func (b *build) plan() error {
	for i := range b.routes {
		if b.routes[i].Kind == output.Entry {
			b.markEntry(path.Dir(b.paths[i]))
		}
	}
	whole := map[string]int{} // by a folder that moves in whole, its move
	for i := range b.routes {
		route, p := &b.routes[i], &b.places[i]
		if !p.staged {
			b.report.Unchanged++
			continue
		}
		b.report.Written++
		b.report.Bytes += p.size
		if p.info != nil && !p.ours {
			b.troublef("%s is not as allclear would write %s, and allclear did not write it; move it away, or choose another --output",
				b.shown(route.Path), wanted(route))
		}
		m := move{path: route.Path, rank: rankOf(route.Kind, p.info == nil), clear: p.clear}
		if top := b.newTop(route.Path); top != "" {
			if at, found := whole[top]; found {
				b.moves[at].rank = min(b.moves[at].rank, m.rank)
				continue
			}
			whole[top] = len(b.moves)
			m.path, m.clear = top, b.folders[top].clear
		}
		b.moves = append(b.moves, m)
	}
	slices.SortFunc(b.moves, func(x, y move) int {
		return cmp.Or(cmp.Compare(x.rank, y.rank), cmp.Compare(x.path, y.path))
	})
	return b.verdict()
}

// markEntry keeps new folders that hold an entry from moving in whole.
func (b *build) markEntry(name string) {
	for f := b.folders[name]; f.info == nil; f = b.folders[name] {
		f.entry = true
		name = path.Dir(name)
	}
}

// newTop is the topmost folder above a path that moves in whole, or "".
func (b *build) newTop(name string) string {
	top := ""
	for dir := path.Dir(name); b.folders[dir].info == nil && !b.folders[dir].entry; dir = path.Dir(dir) {
		top = dir
	}
	return top
}

// preflight makes sure that the moves and deletions can happen in the folders
// that they touch.
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
	for _, name := range b.victims {
		touched[path.Dir(name)] = true
	}
	return b.inspect(slices.Sorted(maps.Keys(touched)))
}

// inspect looks whether files can come into these folders and go, and whether
// those that are to be replaced can be.
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
			b.trouble = append(b.trouble, b.failure("writing into the folder", name, err).Error())
		}
		if err := b.checkMount(home, name); err != nil {
			return err
		}
	}
	for i, p := range b.places {
		if p.staged && p.info != nil {
			if err := b.checkMount(home, b.paths[i]); err != nil {
				return err
			}
		}
	}
	return b.verdict()
}

// checkMount notes a file or folder that no rename can reach.
func (b *build) checkMount(home mount, name string) error {
	there, err := b.disk.Mount(name)
	if err != nil {
		return b.failure("reading", name, err)
	}
	if there != home {
		b.troublef("%s is mounted there from another place, and nothing can be renamed into it; unmount it, or choose another --output", b.shown(name))
	}
	return nil
}

// own lists the old paths and the new ones, so that whatever happens from
// here on, the next build knows what is ours.
func (b *build) own() error {
	union := slices.Concat(b.owned.paths, b.paths)
	slices.Sort(union)
	return b.writeOwned(slices.Compact(union))
}

// burst moves in what is staged.
func (b *build) burst() error {
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

// makeFolder makes a new folder that can't move in whole.
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

// remove deletes files of ours and folders that they leave empty.
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

// sweep deletes what the site has no longer, and the folders that it leaves
// empty.
func (b *build) sweep() error {
	routes := spellings{}
	if len(b.victims) > 0 {
		routes = spelling(b.paths)
	}
	for _, name := range b.victims {
		if b.cleared[name] {
			continue
		}
		info, err := b.look(name)
		if err != nil {
			return err
		}
		if info == nil {
			continue
		}
		// On a disk that folds case this may be a file of the new site.
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
	return b.sweepFolders()
}

// sweepFolders removes the folders above stale paths where they are empty,
// also those that a killed build left.
func (b *build) sweepFolders() error {
	above := map[string]bool{}
	for _, name := range b.stale {
		for dir := path.Dir(name); dir != "." && !above[dir]; dir = path.Dir(dir) {
			above[dir] = true
		}
	}
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(above))) {
		if b.folders[name].info == nil || b.cleared[name] { // it was not there, or is a file now
			continue
		}
		err := b.disk.Remove(name)
		switch {
		case err == nil, errors.Is(err, fs.ErrExist): // not empty
		case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EBUSY): // left empty, it does no harm
		default:
			return b.failure("removing the folder", name, err)
		}
	}
	return nil
}

// settle lists the new paths alone, and leaves no stage.
func (b *build) settle() error {
	if err := b.writeOwned(b.paths); err != nil {
		return err
	}
	return b.removeStage()
}
