package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"allclear/generator/source"
)

// textFlags say where the text of an update comes from, and then have it.
type textFlags struct {
	host     *Host
	messages []string
	file     string
	edit     bool
	dash     bool // a lone - on the command line

	typed string // a text that would be lost if it were not written
	kept  string // a file that the typed text is in, or ""
}

func (t *textFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVarP(&t.messages, "message", "m", nil, "the `text`, Markdown; several are paragraphs")
	flags.StringVarP(&t.file, "file", "F", "", "read the text from a `file`, or from standard input for -")
	flags.BoolVarP(&t.edit, "edit", "e", false, "write the text in $VISUAL or $EDITOR, as on a terminal without -m and -F")
	must(cmd.MarkFlagFilename("file"))
}

// cutDash takes a lone - from the arguments, which stands for -F -.
func (t *textFlags) cutDash(args []string) []string {
	var rest []string
	for _, a := range args {
		if a == "-" {
			t.dash = true
			continue
		}
		rest = append(rest, a)
	}
	return rest
}

// given reports whether the command line has a text.
func (t *textFlags) given() bool { return len(t.messages) > 0 || t.file != "" || t.dash }

// read reads the text that the command line names. If it names none and one is
// needed, it is what is piped in; "" if that is nothing.
func (t *textFlags) read(cmd *cobra.Command, needed bool) (text string, err error) {
	if len(t.messages) > 0 && (t.file != "" || t.dash) || t.file != "" && t.dash {
		return "", wrongUsage(cmd, "the text is given twice; write it with one of -m, -F and -")
	}
	switch {
	case len(t.messages) > 0:
		return strings.Join(t.messages, "\n\n"), nil
	case t.dash, t.file == "-":
		t.typed, err = readText(t.host.Stdin, "standard input")
		return t.typed, err
	case t.file == "" && needed:
		return t.readPiped()
	case t.file == "":
		return "", nil
	}
	file, err := os.Open(t.file)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return readText(file, t.file)
}

// readPiped reads the text from standard input if something may be piped in. An
// empty one is no text.
func (t *textFlags) readPiped() (string, error) {
	file, ok := t.host.Stdin.(*os.File)
	if !ok || t.edit {
		return "", nil
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() && info.Mode()&os.ModeNamedPipe == 0 {
		return "", nil
	}
	text, err := readText(file, "standard input")
	if errors.Is(err, errEmpty) {
		err = nil
	}
	t.typed = text
	return text, err
}

var errEmpty = errors.New("has no text; nothing was written")

// readText reads a text. It may be one that was kept, with what is below it in an
// editor.
func readText(r io.Reader, name string) (string, error) {
	text, err := io.ReadAll(io.LimitReader(r, source.MaxFile+1))
	above := aboveScissors(string(text))
	switch {
	case err != nil:
		return "", fmt.Errorf("%s can't be read: %w", name, err)
	case len(text) > source.MaxFile:
		return "", errors.New(name + " is larger than 1 MiB")
	case above == "":
		return "", fmt.Errorf("%s %w", name, errEmpty)
	}
	return above, nil
}

// write has the text written in an editor.
func (t *textFlags) write(initial string, about []string) (err error) {
	t.typed, t.kept, err = t.host.editText(initial, about)
	return err
}

// end tells the writer where the typed text is if it was not written, and removes it
// from there if it was. It returns err.
func (t *textFlags) end(err error, dry bool) error {
	switch {
	case err != nil || dry:
		t.host.keep(t.typed, t.kept)
	case t.kept != "":
		_ = os.Remove(t.kept) // it is in the content now
	}
	return err
}
