package generator

import (
	"errors"
	"io/fs"
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
}

// Result is a site, and everything that is wrong with it. Where the
// diagnostics hold errors, Snapshot and Output are nil.
type Result struct {
	Snapshot    *derive.Snapshot
	Output      *output.Output
	Banner      string // the overall status in words, in the site's language
	Diagnostics diag.List
}

// ErrContent means that the diagnostics hold errors, and nothing was written.
var ErrContent = errors.New("the content has errors")

// Build makes the site of a content folder and publishes it into another. It
// holds that folder's lock before it reads, so that the newer of two builds
// has the newer content; waiting is called once if another build has it.
func Build(o Options, dir string, waiting func()) (*Result, publish.Report, error) {
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
	return result, report, err
}

// Check makes the site of a content folder up to its routes, and writes
// nothing. The error is for what is no fault of the content, such as a folder
// that is not there.
func Check(o Options) (*Result, error) {
	content, list, err := source.Read(o.Content)
	if err != nil {
		return &Result{}, err
	}
	result, list, err := assemble(content, list, o)
	result.Diagnostics = content.Excerpts(list.Sorted())
	return result, err
}

// assemble takes content through the floors, as far as its mistakes allow.
func assemble(content *source.Content, list diag.List, o Options) (*Result, diag.List, error) {
	options := check.Options{BaseURL: o.BaseURL, Now: o.Now, Pinned: o.Pinned, Drafts: o.Drafts}
	site, mistakes := check.Site(content, options)
	list.Add(mistakes...)
	if site == nil {
		return &Result{}, list, nil
	}
	theme, mistakes, err := loadTheme(site, o)
	if err != nil {
		return &Result{}, list, err
	}
	list.Add(mistakes...)
	if list.HasErrors() {
		return &Result{}, list, nil
	}
	snapshot := derive.Derive(site, check.Instant(site, options), clockTexts(theme.Catalog()))
	list.Add(check.Snapshot(snapshot)...)
	out, mistakes := render.Site(theme, snapshot, content.Static)
	list.Add(mistakes...)
	if list.HasErrors() {
		return &Result{}, list, nil
	}
	return &Result{Snapshot: snapshot, Output: out, Banner: verdict(snapshot, theme.Catalog())}, list, nil
}

// Rules lists every rule of every floor, by code.
func Rules() []*diag.Rule {
	rules := slices.Concat(source.Rules(), markdown.Rules(), check.Rules(), page.Rules(), render.Rules())
	slices.SortFunc(rules, func(a, b *diag.Rule) int { return strings.Compare(a.Code, b.Code) })
	return rules
}
