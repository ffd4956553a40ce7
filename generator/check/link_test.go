package check

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

// TestJoiningAgainChangesNothingThatWasJoined joins the same checked files with
// one version of another event after the other, and compares each site with
// one of files that were just checked.
func TestJoiningAgainChangesNothingThatWasJoined(t *testing.T) {
	parse := func(name, text string) *source.Document {
		doc, list := source.ParseEvent("content/incidents/"+name+".md", []byte(text), status.Incident)
		if len(list) > 0 {
			t.Fatal(list)
		}
		return doc
	}
	const plain = "---\ntitle: %s\n%sinvestigating: 2026-05-0%d 10:00 UTC\n---\n\nx\n"
	fixed := []*source.Document{
		parse("b", fmt.Sprintf(plain, "B", "aliases: /old/b/\napi_id: xb\nrelated: c\n", 4)),
		parse("c", fmt.Sprintf(plain, "C", "", 6)),
	}
	edits := []string{
		fmt.Sprintf(plain, "A", "", 2),
		fmt.Sprintf(plain, "A, other words", "", 2),
		fmt.Sprintf(plain, "A", "", 5),
		fmt.Sprintf(plain, "A", "aliases: /old/a/\n", 2),
		fmt.Sprintf(plain, "A", "aliases: /Old/b\n", 2),
		fmt.Sprintf(plain, "A", "api_id: xa\n", 2),
		fmt.Sprintf(plain, "A", "api_id: xb\n", 2),
		fmt.Sprintf(plain, "A", "api_id: c\n", 2),
		fmt.Sprintf(plain, "A", "related: c\n", 2),
		fmt.Sprintf(plain, "A", "related: nobody\n", 2),
		fmt.Sprintf(plain, "A", "draft: true\n", 2),
		fmt.Sprintf(plain, "A", "publish: scheduled\nresolved: 2026-05-20 10:00 UTC\n", 2) + "\n## Resolved\n\nx\n",
		fmt.Sprintf(plain, "A", "resolved: 2026-05-10 12:00:40 UTC\n", 2) + "\n## Resolved\n\nx\n",
		"---\ntitle: A\n---\n\nx\n",
	}
	site, list := source.ParseYAML("content/site.yaml", []byte(siteYAML))
	if len(list) > 0 {
		t.Fatal(list)
	}
	settings := &source.Document{File: &source.File{}, Fields: site}
	o := Options{Now: time.Date(2026, 5, 10, 12, 0, 0, 0, time.UTC)}
	type outcome struct {
		Site *status.Site
		At   time.Time
		List diag.List
	}
	config, list := ReadConfig(settings, o)
	if len(list) > 0 {
		t.Fatal(list)
	}
	checked := func(docs ...*source.Document) []File {
		var files []File
		for _, doc := range docs {
			files = append(files, config.Check(doc, o.Now))
		}
		return files
	}
	joined := func(files []File) (j outcome) {
		j.Site, j.At, j.List = config.Join(files, nil, o.Now)
		j.List = j.List.Sorted() // which makes the hints
		return j
	}
	kept := checked(fixed...)
	for _, before := range edits {
		old := joined(append(checked(parse("a", before)), kept...))
		for _, after := range edits {
			got := joined(append(checked(parse("a", after)), kept...))
			fresh := func(text string) outcome {
				return joined(checked(append([]*source.Document{parse("a", text)}, fixed...)...))
			}
			if want := fresh(after); !reflect.DeepEqual(want, got) {
				t.Errorf("from\n%s\nto\n%s\nthe site has %v\nwant %v", before, after, lines(got.List), lines(want.List))
			}
			if !reflect.DeepEqual(fresh(before), old) {
				t.Errorf("from\n%s\nto\n%s\nthe earlier site has changed", before, after)
			}
		}
	}
}
