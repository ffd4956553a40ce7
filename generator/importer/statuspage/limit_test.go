package statuspage_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"allclear/generator/importer"
	"allclear/generator/importer/testimport"
)

func TestMoreEventsThanASiteMayHaveAreAnError(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred thousand events take some seconds")
	}
	var b strings.Builder
	for i := range 100_001 {
		fmt.Fprintf(&b, `,{"id":"i%d","name":"A","incident_updates":[{"id":"u","status":"resolved","body":"x","created_at":"2022-01-01T00:00:00Z"}]}`, i)
	}
	folder := testimport.Folder(t, map[string]string{"incidents.json": `{"page":{"id":"a","name":"A"},"incidents":[` + b.String()[1:] + `]}`})
	content := filepath.Join(t.TempDir(), "content")
	_, err := load(folder, importer.Options{Content: content, Now: testimport.Later})
	if err == nil || !strings.Contains(err.Error(), "more than 100000 incidents and maintenances") {
		t.Errorf("the import ended with %v", err)
	}
	if files, _ := filepath.Glob(filepath.Join(content, "*")); len(files) > 0 {
		t.Errorf("it wrote %v", files)
	}
}
