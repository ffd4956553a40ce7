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
		Title: "A timestamp is written 2022-12-01 10:48 UTC, or as RFC 3339 has it",
		Why:   "Guessing at a time would show readers a wrong one.",
	})
	ruleTimestampImpossible = rules.Declare(diag.Rule{
		Code:  "timestamp-impossible",
		Title: "A timestamp is an instant that exists",
		Why:   "February 30 or 25:00 was meant to be something else, and nobody but the writer knows what.",
	})
	ruleTimestampNoZone = rules.Declare(diag.Rule{
		Code:  "timestamp-no-zone",
		Title: "A timestamp says its zone",
		Why:   "The same digits are hours apart in two zones; a page that is wrong about time is worse than none.",
	})
	ruleTimestampFuture = rules.Declare(diag.Rule{
		Code:  "timestamp-future",
		Title: "An update is not dated in the future, unless it says publish: scheduled",
		Why:   "It nearly always is a local time typed as UTC, and readers would see it hours late.",
	})
)

// instant reads a timestamp in the site's zone; zero, and a diagnostic, where
// it is none.
func (d *document) instant(text string, at diag.Position) time.Time {
	t, err := source.ParseTimestamp(text, d.site.Zone)
	if err == nil {
		return t
	}
	var fault *source.TimestampError
	if !errors.As(err, &fault) {
		d.list.Add(ruleTimestampMalformed.At(at, "%v", err))
		return time.Time{}
	}
	rule := ruleTimestampMalformed
	switch fault.Kind {
	case source.Impossible:
		rule = ruleTimestampImpossible
	case source.NoZone:
		rule = ruleTimestampNoZone
	}
	hint := fault.Hint
	if fault.Kind == source.NoZone {
		hint = pasteable(d.File.Line(at.Line), text, fault.Readings)
	}
	d.list.Add(rule.At(at, "%v", fault).WithHint("%s", hint))
	return time.Time{}
}

// pasteable is the line of a timestamp that lacks its zone, once for each
// thing that it may mean.
func pasteable(line, text string, readings []string) string {
	hint := "paste one of these lines over it:"
	if len(readings) == 1 {
		hint = "paste this line over it:"
	}
	for _, reading := range readings {
		hint += "\n" + strings.TrimSpace(strings.Replace(line, text, reading, 1))
	}
	return hint
}

// happenedBy reports an instant that lies in the future though nothing says
// that it may.
func (d *document) happenedBy(t time.Time, at diag.Position, what string, heldBack bool) {
	if t.IsZero() || heldBack || d.pinned || !t.After(d.now.Add(Skew)) {
		return
	}
	now := d.now.Truncate(time.Second)
	hint := "it is now " + source.FormatTimestamp(now.UTC())
	if local := source.FormatTimestamp(now.In(d.site.Zone)); local != source.FormatTimestamp(now.UTC()) {
		hint += ", " + local + " in the site's zone"
	}
	hint += "; was it typed in local time? to hold an update back until its time, add publish: scheduled"
	d.list.Add(ruleTimestampFuture.At(at, "%s is dated %s, in the future", what, source.FormatTimestamp(t)).WithHint("%s", hint))
}

// moment reads the timestamp of a front matter key; zero where there is none.
func (d *document) moment(f fields, key string) (time.Time, source.Field) {
	field, ok := f.value.Field(key)
	if !ok {
		return time.Time{}, field
	}
	if field.Value.Kind != source.KindScalar {
		f.wrong(field, "a timestamp such as 2022-12-01 10:48 UTC")
		return time.Time{}, field
	}
	return d.instant(field.Value.Text, field.Value.Position), field
}
