package check_test

import (
	"testing"
	"time"

	"allclear/generator/check"
	"allclear/generator/source"
	"allclear/generator/status"
)

func TestACommentAboveTheFirstHeadingIsNoText(t *testing.T) {
	site, found := source.ParseSite("site.yaml", []byte("title: A\nurl: https://status.example.com\n"))
	event, more := source.ParseEvent("2022-12-01-it.md", []byte("---\ntitle: It\ninvestigating: 2022-12-01 10:00 UTC\n---\n\n"+
		"<!-- allclear-disable-next-line update-without-text -->\n## Investigating {#u1}\n"), status.Incident)
	found.Add(more...)
	built, more := check.Site(&source.Content{Site: site, Documents: []*source.Document{event}}, check.Options{Now: time.Date(2022, 12, 2, 0, 0, 0, 0, time.UTC)})
	found.Add(more...)
	if found.HasErrors() || len(built.Events) != 1 || len(built.Events[0].Updates) != 1 {
		t.Error(found)
	}
}
