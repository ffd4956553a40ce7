package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"allclear/generator"
	"allclear/generator/web"
)

// Options say what to compare with, and how gently.
type Options struct {
	Build        generator.Options // of the content; Now is the instant to compare at
	Newest       time.Time         // when the content was last changed; zero if that is not known
	Sample       int               // how many files are asked for besides those that matter
	Grace        time.Duration     // how late a build may be before that is an error
	Interval     time.Duration     // between two requests; 0 for none
	Time         time.Duration     // of one request
	Whole        time.Duration     // of all of them
	InsecureHTTP bool              // plain http is allowed for every host
}

// Bounds on the requests, of which workers make some at a time.
const (
	workers       = 2
	maxFailures   = 3       // in a row, after which the host is left alone
	spareBytes    = 1 << 20 // that an answer may have more than twice the largest file
	spareRequests = 100     // besides those for files
)

// origin is the one of a page on another site, as browsers say it.
const origin = "https://allclear.invalid"

// Site asks a site for its files and compares them with a build. The local result
// has no errors. The error is about the address or the content; what is wrong with
// the site is in the report.
func Site(ctx context.Context, url string, local *generator.Result, o Options) (*Report, error) {
	now := newBuild(local)
	c := &checker{o: o, now: now, then: now, answers: map[string]*answer{}}
	largest, err := now.largest(o.Sample)
	if err != nil {
		return nil, err
	}
	c.most = 2*largest + spareBytes
	site, err := web.Open(url, web.Options{
		InsecureHTTP: o.InsecureHTTP, Time: o.Time, Answer: c.most, Requests: 2*len(now.routes) + spareRequests,
	})
	if err != nil {
		return nil, err
	}
	defer site.Close()
	c.site = site
	ctx, c.stop = context.WithTimeout(ctx, o.Whole)
	defer c.stop()
	if o.Interval > 0 {
		ticker := time.NewTicker(o.Interval)
		defer ticker.Stop()
		c.tick = ticker.C
	}
	if err := c.check(ctx); err != nil {
		return nil, err
	}
	return c.report(), nil
}

// checker is one check of one site.
type checker struct {
	o         Options
	site      *web.Site
	now, then *build // of this instant, and of the instant of the site's build
	asOf      time.Time
	most      int64 // bytes of one answer
	tick      <-chan time.Time
	stop      func()

	elsewhere bool // the site was built for another address
	answers   map[string]*answer

	found    findings
	files    atomic.Int64 // that were asked for
	requests atomic.Int64
	failures atomic.Int64 // in a row
	unasked  atomic.Int64
	older    atomic.Int64 // files that only the older build has so
	newer    atomic.Int64 // files that only the newer one has so
}

func (c *checker) check(ctx context.Context) error {
	steps := []func(context.Context) error{c.readAge, c.checkFiles, c.checkNotFound, c.checkFolder, c.checkPreflight, c.checkConditional}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		c.found.add(unreachable, "", "the host is too slow", fmt.Sprintf("after %s not every file has been asked for", length(c.o.Whole)))
	}
	if c.older.Load() > 0 && c.newer.Load() > 0 {
		c.found.add(mixed, "", "the host serves files of two builds", fmt.Sprintf("%d of the older one and %d of the newer", c.older.Load(), c.newer.Load()))
	}
	return nil
}

// checkFiles asks for a sample of the files.
func (c *checker) checkFiles(ctx context.Context) error {
	paths := make(chan string)
	failed := make(chan error, workers)
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for path := range paths {
				if err := c.checkFile(ctx, path); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	err := feed(c.then.sample(c.o.Sample), paths, failed)
	running.Wait()
	if err == nil {
		select {
		case err = <-failed:
		default:
		}
	}
	return err
}

// feed gives the paths to the workers, until one of them fails.
func feed(all []string, paths chan<- string, failed <-chan error) error {
	defer close(paths)
	for _, path := range all {
		select {
		case paths <- path:
		case err := <-failed:
			return err
		}
	}
	return nil
}

// get makes one request. It is nil, and what is wrong is among the findings, if
// there is no answer.
func (c *checker) get(ctx context.Context, path string, headers map[string]string) *answer {
	return c.ask(ctx, path, func() (*web.Response, error) { return c.site.Get(ctx, path, headers) })
}

func (c *checker) ask(ctx context.Context, path string, request func() (*web.Response, error)) *answer {
	if c.tick != nil {
		select {
		case <-c.tick:
		case <-ctx.Done():
		}
	}
	if ctx.Err() != nil {
		c.unasked.Add(1)
		return nil
	}
	c.requests.Add(1)
	response, err := request()
	switch {
	case err != nil && ctx.Err() != nil:
		c.unasked.Add(1)
		return nil
	case err != nil:
		c.failed(path, err)
		return nil
	case response.Status == 429 || response.Status == 503 && response.Header("Retry-After") != "":
		c.found.add(busy, path, fmt.Sprintf("the host asks to come again later (%d)", response.Status), "")
		c.stop()
		return nil
	}
	c.failures.Store(0)
	return newAnswer(response, c.most)
}

// failed notes a request without an answer. After several in a row there are no
// more requests.
func (c *checker) failed(path string, err error) {
	switch {
	case errors.Is(err, web.ErrTooLarge):
		c.found.add(changed, path, "the answer is far larger than the file", "")
		return
	case errors.Is(err, io.ErrUnexpectedEOF):
		c.found.add(truncated, path, "the answer ends before its length", "")
	default:
		var inner error = err
		if wrapped := errors.Unwrap(err); wrapped != nil {
			inner = wrapped // without the address
		}
		c.found.add(unreachable, path, "there is no answer", inner.Error())
	}
	if c.failures.Add(1) >= maxFailures {
		c.stop()
	}
}
