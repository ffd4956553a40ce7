// Package diag describes mistakes: a position, the rule that was broken, a
// message and a hint. It sorts and prints them. All other packages report
// mistakes through it; it imports only the standard library.
//
// The printed form is a promise that editors and scripts rely on:
//
//	content/incidents/api.md:4:12: error: unknown component "ap1" [unknown-component]
//		hint: did you mean "api"? components are declared in content/site.yaml:12
//	2 errors, 1 warning
//
// A list is bounded, however many mistakes there are and however long the lines
// that they are in: see [List].
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
	Note                 // time alone brought it about; it never fails a check
)

func (l Level) String() string { return [...]string{"error", "warning", "note"}[l] }

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
	return Diagnostic{Position: p, Rule: r, Message: short(maxMessage, format, args)}
}

// Diagnostic is one mistake, at one position.
type Diagnostic struct {
	Position Position
	Rule     *Rule
	Message  string
	Hint     string // how to fix it; may hold several lines, may be empty
	Excerpt  string // the part around Column of the line that Position names; may be empty
	Mark     int    // the character of Excerpt that Column names, counted from 1; 0 if none
	Fix      *Fix   // what the hint says, where it is certain; else nil

	makeHint  func() string // makes Hint; nil if it is made
	omitted   int           // how many others this one stands for; 0 if for none
	elsewhere bool          // some of these are of other files
}

// Fix replaces the lines First to Last of the file that the diagnostic names.
// Last is First-1 if the lines are added above First.
type Fix struct {
	First, Last int
	Lines       []string // without line ends
}

// Replaced returns the diagnostic with a hint to write another line in place of
// the one that Position names. If the hint is certain, it is a fix too.
func (d Diagnostic) Replaced(line string, certain bool) Diagnostic {
	d = d.WithHint("write\n%s", line)
	if certain && d.Position.Line > 0 {
		d.Fix = &Fix{First: d.Position.Line, Last: d.Position.Line, Lines: []string{line}}
	}
	return d
}

// WithHint returns the diagnostic with a hint that says how to fix it.
func (d Diagnostic) WithHint(format string, args ...any) Diagnostic {
	d.Hint, d.makeHint = short(maxHint, format, args), nil
	return d
}

// WithHintFrom is WithHint for a hint that is costly, such as one that compares
// a word with many others. It is made only for a diagnostic that is kept.
func (d Diagnostic) WithHintFrom(makeHint func() string) Diagnostic {
	d.Hint, d.makeHint = "", makeHint
	return d
}

// short formats a text for a diagnostic. A text that quotes a long line is cut,
// so that a list of diagnostics is never much larger than what it is about.
func short(limit int, format string, args []any) string {
	args = slices.Clone(args)
	for i, a := range args {
		if text, ok := a.(string); ok {
			args[i] = cut(text, limit)
		}
	}
	return cut(fmt.Sprintf(format, args...), limit)
}
