package oracle

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"allclear/generator/command"
)

// Build is a site as it was built: every file that came out, and the content
// and the instant that it was built from. Readers of the files keep what they
// have read in it.
type Build struct {
	Content *Content
	Now     time.Time
	Files   map[string][]byte // by path below the output folder
	Check   string            // what `allclear check` says about the content

	model *Model
	pages map[string]*Page
	docs  map[string]any // what was read from other files, by kind and name
}

// remembered is what a function makes of a build, made once.
func remembered[T any](b *Build, key string, read func() T) T {
	if found, ok := b.docs[key].(T); ok {
		return found
	}
	found := read()
	b.docs[key] = found
	return found
}

// run runs the command as a user does and returns what it printed.
func run(now time.Time, args ...string) (status int, stdout, stderr string) {
	theme, err := filepath.Abs("../../themes/default")
	if err != nil {
		panic(err)
	}
	var out, errs bytes.Buffer
	status = command.Run(context.Background(), command.Host{
		Args:   args,
		Getenv: func(string) string { return "" },
		Stdin:  strings.NewReader(""),
		Stdout: &out, Stderr: &errs,
		Now:   func() time.Time { return now },
		Theme: os.DirFS(theme),
	})
	return status, out.String(), errs.String()
}

// build builds content at an instant in a folder of its own and reads what
// came out.
func build(c *Content, now time.Time, dir string) (*Build, error) {
	return buildFiles(c, c.files(), now, dir)
}

func buildFiles(c *Content, files map[string]string, now time.Time, dir string) (*Build, error) {
	work, err := os.MkdirTemp(dir, "site")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	content, output := filepath.Join(work, "content"), filepath.Join(work, "public")
	if err := writeFolder(content, files); err != nil {
		return nil, err
	}
	at := now.UTC().Format(time.RFC3339)
	status, _, said := run(now, "build", "--content", content, "--output", output, "--now", at)
	if status != 0 {
		return nil, fmt.Errorf("build --now %s: exit status %d:\n%s", at, status, said)
	}
	built, err := readFolder(os.DirFS(output))
	if err != nil {
		return nil, err
	}
	b := newBuild(c, now)
	for name, text := range built {
		if !strings.HasPrefix(name, ".allclear/") {
			b.Files[name] = []byte(text)
		}
	}
	return b, nil
}

// check is what `allclear check` says about content once all of it has
// happened.
func check(files map[string]string, dir string) (string, error) {
	work, err := os.MkdirTemp(dir, "check")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	if err := writeFolder(work, files); err != nil {
		return "", err
	}
	_, said, _ := run(time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC), "check", "--content", work, "--format", "json")
	return said, nil
}

func newBuild(c *Content, now time.Time) *Build {
	return &Build{Content: c, Now: now, Files: map[string][]byte{}, pages: map[string]*Page{}, docs: map[string]any{}}
}

// tampered is the build with all in one file that a pattern matches replaced.
// Without a change it is nil.
func (b *Build) tampered(name, old, new string) *Build {
	text := b.Files[name]
	edited := regexp.MustCompile(old).ReplaceAll(text, []byte(new))
	if bytes.Equal(edited, text) {
		return nil
	}
	next := newBuild(b.Content, b.Now)
	next.Check = b.Check
	for path, text := range b.Files {
		next.Files[path] = text
	}
	next.Files[name] = edited
	return next
}

func writeFolder(dir string, files map[string]string) error {
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
