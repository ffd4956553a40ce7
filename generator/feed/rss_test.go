package feed_test

import (
	"encoding/xml"
	"html"
	"strings"
	"testing"
)

func TestTheDescriptionOfAChannelIsTextForEveryReader(t *testing.T) {
	for text, want := range map[string]string{
		"A & B":                        "A & B",
		"Café":                         "Café",
		"<img src=x onerror=alert(1)>": "&lt;img src=x onerror=alert(1)&gt;",
		"a &lt;b&gt; c":                "a &amp;lt;b&amp;gt; c",
	} {
		for path, file := range oddFiles(t, text) {
			if !strings.HasSuffix(path, ".rss") {
				continue
			}
			var feed struct {
				Description string `xml:"channel>description"`
			}
			if err := xml.Unmarshal([]byte(file), &feed); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(feed.Description, want) || !strings.Contains(html.UnescapeString(feed.Description), text) {
				t.Errorf("%s: the description is %q, want %q in it", path, feed.Description, want)
			}
		}
	}
}
