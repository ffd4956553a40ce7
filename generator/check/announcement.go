package check

import (
	"strings"

	"allclear/generator/diag"
	"allclear/generator/status"
)

var ruleAnnouncementHeading = rules.Declare(diag.Rule{
	Code:  "announcement-heading",
	Title: "An announcement has no update headings",
	Why:   "An announcement has no timeline, so the text below an update heading would not be shown.",
})

// announcement reads an announcement; nil if it can't be shown.
func (d *document) announcement() *status.Announcement {
	f := d.fields("an announcement")
	a := &status.Announcement{
		ID:       d.ID,
		Title:    f.text("title"),
		Draft:    f.flag("draft"),
		Imported: f.flag("imported"),
		Position: diag.Position{File: d.File.Name(), Line: 1, Column: 1},
	}
	if f.require("title", "title: New address") {
		a.Position = f.at("title")
	}
	f.requireTime("from")
	a.From, a.Until = d.timeOf(f, "from", true), d.timeOf(f, "until", true)
	f.checkOrder("from", a.From, "until", a.Until)
	a.Aliases = d.aliases(f)
	f.unknown(keyHints{
		"to": use("until"), "end": use("until"), "ends": use("until"), "till": use("until"), "expires": use("until"), "scheduled_until": use("until"),
		"start": use("from"), "starts": use("from"), "date": use("from"), "begin": use("from"), "scheduled_for": use("from"), "since": use("from"),
		"name": use("title"), "heading": use("title"), "summary": use("title"),
	})
	for i := range d.Sections {
		section := &d.Sections[i]
		text := d.text(nil, section)
		if section.Heading != nil {
			line := "#" + d.File.Line(section.Heading.Position.Line)
			d.list.Add(ruleAnnouncementHeading.At(section.Heading.Position, "an announcement has no updates").Replaced(line, true))
			continue
		}
		a.Text = text
	}
	if strings.TrimSpace(a.Title) == "" || a.From.IsZero() {
		return nil
	}
	if !d.outline && (a.Until.IsZero() || a.Until.After(d.now)) {
		d.announcementWording(f, a)
	}
	return a
}
