package check

import (
	"strings"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var ruleAnnouncementHeading = rules.Declare(diag.Rule{
	Code:  "announcement-heading",
	Title: "An announcement is one text, without update headings",
	Why:   "It has no timeline: what stands below a heading would be taken for an update, and be lost.",
})

// announcement reads a notice; nil where there is nothing to go on.
func (d *document) announcement() *status.Announcement {
	f := fields{"an announcement", d.Fields, d.list}
	f.knows(table{"to": "the key is until", "start": "the key is from", "end": "the key is until"}.hint,
		"title", "from", "until", "draft")
	a := &status.Announcement{
		ID:       d.ID,
		Title:    f.text("title"),
		Draft:    f.flag("draft"),
		Position: diag.Position{File: d.File.Name(), Line: 1, Column: 1},
	}
	if title, ok := f.value.Field("title"); ok {
		a.Position = title.Value.Position
	} else {
		f.missing("title", "title: New address")
	}
	var until source.Field
	a.From, _ = d.moment(f, "from")
	a.Until, until = d.moment(f, "until")
	if _, ok := f.value.Field("from"); !ok {
		f.missing("from", "from: 2022-12-01 00:00 UTC")
	}
	if !a.From.IsZero() && !a.Until.IsZero() && !a.Until.After(a.From) {
		d.list.Add(ruleEndsFirst.At(until.Value.Position, "until is not after from, %s", source.FormatTimestamp(a.From)).
			WithHint("one of the two times is wrong, or they are swapped"))
	}
	for i := range d.Sections {
		section := &d.Sections[i]
		text := d.text(nil, section, 0)
		if section.Heading != nil {
			d.list.Add(ruleAnnouncementHeading.At(section.Heading.Position, "an announcement has no updates").
				WithHint("write a heading inside it with ###; news that goes on is an incident or a maintenance"))
			continue
		}
		a.Text = text
	}
	if strings.TrimSpace(a.Title) == "" || a.From.IsZero() {
		return nil
	}
	return a
}
