package importer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"allclear/generator/importer"
)

func TestContentWithMistakesIsNotChanged(t *testing.T) {
	content := t.TempDir()
	if err := os.WriteFile(filepath.Join(content, "site.yaml"), []byte("title: x\nurl: nowhere\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := importer.Open(importer.Options{Content: content})
	if err == nil || !strings.Contains(err.Error(), "has mistakes already") {
		t.Errorf("the error is %v", err)
	}
}
