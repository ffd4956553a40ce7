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

// textFlags say where the text of an update comes from.
type textFlags struct {
	host     *Host
	messages []string
	file     string
	dash     bool // a lone - on the command line
}

func (t *textFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVarP(&t.messages, "message", "m", nil, "the `text`, Markdown; several are paragraphs")
	flags.StringVarP(&t.file, "file", "F", "", "read the text from a `file`, or from standard input for -")
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

// read reads the text that the command line names.
func (t *textFlags) read(cmd *cobra.Command) (string, error) {
	if len(t.messages) > 0 && (t.file != "" || t.dash) || t.file != "" && t.dash {
		return "", wrongUsage(cmd, "the text is given twice; write it with one of -m, -F and -")
	}
	switch {
	case len(t.messages) > 0:
		return strings.Join(t.messages, "\n\n"), nil
	case t.dash, t.file == "-":
		return readText(t.host.Stdin, "standard input")
	}
	file, err := os.Open(t.file)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return readText(file, t.file)
}

func readText(r io.Reader, name string) (string, error) {
	text, err := io.ReadAll(io.LimitReader(r, source.MaxFile+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("%s can't be read: %w", name, err)
	case len(text) > source.MaxFile:
		return "", errors.New(name + " is larger than 1 MiB")
	case strings.TrimSpace(string(text)) == "":
		return "", errors.New(name + " has no text; nothing was written")
	}
	return string(text), nil
}
