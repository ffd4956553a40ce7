package cstate

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/compose"
	"allclear/generator/diag"
	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/source"
	"allclear/generator/status"
)

// cstate is a cState site while it is read: a Hugo site whose issues are
// Markdown files, https://github.com/cstate/cstate. Its predecessor
// netlify-statuskit and the similar ClearStatus differ only in a few keys.
type cstate struct {
	report   *importer.Report
	now      time.Time
	zone     *time.Location // of times without a zone
	config   source.Value
	settings string   // the file that has them
	language string   // of the issues that are imported
	others   []string // the site's other languages
	flat     bool     // addresses end with .html

	zoneless   int                           // times without a zone
	undeclared map[string]time.Time          // components that only issues name, with the last instant
	names      []string                      // of these, in the order of their issues
	systems    map[string]importer.Component // of the settings, by their names in lower case

	declarations []importer.Component // of the settings
	taken        map[string]bool      // ids of events
}

// configFiles are the files in which Hugo looks for a site's settings.
var configFiles = []string{
	"config.yml", "config.yaml", "config.toml", "hugo.yml", "hugo.yaml", "hugo.toml",
	"config/_default/config.yml", "config/_default/config.yaml", "config/_default/config.toml",
	"config/_default/hugo.yml", "config/_default/hugo.yaml", "config/_default/hugo.toml",
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
	if len(h.Events) == 0 && report.LeftOut() == 0 {
		return nil, fmt.Errorf("%s has no incidents: name the folder of the cState site, which has content/issues in it", dir)
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
	c := &cstate{
		report: report, now: o.Now,
		settings:   configFiles[0],
		undeclared: map[string]time.Time{}, systems: map[string]importer.Component{}, taken: map[string]bool{},
	}
	c.readConfig(root)
	c.chooseZone(o.Zone)
	c.declarations = c.declared()
	files, err := c.files(root)
	if err != nil {
		return nil, err
	}
	c.chooseLanguage(files)
	var issues []*issue
	for _, name := range files {
		if i := c.issue(root, name); i != nil {
			issues = append(issues, i)
		}
	}
	if c.zoneless > 0 {
		report.Note("times", "%s had no zone: read as %s; choose another zone with --timezone", importer.Count(c.zoneless, "time"), c.zone)
	}
	components, err := target.Register(c.components())
	if err != nil {
		return nil, err
	}
	h := &importer.History{Site: c.site(), Zone: c.zone, Components: components}
	report.Components = components.Len()
	for _, i := range issues {
		i.resolve(components)
		h.Events = append(h.Events, i.Event)
	}
	return h, nil
}

func (c *cstate) readConfig(root *os.Root) {
	for _, name := range configFiles {
		if value, ok := c.setting(root, name); ok {
			c.config, c.settings = value, name
			break
		}
	}
	// Hugo also reads settings from one file per subject.
	for _, subject := range []string{"params", "languages"} {
		for _, extension := range []string{".yml", ".yaml", ".toml"} {
			if value, ok := c.setting(root, "config/_default/"+subject+extension); ok {
				if _, there := fieldFold(c.config, subject); !there {
					c.config.Fields = append(c.config.Fields, source.Field{Key: subject, Value: value})
				}
			}
		}
	}
	for _, key := range []string{"languageCode", "defaultContentLanguage"} {
		if word := strings.ToLower(textOf(c.config, key)); word != "" {
			c.language = word
		}
	}
	c.flat = isTrue(textOf(c.config, "uglyURLs"))
	languages, _ := fieldFold(c.config, "languages")
	for _, l := range languages.Value.Fields {
		if !strings.EqualFold(l.Key, c.language) {
			c.others = append(c.others, strings.ToLower(l.Key))
		}
	}
}

// setting reads one file of the site's settings; false if it is missing or
// can't be read.
func (c *cstate) setting(root *os.Root, name string) (source.Value, bool) {
	raw, err := readFile(root, name)
	if errors.Is(err, fs.ErrNotExist) {
		return source.Value{}, false
	}
	if err != nil {
		c.report.LeaveOut(name, "%v", err)
		return source.Value{}, false
	}
	text := compose.Clean(strings.TrimPrefix(string(raw), "\ufeff"))
	read := tomlFields
	if path.Ext(name) != ".toml" {
		read = func(name, text string, before int) (source.Value, int, error) {
			return yamlFields(name, text, before, c.report)
		}
	}
	value, line, err := read(name, text, 0)
	if err != nil {
		c.report.LeaveOut(diag.Position{File: name, Line: line}.String(), "%v", err)
		return source.Value{}, false
	}
	return value, true
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

func readFile(root *os.Root, name string) ([]byte, error) {
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return importer.ReadBounded(file, source.MaxFile)
}

// inIssueFolder reports whether a file is below a folder of issues, as one of
// the three formats names it.
func inIssueFolder(name string) bool {
	return slices.ContainsFunc(strings.Split(path.Dir(name), "/"), func(folder string) bool {
		return slices.Contains([]string{"issues", "issue", "incident", "incidents"}, folder)
	})
}

// files lists the files that may be issues, in order of path.
func (c *cstate) files(root *os.Root) ([]string, error) {
	var names []string
	err := fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		base := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if name != "." && (strings.HasPrefix(base, ".") || slices.Contains([]string{"node_modules", "themes", "public", "archetypes", "exampleSite", "resources"}, base)) {
				return fs.SkipDir
			}
			return nil
		case !entry.Type().IsRegular(), strings.HasPrefix(base, "."), strings.HasPrefix(base, "_index."), strings.EqualFold(base, "README.md"):
			return nil
		}
		extension := strings.ToLower(path.Ext(base))
		switch {
		case extension == ".md" || extension == ".markdown":
			if len(names) == importer.MaxFiles {
				return fmt.Errorf("it has more than %d files", importer.MaxFiles)
			}
			names = append(names, name)
		case inIssueFolder(name) && slices.Contains([]string{".html", ".adoc", ".org", ".rst", ".txt", ".mdx"}, extension):
			c.report.LeaveOut(name, "only Markdown files are read")
		}
		return nil
	})
	return names, err
}

