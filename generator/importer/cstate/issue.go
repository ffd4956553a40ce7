package cstate

import (
	"fmt"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/compose"
	"allclear/generator/diag"
	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/source"
	"allclear/generator/status"
)

// issue is one file of a cState site as an event.
type issue struct {
	importer.Event
	affected []string // as the file names components
	planned  bool     // its severity is maintenance
}

// knownKeys are the keys of an issue that are read, or that mean nothing here.
var knownKeys = []string{
	"title", "date", "resolved", "resolvedWhen", "resolved_on", "severity", "max_severity", "current_severity", "status",
	"affected", "affectedSystems", "section", "informational", "draft", "slug", "url", "aliases", "description", "summary",
	"pin", "pinned", "layout", "type", "lastmod", "publishDate", "expiryDate", "tags", "categories", "author", "weight", "automated", "id",
	"twitterFeed", "enableComments", "duration", "outputs", "keywords", "translationKey", "toc", "images",
}

// issue reads a file; nil if it is not an issue, or is left out.
func (c *cstate) issue(root *os.Root, name string) *issue {
	inFolder, atTop := inIssueFolder(name), path.Dir(name) == "."
	raw, err := readFile(root, name)
	if err != nil {
		c.report.LeaveOut(name, "%v", err)
		return nil
	}
	notes := &importer.Report{} // of a file that may be no issue
	f, line, err := parseHugo(name, raw, notes)
	if err != nil {
		if inFolder {
			c.report.LeaveOut(diag.Position{File: name, Line: line}.String(), "%v", err)
		}
		return nil
	}
	section := textOf(f.fields, "section")
	_, dated := f.field("date")
	switch {
	case section == "issue" || section == "maintenance":
	case !inFolder && !(atTop && dated):
		return nil // a page
	}
	for _, n := range notes.Notes {
		c.report.Add(n)
	}
	if c.foreign(name) {
		c.report.Note(name, "not imported: it is in another language (%s) than the site; only one language is imported", c.languageOf(name))
		return nil
	}
	return c.read(f)
}

func (c *cstate) read(f *hugoFile) *issue {
	c.correctKeys(f)
	i := &issue{Event: importer.Event{Event: &status.Event{}, Where: f.name}}
	if i.Title = textOf(f.fields, "title"); i.Title == "" {
		i.Title = strings.TrimSpace(strings.ReplaceAll(strings.TrimSuffix(path.Base(f.name), path.Ext(f.name)), "-", " "))
		c.report.Note(f.at(1), "it has no title: the words of its name are used")
	}
	date, line, ok := c.time(f, "date")
	if !ok {
		c.report.LeaveOut(f.at(max(line, 1)), "%s", c.noDate(f))
		return nil
	}
	i.ID = c.id(f)
	i.Draft = isTrue(textOf(f.fields, "draft"))
	c.addresses(f, i)
	c.severity(f, i)
	i.affected = c.affected(f)
	end := c.end(f, date)
	i.Kind = c.kind(f, i, date, end)
	c.timeline(f, i, date, end)
	i.HoldBack = slices.ContainsFunc(i.Updates, func(u status.Update) bool { return u.At.After(c.now) })
	c.count(i)
	return i
}

// count adds an issue to the sums, and notes when components that no settings
// declare were last named.
func (c *cstate) count(i *issue) {
	if i.Kind == status.Maintenance {
		c.report.Maintenances++
	} else {
		c.report.Incidents++
	}
	c.report.Updates += len(i.Updates)
	last := latest(i.Updates[len(i.Updates)-1].At, latest(i.Ended, i.ScheduledUntil))
	for _, name := range i.affected {
		key := strings.ToLower(name)
		if _, declared := c.systems[key]; declared {
			continue
		}
		if _, seen := c.undeclared[key]; !seen {
			c.names = append(c.names, name)
		}
		c.undeclared[key] = latest(c.undeclared[key], last)
	}
}

// resolve finds the components that the issue names.
func (i *issue) resolve(components *importer.Registry) {
	for _, name := range i.affected {
		c := components.Component(strings.ToLower(name))
		if c == nil || slices.ContainsFunc(i.Components, func(s status.Setting) bool { return s.Component == c }) {
			continue
		}
		setting := status.Setting{Component: c}
		if i.planned && i.Kind == status.Incident {
			setting.Status, setting.Set = status.UnderMaintenance, true
		}
		i.Components = append(i.Components, setting)
	}
	importer.SortSettings(i.Components)
}

