package generator

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"allclear/generator/git"
	"allclear/generator/publish"
)

// The reasons why git does not say what was public at an instant.
var (
	ErrFuture     = errors.New("it has not come yet")
	ErrNotYet     = errors.New("nothing was public yet")
	ErrTooShallow = errors.New("the clone has no commit of that time")
)

// Past is a site as it stood in public.
type Past struct {
	Commit    string    // short
	Published time.Time // when the commit was

	at      time.Time
	content string // the content folder, whose
	past    string // content was this one's
	folder  string // that it is in, to be removed
}

// AsPublished reads from git what was public at an instant: the content and the
// themes of the newest commit among HEAD and its first parents that was published
// at or before it, for that very instant. o.Now is the current time. The errors
// are ErrFuture, ErrNotYet, ErrTooShallow and those of package git. The repository,
// its index and its working tree stay as they are.
func AsPublished(ctx context.Context, o Options, at time.Time) (*Past, error) {
	if at.After(o.Now) {
		return nil, fmt.Errorf("%s: %w", at.UTC().Format(time.RFC3339), ErrFuture)
	}
	repository, err := git.Open(ctx, o.Content)
	if err != nil {
		return nil, err
	}
	commit, err := publishedAt(ctx, repository, at, o.Now)
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "allclear-past-")
	if err != nil {
		return nil, err
	}
	p := &Past{Commit: repository.Short(ctx, commit.ID), Published: commit.Published, at: at, content: o.Content, folder: folder}
	if p.past, err = repository.Past(ctx, commit.ID, folder); err == nil {
		err = p.write(ctx, repository, commit.ID)
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// Close removes what was written to read the past.
func (p *Past) Close() error { return os.RemoveAll(p.folder) }

// publishedAt is the newest commit that was published at an instant.
func publishedAt(ctx context.Context, repository *git.Repository, at, now time.Time) (git.Commit, error) {
	var commits []git.Commit
	for c, err := range repository.History(ctx) {
		if err != nil {
			return git.Commit{}, err
		}
		commits = append(commits, c)
	}
	git.Publish(commits, now)
	for _, c := range commits {
		if !c.Published.After(at) {
			return c, nil
		}
	}
	if len(commits) == 0 {
		return git.Commit{}, fmt.Errorf("%w: the repository has no commit", ErrNotYet)
	}
	oldest := commits[len(commits)-1]
	cut, err := repository.CutOff(ctx, oldest.ID)
	switch when := oldest.Published.UTC().Format(time.RFC3339); {
	case err != nil:
		return git.Commit{}, err
	case cut:
		return git.Commit{}, fmt.Errorf("%w: it is shallow, and its oldest one is of %s", ErrTooShallow, when)
	default:
		return git.Commit{}, fmt.Errorf("%w: the first commit is of %s", ErrNotYet, when)
	}
}

// write writes the content and the themes of the commit.
func (p *Past) write(ctx context.Context, repository *git.Repository, commit string) error {
	folders := []string{".", "../" + ThemesFolder}
	others, err := repository.Others(ctx, commit, folders...)
	if err != nil {
		return err
	}
	if len(others) > 0 {
		return fmt.Errorf("%s is a link or a submodule in commit %s, which content can't have", p.named(others[0]), p.Commit)
	}
	files, err := repository.Files(ctx, commit, folders...)
	if err != nil {
		return err
	}
	found := false
	err = repository.Read(ctx, files, func(f git.File, data []byte) error {
		found = found || f.Path == "site.yaml"
		if strings.HasPrefix(string(data), "version https://git-lfs.github.com/spec/") {
			return fmt.Errorf("the content of %s is kept by Git LFS, and not in commit %s", p.named(f.Path), p.Commit)
		}
		return writeBelow(p.past, f.Path, data)
	})
	if err == nil && !found {
		err = fmt.Errorf("%w: commit %s of %s has no %s", ErrNotYet, p.Commit, p.Published.UTC().Format(time.RFC3339), p.named("site.yaml"))
	}
	return err
}

// named is a file of the commit as it is named in the content folder.
func (p *Past) named(file string) string { return path.Join(filepath.ToSlash(p.content), file) }

// writeBelow writes a file of a commit beside or below a content folder. A name
// that is none on this system is left out, as in a working tree.
func writeBelow(content, name string, data []byte) error {
	if !filepath.IsLocal(path.Join("content", name)) {
		return nil
	}
	target := filepath.Join(content, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return err
	}
	return os.WriteFile(target, data, 0o600)
}

// Build is [Build] for the past. Files have the names that they have in the content
// folder.
func (p *Past) Build(o Options, dir string, waiting func()) (*Result, publish.Report, error) {
	if inside(dir, p.content) {
		return &Result{}, publish.Report{}, insideContent(dir, p.content)
	}
	o.Content, o.Now, o.Pinned = p.past, p.at, true
	result, report, err := Build(o, dir, waiting)
	for i := range result.Diagnostics {
		position := &result.Diagnostics[i].Position
		position.File = renamed(position.File, p.past, p.content)
	}
	return result, report, err
}
