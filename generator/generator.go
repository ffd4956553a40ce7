package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/markdown"
	"allclear/generator/output"
	"allclear/generator/page"
	"allclear/generator/publish"
	"allclear/generator/render"
	"allclear/generator/review"
	"allclear/generator/source"
)

// Options say what to make a site of.
type Options struct {
	Content string    // the content folder; a site's own themes lie beside it, in themes/
	BaseURL string    // stands for site.yaml's url; "" keeps that
	Now     time.Time // the clock, or the instant that was chosen
	Pinned  bool      // it was chosen: what is later is not there yet, and no mistake
	Drafts  bool      // show drafts
	Theme   fs.FS     // the default theme, which a site's own overlays

	// Done, where it is not nil, is called at the end of each stage with its
	// name, for whoever wants to say where the time goes.
	Done func(stage string)
}

// done says that a stage has ended.
func (o Options) done(stage string) {
	if o.Done != nil {
		o.Done(stage)
	}
}

// Result is a site, and everything that is wrong with it. If the diagnostics
// have errors, Snapshot and Output are nil.
type Result struct {
	Snapshot    *derive.Snapshot
	Output      *output.Output
	Banner      string // the overall status in words, in the site's default language
	Diagnostics diag.List

	inputs sum         // a hash of the content
	theme  *page.Theme // that the output was made with
}

// Same reports whether two results have the same output, because it was made
// of the same content and theme for the same instant.
func (r *Result) Same(other *Result) bool {
	return r.Output != nil && other.Output != nil && r.inputs == other.inputs && r.theme == other.theme &&
		r.Snapshot.At.Equal(other.Snapshot.At) && r.Snapshot.Built.Equal(other.Snapshot.Built)
}

// ErrContent means that the diagnostics hold errors, and nothing was written.
var ErrContent = errors.New("the content has errors")

// Build makes the site of a content folder and publishes it into another. It
// holds that folder's lock before it reads, so that the newer of two builds
// has the newer content; waiting is called once if another build has it.
func Build(o Options, dir string, waiting func()) (*Result, publish.Report, error) {
	if inside(dir, o.Content) {
		return &Result{}, publish.Report{}, fmt.Errorf("the output folder %s lies in the content folder %s, from which the site is made; choose another --output", dir, o.Content)
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
	report, err := target.Publish(result.Output)
	o.done("write")
	return result, report, err
}

// inside reports whether a folder, which need not be there yet, is another or
// lies in it.
func inside(folder, other string) bool {
	relative, err := filepath.Rel(resolved(other), resolved(folder))
	return err == nil && filepath.IsLocal(relative)
}

// resolved is where a path leads once links on the way are followed, as far as
// it exists.
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

// Check makes the site of a content folder up to its routes, and writes
// nothing. The error is for what is not the content's fault, such as a missing
// folder.
func Check(o Options) (*Result, error) { return (&cache{}).build(o) }

// build takes a content folder through the floors: read and check each file,
// join them into a site, derive its snapshot, render its routes. Errors in the
// content end it early, but not before all of them are known.
func (c *cache) build(o Options) (*Result, error) {
	folder, list, err := source.Open(o.Content)
	if err != nil {
		*c = cache{}
		return &Result{}, err
	}
	defer folder.Close()
	result := &Result{}
	files, inputs, found := c.read(folder, o)
	list.Add(found...)
	o.done("read")
	if c.config != nil {
		found, err = c.make(result, files, folder.Static, list.HasErrors(), o)
		list.Add(found...)
	}
	result.inputs = inputs
	result.Diagnostics = folder.Excerpts(list.Sorted())
	if err != nil || result.Diagnostics.HasErrors() {
		result.Snapshot, result.Output = nil, nil
	}
	return result, err
}

// make fills in the result, as far as mistakes allow. faulty means that a file
// has errors already.
func (c *cache) make(r *Result, files []check.File, static []source.Static, faulty bool, o Options) (diag.List, error) {
	site, at, list := c.config.Join(files, static, o.Now)
	o.done("check")
	if faulty = faulty || list.HasErrors(); !faulty {
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
	r.theme, r.Banner = theme, verdict(r.Snapshot, theme.Catalog())
	r.Output, found = render.Site(theme, r.Snapshot, static)
	list.Add(found...)
	o.done("lay out")
	return list, nil
}

// Rules lists every rule of every floor, by code.
func Rules() []*diag.Rule {
	rules := slices.Concat(source.Rules(), markdown.Rules(), check.Rules(), review.Rules(), page.Rules(), render.Rules())
	slices.SortFunc(rules, func(a, b *diag.Rule) int { return strings.Compare(a.Code, b.Code) })
	return rules
}
