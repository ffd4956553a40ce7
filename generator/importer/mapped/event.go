package mapped

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/compose"
	"allclear/generator/importer"
	"allclear/generator/importer/cstate"
	"allclear/generator/importer/markup"
	"allclear/generator/source"
	"allclear/generator/status"
)

// event is an event and the names of its components.
type event struct {
	importer.Event
	affected []string
	planned  bool // it is imported as an incident, since a maintenance needs an end
}

var datedName = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})-?`)

// base is the name of a file, or that of its folder if it is an index.
func (f *file) base() string {
	base := strings.TrimSuffix(path.Base(f.name), path.Ext(f.name))
	if base == "index" && path.Dir(f.name) != "." {
		base = path.Base(path.Dir(f.name))
	}
	return base
}

// event makes an event of a file; nil if it has no time.
func (s *site) event(f *file) *event {
	e := &event{Event: importer.Event{Event: &status.Event{}, Where: f.name}}
	if e.Title = f.line(s.name); e.Title == "" {
		e.Title = strings.TrimSpace(strings.ReplaceAll(datedName.ReplaceAllString(f.base(), ""), "-", " "))
		s.report.Note(f.at(1), "it has no title: the words of its name are used")
	}
	date, ok := s.begin(f)
	if !ok {
		return nil
	}
	e.ID = s.id(f)
	if drafted, _, ok := f.word(s.draft); ok {
		e.Draft = drafted == "true"
	}
	s.oldAddress(f, e, date)
	s.severityOf(f, e)
	e.affected = f.names(s.components)
	end := s.ending(f, date)
	planned, _, _ := f.word(s.maintenance)
	e.Kind = status.Incident
	if planned == "true" {
		if e.planned = !end.at.After(date); !e.planned {
			e.Kind = status.Maintenance
		}
	}
	s.timeline(f, e, date, end)
	e.HoldBack = slices.ContainsFunc(e.Updates, func(u status.Update) bool { return u.At.After(s.now) })
	return e
}

// begin is when an event began: its date, else that of its name.
func (s *site) begin(f *file) (time.Time, bool) {
	field, has := f.field(s.date)
	if at, ok := s.timeOf(f, field); ok {
		return at, true
	}
	problem := "it has no date"
	if has {
		problem = fmt.Sprintf("its %s %q can't be read as a time", field.Key, markup.Short(field.Value.Text))
	}
	if m := datedName.FindString(f.base()); m != "" {
		if at, _, _, ok := cstate.Time(strings.Trim(m, "-"), s.zone); ok {
			s.report.Note(f.at(field.KeyAt.Line), "%s: it is dated by its name", problem)
			return at, true
		}
	}
	s.report.LeaveOut(f.at(field.KeyAt.Line), "%s", problem)
	return time.Time{}, false
}

// timeOf reads the time of a key.
func (s *site) timeOf(f *file, field source.Field) (time.Time, bool) {
	if field.Value.Kind != source.KindScalar {
		return time.Time{}, false
	}
	at, dateOnly, zoneless, ok := cstate.Time(field.Value.Text, s.zone)
	if ok && dateOnly {
		s.report.Note(f.at(field.KeyAt.Line), "%s has no time of day: the first instant of that day is used", field.Key)
	} else if ok {
		s.countZoneless(zoneless)
	}
	return at, ok
}

func (s *site) id(f *file) string {
	made := compose.Slug(f.base(), 72)
	if made == "" {
		made = "event"
	}
	id := compose.Numbered(made, func(id string) bool { return s.taken[id] || !source.IsID(id) })
	s.taken[id] = true
	return id
}

var braced = regexp.MustCompile(`\{([^{}]*)\}`)

// oldAddress keeps the address that the site had for an event.
func (s *site) oldAddress(f *file, e *event, date time.Time) {
	if s.address == "" {
		return
	}
	day := date.In(s.zone)
	slug := f.line(keys{"slug"})
	if slug == "" {
		slug = datedName.ReplaceAllString(f.base(), "")
	}
	old := braced.ReplaceAllStringFunc(s.address, func(part string) string {
		switch strings.Trim(part, "{}") {
		case "path":
			return strings.TrimSuffix(f.name, path.Ext(f.name))
		case "name":
			return f.base()
		case "slug":
			return slug
		case "year":
			return day.Format("2006")
		case "month":
			return day.Format("01")
		}
		return day.Format("02")
	})
	if !check.IsAlias(old) {
		s.report.Note(f.at(1), "its old address %q can't be an alias", markup.Short(old))
		return
	}
	e.Aliases = append(e.Aliases, status.Alias{Path: old})
}

func (s *site) severityOf(f *file, e *event) {
	e.SeverityStated = true
	if !s.severity.given {
		return
	}
	meaning, said, ok := f.word(s.severity)
	if len(s.severity.means) == 0 {
		meaning = strings.ToLower(said)
	}
	known, valid := status.ParseSeverity(meaning)
	switch {
	case valid:
		e.Severity = known
	case ok:
		s.report.Note(f.at(1), "the severity %q has no meaning in the map: none is used", markup.Short(said))
	default:
		s.report.Note(f.at(1), "it has no severity: none is used")
	}
}

// names is a list of names, each once; a text is cut at its commas.
func (f *file) names(k keys) []string {
	field, _ := f.field(k)
	values := field.Value.Items
	if field.Value.Kind == source.KindScalar {
		for _, name := range strings.Split(field.Value.Text, ",") {
			values = append(values, source.Value{Kind: source.KindScalar, Text: name})
		}
	}
	var names []string
	for _, v := range values {
		name := markup.OneLine(v.Text)
		if v.Kind == source.KindScalar && name != "" && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			names = append(names, name)
		}
	}
	return names
}

// ending is whether and when an event was over.
type ending struct {
	over, open bool      // neither if the front matter does not say it
	at         time.Time // zero if it is unknown
}

// ending reads whether and when an event was over. The switch is believed; the
// time counts if there is no switch.
func (s *site) ending(f *file, date time.Time) ending {
	var e ending
	field, has := f.field(s.end)
	at, known := s.timeOf(f, field)
	switch {
	case has && !known:
		s.report.Note(f.at(field.KeyAt.Line), "its %s %q can't be read as a time", field.Key, markup.Short(field.Value.Text))
	case known && at.Before(date):
		s.report.Note(f.at(field.KeyAt.Line), "its end, %s, is before its beginning, %s: its last known time is used", importer.Stamp(at), importer.Stamp(date))
	case known:
		e.at = at
	}
	switch meaning, _, says := f.word(s.resolved); {
	case says:
		e.over = meaning == "true"
		e.open = !e.over
	case known:
		e.over = !at.After(s.now)
	case s.resolved.given:
		e.open = true
	}
	return e
}
