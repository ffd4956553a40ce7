package recorder

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"allclear/generator/web"
)

const (
	patience     = 10 * time.Minute // the longest time that a page may ask to wait
	maxTries     = 5                // for one answer
	slowest      = 10 * time.Second // between two requests, however often the page says 429
	firstWait    = 2 * time.Second  // after an answer that failed
	unsaidWait   = 30 * time.Second // after a 429 that does not say how long
	waitIncrease = 4                // times as long after each try
)

// visitor asks a page politely.
type visitor struct {
	site     *web.Site
	interval time.Duration // between the beginnings of two requests
	last     time.Time     // when the last one began
	answered bool          // the page has answered at all, so that its address is right
	now      func() time.Time
	wait     func(context.Context, time.Duration) error
	progress func(string)
}

func newVisitor(site *web.Site, o Options) *visitor {
	return &visitor{
		site: site, interval: time.Duration(float64(time.Second) / o.Rate),
		now: o.Now, wait: o.Wait, progress: o.Progress,
	}
}

var errTooOften = errors.New("the page says that it is asked too often")

var errHTML = errors.New("the answer is HTML, not JSON")

// read reads the JSON document at a path. The error says the address; for a
// document that is not there it is fs.ErrNotExist.
func (v *visitor) read(ctx context.Context, path, query string) ([]byte, error) {
	answer, err := v.ask(ctx, path, query)
	if err != nil {
		return nil, err
	}
	if err := problem(answer); err != nil {
		return nil, fmt.Errorf("%s: %w", answer.URL, err)
	}
	return answer.Body, nil
}

// problem is what makes an answer no JSON document.
func problem(answer *web.Response) error {
	err := answer.Problem()
	switch {
	case err != nil:
		return err
	case bytes.HasPrefix(bytes.TrimSpace(answer.Body), []byte("<")):
		return errHTML
	case !json.Valid(answer.Body):
		return errors.New("the answer is not valid JSON")
	}
	return nil
}

// ask gives an answer of any status. It asks again if the page says that it is
// asked too often, or if the answer fails.
func (v *visitor) ask(ctx context.Context, path, query string) (*web.Response, error) {
	for try := 1; ; try++ {
		if pause := v.interval - v.now().Sub(v.last); !v.last.IsZero() && pause > 0 {
			if err := v.wait(ctx, pause); err != nil {
				return nil, err
			}
		}
		v.last = v.now()
		answer, err := v.site.Follow(ctx, path, query, map[string]string{"Accept": "application/json"})
		v.answered = v.answered || answer != nil
		pause, again := v.pauseAfter(answer, err, try)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !again:
			return answer, err
		case pause > patience:
			return nil, fmt.Errorf("%w, and asks to wait for %s", errTooOften, pause.Round(time.Second))
		case try == maxTries && answer != nil && answer.Status == statusTooManyRequests:
			return nil, errTooOften
		case try == maxTries:
			return answer, err
		}
		if pause >= unsaidWait {
			v.progress(fmt.Sprintf("the page asks to wait: going on in %s", pause.Round(time.Second)))
		}
		if err := v.wait(ctx, pause); err != nil {
			return nil, err
		}
	}
}

// The statuses of answers that another try may better.
const (
	statusTooManyRequests = 429
	statusUnavailable     = 503
)

// pauseAfter reports whether to ask again after an answer, and how long to wait
// before that.
func (v *visitor) pauseAfter(answer *web.Response, err error, try int) (time.Duration, bool) {
	pause := firstWait
	for range try - 1 {
		pause *= waitIncrease
	}
	switch {
	case answer == nil:
		return pause, v.answered && !errors.Is(err, web.ErrTooLarge) && !errors.Is(err, web.ErrTooManyRequests)
	case err != nil: // it leads elsewhere
		return 0, false
	case answer.Status == statusTooManyRequests:
		v.interval = min(2*v.interval, max(slowest, v.interval))
		pause = unsaidWait * time.Duration(try)
	case answer.Status < 500:
		return 0, false
	}
	if asked := v.retryAfter(answer); asked > 0 && (answer.Status == statusTooManyRequests || answer.Status == statusUnavailable) {
		pause = asked
	}
	return pause, true
}

// retryAfter is how long an answer asks to wait, in seconds or until a date;
// zero if it does not say.
// https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
func (v *visitor) retryAfter(answer *web.Response) time.Duration {
	said := answer.Header("Retry-After")
	if seconds, err := strconv.ParseInt(said, 10, 32); err == nil && seconds > 0 {
		return time.Duration(seconds) * time.Second
	}
	if at, err := time.Parse(time.RFC1123, said); err == nil {
		return at.Sub(v.now())
	}
	return 0
}
