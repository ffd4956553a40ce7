package oracle

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// token is one thing in a page that is the same in all languages, and the texts
// that follow it until the next one.
type token struct {
	is    string // a link's target, an instant, a heading's level, a row
	texts []string
}

// tokens reads the main part of a page in a language.
func (b *Build) tokens(p *Page, language string) []token {
	all := []token{{}}
	note := func(is string) { all = append(all, token{is: is}) }
	shown(p.Main, func(n *html.Node) bool {
		switch {
		case n.Type == html.TextNode:
			last := &all[len(all)-1]
			if text := strings.TrimSpace(spaces.ReplaceAllString(n.Data, " ")); text != "" {
				last.texts = append(last.texts, text)
			}
		case n.DataAtom == atom.A:
			to := b.target(p.Path, attribute(n, "href"))
			note("link to " + strings.TrimPrefix(to, language+"/"))
		case n.DataAtom == atom.Time:
			note("time " + attribute(n, "datetime"))
		case level(n) > 0, n.DataAtom == atom.Li, n.DataAtom == atom.Tr, n.DataAtom == atom.Td:
			note(n.Data)
		}
		for _, tone := range tones(n) {
			note("colour " + tone)
		}
		return true
	})
	for i := range all {
		if text := tokenForm.FindString(strings.Join(all[i].texts, " ")); text != "" {
			all[i].is += " before text " + text
		}
	}
	return all
}

// lawLanguages: every page exists in every language with the same links,
// instants and colours, and the word for a status is one word.
func lawLanguages(f *finder) {
	for _, language := range f.c.Languages[1:] {
		var said []statusWord
		for _, name := range f.b.htmlPaths() {
			if f.foreign(name) || f.b.isAlias(name) || name == "404.html" {
				continue
			}
			translated := f.b.page(language + "/" + name)
			if name == "embed/index.html" {
				translated = f.b.page("embed/" + language + "/index.html")
			}
			if translated == nil {
				f.add("a page is missing", language+"/"+name, "", "the page in %s", language)
				continue
			}
			said = append(said, f.compareLanguages(f.b.page(name), translated, language)...)
		}
		f.oneWordEach(said)
	}
}

// statusWord is what a page in another language says where the English one
// says a status.
type statusWord struct{ status, said, file string }

// oneWordEach: each status has one word, which is that of no other.
func (f *finder) oneWordEach(all []statusWord) {
	count, usual := map[string]int{}, map[string]string{}
	for _, w := range all {
		count[w.status+" "+w.said]++
		if usual[w.status] == "" || count[w.status+" "+w.said] > count[w.status+" "+usual[w.status]] {
			usual[w.status] = w.said
		}
	}
	for _, w := range all {
		if w.said != usual[w.status] {
			f.add("a status differs", w.file, w.said, "%s, as elsewhere for %s", usual[w.status], w.status)
		}
		for status, said := range usual {
			if status != w.status && said == usual[w.status] {
				f.add("two statuses have one word", w.file, w.said, "a word of its own for %s", status)
			}
		}
	}
}

// foreign reports whether a page is one of a language that is not at the root.
func (f *finder) foreign(name string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(name, "embed/"), "/")
	return slices.Contains(f.c.Languages[1:], first)
}

// isAlias reports whether a page only leads on to another one.
func (b *Build) isAlias(name string) bool {
	return strings.Contains(string(b.Files[name]), `http-equiv="refresh"`)
}

func (f *finder) compareLanguages(p, translated *Page, language string) (words []statusWord) {
	ours, theirs := f.b.tokens(p, ""), f.b.tokens(translated, language)
	for i := range max(len(ours), len(theirs)) {
		if i >= len(ours) || i >= len(theirs) || ours[i].is != theirs[i].is {
			say := func(all []token) string {
				if i < len(all) {
					return all[i].is
				}
				return "nothing more"
			}
			f.add("a page differs", translated.Path, say(theirs), "%s as %s has it", say(ours), p.Path)
			return nil
		}
		for j, text := range ours[i].texts {
			status := statusNamed(text)
			if status != "" && len(theirs[i].texts) == len(ours[i].texts) { // else one has a note that it is not translated
				words = append(words, statusWord{status, theirs[i].texts[j], translated.Path})
			}
		}
	}
	return words
}

