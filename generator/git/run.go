package git

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
)

// run runs git in the repository's folder, and returns what it prints.
func (r *Repository) run(ctx context.Context, input io.Reader, args ...string) ([]byte, error) {
	// A repository's own settings must not run a program or change what is printed.
	args = append([]string{"--no-pager", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath="}, args...)
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir, cmd.Stdin = r.dir, input
	out, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return nil, fmt.Errorf("git says: %s", strings.TrimSpace(string(failed.Stderr)))
	}
	return out, err
}

// line is the one line that git prints.
func (r *Repository) line(ctx context.Context, args ...string) (string, error) {
	out, err := r.run(ctx, nil, args...)
	return strings.TrimSuffix(string(out), "\n"), err
}
