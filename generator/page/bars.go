package page

import (
	"fmt"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// The bars are measured in units of the view box. Each day takes barStep, and a
// worse day is higher, so that the picture does not depend on colour.
const (
	barStep   = 5
	barWidth  = 3
	barHeight = 32
)

// shape is how the bars of one tone look.
type shape struct {
	tone   string
	height int
}

// shapes is by component status.
var shapes = [...]shape{
	status.Operational:         {"operational", 16},
	status.UnderMaintenance:    {"maintenance", 16},
	status.DegradedPerformance: {"degraded", 21},
	status.PartialOutage:       {"partial", 26},
	status.MajorOutage:         {"major", 32},
}

var (
	notice     = shape{"notice", 16} // operational, in an open incident
	unrecorded = shape{"unrecorded", 2}
)

// bars draws a component's days and sums them up in words.
func (l *Localization) bars(days []derive.Day) Bars {
	b := Bars{Width: max(len(days)*barStep-(barStep-barWidth), 1)}
	paths := map[string]*strings.Builder{}
	recorded, outages := 0, 0
	for i, d := range days {
		s := unrecorded
		if d.Recorded || d.Worst != status.Operational {
			s = shapes[d.Worst]
			recorded++
		}
		if d.Noticed {
			s = notice
		}
		if d.Worst >= status.PartialOutage {
			outages++
		}
		path := paths[s.tone]
		if path == nil {
			path = &strings.Builder{}
			paths[s.tone] = path
		}
		fmt.Fprintf(path, "M%d %dh%dv%dh-%dz", i*barStep, barHeight-s.height, barWidth, s.height, barWidth)
		switch s {
		case shapes[status.UnderMaintenance]: // hollow: a path in the other direction is not filled
			fmt.Fprintf(path, "m1 1v%dh%dv-%dz", s.height-2, barWidth-2, s.height-2)
		case notice: // with a gap
			fmt.Fprintf(path, "m0 4v3h%dv-3z", barWidth)
		}
	}
	for _, s := range append(shapes[:], notice, unrecorded) {
		if path := paths[s.tone]; path != nil {
			b.Paths = append(b.Paths, BarPath{s.tone, path.String()})
		}
	}
	if recorded == 0 {
		b.Summary = l.catalog.Text("bars.unrecorded")
	} else {
		b.Summary = l.catalog.Text("bars.summary",
			"days", l.catalog.Count("bars.days", recorded), "outages", l.catalog.Count("bars.outages", outages))
	}
	return b
}
