package importer

import (
	"slices"
	"time"

	"allclear/generator/check"
	"allclear/generator/compose"
	"allclear/generator/importer/markup"
	"allclear/generator/status"
)

// History is the content of a source, ready to be put into a content folder.
type History struct {
	Site       *status.Site // without its components
	Components *Registry
	Events     []Event

	Announcements []Announcement
	Zone          *time.Location // of dates in file names
}

// Event is an event with its origin. Its ID is that of its file, "" if date
// and title make it; an update without an ID gets one when its file is read.
// An interim update needs no status.
type Event struct {
	*status.Event
	Where string // its position in the source, to print

	// Undated means that the source does not say when the first update was
	// written. A later import keeps the time that it has in the content folder.
	Undated bool
}

// Announcement is an announcement with its origin.
type Announcement struct {
	*status.Announcement
	Where string
}

// file is the text of the announcement's file, which says that it was public
// elsewhere.
func (a Announcement) file() []byte {
	written := *a.Announcement
	written.Imported = true
	return compose.AnnouncementFile(&written)
}

// NewSite begins the settings of a new site.yaml. It notes a missing title, and
// an address that no site can have.
func NewSite(title, address string, zone *time.Location, where string, report *Report) *status.Site {
	site := &status.Site{Title: title, URL: "https://status.example.com", Zone: zone}
	if title == "" {
		site.Title = "Status"
		report.Note(where, "it has no title: write one into site.yaml")
	}
	valid, err := check.BaseURL(address)
	if err != nil {
		report.Note(where, "its address %q can't be that of a site: write the url into site.yaml", markup.Short(address))
		return site
	}
	site.URL = valid
	return site
}

// file is the text of the event's file, which says that it was public elsewhere. An update that repeats the status in
// force is an interim update there, unless the clock may have moved a
// maintenance on since the update before.
func (e Event) file() []byte {
	written := *e.Event
	written.Updates, written.Imported = slices.Clone(e.Updates), true
	for i := 1; i < len(written.Updates); i++ {
		u, before := &written.Updates[i], &written.Updates[i-1]
		if u.Interim {
			u.Status = before.Status
			continue
		}
		u.Interim = u.Status == before.Status && !e.clockBetween(before.At, u.At)
	}
	return compose.File(&written)
}

// clockBetween reports whether a maintenance begins or ends between two
// instants, these included.
func (e Event) clockBetween(from, to time.Time) bool {
	return slices.ContainsFunc([]time.Time{e.ScheduledFor, e.ScheduledUntil}, func(t time.Time) bool {
		return !t.IsZero() && !t.Before(from) && !t.After(to)
	})
}
