// Package edit changes the event files of a content folder for a person: it adds an
// update, makes a new event, or renames one. It finds what the person means by any
// spelling, and composes the new text. A change keeps every other byte of a file. It
// is checked together with all of the content before anything is written, and a
// change that brings an error is never written.
//
// A change is made under a lock on the content folder, so that two changes at once
// never lose one of them.
package edit

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"allclear/generator"
	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/publish"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Content is a content folder as it is now.
type Content struct {
	Site   *status.Site
	Events []*derive.Event // that have begun, newest first
	Now    time.Time       // the clock

	name    string // of the folder, slash-separated
	dir     string
	session *generator.Session
	before  *generator.Result
	notes   []string // of the change that is planned
}

// Read reads a content folder. Errors in its files are no error here: events
// without one can be changed all the same.
func Read(o generator.Options) (*Content, error) {
	c := &Content{
		Now: o.Now, dir: o.Content, name: path.Clean(filepath.ToSlash(o.Content)),
		session: generator.NewSession(o),
	}
	result, err := c.session.Rebuild(o.Now, nil)
	if err != nil {
		return nil, err
	}
	c.before, c.Site = result, result.Site
	if c.Site == nil {
		return nil, &Refused{Diagnostics: errorsOf(result.Diagnostics)}
	}
	if result.Snapshot != nil {
		c.Events = result.Snapshot.Events
		return c, nil
	}
	faulty := map[string]bool{}
	for _, d := range errorsOf(result.Diagnostics) {
		faulty[d.Position.File] = true
	}
	site := *c.Site
	site.Events = slices.DeleteFunc(slices.Clone(site.Events), func(e *status.Event) bool { return faulty[e.Position.File] })
	c.Site = &site
	c.Events = derive.Derive(c.Site, result.At).Events
	return c, nil
}

// Diagnostics are those of the content before any change.
func (c *Content) Diagnostics() diag.List { return c.before.Diagnostics }

// Banner is the banner before any change; "" if the content has errors.
func (c *Content) Banner() string { return c.before.Banner }

// Plan makes a change, of the content as it is under the lock.
type Plan func(*Content) (*Change, error)

// Apply plans a change, checks what comes of it and, unless dry is set, writes it.
// waiting is called if another process changes the folder just now.
func Apply(o generator.Options, plan Plan, dry bool, waiting func()) (*Change, error) {
	if _, err := os.Stat(o.Content); err == nil && !dry {
		lock, err := publish.Lock(o.Content, waiting)
		if err != nil {
			return nil, err
		}
		defer lock.Close()
	}
	c, err := Read(o)
	if err != nil {
		return nil, err
	}
	change, err := plan(c)
	if err != nil {
		return nil, err
	}
	change.Notes = c.notes
	if err := change.check(c); err != nil || dry {
		return change, err
	}
	return change, change.write(c)
}

// Refused is the error of a change that was not written, since the content would
// have these errors.
type Refused struct{ Diagnostics diag.List }

func (r *Refused) Error() string {
	return fmt.Sprintf("nothing was written: %s", r.Diagnostics.Summary())
}

// Problem is an error in what the person asked for, with what to do about it.
type Problem struct {
	Message string
	Hint    string // may have several lines, may be empty
}

func (p *Problem) Error() string { return p.Message }

func problem(hint, format string, args ...any) error {
	return &Problem{Message: fmt.Sprintf(format, args...), Hint: hint}
}

// Notes are what the person may not have meant, as far as that is known.
func (c *Content) Notes() []string { return c.notes }

// note says something to the person that does not stop the change.
func (c *Content) note(format string, args ...any) {
	c.notes = append(c.notes, fmt.Sprintf(format, args...))
}

func errorsOf(l diag.List) diag.List {
	return slices.DeleteFunc(slices.Clone(l), func(d diag.Diagnostic) bool { return d.Rule.Level != diag.Error })
}

// file is a path below the content folder as the person would type it.
func (c *Content) file(below string) string { return path.Join(c.name, below) }

// below is the path below the content folder of a file as diagnostics name it.
func (c *Content) below(file string) string { return strings.TrimPrefix(file, c.name+"/") }

// read reads the file of an event.
func (c *Content) read(e *status.Event) (below string, text []byte, err error) {
	below = c.below(e.Position.File)
	text, err = source.ReadText(c.dir, below)
	return below, text, err
}

var errNoEvents = errors.New("there are no events yet; begin with `allclear new \"What fails\"`")
