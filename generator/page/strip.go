package page

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// Strip is a component's status over the time of an event, as a picture and in
// words: "was I affected at five?".
type Strip struct {
	Paths []BarPath // in a view box of stripWidth by 14
	Spans []StripSpan
	More  string // "and 3 more", if there are more than Spans says
}

// StripSpan is a time in which the component was not operational.
type StripSpan struct {
	Status Label
	When   template.HTML // "… – …", "Since …"
}

const (
	stripWidth = 600
	minSpan    = 2 // so that a short one can be seen
	maxSpans   = 8
)

// extent is the time that a strip shows: from an event's beginning to its end, or
// to the snapshot's instant.
func extent(e *derive.Event) (from, to time.Time) {
	if len(e.Periods) == 0 {
		return from, to
	}
	return e.Periods[0].From, e.Periods[len(e.Periods)-1].To
}

// span is that time in words.
func (l *Localization) span(e *derive.Event) template.HTML {
	from, to := extent(e)
	switch {
	case !to.After(from):
		return ""
	case e.Open():
		return l.withTime("period.since", l.time(from), "")
	}
	return l.withWindow("period.range", from, to)
}

// strip draws what an event did to a component; nil for nothing.
func (l *Localization) strip(e *derive.Event, a derive.Affected) *Strip {
	from, to := extent(e)
	if !to.After(from) || len(a.Spans) == 0 {
		return nil
	}
	scale := func(t time.Time) int {
		return int(float64(stripWidth) * float64(min(max(t.Sub(from), 0), to.Sub(from))) / float64(to.Sub(from)))
	}
	strip := &Strip{}
	var paths [status.MajorOutage + 1]strings.Builder
	for _, span := range a.Spans {
		x, width := scale(span.From), max(scale(span.To)-scale(span.From), minSpan)
		fmt.Fprintf(&paths[span.Status], "M%d 0h%dv14h-%dz", min(x, stripWidth-width), width, width)
		if len(strip.Spans) < inSight(len(a.Spans), maxSpans) {
			strip.Spans = append(strip.Spans, StripSpan{l.componentStatus(span.Status), l.spanned(span)})
		}
	}
	for i := range paths {
		if paths[i].Len() > 0 {
			strip.Paths = append(strip.Paths, BarPath{barTone(status.ComponentStatus(i)), paths[i].String()})
		}
	}
	if rest := len(a.Spans) - len(strip.Spans); rest > 0 {
		strip.More = l.catalog.Count("index.more", rest)
	}
	return strip
}

func (l *Localization) spanned(span derive.Span) template.HTML {
	if span.Open {
		return l.withTime("period.since", l.time(span.From), "")
	}
	return l.withWindow("period.range", span.From, span.To)
}
