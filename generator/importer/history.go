package importer

import (
	"time"

	"allclear/generator/compose"
)

// History is what a source tells, ready to be put into a content folder.
type History struct {
	Site       compose.Site // without its entries
	Components *Registry
	Events     []*Event
	Zone       *time.Location // of dates in file names
}

// Event is an event with where it comes from.
type Event struct {
	compose.Event
	Where string // its place in the source
	ID    string // of its file; "" where date and title make it
}
