// Package diag describes mistakes: a position, the rule that was broken, a
// message and a hint. It sorts and prints them. All other packages report
// mistakes through it; it imports only the standard library.
//
// The printed form is a promise that editors and scripts rely on:
//
//	content/incidents/api.md:4:12: error: unknown component "ap1" [unknown-component]
//		hint: did you mean "api"? components are declared in content/site.yaml:12
//	2 errors, 1 warning
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Position is a place in a file. Line and Column count from 1, Column in
// Unicode code points; a zero Line means the file as a whole, a zero Column
// the line as a whole.
type Position struct {
	File   string // slash-separated, as a person would type it: content/incidents/api.md
	Line   int
	Column int
}

// String is file:line:column, leaving out what is zero.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// IsZero reports whether the position names no file at all.
func (p Position) IsZero() bool { return p == Position{} }

// Compare orders positions by file, line and column.
func (p Position) Compare(q Position) int {
	return cmp.Or(
		cmp.Compare(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(p.Column, q.Column),
	)
}

// Level says how bad it is to break a rule.
type Level int

const (
	Error   Level = iota // the site can't be built
	Warning              // the site is built, and a person should look
)

func (l Level) String() string {
	if l == Warning {
		return "warning"
	}
	return "error"
}

// Rule is one rule for content. Each is one literal beside the code that checks
// it; its examples are in command/explain/<Code>.txtar.
type Rule struct {
	Code  string // words joined by hyphens, never changed once released
	Level Level
	Title string // what must hold, as a sentence without a full stop
	Why   string // what happens to a reader, a client or a writer otherwise
}

// At makes a diagnostic of the rule: what is wrong, and where. The message
// begins in lower case and ends without a full stop.
func (r *Rule) At(p Position, format string, args ...any) Diagnostic {
	return Diagnostic{Position: p, Rule: r, Message: fmt.Sprintf(format, args...)}
}

// Diagnostic is one mistake, at one position.
type Diagnostic struct {
	Position Position
	Rule     *Rule
	Message  string
	Hint     string // how to fix it; may hold several lines, may be empty
	Excerpt  string // the line of the file that Position names, without its line end; may be empty
}

// WithHint returns the diagnostic with a hint that says how to fix it.
func (d Diagnostic) WithHint(format string, args ...any) Diagnostic {
	d.Hint = fmt.Sprintf(format, args...)
	return d
}

// List is any number of diagnostics. The zero value is ready to use.
type List []Diagnostic

// Add appends diagnostics.
func (l *List) Add(ds ...Diagnostic) { *l = append(*l, ds...) }

// Sorted returns the list in order of file, line, column and code, each
// distinct diagnostic once.
func (l List) Sorted() List {
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, func(a, b Diagnostic) int {
		return cmp.Or(
			a.Position.Compare(b.Position),
			cmp.Compare(a.Rule.Code, b.Rule.Code),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(sorted, func(a, b Diagnostic) bool {
		return a.Position == b.Position && a.Rule == b.Rule && a.Message == b.Message
	})
}

// Count returns how many diagnostics of a level the list holds.
func (l List) Count(level Level) int {
	n := 0
	for _, d := range l {
		if d.Rule.Level == level {
			n++
		}
	}
	return n
}

// HasErrors reports whether the list holds an error, so that the site can't be
// built.
func (l List) HasErrors() bool { return l.Count(Error) > 0 }

// Summary is the last line, "2 errors, 1 warning"; "no mistakes" for an
// empty list.
func (l List) Summary() string {
	errors, warnings := l.Count(Error), l.Count(Warning)
	switch {
	case errors == 0 && warnings == 0:
		return "no mistakes"
	case warnings == 0:
		return count(errors, "error")
	case errors == 0:
		return count(warnings, "warning")
	}
	return count(errors, "error") + ", " + count(warnings, "warning")
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
