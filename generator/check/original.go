package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/status"
)

// original identifies the original of a translation.
type original struct{ folder, id string }

func originalOf(e *status.Event) original {
	if e.Kind == status.Maintenance {
		return original{"maintenance", e.ID}
	}
	return original{"incidents", e.ID}
}

// translations are all translations by language and original.
type translations map[string]map[original]*translation

// translationsOf collects the translations of files, and reports those without
// an original.
func translationsOf(files []File, list *diag.List) translations {
	known := map[original]bool{}
	for _, f := range files {
		if f.translation == nil {
			known[f.source] = true
		}
	}
	all := translations{}
	for _, f := range files {
		t := f.translation
		if t == nil {
			continue
		}
		if all[t.language] == nil {
			all[t.language] = map[original]*translation{}
		}
		file := diag.Position{File: t.at.File}
		if !known[f.source] {
			list.Add(ruleTranslationOrphan.At(file, "this translates %s.md, which is not in %s/", f.source.id, f.source.folder).
				WithHintFrom(func() string {
					return diag.DidYouMean(f.source.id, idsIn(f.source.folder, known)) + "rename it to the name of its original, with the language before .md"
				}))
		} else if first := all[t.language][f.source]; first != nil && t.language != "" {
			list.Add(ruleTranslationOrphan.At(file, "there is already a translation into %s", t.language).
				WithHint("delete this file or %s", first.at.File))
		} else {
			all[t.language][f.source] = t
		}
	}
	return all
}

// idsIn lists the ids of the originals in a folder, sorted.
func idsIn(folder string, known map[original]bool) []string {
	var ids []string
	for other := range maps.Keys(known) {
		if other.folder == folder {
			ids = append(ids, other.id)
		}
	}
	slices.Sort(ids)
	return ids
}

// translate adds the translations to the events and announcements of a site.
func translate(site *status.Site, files []File, list *diag.List) {
	all := translationsOf(files, list)
	for _, tag := range site.Languages[min(1, len(site.Languages)):] {
		missing, newest := 0, ""
		for _, e := range site.Events {
			if t := all[tag][originalOf(e)]; t != nil {
				t.addTo(e, list)
			} else {
				missing, newest = missing+1, e.Position.File
			}
		}
		for i, a := range site.Announcements {
			if t := all[tag][original{"announcements", a.ID}]; t != nil {
				site.Announcements[i] = t.announcement(a)
			} else {
				missing, newest = missing+1, a.Position.File
			}
		}
		reportMissing(tag, missing, newest, list)
	}
}

// addTo adds the translation to an event. It copies the updates, since a
// checked file may be joined again.
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

// with returns a copy of a map with one more key.
func with[T any](m map[string]T, key string, value T) map[string]T {
	m = maps.Clone(m)
	if m == nil {
		m = map[string]T{}
	}
	m[key] = value
	return m
}

// reportMissing reports in one diagnostic how many files have no translation
// into a language, since a site that adds a language has many old events
// without one. newest is the last of the files.
func reportMissing(tag string, missing int, newest string, list *diag.List) {
	if missing == 0 {
		return
	}
	d := ruleTranslationMissing.At(diag.Position{File: newest}, "there is no translation into %s", tag)
	switch others := missing - 1; others {
	case 0:
	case 1:
		d.Message += " of this file and one other file"
	default:
		d.Message += fmt.Sprintf(" of this file and %d other files", others)
	}
	list.Add(d.WithHint("write %s.%s.md in the same folder, with a title and the text of each update; until then, readers see the original with a note",
		strings.TrimSuffix(newest[strings.LastIndexByte(newest, '/')+1:], ".md"), tag))
}
