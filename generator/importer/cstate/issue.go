package cstate

import (
	"errors"
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

// issue is one page of a cState site as an event, or as an announcement.
type issue struct {
	importer.Event
	affected     []string             // as the file names components
	planned      bool                 // its severity is maintenance
	announcement *status.Announcement // in place of an event; else nil
}

// knownKeys are the keys of an issue that are read, or that mean nothing here.
var knownKeys = []string{
	"title", "date", "resolved", "resolvedWhen", "resolved_on", "severity", "max_severity", "current_severity", "status",
	"affected", "affectedSystems", "section", "informational", "draft", "slug", "url", "aliases", "description", "summary",
	"pin", "pinned", "layout", "type", "lastmod", "publishDate", "expiryDate", "tags", "categories", "author", "weight", "automated", "id",
	"twitterFeed", "enableComments", "duration", "outputs", "keywords", "translationKey", "toc", "images",
	"published", "pubdate", "modified", "unpublishdate", "headless", "build", "_build", "linkTitle", "markup", "cascade", "sitemap", "params",
}

// candidate reads a page that may be an issue; nil if it is none, or is left out.
func (c *cstate) candidate(p page) *hugoFile {
	raw, err := readFile(c.root, p.file)
	if err != nil {
		if inIssueFolder(p.path) {
			c.report.LeaveOut(p.file, "%v", err)
		}
		return nil
	}
	f, line, err := parseHugo(p, raw)
	switch {
	case errors.Is(err, errNoFrontMatter) && strings.ToUpper(path.Base(p.path)) == path.Base(p.path):
		return nil // README.md
	case err != nil && inIssueFolder(p.path):
		c.report.LeaveOut(diag.Position{File: p.file, Line: line}.String(), "%v", err)
		return nil
	case err != nil || !c.isIssue(f):
		return nil
	}
	c.correctKeys(f)
	c.prepare(f)
	ok := false
	f.date, ok = c.readDate(f)
	switch {
	case !ok:
		c.report.LeaveOut(f.at(1), "it has no time at all")
		return nil
	case !c.isPublished(f, f.date):
		return nil
	}
	return f
}

// issueKeys are keys that no other page has.
var issueKeys = []string{"resolved", "resolvedWhen", "resolved_on", "severity", "max_severity", "affected", "affectedSystems", "informational", "date"}

// isIssue reports whether a page says that it is an issue, or is in a folder of
// issues and has what an issue has.
func (c *cstate) isIssue(f *hugoFile) bool {
	inFolder := inIssueFolder(f.path) || c.roots[0].folder == "."
	return f.saysIssue() || inFolder && slices.ContainsFunc(issueKeys, func(key string) bool {
		_, ok := f.field(key)
		return ok
	})
}

// saysIssue reports whether a page says that it is an issue, as cState needs it.
func (f *hugoFile) saysIssue() bool {
	section := strings.ToLower(textOf(f.fields, "section"))
	return section == "issue" || section == "maintenance"
}

func (c *cstate) read(f *hugoFile, date time.Time) *issue {
	i := &issue{Event: importer.Event{Event: &status.Event{}, Where: f.file}}
	if i.Title = textOf(f.fields, "title"); i.Title == "" {
		i.Title = strings.TrimSpace(strings.ReplaceAll(path.Base(f.path), "-", " "))
		c.report.Note(f.at(1), "it has no title: the words of its name are used")
	}
	i.ID = c.id(f)
	i.Aliases = c.addresses(f, date)
	c.severity(f, i)
	i.affected = c.affected(f)
	end := c.end(f, date)
	i.Kind = c.kind(f, i, date, end)
	if i.Kind == status.Incident && isAnnouncement(f) {
		c.announce(f, i, date, end)
		return i
	}
	c.timeline(f, i, date, end)
	i.HoldBack = slices.ContainsFunc(i.Updates, func(u status.Update) bool { return u.At.After(c.now) })
	c.count(i)
	return i
}

// count adds an issue to the sums, and the names of components that no settings
// declare to those that only issues name.
func (c *cstate) count(i *issue) {
	if i.Kind == status.Maintenance {
		c.report.Maintenances++
	} else {
		c.report.Incidents++
	}
	c.report.Updates += len(i.Updates)
	for _, name := range i.affected {
		key := strings.ToLower(name)
		if _, declared := c.systems[key]; !declared && !slices.ContainsFunc(c.names, func(n string) bool { return strings.EqualFold(n, name) }) {
			c.names = append(c.names, name)
		}
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
		if strings.HasPrefix(field.Key, "<!--") {
			f.notes.Note(f.at(field.KeyAt.Line), "the key %q is in a comment of HTML, and is not imported", markup.Short(field.Key))
			continue
		}
		near := diag.Near(strings.ToLower(field.Key), []string{"title", "date", "resolved", "resolvedwhen", "severity", "affected", "section", "informational", "draft"})
		if _, there := f.field(near); near != "" && !there {
			f.notes.Note(f.at(field.KeyAt.Line), "the key %q is read as %s", markup.Short(field.Key), near)
			field.Key = near
			continue
		}
		f.notes.Note(f.at(field.KeyAt.Line), "the key %q is not imported", markup.Short(field.Key))
	}
}

// id makes a new id from the file's name. A date in it that is far from the
// issue's own is of another issue, from which the file was copied.
func (c *cstate) id(f *hugoFile) string {
	const most = 72
	made := compose.Slug(path.Base(f.path), most)
	if m := nameWithDate.FindStringSubmatch(made); m != nil {
		named, err := time.Parse(time.DateOnly, m[1])
		if err == nil && named.Sub(f.date).Abs() > 30*24*time.Hour {
			made = f.date.In(c.zone).Format(time.DateOnly) + m[2]
		}
	}
	if made == "" {
		made = compose.Slug(textOf(f.fields, "title"), most)
	}
	if made == "" {
		made = "issue"
	}
	id := compose.Numbered(made, func(id string) bool { return c.taken[id] || !source.IsID(id) })
	c.taken[id] = true
	return id
}

var nameWithDate = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)(-.*|$)`)

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
	switch {
	case found:
		i.Severity = known
	case !ok || word == "":
		if !isTrue(textOf(f.fields, "informational")) {
			c.report.Note(f.at(1), "it has no severity: none is used")
		}
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
