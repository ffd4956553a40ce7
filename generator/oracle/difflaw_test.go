package oracle

import (
	"os"
	"path/filepath"
	"time"

	"allclear/generator/testdiff"
)

// lawDiff: `allclear diff` says all that differs between two versions of the
// content at one instant, and nothing else.
func lawDiff(f *finder, change *Change) {
	before, after := change.Before, change.After
	if before.Content == after.Content || !before.Now.Equal(after.Now) {
		return
	}
	dir, err := os.MkdirTemp("", "diff")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	old, current := filepath.Join(dir, "before"), filepath.Join(dir, "after")
	if err := writeFolder(old, before.Content.files()); err != nil {
		panic(err)
	}
	if err := writeFolder(current, after.Content.files()); err != nil {
		panic(err)
	}
	_, said, errs := run(after.Now, "diff", "--content", current, "--format", "json", "--now", after.Now.UTC().Format(time.RFC3339), old)
	if said == "" {
		f.add("nothing printed", "diff", errs, "a report: %s", change.What)
		return
	}
	for _, lie := range testdiff.Lies(before.Files, after.Files, []byte(said)) {
		f.add("a difference", "diff", lie, "what differs: %s", change.What)
	}
}
