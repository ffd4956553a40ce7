package preview

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"allclear/generator"
	"allclear/generator/diag"
)

// Options say what to serve and how to report. The functions are called one at a
// time.
type Options struct {
	Site  generator.Options // BaseURL and Drafts are set by the preview
	Clock func() time.Time  // the current time; if Site.Pinned, Site.Now is used instead

	Addr     string // host:port on loopback, see ParseAddr
	NextPort bool   // if Addr's port is taken, use one of the next ports
	Poll     bool   // poll the files, for disks that send no events

	Ready   func(url string) // the first build is done and the site is served
	Rebuilt func(Rebuild)    // a rebuild is done; the first build counts too
	Note    func(string)     // something that the user should know, in one line
}

// Rebuild is the cause and the result of a rebuild.
type Rebuild struct {
	Changed     []string      // what changed, as in Session.Rebuild; nil for everything, empty for the clock
	Took        time.Duration // until the new state was published
	Diagnostics diag.List
	Undated     error // as that of generator.Result
	Err         error // an error outside the content

	repeated bool // it failed for the same reasons as the one before
}

// Run serves the site until ctx ends. Then it closes all streams, waits for all
// its goroutines and returns nil. It fails if it can't listen, or if there is no
// content folder at the start.
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

	batches := p.startWatching(ctx, &running)
	first := p.rebuild(nil)
	if first.Err != nil {
		listener.Close()
		return first.Err
	}
	failed := serve(ctx, &running, listener, newHandler(p.hub, listener.Addr()), usualLimits)
	o.Ready(url + "/")
	o.Rebuilt(first)
	return p.rebuildOnChanges(ctx, batches, failed)
}

// preview is a running preview. Its fields belong to the goroutine of Run, except
// for the hub.
type preview struct {
	options Options
	session *generator.Session
	folders []watchedFolder
	hub     *hub
	notes   chan string // from the goroutine that watches, which sends at most one
	last    Rebuild
	next    time.Time // when the clock alone may change something, zero for never
}

func newPreview(o Options, url string) *preview {
	o.Site.BaseURL = url
	o.Site.Drafts, o.Site.Git = true, true
	return &preview{
		options: o,
		session: generator.NewSession(o.Site),
		folders: watchedFolders(o.Site.Content),
		hub:     newHub(o.Clock().UnixMilli()),
		notes:   make(chan string, 1),
	}
}

// startWatching returns once every later change will be noticed.
func (p *preview) startWatching(ctx context.Context, running *sync.WaitGroup) <-chan []string {
	changes, batches, watching := make(chan string), make(chan []string), make(chan struct{})
	running.Go(func() { p.watch(ctx, changes, sync.OnceFunc(func() { close(watching) })) })
	running.Go(func() { debounce(ctx, changes, batches) })
	select {
	case <-watching:
	case <-ctx.Done():
	}
	return batches
}

// rebuildOnChanges rebuilds for each batch and at each boundary of the clock,
// until ctx ends or the server fails. Changes during a rebuild are gathered by
// debounce and cause one more.
func (p *preview) rebuildOnChanges(ctx context.Context, batches <-chan []string, failed <-chan error) error {
	clock := time.NewTimer(0)
	defer clock.Stop()
	for {
		p.resetTimer(clock)
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
			if p.options.Clock().Before(p.next) {
				continue
			}
			if r := p.rebuild([]string{}); !r.repeated {
				p.options.Rebuilt(r)
			}
		}
	}
}

// maxSleep bounds how long the timer runs: it stops while a laptop sleeps, but
// the clock does not.
const maxSleep = time.Minute

// resetTimer sets the timer to the next boundary.
func (p *preview) resetTimer(clock *time.Timer) {
	if p.next.IsZero() || p.options.Site.Pinned {
		clock.Stop()
		return
	}
	clock.Reset(min(max(p.next.Sub(p.options.Clock()), 0), maxSleep))
}

// now is the instant for which to build the site.
func (p *preview) now() time.Time {
	if p.options.Site.Pinned {
		return p.options.Site.Now
	}
	return p.options.Clock()
}

// rebuild builds the site again and publishes it. While there are errors it is
// repeated every minute, since an update that is dated in the future by mistake is
// right one day. A repeated failure is not published.
func (p *preview) rebuild(changed []string) Rebuild {
	began := p.options.Clock()
	result, err := p.session.Rebuild(p.now(), changed)
	r := Rebuild{Changed: p.existing(changed), Diagnostics: result.Diagnostics, Undated: result.Undated, Err: err}
	if result.Snapshot != nil {
		p.next = result.Snapshot.Next
	} else {
		p.next = began.Add(maxSleep)
		r.repeated = changed != nil && len(changed) == 0 && r.sameFailure(p.last)
	}
	if !r.repeated {
		p.hub.publish(result, err, changed)
	}
	p.last = r
	r.Took = p.options.Clock().Sub(began)
	return r
}

// sameFailure reports whether two rebuilds failed for the same reasons. Hints
// don't count, since they may contain the current time.
func (r Rebuild) sameFailure(other Rebuild) bool {
	return fmt.Sprint(r.Err) == fmt.Sprint(other.Err) && slices.EqualFunc(r.Diagnostics, other.Diagnostics, func(a, b diag.Diagnostic) bool {
		return a.Rule == b.Rule && a.Position == b.Position && a.Message == b.Message
	})
}

// existing leaves out names that are gone again, such as a file that an editor
// wrote and renamed, unless all of them are gone.
func (p *preview) existing(changed []string) []string {
	beside := filepath.Dir(p.folders[0].path)
	there := slices.DeleteFunc(slices.Clone(changed), func(name string) bool {
		_, err := os.Lstat(filepath.Join(beside, filepath.FromSlash(name)))
		return err != nil
	})
	if len(there) == 0 {
		return changed
	}
	return there
}
