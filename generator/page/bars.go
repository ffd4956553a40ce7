package page

import (
	"fmt"
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
	"allclear/generator/tone"
)

// Bars is a component's record as a picture, one bar per day, oldest first. The
// bars of one tone are one path, since a page may have tens of thousands.
type Bars struct {
	Summary string // the picture in words
	Last    string // the date of the last day, 2006-01-02
	Width   int    // of the view box; its height is 32
	Paths   []BarPath
	Notes   []BarNote // days on which something happened, on the component's own page
}

// BarPath is the bars of one tone: operational, notice, maintenance, degraded,
// partial, major, unrecorded.
type BarPath struct{ Tone, D string }

// BarsForecast is what the bars will be from an instant on.
type BarsForecast struct {
	From string // RFC 3339
	Bars Bars
}

// BarNote is what a reader who points at a day sees.
type BarNote struct {
	X    int
	Text string
}

// The bars are measured in units of the view box. Each day takes barStep, and a
// worse day is higher, so that the picture does not depend on colour.
const (
	barStep   = 5
	barWidth  = 3
	barHeight = 32
)

// heights are by component status; the last two are those of other days.
var heights = [...]int{
	status.Operational:         16,
	status.UnderMaintenance:    16,
	status.DegradedPerformance: 21,
	status.PartialOutage:       26,
	status.MajorOutage:         32,
	noticed:                    16,
	noData:                     2,
}

// These days have bars of their own.
const (
	noticed = status.MajorOutage + 1 + iota // operational, in an open incident
	noData                                  // nothing is recorded
)

// unrecorded is the tone of a day without data.
const unrecorded = "unrecorded"

// barTone is the tone of a bar.
func barTone(s status.ComponentStatus) string {
	switch s {
	case noticed:
		return tone.Notice.Name
	case noData:
		return unrecorded
	}
	return tone.OfStatus(s).Name
}

// bars draws a component's days and sums them up in words.
func (l *Localization) bars(days []derive.Day) Bars {
	b := Bars{Width: max(len(days)*barStep-(barStep-barWidth), 1)}
	if len(days) > 0 {
		b.Last = days[len(days)-1].Date.Format(time.DateOnly)
	}
	var paths [len(heights)]strings.Builder
	recorded, outages := 0, 0
	for i, d := range days {
		s := noData
		if d.Recorded || d.Worst != status.Operational {
			s = d.Worst
			recorded++
		}
		if d.Noticed {
			s = noticed
		}
		if d.Worst >= status.PartialOutage {
			outages++
		}
		height := heights[s]
		fmt.Fprintf(&paths[s], "M%d %dh%dv%dh-%dz", i*barStep, barHeight-height, barWidth, height, barWidth)
		switch s { // a path in the other direction is not filled
		case status.UnderMaintenance: // hollow
			fmt.Fprintf(&paths[s], "m1 1v%dh%dv-%dz", height-2, barWidth-2, height-2)
		case noticed: // with a gap
			fmt.Fprintf(&paths[s], "m0 4v3h%dv-3z", barWidth)
		}
	}
	for i := range paths {
		if paths[i].Len() > 0 {
			b.Paths = append(b.Paths, BarPath{barTone(status.ComponentStatus(i)), paths[i].String()})
		}
	}
	if recorded == 0 {
		b.Summary = l.catalog.Text("bars.unrecorded")
	} else {
		b.Summary = l.catalog.Text("join.name",
			"name", l.catalog.Count("component.record", recorded), "value", l.catalog.Count("bars.outages", outages))
	}
	return b
}