// correctKeys gives misspelt keys their correct names.
func (c *cstate) correctKeys(f *hugoFile) {
	for n := range f.fields.Fields {
		field := &f.fields.Fields[n]
		if slices.ContainsFunc(knownKeys, func(k string) bool { return strings.EqualFold(k, field.Key) }) {
			continue
		}
		line := max(field.KeyAt.Line, 1)
		near := diag.Near(strings.ToLower(field.Key), []string{"title", "date", "resolved", "resolvedwhen", "severity", "affected", "section", "informational", "draft"})
		if _, there := f.field(near); near != "" && !there {
			c.report.Note(f.at(line), "the key %q is read as %s", markup.Short(field.Key), near)
			field.Key = near
			continue
		}
		c.report.Note(f.at(line), "the key %q is not imported", markup.Short(field.Key))
	}
}

// time reads the time of a key.
func (c *cstate) time(f *hugoFile, key string) (time.Time, int, bool) {
	field, ok := f.field(key)
	if !ok || field.Value.Kind != source.KindScalar || strings.TrimSpace(field.Value.Text) == "" {
		return time.Time{}, field.KeyAt.Line, false
	}
	at, ok := parseTime(field.Value.Text, c.zone)
	if !ok {
		return time.Time{}, field.KeyAt.Line, false
	}
	if at.zoneless {
		c.zoneless++
	}
	if at.dateOnly {
		c.report.Note(f.at(field.KeyAt.Line), "%s has no time of day: the first instant of that day is used, as cState does", key)
	}
	return at.Time, field.KeyAt.Line, true
}

func (c *cstate) noDate(f *hugoFile) string {
	field, ok := f.field("date")
	if !ok {
		return "it has no date"
	}
	return fmt.Sprintf("its date %q can't be read as a time", markup.Short(field.Value.Text))
}

// id makes a new id from the file's name.
func (c *cstate) id(f *hugoFile) string {
	base := path.Base(f.name)
	base = strings.TrimSuffix(base, path.Ext(base))
	if base == "index" { // a page that has a folder with other files
		base = path.Base(path.Dir(f.name))
	}
	made := compose.Slug(base, 72)
	if made == "" {
		made = compose.Slug(textOf(f.fields, "title"), 72)
	}
	if made == "" {
		made = "issue"
	}
	id := made
	for n := 2; c.taken[id] || !source.IsID(id); n++ {
		id = fmt.Sprintf("%s-%d", made, n)
	}
	c.taken[id] = true
	return id
}

// addresses keeps the old addresses of the issue.
func (c *cstate) addresses(f *hugoFile, i *issue) {
	old := c.address(f)
	olds := []string{old}
	aliases, _ := f.field("aliases")
	for _, v := range append(slices.Clone(aliases.Value.Items), aliases.Value) {
		if v.Kind != source.KindScalar || v.Text == "" {
			continue
		}
		alias := markup.OneLine(v.Text)
		if !strings.HasPrefix(alias, "/") { // next to the issue
			alias = path.Join(path.Dir(strings.TrimSuffix(old, "/")), alias)
		}
		olds = append(olds, alias)
	}
	for _, a := range olds {
		alias := status.Alias{Path: a}
		switch {
		case slices.Contains(i.Aliases, alias):
		case check.IsAlias(a):
			i.Aliases = append(i.Aliases, alias)
		default:
			c.report.Note(f.at(1), "its old address %q can't be an alias: an alias has letters, digits and . _ ~ - between slashes", markup.Short(a))
		}
	}
}

// address is the path that Hugo makes for a file,
// https://gohugo.io/content-management/urls/.
func (c *cstate) address(f *hugoFile) string {
	if word := textOf(f.fields, "url"); word != "" {
		return "/" + strings.TrimLeft(word, "/")
	}
	old := strings.TrimSuffix(f.name, path.Ext(f.name))
	if _, below, ok := strings.Cut("/"+old, "/content/"); ok {
		old = below
	}
	old = strings.TrimSuffix(old, "/index")
	if language := c.languageOf(f.name); language != "" {
		old = strings.TrimSuffix(strings.TrimPrefix(old, language+"/"), "."+language)
	}
	old = strings.TrimPrefix(old, "default/")
	if word := textOf(f.fields, "slug"); word != "" {
		old = path.Join(path.Dir(old), word)
	}
	old = "/" + strings.Trim(urlize(old), "/")
	if c.flat {
		return old + ".html"
	}
	return old + "/"
}

// severities are cState's, netlify-statuskit's and ClearStatus's words.
var severities = map[string]status.Severity{
	"down": status.Critical, "disrupted": status.Major, "notice": status.Minor, "ok": status.None, "none": status.None, "monitoring": status.Minor,
	"major-outage": status.Critical, "partial-outage": status.Major, "degraded-performance": status.Minor,
	"maintenance": status.None, "under-maintenance": status.None,
}

