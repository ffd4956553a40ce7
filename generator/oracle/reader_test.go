package oracle

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// readContent reads a content folder whose every file is right: the oracle
// judges what the program makes of content, not how it refuses it.
func readContent(files map[string]string) (*Content, error) {
	c, err := readSite(files["site.yaml"])
	if err != nil {
		return nil, fmt.Errorf("site.yaml: %w", err)
	}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	var translations []string
	for _, name := range names {
		kind, _, _ := strings.Cut(name, "/")
		base := strings.TrimSuffix(path.Base(name), ".md")
		if path.Ext(name) != ".md" || kind == "static" {
			continue
		}
		if strings.Contains(base, ".") {
			translations = append(translations, name)
			continue
		}
		if err := c.readDocument(kind, name, base, files[name]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, name := range translations {
		if err := c.readTranslation(name, files[name]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return c, nil
}

func (c *Content) readDocument(kind, name, base, text string) error {
	front, body, err := splitFront(text)
	if err != nil {
		return err
	}
	if kind == "announcements" {
		a := &Announcement{ID: base, Title: front.text("title"), Text: strings.TrimSpace(body)}
		a.From, a.Until = front.moment("from"), front.moment("until")
		c.Announcements = append(c.Announcements, a)
		return front.err
	}
	e := &Event{
		Maintenance: kind == "maintenance", ID: base, Title: front.text("title"), APIID: front.text("api_id"),
		Severity: front.text("severity"), Started: front.moment("started"), Ended: front.moment("ended"),
		From: front.moment("scheduled_for"), Until: front.moment("scheduled_until"),
		Draft: front.text("draft") == "true", Held: front.text("publish") == "scheduled",
		Related: front.list("related"), Aliases: front.list("aliases"),
	}
	if folder := path.Dir(strings.TrimPrefix(name, kind+"/")); folder != "." {
		e.Folder = folder + "/"
	}
	e.Components = front.settings()
	if e.Updates, err = readUpdates(front, body, e.Maintenance); err != nil {
		return err
	}
	c.Events = append(c.Events, e)
	return front.err
}

func (c *Content) readTranslation(name, text string) error {
	base, language, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".md"), ".")
	i := slices.IndexFunc(c.Events, func(e *Event) bool { return e.ID == base })
	if i < 0 {
		return nil // of an announcement
	}
	e := c.Events[i]
	front, body, err := splitFront(text)
	if err != nil {
		return err
	}
	translation := &Translation{Title: front.text("title"), Texts: map[int]string{}}
	for _, s := range sections(body) {
		u := Update{}
		if s.heading != "" {
			if u, err = readHeading(s.heading); err != nil {
				return err
			}
		}
		for j, original := range e.Updates {
			leading := s.heading == "" && j == 0
			same := s.heading != "" && u.Status == original.Status && (u.At.Equal(original.At) || u.At.IsZero() && original.Front)
			if leading || same {
				translation.Texts[j] = s.text
				break
			}
		}
	}
	if e.Translations == nil {
		e.Translations = map[string]*Translation{}
	}
	e.Translations[language] = translation
	return nil
}

// section is a part of a body: an update's heading without the ##, and what
// is below it.
type section struct{ heading, text string }

func sections(body string) []section {
	var found []section
	current := section{}
	var lines []string
	fenced := false
	end := func() {
		if current.text = strings.TrimSpace(strings.Join(lines, "\n")); current.heading != "" || current.text != "" {
			found = append(found, current)
		}
		lines = nil
	}
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if heading, ok := strings.CutPrefix(line, "## "); ok && !fenced {
			end()
			current = section{heading: strings.TrimSpace(heading)}
			continue
		}
		lines = append(lines, line)
	}
	end()
	return found
}

var (
	attributesForm = regexp.MustCompile(`\{([^}]*)\}\s*$`)
	attributeForm  = regexp.MustCompile(`#([A-Za-z0-9_-]+)|([a-z][a-z0-9-]*)=(?:"([^"]*)"|([^\s"]+))`)
	momentForm     = regexp.MustCompile(`\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?(?:\.\d+)? ?(?:UTC|Z|[+-]\d\d:\d\d)`)
	wordForm       = regexp.MustCompile(`[A-Za-z]+`)
)

func readHeading(heading string) (Update, error) {
	var u Update
	if m := attributesForm.FindStringSubmatch(heading); m != nil {
		heading = strings.TrimSuffix(heading, m[0])
		for _, a := range attributeForm.FindAllStringSubmatch(m[1], -1) {
			if err := u.setAttribute(a[1], a[2], a[3]+a[4]); err != nil {
				return u, err
			}
		}
	}
	if at := momentForm.FindString(heading); at != "" {
		var err error
		if u.At, err = readMoment(at); err != nil {
			return u, err
		}
		heading = strings.Replace(heading, at, "", 1)
	}
	u.Status = strings.ToLower(strings.Join(wordForm.FindAllString(heading, -1), "_"))
	return u, nil
}

func (u *Update) setAttribute(id, name, value string) (err error) {
	switch {
	case id != "":
		u.ID = id
	case name == "severity":
		u.Severity = value
	case name == "from":
		u.From, err = readMoment(value)
	case name == "until":
		u.Until, err = readMoment(value)
	case name == "next":
		u.Next = value
	case name == "corrects":
		u.Corrects = value
	default:
		u.Settings = append(u.Settings, Setting{name, value})
	}
	return err
}

func readMoment(text string) (time.Time, error) {
	for _, layout := range []string{
		time.RFC3339, "2006-01-02 15:04 Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04Z07:00", "2006-01-02 15:04:05Z07:00",
	} {
		if t, err := time.Parse(layout, strings.Replace(text, "UTC", "Z", 1)); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no timestamp", text)
}

var eventStatuses = map[bool][]string{
	false: {"investigating", "identified", "monitoring", "resolved", "postmortem"},
	true:  {"scheduled", "in_progress", "verifying", "completed", "cancelled"},
}

// readUpdates joins the front matter's statuses with the body's sections, in
// the order of their time.
func readUpdates(front *frontMatter, body string, maintenance bool) ([]Update, error) {
	var updates []Update
	for _, status := range eventStatuses[maintenance] {
		if at := front.moment(status); !at.IsZero() {
			updates = append(updates, Update{At: at, Status: status, Front: true})
		}
	}
	byTime := func(a, b Update) int { return a.At.Compare(b.At) }
	slices.SortStableFunc(updates, byTime)
	fronts := len(updates)
	var rest []Update
	for _, s := range sections(body) {
		if s.heading == "" {
			if fronts == 0 {
				return nil, fmt.Errorf("text before the first heading belongs to no status")
			}
			updates[0].Text = s.text
			continue
		}
		u, err := readHeading(s.heading)
		if err != nil {
			return nil, err
		}
		u.Text = s.text
		i := slices.IndexFunc(updates[:fronts], func(f Update) bool {
			return f.Status == u.Status && (u.At.IsZero() || u.At.Equal(f.At))
		})
		if i < 0 {
			rest = append(rest, u)
			continue
		}
		u.At, u.Front = updates[i].At, true
		updates[i] = Update{} // it stands where its section stands
		rest = append(rest, u)
	}
	updates = slices.DeleteFunc(updates, func(u Update) bool { return u.At.IsZero() })
	updates = append(updates, rest...)
	slices.SortStableFunc(updates, byTime)
	return updates, front.err
}

// frontMatter is the keys of a file. err is the first value that can't be read.
type frontMatter struct {
	nodes map[string]yaml.Node
	err   error
}

func splitFront(text string) (*frontMatter, string, error) {
	rest, ok := strings.CutPrefix(text, "---\n")
	head, body, found := strings.Cut(rest, "\n---\n")
	if !ok || !found {
		return nil, "", fmt.Errorf("no front matter")
	}
	front := &frontMatter{}
	return front, body, yaml.Unmarshal([]byte(head), &front.nodes)
}

func (f *frontMatter) text(key string) string {
	node := f.nodes[key]
	return node.Value
}

func (f *frontMatter) moment(key string) time.Time {
	text := f.text(key)
	if text == "" {
		return time.Time{}
	}
	t, err := readMoment(text)
	if err != nil && f.err == nil {
		f.err = err
	}
	return t
}

func (f *frontMatter) list(key string) []string {
	node := f.nodes[key]
	if node.Kind == yaml.ScalarNode {
		return []string{node.Value}
	}
	var values []string
	for _, item := range node.Content {
		values = append(values, item.Value)
	}
	return values
}

func (f *frontMatter) settings() []Setting {
	var settings []Setting
	for _, key := range []string{"component", "components"} {
		node := f.nodes[key]
		if node.Kind == yaml.MappingNode {
			for i := 0; i+1 < len(node.Content); i += 2 {
				settings = append(settings, Setting{node.Content[i].Value, node.Content[i+1].Value})
			}
			continue
		}
		for _, id := range f.list(key) {
			settings = append(settings, Setting{id, ""})
		}
	}
	return settings
}

// siteFile is site.yaml as far as the oracle reads it.
type siteFile struct {
	Title       yaml.Node `yaml:"title"`
	URL         string    `yaml:"url"`
	Timezone    string    `yaml:"timezone"`
	Language    string    `yaml:"language"`
	Languages   []string  `yaml:"languages"`
	HistoryDays *int      `yaml:"history_days"`
	Social      bool      `yaml:"social_images"`
	Uptime      struct {
		Days    *int     `yaml:"days"`
		Partial *float64 `yaml:"partial_outage"`
		Major   *float64 `yaml:"major_outage"`
	} `yaml:"uptime"`
	Components []componentFile `yaml:"components"`
}

type componentFile struct {
	ID          string          `yaml:"id"`
	Name        yaml.Node       `yaml:"name"`
	APIID       string          `yaml:"api_id"`
	Start       yaml.Node       `yaml:"start_date"`
	Retired     yaml.Node       `yaml:"retired"`
	Aliases     []string        `yaml:"aliases"`
	Description yaml.Node       `yaml:"description"`
	Group       yaml.Node       `yaml:"group"`
	Components  []componentFile `yaml:"components"`
}

// localized is a text, or a map of texts by language: the English one, and
// the others.
func localized(node yaml.Node) (string, map[string]string) {
	if node.Kind != yaml.MappingNode {
		return node.Value, nil
	}
	texts := map[string]string{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		texts[node.Content[i].Value] = node.Content[i+1].Value
	}
	usual := texts["en"]
	delete(texts, "en")
	return usual, texts
}

func readSite(text string) (*Content, error) {
	var s siteFile
	if err := yaml.Unmarshal([]byte(text), &s); err != nil {
		return nil, err
	}
	value := func(p *float64, usual float64) float64 {
		if p == nil {
			return usual
		}
		return *p
	}
	number := func(p *int, usual int) int {
		if p == nil {
			return usual
		}
		return *p
	}
	c := &Content{
		URL: strings.TrimSuffix(s.URL, "/"), Languages: s.Languages, Social: s.Social,
		HistoryDays: number(s.HistoryDays, 14), UptimeDays: number(s.Uptime.Days, 90),
		Partial: value(s.Uptime.Partial, 0.3), Major: value(s.Uptime.Major, 1),
	}
	c.Title, _ = localized(s.Title)
	if len(c.Languages) == 0 {
		c.Languages = []string{s.Language}
	}
	if c.Languages[0] == "" {
		c.Languages[0] = "en"
	}
	if s.Timezone == "" {
		s.Timezone = "Etc/UTC"
	}
	var err error
	if c.Zone, err = time.LoadLocation(s.Timezone); err != nil {
		return nil, err
	}
	for _, item := range s.Components {
		if group, _ := localized(item.Group); group != "" {
			for _, member := range item.Components {
				c.Components = append(c.Components, member.component(group))
			}
			continue
		}
		c.Components = append(c.Components, item.component(""))
	}
	return c, nil
}

func (f componentFile) component(group string) *Component {
	c := &Component{
		ID: f.ID, APIID: f.APIID, Group: group, Start: f.Start.Value, Retired: f.Retired.Value, Aliases: f.Aliases,
		Descriptions: f.Description.Kind != 0,
	}
	c.Name, c.Translated = localized(f.Name)
	return c
}

// readFolder reads the files of a content folder from a disk.
func readFolder(dir fs.FS) (map[string]string, error) {
	files := map[string]string{}
	err := fs.WalkDir(dir, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(dir, name)
		files[name] = string(text)
		return err
	})
	return files, err
}
