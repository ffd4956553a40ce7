package preview

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"allclear/generator"
	"allclear/generator/diag"
)

// Options say what to serve, and whom to tell. The functions are called one
// at a time.
type Options struct {
	Site  generator.Options // BaseURL and Drafts are the preview's own
	Clock func() time.Time  // the time of day; Site.Now stands still instead where Site.Pinned

	Addr     string // host:port on loopback, see ParseAddr
	NextPort bool   // take one of the ports after Addr's where that is taken
	Poll     bool   // look at the files at an interval, for disks that tell of no changes

	Ready   func(url string) // the first build is done, and the site can be asked for
	Rebuilt func(Rebuild)    // a rebuild is done, the first one too
	Note    func(string)     // something that the user should know: one line
}

// Rebuild is what a rebuild was about, and what came of it.
type Rebuild struct {
	Changed     []string      // what changed, as Session.Rebuild has it; nil for everything, empty for the clock
	Took        time.Duration // until every tab was told
	Diagnostics diag.List
	Err         error // what is no fault of the content

	known bool // the same is wrong as before
}

// Run serves the site until ctx ends, and then returns nil: all streams are
// closed and nothing of it goes on. It fails where it can't listen, or where
// there is no content folder to begin with.
func Run(ctx context.Context, o Options) error {
	listener, err := listen(o)
	if err != nil {
		return err
	}
	url := "http://" + listener.Addr().String()
	p := newPreview(o, url)

	ctx, stop := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer stop()

	batches := p.watch(ctx, &running)
	first := p.rebuild(nil)
	if first.Err != nil {
		listener.Close()
		return first.Err
	}
	failed := serve(ctx, &running, listener, newHandler(p.board, listener.Addr()))
	o.Ready(url + "/")
	o.Rebuilt(first)
	return p.follow(ctx, batches, failed)
}

// preview is a running preview. What it holds belongs to the goroutine of
// Run, the board aside.
type preview struct {
	options Options
	session *generator.Session
	roots   []root
	board   *board
	notes   chan string // from the goroutine that watches, which has one at most
	last    Rebuild
	next    time.Time // when the clock alone may change something, zero for never
}

func newPreview(o Options, url string) *preview {
	o.Site.BaseURL = url
	o.Site.Drafts = true
	return &preview{
		options: o,
		session: generator.NewSession(o.Site),
		roots:   newRoots(o.Site.Content),
		board:   newBoard(o.Clock().UnixMilli()),
		notes:   make(chan string, 1),
	}
}

// watch begins to watch, and returns when no change can be missed any more.
func (p *preview) watch(ctx context.Context, running *sync.WaitGroup) <-chan []string {
	changes, batches, watching := make(chan string), make(chan []string), make(chan struct{})
	running.Go(func() { p.observe(ctx, changes, sync.OnceFunc(func() { close(watching) })) })
	running.Go(func() { collect(ctx, changes, batches) })
	select {
	case <-watching:
	case <-ctx.Done():
	}
	return batches
}

// follow rebuilds whenever a batch comes or the clock reaches a boundary,
// until ctx ends or the server fails. What changes meanwhile is gathered by
// collect, and makes one more rebuild.
func (p *preview) follow(ctx context.Context, batches <-chan []string, failed <-chan error) error {
	clock := time.NewTimer(0)
	defer clock.Stop()
	for {
		p.wind(clock)
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			return err
		case note := <-p.notes:
			p.options.Note(note)
		case changed := <-batches:
			p.options.Rebuilt(p.rebuild(changed))
		case <-clock.C:
			if !p.due() {
				continue
			}
			if r := p.rebuild([]string{}); !r.known {
				p.options.Rebuilt(r)
			}
		}
	}
}

// longestSleep bounds how long the timer trusts itself: it stands still while
// a laptop sleeps, and the clock does not.
const longestSleep = time.Minute

// wind sets the timer to the next boundary.
func (p *preview) wind(clock *time.Timer) {
	if p.next.IsZero() || p.options.Site.Pinned {
		clock.Stop()
		return
	}
	clock.Reset(min(max(p.next.Sub(p.options.Clock()), 0), longestSleep))
}

func (p *preview) due() bool { return !p.options.Clock().Before(p.next) }

// now is the instant to build the site at.
func (p *preview) now() time.Time {
	if p.options.Site.Pinned {
		return p.options.Site.Now
	}
	return p.options.Clock()
}

// rebuild makes the site anew and posts it. What is dated in the future by
// mistake has happened one day, so while something is wrong the clock looks
// again and again, and tells only of what is news.
func (p *preview) rebuild(changed []string) Rebuild {
	began := p.options.Clock()
	result, err := p.session.Rebuild(p.now(), changed)
	r := Rebuild{Changed: p.told(changed), Diagnostics: result.Diagnostics, Err: err}
	if result.Snapshot != nil {
		p.next = result.Snapshot.Next
	} else {
		p.next = began.Add(longestSleep)
		r.known = changed != nil && len(changed) == 0 && r.wrongAs(p.last)
	}
	if !r.known {
		p.board.post(result, err, changed)
	}
	p.last = r
	r.Took = p.options.Clock().Sub(began)
	return r
}

// wrongAs reports whether two rebuilds failed for the same reasons. Hints are
// none: they may say what time it is.
func (r Rebuild) wrongAs(other Rebuild) bool {
	return fmt.Sprint(r.Err) == fmt.Sprint(other.Err) && slices.EqualFunc(r.Diagnostics, other.Diagnostics, func(a, b diag.Diagnostic) bool {
		return a.Rule == b.Rule && a.Position == b.Position && a.Message == b.Message
	})
}

// told leaves out of the names what is gone again, such as the file that an
// editor wrote and renamed, unless all of it is gone.
func (p *preview) told(changed []string) []string {
	var there []string
	for _, name := range changed {
		for _, r := range p.roots {
			below, ok := strings.CutPrefix(name, r.name)
			if ok && exists(filepath.Join(r.path, filepath.FromSlash(below))) {
				there = append(there, name)
				break
			}
		}
	}
	if len(there) == 0 {
		return changed
	}
	return there
}
