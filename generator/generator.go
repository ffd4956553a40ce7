package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"allclear/generator/active"
	"allclear/generator/check"
	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/guard"
	"allclear/generator/markdown"
	"allclear/generator/output"
	"allclear/generator/page"
	"allclear/generator/prose"
	"allclear/generator/provenance"
	"allclear/generator/publish"
	"allclear/generator/render"
	"allclear/generator/review"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Options say what to build a site from.
type Options struct {
	Content string    // the content folder; a site's own themes are beside it, in themes/
	BaseURL string    // replaces url in site.yaml, unless it is ""
	Now     time.Time // the current time, or the instant that the user chose
	Pinned  bool      // the user chose it: later updates are left out, and are no error
	Drafts  bool      // show drafts
	Theme   fs.FS     // the default theme, which a site's own theme overlays
	Sync    bool      // a build waits until its files are on the disk, see [publish.Target]
	Git     bool      // ask git when updates were published, if site.yaml says so

	// Done, unless it is nil, is called at the end of each stage: read, check,
	// date, derive, theme, lay out, write.
	Done func(stage string)

	changes   source.Changes    // to files of the content folder; see [Session.Try]
	histories *provenance.Cache // of a session; else nil
}

func (o Options) done(stage string) {
	if o.Done != nil {
		o.Done(stage)
	}
}

// Result is a site and its diagnostics. If they have errors, Snapshot and Output
// are nil, and Site has only what could be read; it is nil if that is nothing.
type Result struct {
	Site        *status.Site
	At          time.Time // the instant for which the site is built: Options.Now, or a moment later
	Snapshot    *derive.Snapshot
	Output      *output.Output
	Banner      string   // the banner in the site's default language
	Files       []string // the Markdown files, by path below the content folder
	Diagnostics diag.List

	// Undated is why Options.Git could not tell when updates were published, so that
	// each counts as published when it happened; nil if it could.
	Undated error

	content sum    // a hash of all content files
	head    string // the commit by which updates are dated
	theme   *page.Theme
	config  *check.Config
	static  []source.Static
}

// Same reports whether two results have the same output, because they were built
// from the same content and theme for the same instant.
func (r *Result) Same(other *Result) bool {
	return r.Output != nil && other.Output != nil && r.content == other.content && r.head == other.head && r.theme == other.theme &&
		r.Snapshot.At.Equal(other.Snapshot.At) && r.Snapshot.Built.Equal(other.Snapshot.Built)
}

// ErrContent means that the diagnostics have errors, and that nothing was written.
var ErrContent = errors.New("the content has errors")

// Build builds the site of a content folder and publishes it into the output
// folder. It locks the output folder before it reads, so that the later of two
// builds has the newer content. waiting is called once if another build has the
// lock.
func Build(o Options, dir string, waiting func()) (*Result, publish.Report, error) {
	if inside(dir, o.Content) {
		return &Result{}, publish.Report{}, insideContent(dir, o.Content)
	}
	target, err := publish.Open(dir, waiting)
	if err != nil {
		return &Result{}, publish.Report{}, err
	}
	defer target.Close()
	result, err := Check(o)
	if err != nil {
		return result, publish.Report{}, err
	}
	if result.Diagnostics.HasErrors() {
		return result, publish.Report{}, ErrContent
	}
	target.Sync = o.Sync
	report, err := target.Publish(result.Output)
	o.done("write")
	if errors.Is(err, publish.ErrTooLarge) {
		err = ErrContent
		result.Diagnostics.Add(result.config.TooLarge())
	} else if largest, bytes := target.Largest(); !slices.ContainsFunc(result.static, func(s source.Static) bool { return s.Path == largest }) {
		result.Diagnostics.Add(result.config.CheckLargest(largest, bytes)...)
	}
	return result, report, err
}

func insideContent(dir, content string) error {
	return fmt.Errorf("the output folder %s is inside the content folder %s; choose another --output", dir, content)
}

// inside reports whether a folder, which may not exist yet, is another folder or
// inside it.
func inside(folder, other string) bool {
	relative, err := filepath.Rel(resolved(other), resolved(folder))
	return err == nil && filepath.IsLocal(relative)
}

