package preview

import (
	"path"
	"slices"
	"sync"

	"allclear/generator"
)

// state is what all tabs show.
type state struct {
	generation int64  // of the newest good build
	pages      int64  // the newest generation in which more than style sheets changed
	site       *site  // the last good build, nil before the first
	problems   string // HTML: what is wrong since then, "" for nothing
}

// hub holds the state and tells its subscribers when it changes. It is safe for
// concurrent use.
type hub struct {
	mu      sync.Mutex
	state   state
	changed chan struct{} // closed when the state changes
}

// newHub makes a hub whose generations are greater than first. They must be
// greater than those of an earlier run, whose pages may still be open.
func newHub(first int64) *hub {
	return &hub{state: state{generation: first, pages: first}, changed: make(chan struct{})}
}

// current returns the state, and a channel that is closed when the state changes.
func (h *hub) current() (state, <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.state, h.changed
}

// publish makes the state of a rebuild. After a failed rebuild the last good site
// stays. If there is none yet, each failure is a new generation, so that the page
// of problems is loaded again. A rebuild without a difference changes nothing.
func (h *hub) publish(result *generator.Result, err error, changed []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := &h.state
	good := err == nil && !result.Diagnostics.HasErrors()
	if good && s.site != nil && s.site.result.Same(result) && s.problems == "" {
		return
	}
	if good || s.site == nil {
		s.generation++
		if !onlyStyles(changed) || s.problems != "" {
			s.pages = s.generation
		}
	}
	s.problems = ""
	if good {
		s.site = &site{s.generation, result}
	} else {
		s.problems = problems(result.Diagnostics, err)
	}
	close(h.changed)
	h.changed = make(chan struct{})
}

// onlyStyles reports whether only style sheets changed. No other file of a site
// contains their names or contents.
func onlyStyles(changed []string) bool {
	return len(changed) > 0 && !slices.ContainsFunc(changed, func(name string) bool { return path.Ext(name) != ".css" })
}
