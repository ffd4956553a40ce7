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

// compare holds an event of the folder against what a source tells of it now.
// It returns what is to be appended to its file, nil for nothing, and notes
// what the two tell differently.
func (t *Target) compare(known *status.Event, e Event, site *source.Document, report *Report) *draft {
	differs := func(what string, args ...any) {
		report.Note(e.Where, "%s differs and stays as it is: "+what, append([]any{known.Position.File}, args...)...)
	}
	e.ID = known.ID
	told := t.checked(e, site)
	switch {
	case known.Kind != e.Kind:
		differs("the file is of %s, the source of %s", known.Kind, e.Kind)
		return nil
	case told == nil:
		report.LeaveOut(e.Where, "what the source tells now breaks a rule")
		return nil
	}
	before := len(report.Notes)
	for _, f := range []struct{ what, file, source string }{
		{"title", known.Title, told.Title},
		{"severity", known.Severity.String(), told.Severity.String()},
		{"scheduled_for", Stamp(known.ScheduledFor), Stamp(told.ScheduledFor)},
		{"scheduled_until", Stamp(known.ScheduledUntil), Stamp(told.ScheduledUntil)},
		{"started", Stamp(known.Started), Stamp(told.Started)},
		{"components", names(known.Components), names(told.Components)},
	} {
		if f.file != f.source {
			differs("its %s is %q, in the source %q", f.what, markup.Short(f.file), markup.Short(f.source))
		}
	}
	further := t.further(known, e, told, differs)
	if len(further) == 0 {
		if len(report.Notes) == before {
			report.Same++
		}
		return nil
	}
	return t.lengthened(known, e, further, report)
}

// further lists the updates that the source has and the file has not.
func (t *Target) further(known *status.Event, e Event, told *status.Event, differs func(string, ...any)) []*status.Update {
	inFile := map[string]*status.Update{}
	for i := range known.Updates {
		inFile[known.Updates[i].ID] = &known.Updates[i]
	}
	last := known.Updates[len(known.Updates)-1]
	var further []*status.Update
	for i, u := range told.Updates {
		old, ok := inFile[u.ID]
		switch {
		case ok && (old.Status != u.Status || !old.At.Equal(u.At)):
			differs("its update %s says %s at %s, in the source %s at %s", u.ID, old.Status, Stamp(old.At), u.Status, Stamp(u.At))
		case ok && old.Text.Plain != u.Text.Plain:
			differs("its update %s says %q, in the source %q", u.ID, markup.Short(old.Text.Plain), markup.Short(u.Text.Plain))
		case ok:
		case u.At.Before(last.At):
			differs("the source has an update %s of %s, which is older than the file's last", u.ID, Stamp(u.At))
		default:
			further = append(further, &e.Updates[i])
		}
	}
	return further
}

// lengthened is the file with further updates at its end.
func (t *Target) lengthened(known *status.Event, e Event, further []*status.Update, report *Report) *draft {
	name := known.Position.File
	below, ok := strings.CutPrefix(name, t.name+"/")
	if t.name == "." {
		below, ok = name, true
	}
	text, err := os.ReadFile(filepath.Join(t.dir, filepath.FromSlash(below)))
	if !ok || err != nil {
		report.LeaveOut(e.Where, "%s can't be read again", name)
		return nil
	}
	var addition bytes.Buffer
	if !bytes.HasSuffix(text, []byte("\n")) {
		addition.WriteByte('\n')
	}
	for _, u := range further {
		addition.Write(compose.Section(u))
	}
	document, found := source.ParseEvent(name, append(text, addition.Bytes()...), e.Kind)
	if document == nil || found.HasErrors() {
		report.LeaveOut(e.Where, "its further updates can't be appended to %s", name)
		return nil
	}
	return &draft{event: e, path: below, addition: addition.Bytes(), document: document}
}

// checked is an event as it would be read from a file of its own; nil where
// that breaks a rule.
func (t *Target) checked(e Event, site *source.Document) *status.Event {
	document, found := source.ParseEvent(e.ID+".md", e.file(), e.Kind)
	if document == nil || found.HasErrors() {
		return nil
	}
	content := &source.Content{Site: site, Incidents: []*source.Document{document}}
	if e.Kind == status.Maintenance {
		content.Incidents, content.Maintenance = nil, content.Incidents
	}
	read, found := check.Site(content, t.options())
	if found.HasErrors() || len(read.Events) != 1 || len(read.Events[0].Updates) != len(e.Updates) {
		return nil
	}
	return read.Events[0]
}

func names(settings []status.Setting) string {
	var ids []string
	for _, s := range settings {
		ids = append(ids, s.Component.ID)
	}
	return strings.Join(ids, ", ")
}
