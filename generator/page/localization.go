package page

import (
	"html/template"
	"unicode/utf8"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/status"
)

// These are the texts of a site in the language of the pages. A text without a
// translation is shown in the site's default language, with a note.

func (l *Localization) siteTitle(s *status.Site) string { return s.Titles.In(l.language, s.Title) }

func (l *Localization) name(c *status.Component) string { return c.Names.In(l.language, c.Name) }

// uniqueName is the name of a component where its group is not beside it.
func (l *Localization) uniqueName(c *status.Component) string { return c.UniqueName(l.language) }

// groupName is the name of a group, "" for nil.
func (l *Localization) groupName(g *derive.Group) string {
	if g == nil {
		return ""
	}
	return g.Names.In(l.language, g.Name)
}

func (l *Localization) title(e *derive.Event) string {
	if title, ok := e.Titles[l.language]; ok {
		return title.Text
	}
	return e.Title
}

// position is where the title is in the content.
func (l *Localization) position(e *derive.Event) diag.Position {
	if title, ok := e.Titles[l.language]; ok {
		return title.Position
	}
	return e.Position
}

// text is the text of an update; original is nil if it is in the page's language.
func (l *Localization) text(u derive.Update) (text status.Text, original *Original) {
	if text, ok := u.Texts[l.language]; ok {
		return text, nil
	}
	if u.MessageKey == "" {
		original = originalOf(l, u.Texts)
	}
	return u.DisplayText(l.catalog), original
}

// maxNotice is how many characters of an announcement stand above the components.
const maxNotice = 200

func (l *Localization) announcement(a *status.Announcement) Announcement {
	shown := Announcement{
		Anchor: "announcement-" + a.ID, Long: utf8.RuneCountInString(a.Text.Plain) > maxNotice,
		Title: a.Title, Text: template.HTML(a.Text.HTML), Original: originalOf(l, a.Titles),
	}
	if a.Until.IsZero() {
		shown.Period = l.withTime("period.since", l.time(a.From), "")
	} else {
		shown.Until = l.catalog.ISO(a.Until)
		shown.Period = l.withWindow("period.range", a.From, a.Until)
	}
	if title, ok := a.Titles[l.language]; ok {
		shown.Title, shown.Text = title.Text, template.HTML(a.Texts[l.language].HTML)
	}
	return shown
}

// originalOf describes the language of a text that has no translation; nil
// for a text in the language of the page.
func originalOf[T any](l *Localization, translations map[string]T) *Original {
	if _, ok := translations[l.language]; ok || l.original == "" {
		return nil
	}
	return &Original{
		Language: l.original, Direction: language.Direction(l.original),
		Note: l.catalog.Text("translation.none", "language", language.Name(l.original)),
	}
}
