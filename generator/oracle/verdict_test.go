package oracle

import "slices"

// The sentences of the overall status, in the order of their badness. The
// notice is what is said of an open incident without a severity: it is no
// outage, but maintenance never speaks over it.
var verdicts = []string{
	"All Systems Operational",
	"Service Under Maintenance",
	"Incident in Progress",
	"Partially Degraded Service",
	"Minor Service Outage",
	"Partial System Outage",
	"Major System Outage",
}

func badness(verdict string) int { return slices.Index(verdicts, verdict) }

var indicators = map[string]string{
	"All Systems Operational": "none", "Service Under Maintenance": "maintenance", "Partially Degraded Service": "minor",
	"Minor Service Outage": "minor", "Partial System Outage": "major", "Major System Outage": "critical",
}

// overall is the API's overall status: of the components alone.
func (m *Model) overall() (indicator, description string) {
	total, in := 0, map[string]int{}
	for _, component := range m.listed() {
		total++
		in[m.componentStatus(component, m.at)]++
	}
	switch {
	case total > 0 && in["major_outage"] == total:
		description = "Major System Outage"
	case total > 0 && in["partial_outage"] == total:
		description = "Partial System Outage"
	case in["major_outage"] > 0:
		description = "Partial System Outage"
	case in["partial_outage"] > 0:
		description = "Minor Service Outage"
	case in["degraded_performance"] > 0:
		description = "Partially Degraded Service"
	case in["under_maintenance"] > 0:
		description = "Service Under Maintenance"
	default:
		description = "All Systems Operational"
	}
	return indicators[description], description
}

// atLeast is the mildest sentence that a person may see over an open incident
// of a severity.
var atLeast = map[string]string{
	"none": "Incident in Progress", "minor": "Partially Degraded Service", "major": "Partial System Outage", "critical": "Major System Outage",
}

// worstOpen are the open incidents of the worst severity; any of them may be
// the one that the verdict names.
func (m *Model) worstOpen() (worst []*Told, severity string) {
	for _, t := range m.events {
		if t.Maintenance || !t.open() {
			continue
		}
		s := t.severity()
		switch {
		case len(worst) == 0 || severities[s] > severities[severity]:
			worst, severity = []*Told{t}, s
		case s == severity:
			worst = append(worst, t)
		}
	}
	return worst, severity
}

// verdict is what a person is to see: the mildest sentence that is true, and
// whether it is there for an incident rather than for the components.
func (m *Model) verdict() (mildest string, forIncident bool) {
	_, overall := m.overall()
	worst, severity := m.worstOpen()
	if len(worst) > 0 && badness(atLeast[severity]) > badness(overall) {
		return atLeast[severity], true
	}
	return overall, false
}
