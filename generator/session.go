package generator

import "time"

// Session builds the site of a content folder again and again while its files
// change. Its results always equal those of Check on the same files at the
// same instant; it only saves reading files that did not change. It is not
// safe for concurrent use; the results are.
type Session struct {
	options Options
	cache   cache
}

// NewSession begins a session; nothing is read yet.
func NewSession(o Options) *Session { return &Session{options: o} }

// Rebuild makes the site at an instant, up to its routes. changed names the
// files and folders that may have changed since the last time, as
// slash-separated paths below the folder that holds both the content folder
// and themes/; nil means that anything may have, an empty list that only the
// clock has moved. The error is for what is not the content's fault, such as a
// missing folder.
func (s *Session) Rebuild(now time.Time, changed []string) (*Result, error) {
	s.options.Now = now
	s.cache.forget(s.options, changed)
	return s.cache.build(s.options)
}
