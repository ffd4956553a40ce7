// Package status holds the nouns of a status page and their paths: site,
// component, event (an incident or a maintenance), update. It says what they
// are, never how they are read, derived or shown, and imports only positions.
//
// The words are Statuspage's own, https://metastatuspage.com/api. Each set of
// values is one ordered table that serves String, Parse and ranking.
package status

// ComponentStatus is how a component is at an instant. Greater is worse.
type ComponentStatus int

const (
	Operational ComponentStatus = iota
	UnderMaintenance
	DegradedPerformance
	PartialOutage
	MajorOutage
)

var componentStatuses = table{"operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"}

// String is the value as content and the API write it.
func (s ComponentStatus) String() string { return componentStatuses[s] }

// ParseComponentStatus reads what String writes.
func ParseComponentStatus(word string) (ComponentStatus, bool) {
	i, ok := componentStatuses.index(word)
	return ComponentStatus(i), ok
}

// ComponentStatuses lists every value, best first.
func ComponentStatuses() []string { return componentStatuses.words() }

// Severity is how bad an incident is, said by its author; the API calls it
// impact. Greater is worse.
type Severity int

const (
	None Severity = iota
	Minor
	Major
	Critical
)

var severities = table{"none", "minor", "major", "critical"}

// String is the value as content and the API write it.
func (s Severity) String() string { return severities[s] }

// ParseSeverity reads what String writes.
func ParseSeverity(word string) (Severity, bool) {
	i, ok := severities.index(word)
	return Severity(i), ok
}

// Severities lists every value, mildest first.
func Severities() []string { return severities.words() }

// ComponentStatus is what a severity means for a component that nothing set
// by hand.
func (s Severity) ComponentStatus() ComponentStatus {
	return [...]ComponentStatus{Operational, DegradedPerformance, PartialOutage, MajorOutage}[s]
}

// Severity is the mildest severity that can bring a component to this status.
func (s ComponentStatus) Severity() Severity {
	return [...]Severity{None, None, Minor, Major, Critical}[s]
}

// EventStatus is what an update says of its event: an incident status or a
// maintenance status. The zero value is none of them.
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

var eventStatuses = table{
	"", "investigating", "identified", "monitoring", "resolved", "postmortem",
	"scheduled", "in_progress", "verifying", "completed", "cancelled",
}

// String is the value as content and the API write it.
func (s EventStatus) String() string { return eventStatuses[s] }

// Kind is the kind of event whose updates may say this status.
func (s EventStatus) Kind() Kind {
	if s >= Scheduled {
		return Maintenance
	}
	return Incident
}

// Closed reports whether nothing more is wrong or to be done: resolved,
// postmortem, completed, cancelled.
func (s EventStatus) Closed() bool {
	return s == Resolved || s == Postmortem || s == Completed || s == Cancelled
}

// ParseEventStatus reads what String writes, of one kind of event.
func ParseEventStatus(kind Kind, word string) (EventStatus, bool) {
	i, ok := eventStatuses.index(word)
	s := EventStatus(i)
	return s, ok && i > 0 && s.Kind() == kind
}

// EventStatuses lists every value of one kind of event, in the order in which
// they commonly come.
func EventStatuses(kind Kind) []string {
	if kind == Maintenance {
		return eventStatuses[Scheduled:].words()
	}
	return eventStatuses[Investigating:Scheduled].words()
}

// Indicator is the overall status in a word.
type Indicator int

const (
	IndicatorNone Indicator = iota
	IndicatorMinor
	IndicatorMajor
	IndicatorCritical
	IndicatorMaintenance
)

var indicators = table{"none", "minor", "major", "critical", "maintenance"}

// String is the value as the API writes it.
func (i Indicator) String() string { return indicators[i] }

// table is the ordered words of one set of values.
type table []string

func (t table) index(word string) (int, bool) {
	for i, w := range t {
		if w == word {
			return i, true
		}
	}
	return 0, false
}

func (t table) words() []string { return append([]string(nil), t...) }
