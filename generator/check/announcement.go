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
	f := &fields{of: "an announcement", value: d.Fields, list: d.list, shape: d.shape}
	a := &status.Announcement{
		ID:       d.ID,
		Title:    f.text("title"),
		Draft:    f.flag("draft"),
		Position: diag.Position{File: d.File.Name(), Line: 1, Column: 1},
	}
	if f.require("title", "title: New address") {
		a.Position = f.at("title")
	}
	f.require("from", "from: 2022-12-01 00:00 UTC")
	a.From, a.Until = d.timeOf(f, "from", true), d.timeOf(f, "until", true)
	f.checkOrder("from", a.From, "until", a.Until)
	f.unknown(keyHints{"to": "write until", "start": "write from", "end": "write until"})
	for i := range d.Sections {
		section := &d.Sections[i]
		text := d.text(nil, section)
		if section.Heading != nil {
			d.list.Add(ruleAnnouncementHeading.At(section.Heading.Position, "an announcement has no updates").
				WithHint("write a heading in the text with ###; write news with updates as an incident or maintenance"))
			continue
		}
		a.Text = text
	}
	if strings.TrimSpace(a.Title) == "" || a.From.IsZero() {
		return nil
	}
	return a
}
