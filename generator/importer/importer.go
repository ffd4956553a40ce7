package importer

import (
	"context"
	"fmt"
	"time"
)

// Options say where to put a history, and how to read what it leaves open.
type Options struct {
	Content      string         // the content folder; made where it is missing
	Zone         *time.Location // of times that name none, and of a new site; nil for the source's own, else UTC
	Now          time.Time      // the clock; what is dated later is held back until then
	InsecureHTTP bool           // take a history over plain http from another machine
}

// Statuspage imports what Statuspage's API has told, from a folder of recorded
// answers, one of them, or the address of a page.
func Statuspage(ctx context.Context, source string, o Options) (*Report, error) {
	report := &Report{}
	t, err := openTarget(o)
	if err != nil {
		return nil, err
	}
	recordings, err := record(ctx, source, o, report)
	if err != nil {
		return nil, err
	}
	h, components, err := readStatuspage(recordings, o, t.site, report)
	if err != nil {
		return nil, err
	}
	if len(h.components.missing) > 0 {
		return nil, h.components.missingError(t.file("site.yaml"), components)
	}
	return report, t.put(h, report)
}

// CState imports the folder of a cState site.
func CState(dir string, o Options) (*Report, error) {
	report := &Report{}
	t, err := openTarget(o)
	if err != nil {
		return nil, err
	}
	h, components, err := readCState(dir, o, t.site, report)
	if err != nil {
		return nil, err
	}
	if len(h.components.missing) > 0 {
		return nil, h.components.missingError(t.file("site.yaml"), components)
	}
	if len(h.events) == 0 && report.LeftOut() == 0 {
		return nil, fmt.Errorf("%s holds no incidents: name the folder of the cState site, which has content/issues in it", dir)
	}
	return report, t.put(h, report)
}
