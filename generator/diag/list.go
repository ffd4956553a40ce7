package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The bounds of a list and of the texts in it.
const (
	MaxOfFile  = 50   // diagnostics of one file that are kept
	MaxKept    = 1000 // diagnostics that are kept in all
	maxMessage = 1000 // characters
	maxHint    = 4000 // characters
)

var rules Rules

// OwnRules lists the rules of this package.
func OwnRules() []*Rule { return rules.All() }

var (
	ruleMoreErrors = rules.Declare(Rule{
		Code:  "more-errors",
		Title: "A file has no more errors than fit on a screen or two",
		Why:   "Nobody reads ten thousand errors, and a list of them could take all of a computer's memory. So the first 50 of a file and the first 1,000 in all are listed, and the rest is counted.",
	})
	ruleMoreWarnings = rules.Declare(Rule{
		Code: "more-warnings", Level: Warning,
		Title: "A file has no more warnings than fit on a screen or two",
		Why:   "Errors are listed first, then warnings, then notes, up to 50 of a file and 1,000 in all. The rest is counted.",
	})
)

// List is any number of diagnostics. The zero value is ready to use. Of more
// than [MaxOfFile] of a file, or [MaxKept] in all, it keeps the first ones,
// errors before warnings. The others are replaced by a diagnostic per level
// that says how many they are, and that counts as so many.
type List []Diagnostic

// boundAt is the length at which a growing list is bounded. Below it, bounding
// would cost more than the memory that it saves.
const boundAt = 4 * MaxOfFile

// Add appends diagnostics.
func (l *List) Add(ds ...Diagnostic) {
	if len(*l) >= boundAt && len(*l)+len(ds) > cap(*l) {
		bounded := l.bounded()
		*l = slices.Grow(bounded, len(bounded)+len(ds))
	}
	*l = append(*l, ds...)
}

// Sorted returns the list in order of file, line, column and code, each
// distinct diagnostic once, within its bounds and with every hint made.
func (l List) Sorted() List {
	sorted := l.Bounded()
	for i := range sorted {
		if d := &sorted[i]; d.makeHint != nil {
			d.Hint, d.makeHint = cut(d.makeHint(), maxHint), nil
		}
	}
	return sorted
}

// comparePrinted orders diagnostics as they are printed. What stands for others
// is at the end of its file.
func comparePrinted(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Position.File, b.Position.File),
		cmp.Compare(min(a.omitted, 1), min(b.omitted, 1)),
		a.Position.Compare(b.Position),
		cmp.Compare(a.Rule.Code, b.Rule.Code),
		cmp.Compare(a.Message, b.Message),
	)
}

// Bounded is Sorted without the hints that are made only for what is printed.
func (l List) Bounded() List {
	kept := l.bounded()
	slices.SortFunc(kept, comparePrinted)
	return kept
}

// bounded returns the diagnostics that are kept, each once, errors first, and
// what stands for the others.
func (l List) bounded() List {
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Rule.Level, b.Rule.Level), comparePrinted(a, b))
	})
	sorted = slices.CompactFunc(sorted, func(a, b Diagnostic) bool {
		return a.Position == b.Position && a.Rule == b.Rule && a.Message == b.Message && a.omitted+b.omitted == 0
	})
	kept, ofFile := sorted[:0], map[string]int{}
	var rest rest
	for _, d := range sorted {
		file := d.Position.File
		if d.omitted > 0 || len(kept) >= MaxKept || ofFile[file] >= MaxOfFile {
			rest.add(d)
			continue
		}
		ofFile[file]++
		kept = append(kept, d)
	}
	return append(kept, rest.diagnostics(ofFile)...)
}

// rest counts the diagnostics that are not kept.
type rest struct {
	files map[restKey]int
	order []restKey // of files, as they were first seen
}

type restKey struct {
	file      string
	level     Level
	elsewhere bool
}

func (r *rest) add(d Diagnostic) {
	key := restKey{d.Position.File, d.Rule.Level, d.elsewhere}
	if r.files == nil {
		r.files = map[restKey]int{}
	}
	if _, seen := r.files[key]; !seen {
		r.order = append(r.order, key)
	}
	r.files[key] += max(d.omitted, 1)
}

// diagnostics is one diagnostic per level for each file of which some were
// kept, and one per level for all other files together.
func (r *rest) diagnostics(kept map[string]int) []Diagnostic {
	var all []Diagnostic
	var others [Note + 1]Diagnostic // by level
	for _, key := range r.order {
		n := r.files[key]
		other := &others[key.level]
		switch {
		case kept[key.file] > 0 && !key.elsewhere:
			all = append(all, omission(key, n))
		case other.omitted == 0:
			*other = omission(key, n)
		default:
			key.file, key.elsewhere = min(key.file, other.Position.File), true
			*other = omission(key, n+other.omitted)
		}
	}
	for _, d := range others {
		if d.omitted > 0 {
			all = append(all, d)
		}
	}
	return all
}

// moreRules are the rules for what is not kept, by level.
var moreRules = func() [Note + 1]*Rule {
	notes := *ruleMoreWarnings
	notes.Level = Note
	return [...]*Rule{ruleMoreErrors, ruleMoreWarnings, &notes}
}()

// omission stands for n diagnostics that are not kept.
func omission(key restKey, n int) Diagnostic {
	rule := moreRules[key.level]
	noun, where := key.level.String(), "in this file"
	if key.elsewhere {
		where = "in this file and others"
	}
	message := fmt.Sprintf("%d more %ss %s are not listed", n, noun, where)
	if n == 1 {
		message = fmt.Sprintf("1 more %s %s is not listed", noun, where)
	}
	d := rule.At(Position{File: key.file}, "%s", message).
		WithHint("fix the others first: at most %d of a file and %d in all are listed", MaxOfFile, MaxKept)
	d.omitted, d.elsewhere = n, key.elsewhere
	return d
}

// Count returns how many diagnostics of a level the list holds.
func (l List) Count(level Level) int {
	n := 0
	for _, d := range l {
		if d.Rule.Level == level {
			n += max(d.omitted, 1)
		}
	}
	return n
}

// HasErrors reports whether the list holds an error, so that the site can't be
// built.
func (l List) HasErrors() bool { return l.Count(Error) > 0 }

// Summary is the last line, "2 errors, 1 warning, 1 note"; "no mistakes" for an
// empty list.
func (l List) Summary() string {
	var parts []string
	for level := Error; level <= Note; level++ {
		if n := l.Count(level); n > 0 {
			parts = append(parts, count(n, level.String()))
		}
	}
	if len(parts) == 0 {
		return "no mistakes"
	}
	return strings.Join(parts, ", ")
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
