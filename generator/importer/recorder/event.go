package recorder

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

const (
	settled     = 30 * 24 * time.Hour // an event that is over for so long changes no more
	justNow     = time.Hour           // what was recorded so recently is not asked for again
	maxFailures = 5                   // events in a row that can't be read end the run
)

// events records each event that may have changed since it was recorded.
func (r *recorder) events(ctx context.Context) error {
	lines := map[string]*listed{}
	for i := range r.listed {
		lines[r.listed[i].Code] = &r.listed[i]
	}
	for _, code := range slices.Sorted(maps.Keys(r.whole)) {
		answer := map[string]json.RawMessage{"incident": r.whole[code]}
		if len(r.page) > 0 {
			answer["page"] = r.page
		}
		if err := r.keep(code, answer, lines[code]); err != nil {
			return err
		}
	}
	var wanted []*listed
	for i := range r.listed {
		if l := &r.listed[i]; r.whole[l.Code] == nil && r.mayHaveChanged(l) {
			wanted = append(wanted, l)
		}
	}
	return r.recordAll(ctx, wanted)
}

// mayHaveChanged reports whether to ask for an event, which the API's lists no
// longer have.
func (r *recorder) mayHaveChanged(l *listed) bool {
	was, event, ok := r.recorded(l.Code)
	if !ok || r.refresh || was.Listed != nil && *was.Listed != *l {
		return true
	}
	at := was.RecordedAt.Time
	if age := r.archive.now().Sub(at); age >= 0 && age < justNow {
		return false
	}
	last := event.UpdatedAt.Time
	return !event.over() || last.IsZero() || at.Sub(last) < settled
}

// recordAll asks for events one by one. A single one that can't be read is
// left out; several in a row end the run.
func (r *recorder) recordAll(ctx context.Context, wanted []*listed) error {
	began, failures := r.archive.now(), 0
	for i, l := range wanted {
		r.progress(fmt.Sprintf("%d of %s%s", i, eventCount(len(wanted)), r.timeLeft(began, i, len(wanted))))
		err := r.record(ctx, l)
		switch {
		case err == nil:
			failures = 0
			continue
		case ctx.Err() != nil || errors.Is(err, errTooOften):
			return err
		case isMissing(err):
			failures = 0
		default:
			failures++
		}
		if failures == maxFailures {
			return fmt.Errorf("%d events in a row could not be read, the last one (%s): %w", failures, l.Code, err)
		}
		if _, _, ok := r.recorded(l.Code); ok {
			r.report.Note(l.where(), "it can't be read now (%v): it is imported as it was recorded before", err)
		} else {
			r.report.LeaveOut(l.where(), "the history lists %q, but it can't be read: %v", l.Name, err)
		}
	}
	return nil
}

func (l *listed) where() string { return "api/v2/" + eventFile(l.Code) }

// record asks for one event. Some pages answer it at a second path.
func (r *recorder) record(ctx context.Context, l *listed) error {
	body, err := r.read(ctx, "api/v2/"+eventFile(l.Code), "")
	if err != nil && ctx.Err() == nil && isMissing(err) {
		if second, other := r.read(ctx, eventFile(l.Code), ""); other == nil {
			body, err = second, nil
		}
	}
	if err != nil {
		return err
	}
	answer, err := eventOf(body, l.Code)
	if err != nil {
		return err
	}
	return r.keep(l.Code, answer, l)
}

// timeLeft says how long the rest will take, if that is worth saying.
func (r *recorder) timeLeft(began time.Time, done, all int) string {
	each := r.interval
	if done > 0 {
		each = max(each, r.archive.now().Sub(began)/time.Duration(done))
	}
	left := time.Duration(all-done) * each
	if left < time.Minute {
		return ""
	}
	return fmt.Sprintf(", about %d min left", cmp.Or(int(left.Round(time.Minute)/time.Minute), 1))
}

func eventCount(n int) string {
	if n == 1 {
		return "1 event"
	}
	return fmt.Sprintf("%d events", n)
}
