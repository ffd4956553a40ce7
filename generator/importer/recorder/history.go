package recorder

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"allclear/generator/status"
)

// Bounds on the list of a page's history.
const (
	maxPages   = 400 // a hundred years
	quietPages = 8   // pages in a row without an event that end it: two years
)

// listed is an event's line in the history.
type listed struct {
	Code      string `json:"code"`
	Name      string `json:"name,omitempty"`
	Message   string `json:"message,omitempty"` // of its newest update
	Impact    string `json:"impact,omitempty"`
	Timestamp string `json:"timestamp,omitempty"`
}

// month is one month of a page of the history.
type month struct {
	Name   string
	Year   int
	Events []json.RawMessage `json:"incidents"`
}

// String is the month's name, such as November 2026.
func (m month) String() string { return fmt.Sprintf("%s %d", m.Name, m.Year) }

// historyForms are the paths at which pages answer the list, each with ?page=N.
var historyForms = []string{"history.json", "history"}

// history walks the list of all events, from the newest month to the oldest.
func (r *recorder) history(ctx context.Context) error {
	form, months, err := r.firstPage(ctx)
	if err != nil || form == "" {
		return err
	}
	before, seen := "", map[string]bool{} // months: the oldest so far, and all
	for page, quiet := 1, 0; ; page++ {
		if page > 1 {
			if months, err = r.historyPage(ctx, form, page); err != nil {
				switch {
				case ctx.Err() != nil || errors.Is(err, errTooOften):
					return err
				case isMissing(err):
					return nil // there is no such page
				}
				r.report.LeaveOut("the history", "its page %d can't be read (%v): events before %s are not in; run the same command again for them", page, err, before)
				return nil
			}
		}
		if len(months) == 0 {
			return nil
		}
		if first := months[0].String(); seen[first] {
			r.report.LeaveOut("the history", "its page %d begins with %s again: events before %s are not in", page, first, before)
			return nil
		}
		for _, m := range months {
			seen[m.String()] = true
		}
		found := r.take(months)
		before = months[len(months)-1].String()
		r.progress(fmt.Sprintf("the history back to %s: %s", before, eventCount(len(r.listed))))
		if quiet++; found > 0 {
			quiet = 0
		}
		switch {
		case quiet >= quietPages && r.beforeEverything(months):
			return nil
		case page == maxPages || len(r.codes) >= status.StandardLimits().Events:
			r.report.LeaveOut("the history", "it does not end: events before %s are not in", before)
			return nil
		}
	}
}

// beforeEverything reports whether months are from before the page's oldest
// component or event, as far as that is known.
func (r *recorder) beforeEverything(months []month) bool {
	last := months[len(months)-1]
	return r.oldest.IsZero() || time.Date(last.Year, 12, 31, 0, 0, 0, 0, time.UTC).Before(r.oldest) || last.Year < 2000
}

// firstPage finds the form in which the page answers its history; "" if it has
// none.
func (r *recorder) firstPage(ctx context.Context) (form string, months []month, err error) {
	for _, form := range historyForms {
		months, err = r.historyPage(ctx, form, 1)
		switch {
		case err == nil:
			return form, months, nil
		case ctx.Err() != nil || errors.Is(err, errTooOften):
			return "", nil, err
		case !isMissing(err) && !errors.Is(err, errHTML) && !errors.Is(err, errNoMonths):
			r.report.LeaveOut("the history", "it can't be read (%v): only the %s that the page's API gives are in; run the same command again for older ones", err, eventCount(len(r.whole)))
			return "", nil, nil
		}
	}
	if n := len(r.whole); n >= apiEvents {
		r.report.LeaveOut("the history", "the page has none that a program can read: only the newest %s, which its API gives, are in; older ones must be recorded in another way and imported from a folder", eventCount(n))
	} else {
		r.report.Note("the history", "the page has none that a program can read: what its API gives is in; older events, if there are any, are not")
	}
	return "", nil, nil
}

// apiEvents is the number of events above which the API has no older ones.
const apiEvents = 50

var errNoMonths = errors.New("the answer has no months")

// historyPage reads a page of the history.
func (r *recorder) historyPage(ctx context.Context, form string, page int) ([]month, error) {
	body, err := r.read(ctx, form, "page="+strconv.Itoa(page))
	if err != nil {
		return nil, err
	}
	var answer struct{ Months *[]month }
	if err := json.Unmarshal(body, &answer); err != nil || answer.Months == nil {
		return nil, errNoMonths
	}
	return *answer.Months, nil
}

// take adds the events of months to the list, and counts those that were not on
// it before.
func (r *recorder) take(months []month) int {
	found := 0
	for _, m := range months {
		for _, raw := range m.Events {
			var l listed
			if json.Unmarshal(raw, &l) != nil || !isCode(l.Code) {
				r.report.LeaveOut("the history, "+m.String(), "an event has no code by which it can be asked for: %q", l.Name)
				continue
			}
			if !r.codes[l.Code] {
				r.codes[l.Code] = true
				r.listed = append(r.listed, l)
				found++
			}
		}
	}
	return found
}
