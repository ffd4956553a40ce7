// Package publish writes a site's output into a folder and changes only what
// differs. It knows nothing of incidents, and never touches a file that it did
// not write.
//
// The folder stays in place and is changed file by file, since replacing it as
// a whole would break bind mounts and open folders. These are the steps:
//
//  1. Open locks the folder, before any content is read. The lock ends with
//     the process, even if that is killed. A second build waits for it.
//  2. The folder is ours if it is missing, empty, holds nothing but .git,
//     .gitignore and .gitkeep, or has .allclear/owned: the paths that we
//     wrote, sorted, one per line. That file is the only state.
//  3. Every route is rendered and compared with the file at its path. A file
//     with equal bytes stays, and from now on counts as ours. Other
//     routes are written to .allclear/stage.
//  4. Obstacles are found while nothing has changed yet: symlinks, files that
//     are not ours, files in place of folders and folders in place of files,
//     other disks, folders without permission.
//  5. owned becomes the union of the old list and the new.
//  6. The files move in, each by a rename: assets, then new files, then changed
//     ones, pages before data, and the entry points last. A new folder moves in
//     as a whole. So no page links to a file that is not there yet.
//  7. Files that owned lists and the site no longer has are deleted, and so are
//     the folders that this empties.
//  8. owned becomes the new list, and the stage is removed.
//
// So a build that fails before step 6 leaves the site as it was, and one that
// is killed at any instant leaves each file whole, old or new, and the next
// build repairs the rest. A path that is a file in one site and a folder in the
// other is missing for the moment between a deletion and a rename, since no
// file system does both at once.
//
// Only owned is synced to the disk, since each sync costs some 4 ms. After a loss of
// power some files may be empty, until the next build finds them, since it compares
// bytes. With Sync, the new files are synced before step 6, and the folders after
// step 7, so no file is ever empty.
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/output"
)

// Report is what a build did to the folder.
type Report struct {
	Written   int   // files that are new or changed
	Unchanged int   // files that stayed as they were
	Deleted   int   // files of an earlier build that the site no longer has
	Bytes     int64 // of the files written
}

// ErrTooLarge means that the site has more bytes than it may, and that nothing was
// published.
var ErrTooLarge = errors.New("the site has more bytes than it may have")

// Target is a folder that is locked and ours to publish into.
type Target struct {
	Sync bool // wait until each step is on the disk, so that a loss of power leaves no empty file

	name  string // as the person typed it
	disk  disk
	root  *os.Root
	lock  *os.File
	made  []string // folders that did not exist before, outermost first
	state bool     // .allclear existed before
	owned owned

	largest      string // the path of the largest file that was published
	largestBytes int64
}

// Open makes dir if it is missing, locks it and makes sure that it is ours;
// dir may be a symlink to a folder. If another build holds the lock, Open calls
// waiting, unless that is nil, and waits for that build to end.
func Open(dir string, waiting func()) (*Target, error) {
	for {
		t, err := open(dir)
		if err != nil {
			return nil, err
		}
		waited, err := t.acquire(waiting)
		if waited {
			waiting = nil
		}
		if err != nil {
			t.Close()
			return nil, err
		}
		if t.stillAt(dir) {
			if err := t.claim(); err != nil {
				t.Close()
				return nil, err
			}
			return t, nil
		}
		t.Close() // the folder was removed or replaced while we waited
	}
}

func open(dir string) (*Target, error) {
	t := &Target{name: path.Clean(filepath.ToSlash(dir))}
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && isLink(dir):
		return nil, fmt.Errorf("%s is a symlink that leads nowhere; make the folder that it names, or choose another --output", t.name)
	case errors.Is(err, fs.ErrNotExist):
		if t.made, err = makeFolders(dir); err != nil {
			return nil, t.failure("making the folder", ".", err)
		}
	case err != nil:
		return nil, t.failure("opening", ".", err)
	case !info.IsDir():
		return nil, fmt.Errorf("%s is not a folder; choose another --output", t.name)
	}
	if t.root, err = os.OpenRoot(dir); err != nil {
		return nil, t.failure("opening", ".", err)
	}
	t.disk = rootDisk{t.root}
	return t, nil
}

func isLink(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// makeFolders is os.MkdirAll that returns the folders that it made.
func makeFolders(dir string) (made []string, err error) {
	missing := []string{}
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			break
		}
		missing = append(missing, at)
	}
	for i := len(missing) - 1; i >= 0; i-- {
		// Another build may make the same folder at the same time.
		if err := os.Mkdir(missing[i], 0o777); err == nil {
			made = append(made, missing[i])
		} else if info, statErr := os.Stat(missing[i]); statErr != nil || !info.IsDir() {
			return made, err
		}
	}
	return made, nil
}

