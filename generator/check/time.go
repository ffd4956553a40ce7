package check

import (
	"errors"
	"strings"
	"time"

	"allclear/generator/diag"
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

// timestamp parses a timestamp into the site's zone; zero, and a diagnostic, if
// it can't be read.
func (d *document) timestamp(text string, at diag.Position) time.Time {
	t, err := source.ParseTimestamp(text, d.site.Zone)
	if err == nil {
		return t
	}
	var timestampError *source.TimestampError
	if !errors.As(err, &timestampError) {
		d.list.Add(ruleTimestampMalformed.At(at, "%v", err))
		return time.Time{}
	}
	rule, hint := ruleTimestampMalformed, timestampError.Hint
	switch timestampError.Kind {
	case source.Impossible:
		rule = ruleTimestampImpossible
	case source.NoZone:
		rule, hint = ruleTimestampNoZone, linesWithZone(d.File.Line(at.Line), at.Column, text, timestampError.Readings)
	}
	d.list.Add(rule.At(at, "%v", timestampError).WithHint("%s", hint))
	return time.Time{}
}

// maxPasted is how long a line may be, in bytes, that a hint repeats for the
// writer to paste.
const maxPasted = 1000

// linesWithZone is a hint with the line of a timestamp without a zone, once
// for each timestamp that may be meant. The timestamp is at or after a column.
func linesWithZone(line string, column int, text string, readings []string) string {
	if len(line) > maxPasted {
		return "write " + strings.Join(readings, " or ")
	}
	hint := "replace the line with one of these:"
	if len(readings) == 1 {
		hint = "replace the line with this one:"
	}
	runes := []rune(line)
	column = min(max(column-1, 0), len(runes))
	before, rest := string(runes[:column]), string(runes[column:])
	bare := strings.HasSuffix(before, "=") && strings.HasPrefix(rest, text) // an attribute's value without quotes
	for _, reading := range readings {
		if bare {
			reading = `"` + reading + `"`
		}
		hint += "\n" + strings.TrimSpace(before+strings.Replace(rest, text, reading, 1))
	}
	return hint
}

// checkNotFuture reports an instant in the future, unless the event is held back.
func (d *document) checkNotFuture(t time.Time, at diag.Position, what string, heldBack bool) {
	if t.IsZero() || heldBack || d.pinned || !t.After(d.now.Add(Skew)) {
		return
	}
	now := d.now.Truncate(time.Second)
	hint := "it is now " + source.FormatTimestamp(now.UTC())
	if local := source.FormatTimestamp(now.In(d.site.Zone)); local != source.FormatTimestamp(now.UTC()) {
		hint += ", " + local + " in the site's zone"
	}
	hint += "; if it was typed in local time, correct its zone; to publish it at that time, add publish: scheduled"
	d.list.Add(ruleTimestampFuture.At(at, "%s is in the future, at %s", what, source.FormatTimestamp(t)).WithHint("%s", hint))
}

// timestampOf reads the timestamp of a front-matter key; zero if there is none.
func (d *document) timestampOf(f *fields, key string) time.Time {
	field, ok := f.field(key)
	if !ok {
		return time.Time{}
	}
	if field.Value.Kind != source.KindScalar {
		f.wrong(field, "a timestamp such as 2022-12-01 10:48 UTC")
		return time.Time{}
	}
	return d.timestamp(field.Value.Text, field.Value.Position)
}
