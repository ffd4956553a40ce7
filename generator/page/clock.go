package page

import (
	"html/template"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// ClockTexts is what an update says that the clock made.
func (t *Theme) ClockTexts() derive.ClockTexts {
	return derive.ClockTexts{
		InProgress: paragraph(t.catalog.Text("maintenance.clock.in_progress")),
		Completed:  paragraph(t.catalog.Text("maintenance.clock.completed")),
	}
}

// paragraph is a string of the theme in the forms of an update's text.
func paragraph(text string) status.Text {
	html := "<p>" + template.HTMLEscapeString(text) + "</p>\n"
	return status.Text{HTML: html, FeedHTML: html, Plain: text}
}

// Banner is the site's status in words, with the title of the incident that
// speaks where there is one.
func (t *Theme) Banner(s *derive.Snapshot) string {
	banner := t.banner(s)
	if banner.Speaker != nil {
		return banner.Text + ": " + banner.Speaker.Name
	}
	return banner.Text
}
