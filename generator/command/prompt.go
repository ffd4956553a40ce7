package command

import (
	"context"
	"errors"
	"slices"
	"strings"

	"charm.land/huh/v2"
	"golang.org/x/term"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/edit"
	"allclear/generator/status"
)

// ask shows fields on the terminal until they are filled in, one page after the
// other. With ACCESSIBLE set, or on a dumb or narrow terminal, it asks line by line. What the
// fields show is printable. All is one form, since what is typed ahead is lost
// between two.
func (h *Host) ask(ctx context.Context, pages ...[]huh.Field) error {
	var groups []*huh.Group
	for _, fields := range pages {
		if len(fields) > 0 {
			groups = append(groups, huh.NewGroup(fields...))
		}
	}
	if len(groups) == 0 {
		return nil
	}
	plain := h.Getenv("ACCESSIBLE") != "" || !h.terminalHasColor() || narrow(h.Stdout)
	err := huh.NewForm(groups...).
		WithAccessible(plain).WithInput(h.Stdin).WithOutput(diag.Behind(h.Stderr)).WithTheme(huh.ThemeFunc(huh.ThemeBase)).
		RunWithContext(ctx)
	if errors.Is(err, huh.ErrUserAborted) {
		return context.Canceled
	}
	return err
}

// narrow reports whether a terminal is too narrow for a form, which fails on one that
// has no width, as many have that a program opens. It is asked line by line.
func narrow(terminal any) bool {
	file, ok := terminal.(interface{ Fd() uintptr })
	if !ok {
		return false
	}
	width, _, err := term.GetSize(int(file.Fd()))
	return err != nil || width < 40
}

// askEvent asks which of several events is meant.
func (h *Host) askEvent(ctx context.Context, events []*derive.Event) (id string, err error) {
	var options []huh.Option[string]
	for _, e := range events {
		label := e.ID + "  " + diag.Printable(e.Title) + "  (" + strings.ReplaceAll(e.Status.String(), "_", " ") + ")"
		options = append(options, huh.NewOption(label, e.ID))
	}
	err = h.ask(ctx, []huh.Field{huh.NewSelect[string]().Title("Which event?").Options(options...).Value(&id)})
	return id, err
}

// statusField asks for the status of an update.
func statusField(e *derive.Event, word *string) huh.Field {
	options := []huh.Option[string]{huh.NewOption("no new status: it stays "+strings.ReplaceAll(e.Status.String(), "_", " "), "")}
	for _, s := range status.EventStatuses(e.Kind) {
		options = append(options, huh.NewOption(strings.ReplaceAll(s, "_", " "), s))
	}
	return huh.NewSelect[string]().Title("Status").Options(options...).Value(word)
}

func titleField(title *string) huh.Field {
	return huh.NewInput().Title("What do users notice?").Placeholder("API requests fail").Value(title).Validate(notBlank)
}

// textField asks for a text, which may be blank if that is allowed when it is written.
func textField(text *string, mayBeBlank func() bool) huh.Field {
	return huh.NewText().Title("Text, Markdown").Lines(6).ExternalEditor(false).Value(text).Validate(func(s string) error {
		if mayBeBlank() {
			return nil
		}
		return notBlank(s)
	})
}

func lineField(title, example string, value *string) huh.Field {
	return huh.NewInput().Title(title).Placeholder(example).Value(value).Validate(notBlank)
}

func notBlank(s string) error {
	if strings.TrimSpace(s) == "" {
		return errors.New("it is missing")
	}
	return nil
}

// componentsField asks what an event affects.
func componentsField(c *edit.Content, chosen *[]string) huh.Field {
	var options []huh.Option[string]
	for _, component := range c.Site.Components {
		if !component.RetiredAt(c.Now) {
			options = append(options, huh.NewOption(diag.Printable(component.FullName()), component.ID))
		}
	}
	const most, around = 10, 2 // options that are shown at once, and lines above them
	return huh.NewMultiSelect[string]().Title("What is affected?").Description("space selects, enter goes on").
		Options(options...).Height(min(len(options), most) + around).Value(chosen)
}

// severityField asks how bad an incident is.
func severityField(word *string) huh.Field {
	var options []huh.Option[string]
	for _, s := range slices.Backward(status.Severities()) {
		parsed, _ := status.ParseSeverity(s)
		options = append(options, huh.NewOption(s+": "+strings.ReplaceAll(parsed.ComponentStatus().String(), "_", " "), s))
	}
	return huh.NewSelect[string]().Title("How bad is it?").Options(options...).Value(word)
}
