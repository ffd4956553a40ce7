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

func TestAComponentThatASiteLacksGetsNoOldIDOfAnother(t *testing.T) {
	content := t.TempDir()
	site := "title: x\nurl: https://status.example.com\ncomponents: [{ id: core, name: Core, aliases: api, api_id: c1 }]\n"
	if err := os.WriteFile(filepath.Join(content, "site.yaml"), []byte(site), 0o666); err != nil {
		t.Fatal(err)
	}
	target, err := importer.Open(importer.Options{Content: content})
	if err != nil {
		t.Fatal(err)
	}
	_, err = target.Register([]importer.Component{{Code: "c1", Name: "API of old", KeepCode: true}, {Code: "c2", Name: "API", KeepCode: true}})
	if err == nil || !strings.HasSuffix(err.Error(), "again\n  - id: api-2\n    name: API\n    api_id: c2") {
		t.Errorf("the error is %v", err)
	}
}

func TestAComponentGetsNoIDThatWindowsCannotCarry(t *testing.T) {
	content := t.TempDir()
	if err := os.WriteFile(filepath.Join(content, "site.yaml"), []byte("title: x\nurl: https://status.example.com\ncomponents: [{ id: core, name: Core }]\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	target, err := importer.Open(importer.Options{Content: content})
	if err != nil {
		t.Fatal(err)
	}
	_, err = target.Register([]importer.Component{{Code: "c1", Name: "AUX"}, {Code: "con", Name: "Lines", KeepCode: true}})
	if err == nil || !strings.HasSuffix(err.Error(), "again\n  - id: aux-2\n    name: AUX\n  - id: lines\n    name: Lines") {
		t.Errorf("the error is %v", err)
	}
}
