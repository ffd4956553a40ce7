package importer

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
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
	if existing.Kind != e.Kind {
		differs("the file has %s, the source %s", existing.Kind, e.Kind)
		return nil
	}
	before := len(report.Notes)
	e, read := t.read(e.like(existing), site, report)
	if read == nil {
		report.LeaveOut(e.Where, "the event of the source breaks a rule now")
		return nil
	}
	for _, f := range []struct{ what, file, source string }{
		{"title", existing.Title, read.Title},
		{"severity", existing.Severity.String(), read.Severity.String()},
		{"scheduled_for", Stamp(existing.ScheduledFor), Stamp(read.ScheduledFor)},
		{"scheduled_until", Stamp(existing.ScheduledUntil), Stamp(read.ScheduledUntil)},
		{"started", Stamp(existing.Started), Stamp(read.Started)},
		{"ended", Stamp(existing.Ended), Stamp(read.Ended)},
		{"components", ids(existing.Components), ids(read.Components)},
	} {
		if f.file != f.source {
			both(differs, "its "+f.what+" is", f.file, f.source)
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
			file, source := fromDifference(old.Text.Plain, u.Text.Plain)
			differs("its update %s says %q, in the source %q", u.ID, file, source)
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

// like is the event with the id of the same event in the folder, and with the
// time of its first update if the source does not know that.
func (e Event) like(existing *status.Event) Event {
	same := *e.Event
	same.ID, same.Updates = existing.ID, slices.Clone(e.Updates)
	if first := existing.Updates[0].At; e.Undated && (len(same.Updates) == 1 || !first.After(same.Updates[1].At)) {
		same.Updates[0].At = first
	}
	e.Event = &same
	return e
}

// read composes and reads an event. What breaks a rule is left out; the event
// that was read is nil if that does not help.
func (t *Target) read(e Event, site *source.Document, report *Report) (Event, *status.Event) {
	f := &pendingFile{event: e, where: e.Where, path: strings.TrimSuffix(e.Path(), "/") + ".md", text: e.file()}
	document, found := t.parse(f)
	if document != nil && !found.HasErrors() {
		var read *status.Site
		content := &source.Content{Name: t.name, Site: site, Static: t.content.Static, Documents: []*source.Document{document}}
		read, found = check.Site(content, t.options())
		if !found.HasErrors() && len(read.Events) == 1 && len(read.Events[0].Updates) == len(e.Updates) {
			return e, read.Events[0]
		}
	}
	if !found.HasErrors() || !t.correct(f, found.Sorted()[0], site, report) {
		return e, nil
	}
	return t.read(f.event, site, report)
}

// both notes a difference with what the file and the source have.
func both(differs func(string, ...any), what, file, source string) {
	file, source = fromDifference(file, source)
	differs(what+" %q, in the source %q", file, source)
}

// fromDifference quotes two texts from the word in which they differ.
func fromDifference(a, b string) (string, string) {
	const shown = 20 // characters that need not be left out
	a, b = markup.OneLine(a), markup.OneLine(b)
	same := 0
	for i, r := range a {
		if !strings.HasPrefix(b[min(i, len(b)):], string(r)) {
			break
		}
		if r == ' ' {
			same = i + 1
		}
	}
	if same <= shown {
		return markup.Short(a), markup.Short(b)
	}
	return markup.Short("… " + a[same:]), markup.Short("… " + b[min(same, len(b)):])
}

func ids(settings []status.Setting) string {
	var ids []string
	for _, s := range settings {
		ids = append(ids, s.Component.ID)
	}
	return strings.Join(ids, ", ")
}
