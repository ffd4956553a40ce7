package check

import (
	"slices"
	"time"

	"allclear/generator/diag"
	"allclear/generator/prose"
	"allclear/generator/status"
)

var ruleTitleTooLong = rules.Declare(diag.Rule{
	Code: "title-too-long", Level: diag.Warning,
	Title: "A title has at most 80 characters",
	Why:   "Phones, mail subjects, chat messages and search results cut a longer one.",
})

const maxTitle = 80

// oldNews is how long ago the newest update of an event that is over may be for
// its words to be read. Nobody changes older texts.
const oldNews = 7 * 24 * time.Hour

// checkWording reads the words of an event that is open, upcoming or over since
// at most a week.
func (d *document) checkWording(f *fields, e *status.Event) {
	last := e.Updates[len(e.Updates)-1]
	if !d.isNews(e, last) {
		return
	}
	d.checkTitle(f, e.Title)
	for i := range d.Sections {
		section := &d.Sections[i]
		at := section.Offset
		position := d.textPosition(section)
		if section.Heading != nil {
			position = section.Heading.Position
		}
		n := slices.IndexFunc(e.Updates, func(u status.Update) bool { return u.Position == position })
		context := prose.Context{Language: d.site.Language, Incident: e.Kind == status.Incident}
		if n >= 0 {
			context.At = e.Updates[n].At
			context.Incident = context.Incident && e.Updates[n].Status != status.Postmortem
		}
		d.readProse(section.Text, at, context)
	}
}

// isNews reports whether an event is open or upcoming, or its newest update is
// new. The clock completes maintenance.
func (d *document) isNews(e *status.Event, last status.Update) bool {
	newest := last.At
	for _, u := range e.Updates {
		if u.Until.After(newest) {
			newest = u.Until
		}
	}
	if e.ScheduledUntil.After(newest) {
		newest = e.ScheduledUntil
	}
	open := !last.Status.Closed() && (e.Kind == status.Incident || last.Status == status.Verifying)
	return open || newest.After(d.now.Add(-oldNews))
}

func (d *document) checkTitle(f *fields, title string) {
	if n := len([]rune(title)); n > maxTitle {
		d.list.Add(ruleTitleTooLong.At(f.at("title"), "the title has %d characters", n).
			WithHint("write what readers notice in at most %d, and the rest in the text", maxTitle))
	}
}

// readProse reports what is wrong with the words of a section.
func (d *document) readProse(text []byte, offset int, context prose.Context) {
	for _, found := range prose.Read(text, context) {
		d.byClock = true
		d.list.Add(diag.Diagnostic{Rule: found.Rule, Position: d.File.Position(offset + found.Offset), Message: found.Message, Hint: found.Hint})
	}
}

// announcementWording reads the words of an announcement that is not over.
func (d *document) announcementWording(f *fields, a *status.Announcement) {
	d.checkTitle(f, a.Title)
	for _, section := range d.Sections {
		d.readProse(section.Text, section.Offset, prose.Context{Language: d.site.Language, At: a.From})
	}
}
