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
	Content string         // the content folder; it is made if it is missing
	Zone    *time.Location // of times without a zone, and of a new site; nil for the source's own, else UTC
	Now     time.Time      // the clock; later updates are held back
}

// Target is the content folder that gets the history.
type Target struct {
	dir     string // as the file system knows it
	name    string // as the user typed it, slash-separated
	now     time.Time
	content *source.Content // that is there already
	site    *status.Site    // of that content; nil if there is no site.yaml
}

// Open reads the content folder. It refuses one with mistakes, since content
// that can't be read can't be compared.
func Open(o Options) (*Target, error) {
	t := &Target{dir: o.Content, name: path.Clean(filepath.ToSlash(o.Content)), now: o.Now}
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

// pendingFile is a new file, or an addition to an existing one, that is about
// to be written.
type pendingFile struct {
	event    Event
	path     string // below the folder
	text     []byte // to write
	append   bool   // to an existing file
	document *source.Document
}

// Put writes the events of a history that break no rule into the folder.
func (t *Target) Put(h *History, report *Report) error {
	site, siteText, err := t.siteDocument(h)
	if err != nil {
		return err
	}
	files, err := t.faultless(t.files(h, site, report), site, report)
	if err != nil {
		return err
	}
	return t.write(files, siteText, report)
}

// siteDocument is the existing site.yaml, else a new one with its text.
func (t *Target) siteDocument(h *History) (*source.Document, []byte, error) {
	if t.content.Site != nil {
		return t.content.Site, nil, nil
	}
	h.Site.Items = h.Components.items
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

// files names the file of each new event, and extends the files of those that
// are there already.
func (t *Target) files(h *History, site *source.Document, report *Report) []*pendingFile {
	taken := map[string]bool{}
	for _, d := range t.content.Documents {
		taken[d.ID] = taken[d.ID] || d.Folder != "announcements"
	}
	var files []*pendingFile
	report.In += len(h.Events)
	for _, e := range h.Events {
		if existing := t.existing(e); existing != nil {
			if f := t.compare(existing, e, site, report); f != nil {
				files = append(files, f)
			}
			continue
		}
		base := e.ID
		if base == "" {
			base = eventID(e.Event, h.Zone)
		}
		e.ID = base
		for n := 2; taken[e.ID]; n++ {
			e.ID = fmt.Sprintf("%s-%d", base, n)
		}
		taken[e.ID] = true
		files = append(files, &pendingFile{event: e, path: strings.TrimSuffix(e.Path(), "/") + ".md", text: e.file()})
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

// faultless leaves out files that break a rule, until none does.
func (t *Target) faultless(files []*pendingFile, site *source.Document, report *Report) ([]*pendingFile, error) {
	const passes = 8 // a mistake may hide another
	for range passes {
		faults := t.faults(files, site)
		if len(faults) == 0 {
			return files, nil
		}
		before := len(files)
		files = slices.DeleteFunc(files, func(f *pendingFile) bool {
			fault, faulty := faults[t.file(f.path)]
			if faulty {
				report.LeaveOut(f.event.Where, "%s [%s]", fault.Message, fault.Rule.Code)
				if !f.append {
					report.In--
				}
			}
			return faulty
		})
		if len(files) == before {
			break
		}
	}
	for _, fault := range t.faults(files, site) {
		return nil, fmt.Errorf("nothing written: %s: %s", fault.Position, fault.Message)
	}
	return files, nil
}

// faults is the first mistake of each file, once these files are written.
func (t *Target) faults(files []*pendingFile, site *source.Document) map[string]diag.Diagnostic {
	content := *t.content
	content.Site, content.Documents = site, slices.Clone(content.Documents)
	var found diag.List
	for _, f := range files {
		if f.document == nil {
			var more diag.List
			f.document, more = source.ParseEvent(t.file(f.path), f.text, f.event.Kind)
			found.Add(more...)
		}
		if f.document == nil {
			continue
		}
		content.Documents = append(slices.DeleteFunc(content.Documents, func(old *source.Document) bool {
			return old.File.Name() == f.document.File.Name()
		}), f.document)
	}
	_, more := check.Site(&content, t.options())
	found.Add(more...)
	faults := map[string]diag.Diagnostic{}
	for _, d := range found.Sorted() {
		if _, seen := faults[d.Position.File]; !seen && d.Rule.Level == diag.Error {
			faults[d.Position.File] = d
		}
	}
	return faults
}

// write puts the files into the folder. It writes over no existing file.
func (t *Target) write(files []*pendingFile, site []byte, report *Report) error {
	if err := os.MkdirAll(t.dir, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(t.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if site != nil {
		files = slices.Insert(files, 0, &pendingFile{path: "site.yaml", text: site})
	}
	for _, f := range files {
		if err := f.write(root); err != nil {
			return err
		}
		names := &report.Written
		if f.append {
			names = &report.Appended
		}
		*names = append(*names, t.file(f.path))
	}
	return nil
}

func (f *pendingFile) write(root *os.Root) error {
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
