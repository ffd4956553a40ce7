package check

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleTranslationOrphan = rules.Declare(diag.Rule{
		Code:  "translation-without-original",
		Title: "A translation has the same name as its original, with the language before .md, and is the only one in its language",
		Why:   "Otherwise readers would never see its text.",
	})
	ruleTranslationFact = rules.Declare(diag.Rule{
		Code:  "translation-with-facts",
		Title: "A translation has only text; times, components and other facts are in the original",
		Why:   "If a fact were in both files, they could contradict each other.",
	})
	ruleTranslationExtra = rules.Declare(diag.Rule{
		Code:  "translation-extra",
		Title: "Every update of a translation is also in the original",
		Why:   "Otherwise only the readers of one language would see the update.",
	})
	ruleTranslationStale = rules.Declare(diag.Rule{
		Code: "translation-stale", Level: diag.Warning,
		Title: "A translation has the text of every update",
		Why:   "Readers of this language would see the newest updates in another language.",
	})
	ruleTranslationMissing = rules.Declare(diag.Rule{
		Code: "translation-missing", Level: diag.Warning,
		Title: "Every text is translated into all languages of the site",
		Why:   "Readers see the original with a note, in a language that they may not understand.",
	})
)

// translation is the text of an event or an announcement in another language,
// from the file <id>.<language>.md. It has a title and the sections of the
// original. The heading of a section is that of the original, or only its
// status or its time. The text before the first heading is of the first update.
// Everything that does not depend on the language is only in the original.
type translation struct {
	language string // a language of the site, but not the default; "" if the file can't be used
	title    string
	at       diag.Position // of the title, else of the file
	sections []translatedText
}

// translatedText is the text of one update, with the status and time of its
// heading.
type translatedText struct {
	status  status.EventStatus // 0 if the heading has none
	time    time.Time          // zero if the heading has none
	opening bool               // it has no heading
	text    status.Text
	at      diag.Position
}

// translation reads a translation without its original.
func (d *document) translation() *translation {
	f := d.fields("a translation")
	t := &translation{
		language: d.inLanguage(), title: f.text("title"),
		at: diag.Position{File: d.File.Name()},
	}
	if f.require("title", "title: the title in this language") {
		t.at = f.at("title")
	}
	hints := keyHints{}
	for _, field := range d.Fields.Fields {
		if diag.Near(field.Key, f.keys) == "" {
			hints[strings.ToLower(field.Key)] = say("a translation has only a title and text: write other keys in " + d.ID + ".md, for all languages")
		}
	}
	f.unknown(hints)
	for i := range d.Sections {
		if section, ok := d.translatedSection(&d.Sections[i]); ok {
			t.sections = append(t.sections, section)
		}
	}
	return t
}

// inLanguage returns the language in the file's name, if it is a language of
// the site and not the default; else "" and a diagnostic.
func (d *document) inLanguage() string {
	at := diag.Position{File: d.File.Name()}
	tag, _, _ := language.Lookup(d.Language)
	switch {
	case d.site.Language == "": // readLanguages has reported why
	case len(d.site.Languages) == 0:
		d.list.Add(ruleUnknownLanguage.At(at, "this is a translation, but the site has only one language").
			WithHint("write all languages in site.yaml: languages: [%s, %s]", d.site.Language, d.Language))
	case tag == d.site.Languages[0]:
		d.list.Add(ruleTranslationOrphan.At(at, "%s is the language of the originals", tag).
			WithHint("move the text to %s.md", d.ID))
	case !slices.Contains(d.site.Languages, tag):
		further := d.site.Languages[1:]
		d.list.Add(ruleUnknownLanguage.At(at, "the site is not in %q", d.Language).
			WithHint("%sadd the language to languages in site.yaml, or rename the file: the site is translated into %s",
				diag.DidYouMean(d.Language, further), strings.Join(further, ", ")))
	default:
		return tag
	}
	return ""
}

