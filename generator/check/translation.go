package check

import (
	"fmt"
	"maps"
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
		Title: "A translation stands beside the file that it translates, and is the only one in its language",
		Why:   "Nobody would ever see its text.",
	})
	ruleTranslationFact = rules.Declare(diag.Rule{
		Code:  "translation-with-facts",
		Title: "A translation holds text alone",
		Why:   "Facts that stand in two places come apart, and then nobody knows which of them holds.",
	})
	ruleTranslationExtra = rules.Declare(diag.Rule{
		Code:  "translation-extra",
		Title: "Every update of a translation is one of the original",
		Why:   "Readers of one language would be told what all others are not.",
	})
	ruleTranslationStale = rules.Declare(diag.Rule{
		Code: "translation-stale", Level: diag.Warning,
		Title: "A translation has the text of every update",
		Why:   "Its readers see the newest news in another language, while the older ones are in their own.",
	})
	ruleTranslationMissing = rules.Declare(diag.Rule{
		Code: "translation-missing", Level: diag.Warning,
		Title: "Every text is there in all languages of the site",
		Why:   "Readers see the original, with a note, in a language that they may not read.",
	})
)

// translation is the text of an event or an announcement in another language.
// A file <id>.<language>.md holds it: a title in its front matter, and below
// that the sections of the original, each under the original's own heading or
// the part of it that tells which update is meant: its status or its time.
// Text before any heading is the first update's. Whatever is true in every
// language stands in the original.
type translation struct {
	language string // one of the site's further ones; "" for a translation that can't be used
	title    string
	at       diag.Position // of the title, else of the file
	sections []translated
}

// translated is the text of one update, with what its heading says of it.
type translated struct {
	status  status.EventStatus // 0 where it says none
	time    time.Time          // zero where it says none
	opening bool               // it has no heading
	text    status.Text
	at      diag.Position
}

// translation reads a translation by itself; what it translates is looked for
// later.
func (d *document) translation() *translation {
	f := fields{"a translation", d.Fields, d.list}
	f.knows(func(key string) string {
		fact := key == "from" || key == "until" ||
			slices.Contains(eventKeys[status.Incident], key) || slices.Contains(eventKeys[status.Maintenance], key)
		if !fact {
			return ""
		}
		return "a translation holds text alone: say it in " + d.ID + ".md, for every language"
	}, "title")
	t := &translation{
		language: d.inLanguage(), title: f.text("title"),
		at: diag.Position{File: d.File.Name()},
	}
	if title, ok := f.value.Field("title"); ok {
		t.at = title.Value.Position
	} else {
		f.missing("title", "title: the title in this language")
	}
	for i := range d.Sections {
		if section, ok := d.translatedSection(&d.Sections[i], i); ok {
			t.sections = append(t.sections, section)
		}
	}
	return t
}

// inLanguage is which of the site's further languages the file's name says.
func (d *document) inLanguage() string {
	at := diag.Position{File: d.File.Name()}
	tag, _, _ := language.Lookup(d.Language)
	switch {
	case d.site.Language == "": // readLanguages has said why
	case len(d.site.Languages) == 0:
		d.list.Add(ruleUnknownLanguage.At(at, "this is a translation, and the site is in one language").
			WithHint("name all its languages in site.yaml: languages: [%s, %s]", d.site.Language, d.Language))
	case tag == d.site.Languages[0]:
		d.list.Add(ruleTranslationOrphan.At(at, "%s is the language of the originals", tag).
			WithHint("put the text into %s.md", d.ID))
	case !slices.Contains(d.site.Languages, tag):
		further := d.site.Languages[1:]
		d.list.Add(ruleUnknownLanguage.At(at, "the site is not in %q", d.Language).
			WithHint("%stranslations are into %s; add the language to languages in site.yaml, or rename the file",
				diag.DidYouMean(d.Language, further), strings.Join(further, ", ")))
	default:
		return tag
	}
	return ""
}

func (d *document) translatedSection(section *source.Section, ordinal int) (translated, bool) {
	t := translated{text: d.text(nil, section, ordinal), at: d.textPosition(section)}
	h := section.Heading
	if h == nil {
		t.opening = true
		return t, true
	}
	t.at, t.status = h.Position, h.Status
	if d.Folder == "announcements" {
		d.list.Add(ruleAnnouncementHeading.At(h.Position, "an announcement has no updates").WithHint("write a heading inside it with ###"))
		return t, false
	}
	for _, a := range h.Attributes {
		d.list.Add(ruleTranslationFact.At(a.NameAt, "%q is a fact, not a text", a.Name).
			WithHint("leave the braces out here: what they say in %s.md holds for every language", d.ID))
	}
	if h.Time != "" {
		t.time = d.instant(h.Time, h.TimeAt)
		return t, !t.time.IsZero()
	}
	return t, t.status != 0 // source has said what is wrong with a heading that says nothing
}

// of reports whether a section is the text of an update.
func (t *translated) of(u *status.Update, first bool) bool {
	if t.opening {
		return first
	}
	return (t.time.IsZero() || t.time.Equal(u.At)) && (t.status == 0 || t.status == u.Status && !u.Interim)
}

