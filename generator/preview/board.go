package preview

import (
	"path"
	"sync"

	"allclear/generator"
)

// state is what everyone sees at the moment.
type state struct {
	generation int64  // of the newest good build
	pages      int64  // the newest generation in which more than styles changed
	site       *site  // the last good build, nil before the first
	problems   string // HTML: what is wrong since then, "" where nothing is
}

// board holds the state. It is safe for concurrent use.
type board struct {
	mu      sync.Mutex
	state   state
	changed chan struct{} // closed when the state changes
}

// newBoard is a board whose generations begin above first, which has to lie
// above those of an earlier run: its pages may still be open.
func newBoard(first int64) *board {
	return &board{state: state{generation: first, pages: first}, changed: make(chan struct{})}
}

// look returns the state, and a channel that is closed when it is old.
func (b *board) look() (state, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state, b.changed
}

// post makes a rebuild the state. The last good site stays where it failed;
// while there is none, each failure is a new generation, so that the page
// that tells of it is loaded again. Where nothing has changed, nobody is told.
func (b *board) post(result *generator.Result, err error, changed []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := &b.state
	good := err == nil && !result.Diagnostics.HasErrors()
	if good && s.site != nil && s.site.result.Same(result) && s.problems == "" {
		return
	}
	if good || s.site == nil {
		s.generation++
		if !stylesAlone(changed) || s.problems != "" {
			s.pages = s.generation
		}
	}
	s.problems = ""
	if good {
		s.site = newSite(result, s.generation)
	} else {
		s.problems = problems(result.Diagnostics, err)
	}
	close(b.changed)
	b.changed = make(chan struct{})
}

// stylesAlone reports whether nothing but style sheets changed: their names
// and contents are in no other file of a site.
func stylesAlone(changed []string) bool {
	for _, name := range changed {
		if path.Ext(name) != ".css" {
			return false
		}
	}
	return len(changed) > 0
}
