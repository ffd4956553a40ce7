// Package status holds the nouns of a status page and their paths: site,
// component, event (an incident or a maintenance), update. It never reads,
// derives or renders them, and it imports only positions.
//
// The values have Statuspage's names, https://metastatuspage.com/api. Each set
// of values is one ordered list of names, from which it is printed and parsed.
package status

import "slices"

// ComponentStatus is how a component is at an instant. Greater is worse.
type ComponentStatus int

const (
	Operational ComponentStatus = iota
	UnderMaintenance
	DegradedPerformance
	PartialOutage
	MajorOutage
)

var componentStatuses = names{"operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"}

// String is the value's name in content and in the API.
func (s ComponentStatus) String() string { return componentStatuses[s] }

// ParseComponentStatus reads what String writes.
func ParseComponentStatus(name string) (ComponentStatus, bool) {
	i, ok := componentStatuses.index(name)
	return ComponentStatus(i), ok
}

// ComponentStatuses lists every value, best first.
func ComponentStatuses() []string { return slices.Clone(componentStatuses) }

// Severity is how bad an incident is, according to its author. The API calls it
// impact. Greater is worse.
type Severity int

const (
	None Severity = iota
	Minor
	Major
	Critical
)

var severities = names{"none", "minor", "major", "critical"}

// String is the value's name in content and in the API.
func (s Severity) String() string { return severities[s] }

// ParseSeverity reads what String writes.
func ParseSeverity(name string) (Severity, bool) {
	i, ok := severities.index(name)
	return Severity(i), ok
}

// Severities lists every value, mildest first.
func Severities() []string { return slices.Clone(severities) }

// ComponentStatus is the status of a component of an incident of this severity,
// if no status was set by hand.
func (s Severity) ComponentStatus() ComponentStatus {
	return [...]ComponentStatus{Operational, DegradedPerformance, PartialOutage, MajorOutage}[s]
}

// Severity is the mildest severity that gives a component this status.
func (s ComponentStatus) Severity() Severity {
	return [...]Severity{None, None, Minor, Major, Critical}[s]
}

// EventStatus is the status that an update gives its event: an incident status
// or a maintenance status. The zero value is no status.
type EventStatus int

const (
	Investigating EventStatus = iota + 1
	Identified
	Monitoring
	Resolved
	Postmortem
	Scheduled
	InProgress
	Verifying
	Completed
	Cancelled
)

var eventStatuses = names{
	"", "investigating", "identified", "monitoring", "resolved", "postmortem",
	"scheduled", "in_progress", "verifying", "completed", "cancelled",
}

// String is the value's name in content and in the API.
func (s EventStatus) String() string { return eventStatuses[s] }

// Kind is the kind of event that can have this status.
func (s EventStatus) Kind() Kind {
	if s >= Scheduled {
		return Maintenance
	}
	return Incident
}

// Closed reports whether the event is over: resolved, postmortem, completed or
// cancelled.
func (s EventStatus) Closed() bool {
	return s == Resolved || s == Postmortem || s == Completed || s == Cancelled
}

// ParseEventStatus reads what String writes. It accepts only the statuses of one
// kind of event.
func ParseEventStatus(kind Kind, name string) (EventStatus, bool) {
	i, ok := eventStatuses.index(name)
	s := EventStatus(i)
	return s, ok && i > 0 && s.Kind() == kind
}

// EventStatuses lists every value of one kind of event, in their usual order.
func EventStatuses(kind Kind) []string {
	if kind == Maintenance {
		return slices.Clone(eventStatuses[Scheduled:])
	}
	return slices.Clone(eventStatuses[Investigating:Scheduled])
}

// Indicator is the overall status in one word.
type Indicator int

const (
	IndicatorNone Indicator = iota
	IndicatorMinor
	IndicatorMajor
	IndicatorCritical
	IndicatorMaintenance
)

var indicators = names{"none", "minor", "major", "critical", "maintenance"}

// String is the value's name in the API.
func (i Indicator) String() string { return indicators[i] }

// names are the names of one set of values, in the order of the values.
type names []string

func (n names) index(name string) (int, bool) {
	i := slices.Index(n, name)
	return max(i, 0), i >= 0
}
