package check

import (
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Outline reads an event or an announcement of an older content folder without
// checking it, which is much less work than Check: texts have only their Markdown,
// and no component is known. What can't be read is left out. Both are nil if
// nothing can be told by it.
func Outline(doc *source.Document) (*status.Event, *status.Announcement) {
	c := &Config{site: &status.Site{Zone: time.UTC, Limits: status.StandardLimits()}, pinned: true}
	d := &document{Config: c, Document: doc, list: &diag.List{}, outline: true}
	d.reading = &reading{file: doc.File, list: d.list, now: func() string { return exampleTime }, renames: renames{}}
	switch doc.Folder {
	case "announcements":
		return nil, d.announcement()
	case "maintenance":
		return d.outlineOf(status.Maintenance), nil
	}
	return d.outlineOf(status.Incident), nil
}

// outlineOf is event without components and checks.
func (d *document) outlineOf(kind status.Kind) *status.Event {
	f := d.fields(kind.String())
	e := &status.Event{Kind: kind, ID: d.ID, Title: f.text("title"), APIID: readAPIID(f)}
	if kind == status.Incident {
		d.severity(f, e)
	}
	e.HoldBack = d.holdBack(f)
	d.times(f, e)
	e.Updates = d.timeline(f, e)
	e.Draft, e.Imported = f.flag("draft"), f.flag("imported")
	e.Aliases = d.aliases(f)
	if len(e.Updates) == 0 {
		return nil
	}
	return e
}
