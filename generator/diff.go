package generator

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"allclear/generator/compare"
	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/git"
	"allclear/generator/guard"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Base is a site to compare with, as its content was, or as it is published.
type Base struct {
	Name   string  // of the commit, folder or site, for people
	Result *Result // nil if nothing was public, and of a published site

	published *compare.Side
	folder    string // the content folder that Result was read from
	close     func() error
}

// Empty reports whether nothing was public.
func (b *Base) Empty() bool { return b.Result == nil && b.published == nil }

// Close removes what was written to read the base. Its result can't be compared
// afterwards, since static files are read when they are needed.
func (b *Base) Close() error { return b.close() }

// GitBase checks the content of the merge base of a commit and HEAD, for the same
// instant and address as o, until it is closed. An empty name is the default
// branch, and in a repository without a commit nothing was public. The errors are
// those of package git.
func GitBase(ctx context.Context, o Options, name string) (*Base, error) {
	repository, err := git.Open(ctx, o.Content)
	if err != nil {
		return nil, err
	}
	if name == "" && repository.Head(ctx) == "" {
		return &Base{Name: "a repository without a commit", close: func() error { return nil }}, nil
	}
	commit, name, err := repository.MergeBase(ctx, name)
	if err != nil {
		return nil, err
	}
	parent, err := os.MkdirTemp("", "allclear-base-")
	if err != nil {
		return nil, err
	}
	base := &Base{
		Name:   name + " (" + repository.Short(ctx, commit) + ")",
		folder: filepath.Join(parent, "content"),
		close:  func() error { return os.RemoveAll(parent) },
	}
	if base.Result, err = checkCommit(ctx, o, repository, commit, base.folder); err != nil {
		return nil, errors.Join(err, base.Close())
	}
	return base, nil
}

// checkCommit checks the content and themes of a commit, which it writes into a
// folder and beside it. The result is nil if the commit has no site.yaml.
func checkCommit(ctx context.Context, o Options, repository *git.Repository, commit, content string) (*Result, error) {
	files, err := repository.Files(ctx, commit, ".", "../"+ThemesFolder)
	if err != nil {
		return nil, err
	}
	found := false
	err = repository.Read(ctx, files, func(f git.File, data []byte) error {
		found = found || f.Path == "site.yaml"
		return writeBelow(content, f.Path, data)
	})
	if err != nil || !found {
		return nil, err
	}
	o.Content, o.Done = content, nil
	return Check(o)
}

// FolderBase checks another content folder.
func FolderBase(o Options, folder string) (*Base, error) {
	o.Content, o.Done = folder, nil
	result, err := Check(o)
	return &Base{Name: folder, Result: result, folder: path.Clean(filepath.ToSlash(folder)), close: func() error { return nil }}, err
}

// Against adds to the diagnostics of a result what would break for those who keep
// addresses and ids of the base. Neither has errors before.
func (r *Result) Against(base *Base, o Options) error {
	if base.Result == nil {
		return nil
	}
	name := func(file string) string { return base.name(file, o.Content) }
	list := append(r.Diagnostics, guard.Against(base.Result.Snapshot, r.Snapshot, o.Now, name)...)
	folder, _, err := source.Open(o.Content)
	if err != nil {
		return err
	}
	defer folder.Close()
	r.Diagnostics = folder.Excerpts(list.Sorted())
	return nil
}

// name is the name that a file of the base has in another content folder.
func (b *Base) name(file, content string) string { return renamed(file, b.folder, content) }

// renamed is the name that a file of one content folder has in another one.
func renamed(file, from, to string) string {
	if below, ok := strings.CutPrefix(file, filepath.ToSlash(from)); ok {
		return path.Clean(filepath.ToSlash(to)) + below
	}
	return file
}

// Diff compares what a base and a result without errors publish.
func Diff(base *Base, after *Result, o Options) (*compare.Report, error) {
	var before *compare.Side
	var err error
	if base.Result != nil {
		if before, err = base.Result.side(base.folder); err != nil {
			return nil, err
		}
	}
	current, err := after.side(o.Content)
	if err != nil {
		return nil, err
	}
	if base.published != nil {
		before = base.published
		if current, err = comparable(current, before); err != nil {
			return nil, err
		}
	}
	return compare.Sides(before, current, o.Now)
}

