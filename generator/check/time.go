package check

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/loose"
	"allclear/generator/source"
)

var (
	ruleTimestampMalformed = rules.Declare(diag.Rule{
		Code:  "timestamp-malformed",
		Title: "A timestamp is written like 2022-12-01 10:48 UTC, or as in RFC 3339",
		Why:   "If allclear guessed the time, readers could see a wrong one.",
	})
	ruleTimestampImpossible = rules.Declare(diag.Rule{
		Code:  "timestamp-impossible",
		Title: "A timestamp is a time that exists",
		Why:   "A time such as 25:00 or a date such as February 30 is a typing mistake, and only the writer knows the right one.",
	})
	ruleTimestampNoZone = rules.Declare(diag.Rule{
		Code:  "timestamp-no-zone",
		Title: "A timestamp has a zone",
		Why:   "The same date and time in two zones can be hours apart.",
	})
	ruleTimestampFuture = rules.Declare(diag.Rule{
		Code:  "timestamp-future",
		Title: "An update is not in the future, unless the event has publish: scheduled",
		Why:   "Nearly always, a local time was typed as UTC, and readers would see the update hours late.",
	})
)

// timestamp parses a timestamp of something that has happened into the site's
// zone; zero, and a diagnostic, if it can't be read.
func (d *document) timestamp(text string, at diag.Position) time.Time {
	return d.time(text, at, false)
}

// time is timestamp for something that may still be to come.
func (d *document) time(text string, at diag.Position, future bool) time.Time {
	t, err := source.ParseTimestamp(text, d.site.Zone)
	if err == nil {
		return t
	}
	rule := ruleTimestampMalformed
	var refused *source.TimestampError
	if errors.As(err, &refused) && refused.Kind == source.Impossible {
		rule = ruleTimestampImpossible
	} else if refused != nil && refused.Kind == source.NoZone {
		rule = ruleTimestampNoZone
	}
	d.list.Add(d.withTimes(rule.At(at, "%v", err), text, future))
	return time.Time{}
}

// withTimes adds the line of a diagnostic as a hint, with each time that a text
// may mean in place of the text.
func (d *document) withTimes(found diag.Diagnostic, text string, future bool) diag.Diagnostic {
	d.byClock = true
	now := d.now
	if !d.after.IsZero() {
		now = d.after
	}
	meant := loose.Clock{Now: now, Zone: d.site.Zone, Future: future}.Read(text)
	if length, err := time.ParseDuration(text); err == nil && !d.after.IsZero() && length > 0 {
		meant = loose.Reading{Times: []time.Time{d.after.Add(length).UTC()}}
	}
	line := d.File.Line(found.Position.Line)
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		if now := d.now.UTC(); day.Equal(now.Truncate(24 * time.Hour)) {
			day = now.Truncate(time.Minute)
		}
		return found.WithHint("write the time of day too:\n%s", replaceTime(line, found.Position.Column, text, source.FormatTimestamp(day)))
	}
	if len(meant.Times) == 0 {
		now := replaceTime(line, found.Position.Column, text, d.nowText())
		return found.WithHint("write date, time and zone; if it is now:\n%s", now)
	}
	var lines []string
	for _, t := range meant.Times {
		lines = append(lines, replaceTime(line, found.Position.Column, text, source.FormatTimestamp(t)))
	}
	if len(lines) > 1 {
		return found.WithHint("replace the line with one of these:\n%s", strings.Join(lines, "\n"))
	}
	return found.Replaced(lines[0], meant.Exact)
}

// nowText is the current time, for a hint.
func (d *document) nowText() string {
	d.byClock = true
	return source.FormatTimestamp(d.now.UTC().Truncate(time.Minute))
}

// maxPasted is how long a line may be, in bytes, that a hint repeats for the
// writer to paste.
const maxPasted = 1000

// replaceTime is a line with a time in place of a text, which is at or after a
// column. Of a line that is too long to paste, it is only the time.
func replaceTime(line string, column int, text, with string) string {
	if len(line) > maxPasted {
		return with
	}
	runes := []rune(line)
	column = min(max(column-1, 0), len(runes))
	before, rest := string(runes[:column]), string(runes[column:])
	if strings.HasSuffix(before, "=") && strings.HasPrefix(rest, text) { // an attribute's value without quotes
		with = `"` + with + `"`
	}
	return strings.TrimSpace(before + strings.Replace(rest, text, with, 1))
}

