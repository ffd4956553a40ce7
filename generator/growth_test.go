package generator_test

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/testsite"
)

// bounds are the sizes that a file must not exceed, however long the history is.
// The first pattern that matches a path counts. Every other file that the content
// makes has at most otherKB.
var bounds = []bound{
	{"index.html", 100, "open events, and the last days with a number of events each"},
	{"history/index.html", 80, "25 titles of each of three months, and one line for each other month"},
	{"history/*/index.html", 80, "likewise, of one kind"},
	{"history/*/*/index.html", 400, "at most 200 events in full, of one month"},
	{"history/*/*/*/index.html", 400, "likewise, of one kind"},
	{"search/*.json", 100, "at most 500 titles"},
	{"components/*/index.html", 120, "the newest 50 events"},
	{"uptime/index.html", 60, "twelve months"},
	{"subscribe/index.html", 20, "one line a component"},
	{"incidents/*/index.html", 60, "one event"},
	{"maintenance/*/index.html", 60, "one event"},
	{"history.atom", 700, "50 events"},
	{"history.rss", 700, "50 events"},
	{"feed.json", 700, "50 events"},
	{"components/*/history.atom", 700, "50 events"},
	{"maintenance.ics", 700, "500 events"},
	{"components/*/maintenance.ics", 700, "500 events"},
	{"api/openapi.json", 100, "every address and field of the API: the same for every history"},
	{"api/v2/status.json", 1, "the page and one sentence"},
	{"api/v2/summary.json", 60, "components and open events"},
	{"api/v2/incidents.json", 400, "50 events"},
	{"api/v2/scheduled-maintenances.json", 400, "50 events"},
	{"api/v2/history.json", 40, "one line a month"},
	{"api/v2/history/*.json", 700, "one month"},
	{"api/v2/components/*/uptime.json", 80, "a year of days, and the months"},
	{"status.txt", 20, "open events and components"},
	{"uptime.csv", 200, "one row per component and month"},
	{"sitemap-*.xml", 900, "the pages of one year"},
}

const otherKB = 60

type bound struct {
	pattern string
	kb      int
	why     string
}

// TestNoFileGrowsWithHistory builds a site of ten thousand incidents and compares
// the size of each kind of file with its bound.
func TestNoFileGrowsWithHistory(t *testing.T) {
	if testing.Short() {
		t.Skip("ten thousand incidents take some seconds")
	}
	content := filepath.Join(t.TempDir(), "content")
	if err := testsite.Write(content, 10000); err != nil {
		t.Fatal(err)
	}
	result, err := generator.Check(generator.Options{
		Content: content, Now: testsite.Last.Add(time.Hour), Pinned: true, Theme: os.DirFS("../themes/default"),
	})
	if err != nil || result.Output == nil {
		t.Fatal(err, result.Diagnostics)
	}
	largest := map[string]int{}
	for _, r := range result.Output.Routes {
		if strings.Contains(r.Path, "-incident-") && !strings.Contains(r.Path, "2026-05") {
			continue // one month of them is enough
		}
		var size counter
		if err := r.Write(&size); err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(bounds, func(b bound) bool { matched, _ := path.Match(b.pattern, r.Path); return matched })
		if i >= 0 {
			largest[bounds[i].pattern] = max(largest[bounds[i].pattern], int(size))
		} else if size > otherKB*1000 {
			t.Errorf("%s has %d bytes: make it smaller, or say in bounds why it may be larger", r.Path, size)
		}
	}
	for _, b := range bounds {
		switch size, found := largest[b.pattern]; {
		case !found:
			t.Errorf("no file is %s", b.pattern)
		case size > b.kb*1000:
			t.Errorf("%s has %d bytes, more than %d KB: %s", b.pattern, size, b.kb, b.why)
		default:
			t.Logf("%-36s %7d bytes of %4d KB: %s", b.pattern, size, b.kb, b.why)
		}
	}
}

// counter counts the bytes that are written to it.
type counter int

func (c *counter) Write(data []byte) (int, error) {
	*c += counter(len(data))
	return len(data), nil
}
