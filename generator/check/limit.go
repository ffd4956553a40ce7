package check

import (
	"fmt"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleLimit = rules.Declare(diag.Rule{
		Code:  "limit",
		Title: "A site stays within its limits",
		Why:   "The limits are far above what real sites have. Without them, one file by mistake or from a stranger could fill the disk of whoever builds the site. Raise one under limits in site.yaml if your site needs more.",
	})
	ruleHostLimit = rules.Declare(diag.Rule{
		Code: "host-limit", Level: diag.Warning,
		Title: "A site stays within the limits of the hosts that most sites use",
		Why:   "Such a host refuses the whole deployment, and the old site stays. Cloudflare Pages takes 20,000 files of 25 MiB each, GitHub Pages 1 GB in all.",
	})
)

// Limits of Cloudflare Pages without a paid plan.
// https://developers.cloudflare.com/pages/platform/limits/
const (
	hostFiles     = 20_000
	hostFileBytes = 25 << 20
)

const hostHint = "on another host, say how large the site may be, which ends this warning: limits: { output_mb: 1000 }"

// limitKeys are the limits as site.yaml writes them.
func limitKeys(l *status.Limits) []limitKey {
	return []limitKey{
		{"events", &l.Events},
		{"updates", &l.Updates},
		{"changes", &l.Changes},
		{"months", &l.Months},
		{"related", &l.Related},
		{"aliases", &l.Aliases},
		{"aliases_in_all", &l.AliasesInAll},
		{"components", &l.Components},
		{"text_mb", &l.TextMB},
		{"static_files", &l.StaticFiles},
		{"files", &l.Files},
		{"output_mb", &l.OutputMB},
	}
}

type limitKey struct {
	key   string
	limit *int
}

// readLimits reads the limits of a site. Those that it does not name are the
// standard ones.
func readLimits(f *fields) status.Limits {
	limits := status.StandardLimits()
	field, ok := f.get("limits")
	if !ok {
		return limits
	}
	if field.Value.Kind != source.KindMap {
		f.wrong(field, "a map such as { updates: 1000 }")
		return limits
	}
	l := f.within("limits", "limits", field.Value)
	for _, k := range limitKeys(&limits) {
		*k.limit = int(l.number(k.key, 1, 100_000_000, float64(*k.limit), true))
	}
	l.unknown(nil)
	return limits
}

// over reports that something has more than it may. has says what has how many:
// "the event has 612 updates".
func over(at diag.Position, key string, n, limit int, has string) diag.Diagnostic {
	roundedUp := max(limit, 1)
	for roundedUp < n {
		roundedUp *= 2
	}
	return ruleLimit.At(at, "%s, more than the %s allowed", has, thousands(limit)).
		WithHint("if that is right, allow more in site.yaml: limits: { %s: %d }", key, roundedUp)
}

// atMost returns the items of a key, as far as they are allowed, and reports
// more.
func atMost(items []source.Value, key string, limit int, list *diag.List) []source.Value {
	if len(items) <= limit {
		return items
	}
	list.Add(over(items[limit].Position, key, len(items), limit, key+" has "+thousands(len(items))+" items"))
	return items[:limit]
}

