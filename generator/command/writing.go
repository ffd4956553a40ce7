package command

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/edit"
	"allclear/generator/source"
)

// writing is what the commands that change content have in common.
type writing struct {
	site
	json, dry, print bool
}

func (w *writing) add(cmd *cobra.Command) {
	w.addContent(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&w.json, "json", false, "print one JSON document instead of text")
	flags.BoolVar(&w.dry, "dry-run", false, "check and print everything, write nothing")
}

// addPrint adds --print.
func (w *writing) addPrint(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&w.print, "print", false, "print only the new text, to be pasted elsewhere, and write nothing")
}

// options are the generator's options. Content is written by the clock.
func (w *writing) options() generator.Options {
	return generator.Options{Content: w.content, Now: w.host.Now(), Theme: w.host.Theme}
}

// apply makes a change and prints what came of it. If several events are meant, and
// a person is there to choose one, it is given to choose, unless that is nil, and
// the change is planned again.
func (w *writing) apply(cmd *cobra.Command, plan edit.Plan, choose func(id string)) error {
	err := w.tryApply(cmd, plan)
	var several *edit.Ambiguous
	if errors.As(err, &several) && choose != nil && w.host.interactive() {
		id, asked := w.host.askEvent(cmd.Context(), several.Events)
		if asked != nil {
			return asked
		}
		choose(id)
		err = w.tryApply(cmd, plan)
	}
	if err != nil {
		return w.host.reportProblem(err)
	}
	return nil
}

func (w *writing) tryApply(cmd *cobra.Command, plan edit.Plan) error {
	return await(cmd.Context(), func() error {
		change, err := edit.Apply(w.options(), plan, w.dry || w.print, func() {
			fmt.Fprintln(w.host.Stderr, "another allclear changes the content just now; waiting for it")
		})
		var refused *edit.Refused
		switch {
		case errors.As(err, &refused):
			return w.reportRefused(change, refused)
		case err != nil:
			return err
		}
		w.host.printNotes(change.Notes)
		switch {
		case w.json:
			return w.printJSON(change, change.Found)
		case w.print:
			_, err := io.WriteString(w.host.Stdout, change.Block)
			return err
		}
		return w.printChange(change)
	})
}

func (h *Host) printNotes(notes []string) {
	for _, note := range notes {
		fmt.Fprintf(h.Stderr, "note: %s\n", diag.Printable(note))
	}
}

// reportProblem prints an error of what the user asked for, with its hint, and
// returns errReported; other errors it returns.
func (h *Host) reportProblem(err error) error {
	var problem *edit.Problem
	var ambiguous *edit.Ambiguous
	var refused *edit.Refused
	switch {
	case errors.As(err, &ambiguous):
		fmt.Fprintf(h.Stderr, "allclear: %s:\n", diag.Printable(ambiguous.Error()))
		for _, e := range ambiguous.Events {
			fmt.Fprintf(h.Stderr, "  %s  %s\n", e.ID, diag.Printable(e.Title))
		}
	case errors.As(err, &problem):
		fmt.Fprintf(h.Stderr, "allclear: %s\n", diag.Printable(problem.Message))
		for _, line := range strings.Split(problem.Hint, "\n") {
			if line != "" {
				fmt.Fprintf(h.Stderr, "\thint: %s\n", diag.Printable(line))
			}
		}
	case errors.As(err, &refused):
		return h.reportErrors(refused.Diagnostics)
	default:
		return err
	}
	return errReported
}

// reportRefused prints the errors that the content would have.
func (w *writing) reportRefused(change *edit.Change, refused *edit.Refused) error {
	if w.json && change != nil {
		if err := w.printJSON(change, refused.Diagnostics); err != nil {
			return err
		}
		return errReported
	}
	return w.host.reportErrors(refused.Diagnostics)
}

func (h *Host) reportErrors(found diag.List) error {
	fmt.Fprintln(h.Stderr, "allclear: nothing was written, since the content has these errors:")
	if err := found.Text(h.Stderr, h.color(h.Stderr)); err != nil {
		return err
	}
	return errReported
}

// printChange prints where the new text is, the text, what readers see, and how to
// commit it.
func (w *writing) printChange(change *edit.Change) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d\n\n%s\n", change.Files[0].Name, change.Line, printableText(change.Block))
	if !change.At.IsZero() {
		if local := localTime(change.At); local != "" {
			fmt.Fprintf(&b, "time: %s, %s\n", source.FormatTimestamp(change.At.UTC()), local)
		}
	}
	switch {
	case change.Elsewhere > 0:
		fmt.Fprintf(&b, "banner: unknown, since other files have errors; \"allclear check\" lists them\n")
	case change.Before == change.After:
		fmt.Fprintf(&b, "banner: %s, as before\n", printableQuote(change.After))
	default:
		fmt.Fprintf(&b, "banner: %s → %s\n", printableQuote(change.Before), printableQuote(change.After))
	}
	for _, c := range change.Components {
		fmt.Fprintf(&b, "%s: %s → %s\n", diag.Printable(c.Component.FullName()), c.Before, c.After)
	}
	if w.dry {
		b.WriteString("nothing was written (--dry-run)\n")
	} else {
		fmt.Fprintf(&b, "%s\n", gitLine(change))
	}
	if len(change.Found) > 0 {
		if err := change.Found.Text(w.host.Stderr, w.host.color(w.host.Stderr)); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w.host.Stdout, b.String())
	return err
}

// localTime is a time in its own zone, which is the site's; "" if that is UTC.
func localTime(t time.Time) string {
	if _, offset := t.Zone(); offset == 0 {
		return ""
	}
	return t.Format("2006-01-02 15:04") + " in " + t.Location().String()
}

func printableQuote(s string) string { return `"` + diag.Printable(s) + `"` }

// printableText is a text of several lines with tabs.
func printableText(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		cells := strings.Split(line, "\t")
		for j := range cells {
			cells[j] = diag.Printable(cells[j])
		}
		lines[i] = strings.Join(cells, "\t")
	}
	return strings.Join(lines, "\n")
}

// gitLine commits the files of a change. An id needs no quotes in any shell; a path
// gets them where it needs some.
func gitLine(change *edit.Change) string {
	var names []string
	for _, f := range change.Files {
		names = append(names, shellWord(f.Name))
	}
	files := strings.Join(names, " ")
	return fmt.Sprintf("git add -A -- %s && git commit -m %q -- %s", files, change.Event+": "+change.What(), files)
}

func shellWord(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == "" && !strings.HasPrefix(s, "-") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
