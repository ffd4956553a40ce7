package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/loose"
	"allclear/generator/source"
	"allclear/generator/status"
)

var ruleBadNext = rules.Declare(diag.Rule{
	Code:  "bad-next",
	Title: "The next update is promised in one minute to seven days, or for a time after this update",
	Why:   "Readers see by when they will hear more, and that the update is overdue when the time has passed without one.",
})

// minPromise and MaxPromise are the durations after which the next update may be
// promised.
const minPromise, MaxPromise = time.Minute, 7 * 24 * time.Hour

// promise reads the attribute next; zero if it can't be used.
func (d *document) promise(h *source.Heading, a source.Attribute, u *status.Update) time.Time {
	if u.Status.Closed() {
		d.list.Add(ruleClosedSetting.At(a.NameAt, "an update with the status %s can't promise another one", u.Status).
			WithHint("delete the attribute:\n%s", source.FormatHeading(withoutAttributes(*h, "next"))))
		return time.Time{}
	}
	if startsWithYear(a.Value) {
		next := d.time(a.Value, a.ValueAt, true)
		if !next.IsZero() && !u.At.IsZero() && !next.After(u.At) {
			d.list.Add(ruleBadNext.At(a.ValueAt, "next is not after its own update, %s", source.FormatTimestamp(u.At)).
				WithHint("write a later time, or a duration\n%s", withAttribute(*h, "next", "30m")))
			return time.Time{}
		}
		return next
	}
	length, err := time.ParseDuration(a.Value)
	if err != nil || length < minPromise || length > MaxPromise {
		d.list.Add(d.likelyPromise(h, a, u.At))
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

// likelyPromise reports a promise that can't be read, with the heading as it was
// most likely meant.
func (d *document) likelyPromise(h *source.Heading, a source.Attribute, after time.Time) diag.Diagnostic {
	if after.IsZero() {
		after = d.now
	}
	bad := ruleBadNext.At(a.ValueAt, "next must be a duration from 1m to 168h or a timestamp, not %q", diag.Short(a.Value))
	meant := loose.Clock{Now: after, Zone: d.site.Zone, Future: true}.Read(a.Value)
	if len(meant.Times) > 0 && strings.ContainsAny(a.Value, ":/.") {
		return bad.WithHint("write\n%s", withAttribute(*h, "next", source.FormatTimestamp(meant.Times[0])))
	}
	return bad.WithHint("write\n%s", withAttribute(*h, "next", source.FormatDuration(min(max(likelyDuration(a.Value), minPromise), MaxPromise))))
}

// withAttribute is a heading with another value for an attribute.
func withAttribute(h source.Heading, name, value string) string {
	h.Attributes = slices.Clone(h.Attributes)
	for i, a := range h.Attributes {
		if a.Name == name {
			h.Attributes[i].Value = value
		}
	}
	return source.FormatHeading(h)
}

const usualPromise = 30 * time.Minute

var looseDuration = regexp.MustCompile(`(?i)^(?:in |about )?(\d{1,4}) *([mhdw]?)[a-z]*$`)

// likelyDuration is the duration that was most likely meant, usualPromise if that
// can't be said.
func likelyDuration(text string) time.Duration {
	text = strings.Trim(strings.TrimSpace(text), "\"'“”-+")
	if words := strings.ToLower(text); strings.Contains(words, "half an hour") {
		return 30 * time.Minute
	} else if strings.Contains(words, "an hour") {
		return time.Hour
	}
	m := looseDuration.FindStringSubmatch(text)
	if m == nil {
		return usualPromise
	}
	n, _ := strconv.Atoi(m[1])
	units := map[string]time.Duration{"": time.Minute, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}
	return time.Duration(n) * units[strings.ToLower(m[2])]
}
