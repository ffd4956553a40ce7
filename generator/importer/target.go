package importer

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/compose"
	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Options say where to put a history, and how to read it.
type Options struct {
	Content       string         // the content folder; it is made if it is missing
	Zone          *time.Location // of times without a zone, and of a new site; nil for the source's own, else UTC
	Now           time.Time      // the clock; later updates are held back
	AddComponents bool           // declare components that open events name and site.yaml lacks
}

// Target is the content folder that gets the history.
type Target struct {
	dir  string // as the file system knows it
	name string // as the user typed it, slash-separated
	now  time.Time

	addComponents bool
	content       *source.Content // that is there already
	site          *status.Site    // of that content; nil if there is no site.yaml
}

// Open reads the content folder. It refuses one with mistakes, since content
// that can't be read can't be compared.
func Open(o Options) (*Target, error) {
	t := &Target{dir: o.Content, name: path.Clean(filepath.ToSlash(o.Content)), now: o.Now, addComponents: o.AddComponents}
	t.content = &source.Content{Name: t.name}
	content, found, err := source.Read(o.Content)
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Rule.Code == "site-missing" })
	t.content = content
	site, more := check.Site(content, t.options())
	found.Add(more...)
	t.site = site
	for _, d := range found.Sorted() {
		if d.Rule.Level == diag.Error {
			return nil, fmt.Errorf("%s has mistakes already, such as %s: %s; fix what `allclear check` names first", t.name, d.Position, d.Message)
		}
	}
	return t, nil
}

func (t *Target) options() check.Options { return check.Options{Now: t.now, Drafts: true} }

// file is a file of the folder as the user would type it.
func (t *Target) file(name string) string { return path.Join(t.name, name) }

// pendingFile is a new file, or a change of an existing one, that is about to be
// written.
type pendingFile struct {
	event    Event  // that it has; without one for an announcement and site.yaml
	where    string // in the source, to print
	path     string // below the folder
	text     []byte // to write
	append   bool   // to an existing file
	replace  bool   // an existing file
	document *source.Document
}

// Put writes the events of a history that break no rule into the folder.
func (t *Target) Put(h *History, report *Report) error {
	site, siteText, err := t.siteDocument(h, report)
	if err != nil {
		return err
	}
	files := t.files(h, site, report)
	if files, err = t.faultless(files, site, report); err != nil {
		return err
	}
	t.quiet(files, site, report)
	if siteText != nil {
		files = slices.Insert(files, 0, &pendingFile{path: "site.yaml", text: siteText, replace: t.content.Site != nil})
	}
	return t.write(files, report)
}

// siteDocument is the existing site.yaml, else a new one. Its text is nil if
// nothing of it changes.
func (t *Target) siteDocument(h *History, report *Report) (*source.Document, []byte, error) {
	added := t.settle(h, report)
	if t.content.Site != nil {
		if len(added) == 0 {
			return t.content.Site, nil, nil
		}
		site, text := t.extendSite(h, added, report)
		return site, text, nil
	}
	h.Site.Items = h.Components.items
	for _, c := range added {
		h.Site.Items = append(h.Site.Items, status.Item{Component: c})
	}
	text := compose.SiteFile(h.Site)
	site, found := source.ParseSite(t.file("site.yaml"), text)
	if site != nil {
		_, more := check.Site(&source.Content{Name: t.name, Site: site}, t.options())
		found.Add(more...)
	}
	if found.HasErrors() {
		return nil, nil, fmt.Errorf("this source gives no valid site.yaml: %s: %s", found[0].Position, found[0].Message)
	}
	return site, text, nil
}

// files names the file of each new event and announcement, and extends the files
// of events that are there already.
func (t *Target) files(h *History, site *source.Document, report *Report) []*pendingFile {
	taken := map[string]bool{}
	for _, d := range t.content.Documents {
		taken[d.ID] = taken[d.ID] || d.Folder != "announcements"
	}
	var files []*pendingFile
	var added []Event
	report.In += len(h.Events)
	for _, e := range h.Events {
		if existing := t.existing(e); existing != nil {
			e.Aliases = nil // the file has its own
			if f := t.compare(existing, e, site, report); f != nil {
				files = append(files, f)
			}
			continue
		}
		base := e.ID
		if base == "" {
			base = eventID(e.Event, h.Zone)
		}
		e.ID = compose.Numbered(base, func(id string) bool { return taken[id] })
		taken[e.ID] = true
		added = append(added, e)
	}
	announced := t.newAnnouncements(h, report)
	var claims []claim
	for _, e := range added {
		claims = append(claims, e.claim())
	}
	for _, a := range announced {
		claims = append(claims, a.claim())
	}
	t.settleAddresses(claims, report)
	for _, e := range added {
		files = append(files, &pendingFile{event: e, where: e.Where, path: strings.TrimSuffix(e.Path(), "/") + ".md", text: e.file()})
	}
	for _, a := range announced {
		files = append(files, &pendingFile{where: a.Where, path: "announcements/" + a.ID + ".md", text: a.file()})
	}
	return files
}

// existing finds the event of the folder that is the same as one of the source, or
// nil.
func (t *Target) existing(e Event) *status.Event {
	if t.site == nil {
		return nil
	}
	for _, k := range t.site.Events {
		if e.APIID != "" && strings.EqualFold(k.Code(), e.APIID) || e.ID != "" && k.ID == e.ID {
			return k
		}
	}
	return nil
}

// write puts the files into the folder. It writes over no existing file but
// site.yaml.
func (t *Target) write(files []*pendingFile, report *Report) error {
	if err := os.MkdirAll(t.dir, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(t.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for _, f := range files {
		if err := f.write(root); err != nil {
			return err
		}
		switch name := t.file(f.path); {
		case f.replace:
			report.Extended = name
		case f.append:
			report.Appended = append(report.Appended, name)
		default:
			report.Written = append(report.Written, name)
		}
	}
	return nil
}

func (f *pendingFile) write(root *os.Root) error {
	if f.replace {
		const beside = ".site.yaml.new" // so that a full disk leaves the old one whole
		if err := root.WriteFile(beside, f.text, 0o666); err != nil {
			return err
		}
		return root.Rename(beside, f.path)
	}
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if f.append {
		flags = os.O_WRONLY | os.O_APPEND
	}
	if err := root.MkdirAll(path.Dir(f.path), 0o777); err != nil {
		return err
	}
	file, err := root.OpenFile(f.path, flags, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(f.text)
	return errors.Join(err, file.Close())
}

// eventID makes the id of an event that the source has no usable one for.
func eventID(e *status.Event, zone *time.Location) string {
	return compose.EventID(e.Updates[0].At.In(zone), e.Title, e.Kind)
}
