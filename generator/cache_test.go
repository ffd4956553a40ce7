package generator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator"
)

// cachedSite is a session with one incident.
type cachedSite struct {
	t       *testing.T
	session *generator.Session
	content string
	file    string // of the incident
}

var (
	cacheNow  = time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC)
	cacheTime = cacheNow.Add(-time.Hour) // when the incident's file was modified
)

const cacheSettings = "title: Example\nurl: https://status.example.com\ncomponents:\n  - { id: api, name: API }\n"

func newCachedSite(t *testing.T) *cachedSite {
	s := &cachedSite{t: t, content: filepath.Join(t.TempDir(), "content")}
	s.file = filepath.Join(s.content, "incidents", "2026", "outage.md")
	if err := os.MkdirAll(filepath.Dir(s.file), 0o777); err != nil {
		t.Fatal(err)
	}
	s.write(filepath.Join(s.content, "site.yaml"), cacheSettings, cacheTime)
	s.write(s.file, cacheIncident("one", cacheNow.Add(-2*time.Hour)), cacheTime)
	s.session = generator.NewSession(generator.Options{Content: s.content, Theme: os.DirFS("../themes/default")})
	if title := s.title(cacheNow, nil); title != "Outage one" {
		t.Fatalf("the title is %q", title)
	}
	return s
}

func cacheIncident(number string, at time.Time) string {
	return "---\ntitle: Outage " + number + "\ncomponent: api\nseverity: minor\ninvestigating: " + at.Format(time.RFC3339) + "\n---\n\nText.\n"
}

func (s *cachedSite) write(name, text string, modified time.Time) {
	s.t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Chtimes(name, modified, modified); err != nil {
		s.t.Fatal(err)
	}
}

// title rebuilds the site, and is the incident's title, "" without an incident.
func (s *cachedSite) title(now time.Time, changed []string) string {
	s.t.Helper()
	result, err := s.session.Rebuild(now, changed)
	if err != nil || result.Snapshot == nil {
		s.t.Fatal(err, result.Diagnostics)
	}
	if len(result.Snapshot.Events) == 0 {
		return ""
	}
	return result.Snapshot.Events[0].Title
}

func TestASessionReadsAFileAgainOnlyIfItMayHaveChanged(t *testing.T) {
	const file = "content/incidents/2026/outage.md"
	for _, test := range []struct {
		name     string
		changed  []string
		modified time.Time
		number   string
		settings string
		now      time.Time
		want     string
	}{
		{"the same size and time", []string{}, cacheTime, "two", "", cacheNow, "Outage one"},
		{"another file is named", []string{"content/incidents/2026/other.md", "content/incidents/2026/outage"}, cacheTime, "two", "", cacheNow, "Outage one"},
		{"the clock goes on", []string{}, cacheTime, "two", "", cacheNow.Add(time.Hour), "Outage one"},
		{"it is named", []string{file}, cacheTime, "two", "", cacheNow, "Outage two"},
		{"its folder is named", []string{"content/incidents/2026"}, cacheTime, "two", "", cacheNow, "Outage two"},
		{"the content folder is named", []string{"content"}, cacheTime, "two", "", cacheNow, "Outage two"},
		{"everything may have changed", nil, cacheTime, "two", "", cacheNow, "Outage two"},
		{"a theme is named", []string{"themes/default/static/style.css"}, cacheTime, "two", "", cacheNow, "Outage two"},
		{"another size", []string{}, cacheTime, "three", "", cacheNow, "Outage three"},
		{"a later time", []string{}, cacheTime.Add(time.Second), "two", "", cacheNow, "Outage two"},
		{"an earlier time", []string{}, cacheTime.Add(-time.Second), "two", "", cacheNow, "Outage two"},
		{"site.yaml has changed", []string{}, cacheTime, "two", strings.Replace(cacheSettings, "Example", "Another", 1), cacheNow, "Outage two"},
		{"the clock goes back", []string{}, cacheTime, "two", "", cacheNow.Add(-time.Second), "Outage two"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newCachedSite(t)
			s.write(s.file, cacheIncident(test.number, cacheNow.Add(-2*time.Hour)), test.modified)
			if test.settings != "" {
				s.write(filepath.Join(s.content, "site.yaml"), test.settings, cacheTime)
			}
			if got := s.title(test.now, test.changed); got != test.want {
				t.Errorf("the title is %q, want %q", got, test.want)
			}
		})
	}
}

func TestASessionForgetsADeletedFile(t *testing.T) {
	s := newCachedSite(t)
	if err := os.Remove(s.file); err != nil {
		t.Fatal(err)
	}
	if title := s.title(cacheNow, []string{}); title != "" {
		t.Errorf("the deleted incident %q is still there", title)
	}
	s.write(s.file, cacheIncident("two", cacheNow.Add(-2*time.Hour)), cacheTime)
	if title := s.title(cacheNow, []string{}); title != "Outage two" {
		t.Errorf("the title is %q, from before the file was deleted", title)
	}
}

func TestASessionChecksAFileAgainThatDependsOnTheClock(t *testing.T) {
	s := newCachedSite(t)
	s.write(s.file, cacheIncident("one", cacheNow.Add(time.Hour)), cacheTime)
	result, err := s.session.Rebuild(cacheNow, []string{"content/incidents/2026/outage.md"})
	if err != nil || !result.Diagnostics.HasErrors() {
		t.Fatalf("an update in the future: %v, %v", err, result.Diagnostics)
	}
	if title := s.title(cacheNow.Add(time.Hour), []string{}); title != "Outage one" {
		t.Errorf("the title is %q", title)
	}
}

func TestASessionForgetsAllIfThereIsNoContentFolder(t *testing.T) {
	s := newCachedSite(t)
	if err := os.Rename(s.content, s.content+"-away"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.session.Rebuild(cacheNow, []string{}); err == nil {
		t.Fatal("there is no error")
	}
	if err := os.Rename(s.content+"-away", s.content); err != nil {
		t.Fatal(err)
	}
	s.write(s.file, cacheIncident("two", cacheNow.Add(-2*time.Hour)), cacheTime)
	if title := s.title(cacheNow, []string{}); title != "Outage two" {
		t.Errorf("the title is %q", title)
	}
}
