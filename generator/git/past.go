package git

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Past makes a repository in an empty folder, whose HEAD is a commit of this one.
// It has no files, and reads the objects of this one, which does not change. It
// returns the folder there that the repository's folder is here.
func (r *Repository) Past(ctx context.Context, commit, dir string) (folder string, err error) {
	format, err := r.line(ctx, "rev-parse", "--show-object-format")
	if err != nil {
		return "", err
	}
	objects, err := r.path(ctx, "objects")
	if err != nil {
		return "", err
	}
	past := &Repository{dir: dir}
	if _, err := past.run(ctx, nil, "init", "-q", "--template=", "--object-format="+format, "."); err != nil {
		return "", err
	}
	own := filepath.Join(dir, ".git")
	if err := os.MkdirAll(filepath.Join(own, "objects", "info"), 0o700); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(own, "objects", "info", "alternates"), []byte(filepath.ToSlash(objects)+"\n"), 0o600); err != nil {
		return "", err
	}
	if err := r.copyShallow(ctx, own); err != nil {
		return "", err
	}
	if _, err := past.run(ctx, nil, "update-ref", "--no-deref", "HEAD", commit); err != nil {
		return "", err
	}
	folder = filepath.Join(dir, filepath.FromSlash(r.prefix))
	return folder, os.MkdirAll(folder, 0o700)
}

// copyShallow says in another repository where the history of this one is cut off.
func (r *Repository) copyShallow(ctx context.Context, own string) error {
	name, err := r.path(ctx, "shallow")
	if err != nil {
		return err
	}
	cut, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(own, "shallow"), cut, 0o600)
	}
	return err
}

// path is where the repository has a file or a folder of its own.
func (r *Repository) path(ctx context.Context, name string) (string, error) {
	found, err := r.line(ctx, "rev-parse", "--git-path", name)
	if err != nil || filepath.IsAbs(found) {
		return found, err
	}
	return filepath.Abs(filepath.Join(r.dir, found))
}

// Others lists what a commit has in some folders besides Files: links and
// submodules.
func (r *Repository) Others(ctx context.Context, commit string, folders ...string) ([]string, error) {
	listing, err := r.run(ctx, nil, append([]string{"ls-tree", "-r", "-z", "--full-name", commit, "--"}, r.within(folders)...)...)
	if err != nil {
		return nil, err
	}
	var others []string
	for record := range strings.SplitSeq(string(listing), "\x00") {
		meta, name, _ := strings.Cut(record, "\t")
		if mode, _, found := strings.Cut(meta, " "); found && !isFile(mode) {
			others = append(others, r.relative(name))
		}
	}
	return others, nil
}
