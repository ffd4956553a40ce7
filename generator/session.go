package generator

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/page"
	"allclear/generator/parallel"
	"allclear/generator/render"
	"allclear/generator/source"
	"allclear/generator/status"
)

// staticFolder lies in the content folder and holds the files that are copied.
const staticFolder = "static"

// Session makes the site of a content folder again and again while its files
// change: what did not change is neither read nor worked out anew. Its results
// always equal those of Check on the same files at the same instant; where
// nothing has changed since the last good one, the output is that one's own.
// It is not safe for concurrent use; the results are.
type Session struct {
	options  Options
	source   *source.Folder
	check    *check.Checker
	editions []edition   // by language, the default first; nil where the theme must be loaded anew
	site     status.Site // that the theme was loaded for
	inTheme  diag.List   // what is wrong with it
	last     good        // the last site that could be published
	copied   bool        // files that are copied may have changed since
	once     bool        // there is no next time: what only that would need is let go
}

// good is an output, and what it was made of beside the files that are copied.
type good struct {
	output    *output.Output // nil where there was none yet
	settings  *source.Document
	editions  []edition
	snapshots []*derive.Snapshot // by language
}

// edition is what a site's pages in one language are made with.
type edition struct {
	theme  *page.Theme
	derive *derive.Deriver
}

// NewSession begins a session; nothing is read yet.
func NewSession(o Options) *Session { return newSession(o, false) }

func newSession(o Options, once bool) *Session {
	return &Session{
		options: o,
		source:  source.NewFolder(o.Content),
		check: check.NewChecker(check.Options{
			BaseURL: o.BaseURL, Now: o.Now, Pinned: o.Pinned, Drafts: o.Drafts, Once: once,
		}),
		once: once,
	}
}

// Rebuild makes the site at an instant, up to its routes. changed names what
// may have changed since the last time, as slash-separated paths below the
// folder that holds both the content folder and themes/; nil stands for
// anything, an empty list for the clock alone. The error is for what is no
// fault of the content, such as a folder that is not there.
func (s *Session) Rebuild(now time.Time, changed []string) (*Result, error) {
	s.options.Now = now
	below := s.inContent(changed)
	s.copied = s.copied || below == nil || touches(below, staticFolder)
	content, list, err := s.source.Read(below)
	if err != nil {
		return &Result{}, err
	}
	s.options.done("read")
	if changed == nil || touches(changed, themesFolder) {
		s.editions = nil
	}
	result, list, err := s.assemble(content, list)
	result.Diagnostics = content.Excerpts(list.Sorted())
	return result, err
}

// assemble takes content through the floors, as far as its mistakes allow.
func (s *Session) assemble(content *source.Content, list diag.List) (*Result, diag.List, error) {
	site, instant, mistakes := s.check.Site(content, s.options.Now)
	list.Add(mistakes...)
	s.options.done("check")
	if s.once {
		s.source, s.check = nil, nil
	}
	if site == nil {
		return &Result{}, list, nil
	}
	mistakes, err := s.loadTheme(site)
	if err != nil {
		return &Result{}, list, err
	}
	list.Add(mistakes...)
	s.options.done("theme")
	if list.HasErrors() {
		return &Result{}, list, nil
	}
	sites := append([]*status.Site{site}, site.Translations...)
	snapshots := make([]*derive.Snapshot, len(sites))
	parallel.Each(len(sites), func(i int) { snapshots[i] = s.editions[i].derive.Derive(sites[i], instant) })
	s.options.done("derive")
	list.Add(check.Snapshot(snapshots[0])...)
	made := good{settings: content.Site, editions: s.editions, snapshots: snapshots}
	if s.copied || !made.says(s.last) {
		made.output, mistakes = s.layOut(snapshots, content.Static)
		list.Add(mistakes...)
		if list.HasErrors() {
			return &Result{}, list, nil
		}
		s.last, s.copied = made, false
	}
	s.options.done("lay out")
	return &Result{Snapshot: snapshots[0], Output: s.last.output, Banner: verdict(snapshots[0], s.editions[0].theme.Catalog())}, list, nil
}

// layOut makes the output of the snapshots, by language.
func (s *Session) layOut(snapshots []*derive.Snapshot, static []source.Static) (*output.Output, diag.List) {
	var further []render.Edition
	for i, e := range s.editions[1:] {
		further = append(further, render.Edition{Theme: e.theme, Snapshot: snapshots[1+i]})
	}
	return render.Site(s.editions[0].theme, snapshots[0], static, s.last.output, further...)
}

// says reports whether an output of g would say what that of another does.
func (g good) says(other good) bool {
	return g.settings == other.settings && slices.Equal(g.editions, other.editions) &&
		slices.EqualFunc(g.snapshots, other.snapshots, func(a, b *derive.Snapshot) bool {
			return a.At.Equal(b.At) && a.Built.Equal(b.Built) && slices.Equal(a.Site.Events, b.Site.Events) &&
				slices.EqualFunc(a.Site.Announcements, b.Site.Announcements, func(a, b *status.Announcement) bool { return *a == *b })
		})
}

// loadTheme loads the site's theme in each of its languages, where that is not
// there yet. One that has errors is not kept.
func (s *Session) loadTheme(site *status.Site) (diag.List, error) {
	same := s.site.Theme == site.Theme && s.site.Language == site.Language && slices.Equal(s.site.Languages, site.Languages)
	if s.editions != nil && same {
		return s.inTheme, nil
	}
	s.editions = nil
	var editions []edition
	var found diag.List
	for _, in := range append([]*status.Site{site}, site.Translations...) {
		theme, mistakes, err := loadTheme(in, s.options)
		for _, d := range mistakes {
			if !slices.Contains(found, d) { // a mistake in a template is one in every language
				found.Add(d)
			}
		}
		if err != nil || mistakes.HasErrors() {
			return found, err
		}
		editions = append(editions, edition{theme, derive.NewDeriver(page.ClockTexts(theme.Catalog()))})
	}
	s.editions, s.site, s.inTheme = editions, *site, found
	return found, nil
}

// inContent turns paths into those below the content folder; nil where that
// itself may have changed.
func (s *Session) inContent(changed []string) []string {
	if changed == nil {
		return nil
	}
	folder := s.options.Content
	if full, err := filepath.Abs(folder); err == nil {
		folder = full // "." has a name too
	}
	folder = filepath.Base(folder)
	below := []string{}
	for _, p := range changed {
		p = path.Clean(p)
		if p == folder || p == "." {
			return nil
		}
		if name, ok := strings.CutPrefix(p, folder+"/"); ok {
			below = append(below, name)
		}
	}
	return below
}

// touches reports whether a folder, or something in it, is among paths.
func touches(changed []string, folder string) bool {
	for _, p := range changed {
		if p = path.Clean(p); p == folder || p == "." || strings.HasPrefix(p, folder+"/") {
			return true
		}
	}
	return false
}
