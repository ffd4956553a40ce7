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

// Banner is the verdict that readers see: the overall status, or if it is worse
// that of the worst open incident. Maintenance never hides an open incident.
// Speaker is that incident, the one with the highest severity and of several the
// newest, or nil if none is open.
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
	IncidentOpen      BannerMessage = "incident" // only of severity none
	PartiallyDegraded BannerMessage = "degraded"
	MinorOutage       BannerMessage = "minor_outage"
	PartialOutage     BannerMessage = "partial_outage"
	MajorOutage       BannerMessage = "major_outage"
)

// bannerMessages are all of them, from best to worst.
var bannerMessages = []BannerMessage{
	AllOperational, UnderMaintenance, IncidentOpen, PartiallyDegraded, MinorOutage, PartialOutage, MajorOutage,
}

// severityBanner is what an open incident means for the banner, by its severity.
var severityBanner = [...]Overall{
	status.None:     {status.IndicatorNone, IncidentOpen},
	status.Minor:    {status.IndicatorMinor, PartiallyDegraded},
	status.Major:    {status.IndicatorMajor, PartialOutage},
	status.Critical: {status.IndicatorCritical, MajorOutage},
}

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

func banner(s *Snapshot) Banner {
	b := Banner{Indicator: s.Overall.Indicator, Message: s.Overall.Message}
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
	worst := severityBanner[b.Speaker.Severity]
	if slices.Index(bannerMessages, worst.Message) > slices.Index(bannerMessages, b.Message) {
		b.Indicator, b.Message = worst.Indicator, worst.Message
	}
	return b
}
