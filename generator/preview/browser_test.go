package preview_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"allclear/generator/testbrowser"
)

func TestABrowserShowsEachSave(t *testing.T) {
	folder := newFolder(t)
	long := incident("The API is slow") + strings.Repeat("\nAnd another paragraph, since the page has to scroll.\n", 40)
	write(t, filepath.Join(folder, "content/incidents/api-is-slow.md"), long)
	style, err := os.ReadFile("../../themes/default/static/style.css")
	must(t, err)
	write(t, filepath.Join(folder, "themes/default/static/style.css"), string(style))
	s := serveFolder(t, folder, nil)

	var seen struct {
		Scrolled int
		Swapped  struct {
			Color, Later, AfterReload string
			Reloaded                  bool
		}
		Broken struct {
			Text, Heading, Styled string
			Same                  bool
			Images, Left          int
		}
		Refused []string
	}
	testbrowser.Run(t, "preview.mjs", map[string]string{
		"url":     s.url,
		"content": filepath.Join(folder, "content"),
		"theme":   filepath.Join(folder, "themes/default"),
	}, &seen)

	if seen.Scrolled != 150 {
		t.Errorf("after a reload the page is scrolled to %d, was at 150", seen.Scrolled)
	}
	const color = "rgb(1, 2, 3)"
	if seen.Swapped.Color != color || seen.Swapped.Later != color || seen.Swapped.AfterReload != color {
		t.Errorf("the new style is not shown: %+v", seen.Swapped)
	}
	if seen.Swapped.Reloaded {
		t.Error("a style's change loads the page again")
	}
	for _, part := range []string{"content/incidents/api-is-slow.md:3:12", "unknown component", "hint: ", "component: <img src=x"} {
		if !strings.Contains(seen.Broken.Text, part) {
			t.Errorf("%q is not in the overlay:\n%s", part, seen.Broken.Text)
		}
	}
	if !seen.Broken.Same {
		t.Error("not every tab shows the same problems")
	}
	if seen.Broken.Images != 0 {
		t.Error("the content added an element to the overlay")
	}
	if seen.Broken.Heading != "Saved three times" || seen.Broken.Styled != "fixed" {
		t.Errorf("the page below is %q, the overlay %s", seen.Broken.Heading, seen.Broken.Styled)
	}
	if seen.Broken.Left != 0 {
		t.Error("the overlay stays after the fix")
	}
	for _, message := range seen.Refused {
		t.Errorf("in the browser's console: %s", message)
	}
}

func TestABrowserReadsNothingFromAnotherOrigin(t *testing.T) {
	folder := newFolder(t)
	s := serveFolder(t, folder, nil)
	paths := []string{"/", "/embed/", "/status.txt", "/badge.svg", "/api/v2/status.json", "/assets/style.css", "/assets/status.js", "/.allclear/events"}
	control := [][2]string{ // the same ways work from the preview's own page, so they would be noticed
		{"fetch", "/"}, {"request", "/status.txt"}, {"opaque", "/api/v2/status.json"}, {"image", "/badge.svg"},
		{"script", "/assets/status.js"}, {"style", "/assets/style.css"}, {"events", "/.allclear/events"},
	}
	var seen struct {
		Own     []string
		Foreign map[string][]string
		Shown   []string
	}
	testbrowser.Run(t, "foreign.mjs", map[string]any{"url": s.url, "paths": paths, "control": control}, &seen)
	if len(seen.Foreign) != 2 {
		t.Errorf("it was read from %d other origins, want 2", len(seen.Foreign))
	}
	for origin, read := range seen.Foreign {
		for _, what := range read {
			t.Errorf("a page of %s reads it: %s", origin, what)
		}
	}
	for _, what := range seen.Shown {
		t.Errorf("it is shown: %s", what)
	}
	for _, try := range control {
		if want := try[0] + " " + try[1]; !slices.Contains(seen.Own, want) {
			t.Errorf("the preview's own page can't do %s; it can do %q", want, seen.Own)
		}
	}
}
