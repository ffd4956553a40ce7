package importer

import (
	"fmt"
	"slices"
	"strings"
)

const (
	namedPlaces = 3  // of a kind of note, unless all are asked for
	namedLosses = 10 // of a kind, each in a line of its own: a loss is worth it
)

// kinds groups notes of one kind, in the order of the first of each.
func (r *Report) kinds(lost bool) [][]Note {
	var kinds [][]Note
	index := map[string]int{}
	for _, n := range r.Notes {
		if n.Lost != lost {
			continue
		}
		i, known := index[n.kind()]
		if !known {
			i = len(kinds)
			index[n.kind()] = i
			kinds = append(kinds, nil)
		}
		kinds[i] = append(kinds[i], n)
	}
	return kinds
}

// writeKinds writes a line for each kind of note, or for each note if a kind
// has no more than a number of them, or if all are asked for.
func writeKinds(b *strings.Builder, kinds [][]Note, all bool, most int) {
	for _, notes := range kinds {
		if !all && len(notes) > most {
			fmt.Fprintf(b, "  %d times: %s: %s\n", len(notes), common(notes), places(notes))
			continue
		}
		for _, n := range notes {
			fmt.Fprintf(b, "  %s: %s\n", n.Where, n.What())
		}
	}
}

// common is the text of notes of one kind, with … for each word that differs
// among them.
func common(notes []Note) string {
	args := slices.Clone(notes[0].Args)
	for i := range args {
		if slices.ContainsFunc(notes, func(n Note) bool { return fmt.Sprint(n.Args[i]) != fmt.Sprint(args[i]) }) {
			args[i] = dots{}
		}
	}
	return fmt.Sprintf(notes[0].Format, args...)
}

// dots is an argument that prints as … in every verb.
type dots struct{}

func (dots) Format(f fmt.State, _ rune) { fmt.Fprint(f, "…") }

// places lists where the first notes of a kind are. The file of places such as
// "incidents.json: abc123" is said once.
func places(notes []Note) string {
	var b strings.Builder
	file, named := "", 0
	seen := map[string]bool{}
	for _, n := range notes {
		if seen[n.Where] {
			continue
		}
		seen[n.Where] = true
		if named++; named > namedPlaces {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		of, place, ok := strings.Cut(n.Where, ": ")
		switch {
		case ok && of == file:
			b.WriteString(place)
		default:
			b.WriteString(n.Where)
		}
		file = of
	}
	if more := named - namedPlaces; more > 0 {
		fmt.Fprintf(&b, " and %d more", more)
	}
	return b.String()
}
