package git

import (
	"context"
	"regexp"
	"strings"
)

// Missing is that a commit to compare with can't be found. It wraps ErrUnknownCommit
// or ErrNoCommonBase.
type Missing struct {
	Name string // as it was asked for; "" for the default branch
	Fix  string // what to do, in words, with the command to run
	Err  error
}

func (m *Missing) Error() string {
	if m.Name == "" {
		return "the default branch: " + m.Err.Error()
	}
	return m.Name + ": " + m.Err.Error()
}

func (m *Missing) Unwrap() error { return m.Err }

// unknown says how to get a commit that is not here.
func (r *Repository) unknown(ctx context.Context, name string) *Missing {
	m := &Missing{Name: name, Err: ErrUnknownCommit, Fix: "name another one; the repository has no remote to get it from"}
	remote := r.remoteOf(ctx, name)
	if remote == "" {
		return m
	}
	if _, err := r.commit(ctx, remote+"/"+name); err == nil && name != "" {
		m.Fix = "the branch of the remote is here: name it " + remote + "/" + name
		return m
	}
	m.Fix = "get it with: " + fetch(remote, name)
	return m
}

// uncommon says how to get the commit that a name and HEAD have in common.
func (r *Repository) uncommon(ctx context.Context, name string) *Missing {
	m := &Missing{Name: name + " and HEAD", Err: ErrNoCommonBase, Fix: "their histories have nothing in common; name another one"}
	if shallow, err := r.line(ctx, "rev-parse", "--is-shallow-repository"); err == nil && shallow == "true" {
		m.Fix = "get older commits with: git fetch --unshallow " + r.remoteOf(ctx, name)
	}
	return m
}

// remoteOf is the remote whose branch a name may be, else origin or the first; ""
// if there is none.
func (r *Repository) remoteOf(ctx context.Context, name string) (remote string) {
	names, _ := r.line(ctx, "remote")
	for _, other := range strings.Fields(names) {
		if strings.HasPrefix(name, other+"/") {
			return other
		}
		if remote == "" || other == "origin" {
			remote = other
		}
	}
	return remote
}

var (
	wholeID = regexp.MustCompile(`^([0-9a-f]{40}|[0-9a-f]{64})$`)
	plain   = regexp.MustCompile(`^[A-Za-z0-9._/+:-]+$`)
	suffix  = regexp.MustCompile(`[~^:].*|@\{.*`) // the way from a branch to one of its commits
)

// fetch is the command that gets a commit. It says what to get, since a clone of
// one branch, as a shallow one is, gets only that by itself.
func fetch(remote, name string) string {
	all := `"+refs/heads/*:refs/remotes/` + remote + `/*"`
	branch, ofRemote := strings.CutPrefix(suffix.ReplaceAllString(name, ""), remote+"/")
	switch {
	case name == "":
		return "git fetch " + remote + " " + all + " && git remote set-head " + remote + " --auto"
	case wholeID.MatchString(name):
		return "git fetch " + remote + " " + name
	case ofRemote:
		return "git fetch " + remote + " " + shell("+refs/heads/"+branch+":refs/remotes/"+remote+"/"+branch)
	}
	return "git fetch --tags " + remote + " " + all
}

// shell is a word as a shell takes it.
func shell(word string) string {
	if plain.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
