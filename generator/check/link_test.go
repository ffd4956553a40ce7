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

// TestAnEditIsJoinedAsIfCheckedAnew edits one of three events, each edit after
// each other one, and holds what the checker says to a check that knows nothing
// of the edit before.
func TestAnEditIsJoinedAsIfCheckedAnew(t *testing.T) {
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
	checked := func(k *Checker, a *source.Document) (o outcome) {
		content := &source.Content{Name: "content", Site: settings, Incidents: append([]*source.Document{a}, fixed...)}
		o.Site, o.At, o.List = k.Site(content, k.options.Now)
		return o
	}
	for _, before := range edits {
		for _, after := range edits {
			k := NewChecker(o)
			old := checked(k, parse("a", before))
			edited := parse("a", after)
			fresh := func(from string) outcome { return checked(NewChecker(o), parse("a", from)) }
			if got, want := checked(k, edited), fresh(after); !reflect.DeepEqual(want, got) {
				t.Errorf("from\n%s\nto\n%s\nthe checker says %v\nwant %v", before, after, lines(got.List), lines(want.List))
			}
			if !reflect.DeepEqual(fresh(before), old) {
				t.Errorf("from\n%s\nto\n%s\nthe site of before has changed", before, after)
			}
		}
	}
}
