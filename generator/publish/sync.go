package publish

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
)

// syncStage waits until the folders of the stage are on the disk; their files are.
func (b *build) syncStage() error {
	if !b.Sync {
		return nil
	}
	made := withParents{}
	for name := range b.stage.folders {
		made.add(name)
	}
	return b.syncEach(stagedSite, made)
}

// syncFolders waits until the names in each folder in which a build has moved or
// deleted something are on the disk.
func (b *build) syncFolders() error {
	if !b.Sync {
		return nil
	}
	touched := withParents{}
	for _, m := range b.moves {
		touched.add(path.Dir(m.path))
	}
	for _, name := range b.deletions {
		touched.add(path.Dir(name))
	}
	return b.syncEach(".", touched)
}

// withParents is folders and those that they are in, up to ".".
type withParents map[string]bool

func (w withParents) add(folder string) {
	for ; !w[folder]; folder = path.Dir(folder) {
		w[folder] = true
	}
}

// syncEach syncs folders below another one, unless they are gone.
func (b *build) syncEach(below string, folders withParents) error {
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		name := path.Join(below, folder)
		if err := b.disk.SyncFolder(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return b.failure("writing", name, err)
		}
	}
	return nil
}
