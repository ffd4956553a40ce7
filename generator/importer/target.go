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

// Options say where to put a history, and how to read what it leaves open.
type Options struct {
	Content      string         // the content folder; made where it is missing
	Zone         *time.Location // of times that name none, and of a new site; nil for the source's own, else UTC
	Now          time.Time      // the clock; what is dated later is held back until then
	InsecureHTTP bool           // take a history over plain http from another machine
}

// Target is the content folder that a history moves into.
type Target struct {
	dir     string // as the file system knows it
	name    string // as the user typed it, slash-separated
	now     time.Time
	content *source.Content // what is there
	site    *status.Site    // what that means; nil where there is no site.yaml
}

// Open reads what the content folder has. One with mistakes is refused:
// what can't be read can't be compared.
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
	if !found.HasErrors() {
		return t, nil
	}
	for _, d := range found.Sorted() {
		if d.Rule.Level == diag.Error {
			return nil, fmt.Errorf("%s has mistakes already, such as %s: %s; mend what `allclear check` names first", t.name, d.Position, d.Message)
		}
	}
	return t, nil
}

func (t *Target) options() check.Options { return check.Options{Now: t.now, Drafts: true} }

// file is a file of the folder as the user would type it.
func (t *Target) file(name string) string { return path.Join(t.name, name) }

// draft is a file that is to be written, or to be made longer.
type draft struct {
	event    Event
	path     string // below the folder
	text     []byte // of a new file
	addition []byte // to one that is there
	document *source.Document
}

// Put writes a history into the folder, where it holds to every rule.
func (t *Target) Put(h *History, report *Report) error {
	site, siteText, err := t.siteDocument(h)
	if err != nil {
		return err
	}
	drafts, err := t.verified(t.drafts(h, site, report), site, report)
	if err != nil {
		return err
	}
	return t.write(drafts, siteText, report)
}

// siteDocument is the site.yaml that is there, else the one to be written.
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
		return nil, nil, fmt.Errorf("no site.yaml can be made of this source: %s: %s", found[0].Position, found[0].Message)
	}
	return site, text, nil
}

// drafts gives each event its file, or finds the one that tells of it.
func (t *Target) drafts(h *History, site *source.Document, report *Report) []*draft {
	taken := map[string]bool{}
	for _, d := range slices.Concat(t.content.Incidents, t.content.Maintenance) {
		taken[d.ID] = true
	}
	var drafts []*draft
	for _, e := range h.Events {
		if known := t.known(e); known != nil {
			if d := t.compare(known, e, site, report); d != nil {
				drafts = append(drafts, d)
			}
			continue
		}
		base := e.ID
		if base == "" {
			base = EventID(e.Event, h.Zone)
		}
		id := base
		for n := 2; taken[id]; n++ {
			id = fmt.Sprintf("%s-%d", base, n)
		}
		taken[id] = true
		e.ID = id
		drafts = append(drafts, &draft{event: e, path: folderOf(e.Kind) + "/" + id + ".md", text: e.file()})
	}
	return drafts
}

func folderOf(kind status.Kind) string {
	if kind == status.Maintenance {
		return "maintenance"
	}
	return "incidents"
}

// known is the event of the folder that a source tells of again.
func (t *Target) known(e Event) *status.Event {
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

// verified leaves out the drafts that break a rule, until none does.
func (t *Target) verified(drafts []*draft, site *source.Document, report *Report) ([]*draft, error) {
	const passes = 8 // a mistake may hide another
	for range passes {
		faulty := t.faults(drafts, site)
		if len(faulty) == 0 {
			return drafts, nil
		}
		var kept []*draft
		for _, d := range drafts {
			fault, found := faulty[t.file(d.path)]
			if !found {
				kept = append(kept, d)
				continue
			}
			report.LeaveOut(d.event.Where, "%s [%s]", fault.Message, fault.Rule.Code)
		}
		if len(kept) == len(drafts) {
			break
		}
		drafts = kept
	}
	for _, fault := range t.faults(drafts, site) {
		return nil, fmt.Errorf("nothing written: %s: %s", fault.Position, fault.Message)
	}
	return drafts, nil
}

// faults is the first mistake of each file, as it would be with the drafts.
func (t *Target) faults(drafts []*draft, site *source.Document) map[string]diag.Diagnostic {
	content := &source.Content{
		Name: t.name, Site: site,
		Incidents: slices.Clone(t.content.Incidents), Maintenance: slices.Clone(t.content.Maintenance),
		Announcements: t.content.Announcements,
	}
	var found diag.List
	for _, d := range drafts {
		if d.document == nil {
			var more diag.List
			d.document, more = source.ParseEvent(t.file(d.path), d.text, d.event.Kind)
			found.Add(more...)
		}
		if d.document == nil {
			continue
		}
		documents := &content.Incidents
		if d.event.Kind == status.Maintenance {
			documents = &content.Maintenance
		}
		*documents = slices.DeleteFunc(*documents, func(old *source.Document) bool { return old.File.Name() == d.document.File.Name() })
		*documents = append(*documents, d.document)
	}
	_, more := check.Site(content, t.options())
	found.Add(more...)
	faulty := map[string]diag.Diagnostic{}
	for _, f := range found.Sorted() {
		if _, seen := faulty[f.Position.File]; !seen && f.Rule.Level == diag.Error {
			faulty[f.Position.File] = f
		}
	}
	return faulty
}

// write puts the files into the folder. None that is there is written over.
func (t *Target) write(drafts []*draft, site []byte, report *Report) error {
	if err := os.MkdirAll(t.dir, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(t.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if site != nil {
		if err := create(root, "site.yaml", site); err != nil {
			return err
		}
		report.Written = append(report.Written, t.file("site.yaml"))
	}
	for _, d := range drafts {
		if d.text == nil {
			if err := extend(root, d.path, d.addition); err != nil {
				return err
			}
			report.Appended = append(report.Appended, t.file(d.path))
			continue
		}
		if err := root.MkdirAll(path.Dir(d.path), 0o777); err != nil {
			return err
		}
		if err := create(root, d.path, d.text); err != nil {
			return err
		}
		report.Written = append(report.Written, t.file(d.path))
	}
	return nil
}

func create(root *os.Root, name string, text []byte) error {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return errors.Join(err, file.Close())
}

func extend(root *os.Root, name string, text []byte) error {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return errors.Join(err, file.Close())
}
