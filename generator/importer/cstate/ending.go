package cstate

import (
	"regexp"
	"strings"
	"time"

	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/source"
	"allclear/generator/status"
)

// This file reads when an issue began and ended. resolved alone says whether it
// is over, as in cState; date and resolvedWhen alone say the time of its impact.

// time reads the time of a key.
func (c *cstate) time(f *hugoFile, key string) (hugoTime, int, bool) {
	field, ok := f.field(key)
	if !ok || field.Value.Kind != source.KindScalar || strings.TrimSpace(field.Value.Text) == "" {
		return hugoTime{}, field.KeyAt.Line, false
	}
	at, ok := parseTime(field.Value.Text, c.zone)
	if !ok {
		at.Time, ok = likelyTime(field.Value.Text, c.zone, c.now)
	}
	return at, field.KeyAt.Line, ok
}

// firstTime is the time of the first key that has one.
func (c *cstate) firstTime(f *hugoFile, keys ...string) (time.Time, string, bool) {
	for _, key := range keys {
		if at, _, ok := c.time(f, key); ok {
			return at.Time, key, true
		}
	}
	return time.Time{}, "", false
}

var dateInName = regexp.MustCompile(`(?:^|/)(\d{4}-\d{1,2}-\d{1,2})(?:[^\d/][^/]*)?$`)

// readDate reads when an issue began: by the keys that Hugo reads, else by the
// file's name, else by any other time in the file.
func (c *cstate) readDate(f *hugoFile) (time.Time, bool) {
	if at, line, ok := c.time(f, "date"); ok {
		c.countZoneless(at)
		if at.dateOnly {
			f.notes.Note(f.at(line), "date has no time of day: the first instant of that day is used, as cState does")
		}
		return at.Time, true
	}
	what := "it has no date"
	line := 1
	field, written := f.field("date")
	if written && strings.TrimSpace(field.Value.Text) != "" {
		what, line = "its date can't be read", field.KeyAt.Line
	}
	if at, key, ok := c.firstTime(f, "publishDate", "pubdate", "published", "lastmod", "modified"); ok {
		f.notes.Note(f.at(line), what+": its %s is used", key)
		return at, true
	}
	if m := dateInName.FindStringSubmatch(f.path); m != nil {
		if at, ok := parseTime(m[1], c.zone); ok {
			f.notes.Note(f.at(line), what+": the first instant of the day in its name is used")
			return at.Time, true
		}
	}
	for _, p := range c.parts(f.body) {
		if !p.at.IsZero() {
			f.notes.Note(f.at(line), what+": a time in its text, %s, is used", importer.Stamp(p.at))
			return p.at, true
		}
	}
	if at, key, ok := c.firstTime(f, "resolvedWhen", "resolved_on", "resolved"); ok {
		f.notes.Note(f.at(line), what+": its %s is used", key)
		return at, true
	}
	if at, ok := nearestDay(field.Value.Text, c.zone); written && ok {
		f.notes.Note(f.at(line), "its date %q does not exist: the last day of that month is used", markup.Short(field.Value.Text))
		return at, true
	}
	return time.Time{}, false
}

func (c *cstate) countZoneless(at hugoTime) {
	if at.zoneless {
		c.zoneless++
	}
}

// ending is whether and when an issue was over.
type ending struct {
	over    bool
	at      time.Time // zero if it is unknown, or not over
	planned time.Time // when it should be over, as an issue says that is open
	noted   bool      // the report has a note that it is unknown
}

// end reads when an issue was over. What contradicts resolved or date is
// dropped.
func (c *cstate) end(f *hugoFile, date time.Time) ending {
	key := "resolvedWhen"
	if _, ok := f.field(key); !ok {
		key = "resolved_on"
	}
	read, line, known := c.time(f, key)
	at := read.Time
	if known {
		c.countZoneless(read)
	} else if written, _ := f.field(key); written.Value.Kind == source.KindScalar && strings.TrimSpace(written.Value.Text) != "" {
		c.report.Note(f.at(line), "its %s %q can't be read as a time", key, markup.Short(written.Value.Text))
	}
	e := ending{}
	over, says, timed := c.over(f)
	e.over = over
	if !known && timed.After(time.Time{}) {
		at, known = timed, true
	}
	switch {
	case !known:
	case at.Before(date):
		c.report.Note(f.at(line), "its %s, %s, is before its date, %s, and is not imported", key, importer.Stamp(at), importer.Stamp(date))
		e.noted = true
	case !over:
		e.planned = at
		if says {
			c.report.Note(f.at(line), "it is not resolved, so its %s, %s, is not when it was over", key, importer.Stamp(at))
		}
	default:
		e.at = at
	}
	return e
}