// checkNotFuture reports an instant in the future, unless the event is held back.
func (d *document) checkNotFuture(t time.Time, at diag.Position, what string, heldBack bool) {
	if t.IsZero() || heldBack || d.pinned || !t.After(d.now.Add(Skew)) {
		return
	}
	d.byClock = true
	now := d.now.Truncate(time.Second)
	hint := "it is now " + source.FormatTimestamp(now.UTC())
	if local := source.FormatTimestamp(now.In(d.site.Zone)); local != source.FormatTimestamp(now.UTC()) {
		hint += ", " + local + " in the site's zone"
	}
	if lines := d.earlier(t, at); len(lines) > 0 {
		hint += "; if this is when it happened, write\n" + strings.Join(lines, "\n")
	}
	hint += "\nto publish it at that time, add publish: scheduled to the front matter"
	d.list.Add(ruleTimestampFuture.At(at, "%s is in the future, at %s", what, source.FormatTimestamp(t)).WithHint("%s", hint))
}

// earlier is a line with each time that a time in the future was most likely
// meant as: in the site's zone, a year ago, yesterday, or now.
func (d *document) earlier(t time.Time, at diag.Position) []string {
	utc := t.UTC()
	var meant []time.Time
	wall := time.Date(utc.Year(), utc.Month(), utc.Day(), utc.Hour(), utc.Minute(), utc.Second(), 0, d.site.Zone)
	year, yesterday := utc.AddDate(-1, 0, 0), utc.AddDate(0, 0, -1)
	if recent := d.now.Add(-14 * 24 * time.Hour); year.After(recent) {
		meant = append(meant, year)
	}
	if wall.Before(t) {
		meant = append(meant, wall)
	}
	meant = append(meant, yesterday, d.now.UTC().Truncate(time.Minute))
	var lines []string
	for _, m := range meant {
		if line := d.lineWith(m, at); !m.After(d.now.Add(Skew)) && line != "" {
			lines = append(lines, line)
		}
	}
	return lines[:min(len(lines), 2)]
}

// writtenTime matches a timestamp in the documented forms.
var writtenTime = regexp.MustCompile(`(?i)^["']?(\d{4}-\d\d-\d\d[t ] *\d\d:\d\d(?::\d\d(?:\.\d+)?)? *(?:utc|z|[+-]\d\d:\d\d))`)

// lineWith is the line of a timestamp with another time in its place; "" if
// there is none.
func (d *document) lineWith(t time.Time, at diag.Position) string {
	line := []rune(d.File.Line(at.Line))
	if at.Column < 1 || at.Column > len(line) || len(line) > maxPasted {
		return ""
	}
	m := writtenTime.FindStringSubmatch(string(line[at.Column-1:]))
	if m == nil {
		return ""
	}
	return strings.TrimSpace(replaceAt(string(line), at.Column, m[1], source.FormatTimestamp(t)))
}

// timestampOf reads the timestamp of a front-matter key; zero if there is none.
func (d *document) timestampOf(f *fields, key string) time.Time { return d.timeOf(f, key, false) }

// timeOf is timestampOf for something that may still be to come.
func (d *document) timeOf(f *fields, key string, future bool) time.Time {
	f.may(key, aTimestamp)
	field, ok := f.field(key)
	if !ok {
		return time.Time{}
	}
	if items := field.Value.Items; len(items) == 1 && items[0].Kind == source.KindScalar {
		d.list.Add(ruleWrongType.At(field.Value.Position, "%s must be a timestamp, not a list", key).Replaced(key+": "+items[0].Text, false))
		return time.Time{}
	}
	if field.Value.Kind != source.KindScalar {
		f.wrong(field, "a timestamp such as "+d.nowText())
		return time.Time{}
	}
	return d.time(field.Value.Text, field.Value.Position, future)
}

// likeWritten is a time in UTC if the one at a position is, else in its own zone.
func (d *document) likeWritten(t time.Time, at diag.Position) string {
	if strings.HasSuffix(strings.TrimRight(d.File.Line(at.Line), "\"' "), "UTC") {
		t = t.UTC()
	}
	return source.FormatTimestamp(t)
}