func (c *cstate) severity(f *hugoFile, i *issue) {
	i.SeverityStated = true
	field, ok := f.field("severity")
	if !ok {
		field, ok = f.field("max_severity")
	}
	word := strings.NewReplacer(" ", "-", "_", "-").Replace(strings.ToLower(markup.OneLine(field.Value.Text)))
	known, found := severities[word]
	informational := isTrue(textOf(f.fields, "informational"))
	switch {
	case found && !informational:
		i.Severity = known
	case informational:
	case !ok || word == "":
		c.report.Note(f.at(1), "it has no severity: none is used")
	default:
		words := []string{"down", "disrupted", "notice", "maintenance", "major-outage", "partial-outage", "degraded-performance", "under-maintenance"}
		if near := diag.Near(word, words); near != "" {
			c.report.Note(f.at(field.KeyAt.Line), "the severity %q is read as %s", markup.Short(field.Value.Text), near)
			i.Severity, word = severities[near], near
		} else {
			c.report.Note(f.at(field.KeyAt.Line), "the severity %q is unknown: none is used", markup.Short(field.Value.Text))
		}
	}
	i.planned = strings.HasSuffix(word, "maintenance")
}

// affected lists the names of components, each as the settings spell it.
func (c *cstate) affected(f *hugoFile) []string {
	field, ok := f.field("affected")
	if !ok {
		field, ok = f.field("affectedSystems")
	}
	values := field.Value.Items
	if ok && field.Value.Kind == source.KindScalar {
		values = []source.Value{field.Value}
	}
	var names []string
	for _, v := range values {
		name := markup.OneLine(v.Text)
		if v.Kind != source.KindScalar || name == "" {
			continue
		}
		if declared, ok := c.systems[strings.ToLower(name)]; ok {
			name = declared.Name
		}
		if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			names = append(names, name)
		}
	}
	return names
}

// ending is whether and when an issue was over.
type ending struct {
	over  bool
	at    time.Time // zero if it is unknown
	noted bool      // the report has a note that it is unknown
}

// end reads when an issue was over, and resolves contradictions.
func (c *cstate) end(f *hugoFile, date time.Time) ending {
	key := "resolvedWhen"
	if _, ok := f.field(key); !ok {
		key = "resolved_on"
	}
	at, line, known := c.time(f, key)
	field, has := f.field("resolved")
	word, says := markup.OneLine(field.Value.Text), "resolved: "+markup.Short(field.Value.Text)
	if s := strings.ToLower(textOf(f.fields, "status")); !has && s != "" {
		field, has = f.field("status")
		word, says = fmt.Sprint(s == "resolved"), "status: "+markup.Short(s)
	}
	written, ok := f.field(key)
	if ok && !known && written.Value.Kind == source.KindScalar && strings.TrimSpace(written.Value.Text) != "" {
		c.report.Note(f.at(line), "its %s %q can't be read as a time", key, markup.Short(written.Value.Text))
	}
	if !known && has {
		// resolved: 2018-06-13 17:30:00
		if t, isTime := parseTime(word, c.zone); isTime {
			at, known, word = t.Time, true, "true"
			c.report.Note(f.at(field.KeyAt.Line), "resolved has a time: it is read as resolvedWhen")
		}
	}
	e := ending{over: isTrue(word)}
	if known && at.Before(date) {
		c.report.Note(f.at(line), "its end, %s, is before its start, %s: its last known time is used as its end", importer.Stamp(at), importer.Stamp(date))
		at, known, e.noted = time.Time{}, false, true
	}
	switch {
	case known && !e.over && !at.After(c.now):
		if has {
			c.report.Note(f.at(max(field.KeyAt.Line, 1)), "it says %s, but also that it was over at %s: it is imported as over from then on", says, importer.Stamp(at))
		}
		e.over = true
	case !e.over && !has && !known:
		c.report.Note(f.at(1), "it does not say whether it is resolved: it is imported as over at its last known time, as in cState")
		e.over, e.noted = true, true
	}
	if known {
		e.at = at
	}
	return e
}

var plannedWords = regexp.MustCompile(`(?i)\b(maintenance|scheduled|planned|wartung)\b`)

// kind is maintenance if the file says that it was planned and has its window.
func (c *cstate) kind(f *hugoFile, i *issue, date time.Time, end ending) status.Kind {
	planned := i.planned || textOf(f.fields, "section") == "maintenance" ||
		isTrue(textOf(f.fields, "informational")) && plannedWords.MatchString(i.Title)
	if planned && end.at.After(date) {
		return status.Maintenance
	}
	return status.Incident
}
