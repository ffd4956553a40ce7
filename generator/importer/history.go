package importer

import (
	"time"

	"allclear/generator/compose"
)

// history is what a source tells, ready to be put into a content folder.
type history struct {
	site       compose.Site // without its entries
	components *registry
	events     []*event
	zone       *time.Location // of dates in file names
}

// event is an event with where it comes from.
type event struct {
	compose.Event
	where string // its place in the source
	id    string // of its file; "" where date and title make it

	announced bool // its first update is none of the source's: it says that it was scheduled
}
