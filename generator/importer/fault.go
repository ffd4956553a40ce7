package importer

import (
	"fmt"
	"slices"
	"time"

	"allclear/generator/check"
	"allclear/generator/compose"
	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

// This file makes files that break no rule. A fault in something that an event
// can do without costs that thing, and the event stays.

// faultless corrects the files that break a rule, and leaves out those that
// can't be corrected.
func (t *Target) faultless(files []*pendingFile, site *source.Document, report *Report) ([]*pendingFile, error) {
	const passes = 8 // a mistake may hide another
	for range passes {
		faults := t.faults(files, site)
		if len(faults) == 0 {
			return files, nil
		}
		changed := false
		files = slices.DeleteFunc(files, func(f *pendingFile) bool {
			fault, faulty := faults[t.file(f.path)]
			if !faulty {
				return false
			}
			changed = true
			if t.correct(f, fault, site, report) {
				return false
			}
			report.LeaveOut(f.where, "%s [%s]", fault.Message, fault.Rule.Code)
			if !f.append {
				report.In--
			}
			return true
		})
		if !changed {
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
	written := map[string]bool{}
	var documents []*source.Document
	for _, f := range files {
		if f.document == nil {
			var more diag.List
			f.document, more = t.parse(f)
			found.Add(more...)
		}
		if f.document != nil {
			written[f.document.File.Name()] = true
			documents = append(documents, f.document)
		}
	}
	content.Documents = slices.DeleteFunc(content.Documents, func(old *source.Document) bool { return written[old.File.Name()] })
	content.Documents = append(content.Documents, documents...)
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

func (t *Target) parse(f *pendingFile) (*source.Document, diag.List) {
	if f.event.Event == nil {
		return source.ParseAnnouncement(t.file(f.path), f.text)
	}
	return source.ParseEvent(t.file(f.path), f.text, f.event.Kind)
}

// optional are the things that an event can do without, those that matter least
// first, each with how to leave it out.
var optional = []struct {
	what string
	drop func(e *status.Event)
}{
	{"old addresses", func(e *status.Event) { e.Aliases = nil }},
	{"related events", func(e *status.Event) { e.Related = nil }},
	{"ids of updates", everyUpdate(func(u *status.Update) { u.ID = "" })},
	{"promises and corrections", everyUpdate(func(u *status.Update) { u.Next, u.Corrects = time.Time{}, "" })},
	{"ended", func(e *status.Event) { e.Ended = time.Time{} }},
	{"started", func(e *status.Event) { e.Started = time.Time{} }},
	{"started and ended", func(e *status.Event) { e.Started, e.Ended = time.Time{}, time.Time{} }},
	{"component statuses of updates", everyUpdate(func(u *status.Update) { u.Settings = nil })},
	{"component statuses", func(e *status.Event) {
		e.Components = slices.Clone(e.Components)
		for n := range e.Components {
			e.Components[n].Set, e.Components[n].Status = false, 0
		}
	}},
	{"components", func(e *status.Event) {
		e.Components = nil
		everyUpdate(func(u *status.Update) { u.Settings = nil })(e)
	}},
	{"severities of updates", everyUpdate(func(u *status.Update) { u.Severity = nil })},
	{"changes of its window", everyUpdate(func(u *status.Update) { u.From, u.Until = time.Time{}, time.Time{} })},
	{"api_id", func(e *status.Event) { e.APIID = "" }},
	{"markup", everyUpdate(func(u *status.Update) { u.Text.Markdown = compose.Text(u.Text.Markdown) })},
}

func everyUpdate(change func(u *status.Update)) func(e *status.Event) {
	return func(e *status.Event) {
		e.Updates = slices.Clone(e.Updates)
		for n := range e.Updates {
			change(&e.Updates[n])
		}
	}
}

// correct leaves out of a new event's file the one thing without which it breaks
// no rule, else all such things. It reports false if that does not help.
func (t *Target) correct(f *pendingFile, fault diag.Diagnostic, site *source.Document, report *Report) bool {
	if f.append || f.event.Event == nil {
		return false
	}
	try := func(drops ...func(*status.Event)) bool {
		changed := *f.event.Event
		for _, drop := range drops {
			drop(&changed)
		}
		e := f.event
		e.Event = &changed
		text := e.file()
		if string(text) == string(f.text) {
			return false
		}
		candidate := &pendingFile{event: e, where: f.where, path: f.path, text: text}
		if _, faulty := t.faults([]*pendingFile{candidate}, site)[t.file(f.path)]; faulty {
			return false
		}
		*f = *candidate
		return true
	}
	var all []func(*status.Event)
	for _, thing := range optional {
		if try(thing.drop) {
			report.Note(f.where, "its %s can't be imported: %s", thing.what, fault.Message)
			return true
		}
		all = append(all, thing.drop)
	}
	if !try(all...) {
		return false
	}
	report.Note(f.where, "only its text and times are imported: %s", fault.Message)
	return true
}
