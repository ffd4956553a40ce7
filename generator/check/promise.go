package check

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var ruleBadNext = rules.Declare(diag.Rule{
	Code:  "bad-next",
	Title: "The next update is promised in one minute to seven days, or for a time after this update",
	Why:   "Readers see by when they will hear more, and that the update is overdue when the time has passed without one.",
})

// Durations after which the next update may be promised.
const minPromise, maxPromise = time.Minute, 7 * 24 * time.Hour

// promise reads the attribute next; zero if it can't be used.
func (d *document) promise(a source.Attribute, u *status.Update) time.Time {
	if u.Status.Closed() {
		d.list.Add(ruleClosedSetting.At(a.NameAt, "an update with the status %s can't promise another one", u.Status).
			WithHint("delete the attribute"))
		return time.Time{}
	}
	if startsWithYear(a.Value) {
		next := d.time(a.Value, a.ValueAt, true)
		if !next.IsZero() && !u.At.IsZero() && !next.After(u.At) {
			d.list.Add(ruleBadNext.At(a.ValueAt, "next is not after its own update, %s", source.FormatTimestamp(u.At)).
				WithHint(`write a later time, or a duration such as next="30m"`))
			return time.Time{}
		}
		return next
	}
	length, err := time.ParseDuration(a.Value)
	if err != nil || length < minPromise || length > maxPromise {
		hint := fmt.Sprintf("write next=%q", likelyDuration(a.Value))
		if !u.At.IsZero() {
			hint += fmt.Sprintf("; or a time with its date and zone, such as next=%q", source.FormatTimestamp(u.At.Add(time.Hour)))
		}
		d.list.Add(ruleBadNext.At(a.ValueAt, "next must be a duration from 1m to 168h or a timestamp, not %q", diag.Short(a.Value)).WithHint("%s", hint))
		return time.Time{}
	}
	if u.At.IsZero() {
		return time.Time{}
	}
	return u.At.Add(length)
}

// startsWithYear reports whether a text was meant as a timestamp.
func startsWithYear(text string) bool {
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	return digits == 4 && len(text) > 4 && strings.IndexByte("-/.", text[4]) >= 0
}

var looseDuration = regexp.MustCompile(`(?i)^(\d{1,4}) *([mhd])[a-z]*$`)

// likelyDuration is the duration that was most likely meant.
func likelyDuration(text string) string {
	m := looseDuration.FindStringSubmatch(text)
	if m == nil {
		return "30m"
	}
	n, _ := strconv.Atoi(m[1])
	unit := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}[strings.ToLower(m[2])]
	length := time.Duration(n) * unit
	return source.FormatDuration(min(max(length, minPromise), maxPromise))
}
