// Package git takes a folder in a repository and gives the files of one of its
// commits, or what each commit of the branch has changed, with the git command. It
// is the only package that runs a program for a build. It changes nothing in the
// repository, runs none of its hooks, and opens no network.
package git

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path"
	"strings"
)

// Repository is a git repository, from one of its folders.
type Repository struct {
	dir    string // the folder, of the file system
	prefix string // the folder below the root of the repository, slash-separated, "" or ending with a slash
}

// The reasons why there is nothing to read.
var (
	ErrNoGit         = errors.New("the git command is not installed")
	ErrNoRepository  = errors.New("the folder is not in a git repository")
	ErrUnknownCommit = errors.New("no such commit here")
	ErrNoCommonBase  = errors.New("no common ancestor here")
	ErrNoContent     = errors.New("the clone does not have the content of all files")
)

// Open finds the repository of a folder. Errors are ErrNoGit, ErrNoRepository, and
// others if git refuses to read it.
func Open(ctx context.Context, folder string) (*Repository, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, ErrNoGit
	}
	r := &Repository{dir: folder}
	prefix, err := r.line(ctx, "rev-parse", "--show-prefix")
	if err != nil {
		if strings.Contains(err.Error(), "not a git repository") {
			err = fmt.Errorf("%w: %w", ErrNoRepository, err)
		}
		return nil, err
	}
	r.prefix = prefix
	return r, nil
}

// Default is the name of the branch that changes are merged into: that of the
// remote origin, else main or master. It is "" if none of them is there.
func (r *Repository) Default(ctx context.Context) string {
	if name, err := r.line(ctx, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"); err == nil {
		return name
	}
	for _, name := range []string{"origin/main", "origin/master", "main", "master"} {
		if _, err := r.commit(ctx, name); err == nil {
			return name
		}
	}
	return ""
}

// MergeBase is the newest commit that a name, "" for [Repository.Default], and HEAD
// have in common; named is the name. An error is [Missing] if there is none.
func (r *Repository) MergeBase(ctx context.Context, name string) (commit, named string, err error) {
	if name == "" {
		name = r.Default(ctx)
	}
	other, err := r.commit(ctx, name)
	if err != nil || name == "" {
		return "", "", r.unknown(ctx, name)
	}
	base, err := r.line(ctx, "merge-base", other, "HEAD")
	if err != nil {
		return "", "", r.uncommon(ctx, name)
	}
	return base, name, nil
}

// Head is the id of HEAD's commit; "" in a repository without a commit.
func (r *Repository) Head(ctx context.Context) string {
	head, _ := r.commit(ctx, "HEAD")
	return head
}

// Short is a commit's id, as short as it is unique.
func (r *Repository) Short(ctx context.Context, commit string) string {
	if short, err := r.line(ctx, "rev-parse", "--short", commit); err == nil {
		return short
	}
	return commit
}

func (r *Repository) commit(ctx context.Context, name string) (string, error) {
	return r.line(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
}

// File is a regular file of a commit.
type File struct {
	Path string // slash-separated, from the repository's folder; it may begin with ../
	Blob Blob
}

// Files lists the regular files of a commit in some folders, which are
// slash-separated and from the repository's folder; ".." leads out of it. A
// folder that the commit does not have holds none, as one outside the repository.
func (r *Repository) Files(ctx context.Context, commit string, folders ...string) ([]File, error) {
	listing, err := r.run(ctx, nil, append([]string{"ls-tree", "-r", "-z", "--full-name", commit, "--"}, r.within(folders)...)...)
	if err != nil {
		return nil, err
	}
	var files []File
	for record := range strings.SplitSeq(string(listing), "\x00") {
		meta, name, _ := strings.Cut(record, "\t")
		fields := strings.Fields(meta) // mode, type, object
		if len(fields) != 3 || !isFile(fields[0]) {
			continue
		}
		files = append(files, File{r.relative(name), Blob(fields[2])})
	}
	return files, nil
}

// within lists those of some folders that are in the repository, for git, which
// takes them from the repository's folder.
func (r *Repository) within(folders []string) []string {
	var inside []string
	for _, folder := range folders {
		if below := path.Join(r.prefix, folder); below != ".." && !strings.HasPrefix(below, "../") {
			inside = append(inside, path.Clean(folder)+"/")
		}
	}
	return inside
}

// relative is a path from the repository's folder to a file, whose name is from
// the root of the repository.
func (r *Repository) relative(name string) string {
	folder, up := r.prefix, ""
	for !strings.HasPrefix(name, folder) {
		folder, up = strings.TrimPrefix(path.Dir(path.Clean(folder))+"/", "./"), up+"../"
	}
	return up + name[len(folder):]
}

// isFile reports whether a mode is that of a regular file. Content can't have a
// link or a submodule.
func isFile(mode string) bool { return strings.HasPrefix(mode, "100") }