var languageFolder = regexp.MustCompile(`^[a-z]{2}(-[a-z]{2,4})?$`)

// languageOf is the language of a file by its name or by its folder below
// content/, "" if neither has one.
func (c *cstate) languageOf(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	word := strings.ToLower(strings.TrimPrefix(path.Ext(base), "."))
	if word != "" && (word == c.language || slices.Contains(c.others, word)) {
		return word
	}
	if _, below, ok := strings.Cut("/"+name, "/content/"); ok {
		folder, _, _ := strings.Cut(below, "/")
		folder = strings.ToLower(folder)
		if folder == c.language || slices.Contains(c.others, folder) || languageFolder.MatchString(folder) {
			return folder
		}
	}
	return ""
}

// chooseLanguage chooses the language to import: that of the settings, else the
// only one of the site, else English.
func (c *cstate) chooseLanguage(files []string) {
	var found []string
	for _, name := range files {
		if l := c.languageOf(name); l != "" && !slices.Contains(found, l) {
			found = append(found, l)
		}
	}
	short, _, _ := strings.Cut(c.language, "-")
	switch {
	case len(found) == 0 || slices.Contains(found, c.language) && c.language != "":
	case slices.Contains(found, short):
		c.language = short
	case len(found) == 1 && (c.language == "" || len(c.others) == 0):
		c.language = found[0]
	case c.language == "":
		c.language = "en"
	}
}

// foreign reports whether a file is in another language than the site's.
func (c *cstate) foreign(name string) bool {
	language := c.languageOf(name)
	return language != "" && language != c.language
}

func (c *cstate) site() *status.Site {
	site := importer.NewSite(textOf(c.config, "title"), textOf(c.config, "baseURL"), c.zone, c.settings, c.report)
	if c.language != "" && c.language != "en" && !strings.HasPrefix(c.language, "en-") {
		c.report.Note(c.settings, "its language is %s: write it into site.yaml as language: if the theme has it", c.language)
	}
	params, _ := fieldFold(c.config, "params")
	tabs, _ := fieldFold(params.Value, "customTabs")
	for _, tab := range tabs.Value.Items {
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
	params, _ := fieldFold(c.config, "params")
	categories, _ := fieldFold(params.Value, "categories")
	systems, _ := fieldFold(params.Value, "systems")
	var all []importer.Component
	titled := map[string]int{}
	for i, category := range categories.Value.Items {
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
	for i, system := range systems.Value.Items {
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

// components are those that the settings declare, and those that only issues
// name. The latter are retired from the day after they were last named, unless
// the settings declare none at all.
func (c *cstate) components() []importer.Component {
	all := c.declarations
	if len(c.systems) == 0 && len(c.names) > 0 {
		c.report.Note(c.settings, "it declares no systems: %s that issues name will be in use", importer.Count(len(c.names), "component"))
		for i, name := range c.names {
			all = append(all, importer.Component{Code: strings.ToLower(name), Name: name, Position: 1e7 + i})
		}
		return all
	}
	for i, name := range c.names {
		last := c.undeclared[strings.ToLower(name)]
		if last.After(c.now) {
			last = c.now
		}
		retired := status.NextDay(last.In(c.zone))
		c.report.Note("component "+markup.Short(name), "only issues name it, no settings declare it: it is imported as retired from %s on", retired.Format(time.DateOnly))
		all = append(all, importer.Component{Code: strings.ToLower(name), Name: name, Retired: retired, Position: 1e7 + i})
	}
	return all
}
