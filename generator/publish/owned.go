package publish

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Everything of ours that is not part of the site is below one folder.
const (
	stateFolder = ".allclear"
	ownedFile   = stateFolder + "/owned"
	stageFolder = stateFolder + "/stage"
	stagedOwned = stageFolder + "/owned"
	stagedSite  = stageFolder + "/site"
)

// maxOwned bounds the file owned, in bytes: half a million paths.
const maxOwned = 64 << 20

// owned is the list of paths that we wrote, as the file has it.
type owned struct {
	paths   []string // sorted, each once
	written bool     // the file exists
	damaged bool     // the end of the file is missing
}

// mayHaveHad reports whether a path may be missing in the list because the end of
// the file was cut off between two lines.
func (o owned) mayHaveHad(name string) bool {
	return o.written && (len(o.paths) == 0 || name > o.paths[len(o.paths)-1])
}

func (o owned) has(name string) bool {
	_, found := slices.BinarySearch(o.paths, name)
	return found
}

// readOwned reads the list. A line that we could not have written is an error,
// since the file that it names would be deleted one day.
func (t *Target) readOwned() error {
	info, err := t.disk.Lstat(ownedFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return t.failure("reading", ownedFile, err)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is %s, and must be a file of allclear's own; empty the folder", t.shown(ownedFile), kind(info))
	case info.Size() > maxOwned:
		return fmt.Errorf("%s has %d bytes, and %d are the most; empty the folder", t.shown(ownedFile), info.Size(), maxOwned)
	}
	f, err := t.disk.Open(ownedFile)
	if err != nil {
		return t.failure("reading", ownedFile, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxOwned))
	if err != nil {
		return t.failure("reading", ownedFile, err)
	}
	// A disk that lost power may have kept a part of the file, or zeros. Whatever is
	// at a path of the site then counts as ours.
	whole := strings.TrimRight(string(text), "\x00")
	damaged := whole != string(text) || !strings.HasSuffix(whole, "\n")
	if damaged {
		whole = whole[:strings.LastIndexByte(whole, '\n')+1]
	}
	paths, err := parseOwned(whole)
	if err != nil {
		return fmt.Errorf("%s:%w; remove the line, or empty the folder", t.shown(ownedFile), err)
	}
	t.owned = owned{paths: paths, written: true, damaged: damaged}
	return nil
}

// parseOwned reads the text of the list. Its errors begin with the line number.
func parseOwned(text string) ([]string, error) {
	var paths []string
	number := 0
	for line := range strings.Lines(text) {
		number++
		// A checkout on Windows may have changed the line ends.
		name := strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if flaw := pathFlaw(name); flaw != "" {
			return nil, fmt.Errorf("%d: %q is no path that allclear writes: %s", number, name, flaw)
		}
		paths = append(paths, name)
	}
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// writeOwned replaces the list if it changes. It is on the disk before any file of
// the site is, so that a loss of power never leaves files that nobody owns.
func (t *Target) writeOwned(paths []string) error {
	if t.owned.written && !t.owned.damaged && slices.Equal(paths, t.owned.paths) {
		return nil
	}
	if err := t.disk.MkdirAll(stageFolder); err != nil {
		return t.failure("making the folder", stageFolder, err)
	}
	if err := t.stageOwned(paths); err != nil {
		return t.failure("writing", ownedFile, err)
	}
	if err := t.disk.Rename(stagedOwned, ownedFile); err != nil {
		return t.failure("writing", ownedFile, err)
	}
	for _, folder := range []string{stateFolder, "."} {
		if err := t.disk.SyncFolder(folder); err != nil {
			return t.failure("writing", folder, err)
		}
	}
	t.owned = owned{paths: paths, written: true}
	return nil
}

func (t *Target) stageOwned(paths []string) error {
	f, err := t.disk.Create(stagedOwned)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 64<<10)
	for _, name := range paths {
		w.WriteString(name) // Flush returns the error
		w.WriteByte('\n')
	}
	if err := w.Flush(); err != nil {
		return errors.Join(err, f.Close())
	}
	return errors.Join(f.Sync(), f.Close())
}

// pathFlaw says why a path can't be one of ours, or is "".
func pathFlaw(name string) string {
	switch {
	case name == "":
		return "it is empty"
	case !utf8.ValidString(name):
		return "it is not UTF-8"
	case strings.ContainsFunc(name, unicode.IsControl):
		return "it holds a control character"
	case name == ".", strings.Contains(name, `\`), !fs.ValidPath(name), !filepath.IsLocal(name):
		return "it is not a plain path below the folder"
	}
	for i, part := range strings.Split(name, "/") {
		if reserved(part, i == 0) {
			return fmt.Sprintf("%q belongs to Git or to allclear itself", part)
		}
	}
	return ""
}

// reserved reports whether a path's component is a name of Git's or .allclear
// to any file system: some ignore case, invisible characters or points at the
// end, or give a file a short second name.
func reserved(part string, first bool) bool {
	part = strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, part))
	if first && (strings.HasPrefix(part, ".git") || strings.HasPrefix(part, stateFolder)) {
		return true
	}
	return strings.TrimRight(part, ". ") == ".git" || strings.HasPrefix(part, "git~")
}
