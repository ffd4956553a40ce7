package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// command is git in the repository's folder. What the repository and the
// environment say must neither run a program nor change what is printed, and
// nothing is fetched.
func (r *Repository) command(ctx context.Context, args ...string) *exec.Cmd {
	args = append([]string{"--no-pager", "--no-replace-objects", "--literal-pathspecs", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath="}, args...)
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = r.dir
	for _, variable := range cmd.Environ() {
		if name, _, _ := strings.Cut(variable, "="); !strings.HasPrefix(name, "GIT_") || keptVariable(name) {
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.Env = append(cmd.Env, "LC_ALL=C", "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0")
	return cmd
}

// keptVariable reports whether git is to see a variable of its own. Those that
// name a repository are not kept, since the folder says which one is meant: a
// hook, for example, has GIT_DIR for the repository that it belongs to.
func keptVariable(name string) bool {
	return name == "GIT_EXEC_PATH" || name == "GIT_CEILING_DIRECTORIES" || name == "GIT_DISCOVERY_ACROSS_FILESYSTEM" ||
		strings.HasPrefix(name, "GIT_CONFIG_") && name != "GIT_CONFIG_PARAMETERS" // settings, such as safe.directory
}

// run runs git in the repository's folder, and returns what it prints.
func (r *Repository) run(ctx context.Context, input io.Reader, args ...string) ([]byte, error) {
	s, err := r.start(ctx, input, args...)
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(s)
	return out, errors.Join(err, s.Close())
}

// line is the one line that git prints.
func (r *Repository) line(ctx context.Context, args ...string) (string, error) {
	out, err := r.run(ctx, nil, args...)
	return strings.TrimSuffix(string(out), "\n"), err
}

// stream is what a running git prints.
type stream struct {
	io.Reader
	cmd     *exec.Cmd
	message bytes.Buffer // that git prints if it fails
}

// start runs git while its output is read. The stream is to be closed, after
// ctx is cancelled if it is not read to its end.
func (r *Repository) start(ctx context.Context, input io.Reader, args ...string) (*stream, error) {
	s := &stream{cmd: r.command(ctx, args...)}
	s.cmd.Stdin, s.cmd.Stderr = input, &s.message
	var err error
	if s.Reader, err = s.cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	return s, s.cmd.Start()
}

// Close waits for the end of git.
func (s *stream) Close() error {
	err := s.cmd.Wait()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return fmt.Errorf("git says: %s", strings.TrimSpace(s.message.String()))
	}
	return err
}
