package importer

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"allclear/generator/check"
	"allclear/generator/compose"
	"allclear/generator/importer/markup"
	"allclear/generator/source"
	"allclear/generator/status"
)

// compare compares an event of the folder with the same event of the source.
// It returns the updates to append to its file, nil if there are none, and
// notes all other differences.
func (t *Target) compare(existing *status.Event, e Event, site *source.Document, report *Report) *pendingFile {
	differs := report.At(e.Where, "%s differs and stays unchanged: ", existing.Position.File)
	e.ID = existing.ID
	read := t.read(e, site)
	switch {
	case existing.Kind != e.Kind:
		differs("the file has %s, the source %s", existing.Kind, e.Kind)
		return nil
	case read == nil:
		report.LeaveOut(e.Where, "the event of the source breaks a rule now")
		return nil
	}
	before := len(report.Notes)
	for _, f := range []struct{ what, file, source string }{
		{"title", existing.Title, read.Title},
		{"severity", existing.Severity.String(), read.Severity.String()},
		{"scheduled_for", Stamp(existing.ScheduledFor), Stamp(read.ScheduledFor)},
		{"scheduled_until", Stamp(existing.ScheduledUntil), Stamp(read.ScheduledUntil)},
		{"started", Stamp(existing.Started), Stamp(read.Started)},
		{"components", ids(existing.Components), ids(read.Components)},
	} {
		if f.file != f.source {
			differs("its "+f.what+" is %q, in the source %q", markup.Short(f.file), markup.Short(f.source))
		}
	}
	added := newUpdates(existing, e, read, differs)
	if len(added) > 0 {
		return t.extended(existing, e, added, report)
	}
	if len(report.Notes) == before {
		report.Same++
	}
	return nil
}

// newUpdates lists the updates that only the source has; read is the event as
// its file would be read.
func newUpdates(existing *status.Event, e Event, read *status.Event, differs func(string, ...any)) []*status.Update {
	inFile := map[string]*status.Update{}
	for i := range existing.Updates {
		inFile[existing.Updates[i].ID] = &existing.Updates[i]
	}
	last := existing.Updates[len(existing.Updates)-1]
	var added []*status.Update
	for i, u := range read.Updates {
		old, ok := inFile[u.ID]
		switch {
		case ok && (old.Status != u.Status || !old.At.Equal(u.At)):
			differs("its update %s is %s at %s, in the source %s at %s", u.ID, old.Status, Stamp(old.At), u.Status, Stamp(u.At))
		case ok && old.Text.Plain != u.Text.Plain:
			differs("its update %s says %q, in the source %q", u.ID, markup.Short(old.Text.Plain), markup.Short(u.Text.Plain))
		case ok:
		case u.At.Before(last.At):
			differs("the source has an update %s of %s, which is older than the last one of the file", u.ID, Stamp(u.At))
		default:
			added = append(added, &e.Updates[i])
		}
	}
	return added
}

// extended is the existing file with updates appended to it.
func (t *Target) extended(existing *status.Event, e Event, added []*status.Update, report *Report) *pendingFile {
	name := existing.Position.File
	path, ok := strings.CutPrefix(name, t.name+"/")
	if t.name == "." {
		path, ok = name, true
	}
	text, err := os.ReadFile(filepath.Join(t.dir, filepath.FromSlash(path)))
	if !ok || err != nil {
		report.LeaveOut(e.Where, "%s can't be read again", name)
		return nil
	}
	var addition bytes.Buffer
	if !bytes.HasSuffix(text, []byte("\n")) {
		addition.WriteByte('\n')
	}
	for _, u := range added {
		addition.Write(compose.Section(u))
	}
	document, found := source.ParseEvent(name, append(text, addition.Bytes()...), e.Kind)
	if document == nil || found.HasErrors() {
		report.LeaveOut(e.Where, "its new updates can't be appended to %s", name)
		return nil
	}
	return &pendingFile{event: e, path: path, text: addition.Bytes(), append: true, document: document}
}

// read composes and reads an event; it is nil if that breaks a rule.
func (t *Target) read(e Event, site *source.Document) *status.Event {
	document, found := source.ParseEvent(e.ID+".md", e.file(), e.Kind)
	if document == nil || found.HasErrors() {
		return nil
	}
	content := &source.Content{Site: site, Static: t.content.Static, Documents: []*source.Document{document}}
	read, found := check.Site(content, t.options())
	if found.HasErrors() || len(read.Events) != 1 || len(read.Events[0].Updates) != len(e.Updates) {
		return nil
	}
	return read.Events[0]
}

func ids(settings []status.Setting) string {
	var ids []string
	for _, s := range settings {
		ids = append(ids, s.Component.ID)
	}
	return strings.Join(ids, ", ")
}
