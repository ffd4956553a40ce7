package command

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/source"
)

// maxPasses is how often the content is checked and fixed, since an error in
// YAML can hide others.
const maxPasses = 4

// fix applies the hints that are certain, and writes a diff of what it changes.
func (h *Host) fix(o generator.Options, diff io.Writer) error {
	for range maxPasses {
		result, err := generator.Check(o)
		if err != nil {
			return err
		}
		changed, err := applyFixes(diff, o.Content, result.Diagnostics)
		if err != nil || !changed {
			return err
		}
	}
	return nil
}

// applyFixes writes the files that diagnostics have fixes for.
func applyFixes(diff io.Writer, content string, found diag.List) (changed bool, err error) {
	fixes := map[string][]diag.Fix{}
	for _, d := range found {
		if d.Fix != nil {
			fixes[d.Position.File] = append(fixes[d.Position.File], *d.Fix)
		}
	}
	folder := path.Clean(filepath.ToSlash(content))
	for _, name := range slices.Sorted(maps.Keys(fixes)) {
		below := strings.TrimPrefix(name, folder+"/")
		old, err := source.ReadText(content, below)
		if err != nil {
			return changed, err
		}
		if bytes.Contains(bytes.ReplaceAll(old, []byte("\r\n"), nil), []byte("\r")) {
			continue // line ends of old Macs: its lines are counted in another way
		}
		fixed, hunks := source.ApplyFixes(old, fixes[name])
		if bytes.Equal(fixed, old) {
			continue
		}
		if err := source.WriteText(content, below, old, fixed); err != nil {
			return changed, err
		}
		changed = true
		if _, err := fmt.Fprintf(diff, "--- %[1]s\n+++ %[1]s\n%s", diag.Printable(name), printableLines(hunks)); err != nil {
			return changed, err
		}
	}
	return changed, nil
}

// printableLines escapes what a terminal would obey, line by line.
func printableLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = diag.Printable(lines[i])
	}
	return strings.Join(lines, "\n")
}
