package edit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Change is a change to the content, and what comes of it.
type Change struct {
	Event string             // its id, after the change
	Kind  status.Kind        //
	Said  status.EventStatus // the status of the new update; zero for an interim one
	At    time.Time          // of the new update, in the site's zone
	Block string             // the text that is new
	Line  int                // of the block in the first file
	Files []File

	// Before and After are the banners; "" if the content has errors elsewhere.
	Before, After string
	Components    []ComponentChange
	Found         diag.List // in the files that change
	Elsewhere     int       // errors in other files, which were there before
	Written       bool
	Notes         []string // what the person may not have meant
}

// File is a file that changes.
type File struct {
	Name string // as the person would type it
	path string // below the content folder
	old  []byte // nil for a new file
	text []byte // nil for a file that is deleted
}

// ComponentChange is a component whose status changes.
type ComponentChange struct {
	Component     *status.Component
	Before, After status.ComponentStatus
}

// check builds the site as it would be, and compares it with the one before.
func (ch *Change) check(c *Content) error {
	changes := source.Changes{}
	for _, f := range ch.Files {
		changes[f.path] = f.text
	}
	after, err := c.session.Try(changes)
	if err != nil {
		return err
	}
	ch.Before, ch.After = c.before.Banner, after.Banner
	ch.compare(after.Diagnostics, c.before.Diagnostics)
	if c.before.Snapshot != nil && after.Snapshot != nil {
		for i, now := range after.Snapshot.Components {
			if before := c.before.Snapshot.Components[i]; before.Status != now.Status {
				ch.Components = append(ch.Components, ComponentChange{now.Component, before.Status, now.Status})
			}
		}
	}
	if errors := errorsOf(ch.Found); len(errors) > 0 {
		return &Refused{errors}
	}
	return nil
}

// compare sorts out which diagnostics are of the change: those in its files, and
// errors elsewhere that were not there before.
func (ch *Change) compare(after, before diag.List) {
	for _, d := range after {
		mine := slices.ContainsFunc(ch.Files, func(f File) bool { return f.Name == d.Position.File })
		known := slices.ContainsFunc(before, func(b diag.Diagnostic) bool {
			return b.Rule == d.Rule && b.Position == d.Position && b.Message == d.Message
		})
		switch {
		case mine, d.Rule.Level == diag.Error && !known:
			ch.Found.Add(d)
		case d.Rule.Level == diag.Error:
			ch.Elsewhere++
		}
	}
}

// write writes the files, and puts the old texts back if one can't be written.
func (ch *Change) write(c *Content) error {
	for i, f := range ch.Files {
		if err := source.WriteText(c.dir, f.path, f.old, f.text); err != nil {
			for _, done := range slices.Backward(ch.Files[:i]) {
				if undo := source.WriteText(c.dir, done.path, done.text, done.old); undo != nil {
					return fmt.Errorf("%w; and %s was written already and can't be put back: %w", err, done.Name, undo)
				}
			}
			return err
		}
	}
	ch.Written = true
	return nil
}

// What says in a few words what changed, for the message of a commit.
func (ch *Change) What() string {
	switch {
	case ch.At.IsZero():
		return "renamed"
	case ch.Said == 0:
		return "update"
	}
	return strings.ReplaceAll(ch.Said.String(), "_", " ")
}
