package git

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"
)

// Commit is HEAD, or a commit that its first parents lead to: what the branch was
// at one time, whether its changes came by a merge, a squash or a rebase.
type Commit struct {
	ID        string
	Committed time.Time // by the committer's clock, in UTC; it may go back, and be in the future
	Published time.Time // zero until [Publish] says it
	Changes   []Change  // against its first parent; none if no folder is asked for
}

// Change is a file that a commit adds, changes or deletes. Only regular files
// count: one that becomes a link is deleted.
type Change struct {
	Path          string // as that of a File
	Before, After Blob   // "" if there was none, or is none any more
}

// Blob is the id of the content of a file.
type Blob string

// maxToken is the longest path of a history, which a hostile repository chooses.
const maxToken = 1 << 16

// History yields HEAD and its first parents, newest first, with what each of them
// changes in some folders, which are those of Files. It is one walk, and breaking
// it off saves the rest of it. In a shallow clone the oldest commit has all of its
// files as changes; see CutOff. A repository without a commit yields nothing.
func (r *Repository) History(ctx context.Context, folders ...string) iter.Seq2[Commit, error] {
	return func(yield func(Commit, error) bool) {
		if r.Head(ctx) == "" {
			return
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		if err := r.walk(ctx, folders, cancel, yield); err != nil {
			yield(Commit{}, fmt.Errorf("the history can't be read: %w", err))
		}
	}
}

// walk runs rev-list for the commits, and gives each with the parent to compare
// it with to diff-tree. Unlike git log, neither heeds a user's settings.
func (r *Repository) walk(ctx context.Context, folders []string, cancel func(), yield func(Commit, error) bool) error {
	commits, err := r.start(ctx, nil, "rev-list", "--first-parent", "--parents", "HEAD")
	if err != nil {
		return err
	}
	pairs, w := io.Pipe()
	listed := make(chan error, 1)
	go func() {
		err := firstParents(w, commits)
		w.CloseWithError(err)
		listed <- errors.Join(commits.Close(), err)
	}()
	args := []string{"diff-tree", "--stdin", "--root", "--always", "-z", "--format=%H %ct"}
	if len(folders) == 0 {
		args = append(args, "--no-patch")
	} else {
		args = append(args, "-r", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--")
		args = append(args, r.within(folders)...)
	}
	changes, err := r.start(ctx, pairs, args...)
	if err != nil {
		cancel()
		pairs.Close()
		<-listed
		return err
	}
	more, err := r.readCommits(bufio.NewReaderSize(changes, maxToken), yield)
	if !more || err != nil {
		cancel()
		pairs.Close()
	}
	failed := errors.Join(changes.Close(), <-listed)
	if !more {
		return nil
	}
	return errors.Join(err, failed)
}

// firstParents copies the lines of rev-list with the first parent alone.
func firstParents(w io.Writer, commits io.Reader) error {
	lines := bufio.NewReader(commits)
	for {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		ids := strings.Fields(line)
		if _, err := fmt.Fprintln(w, strings.Join(ids[:min(len(ids), 2)], " ")); err != nil {
			return err
		}
	}
}

// readCommits reads what diff-tree prints: for each commit "ID SECONDS", and for
// each of its changes ":MODE MODE BLOB BLOB LETTER" and a path, all ending with a
// NUL. It reports whether yield wants more.
func (r *Repository) readCommits(in *bufio.Reader, yield func(Commit, error) bool) (more bool, err error) {
	var c Commit
	for {
		token, err := readToken(in)
		if err == io.EOF {
			return c.ID == "" || yield(c, nil), nil
		}
		if err != nil {
			return true, err
		}
		token = strings.TrimPrefix(token, "\n")
		meta, isChange := strings.CutPrefix(token, ":")
		if !isChange {
			if c.ID != "" && !yield(c, nil) {
				return false, nil
			}
			c = newCommit(token)
			continue
		}
		name, err := readToken(in)
		if err != nil {
			return true, err
		}
		if change, ok := newChange(meta, r.relative(name)); ok {
			c.Changes = append(c.Changes, change)
		}
	}
}

func readToken(in *bufio.Reader) (string, error) {
	token, err := in.ReadSlice(0)
	if err != nil {
		if err == io.EOF && len(token) > 0 {
			err = io.ErrUnexpectedEOF
		}
		return "", err
	}
	return string(token[:len(token)-1]), nil
}

// newCommit reads "ID SECONDS". A date that can't be read is older than any.
func newCommit(token string) Commit {
	id, seconds, _ := strings.Cut(token, " ")
	at, err := strconv.ParseInt(strings.TrimSpace(seconds), 10, 64)
	if err != nil {
		at = 0
	}
	return Commit{ID: id, Committed: time.Unix(min(max(at, 0), math.MaxUint32*10), 0).UTC()}
}

// newChange reads ":MODE MODE BLOB BLOB LETTER" without the colon. Not ok is a
// change that concerns no regular file.
func newChange(meta, name string) (change Change, ok bool) {
	fields := strings.Fields(meta)
	if len(fields) != 5 {
		return Change{}, false
	}
	change.Path = name
	if isFile(fields[0]) {
		change.Before = Blob(fields[2])
	}
	if isFile(fields[1]) {
		change.After = Blob(fields[3])
	}
	return change, change.Before != change.After
}

// Publish says when commits were published, which are given newest first without
// a gap: when they were committed, but never earlier than their parent, nor later
// than an instant, unless that is zero.
func Publish(commits []Commit, at time.Time) {
	var parent time.Time
	for i := len(commits) - 1; i >= 0; i-- {
		c := &commits[i]
		if parent.Before(c.Committed) {
			parent = c.Committed
		}
		if c.Published = parent; parent.After(at) && !at.IsZero() {
			c.Published = at
		}
	}
}

// CutOff reports whether the clone is shallow and a commit has parents that it
// does not have.
func (r *Repository) CutOff(ctx context.Context, commit string) (bool, error) {
	shallow, err := r.line(ctx, "rev-parse", "--is-shallow-repository")
	if err != nil || shallow != "true" {
		return false, err
	}
	object, err := r.run(ctx, nil, "cat-file", "commit", commit)
	header, _, _ := strings.Cut(string(object), "\n\n")
	return strings.Contains(header, "\nparent "), err
}
