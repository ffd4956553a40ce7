package testsite_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"allclear/generator"
	"allclear/generator/testsite"
)

func TestContentHasNoDiagnostics(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "content")
	if err := testsite.Write(folder, 45); err != nil {
		t.Fatal(err)
	}
	result, err := generator.Check(generator.Options{
		Content: folder,
		Now:     testsite.Last.Add(24 * time.Hour),
		Theme:   os.DirFS("../../themes/default"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Diagnostics) > 0 {
		t.Errorf("%v", result.Diagnostics)
	}
	if got := len(result.Snapshot.Events); got != 45+3 {
		t.Errorf("%d events, want 45 incidents and 3 maintenances", got)
	}
}

func TestTheSameSizeGivesTheSameBytes(t *testing.T) {
	var written [2]map[string]string
	for i := range written {
		folder := t.TempDir()
		if err := testsite.Write(folder, 10); err != nil {
			t.Fatal(err)
		}
		written[i] = files(t, folder)
	}
	if diff := cmp.Diff(written[0], written[1]); diff != "" {
		t.Error(diff)
	}
}

func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	root := os.DirFS(folder)
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, name)
		found[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
