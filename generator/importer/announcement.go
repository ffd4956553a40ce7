package importer

import (
	"slices"
	"strings"

	"allclear/generator/status"
)

// newAnnouncements are those that the folder does not have. Those that it has
// stay unchanged, and differences are noted.
func (t *Target) newAnnouncements(h *History, report *Report) []Announcement {
	var added []Announcement
	report.In += len(h.Announcements)
	for _, a := range h.Announcements {
		if !t.compareAnnouncement(a, report) {
			added = append(added, a)
		}
	}
	return added
}

// compareAnnouncement notes how an announcement of the folder differs from that
// of the source; false if the folder has none of its id.
func (t *Target) compareAnnouncement(a Announcement, report *Report) bool {
	if t.site == nil {
		return false
	}
	n := slices.IndexFunc(t.site.Announcements, func(b *status.Announcement) bool { return b.ID == a.ID })
	if n < 0 {
		return false
	}
	existing := t.site.Announcements[n]
	before := len(report.Notes)
	differs := report.At(a.Where, "%s differs and stays unchanged: ", existing.Position.File)
	for _, f := range []struct{ what, file, source string }{
		{"its title is", existing.Title, a.Title},
		{"its from is", Stamp(existing.From), Stamp(a.From)},
		{"its until is", Stamp(existing.Until), Stamp(a.Until)},
		{"its text is", strings.TrimSpace(existing.Text.Markdown), strings.TrimSpace(a.Text.Markdown)},
	} {
		if f.file != f.source {
			both(differs, f.what, f.file, f.source)
		}
	}
	if len(report.Notes) == before {
		report.Same++
	}
	return true
}
