// Package check turns the documents of a content folder into a site, and
// reports every mistake in them with its file, line and column and a hint that
// says how to fix it. It never computes the state at an instant. It needs the
// current time only to report updates in the future, which are nearly always
// local times typed as UTC, and of package derive only what the clock does to a
// maintenance between its updates.
//
// Every file is first checked without the others, in parallel (event.go,
// announcement.go, translation.go). Then the files are joined (link.go): ids
// and aliases must be unique, related events are linked, and translations are
// added to their originals. Each rule is one literal beside the code that
// checks it. The keys of a front matter are those that the code reads
// (field.go), so there is no other list of them.
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
	Pinned  bool      // the instant was chosen: later updates are left out without a diagnostic
	Drafts  bool      // keep drafts
}

// Skew is how far ahead of the clock an update may be without being in the
// future, since clocks differ.
const Skew = time.Minute

// Config is a checked site.yaml, with what is needed to check the other files. It is safe for concurrent use.
type Config struct {
	doc        *source.Document
	site       *status.Site
	pinned     bool
	drafts     bool
	declared   map[string]*status.Component // components by id and by alias
	declaredIn string                       // where components are declared, for hints
	disabled   []source.Value               // codes of warnings that are switched off
	unsure     bool                         // a component could not be read, so an unknown one may be no mistake
	renderer   *markdown.Renderer
}

// Provenance reports whether the history in git says when updates were published.
func (c *Config) Provenance() bool { return c.site.Provenance }

// ReadConfig checks site.yaml. Values that it can't read are replaced with
// usable ones, so that the other files can still be checked. It does not use
// Now of the options.
func ReadConfig(doc *source.Document, o Options) (*Config, diag.List) {
	var list diag.List
	r := &reading{file: doc.File, list: &list, now: func() string { return exampleTime }, renames: renames{}}
	site := readSite(doc, o.BaseURL, r)
	if len(r.renames) > 0 { // read it once more, so that a misspelt key causes nothing else
		list = r.renames.of(list)
		fixed := *doc
		fixed.Fields = r.renames.applied(doc.Fields)
		doc, r.renames = &fixed, renames{}
		site = readSite(doc, o.BaseURL, r)
	}
	c := &Config{
		doc:        doc,
		site:       site,
		pinned:     o.Pinned,
		drafts:     o.Drafts,
		declared:   make(map[string]*status.Component, len(site.Components)),
		declaredIn: doc.File.Name(),
		renderer: markdown.New(markdown.Options{
			SiteURL: site.URL, BasePath: site.BasePath(), IsUpdateHeading: source.IsUpdateHeading, RepairHeading: source.RepairHeading,
		}),
	}
	c.disabled, c.unsure = r.disabled, r.unread
	for _, component := range site.Components {
		c.declared[component.ID] = component
		for _, alias := range component.Aliases {
			c.declared[alias] = component
		}
	}
	if f, ok := doc.Fields.Field("components"); ok {
		c.declaredIn = diag.Position{File: f.KeyAt.File, Line: f.KeyAt.Line}.String()
	}
	return c, doc.File.Excerpts(list)
}

// File is one Markdown file, checked without the others.
type File struct {
	Diagnostics diag.List // each with its excerpt

	// ByClock reports whether a diagnostic depends on the clock: it is about a
	// timestamp in the future, or its hint has the current time.
	ByClock bool

	Text int // bytes of HTML and plain text that its updates became

	source       original
	name         string               // of the file
	disabled     []source.Disabled    // lines for which warnings are switched off
	event        *event               // one of these four, or none if the file has errors
	announcement *status.Announcement //
	translation  *translation         //
	template     *status.Template     //
}

// exampleTime is for hints about site.yaml, which has no times.
const exampleTime = "2022-12-01 10:48 UTC"

// Check checks one Markdown file without the others.
func (c *Config) Check(doc *source.Document, now time.Time) File {
	f, meant := c.check(doc, now)
	if len(meant) > 0 { // check it once more, so that a misspelt key causes nothing else
		fixed := *doc
		fixed.Fields = meant.applied(doc.Fields)
		again, _ := c.check(&fixed, now)
		again.Diagnostics.Add(meant.of(f.Diagnostics)...)
		f = again
	}
	f.Diagnostics = doc.File.Excerpts(f.Diagnostics)
	return f
}