// side is what a result without errors publishes. It was read from a folder.
func (r *Result) side(content string) (*compare.Side, error) {
	look, err := lookOf(content, r.Site)
	if err != nil {
		return nil, err
	}
	side := &compare.Side{Redirects: map[string]string{}, Announcements: map[string]compare.Announcement{}, Withdrawn: map[string]bool{}, Versions: map[string]string{}, Look: look}
	routes := map[string]int{}
	for i, route := range r.Output.Routes {
		routes[route.Path] = i
		side.Paths = append(side.Paths, route.Path)
		side.Versions[route.Path] = route.Version
	}
	for _, redirect := range r.Output.Redirects {
		side.Redirects[redirect.From] = redirect.To
	}
	for _, w := range r.Site.Withdrawn {
		side.Withdrawn[w.ID] = true
	}
	if len(r.Site.Languages) > 1 {
		side.Languages = r.Site.Languages[1:]
	}
	side.Coming = coming(r.Site, r.At)
	side.Translations = translations(r.Snapshot, side.Languages)
	for _, a := range r.Snapshot.Announcements {
		announcement := compare.Announcement{Title: a.Title, Text: a.Text.Plain, In: map[string]compare.Announcement{}}
		for _, tag := range side.Languages {
			announcement.In[tag] = compare.Announcement{Title: a.Titles[tag].Text, Text: a.Texts[tag].Plain}
		}
		side.Announcements[a.ID] = announcement
	}
	side.Read = func(name string) ([]byte, error) {
		i, found := routes[name]
		if !found {
			return nil, fs.ErrNotExist
		}
		var b bytes.Buffer
		w := bufio.NewWriter(&b)
		err := errors.Join(r.Output.Routes[i].Write(w), w.Flush())
		return b.Bytes(), err
	}
	return side, nil
}

// coming are the updates and announcements that are written and dated later.
func coming(s *status.Site, at time.Time) map[string]compare.Coming {
	all := map[string]compare.Coming{}
	for _, e := range s.Events {
		for _, u := range e.Updates {
			if !e.Draft && u.At.After(at) {
				all["update "+e.Code()+" "+u.ID] = compare.Coming{Name: e.Title + ", " + u.Status.String(), At: u.At.Format(time.RFC3339), Text: u.Text.Plain}
			}
		}
	}
	for _, a := range s.Announcements {
		if !a.Draft && a.From.After(at) {
			all["announcement "+a.ID] = compare.Coming{Name: a.Title, At: a.From.Format(time.RFC3339), Text: a.Text.Plain}
		}
	}
	return all
}

// translations are the events in further languages, as far as they are translated.
func translations(s *derive.Snapshot, languages []string) map[string]map[string]compare.Wording {
	all := map[string]map[string]compare.Wording{}
	for _, tag := range languages {
		all[tag] = map[string]compare.Wording{}
		for _, e := range s.Events {
			wording := compare.Wording{Title: e.Titles[tag].Text, Texts: map[string]string{}}
			for _, u := range e.Updates {
				if text, ok := u.Texts[tag]; ok {
					wording.Texts[u.ID] = text.Plain
				}
			}
			all[tag][e.Code()] = wording
		}
	}
	return all
}

// Without lists the diagnostics that the base does not have too, at whatever line.
func (b *Base) Without(list diag.List, content string) diag.List {
	if b.Result == nil {
		return list
	}
	type finding struct {
		file, message string
		rule          *diag.Rule
	}
	had := map[finding]int{}
	for _, d := range b.Result.Diagnostics {
		had[finding{b.name(d.Position.File, content), d.Message, d.Rule}]++
	}
	return slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool {
		key := finding{d.Position.File, d.Message, d.Rule}
		had[key]--
		return had[key] >= 0
	})
}

// Errors are the diagnostics of a base that can't be built, else nil. Its files
// have the names that they have in a content folder.
func (b *Base) Errors(content string) diag.List {
	if b.Result == nil || !b.Result.Diagnostics.HasErrors() {
		return nil
	}
	list := slices.Clone(b.Result.Diagnostics)
	for i := range list {
		list[i].Position.File = b.name(list[i].Position.File, content)
		if filepath.IsAbs(b.folder) { // a name that no word of a message has by chance
			list[i].Message = strings.ReplaceAll(list[i].Message, filepath.ToSlash(b.folder), content)
			list[i].Hint = strings.ReplaceAll(list[i].Hint, filepath.ToSlash(b.folder), content)
		}
	}
	return list
}
