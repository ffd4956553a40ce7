package verify

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"allclear/generator"
)

// The documents by which a site says for which instant it was built.
const (
	heartbeatPath = "api/v2/heartbeat.json"
	freshnessPath = "api/v2/freshness.json"
)

// liveAt is where the theme's pages say it.
var liveAt = regexp.MustCompile(`\bid="live"[^>]*?\bdata-at="([0-9TZ:+.-]{10,40})"`)

// said is what the documents of the API say.
type said struct {
	Page struct {
		URL string `json:"url"`
	} `json:"page"`
	BuiltAt      *time.Time `json:"built_at"`
	NextChangeAt *time.Time `json:"next_change_at"`
}

// farthest is how far from now an instant of the site may be that is believed: a
// build for a far one could take long.
const farthest = 10 * 366 * 24 * time.Hour

// readAge finds the instant of the site's build, builds the content for it, and
// says whether a newer build is due.
func (c *checker) readAge(ctx context.Context) error {
	built := c.readInstant(ctx)
	if built.IsZero() || built.Sub(c.o.Build.Now).Abs() > farthest {
		return nil
	}
	if built.Equal(c.now.Snapshot.At) && c.now.Site.Freshness == 0 {
		c.asOf = built
		return nil
	}
	o := c.o.Build
	o.Now, o.Pinned, o.Done = built, true, nil
	then, err := generator.Check(o)
	if err != nil {
		return err
	}
	if then.Output == nil {
		return nil // the content had no valid form at that time
	}
	c.then, c.asOf = newBuild(then), then.Snapshot.At
	if c.o.Build.Now.Before(built.Add(-time.Minute)) || c.now.Snapshot.At.Before(c.asOf) {
		c.found.add(ahead, "", "the site is newer than the content here", "it is as of "+when(built)+", and here it is "+when(c.o.Build.Now))
		return nil
	}
	c.checkDue(then, built)
	return nil
}

// checkDue compares the instant at which the next build was due with now.
func (c *checker) checkDue(then *generator.Result, built time.Time) {
	now, due := c.o.Build.Now, then.Snapshot.Next
	if due.IsZero() || due.After(now) {
		return
	}
	kind, message := behind, "the newest build has not arrived"
	if now.Sub(due) > c.o.Grace {
		kind, message = stale, "the site is out of date"
	}
	detail := fmt.Sprintf("it is as of %s, and a build has been due since %s, for %s", when(c.asOf), when(due), length(now.Sub(due)))
	if fresh := c.now.Site.Freshness; fresh > 0 && now.Sub(built) > fresh {
		kind = stale
		detail += fmt.Sprintf("; it was built %s ago, and its pages say that they can't confirm the state since freshness (%s) has passed", length(now.Sub(built)), length(fresh))
	}
	if a := c.answers[""]; a != nil {
		if age, err := time.ParseDuration(a.Header("Age") + "s"); err == nil && age >= time.Minute {
			detail += fmt.Sprintf("; the index came from a cache, where it has been for %s", length(age))
		}
	}
	c.found.add(kind, "", message, detail)
}

// readInstant asks the site when it was built. It is zero if the site doesn't say.
func (c *checker) readInstant(ctx context.Context) time.Time {
	index := c.first(ctx, "")
	fresh := c.document(ctx, freshnessPath)
	c.compareAddress(fresh)
	if c.now.Site.Freshness > 0 {
		if beat := c.document(ctx, heartbeatPath); beat.BuiltAt != nil {
			return *beat.BuiltAt
		}
	}
	if index != nil {
		if match := liveAt.FindSubmatch(index.text); match != nil {
			if at, err := time.Parse(time.RFC3339, string(match[1])); err == nil {
				return at
			}
		}
	}
	switch next, now := fresh.NextChangeAt, c.o.Build.Now; { // a theme of one's own may say nothing
	case next == nil:
		return time.Time{}
	case next.After(now):
		return now
	default:
		return next.Add(-time.Second)
	}
}

// compareAddress notes a site that was built for another address: each of its
// files is another then.
func (c *checker) compareAddress(fresh said) {
	if url := fresh.Page.URL; url != "" && url != c.now.Site.URL {
		c.elsewhere = true
		c.found.add(address, freshnessPath, "the site was built for another address", fmt.Sprintf("%s instead of %s", quoted(url), c.now.Site.URL))
	}
}

// first asks for a file before the others, and keeps the answer for checkFile.
func (c *checker) first(ctx context.Context, path string) *answer {
	a := c.get(ctx, path, asGzip())
	c.answers[path] = a
	return a
}

// document is a document of the API; it is empty if there is none.
func (c *checker) document(ctx context.Context, path string) said {
	var document said
	a := c.first(ctx, path)
	if a == nil || a.Status != 200 || json.Unmarshal(a.text, &document) != nil {
		return said{}
	}
	return document
}

// when is an instant for a message.
func when(t time.Time) string {
	return strings.TrimSuffix(t.UTC().Format("2006-01-02 15:04:05"), ":00") + " UTC"
}

// length is a duration for a message, in its two largest units.
func length(d time.Duration) string {
	d = d.Round(time.Second)
	days, hours, minutes := d/(24*time.Hour), d/time.Hour%24, d/time.Minute%60
	switch {
	case days > 0:
		return fmt.Sprintf("%dd %dh", days, hours)
	case hours > 0:
		return fmt.Sprintf("%dh %dm", hours, minutes)
	case minutes > 0:
		return fmt.Sprintf("%dm", minutes)
	}
	return d.String()
}