// translatedSection reads a section; false if it can't be used.
func (d *document) translatedSection(section *source.Section) (translatedText, bool) {
	t := translatedText{text: d.text(nil, section), at: d.textPosition(section)}
	h := section.Heading
	if h == nil {
		t.opening = true
		return t, true
	}
	t.at, t.status = h.Position, h.Status
	if d.Folder == "announcements" {
		d.list.Add(ruleAnnouncementHeading.At(h.Position, "an announcement has no updates").WithHint("write a heading in the text with ###"))
		return t, false
	}
	for _, a := range h.Attributes {
		d.list.Add(ruleTranslationFact.At(a.NameAt, "the attribute %q can't be in a translation", a.Name).
			WithHint("delete it here: the attributes in %s.md are for all languages", d.ID))
	}
	if h.Time != "" {
		t.time = d.timestamp(h.Time, h.TimeAt)
		return t, !t.time.IsZero()
	}
	return t, t.status != 0 // package source has reported a heading without status and time
}

// matches reports whether a section is the text of an update.
func (t *translatedText) matches(u *status.Update, first bool) bool {
	if t.opening {
		return first
	}
	return (t.time.IsZero() || t.time.Equal(u.At)) && (t.status == 0 || t.status == u.Status && !u.Interim)
}

// vague is how little a section says of its update: 0 if it can be of only one
// kind, 1 with a time alone, 2 with a status alone.
func (t *translatedText) vague() int {
	switch {
	case t.opening || t.status != 0 && !t.time.IsZero():
		return 0
	case t.status == 0:
		return 1
	}
	return 2
}

// find returns the index of the first update that a section is the text of and
// that has no text yet, or -1. Where a time alone leaves a choice, since rest,
// the section and those after it, has fewer of that time than the original, it
// is of an update without a status of its own, as its heading is.
func (t *translatedText) find(e *status.Event, texts []*status.Text, rest []*translatedText) int {
	var free []int
	for i := range e.Updates {
		if texts[i] == nil && t.matches(&e.Updates[i], i == 0) {
			free = append(free, i)
		}
	}
	if len(free) == 0 {
		return -1
	}
	if t.vague() == 1 {
		same := 0
		for _, other := range rest {
			if other.vague() == 1 && other.time.Equal(t.time) {
				same++
			}
		}
		interim := slices.IndexFunc(free, func(i int) bool { return e.Updates[i].Interim })
		if same < len(free) && interim >= 0 {
			return free[interim]
		}
	}
	return free[0]
}

// texts returns the text of each update of the original, nil if the
// translation does not have it. The headings that say most are matched first, so
// that one with a time alone does not take the update of another.
func (t *translation) texts(e *status.Event, list *diag.List) []*status.Text {
	texts := make([]*status.Text, len(e.Updates))
	sections := make([]*translatedText, len(t.sections))
	for i := range t.sections {
		sections[i] = &t.sections[i]
	}
	slices.SortStableFunc(sections, func(a, b *translatedText) int { return a.vague() - b.vague() })
	for i, section := range sections {
		u := section.find(e, texts, sections[i:])
		if u < 0 {
			list.Add(ruleTranslationExtra.At(section.at, "the original has no such update, or its text is already above").
				WithHint("copy the headings from %s, without attributes; write a new update there first", e.Position.File))
			continue
		}
		texts[u] = &section.text
	}
	var missing []string
	for i, u := range e.Updates {
		if texts[i] == nil && u.Text.Plain != "" {
			missing = append(missing, "## "+capital(u.Status.String())+" · "+source.FormatTimestamp(u.At))
		}
	}
	if len(missing) > 0 {
		list.Add(ruleTranslationStale.At(t.at, "there is no translation of %d of %d updates", len(missing), len(e.Updates)).
			WithHint("add a section for each of these; until then, readers see the original:\n%s", strings.Join(missing, "\n")))
	}
	return texts
}
