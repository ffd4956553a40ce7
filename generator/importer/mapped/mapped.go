package mapped

import (
	"fmt"
	"os"
	"strings"
	"time"

	"allclear/generator/importer"
	"allclear/generator/status"
)

// site is a site of Markdown files while it is read.
type site struct {
	*Map
	report *importer.Report
	now    time.Time
	zone   *time.Location

	zoneless    int // times without a zone
	taken       map[string]bool
	updateFiles []*file
	used        []bool // those of them that belong to an event
}

func (s *site) countZoneless(zoneless bool) {
	if zoneless {
		s.zoneless++
	}
}

// Import imports a folder of Markdown files, read as the map says, into the
// content folder.
func Import(dir string, m *Map, o importer.Options) (*importer.Report, error) {
	report := &importer.Report{}
	target, err := importer.Open(o)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	s := &site{Map: m, report: report, now: o.Now, zone: time.UTC, taken: map[string]bool{}}
	for _, zone := range []*time.Location{m.zone, o.Zone} {
		if zone != nil {
			s.zone = zone
		}
	}
	events, err := s.events(root)
	if err != nil {
		return nil, err
	}
	if len(events) == 0 && report.LeftOut() == 0 {
		return nil, fmt.Errorf("no file in %s fits %s: name the folder of the site, or write files: into the map", dir, strings.Join(m.files, " or "))
	}
	components := target.Register(s.declared(events))
	h := &importer.History{Site: importer.NewSite(m.title, m.url, s.zone, "the map", report), Zone: s.zone, Components: components}
	report.Components = components.Len()
	for _, e := range events {
		e.settings(components)
		h.Events = append(h.Events, e.Event)
	}
	return report, target.Put(h, report)
}

// events reads every event of the site.
func (s *site) events(root *os.Root) ([]*event, error) {
	if l := s.updates.files; l != nil {
		var err error
		if s.updateFiles, err = files(root, l.patterns, nil, s.report); err != nil {
			return nil, err
		}
		s.used = make([]bool, len(s.updateFiles))
	}
	all, err := files(root, s.files, s.ignore, s.report)
	if err != nil {
		return nil, err
	}
	var events []*event
	for _, f := range all {
		e := s.event(f)
		if e == nil {
			s.report.Incidents++
			continue
		}
		events = append(events, e)
		if s.report.Updates += len(e.Updates); e.Kind == status.Maintenance {
			s.report.Maintenances++
		} else {
			s.report.Incidents++
		}
	}
	for n, u := range s.updateFiles {
		if !s.used[n] {
			s.report.LeaveOut(u.name, "it is an update of %q, which is no event", u.line(s.updates.files.event))
		}
	}
	if s.zoneless > 0 {
		s.report.Note("times", "%s had no zone: read as %s; choose another with --timezone, or timezone: of the map", importer.Count(s.zoneless, "time"), s.zone)
	}
	return events, nil
}

// declared lists the components that events name, in the order of the events.
func (s *site) declared(events []*event) []importer.Component {
	var all []importer.Component
	seen := map[string]bool{}
	for _, e := range events {
		for _, name := range e.affected {
			if code := strings.ToLower(name); !seen[code] {
				seen[code] = true
				all = append(all, importer.Component{Code: code, Name: name, Position: len(all)})
			}
		}
	}
	return all
}
