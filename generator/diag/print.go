package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Text prints the list for a person: one line per diagnostic, with its hint
// indented below, and the summary last. With color, the level is coloured by
// ANSI escapes. Control characters in content are escaped, so that a file
// can't control the terminal.
func (l List) Text(w io.Writer, color bool) error {
	for _, d := range l {
		if _, err := io.WriteString(w, d.text(color)); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, l.Summary())
	return err
}

func (d Diagnostic) text(color bool) string {
	level := d.Rule.Level.String()
	if color {
		code := "31"
		if d.Rule.Level == Warning {
			code = "33"
		}
		level = "\x1b[1;" + code + "m" + level + "\x1b[0m"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s: %s [%s]\n", Printable(d.Position.String()), level, Printable(d.Message), d.Rule.Code)
	if d.Hint != "" {
		lines := strings.Split(d.Hint, "\n")
		fmt.Fprintf(&b, "\thint: %s\n", Printable(lines[0]))
		for _, line := range lines[1:] {
			fmt.Fprintf(&b, "\t      %s\n", Printable(line))
		}
	}
	return b.String()
}

// Printable escapes what a terminal would obey and what a person could not see:
// control characters, bidi marks and other formatting characters.
func Printable(s string) string {
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !hidden(r):
			b.WriteRune(r)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}

// report is the documented form of `check --format json`.
type report struct {
	Diagnostics []reportItem `json:"diagnostics"`
	Errors      int          `json:"errors"`
	Warnings    int          `json:"warnings"`
}

type reportItem struct {
	File    string  `json:"file"`
	Line    int     `json:"line"`   // from 1; 0 means the whole file
	Column  int     `json:"column"` // from 1, in code points; 0 means the whole line
	Level   string  `json:"level"`  // "error" or "warning"
	Code    string  `json:"code"`
	Message string  `json:"message"`
	Hint    *string `json:"hint"` // null if there is none
}

// JSON prints the list as one indented document:
//
//	{"diagnostics": [{"file", "line", "column", "level", "code", "message", "hint"}], "errors", "warnings"}
func (l List) JSON(w io.Writer) error {
	r := report{Diagnostics: []reportItem{}, Errors: l.Count(Error), Warnings: l.Count(Warning)}
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
		message := d.Message
		if d.Hint != "" {
			message += "\nhint: " + d.Hint
		}
		properties := "file=" + property(d.Position.File)
		if d.Position.Line > 0 {
			properties += fmt.Sprintf(",line=%d", d.Position.Line)
		}
		if d.Position.Column > 0 {
			properties += fmt.Sprintf(",col=%d", d.Position.Column)
		}
		properties += ",title=" + property(d.Rule.Code)
		if _, err := fmt.Fprintf(w, "::%s %s::%s\n", d.Rule.Level, properties, escapeData(message)); err != nil {
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

func escapeData(s string) string { return dataEscapes.Replace(s) }
func property(s string) string   { return propertyEscapes.Replace(s) }
