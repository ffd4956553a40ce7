// Package check turns the documents of a content folder into a site, and
// names every mistake on the way, each at its file, line and column, with the
// mend. It decides nothing about an instant: it needs now only to tell an
// update that lies in the future, which nearly always is a local time typed
// as UTC, from one that is meant to.
//
// Every file is checked on its own first, side by side (event.go,
// announcement.go, translation.go); then what joins them (link.go): ids,
// aliases and related events, and each text with its translations. Each rule is one literal beside the code that checks it.
package check

import (
	"slices"
	"time"

	"allclear/generator/diag"
	"allclear/generator/markdown"
	"allclear/generator/parallel"
	"allclear/generator/recall"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Options are what a check needs beside the content.
type Options struct {
	BaseURL string    // stands for site.yaml's url; "" keeps that
	Now     time.Time // the clock
	Pinned  bool      // the instant was chosen: what is later is not there yet, and no mistake
	Drafts  bool      // keep drafts
	Once    bool      // there is no next time: documents are released as soon as they were checked
}

// Skew is by how much an update may lie ahead of the clock and still count as
// happened: clocks differ.
const Skew = time.Minute

// Site checks content and returns the site that it describes. Where the list
// holds errors, the site is what could be understood, and nil where site.yaml
// could not be.
func Site(c *source.Content, o Options) (*status.Site, diag.List) {
	site, _, list := NewChecker(o).Site(c, o.Now)
	return site, list
}

// Checker checks a content folder again and again, reading anew only the
// documents that are not the same as before, and joining the events anew only
// where one of them says otherwise what joins it to the rest. It is not safe
// for concurrent use; the sites are.
type Checker struct {
	options       Options
	siteYAML      *source.Document // that all below was checked under
	context       *context
	editions      []*edition // in each further language
	found         diag.List  // in site.yaml
	incidents     memory[*event]
	maintenance   memory[*event]
	announcements memory[*status.Announcement]
	translations  memory[*translation]
	links         links
}

// NewChecker begins with nothing checked.
func NewChecker(o Options) *Checker { return &Checker{options: o} }

// Site checks as the function Site does, at a time of the clock. at is
// the instant that the site is built for.
func (k *Checker) Site(c *source.Content, now time.Time) (site *status.Site, at time.Time, list diag.List) {
	if c.Site == nil {
		return nil, now, nil // source has said why
	}
	if k.siteYAML != c.Site || now.Before(k.context.now) {
		k.begin(c.Site)
	}
	k.context.now = now
	list = slices.Clone(k.found)
	made := *k.context.site
	site = &made
	if site.Language == "" {
		site.Language = defaultLanguage
	}
	incidents := each(k.context, &k.incidents, c.Incidents, func(d *document) *event { return d.event(status.Incident) }, &list)
	maintenance := each(k.context, &k.maintenance, c.Maintenance, func(d *document) *event { return d.event(status.Maintenance) }, &list)
	announcements := each(k.context, &k.announcements, c.Announcements, (*document).announcement, &list)
	translations := sortTranslations(c, each(k.context, &k.translations, c.Translations, (*document).translation, &list), &list)
	events := append(incidents, maintenance...)
	if !k.links.follow(events, now) {
		k.links = link(events, k.options.Drafts, now, &list)
	}
	site.Events = k.links.sorted
	site.Announcements = sortAnnouncements(announcements, k.options.Drafts)
	requireFiles(c, &list)
	site.Preview = k.options.Drafts
	for _, d := range k.editions {
		site.Translations = append(site.Translations, d.translate(site, translations[d.site.Language], &list))
	}
	return site, instant(k.links.ahead, now, k.options.Pinned), list
}

// begin reads site.yaml, and forgets what was checked under another.
func (k *Checker) begin(doc *source.Document) {
	k.siteYAML, k.found = doc, nil
	k.incidents, k.maintenance = memory[*event]{}, memory[*event]{}
	k.announcements, k.translations = memory[*status.Announcement]{}, memory[*translation]{}
	k.links = links{}
	site := readSite(doc, k.options.BaseURL, "", &k.found)
	k.editions = nil
	for _, tag := range site.Languages[min(1, len(site.Languages)):] {
		// The first reading has said what is wrong.
		k.editions = append(k.editions, &edition{site: readSite(doc, k.options.BaseURL, tag, &diag.List{})})
	}
	k.context = &context{
		site:               site,
		pinned:             k.options.Pinned,
		once:               k.options.Once,
		declaredComponents: byID(site.Components),
		renderer: markdown.New(markdown.Options{
			SiteURL: site.URL, BasePath: site.BasePath(), IsUpdateHeading: source.IsUpdateHeading,
		}),
		declaredIn: doc.File.Name(),
	}
	if f, ok := doc.Fields.Field("components"); ok {
		k.context.declaredIn = declaredAt(f)
	}
}

// context is what the check of one file may know of the site.
type context struct {
	site               *status.Site
	now                time.Time
	pinned, once       bool
	declaredComponents map[string]*status.Component
	renderer           *markdown.Renderer
	declaredIn         string // where components are declared, to say in a hint
}

// checked is what came of a document.
type checked[T any] struct {
	result T
	found  diag.List
}

// memory is what came of the documents of the last run.
type memory[T any] struct {
	docs    []*source.Document // nil in the place of one that is to be read anew
	results []checked[T]
}

// each checks documents side by side, but for those that it remembers; the
// results are in the documents' order, so the same content gives the same list.
func each[T any](x *context, m *memory[T], docs []*source.Document, read func(*document) T, list *diag.List) []T {
	all := make([]checked[T], len(docs))
	var unread []int
	for i, place := range recall.Places(m.docs, docs) {
		if place < 0 {
			unread = append(unread, i)
		} else {
			all[i] = m.results[place]
		}
	}
	parallel.Each(len(unread), func(n int) {
		i := unread[n]
		all[i].result = read(&document{context: x, Document: docs[i], list: &all[i].found})
		if x.once {
			all[i].found = docs[i].File.Excerpts(all[i].found)
			docs[i].Release()
		}
	})
	*m = memory[T]{slices.Clone(docs), all}
	results := make([]T, len(docs))
	for i, c := range all {
		results[i] = c.result
		list.Add(c.found...)
		if slices.ContainsFunc(c.found, func(d diag.Diagnostic) bool { return d.Rule == ruleTimestampFuture }) {
			m.docs[i] = nil // what lies in the future may have happened the next time
		}
	}
	return results
}

// document is one file under check.
type document struct {
	*context
	*source.Document
	list *diag.List
}

func byID(components []*status.Component) map[string]*status.Component {
	m := make(map[string]*status.Component, len(components))
	for _, c := range components {
		if _, taken := m[c.ID]; !taken {
			m[c.ID] = c
		}
	}
	return m
}

// instant is the clock's, or that of the newest update that a clock ahead of
// ours has already dated.
func instant(events []*status.Event, now time.Time, pinned bool) time.Time {
	if pinned {
		return now
	}
	newest := now
	for _, e := range events {
		for _, u := range e.Updates {
			if u.At.After(newest) && !e.HoldBack && !u.At.After(now.Add(Skew)) {
				newest = u.At
			}
		}
	}
	return newest
}
