package edit

import (
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/loose"
	"allclear/generator/status"
)

// vocabulary is the names of one kind of thing.
type vocabulary struct {
	noun  string
	names []string
	meant func(word string) string // the name that another word stands for, or ""
}

func statuses(kind status.Kind) vocabulary {
	return vocabulary{"status of " + article[kind], status.EventStatuses(kind), func(word string) string {
		s, _ := loose.EventStatus(kind, word)
		return s.String()
	}}
}

var article = map[status.Kind]string{status.Incident: "an incident", status.Maintenance: "a maintenance"}

var componentStatuses = vocabulary{"component status", status.ComponentStatuses(), func(word string) string {
	if s, ok := loose.ComponentStatus(word); ok {
		return s.String()
	}
	return ""
}}

var severities = vocabulary{"severity", status.Severities(), func(word string) string {
	if s, ok := loose.Severity(word); ok {
		return s.String()
	}
	return ""
}}

// normal is a word as the names are written.
func normal(word string) string {
	return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(word)))
}

// read returns the name that a word is in any letter case, or the only one that
// begins so. Any other word is an error with a did-you-mean.
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
	meant := v.meant(word)
	if len(begin) == 1 && (meant == "" || meant == begin[0]) {
		return begin[0], nil
	}
	hint := "write one of " + strings.Join(v.names, ", ")
	if meant != "" {
		hint = "did you mean " + meant + "? " + hint
	}
	return "", problem(hint, "%q is no %s", diag.Short(word), v.noun)
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
	for _, kind := range []status.Kind{status.Incident, status.Maintenance} {
		if v := statuses(kind); v.meant(name) != "" {
			return problem("did you mean "+v.meant(name)+"? the statuses are "+strings.Join(v.names, ", "),
				"%q is neither an event nor a status", diag.Short(name))
		}
	}
	return err
}

// readStatus reads a status of a kind of event.
func readStatus(kind status.Kind, word string) (status.EventStatus, error) {
	v := statuses(kind)
	if said := StatusNamed(word); said != 0 && said.Kind() != kind {
		return 0, problem("write one of "+strings.Join(v.names, ", "),
			"%s is a status of %s, and this is %s", said, article[said.Kind()], article[kind])
	}
	name, err := v.read(word)
	s, _ := status.ParseEventStatus(kind, name)
	return s, err
}

func readSeverity(word string) (status.Severity, error) {
	name, err := severities.read(word)
	s, _ := status.ParseSeverity(name)
	return s, err
}