// texts brings the sections to the updates of the original: an entry for each,
// nil where the translation lacks it.
func (t *translation) texts(e *status.Event, list *diag.List) []*status.Text {
	texts := make([]*status.Text, len(e.Updates))
	for i := range t.sections {
		section := &t.sections[i]
		u := 0
		for u < len(e.Updates) && (texts[u] != nil || !section.of(&e.Updates[u], u == 0)) {
			u++
		}
		if u == len(e.Updates) {
			list.Add(ruleTranslationExtra.At(section.at, "the original has no such update, or it has a text here already").
				WithHint("take the headings over from %s, without what is in braces; what is new is written there first", e.Position.File))
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
		list.Add(ruleTranslationStale.At(t.at, "not translated yet: %d of %d updates", len(missing), len(e.Updates)).
			WithHint("append a section for each; until then readers see the original:\n%s", strings.Join(missing, "\n")))
	}
	return texts
}

// original names what a translation is of.
type original struct{ folder, id string }

func originalOf(e *status.Event) original {
	if e.Kind == status.Maintenance {
		return original{"maintenance", e.ID}
	}
	return original{"incidents", e.ID}
}

// translations is every translation by language and by what it translates.
type translations map[string]map[original]*translation

// sortTranslations finds the original of each translation, and reports those
// that have none.
func sortTranslations(files []File, list *diag.List) translations {
	known := map[original]bool{}
	for _, f := range files {
		if f.translation == nil {
			known[f.source] = true
		}
	}
	sorted := translations{}
	for _, f := range files {
		t := f.translation
		if t == nil {
			continue
		}
		if sorted[t.language] == nil {
			sorted[t.language] = map[original]*translation{}
		}
		file := diag.Position{File: t.at.File}
		if !known[f.source] {
			var ids []string
			for other := range maps.Keys(known) {
				if other.folder == f.source.folder {
					ids = append(ids, other.id)
				}
			}
			slices.Sort(ids)
			list.Add(ruleTranslationOrphan.At(file, "there is no %s.md in %s/ that this translates", f.source.id, f.source.folder).
				WithHint("%sa translation is called as its original is, with the language before .md", diag.DidYouMean(f.source.id, ids)))
		} else if first := sorted[t.language][f.source]; first != nil && t.language != "" {
			list.Add(ruleTranslationOrphan.At(file, "there is a translation into %s already", t.language).
				WithHint("%s has it; keep one of the two", first.at.File))
		} else {
			sorted[t.language][f.source] = t
		}
	}
	return sorted
}

// translate adds the translations to the events and announcements of a site.
func translate(site *status.Site, files []File, list *diag.List) {
	sorted := sortTranslations(files, list)
	for _, tag := range site.Languages[min(1, len(site.Languages)):] {
		missing, newest := 0, ""
		for _, e := range site.Events {
			if t := sorted[tag][originalOf(e)]; t != nil {
				t.addTo(e, list)
			} else {
				missing, newest = missing+1, e.Position.File
			}
		}
		for i, a := range site.Announcements {
			if t := sorted[tag][original{"announcements", a.ID}]; t != nil {
				site.Announcements[i] = t.announcement(a)
			} else {
				missing, newest = missing+1, a.Position.File
			}
		}
		reportMissing(tag, missing, newest, list)
	}
}

// addTo adds the translation to an event. The updates are copied first, since
// they belong to a checked file that may be joined again.
func (t *translation) addTo(e *status.Event, list *diag.List) {
	e.Titles = with(e.Titles, t.language, status.Title{Text: t.title, Position: t.at})
	e.Updates = slices.Clone(e.Updates)
	for i, text := range t.texts(e, list) {
		if text != nil {
			e.Updates[i].Texts = with(e.Updates[i].Texts, t.language, *text)
		}
	}
}

// announcement returns an announcement with the translation added.
func (t *translation) announcement(a *status.Announcement) *status.Announcement {
	translated := *a
	var text status.Text
	for _, section := range t.sections {
		text = section.text
	}
	translated.Titles = with(a.Titles, t.language, status.Title{Text: t.title, Position: t.at})
	translated.Texts = with(a.Texts, t.language, text)
	return &translated
}

// with returns a copy of a map with one more entry.
func with[T any](m map[string]T, key string, value T) map[string]T {
	m = maps.Clone(m)
	if m == nil {
		m = map[string]T{}
	}
	m[key] = value
	return m
}

// reportMissing says in one diagnostic how many texts have no translation into
// a language: a site that begins with one has it for none of its old events.
// newest is the file of the last of them.
func reportMissing(tag string, missing int, newest string, list *diag.List) {
	if missing == 0 {
		return
	}
	d := ruleTranslationMissing.At(diag.Position{File: newest}, "there is no translation into %s", tag)
	switch others := missing - 1; others {
	case 0:
	case 1:
		d.Message += " of this file and one other"
	default:
		d.Message += fmt.Sprintf(" of this file and %d others", others)
	}
	list.Add(d.WithHint("write %s.%s.md beside it, with a title and the text of each update; until then readers see the original, with a note",
		strings.TrimSuffix(newest[strings.LastIndexByte(newest, '/')+1:], ".md"), tag))
}
