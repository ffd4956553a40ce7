package generator

import "time"

// Session makes the site of a content folder again and again while its files
// change, for the preview. Its results always equal those of Check on the
// same files at the same instant. It is not safe for concurrent use; the
// results are.
type Session struct {
	options Options
}

// NewSession begins a session; nothing is read yet.
func NewSession(o Options) *Session { return &Session{options: o} }

// Rebuild makes the site anew at an instant. changed names what may have
// changed since the last time, as paths below the folder that holds the
// content folder and themes/: files or folders, slash-separated. Nil stands
// for anything.
func (s *Session) Rebuild(now time.Time, changed []string) (*Result, error) {
	s.options.Now = now
	return Check(s.options)
}
