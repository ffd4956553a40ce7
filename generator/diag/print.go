package diag

import (
	"fmt"
	"io"
	"regexp"
	"strings"
)

// Text prints the list for a person: one line per diagnostic, with its hint
// indented below, and the summary last. With color, the level is coloured by
// ANSI escapes. Control characters in content are escaped, so that a file
// can't control the terminal.
func (l List) Text(w io.Writer, color bool) error {
	p := printer{w: w}
	for _, d := range l {
		p.print(w, Printable(d.Position.String())+": ")
		p.level(d.Rule.Level, color)
		p.print(w, fmt.Sprintf(": %s [%s]\n", Printable(d.Message), d.Rule.Code))
		if d.Hint == "" {
			continue
		}
		for i, line := range strings.Split(d.Hint, "\n") {
			before := "\thint: "
			if i > 0 {
				before = "\t      "
			}
			p.print(w, before+Printable(line)+"\n")
		}
	}
	p.print(w, l.Summary()+"\n")
	return p.err
}

// printer prints until there is an error.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) print(w io.Writer, text string) {
	if p.err == nil {
		_, p.err = io.WriteString(w, text)
	}
}

func (p *printer) level(level Level, color bool) {
	if !color {
		p.print(p.w, level.String())
		return
	}
	code := [...]string{"31", "33", "36"}[level]
	p.print(Behind(p.w), "\x1b[1;"+code+"m")
	p.print(p.w, level.String())
	p.print(Behind(p.w), "\x1b[0m")
}

// report is the documented form of `check --format json`.
type report struct {
	Diagnostics []reportItem `json:"diagnostics"`
	Errors      int          `json:"errors"`
	Warnings    int          `json:"warnings"`
	Notes       int          `json:"notes"`
}

type reportItem struct {
	File    string  `json:"file"`
	Line    int     `json:"line"`   // from 1; 0 means the whole file
	Column  int     `json:"column"` // from 1, in code points; 0 means the whole line
	Level   string  `json:"level"`  // "error", "warning" or "note"
	Code    string  `json:"code"`
	Message string  `json:"message"`
	Hint    *string `json:"hint"` // null if there is none
}

// JSON prints the list as one indented document:
//
//	{"diagnostics": [{"file", "line", "column", "level", "code", "message", "hint"}], "errors", "warnings", "notes"}
func (l List) JSON(w io.Writer) error {
	r := report{Diagnostics: []reportItem{}, Errors: l.Count(Error), Warnings: l.Count(Warning), Notes: l.Count(Note)}
	for _, d := range l {
		e := reportItem{
			File: d.Position.File, Line: d.Position.Line, Column: d.Position.Column,
			Level: d.Rule.Level.String(), Code: d.Rule.Code, Message: d.Message,
		}
		if d.Hint != "" {
			e.Hint = &d.Hint
		}
		r.Diagnostics = append(r.Diagnostics, e)
	}
	return indented(w, r)
}

// GitHub prints the list as workflow commands, which GitHub shows as
// annotations on the pull request's lines.
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
func (l List) GitHub(w io.Writer) error {
	for _, d := range l {
		properties := "file=" + property(d.Position.File)
		if d.Position.Line > 0 {
			properties += fmt.Sprintf(",line=%d", d.Position.Line)
		}
		if d.Position.Column > 0 {
			properties += fmt.Sprintf(",col=%d", d.Position.Column)
		}
		properties += ",title=" + property(d.Rule.Code)
		level := d.Rule.Level.String()
		if d.Rule.Level == Note {
			level = "notice"
		}
		if _, err := fmt.Fprintf(Behind(w), "::%s %s::%s\n", level, properties, escapeData(d.withHint())); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, l.Summary())
	return err
}

var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func escapeData(s string) string { return dataEscapes.Replace(visible(s)) }
func property(s string) string   { return propertyEscapes.Replace(visible(s)) }

// runnerCommand is what a runner takes as a command anywhere in a line.
var runnerCommand = regexp.MustCompile(`(##\pL*)\[`)

// visible is Printable of each line, without commands of the runner.
func visible(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = runnerCommand.ReplaceAllString(Printable(line), `$1\u005b`)
	}
	return strings.Join(lines, "\n")
}