// lawAnnouncements: what is announced now is on the index and in status.txt,
// and what was stays in the feeds and the history.
func lawAnnouncements(f *finder) {
	for _, a := range f.c.Announcements {
		now := !a.From.After(f.m.at) && (a.Until.IsZero() || a.Until.After(f.m.at))
		if p := f.b.page("index.html"); p != nil {
			f.shows("index.html", words(p.Main), a, now)
		}
		f.shows("status.txt", string(f.b.Files["status.txt"]), a, now)
		if features.AnnouncementHistory && !a.From.After(f.m.at) {
			for _, feed := range siteFeeds {
				f.shows(feed, string(f.b.Files[feed]), a, true)
			}
			month := monthPage(dateAt(a.From, f.c.Zone)[:7])
			if p := f.b.page(month); p == nil || !strings.Contains(words(p.Main), a.Title) {
				f.add("an announcement is not in the history", month, "", "%s", a.Title)
			}
		}
	}
}

func (f *finder) shows(file, text string, a *Announcement, want bool) {
	if strings.Contains(text, a.Title) && !want && file == "index.html" && features.AnnouncementHistory {
		return // it may stand among the recent days
	}
	if strings.Contains(text, a.Title) != want {
		class := "an announcement is missing"
		if !want {
			class = "an announcement out of its time"
		}
		f.add(class, file, "", "%s from %s", a.Title, stamp(a.From))
	}
}

// lawAliases: a component's old ids answer with a page that leads on and whole
// copies of the rest.
func lawAliases(f *finder) {
	if !features.ComponentAliases {
		return
	}
	for _, component := range f.c.Components {
		for _, alias := range component.Aliases {
			alias = strings.Trim(strings.TrimPrefix(alias, "/components/"), "/")
			old, current := "components/"+alias+"/", "components/"+component.ID+"/"
			if !strings.Contains(string(f.b.Files[old+"index.html"]), current) {
				f.add("an old page does not lead on", old+"index.html", string(f.b.Files[old+"index.html"]), "a link to %s", current)
			}
			for _, name := range []string{"badge.svg", "badge.json", "uptime.svg", "uptime.json", "history.atom", "maintenance.ics"} {
				if _, ok := f.b.Files[old+name]; !ok {
					f.add("an old file is gone", old+name, "", "a copy of %s", current+name)
				}
			}
		}
	}
}

// lawPromises: a promise of the next update is said with its instant, and as
// overdue once that has passed; nothing else is overdue.
func lawPromises(f *finder) {
	for _, t := range f.m.events {
		last := t.updates[len(t.updates)-1]
		promised := last.promised()
		places := map[string]string{}
		for _, i := range f.b.events(f.b.page("index.html")) {
			if i.id == t.ID {
				places["index.html"] += i.text
			}
		}
		if p := f.b.page(t.Path() + "index.html"); p != nil {
			places[p.Path] = words(p.Main)
		}
		_, _, blocks := f.b.statusText()
		if block, ok := blocks[t.Title]; ok {
			places["status.txt"] = block
		}
		for file, text := range places {
			overdue := !promised.IsZero() && !promised.After(f.m.at) && t.open()
			if strings.Contains(strings.ToLower(text), "overdue") != overdue {
				f.add("overdue", file, text, "overdue: %v", overdue)
			}
			says := promised.In(f.c.Zone).Format("3:04 PM")
			if !promised.IsZero() && promised.After(f.m.at) && t.open() && !strings.Contains(text, says) {
				f.add("a promise is not said", file, text, "next update by %s", says)
			}
		}
	}
}

// lawAge: the verdict says its date where no script does.
func lawAge(f *finder) {
	p := f.b.page("index.html")
	if !features.PageAge || p == nil {
		return
	}
	local := f.m.at.In(f.c.Zone)
	text := p.around()
	for _, layout := range []string{"January 2, 2006", "Jan 2, 2006", "Jan 02, 2006", "2 January 2006", "2 January"} {
		if strings.Contains(text, local.Format(layout)) {
			return
		}
	}
	f.add("no date", "index.html", text, "as of %s", local.Format("2 January 2006"))
}
