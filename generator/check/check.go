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
	"cmp"
	"slices"
	"time"

	"allclear/generator/diag"
	"allclear/generator/markdown"
	"allclear/generator/parallel"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }

var rules diag.Rules

// Options are what a check needs besides the content.
type Options struct {
	BaseURL string    // replaces site.yaml's url; "" keeps it
	Now     time.Time // the clock
	Pinned  bool      // the instant was chosen: later updates are left out, and are no mistake
	Drafts  bool      // keep drafts
}

// Skew is how far ahead of the clock an update may be dated and still count as
// happened, since clocks differ.
const Skew = time.Minute

// Config is a site.yaml that was checked, and what the check of any other file
// needs to know of it. It is safe for concurrent use.
type Config struct {
	doc        *source.Document
	site       *status.Site
	pinned     bool
	drafts     bool
	declared   map[string]*status.Component // components by id
	declaredIn string                       // where components are declared, for hints
	renderer   *markdown.Renderer
}

// ReadConfig checks site.yaml. Values that it can't understand are replaced by
// usable ones, so that the other files can still be checked. Of the options it
// leaves Now aside.
func ReadConfig(doc *source.Document, o Options) (*Config, diag.List) {
	var list diag.List
	site := readSite(doc, o.BaseURL, &list)
	c := &Config{
		doc:        doc,
		site:       site,
		pinned:     o.Pinned,
		drafts:     o.Drafts,
		declared:   byID(site.Components),
		declaredIn: doc.File.Name(),
		renderer: markdown.New(markdown.Options{
			SiteURL: site.URL, BasePath: site.BasePath(), IsUpdateHeading: source.IsUpdateHeading,
		}),
	}
	if f, ok := doc.Fields.Field("components"); ok {
		c.declaredIn = declaredAt(f)
	}
	return c, doc.File.Excerpts(list)
}

// File is what one Markdown file says, checked without looking at other files.
type File struct {
	Diagnostics diag.List // each with its excerpt

	// ByClock reports whether something in Diagnostics may be gone later, when
	// the clock has reached a timestamp that is in the future now.
	ByClock bool

	source       original
	event        *event               // one of these three, or none if the file has errors
	announcement *status.Announcement //
	translation  *translation         //
}

// Check checks one Markdown file by itself.
func (c *Config) Check(doc *source.Document, now time.Time) File {
	f := File{source: original{doc.Folder, doc.ID}}
	d := &document{Config: c, Document: doc, now: now, list: &f.Diagnostics}
	switch {
	case doc.Language != "":
		f.translation = d.translation()
	case doc.Folder == "incidents":
		f.event = d.event(status.Incident)
	case doc.Folder == "maintenance":
		f.event = d.event(status.Maintenance)
	default:
		f.announcement = d.announcement()
	}
	f.ByClock = slices.ContainsFunc(f.Diagnostics, func(d diag.Diagnostic) bool { return d.Rule == ruleTimestampFuture })
	doc.File.Excerpts(f.Diagnostics)
	return f
}

// Join joins checked files into the site, and reports what is wrong between
// them. at is the instant to build the site for: now, or a moment later if a
// clock ahead of ours has dated an update.
func (c *Config) Join(files []File, static []source.Static, now time.Time) (site *status.Site, at time.Time, list diag.List) {
	joined := *c.site
	site = &joined
	site.Preview = c.drafts
	if site.Language == "" { // it is faulty
		site.Language = defaultLanguage
	}
	var incidents, maintenance []*event
	for _, f := range files {
		switch e := f.event; {
		case f.announcement != nil && (c.drafts || !f.announcement.Draft):
			site.Announcements = append(site.Announcements, f.announcement)
		case e != nil && e.Kind == status.Incident:
			incidents = append(incidents, e)
		case e != nil:
			maintenance = append(maintenance, e)
		}
	}
	site.Events = join(append(incidents, maintenance...), c.drafts, &list)
	slices.SortFunc(site.Announcements, func(a, b *status.Announcement) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.ID, b.ID))
	})
	requireFiles(c.doc, static, &list)
	translate(site, files, &list)
	return site, instant(site.Events, now, c.pinned), list
}

// Site checks a whole content folder and returns the site that it describes.
// If the list has errors, the site is what could be understood, and nil if
// site.yaml could not be read.
func Site(content *source.Content, o Options) (*status.Site, diag.List) {
	if content.Site == nil {
		return nil, nil // source has said why
	}
	config, list := ReadConfig(content.Site, o)
	docs := slices.Concat(content.Incidents, content.Maintenance, content.Announcements, content.Translations)
	files := make([]File, len(docs))
	parallel.Each(len(docs), func(i int) { files[i] = config.Check(docs[i], o.Now) })
	for _, f := range files {
		list.Add(f.Diagnostics...)
	}
	site, _, more := config.Join(files, content.Static, o.Now)
	list.Add(more...)
	return site, list
}

// document is one file under check.
type document struct {
	*Config
	*source.Document
	now  time.Time
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