// thousands writes a number with a comma before every three digits.
func thousands(n int) string {
	digits := fmt.Sprint(n)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// limitsAt is the position of the limits in site.yaml, or of the file.
func (c *Config) limitsAt() diag.Position {
	if field, ok := c.doc.Fields.Field("limits"); ok {
		return field.KeyAt
	}
	return diag.Position{File: c.doc.File.Name()}
}

// hasTooManyUpdates reports whether the document has more sections than an event
// may have updates, with a diagnostic if so.
func (d *document) hasTooManyUpdates() bool {
	n, limit := len(d.Sections), d.site.Limits.Updates
	if n > 0 && d.Sections[0].Heading == nil {
		n-- // the text before the first heading
	}
	if n <= limit {
		return false
	}
	at := d.Sections[len(d.Sections)-n+limit].Heading.Position
	found := over(at, "updates", n, limit, "the file has "+thousands(n)+" updates")
	found.Hint = "split the event into several, and name them under related; " + found.Hint
	d.list.Add(found)
	return true
}

// growth is how much larger than its file the text of a file's updates may
// become, in bytes and as a factor. Only repeated link references make it more.
const growthBytes, growthTimes = 400_000, 20

// hasRoom adds a text to what the updates of the file have become, and reports
// whether that is still in proportion to the file, with a diagnostic if not.
func (d *document) hasRoom(section *source.Section, t status.Text) bool {
	limit := growthBytes + growthTimes*d.File.Size()
	had := d.rendered <= limit
	d.rendered += len(t.HTML) + len(t.Plain)
	if t.FeedHTML != t.HTML {
		d.rendered += len(t.FeedHTML)
	}
	if had && d.rendered > limit {
		d.list.Add(ruleLimit.At(d.textPosition(section), "the updates of this file become %s KB of HTML and text, out of %s KB", thousands(d.rendered/1000), thousands(d.File.Size()/1000+1)).
			WithHint("shorten the addresses of link references, or repeat them less often"))
	}
	return d.rendered <= limit
}

// Limit returns the files to read: all, or none and a diagnostic if they are more
// than are allowed. Without a config there is no limit.
func (c *Config) Limit(entries []source.Entry) ([]source.Entry, diag.List) {
	if c == nil {
		return entries, nil
	}
	n := 0
	for _, e := range entries {
		if e.Language == "" {
			n++
		}
	}
	if limit := c.site.Limits.Events; n > limit {
		return nil, diag.List{over(c.limitsAt(), "events", n, limit, "the site has "+thousands(n)+" events")}
	}
	// Each event can be translated into each further language.
	if limit := c.site.Limits.Events * max(len(c.site.Languages), 1); len(entries) > limit {
		return nil, diag.List{over(c.limitsAt(), "events", len(entries), limit, "the site has "+thousands(len(entries))+" Markdown files")}
	}
	return entries, nil
}

// CheckText reports more bytes of rendered text than are allowed.
func (c *Config) CheckText(bytes int) diag.List {
	if c == nil {
		return nil
	}
	if limit := c.site.Limits.TextMB; bytes > limit*1_000_000 {
		return diag.List{over(c.limitsAt(), "text_mb", bytes/1_000_000+1, limit, "all updates together become more than "+thousands(limit)+" MB of HTML and text")}
	}
	return nil
}

// CheckFiles reports more files in the output than are allowed, or than most
// hosts take.
func (c *Config) CheckFiles(n int) diag.List {
	limit := c.site.Limits.Files
	has := "the site becomes " + thousands(n) + " files"
	switch _, chosen := c.limit("files"); {
	case n > limit:
		return diag.List{over(c.limitsAt(), "files", n, limit, has)}
	case n > hostFiles && !chosen:
		return diag.List{ruleHostLimit.At(c.limitsAt(), "%s, more than the 20,000 that Cloudflare Pages takes without a paid plan", has).
			WithHint("on another host, say how many it takes, which ends this warning: limits: { files: 500000 }")}
	}
	return nil
}

// TooLarge reports that the output has more bytes than are allowed.
func (c *Config) TooLarge() diag.Diagnostic {
	limit := c.site.Limits.OutputMB
	return over(c.limitsAt(), "output_mb", limit+1, limit, "all files of the site together have more than "+thousands(limit)+" MB")
}

// CheckLargest reports that the largest file of the output is larger than most
// hosts take. Files in static/ are reported before.
func (c *Config) CheckLargest(path string, bytes int64) diag.List {
	if _, chosen := c.limit("output_mb"); bytes <= hostFileBytes || chosen {
		return nil
	}
	return diag.List{ruleHostLimit.At(c.limitsAt(), "the file %s of the site has %.1f MiB, more than the 25 MiB that Cloudflare Pages takes", path, float64(bytes)/(1<<20)).
		WithHint("%s", hostHint)}
}

// limit is what site.yaml itself says of a limit.
func (c *Config) limit(key string) (source.Field, bool) {
	field, ok := c.doc.Fields.Field("limits")
	if !ok {
		return field, false
	}
	return field.Value.Field(key)
}

// checkStatic reports static files that are more, or larger, than allowed.
func (c *Config) checkStatic(static []source.Static, list *diag.List) {
	if limit := c.site.Limits.StaticFiles; len(static) > limit {
		list.Add(over(c.limitsAt(), "static_files", len(static), limit, "static/ has "+thousands(len(static))+" files"))
	}
	total := int64(0)
	_, chosen := c.limit("output_mb")
	for _, s := range static {
		size := s.Size()
		total += size
		if size > hostFileBytes && !chosen {
			list.Add(ruleHostLimit.At(s.Position, "the file has %.1f MiB, more than the 25 MiB that Cloudflare Pages takes", float64(size)/(1<<20)).
				WithHint("put it elsewhere and link to it; %s", hostHint))
		}
	}
	if limit := c.site.Limits.OutputMB; total > int64(limit)*1_000_000 {
		list.Add(over(c.limitsAt(), "output_mb", int(total/1_000_000)+1, limit, "the files in static/ have more than "+thousands(limit)+" MB"))
	}
}

// monthsOf is about how many months of the history an event is in: from its
// beginning to its last update, or to now while it is open.
func monthsOf(e *status.Event, now time.Time) int {
	first, last := e.Updates[0].At, e.Updates[len(e.Updates)-1]
	if !e.Started.IsZero() && e.Started.Before(first) {
		first = e.Started
	}
	until := last.At
	if !last.Status.Closed() && now.After(until) {
		until = now
	}
	const month = 30 * 24 * time.Hour
	return 1 + int(until.Sub(first)/month)
}

// checkEvents reports events that have more in all than they may.
func (c *Config) checkEvents(events []*status.Event, now time.Time, list *diag.List) {
	changes, aliases, months := 0, 0, 0
	for _, e := range events {
		months += monthsOf(e, now)
		aliases += len(e.Aliases)
		if limit := c.site.Limits.Related; len(e.Related) > limit {
			list.Add(over(e.Position, "related", len(e.Related), limit, "the event has more than "+thousands(limit)+" related events"))
		}
		components := make(map[*status.Component]bool, len(e.Components))
		for _, s := range e.Components {
			components[s.Component] = true
		}
		for _, u := range e.Updates {
			for _, s := range u.Settings {
				components[s.Component] = true
			}
		}
		changes += len(e.Updates) * len(components)
	}
	if limit := c.site.Limits.Changes; changes > limit {
		list.Add(over(c.limitsAt(), "changes", changes, limit, "the updates of all events, each times the components of its event, are "+thousands(changes)))
	}
	if limit := c.site.Limits.Months; months > limit {
		list.Add(over(c.limitsAt(), "months", months, limit, "the months of the history in which each event is are "+thousands(months)+" in all"))
	}
	if limit := c.site.Limits.AliasesInAll; aliases > limit {
		list.Add(over(c.limitsAt(), "aliases_in_all", aliases, limit, "all events together have "+thousands(aliases)+" aliases"))
	}
}
