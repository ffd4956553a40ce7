// Package check turns the documents of a content folder into a site, and
// names every mistake on the way, each at its file, line and column, with the
// mend. It decides nothing about an instant: it needs now only to tell an
// update that lies in the future, which nearly always is a local time typed
// as UTC, from one that is meant to.
//
// Every file is checked on its own first, side by side (event.go,
// announcement.go); then what joins them (link.go): ids, aliases and related
// events. Each rule is one literal beside the code that checks it.
package check

import (
	"time"

	"allclear/generator/diag"
	"allclear/generator/markdown"
	"allclear/generator/parallel"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Options are what a check needs beside the content.
type Options struct {
	BaseURL string    // stands for site.yaml's url; "" keeps that
	Now     time.Time // the clock
	Pinned  bool      // the instant was chosen: what is later is not there yet, and no mistake
	Drafts  bool      // keep drafts
}

// Skew is by how much an update may lie ahead of the clock and still count as
// happened: clocks differ.
const Skew = time.Minute

// Site checks content and returns the site that it describes. Where the list
// holds errors, the site is what could be understood, and nil where site.yaml
// could not be.
func Site(c *source.Content, o Options) (*status.Site, diag.List) {
	var list diag.List
	if c.Site == nil {
		return nil, list // source has said why
	}
	site := readSite(c.Site, o.BaseURL, &list)
	x := &context{
		site: site,
		now:  o.Now, pinned: o.Pinned,
		declaredComponents: byID(site.Components),
		renderer: markdown.New(markdown.Options{
			SiteURL: site.URL, BasePath: site.BasePath(), IsUpdateHeading: source.IsUpdateHeading,
		}),
		declaredIn: c.Site.File.Name(),
	}
	if f, ok := c.Site.Fields.Field("components"); ok {
		x.declaredIn = declaredAt(f)
	}
	incidents := each(x, c.Incidents, func(d *document) *event { return d.event(status.Incident) }, &list)
	maintenance := each(x, c.Maintenance, func(d *document) *event { return d.event(status.Maintenance) }, &list)
	announcements := each(x, c.Announcements, (*document).announcement, &list)
	link(site, append(incidents, maintenance...), &list)
	keep(site, announcements, o.Drafts)
	return site, list
}

// context is what the check of one file may know of the site.
type context struct {
	site               *status.Site
	now                time.Time
	pinned             bool
	declaredComponents map[string]*status.Component
	renderer           *markdown.Renderer
	declaredIn         string // where components are declared, to say in a hint
}

// each checks documents side by side; what comes back is in their order, so
// the same content gives the same list.
func each[T any](x *context, docs []*source.Document, read func(*document) T, list *diag.List) []T {
	results, lists := make([]T, len(docs)), make([]diag.List, len(docs))
	parallel.Each(len(docs), func(i int) {
		results[i] = read(&document{context: x, Document: docs[i], list: &lists[i]})
	})
	for _, l := range lists {
		list.Add(l...)
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

// Instant is the instant that a site is built for: now, or the newest update
// that a clock ahead of ours has already dated.
func Instant(site *status.Site, o Options) time.Time {
	instant := o.Now
	if o.Pinned {
		return instant
	}
	for _, e := range site.Events {
		for _, u := range e.Updates {
			if u.At.After(instant) && !e.HoldBack && !u.At.After(o.Now.Add(Skew)) {
				instant = u.At
			}
		}
	}
	return instant
}
