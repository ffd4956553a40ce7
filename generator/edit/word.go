package edit

import (
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/status"
)

// vocabulary is the words for one kind of thing, and other words that people type
// for them.
type vocabulary struct {
	noun   string
	names  []string
	others map[string]string
}

var (
	incidentWords = vocabulary{"status of an incident", status.EventStatuses(status.Incident), map[string]string{
		"open": "investigating", "opened": "investigating", "new": "investigating", "started": "investigating", "looking": "investigating", "ack": "investigating", "acknowledged": "investigating",
		"found": "identified", "cause": "identified", "known": "identified", "fixing": "identified", "mitigating": "identified",
		"mitigated": "monitoring", "watching": "monitoring", "observing": "monitoring", "recovering": "monitoring",
		"fixed": "resolved", "done": "resolved", "closed": "resolved", "close": "resolved", "solved": "resolved", "over": "resolved", "ok": "resolved", "up": "resolved", "restored": "resolved", "recovered": "resolved", "completed": "resolved",
		"rca": "postmortem", "retrospective": "postmortem", "post-mortem": "postmortem", "post_mortem": "postmortem", "review": "postmortem",
	}}
	maintenanceWords = vocabulary{"status of a maintenance", status.EventStatuses(status.Maintenance), map[string]string{
		"planned": "scheduled", "announced": "scheduled",
		"started": "in_progress", "start": "in_progress", "running": "in_progress", "begun": "in_progress", "active": "in_progress", "inprogress": "in_progress", "ongoing": "in_progress",
		"verify": "verifying", "testing": "verifying", "monitoring": "verifying",
		"done": "completed", "finished": "completed", "over": "completed", "closed": "completed", "complete": "completed", "fixed": "completed", "resolved": "completed", "ended": "completed",
		"canceled": "cancelled", "cancel": "cancelled", "aborted": "cancelled", "called_off": "cancelled", "postponed": "cancelled",
	}}
	componentWords = vocabulary{"component status", status.ComponentStatuses(), map[string]string{
		"ok": "operational", "up": "operational", "green": "operational", "fine": "operational", "normal": "operational", "resolved": "operational", "fixed": "operational",
		"maintenance": "under_maintenance", "maint": "under_maintenance", "planned": "under_maintenance",
		"slow": "degraded_performance", "yellow": "degraded_performance", "minor": "degraded_performance",
		"down": "major_outage", "outage": "major_outage", "dead": "major_outage", "red": "major_outage", "critical": "major_outage", "offline": "major_outage", "full_outage": "major_outage",
		"orange": "partial_outage", "partially": "partial_outage",
	}}
	severityWords = vocabulary{"severity", status.Severities(), map[string]string{
		"low": "minor", "degraded": "minor", "medium": "major", "moderate": "major", "high": "critical", "severe": "critical", "down": "critical",
		"sev1": "critical", "p1": "critical", "sev2": "major", "p2": "major", "sev3": "minor", "p3": "minor", "info": "none",
	}}
)

// normal is a word as the names are written.
func normal(word string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(word)))
}

// read returns the name that a word is: in any letter case, or its beginning if no
// other name begins so. The error has a did-you-mean.
func (v vocabulary) read(word string) (string, error) {
	const shortest = 3 // of a beginning
	text := normal(word)
	if slices.Contains(v.names, text) {
		return text, nil
	}
	var begin []string
	for _, name := range v.names {
		if len(text) >= shortest && strings.HasPrefix(name, text) {
			begin = append(begin, name)
		}
	}
	if len(begin) == 1 && v.others[text] == "" {
		return begin[0], nil
	}
	hint := "write one of " + strings.Join(v.names, ", ")
	if meant := v.meant(text); meant != "" {
		hint = "did you mean " + meant + "? " + hint
	}
	return "", problem(hint, "%q is no %s", diag.Short(word), v.noun)
}

// meant is the name that a word most likely stands for, or "".
func (v vocabulary) meant(text string) string {
	if name := v.others[text]; name != "" {
		return name
	}
	return diag.Near(text, v.names)
}

func wordsOf(kind status.Kind) vocabulary {
	if kind == status.Maintenance {
		return maintenanceWords
	}
	return incidentWords
}

// StatusNamed returns the status of either kind of event that a word is exactly, in
// any letter case; zero if there is none.
func StatusNamed(word string) status.EventStatus {
	for _, kind := range []status.Kind{status.Incident, status.Maintenance} {
		if s, ok := status.ParseEventStatus(kind, normal(word)); ok {
			return s
		}
	}
	return 0
}

// notAnEvent is the error of a name that is no event, and most likely a status.
func notAnEvent(name string, err error) error {
	for _, words := range []vocabulary{incidentWords, maintenanceWords} {
		if meant := words.meant(normal(name)); meant != "" {
			return problem("did you mean "+meant+"? the statuses are "+strings.Join(words.names, ", "),
				"%q is neither an event nor a status", diag.Short(name))
		}
	}
	return err
}

// readStatus reads a status of a kind of event.
func readStatus(kind status.Kind, word string) (status.EventStatus, error) {
	name, err := wordsOf(kind).read(word)
	s, _ := status.ParseEventStatus(kind, name)
	return s, err
}

func readSeverity(word string) (status.Severity, error) {
	name, err := severityWords.read(word)
	s, _ := status.ParseSeverity(name)
	return s, err
}