// over reports whether an issue is over, and whether the file says it itself;
// at is the time that it gives in place of true.
func (c *cstate) over(f *hugoFile) (over, says bool, at time.Time) {
	field, has := f.field("resolved")
	word := markup.OneLine(field.Value.Text)
	if s := strings.ToLower(textOf(f.fields, "status")); !has && s != "" {
		_, _, ends := c.time(f, "resolved_on")
		return s == "resolved" || s == "scheduled" && ends, true, time.Time{}
	}
	lower := strings.ToLower(word)
	switch {
	case !has || field.Value.Kind == source.KindNull || lower == "":
		if !isTrue(textOf(f.fields, "informational")) {
			c.report.Note(f.at(1), "it does not say whether it is resolved: it is imported as over, since cState shows no trouble for it")
		}
		return true, false, time.Time{}
	case lower == "false" && field.Value.Quoted:
		c.report.Note(f.at(field.KeyAt.Line), "resolved is the word \"false\" in quotes, which cState takes for resolved: it is imported as over")
		return true, true, time.Time{}
	case isFalse(lower):
		return false, true, time.Time{}
	}
	if t, ok := parseTime(word, c.zone); ok { // resolved: 2018-06-13 17:30:00
		c.report.Note(f.at(field.KeyAt.Line), "resolved has a time: it is read as resolvedWhen")
		return true, true, t.Time
	}
	return true, true, time.Time{}
}

func isFalse(word string) bool {
	switch word {
	case "false", "no", "off", "n", "0":
		return true
	}
	return false
}

var plannedWords = regexp.MustCompile(`(?i)maint(?:ai|e)nance|scheduled|planned|upgrade|migration|wartung|geplant|mantenimiento|manutenç|manutenzione|onderhoud|обслуживан|メンテナンス|维护|維護`)

// kind is maintenance if the file says that it was planned and has its window.
// An issue that is open after its window is none: cState shows it as trouble.
func (c *cstate) kind(f *hugoFile, i *issue, date time.Time, end ending) status.Kind {
	ahead := date.After(c.now)
	planned := i.planned || textOf(f.fields, "section") == "maintenance" || ahead && end.over ||
		(ahead || isTrue(textOf(f.fields, "informational"))) && plannedWords.MatchString(i.Title)
	until := end.until()
	if planned && until.After(date) && (end.over || until.After(c.now)) {
		return status.Maintenance
	}
	return status.Incident
}

// until is when an issue was or should be over; zero if it does not say.
func (e ending) until() time.Time {
	if e.at.IsZero() {
		return e.planned
	}
	return e.at
}

// isAnnouncement reports whether a page only informs: it says so, and has no
// severity, and it is no maintenance with a window.
func isAnnouncement(f *hugoFile) bool {
	return isTrue(textOf(f.fields, "informational")) && textOf(f.fields, "severity") == "" && textOf(f.fields, "max_severity") == ""
}

// announce makes an announcement of an issue. It is shown until it is resolved;
// of one that does not say it, until the day is over.
func (c *cstate) announce(f *hugoFile, i *issue, date time.Time, end ending) {
	parts := c.parts(f.body)
	var text []string
	for _, p := range parts {
		text = append(text, strings.Trim(p.raw, "\n"))
	}
	a := &status.Announcement{ID: i.ID, Title: i.Title, From: date, Until: end.at, Aliases: i.Aliases}
	a.Text.Markdown = c.markdown(strings.Join(text, "\n\n"), c.report.At(f.at(f.bodyLine), ""))
	if end.over && !a.Until.After(date) {
		a.Until = status.NextDay(date.In(c.zone))
		c.report.Note(f.at(1), "it does not say until when it is news: it is pinned until the end of its day")
	}
	c.report.Announcements++
	i.announcement = a
}
