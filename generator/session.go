package generator

import (
	"maps"
	"time"

	"allclear/generator/provenance"
	"allclear/generator/source"
)

// Session builds the site of a content folder repeatedly while its files change.
// Each result equals that of Check for the same files and instant, but files that
// have not changed are not read again. A session is not safe for concurrent use; its
// results are.
type Session struct {
	options Options
	cache   cache
}

// NewSession makes a session. It reads nothing yet.
func NewSession(o Options) *Session {
	o.histories = &provenance.Cache{}
	return &Session{options: o}
}

// Rebuild builds the site for an instant, up to its routes. changed names the files
// and folders that may have changed since the last call, as slash-separated paths
// below the folder that contains both the content folder and themes/. nil means
// that any file may have changed, an empty list that only the clock has. The error
// is one outside the content, such as a missing folder.
func (s *Session) Rebuild(now time.Time, changed []string) (*Result, error) {
	s.options.Now = now
	s.cache.forget(s.options, changed)
	return build(s.options, &s.cache)
}

// Try builds the site as it would be after some changes to the files that the
// latest Rebuild has read, for the same instant. Nothing of it is kept.
func (s *Session) Try(changes source.Changes) (*Result, error) {
	o, c := s.options, s.cache
	o.changes = changes
	c.files = maps.Clone(c.files)
	for name := range changes {
		delete(c.files, name)
	}
	return build(o, &c)
}
