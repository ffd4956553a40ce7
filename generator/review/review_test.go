package review_test

import (
	"strings"
	"testing"
	"time"

	"allclear/generator/check"
	"allclear/generator/derive"
	"allclear/generator/review"
	"allclear/generator/source"
	"allclear/generator/status"
)

// reviewed is a line per warning about a site at noon on 2026-05-05.
func reviewed(t *testing.T, incidents ...string) string {
	t.Helper()
	content := &source.Content{}
	site, found := source.ParseSite("site.yaml", []byte("title: A\nurl: https://a.example\ncomponents: [{ id: api, name: API }, { id: web, name: Web }]\n"))
	content.Site = site
	for i, text := range incidents {
		doc, more := source.ParseEvent(string(rune('a'+i))+".md", []byte("---\ntitle: "+string(rune('A'+i))+"\n"+text+"\n"), status.Incident)
		found.Add(more...)
		content.Documents = append(content.Documents, doc)
	}
	now := time.Date(2026, 5, 5, 12, 0, 0, 0, time.UTC)
	checked, more := check.Site(content, check.Options{Now: now})
	found.Add(more...)
	if found.HasErrors() {
		t.Fatal(found)
	}
	var all []string
	for _, d := range review.Snapshot(derive.Derive(checked, now)) {
		all = append(all, d.Position.String()+" "+d.Rule.Code+": "+d.Message)
	}
	return strings.Join(all, "\n")
}

func TestAnOpenIncidentThatTheAPIDoesNotShowIsReported(t *testing.T) {
	const body = "investigating: 2026-05-05 10:00 UTC\n---\n\nx"
	const slow = "component: { api: degraded_performance }\n" + body
	for _, test := range []struct {
		name      string
		incidents []string
		want      string
	}{
		{"no component", []string{"severity: major\n" + body}, `a.md:2:8 open-incident-green: this incident is open, and the API says "All Systems Operational"`},
		{"a milder one with a component", []string{slow, "severity: critical\n" + body}, "b.md:2:8 open-incident-green: this incident is open, and the API has the indicator minor"},
		{"one as bad with a component", []string{slow, "severity: minor\n" + body}, ""},
		{"no severity beside one with a component", []string{slow, body}, ""},
		{"a component that is better than the severity", []string{"severity: critical\n" + slow}, ""},
	} {
		if got := reviewed(t, test.incidents...); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

func TestAPromiseThatIsBrokenIsReported(t *testing.T) {
	const file = "component: api\nseverity: minor\ninvestigating: 2026-05-05 10:00 UTC\n---\n\n## Investigating {next=1h}\n\nx\n"
	if got, want := reviewed(t, file), "a.md:8:1 next-update-overdue: the next update was promised for 2026-05-05 11:00 UTC"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, kept := range []string{
		strings.Replace(file, "1h", "3h", 1),
		file + "\n## 2026-05-05 11:30 UTC\n\ny\n",
	} {
		if got := reviewed(t, kept); got != "" {
			t.Errorf("got %s for\n%s", got, kept)
		}
	}
}
