package mapped

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/importer"
	"allclear/generator/importer/markup"
	"allclear/generator/status"
)

var templateTag = regexp.MustCompile(`\{%.*?%\}|\{\{[<%].*?[>%]\}\}`)

// text is the text of a file as Markdown, without the tags of templates.
func (s *site) text(f *file) string {
	text := f.body
	if strings.TrimSpace(text) == "" {
		field, _ := f.field(s.Map.text)
		text = field.Value.Text
	}
	tags := 0
	text = strings.ReplaceAll(text, "<!--more-->", "")
	return templateTag.ReplaceAllStringFunc(text, func(tag string) string {
		if before, _, _ := strings.Cut(s.updates.mark, "TIME"); before != "" && strings.HasPrefix(tag, strings.TrimSpace(before)) {
			return tag
		}
		if tags++; tags == 1 {
			s.report.Note(f.at(f.bodyLine), "the tags of a template, such as %s, are left out; what is between them stays", markup.Short(tag))
		}
		return ""
	})
}

// timeline makes the updates of an event.
func (s *site) timeline(f *file, e *event, date time.Time, end ending) {
	parts, elsewhere := s.parts(s.text(f), date), append(s.listed(f), s.ofFiles(f)...)
	if len(parts) == 0 && len(elsewhere) == 0 {
		parts = []part{{}}
	}
	if n := len(parts) - 1; n > 0 && parts[n].at.IsZero() && parts[n].status.Closed() && end.over {
		parts[n].at = end.at
	}
	if len(parts) > 0 && parts[0].at.IsZero() {
		parts[0].at = date
	}
	parts = dated(append(parts, elsewhere...))
	note := s.report.At(f.at(f.bodyLine), "")
	for n, p := range parts {
		u := status.Update{At: p.at.Truncate(time.Second), Status: p.status}
		if n == 0 && u.Status == 0 {
			u.Status = status.Investigating
		}
		u.Interim, u.Text.Markdown = u.Status == 0, markup.FromMarkdown(p.text, note)
		e.Updates = append(e.Updates, u)
	}
	if e.Kind == status.Maintenance {
		e.plan(date, end.at)
		return
	}
	if !e.Updates[0].At.Equal(date) {
		e.Started = date
	}
	s.finish(f, e, end)
}

// plan gives the updates of a maintenance its own statuses.
func (e *event) plan(date, until time.Time) {
	e.Severity, e.SeverityStated = status.None, false
	e.ScheduledFor, e.ScheduledUntil = date, until
	for n := range e.Updates {
		u := &e.Updates[n]
		switch {
		case n == 0:
			u.Status = status.Scheduled
		case u.Status.Closed():
			u.Status = status.Completed
		case u.Status == status.Monitoring:
			u.Status = status.Verifying
		case u.Status != 0 || !u.At.Before(date):
			u.Status, u.Interim = status.InProgress, false
		}
	}
}

// finish makes an incident resolved, or leaves it open, as its front matter
// says; else as its text says.
func (s *site) finish(f *file, e *event, end ending) {
	closed := -1
	for n, u := range e.Updates {
		if u.Status == status.Resolved {
			closed = n
		}
	}
	switch {
	case end.open:
		for n := range e.Updates {
			if u := &e.Updates[n]; u.Status.Closed() {
				u.Status, u.Interim = 0, n > 0
				if n == 0 {
					u.Status = status.Investigating
				}
				s.report.Note(f.at(1), "it says that it is not over, its text that it was: it is imported as open")
			}
		}
		return
	case closed >= 0:
		if last := e.Updates[closed].At; end.over && !end.at.IsZero() && !end.at.Equal(last) {
			e.Ended = end.at
		}
		return
	case !end.over && (s.end != nil || s.resolved.given):
		return
	}
	at := end.at
	if at.IsZero() {
		at = e.Updates[len(e.Updates)-1].At
		s.report.Note(f.at(1), "it does not say when it was over: its last known time is used")
	}
	e.resolve(at)
}

// resolve adds an update without text at the end of an incident, unless one of
// its updates was written then.
func (e *event) resolve(at time.Time) {
	if n := slices.IndexFunc(e.Updates, func(u status.Update) bool { return u.At.Equal(at) }); n >= 0 {
		e.Updates[n].Status, e.Updates[n].Interim = status.Resolved, false
	} else {
		n = slices.IndexFunc(e.Updates, func(u status.Update) bool { return u.At.After(at) })
		if n < 0 {
			n = len(e.Updates)
		}
		e.Updates = slices.Insert(e.Updates, max(n, 1), status.Update{At: at, Status: status.Resolved})
	}
	over := false
	for n := range e.Updates {
		if u := &e.Updates[n]; over && u.Status != status.Postmortem {
			u.Status, u.Interim = 0, true // so that it opens nothing again
		} else if u.Status == status.Resolved {
			over = true
		}
	}
}

// listed are the updates in a list of the front matter.
func (s *site) listed(f *file) []part {
	l := s.updates.list
	if l == nil {
		return nil
	}
	field, _ := f.field(keys{l.key})
	var parts []part
	for _, item := range field.Value.Items {
		one := &file{name: f.name, fields: item}
		if p, ok := s.entryPart(one, l, item.Position.Line); ok {
			text, _ := one.field(l.text)
			p.text, p.raw = text.Value.Text, text.Value.Text
			parts = append(parts, p)
		}
	}
	return parts
}

// entryPart reads the time and the status of an update that is not in a text.
func (s *site) entryPart(f *file, l *entry, line int) (p part, ok bool) {
	date, _ := f.field(l.date)
	if p.at, ok = s.timeOf(f, date); !ok {
		s.report.LeaveOut(f.at(line), "an update has no time that can be read, %q", markup.Short(date.Value.Text))
		return p, false
	}
	said := f.line(l.status)
	known := false
	if p.status, known = s.statusOf(said); !known && said != "" {
		s.report.Note(f.at(line), "the status %q has no meaning in the map: the update keeps the status before", markup.Short(said))
	}
	return p, true
}

// ofFiles are the updates of an event that have files of their own.
func (s *site) ofFiles(f *file) []part {
	l := s.updates.files
	if l == nil {
		return nil
	}
	var parts []part
	for n, u := range s.updateFiles {
		event := strings.TrimSuffix(strings.Trim(u.line(l.event), "/"), path.Ext(f.name))
		if s.used[n] || !strings.EqualFold(event, f.base()) && !strings.EqualFold(event, f.line(s.name)) && event != strings.TrimSuffix(f.name, path.Ext(f.name)) {
			continue
		}
		s.used[n] = true
		if p, ok := s.entryPart(u, l, 1); ok {
			p.text = s.text(u)
			p.raw = p.text
			parts = append(parts, p)
		}
	}
	return parts
}

// settings are the components of an event.
func (e *event) settings(components *importer.Registry) {
	for _, name := range e.affected {
		c := components.Component(strings.ToLower(name))
		if c == nil {
			continue
		}
		e.Components = append(e.Components, status.Setting{Component: c, Status: status.UnderMaintenance, Set: e.planned})
		if !e.planned {
			e.Components[len(e.Components)-1].Status = 0
		}
	}
	importer.SortSettings(e.Components)
}
