package derive

import (
	"cmp"
	"slices"

	"allclear/generator/status"
)

// Overall is the overall status. It depends only on the components.
type Overall struct {
	Indicator status.Indicator
	Message   BannerMessage
}

// Banner is the overall status that readers see. If all components are
// operational while an incident is open, Speaker is the open incident with the
// highest severity, the newest of several, and Indicator is that severity's.
// Otherwise Speaker is nil, and the rest is that of Overall.
type Banner struct {
	Indicator status.Indicator
	Message   BannerMessage
	Speaker   *Event
}

// BannerMessage is the key of the banner's sentence.
type BannerMessage string

const (
	AllOperational    BannerMessage = "operational"
	UnderMaintenance  BannerMessage = "maintenance"
	PartiallyDegraded BannerMessage = "degraded"
	MinorOutage       BannerMessage = "minor_outage"
	PartialOutage     BannerMessage = "partial_outage"
	MajorOutage       BannerMessage = "major_outage"
	IncidentOpen      BannerMessage = "incident" // Speaker's title follows
)

// overall is Statuspage's rule: the first case that holds wins. Retired
// components don't count.
func overall(components []*Component) Overall {
	var total int
	var count [status.MajorOutage + 1]int
	for _, c := range components {
		if !c.Retired {
			total++
			count[c.Status]++
		}
	}
	switch {
	case total > 0 && count[status.MajorOutage] == total:
		return Overall{status.IndicatorCritical, MajorOutage}
	case total > 0 && count[status.PartialOutage] == total, count[status.MajorOutage] > 0:
		return Overall{status.IndicatorMajor, PartialOutage}
	case count[status.PartialOutage] > 0:
		return Overall{status.IndicatorMinor, MinorOutage}
	case count[status.DegradedPerformance] > 0:
		return Overall{status.IndicatorMinor, PartiallyDegraded}
	case count[status.UnderMaintenance] > 0:
		return Overall{status.IndicatorMaintenance, UnderMaintenance}
	}
	return Overall{status.IndicatorNone, AllOperational}
}

// banner is the overall status, but it is never AllOperational while an incident
// is open.
func banner(s *Snapshot) Banner {
	b := Banner{Indicator: s.Overall.Indicator, Message: s.Overall.Message}
	if b.Message != AllOperational {
		return b
	}
	var open []*Event
	for _, e := range s.Events {
		if e.Open() && !e.HeldBack && e.Kind == status.Incident {
			open = append(open, e)
		}
	}
	if len(open) == 0 {
		return b
	}
	b.Speaker = slices.MaxFunc(open, func(a, b *Event) int {
		return cmp.Compare(a.Severity, b.Severity) // the first of equals, which is the newest
	})
	b.Message = IncidentOpen
	b.Indicator = status.Indicator(b.Speaker.Severity)
	return b
}
