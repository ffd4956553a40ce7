package loose

import (
	"strings"

	"allclear/generator/diag"
	"allclear/generator/status"
)

// EventStatus is the status of a kind of event that a word was meant as, such
// as resolved for "fixed"; false if none is near.
func EventStatus(kind status.Kind, word string) (status.EventStatus, bool) {
	word = joined(word)
	names := status.EventStatuses(kind)
	if meant := eventWords[kind][word]; meant != "" {
		word = meant
	}
	return status.ParseEventStatus(kind, near(word, names))
}

// ComponentStatus is the component status that a word was meant as, such as
// major_outage for "down"; false if none is near.
func ComponentStatus(word string) (status.ComponentStatus, bool) {
	word = joined(word)
	if meant := componentWords[word]; meant != "" {
		word = meant
	}
	return status.ParseComponentStatus(near(word, status.ComponentStatuses()))
}

// Severity is the severity that a word was meant as, such as critical for
// "sev1"; false if none is near.
func Severity(word string) (status.Severity, bool) {
	word = joined(word)
	if meant := severityWords[word]; meant != "" {
		word = meant
	}
	return status.ParseSeverity(near(word, status.Severities()))
}

// joined is a word in lower case, with _ for blanks and hyphens.
func joined(word string) string {
	word = strings.Trim(strings.ToLower(strings.TrimSpace(word)), "\"'`*_[]().:!#")
	return strings.Join(strings.FieldsFunc(word, func(r rune) bool { return strings.ContainsRune(" \t-_\u00a0", r) }), "_")
}

// near is the name that a word is, or nearly is; "" for none.
func near(word string, names []string) string {
	if word == "" {
		return ""
	}
	return diag.Near(word, names)
}

// eventWords are words of other tools and of everyday speech for statuses.
var eventWords = map[status.Kind]map[string]string{
	status.Incident: words(
		"resolved", "fixed done solved closed complete completed resolve restored recovered over fix ok up operational green finished mitigated behoben gelöst erledigt résolu resuelto",
		"investigating", "down open opened new started start detected triage triaging investigation investigate investigated looking_into_it outage acknowledged scheduled reported untersuchung",
		"identified", "found cause_found identify in_progress identifying root_cause root_cause_found known fixing verifying working_on_it",
		"monitoring", "watching monitor observing fix_deployed monitored recovering",
		"postmortem", "post_mortem rca root_cause_analysis retrospective review pm",
	),
	status.Maintenance: words(
		"completed", "done finished complete resolved fixed closed ended over end finish success successful",
		"in_progress", "started start begun began ongoing running active progress inprogress begin investigating identified under_maintenance",
		"scheduled", "planned announced schedule new upcoming postponed rescheduled moved delayed extended",
		"verifying", "verify testing checking monitoring verification validating",
		"cancelled", "canceled cancel aborted called_off withdrawn",
	),
}

var componentWords = words(
	"operational", "ok up green fine normal working healthy online available good recovered resolved none",
	"degraded_performance", "degraded slow degradation performance degraded_perf yellow minor limited performance_issues issues warning impaired",
	"partial_outage", "partial partially_down partly_down orange major partial_downtime partially_unavailable disrupted intermittent",
	"major_outage", "down outage full_outage offline red unavailable critical dead complete_outage total_outage major_downtime full_downtime failing broken error disruption",
	"under_maintenance", "maintenance blue in_maintenance planned_maintenance scheduled_maintenance",
)

var severityWords = words(
	"critical", "sev1 sev_1 p1 sev0 sev_0 p0 blocker fatal urgent highest severe emergency major_outage s1 1 crit",
	"major", "sev2 sev_2 p2 high partial_outage s2 2 important",
	"minor", "sev3 sev_3 p3 sev4 p4 low medium moderate degraded degraded_performance small s3 3",
	"none", "no info informational 0 operational nil",
)

// words makes a map from each word of a list to the name before the list.
func words(pairs ...string) map[string]string {
	meant := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		for _, word := range strings.Fields(pairs[i+1]) {
			meant[word] = pairs[i]
		}
	}
	return meant
}
