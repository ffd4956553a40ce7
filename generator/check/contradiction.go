package check

import (
	"regexp"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleAnnouncedLate = rules.Declare(diag.Rule{
		Code: "announced-after-window", Level: diag.Warning,
		Title: "Maintenance is announced before its window ends",
		Why:   "A copy of last year's file keeps last year's window, so readers would see work that is long over.",
	})
	ruleWindowTooLong = rules.Declare(diag.Rule{
		Code: "window-too-long", Level: diag.Warning,
		Title: "The window of maintenance is at most four weeks long",
		Why:   "A mistyped month or year makes the components under maintenance for as long.",
	})
	ruleYearSlip = rules.Declare(diag.Rule{
		Code: "year-between-updates", Level: diag.Warning,
		Title: "No year is between two updates that follow each other",
		Why:   "In January people type the year that is over, and durations and uptime are wrong by a year.",
	})
	ruleUpdateRepeated = rules.Declare(diag.Rule{
		Code: "update-repeated", Level: diag.Warning,
		Title: "Each update is in the file once",
		Why:   "An update that is pasted twice is sent to subscribers twice.",
	})
	ruleDateInName = rules.Declare(diag.Rule{
		Code: "date-in-name", Level: diag.Warning,
		Title: "The date in a file's name is near the event's own times",
		Why:   "The name is the page's address for ever, and a copied file keeps the old dates inside or outside.",
	})
)

const maxWindow = 28 * 24 * time.Hour

// checkContradictions reports times that contradict each other.
func (t *timeline) checkContradictions(f *fields, updates []status.Update) {
	e := t.event
	for i := 1; i < len(updates); i++ {
		before, u := updates[i-1], updates[i]
		gap := u.At.Sub(before.At)
		if days := gap.Hours() / 24; !u.At.After(t.now) && u.Status != status.Postmortem && e.Kind == status.Incident && (days > 350 && days < 380) {
			t.list.Add(ruleYearSlip.At(u.Position, "a year is between this update and the one before it, %s", source.FormatTimestamp(before.At)).
				WithHint("if the year is wrong, correct it%s", t.otherYear(u.At.UTC().AddDate(-1, 0, 0), u.Position)))
		}
		if gap == 0 && u.Text.Plain != "" && u.Text.Plain == before.Text.Plain && u.Status == before.Status {
			t.list.Add(ruleUpdateRepeated.At(u.Position, "this update is the same as the one above it").WithHint("delete one of the two"))
		}
	}
	if e.Kind == status.Maintenance {
		t.checkWindowLength(f, updates)
	}
	t.checkDateInName(updates)
}

func (t *timeline) otherYear(at time.Time, position diag.Position) string {
	if line := t.lineWith(at, diag.Position{File: position.File, Line: position.Line, Column: t.timeColumn(position.Line)}); line != "" {
		return ":\n" + line
	}
	return ""
}

// timeColumn is the column at which a timestamp begins in a line; 0 for none.
func (t *timeline) timeColumn(line int) int {
	text := t.File.Line(line)
	at := anyTime.FindStringIndex(text)
	if at == nil {
		return 0
	}
	return len([]rune(text[:at[0]])) + 1
}

var anyTime = regexp.MustCompile(`\d{4}-\d\d-\d\d[Tt ]+\d\d:\d\d`)

// checkWindowLength reports the window of last year's copy, and one of a year.
func (t *timeline) checkWindowLength(f *fields, updates []status.Update) {
	e := t.event
	if !t.hasWindow() || len(updates) == 0 {
		return
	}
	from, until := e.ScheduledFor.UTC(), e.ScheduledUntil.UTC()
	if announced := updates[0].At; updates[0].Status == status.Scheduled && !announced.Before(until) {
		years := 1
		for until.AddDate(years, 0, 0).Before(announced) {
			years++
		}
		hint := "correct one of the two times"
		if announced.Sub(until) > 300*24*time.Hour {
			hint = "if the year is wrong, write\nscheduled_for: " + source.FormatTimestamp(from.AddDate(years, 0, 0)) + "\nscheduled_until: " + source.FormatTimestamp(until.AddDate(years, 0, 0))
		}
		t.list.Add(ruleAnnouncedLate.At(f.at("scheduled_until"), "the window was over when the maintenance was announced, at %s", source.FormatTimestamp(announced)).WithHint("%s", hint))
		return
	}
	if until.Sub(from) > maxWindow {
		same := time.Date(from.Year(), from.Month(), from.Day(), until.Hour(), until.Minute(), 0, 0, time.UTC)
		if !same.After(from) {
			same = same.AddDate(0, 0, 1)
		}
		t.list.Add(ruleWindowTooLong.At(f.at("scheduled_until"), "the window is %d days long", int(until.Sub(from).Hours()/24)).
			WithHint("if its date is wrong, write\nscheduled_until: %s", source.FormatTimestamp(same)))
	}
}

var dateInName = regexp.MustCompile(`^(20\d\d)-([01]\d)-([0-3]\d)-`)

// checkDateInName reports a name with a date that none of the event's times is
// within a month of.
func (t *timeline) checkDateInName(updates []status.Update) {
	const near = 31 * 24 * time.Hour
	m := dateInName.FindString(t.ID)
	if m == "" || len(updates) == 0 {
		return
	}
	named, err := time.Parse("2006-01-02-", m)
	if err != nil {
		return
	}
	times := []time.Time{t.event.Started, t.event.ScheduledFor, t.event.ScheduledUntil}
	for _, u := range updates {
		times = append(times, u.At)
	}
	for _, at := range times {
		if !at.IsZero() && at.Sub(named).Abs() < near {
			return
		}
	}
	first := updates[0].At
	if t.event.Kind == status.Maintenance && !t.event.ScheduledFor.IsZero() {
		first = t.event.ScheduledFor
	}
	file := t.File.Name()
	better := strings.Replace(file, m, first.Format("2006-01-02-"), 1)
	t.list.Add(ruleDateInName.At(diag.Position{File: file}, "its name says %s, and it begins on %s", strings.TrimSuffix(m, "-"), first.Format("2006-01-02")).
		WithHint("correct the times, or rename a file that was never published:\ngit mv %s %s", file, better))
}