func (t *Target) acquire(waiting func()) (waited bool, err error) {
	// Before the lock, since some systems keep it in a file inside.
	if err := t.refuseForeign(); err != nil {
		return false, err
	}
	if t.lock, err = openLock(t.root); err != nil {
		return false, t.failure("locking", ".", err)
	}
	if waited, err = wait(t.lock, waiting); err != nil {
		return waited, t.failure("locking", ".", err)
	}
	return waited, nil
}

// stillAt reports whether dir is still the folder that was opened.
func (t *Target) stillAt(dir string) bool {
	here, err := t.root.Lstat(".")
	if err != nil {
		return false
	}
	there, err := os.Stat(dir)
	return err == nil && os.SameFile(here, there)
}

// claim reads what is ours, under the lock.
func (t *Target) claim() error {
	if err := t.refuseForeign(); err != nil {
		return err
	}
	if _, err := t.disk.Lstat(stateFolder); err == nil {
		t.state = true
	}
	return t.readOwned()
}

// refuseForeign is an error if the folder holds files and no list says that
// they are ours.
func (t *Target) refuseForeign() error {
	info, err := t.disk.Lstat(stateFolder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return t.failure("reading", stateFolder, err)
	case !info.IsDir():
		return fmt.Errorf("%s is %s, and must be a folder of allclear's own; remove it", t.shown(stateFolder), kind(info))
	}
	entries, err := readFolder(t.disk, ".")
	if err != nil {
		return t.failure("reading", ".", err)
	}
	for _, entry := range entries {
		switch entry.Name() {
		case ".git", ".gitignore", ".gitkeep", stateFolder:
			continue
		}
		// owned is written before any other file of ours, so this is true
		// even while another build fills the folder.
		if _, err := t.disk.Lstat(ownedFile); err == nil {
			return nil
		}
		return fmt.Errorf("%s holds %s, which allclear did not write; choose another --output, or empty the folder", t.name, entry.Name())
	}
	return nil
}

// Publish makes the folder hold the site. After an error the folder is as it
// was, unless the disk failed during the renames: then it can still be served,
// and the next Publish repairs it.
func (t *Target) Publish(out *output.Output) (report Report, err error) {
	b, err := t.newBuild(out)
	if err != nil {
		return Report{}, err
	}
	if err := t.removeStage(); err != nil { // of a build that was killed
		return Report{}, err
	}
	steps := []func() error{
		b.survey, b.render, b.plan, b.preflight, // nothing has changed so far
		b.syncStage, b.ownBoth, b.moveIn, b.deleteStale, b.syncFolders, b.finish,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			t.abandon()
			return Report{}, err
		}
	}
	for i, d := range b.destinations {
		if d.size > t.largestBytes {
			t.largest, t.largestBytes = b.routes[i].Path, d.size
		}
	}
	return b.report, nil
}

// Largest is the path and the size of the largest file that was published.
func (t *Target) Largest() (path string, bytes int64) { return t.largest, t.largestBytes }

// abandon removes what a failed build put beside the site. What it can't
// remove, the next build does.
func (t *Target) abandon() {
	_ = t.removeStage()
	if !t.state && !t.owned.written {
		_ = t.disk.Remove(stateFolder)
	}
}

func (t *Target) removeStage() error {
	if err := t.disk.RemoveAll(stageFolder); err != nil {
		return t.failure("removing", stageFolder, err)
	}
	return nil
}

// Close unlocks the folder. It removes a folder that Open made if nothing was
// published into it.
func (t *Target) Close() error {
	for i := len(t.made) - 1; i >= 0; i-- {
		if os.Remove(t.made[i]) != nil {
			break
		}
	}
	err := t.root.Close()
	if t.lock != nil {
		err = errors.Join(err, t.lock.Close())
	}
	return err
}

// shown is a path below the folder as messages name it.
func (t *Target) shown(name string) string { return path.Join(t.name, name) }

// failure says what could not be done, to which path, and why.
func (t *Target) failure(doing, name string, err error) error {
	return fmt.Errorf("%s %s: %w", doing, t.shown(name), diag.Reason(err))
}

// kind names what a file is.
func kind(info fs.FileInfo) string {
	mode := info.Mode()
	switch {
	case mode.IsRegular():
		return "a file"
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeSymlink != 0:
		return "a symlink"
	case mode&fs.ModeNamedPipe != 0:
		return "a pipe"
	}
	return "a " + strings.ToLower(mode.Type().String()) + " file, not a plain one"
}