// resolved is a path with its symlinks resolved, as far as it exists.
func resolved(name string) string {
	absolute, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if target, err := filepath.EvalSymlinks(absolute); err == nil {
		return target
	}
	if parent := filepath.Dir(absolute); parent != absolute {
		return filepath.Join(resolved(parent), filepath.Base(absolute))
	}
	return absolute
}

// Check builds the site of a content folder up to its routes, and writes nothing.
// The error is one outside the content, such as a missing folder.
func Check(o Options) (*Result, error) { return build(o, &cache{}) }

// build reads and checks each file of a content folder, joins them into a site,
// derives its snapshot and renders its routes. It stops at errors in the content,
// once all of them are found.
func build(o Options, c *cache) (*Result, error) {
	folder, list, err := source.OpenChanged(o.Content, o.changes)
	if err != nil {
		*c = cache{}
		return &Result{}, err
	}
	defer folder.Close()
	folder.Now = o.Now
	result := &Result{}
	for _, entry := range folder.Entries {
		result.Files = append(result.Files, entry.Path)
	}
	c.readConfig(folder, o, &list)
	history := startHistory(o, c)
	files, content, found := c.read(folder, o)
	list.Add(found...)
	o.done("read")
	if c.config != nil {
		found, err = result.assemble(c, files, folder.Static, history, list.HasErrors(), o)
		list.Add(found...)
	}
	if c.config != nil {
		list = c.config.Enabled(slices.Concat(list, c.config.CheckDisabled(Rules()), c.config.CheckComponents()), files)
	}
	result.content = content
	result.Diagnostics = folder.Excerpts(list.Sorted())
	if err != nil || result.Diagnostics.HasErrors() {
		result.Snapshot, result.Output = nil, nil
	}
	return result, err
}

// assemble fills in the result, as far as errors allow. faulty means that a file
// has an error.
func (r *Result) assemble(c *cache, files []check.File, static []source.Static, history *historyReader, faulty bool, o Options) (diag.List, error) {
	site, at, list := c.config.Join(files, static, o.Now)
	r.Site, r.At = site, at
	o.done("check")
	if faulty = faulty || list.HasErrors(); !faulty {
		if err := r.date(history, site, o); err != nil {
			return list, err
		}
		r.Snapshot = derive.Derive(site, at)
		list.Add(review.Snapshot(r.Snapshot)...)
	}
	o.done("derive")
	theme, found, err := c.loadTheme(site, o)
	list.Add(found...)
	o.done("theme")
	if err != nil || faulty || found.HasErrors() {
		return list, err
	}
	r.config, r.static = c.config, static
	r.theme, r.Banner = theme, bannerText(r.Snapshot, theme.Catalog())
	r.Output, found = render.Site(theme, r.Snapshot, static)
	list.Add(found...)
	list.Add(c.config.CheckFiles(len(r.Output.Routes))...)
	list.Add(render.References(r.Snapshot, r.Output)...)
	r.Output.MaxBytes = int64(site.Limits.OutputMB) * 1_000_000
	o.done("lay out")
	return list, nil
}

// Rules lists the rules of all packages, by code.
func Rules() []*diag.Rule {
	rules := slices.Concat(diag.OwnRules(), active.Rules(), source.Rules(), markdown.Rules(), check.Rules(), prose.Rules(), review.Rules(), page.Rules(), render.Rules(), guard.Rules())
	slices.SortFunc(rules, func(a, b *diag.Rule) int { return strings.Compare(a.Code, b.Code) })
	return rules
}

// Config reads the site.yaml of a content folder. It may have mistakes.
func Config(content string) (*check.Config, error) {
	folder, _, err := source.Open(content)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	if folder.Site == nil {
		return nil, fmt.Errorf("there is no site.yaml in %s", content)
	}
	doc, _ := folder.Read(*folder.Site)
	if doc == nil {
		return nil, fmt.Errorf("site.yaml can't be read; `allclear check` says why")
	}
	c, _ := check.ReadConfig(doc, check.Options{})
	return c, nil
}
