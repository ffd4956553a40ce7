package edit

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/diag"
	"allclear/generator/loose"
	"allclear/generator/source"
)

var (
	timeOfDay = regexp.MustCompile(`^([01]?\d|2[0-3]):[0-5]\d$`)
	digits    = regexp.MustCompile(`^\d{1,4}$`)
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
			if digits.MatchString(text[1:]) {
				return time.Time{}, problem("write "+text+"m for minutes, or "+text+"h for hours", "%q is no length of time", text)
			}
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
		if meant.Exact {
			c.note("%q is read as %s", diag.Short(text), c.Said(meant.Times[0]))
		}
		return meant.Times[0].In(c.Site.Zone), nil
	}
	hint := "write 04:03 for today, -12m for twelve minutes ago, or a whole time such as 2022-12-01 10:48 UTC"
	if length := text + "m"; digits.MatchString(text) {
		hint = "write -" + length + " for " + text + " minutes ago"
	} else if _, isLength := duration(text); isLength == nil {
		hint = "write -" + text + " for a time ago, or +" + text + " for one to come"
	}
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

var wholeDays = regexp.MustCompile(`^[-+]?[0-9]{1,3}(\.[0-9]{1,3})?d$`)

// duration reads a length of time: 30m, 2h, 1h30m, -12m, 3d.
func duration(text string) (time.Duration, error) {
	clean := strings.ReplaceAll(strings.ToLower(text), " ", "")
	isDays := wholeDays.MatchString(clean)
	if isDays {
		clean = strings.TrimSuffix(clean, "d") + "h"
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
	length, err := duration(text)
	switch {
	case err == nil && !strings.ContainsAny(text, "+-:"):
		return from.Add(length), nil
	case digits.MatchString(text):
		return from, problem("write "+text+"m for minutes, or "+text+"h for hours", "%q is no length of time", text)
	}
	return c.moment(text)
}

// promise reads the time of the next update after one.
func (c *Content) promise(text string, from time.Time) (time.Time, error) {
	next, err := c.momentOrLength(text, from)
	switch {
	case err != nil:
		return next, err
	case !next.After(from) || !next.After(c.Now):
		return next, problem("it is now "+c.Said(c.minute())+"; write a time to come, or a length of time such as 30m",
			"the next update can't be promised for %s, which is past", c.Said(next))
	case next.Sub(from) > check.MaxPromise:
		return next, problem("write at most 7d", "the next update is promised for %s, too far ahead", c.Said(next))
	}
	return next, nil
}

// end reads the end of a window that begins at a time: a length of time after that,
// a time of day, which is the first one after it, or a whole time.
func (c *Content) end(text string, begins time.Time) (time.Time, error) {
	if !timeOfDay.MatchString(text) {
		return c.momentOrLength(text, begins)
	}
	day := begins.In(c.Site.Zone)
	for {
		end, err := c.moment(day.Format(time.DateOnly) + " " + strings.Repeat("0", len("00:00")-len(text)) + text)
		if err != nil || end.After(begins) {
			return end, err
		}
		day = day.AddDate(0, 0, 1)
	}
}

// notBegun refuses the beginning of a planned maintenance that is before its
// announcement.
func (c *Content) notBegun(typed string, begins, announced time.Time) error {
	if !begins.Before(announced) {
		return nil
	}
	hint := "if it was announced before, write when with --at"
	if timeOfDay.MatchString(strings.TrimSpace(typed)) {
		hint = "do you mean tomorrow, --from \"" + begins.In(c.Site.Zone).AddDate(0, 0, 1).Format("2006-01-02 15:04") + "\"?"
	}
	return problem(hint, "the maintenance would begin at %s, before it is announced", c.Said(begins))
}

// Said is a time in UTC and, if that is another, in the site's zone.
func (c *Content) Said(t time.Time) string {
	text := source.FormatTimestamp(t.UTC())
	if local := t.In(c.Site.Zone); source.FormatTimestamp(local) != text {
		text += ", which is " + local.Format("2006-01-02 15:04") + " in " + c.Site.Zone.String()
	}
	return text
}
