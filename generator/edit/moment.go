package edit

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/loose"
	"allclear/generator/source"
)

var (
	timeOfDay = regexp.MustCompile(`^([01]?\d|2[0-3]):[0-5]\d$`)
	noZone    = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)[ T]+(\d\d:\d\d(:\d\d)?)$`)
)

// moment reads a time as it is typed: 04:03 for that time today in the site's zone,
// -12m or +2h from now, or a whole time, which is in the site's zone unless it names
// another. Other forms are read if they can mean only one time.
func (c *Content) moment(text string) (time.Time, error) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "+") {
		length, err := duration(text)
		if err != nil {
			return time.Time{}, err
		}
		return c.minute().Add(length), nil
	}
	if timeOfDay.MatchString(text) {
		text = c.Now.In(c.Site.Zone).Format(time.DateOnly) + " " + strings.Repeat("0", len("00:00")-len(text)) + text
	}
	t, err := source.ParseTimestamp(text, c.Site.Zone)
	var refused *source.TimestampError
	if err == nil || !errors.As(err, &refused) {
		return t, err
	}
	if m := noZone.FindStringSubmatch(text); m != nil && refused.Kind == source.NoZone {
		return c.inZone(m[1] + " " + m[2])
	}
	meant := loose.Clock{Now: c.Now, Zone: c.Site.Zone}.Read(text)
	if len(meant.Times) == 1 && (meant.Exact || strings.EqualFold(text, "now")) {
		return meant.Times[0].In(c.Site.Zone), nil
	}
	hint := "write 04:03 for today, -12m for twelve minutes ago, or a whole time such as 2022-12-01 10:48 UTC"
	if len(meant.Times) > 0 {
		hint = "write " + alternatives(meant.Times)
	}
	return t, problem(hint, "%s", refused.Message)
}

func alternatives(times []time.Time) string {
	var texts []string
	for _, t := range times {
		texts = append(texts, source.FormatTimestamp(t))
	}
	return strings.Join(texts, " or ")
}

// minute is now, to the minute, in the site's zone.
func (c *Content) minute() time.Time { return c.Now.Truncate(time.Minute).In(c.Site.Zone) }

// inZone reads a date and a time of day in the site's zone.
func (c *Content) inZone(text string) (time.Time, error) {
	times := loose.Clock{Now: c.Now, Zone: c.Site.Zone}.Read(text).Times
	times = slices.DeleteFunc(times, func(t time.Time) bool {
		return !strings.HasPrefix(t.In(c.Site.Zone).Format(time.DateTime), text)
	})
	switch len(times) {
	case 0:
		return time.Time{}, problem("write it with its zone, such as "+text+" UTC", "there is no %s in %s, where the clock skips that hour", text, c.Site.Zone)
	case 1:
		return times[0].In(c.Site.Zone), nil
	}
	return time.Time{}, problem("write "+alternatives(times), "%s happens twice in %s", text, c.Site.Zone)
}

// duration reads a length of time: 30m, 2h, 1h30m, -12m, 3d.
func duration(text string) (time.Duration, error) {
	clean := strings.ReplaceAll(strings.ToLower(text), " ", "")
	days, isDays := strings.CutSuffix(clean, "d")
	if isDays {
		clean = days + "h"
	}
	length, err := time.ParseDuration(strings.TrimSuffix(clean, "in"))
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
