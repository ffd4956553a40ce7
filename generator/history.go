package generator

import (
	"context"
	"errors"

	"allclear/generator/git"
	"allclear/generator/provenance"
	"allclear/generator/status"
)

// historyReader reads the history of a content folder in the background.
type historyReader struct {
	done    chan struct{}
	history *provenance.History
	err     error
}

// startHistory begins to read the history, unless nobody wants it.
func startHistory(o Options, c *cache) *historyReader {
	if !o.Git || c.config == nil || !c.config.Provenance() {
		return nil
	}
	r := &historyReader{done: make(chan struct{})}
	histories := o.histories
	if histories == nil {
		histories = &provenance.Cache{}
	}
	go func() {
		defer close(r.done)
		r.history, r.err = histories.Read(context.Background(), o.Content)
	}()
	return r
}

// date waits for the history and dates a site. Without a repository, and in a
// preview, why there is no history is only part of the result.
func (r *Result) date(h *historyReader, site *status.Site, o Options) error {
	if h == nil {
		return nil
	}
	<-h.done
	o.done("date")
	switch {
	case h.err == nil:
		h.history.Date(site, r.At)
		r.head = h.history.Head()
	case errors.Is(h.err, git.ErrNoRepository): // what git says of that is not news
		r.Undated = git.ErrNoRepository
	case o.Drafts, errors.Is(h.err, git.ErrNoGit):
		r.Undated = h.err
	default:
		return h.err
	}
	return nil
}
