package cstate

import (
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/language"
	"allclear/generator/source"
	"allclear/generator/status"
)

// cstate is a cState site while it is read: a Hugo site whose issues are
// Markdown files, https://github.com/cstate/cstate. Its predecessor
// netlify-statuskit and the similar ClearStatus differ only in a few keys.
type cstate struct {
	report *importer.Report
	root   *os.Root
	now    time.Time
	zone   *time.Location // of times without a zone

	base      string        // the folder of the Hugo site
	roots     []contentRoot // of its pages
	config    source.Value
	settings  string   // the file that has most of them
	published string   // the language at the root of the site, as Hugo knows it
	others    []string // the site's other languages
	language  string   // that the site says it is in
	flat      bool     // addresses end with .html

	about    time.Time                     // the time of the issue that is read, for times without a year
	zoneless int                           // times without a zone
	names    []string                      // of components that only issues name, in the order of their issues
	systems  map[string]importer.Component // of the settings, by their names in lower case
	taken    map[string]bool               // ids of events
}

// Import imports the folder of a cState site, or of a similar one, into the
// content folder.
func Import(dir string, o importer.Options) (*importer.Report, error) {
	report := &importer.Report{}
	target, err := importer.Open(o)
	if err != nil {
		return nil, err
	}
	h, err := readCState(dir, o, target, report)
	if err != nil {
		return nil, err
	}
	if len(h.Events)+len(h.Announcements)+report.LeftOut() == 0 {
		return nil, fmt.Errorf("%s holds no incidents that its site publishes: name the folder of the cState site, which has content/issues in it", dir)
	}
	return report, target.Put(h, report)
}

// readCState makes a history of the folder of a cState site.
func readCState(dir string, o importer.Options, target *importer.Target, report *importer.Report) (*importer.History, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	c := &cstate{report: report, root: root, now: o.Now, zone: time.UTC, systems: map[string]importer.Component{}, taken: map[string]bool{}}
	c.findBase()
	c.chooseZone(o.Zone)
	declared := c.declared()
	pages, err := c.pages()
	if err != nil {
		return nil, err
	}
	issues := c.issues(pages)
	if c.zoneless > 0 {
		report.Note("times", "%s had no zone: read as %s; choose another zone with --timezone", importer.Count(c.zoneless, "time"), c.zone)
	}
	components := target.Register(append(declared, c.undeclared()...))
	h := &importer.History{Site: c.site(), Zone: c.zone, Components: components}
	report.Components = components.Len()
	for _, i := range issues {
		if i.announcement != nil {
			h.Announcements = append(h.Announcements, importer.Announcement{Announcement: i.announcement, Where: i.Where})
			continue
		}
		i.resolve(components)
		h.Events = append(h.Events, i.Event)
	}
	return h, nil
}

// issues reads the pages that are issues. Where pages say that they are, those
// that don't are in no list of cState.
func (c *cstate) issues(pages []page) []*issue {
	var files []*hugoFile
	for _, p := range pages {
		if f := c.candidate(p); f != nil {
			files = append(files, f)
		}
	}
	says := slices.ContainsFunc(files, (*hugoFile).saysIssue)
	var issues []*issue
	for _, f := range files {
		if says && !f.saysIssue() {
			c.report.Note(f.file, "not imported: it has no section: issue, so no list of cState shows it")
			continue
		}
		for _, n := range f.notes.Notes {
			c.report.Add(n)
		}
		issues = append(issues, c.read(f, f.date))
	}
	return issues
}

// chooseZone chooses the zone of times without a zone: that of the command line,
// else the one that Hugo would use.
func (c *cstate) chooseZone(asked *time.Location) {
	c.zone = time.UTC
	if asked != nil {
		c.zone = asked
		return
	}
	// ClearStatus shows the second one after each time.
	for _, name := range []string{textOf(c.config, "timeZone"), textOf(c.config, "params", "timezoneString")} {
		if zone, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
			c.zone = zone
			return
		}
	}
}

func (c *cstate) site() *status.Site {
	site := importer.NewSite(textOf(c.config, "title"), textOf(c.config, "baseURL"), c.zone, c.settings, c.report)
	tag, served, known := language.Lookup(c.language)
	switch {
	case !known:
		c.report.Note(c.settings, "no theme has its language, %s: the pages are in English; to change that, give a theme of your own an i18n file of the language", markup.Short(c.language))
	case served != "en":
		site.Language = tag
	}
	for _, tab := range c.listOf("customTabs") {
		name, link := textOf(tab, "name"), textOf(tab, "link")
		u, err := url.Parse(link)
		if err == nil && !u.IsAbs() {
			u, err = url.Parse(site.URL + "/" + strings.TrimLeft(link, "/"))
		}
		if name == "" || link == "" || err != nil || u.Scheme != "mailto" && u.Scheme != "http" && u.Scheme != "https" {
			c.report.Note(c.settings, "the tab %q leads nowhere and is left out", markup.Short(name))
			continue
		}
		site.Links = append(site.Links, status.Link{Name: name, URL: u.String()})
	}
	return site
}

// declared reads the systems of the settings, and their categories.
func (c *cstate) declared() []importer.Component {
	var all []importer.Component
	titled := map[string]int{}
	for i, category := range c.listOf("categories") {
		name := textOf(category, "name")
		if name == "" {
			continue
		}
		titled[name] = 1000 * (i + 1)
		if isTrue(textOf(category, "untitled")) {
			continue // its systems are at top level
		}
		all = append(all, importer.Component{Code: "category " + name, Name: name, IsGroup: true, Position: titled[name]})
	}
	for i, system := range c.listOf("systems") {
		name := textOf(system, "name")
		if system.Kind == source.KindScalar {
			name = markup.OneLine(system.Text)
		}
		if _, twice := c.systems[strings.ToLower(name)]; name == "" || twice {
			continue
		}
		made := importer.Component{Code: strings.ToLower(name), Name: name, Description: textOf(system, "description"), Position: 1e6 + i}
		if category := textOf(system, "category"); titled[category] > 0 {
			made.Group, made.Position = "category "+category, titled[category]+i
		}
		c.systems[strings.ToLower(name)] = made
		all = append(all, made)
	}
	return all
}

// undeclared are the components that only issues name. Where the settings
// declare none at all, they are all in use.
func (c *cstate) undeclared() []importer.Component {
	var all []importer.Component
	for i, name := range c.names {
		all = append(all, importer.Component{
			Code: strings.ToLower(name), Name: name, Position: 1e7 + i, Undeclared: len(c.systems) > 0,
		})
	}
	if len(c.systems) == 0 && len(all) > 0 {
		c.report.Note(c.settings, "it declares no systems: %s that issues name will be in use", importer.Count(len(all), "component"))
	}
	return all
}