// check checks a file, and returns the keys in it that were misspelt.
func (c *Config) check(doc *source.Document, now time.Time) (File, renames) {
	f := File{source: original{doc.Folder, doc.ID}, name: doc.File.Name(), disabled: doc.Disabled}
	d := &document{Config: c, Document: doc, now: now, list: &f.Diagnostics}
	d.reading = &reading{file: doc.File, list: d.list, now: d.nowText, renames: renames{}}
	switch {
	case d.wrongFolder(), d.hasTooManyUpdates():
	case doc.Language != "":
		f.translation = d.translation()
	case doc.Folder == "incidents":
		f.event = d.event(status.Incident)
	case doc.Folder == "maintenance":
		f.event = d.event(status.Maintenance)
	case doc.Folder == "templates":
		f.template = d.template()
	default:
		f.announcement = d.announcement()
	}
	f.ByClock, f.Text = d.byClock, d.rendered
	return f, d.reading.renames
}

// Join joins checked files into the site, and reports mistakes that concern
// more than one file. at is the instant to build the site for: now, or up to
// Skew later if an update has a later time.
func (c *Config) Join(files []File, static []source.Static, now time.Time) (site *status.Site, at time.Time, list diag.List) {
	joined := *c.site
	site = &joined
	site.Preview = c.drafts
	if site.Language == "" { // readLanguages has reported why
		site.Language = defaultLanguage
	}
	var incidents, maintenance []*event
	for _, f := range files {
		switch e := f.event; {
		case f.template != nil:
			site.Templates = append(site.Templates, f.template)
		case f.announcement != nil && (c.drafts || !f.announcement.Draft):
			site.Announcements = append(site.Announcements, f.announcement)
		case e != nil && e.Kind == status.Incident:
			incidents = append(incidents, e)
		case e != nil:
			maintenance = append(maintenance, e)
		}
	}
	site.Events = join(append(incidents, maintenance...), site.Announcements, c.drafts, site.Limits.Related, &list)
	c.checkEvents(site.Events, now, &list)
	checkWithdrawn(site, &list)
	c.checkStatic(static, &list)
	slices.SortFunc(site.Announcements, func(a, b *status.Announcement) int {
		return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.ID, b.ID))
	})
	requireFiles(c.doc, static, &list)
	translate(site, files, &list)
	return site, instant(site.Events, now, c.pinned), list
}

// Site checks a whole content folder and returns its site. If the list has
// errors, the site has only what could be read; it is nil if site.yaml could
// not be read.
func Site(content *source.Content, o Options) (*status.Site, diag.List) {
	if content.Site == nil {
		return nil, nil // package source has reported why
	}
	config, list := ReadConfig(content.Site, o)
	files := make([]File, len(content.Documents))
	parallel.Each(len(files), func(i int) { files[i] = config.Check(content.Documents[i], o.Now) })
	for _, f := range files {
		list.Add(f.Diagnostics...)
	}
	for _, s := range content.Static {
		list.Add(config.Static(s)...)
	}
	site, _, more := config.Join(files, content.Static, o.Now)
	list.Add(more...)
	return site, list
}

// document is one file while it is checked.
type document struct {
	*Config
	*source.Document
	now     time.Time
	list    *diag.List
	byClock bool      // a diagnostic depends on now
	after   time.Time // the beginning of a window, while its end is read
	reading *reading
	shape   *shape // that is described, for a schema; nil otherwise
	outline bool   // only what Outline needs is read

	rendered int // bytes of HTML and plain text so far
}

// fields are the front matter of the file.
func (d *document) fields(of string) *fields {
	f := d.reading.inside(of, d.Fields)
	f.shape = d.shape
	f.keys = make([]string, 0, 24)
	return f
}

// instant is now, or the time of the newest update if that is at most Skew later.
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
