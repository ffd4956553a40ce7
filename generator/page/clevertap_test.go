package page

import (
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"allclear/generator/status"
	"allclear/generator/testneed"
)

// clevertap is the recorded page of a real incident, from the corpus.
func clevertap(t *testing.T) []string {
	data, err := os.ReadFile(testneed.Corpus(t, "clevertap-incident.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

var tag = regexp.MustCompile(`<[^>]*>`)

// readable is a page as text: tags stripped, lines trimmed.
func readable(page string) []string {
	var lines []string
	for line := range strings.Lines(html.UnescapeString(tag.ReplaceAllString(page, ""))) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestARealIncidentReadsAsOnItsOwnSite(t *testing.T) {
	lines := clevertap(t)
	site := siteOf()
	site.Title = "CleverTap"
	component := site.Components[3]
	component.Name = "SDK Ingestion"
	event := incident("india", lines[1], status.Major, []*status.Component{component})
	for i := 5; i+1 < len(lines); i += 2 {
		word, when, _ := strings.Cut(strings.TrimPrefix(lines[i], "- "), " ")
		s, ok := status.ParseEventStatus(status.Incident, word)
		if !ok {
			t.Fatalf("line %d begins with no status: %s", i+1, lines[i])
		}
		hour := strings.Fields(when)[3]
		event.Updates = append(event.Updates, said("2022-12-01 "+hour, s, html.EscapeString(lines[i+1])))
	}
	site.Events = []*status.Event{event}

	s := snapshot(site, "2023-01-01 00:00")
	got := readable(written(t, defaultTheme(t).Routes(s), "incidents/india/index.html"))
	for i, line := range lines {
		want := strings.TrimPrefix(line, "- ")
		at := 0
		for at < len(got) && got[at] != want {
			at++
		}
		if at == len(got) {
			t.Fatalf("line %d is not on the page, or not after the one before it: %s", i+1, want)
		}
		got = got[at+1:]
	}
}
