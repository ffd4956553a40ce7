package edit

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
)

var (
	timeOfDay = regexp.MustCompile(`^([01]?\d|2[0-3]):([0-5]\d)$`)
	noZone    = regexp.MustCompile(`^\d{4}-\d\d-\d\d[ T]`)
)

// moment reads a time as it is typed: 04:03 for that time today in the site's zone,
// -12m or +2h from now, or a whole time, which is in the site's zone unless it names
// another.
func (c *Content) moment(text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	switch {
	case strings.EqualFold(text, "now"):
		return c.minute(), nil
	case strings.HasPrefix(text, "-"), strings.HasPrefix(text, "+"):
		length, err := duration(text)
		if err != nil {
			return time.Time{}, err
		}
		return c.minute().Add(length), nil
	case timeOfDay.MatchString(text):
		hour, minute, _ := strings.Cut(text, ":")
		text = c.Now.In(c.Site.Zone).Format(time.DateOnly) + " " + ("0" + hour)[len(hour)-1:] + ":" + minute
	}
	return c.wholeTime(text)
}

// minute is now, to the minute, in the site's zone.
func (c *Content) minute() time.Time { return c.Now.Truncate(time.Minute).In(c.Site.Zone) }

// wholeTime reads a date and a time.
func (c *Content) wholeTime(text string) (time.Time, error) {
	t, err := source.ParseTimestamp(text, c.Site.Zone)
	if err == nil {
		return t, nil
	}
	var refused *source.TimestampError
	if !errors.As(err, &refused) {
		return time.Time{}, err
	}
	if refused.Kind != source.NoZone || !noZone.MatchString(text) {
		hint := refused.Hint
		if refused.Kind == source.Malformed {
			hint += "; or 04:03 for today, or -12m for twelve minutes ago"
		}
		return time.Time{}, problem(hint, "%s", refused.Message)
	}
	readings := c.inZone(refused.Readings)
	switch len(readings) {
	case 0:
		return time.Time{}, problem("write it with its zone, such as "+refused.Readings[0],
			"there is no %s in %s, where the clock skips that hour", diag.Short(text), c.Site.Zone)
	case 1:
		return readings[0], nil
	}
	return time.Time{}, problem("write "+source.FormatTimestamp(readings[0])+" or "+source.FormatTimestamp(readings[1]),
		"%s happens twice in %s", diag.Short(text), c.Site.Zone)
}

// inZone are the readings of a time without a zone that are of the site's zone. The
// first reading is in UTC.
func (c *Content) inZone(readings []string) []time.Time {
	var found []time.Time
	for _, reading := range readings {
		t, err := source.ParseTimestamp(reading, c.Site.Zone)
		if err == nil && t.Format(time.DateTime) == readings[0][:len("2006-01-02 15:04")]+t.Format(":05") {
			found = append(found, t)
		}
	}
	return found
}

// duration reads a length of time: 30m, 2h, 1h30m, -12m, 3d.
func duration(text string) (time.Duration, error) {
	clean := strings.ReplaceAll(strings.ToLower(text), " ", "")
	days, isDays := strings.CutSuffix(clean, "d")
	if isDays {
		clean = days + "h"
	}
	length, err := time.ParseDuration(strings.TrimSuffix(strings.TrimSuffix(clean, "in"), "inutes"))
	if isDays {
		length *= 24
	}
	if err != nil || length.Abs() > 366*24*time.Hour {
		return 0, problem("write it like 30m, 2h or 1h30m", "%q is no length of time", diag.Short(text))
	}
	return length, nil
}

// momentOrLength reads a time, or a length of time after another time.
func (c *Content) momentOrLength(text string, from time.Time) (time.Time, error) {
	if length, err := duration(text); err == nil && !strings.ContainsAny(text, "+-:") {
		return from.Add(length), nil
	}
	return c.moment(text)
}

// Said is a time in UTC and, if that is another, in the site's zone.
func (c *Content) Said(t time.Time) string {
	text := source.FormatTimestamp(t.UTC())
	if local := t.In(c.Site.Zone); source.FormatTimestamp(local) != text {
		text += ", which is " + local.Format("2006-01-02 15:04") + " in " + c.Site.Zone.String()
	}
	return text
}
