package feed_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/testneed"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
)

// read reads a feed as a subscriber does.
func read(t testing.TB, text string) *gofeed.Feed {
	t.Helper()
	feed, err := gofeed.NewParser().ParseString(text)
	if err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	return feed
}

func TestAFeedTellsEveryUpdateNewestFirst(t *testing.T) {
	want := []string{
		"2026-06-01 10:00 Investigating: API is down",
		"2026-05-30 08:00 Scheduled: Another move",
		"2026-05-20 22:00 Completed: Move to a new hall",
		"2026-05-20 20:00 In progress: Move to a new hall",
		"2026-05-12 08:00 Cancelled: Off again",
		"2026-05-11 08:00 Scheduled: Off again",
		"2026-05-10 08:00 Scheduled: Move to a new hall",
		"2026-05-02 11:00 Resolved: Slow & <steady>",
		"2026-05-02 09:00 Identified: Slow & <steady>",
		"2026-05-02 08:30 Update: Slow & <steady>",
		"2026-05-02 08:00 Investigating: Slow & <steady>",
	}
	files := build(t, story, now)
	var ids [][]string
	for _, path := range []string{"history.atom", "history.rss", "feed.json"} {
		feed := read(t, files[path])
		var got, found []string
		for _, item := range feed.Items {
			got = append(got, item.PublishedParsed.UTC().Format("2006-01-02 15:04 ")+item.Title)
			if item.UpdatedParsed != nil && !item.UpdatedParsed.Equal(*item.PublishedParsed) {
				t.Errorf("%s: %s was updated at another time than it was published", path, item.Title)
			}
			if !strings.HasPrefix(item.Link, "https://status.example.com/") || !strings.Contains(item.Link, "/#update-") {
				t.Errorf("%s: %s leads to %q, which is no permalink", path, item.Title, item.Link)
			}
			found = append(found, item.GUID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
		if feed.UpdatedParsed != nil && !feed.UpdatedParsed.Equal(at("2026-06-01 10:00")) {
			t.Errorf("%s says that it was updated at %v", path, feed.UpdatedParsed)
		}
		if self := "https://status.example.com/" + path; feed.FeedLink != self {
			t.Errorf("%s calls itself %q", path, feed.FeedLink)
		}
		if feed.Link != "https://status.example.com/" {
			t.Errorf("%s leads to %q", path, feed.Link)
		}
		ids = append(ids, found)
	}
	if !cmp.Equal(ids[0], ids[1]) || !cmp.Equal(ids[0], ids[2]) {
		t.Errorf("the three feeds give an update three ids: %v", ids)
	}
	if unique := slices.Compact(slices.Sorted(slices.Values(ids[0]))); len(unique) != len(want) {
		t.Errorf("%d updates have %d ids", len(want), len(unique))
	}
}

func TestAnEntryHasTheTextWithAbsoluteLinks(t *testing.T) {
	files := build(t, story, now)
	const want = `<p>We are looking into <a href="https://status.example.com/history/">it</a>.</p><p>Minor · Affects Website.</p>`
	for _, path := range []string{"history.atom", "history.rss", "feed.json"} {
		items := read(t, files[path]).Items
		item := items[len(items)-1]
		if got := strings.TrimSpace(item.Content + item.Description); got != want {
			t.Errorf("%s has the text %q", path, got)
		}
		if !cmp.Equal(item.Categories, []string{"Website"}) && !cmp.Equal(item.Categories, []string{"web"}) {
			t.Errorf("%s files it under %q", path, item.Categories)
		}
	}
}

func TestAComponentsFeedTellsWhatTouchesIt(t *testing.T) {
	files := build(t, story, now)
	feed := read(t, files["components/web/history.atom"])
	var got []string
	for _, item := range feed.Items {
		got = append(got, item.Title)
	}
	want := []string{
		"Scheduled: Another move", "Completed: Move to a new hall", "In progress: Move to a new hall", "Scheduled: Move to a new hall",
		"Resolved: Slow & <steady>", "Identified: Slow & <steady>", "Update: Slow & <steady>", "Investigating: Slow & <steady>",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if feed.FeedLink != "https://status.example.com/components/web/history.atom" || feed.Link != "https://status.example.com/components/web/" {
		t.Errorf("it calls itself %q and leads to %q", feed.FeedLink, feed.Link)
	}
	all := map[string]string{}
	for _, item := range read(t, files["history.atom"]).Items {
		all[item.Link] = item.GUID
	}
	for _, item := range feed.Items {
		if all[item.Link] != item.GUID {
			t.Errorf("%s has another id than in the site's feed", item.Title)
		}
	}
}

func TestAComponentsFeedKeepsItsIDWhenItIsRenamed(t *testing.T) {
	renamed := strings.NewReplacer("id: web,", "id: site, aliases: [web],", "web=", "site=", "[web", "[site", "web]", "site]", "component: web", "component: site").Replace(story)
	for _, path := range []string{"components/web/", "components/site/"} {
		text := build(t, renamed, now)[path+"history.atom"]
		if !strings.Contains(text, "<id>https://status.example.com/components/web/history.atom</id>") {
			t.Errorf("%s: %.300s", path, text)
		}
	}
}

func TestAnEntryKeepsItsIDWhateverElseChanges(t *testing.T) {
	before := read(t, build(t, story, now)["history.atom"]).Items
	changed := strings.NewReplacer(
		"title: Example", "title: Sample", "https://status.example.com", "https://example.org/status",
		"Slow & <steady>", "Slower", "Found.", "Found it.", "severity: critical", "severity: major",
		"## Identified", "## 2026-05-02 08:45 UTC\n\nStill nothing.\n\n## Identified",
		"name: API }", "name: Interface, api_id: abc }",
	).Replace(story)
	after := read(t, build(t, changed, now)["history.atom"]).Items
	var ids []string
	for _, item := range after {
		ids = append(ids, item.GUID)
	}
	if len(after) != len(before)+1 {
		t.Fatalf("%d entries became %d", len(before), len(after))
	}
	for _, item := range before {
		if !slices.Contains(ids, item.GUID) {
			t.Errorf("%s lost its id", item.Title)
		}
	}
	// What subscribers hold today, for ever.
	if id := before[0].GUID; id != outageID {
		t.Errorf("%s has the id %s", before[0].Title, id)
	}
}

const outageID = "urn:uuid:2b0ff746-d6a1-54a0-afb3-a201accd89c7"

func TestAFeedHoldsTheFiftyEventsThatWereUpdatedLast(t *testing.T) {
	content := many(60) + `
-- incidents/old.md --
---
title: An old one
component: api
severity: minor
investigating: 2020-01-01 08:00 UTC
resolved: 2020-01-01 09:00 UTC
postmortem: 2026-06-01 08:00 UTC
---

Begun.

## Resolved

Over.

## Postmortem

It was a cable.
`
	files := build(t, content, now)
	for _, path := range []string{"history.atom", "history.rss", "feed.json", "components/api/history.atom"} {
		items := read(t, files[path]).Items
		if len(items) != 49*2+3 {
			t.Errorf("%s has %d entries", path, len(items))
		}
		if items[0].Title != "Postmortem: An old one" {
			t.Errorf("%s begins with %s", path, items[0].Title)
		}
		if last := items[len(items)-1].Title; last != "Investigating: An old one" {
			t.Errorf("%s ends with %s", path, last)
		}
	}
}

func TestAFeedWithoutAnyEventIsWhole(t *testing.T) {
	files := build(t, site, now)
	for path, updated := range map[string]string{
		"history.atom": "2025-01-01 00:00", "components/web/history.atom": "2025-01-01 00:00", "history.rss": "", "feed.json": "",
	} {
		feed := read(t, files[path])
		if feed.Title == "" || len(feed.Items) != 0 {
			t.Errorf("%s: title %q, %d entries", path, feed.Title, len(feed.Items))
		}
		if updated != "" && !feed.UpdatedParsed.Equal(at(updated)) {
			t.Errorf("%s says that it was updated at %v", path, feed.UpdatedParsed)
		}
	}
	if !strings.Contains(files["feed.json"], `"items":[]`) {
		t.Error("feed.json has no list of items")
	}
}

func TestTimesAreInTheSitesZone(t *testing.T) {
	files := build(t, strings.Replace(story, "title: Example", "title: Example\ntimezone: Europe/Zurich", 1), now)
	for path, want := range map[string]string{
		"history.atom": "<published>2026-06-01T12:00:00+02:00</published>",
		"history.rss":  "<pubDate>Mon, 01 Jun 2026 12:00:00 +0200</pubDate>",
		"feed.json":    `"date_published":"2026-06-01T12:00:00+02:00"`,
	} {
		if !strings.Contains(files[path], want) {
			t.Errorf("%s lacks %s", path, want)
		}
	}
}

func TestRSSGuidsAreNoPermalinks(t *testing.T) {
	text := build(t, story, now)["history.rss"]
	if guids := strings.Count(text, "<guid "); guids != 11 || strings.Count(text, `<guid isPermaLink="false">`) != guids {
		t.Errorf("not every guid of 11 says that it is no permalink:\n%s", text)
	}
	if !strings.Contains(text, `<atom:link rel="self" type="application/rss+xml" href="https://status.example.com/history.rss">`) {
		t.Error("the feed does not say where it is")
	}
}

// TestJSONFeedHoldsTheSpec goes by https://www.jsonfeed.org/version/1.1/.
func TestJSONFeedHoldsTheSpec(t *testing.T) {
	var feed struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Items   []struct {
			ID          string    `json:"id"`
			ContentHTML *string   `json:"content_html"`
			Published   time.Time `json:"date_published"`
			Modified    time.Time `json:"date_modified"`
		} `json:"items"`
	}
	if err := json.Unmarshal([]byte(build(t, story, now)["feed.json"]), &feed); err != nil {
		t.Fatal(err)
	}
	if feed.Version != "https://jsonfeed.org/version/1.1" || feed.Title == "" {
		t.Errorf("version %q, title %q", feed.Version, feed.Title)
	}
	for _, item := range feed.Items {
		if item.ID == "" || item.ContentHTML == nil || item.Published.IsZero() || !item.Modified.Equal(item.Published) {
			t.Errorf("an item lacks what it must have: %+v", item)
		}
	}
}

// TestAtomHoldsTheRFC counts what RFC 4287, sections 4.1.1 and 4.1.2, wants
// exactly once.
func TestAtomHoldsTheRFC(t *testing.T) {
	text := build(t, story, now)["history.atom"]
	count := elements(t, text)
	for _, path := range []string{"feed/id", "feed/title", "feed/updated", "feed/author", "feed/author/name", "feed/link[self]", "feed/link[alternate]"} {
		if count[path] != 1 {
			t.Errorf("%s is there %d times", path, count[path])
		}
	}
	for _, name := range []string{"id", "title", "updated", "published", "link[alternate]", "content"} {
		if n := count["feed/entry/"+name]; n != 11 {
			t.Errorf("11 entries have %d of %s", n, name)
		}
	}
	rfc3339 := regexp.MustCompile(`<(updated|published)>([^<]*)<`)
	for _, match := range rfc3339.FindAllStringSubmatch(text, -1) {
		if _, err := time.Parse(time.RFC3339, match[2]); err != nil {
			t.Error(err)
		}
	}
}

// TestAtomHasWhatSubscribersOfStatuspageExpect compares with a recorded feed.
func TestAtomHasWhatSubscribersOfStatuspageExpect(t *testing.T) {
	recorded, err := os.ReadFile(testneed.Corpus(t, "statuspage-github/history.atom"))
	if err != nil {
		t.Fatal(err)
	}
	ours := elements(t, build(t, story, now)["history.atom"])
	for path := range elements(t, string(recorded)) {
		if ours[path] == 0 {
			t.Errorf("Statuspage's feed has %s, and ours has not", path)
		}
	}
}

// elements counts the elements of an XML text by their path, links apart by
// what they are.
func elements(t testing.TB, text string) map[string]int {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	count := map[string]int{}
	var path []string
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return count
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			path = append(path, token.Name.Local)
			count[strings.Join(path, "/")]++
			for _, a := range token.Attr {
				if a.Name.Local == "rel" {
					count[fmt.Sprintf("%s[%s]", strings.Join(path, "/"), a.Value)]++
				}
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		}
	}
}
