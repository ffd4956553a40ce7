package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxWords = 30 // how many changes of words are printed
	sentence = 15 // how many characters a text has at least that is more than a label
)

// alike are texts in which the same words change.
type alike struct {
	example Change
	texts   int
	pages   []string
}

// pages says what pages say besides the facts. Where theme and settings are the
// same, all of that follows from the facts, and a reviewer needs the sentences in
// the default language alone; likewise where they are not known, aside from what
// changes on most pages.
func (r *Report) pages(m style) []string {
	var rest, follow, other []Words
	for _, w := range r.Words {
		switch {
		case (r.SameLook || r.unknownLook && 2*len(w.Pages) < len(pagesOf(r.Words))) && !r.sentence(w):
			follow = append(follow, w)
		case r.translation(w):
			other = append(other, w)
		default:
			rest = append(rest, w)
		}
	}
	groups := fold(rest)
	if shown := fold(other); len(groups) == 0 || len(shown) > len(groups) {
		groups, other = append(groups, shown...), nil // the words of that language alone change
	}
	var lines []string
	for _, g := range groups[:min(len(groups), maxWords)] {
		lines = append(lines, m.alike(g))
	}
	if n := len(groups) - maxWords; n > 0 {
		lines = append(lines, fmt.Sprintf("%sand %d more; --format json has all", m.list, n))
	}
	if len(other) > 0 {
		lines = append(lines, m.list+"likewise in other languages, on "+count(len(pagesOf(other)), "page"))
	}
	if len(follow) > 0 {
		why := " that follow from the above"
		if r.unknownLook {
			why = ""
		}
		lines = append(lines, m.list+"and labels, dates and figures"+why+", on "+count(len(pagesOf(follow)), "page"))
	}
	return lines
}

// sentence reports whether a text is a sentence in the default language, and not
// an update that stands in another place.
func (r *Report) sentence(w Words) bool {
	moved := r.texts.has(w.Before) && r.texts.has(w.After)
	return !moved && (isSentence(w.Before) || isSentence(w.After)) && !r.translation(w)
}

func isSentence(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return utf8.RuneCountInString(text) >= sentence && strings.ContainsRune(".!?。।؟", last)
}

// translation reports whether a text is on pages in further languages alone.
func (r *Report) translation(w Words) bool {
	return !slices.ContainsFunc(w.Pages, func(address string) bool {
		tag, _ := translated(address, r.languages)
		return tag == ""
	})
}

func pagesOf(all []Words) []string {
	var pages []string
	for _, w := range all {
		pages = append(pages, w.Pages...)
	}
	slices.Sort(pages)
	return slices.Compact(pages)
}

// fold joins the texts in which the same words change, those on the most pages
// first.
func fold(all []Words) []alike {
	var groups []alike
	place := map[string]int{}
	for _, w := range all {
		key := core(w.Change)
		i, found := place[key]
		if !found {
			i = len(groups)
			place[key] = i
			groups = append(groups, alike{example: w.Change})
		}
		g := &groups[i]
		if size(w.Change) < size(g.example) {
			g.example = w.Change
		}
		g.texts++
		for _, p := range w.Pages {
			if !slices.Contains(g.pages, p) {
				g.pages = append(g.pages, p)
			}
		}
	}
	slices.SortStableFunc(groups, func(a, b alike) int { return cmp.Compare(len(b.pages), len(a.pages)) })
	return groups
}

func size(c Change) int { return len(c.Before) + len(c.After) }

// core is what changes in a text, without what stays.
func core(c Change) string {
	if c.Before == "" || c.After == "" {
		return c.Before + "\x00" + c.After
	}
	var b strings.Builder
	for _, p := range words(c.Before, c.After) {
		if p.kind != "" {
			b.WriteString(string(p.kind) + " " + strings.TrimSpace(p.text) + "\x00")
		}
	}
	return b.String()
}

// alike is a line for texts in which the same words change.
func (m style) alike(g alike) string {
	line := strings.Join(m.inline(g.example), " ")
	if g.example.Before == "" {
		line = m.wrap(m.added, g.example.After)
	}
	more := ""
	if g.texts > 1 {
		more = "and alike in " + count(g.texts-1, "other text") + ", "
	}
	return m.list + line + " (" + more + "on " + m.somePages(g.pages) + ")"
}

// somePages names the pages on which something stands.
func (m style) somePages(all []string) string {
	quoted := make([]string, 0, 3)
	for _, address := range all[:min(len(all), 2)] {
		quoted = append(quoted, m.quote(address))
	}
	if n := len(all) - 2; n > 0 {
		quoted = append(quoted, count(n, "more page"))
	}
	return strings.Join(quoted, ", ")
}
