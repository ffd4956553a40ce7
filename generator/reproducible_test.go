package generator_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestTheSameSourceGivesTheSameBinary builds the program in two folders, the second
// time with nothing from a cache.
func TestTheSameSourceGivesTheSameBinary(t *testing.T) {
	if testing.Short() {
		t.Skip("this test compiles the standard library, which -short leaves out")
	}
	folders := []string{filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "a folder/with a longer name")}
	for _, part := range []string{"go.mod", "go.sum", "main.go", ".github/actions", "generator", "themes"} {
		copyTo(t, filepath.Join("..", part), filepath.Join(folders[0], part))
	}
	copyTo(t, folders[0], folders[1])
	var binaries [][]byte
	for _, folder := range folders {
		command := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-buildvcs=false", "-o", "allclear", ".")
		command.Dir = folder
		command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
		if len(binaries) > 0 {
			command.Env = append(command.Env, "GOCACHE="+t.TempDir())
		}
		if said, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		binary, err := os.ReadFile(filepath.Join(folder, "allclear"))
		if err != nil {
			t.Fatal(err)
		}
		binaries = append(binaries, binary)
	}
	if !bytes.Equal(binaries[0], binaries[1]) {
		t.Error("the binaries differ")
	}
}

func copyTo(t *testing.T, from, to string) {
	t.Helper()
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	if info.IsDir() {
		err = os.CopyFS(to, os.DirFS(from))
	} else if err = os.MkdirAll(filepath.Dir(to), 0o777); err == nil {
		var text []byte
		if text, err = os.ReadFile(from); err == nil {
			err = os.WriteFile(to, text, 0o666)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}
