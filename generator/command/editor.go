package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"

	"golang.org/x/term"

	"allclear/generator/diag"
	"allclear/generator/source"
)

// scissors ends the text in an editor, as in a commit message of git: all below it
// is for the writer.
const scissors = "# ------------------------ >8 ------------------------"

// editText has a text written in the user's editor, and returns it with the name of
// the file that it is in. The file stays until the text is written into the content.
func (h *Host) editText(initial string, about []string) (text, file string, err error) {
	temporary, err := os.CreateTemp("", "allclear-*.md")
	if err != nil {
		return "", "", err
	}
	file = temporary.Name()
	below := strings.ReplaceAll("# "+strings.Join(about, "\n# ")+"\n", "# \n", "#\n")
	_, err = io.WriteString(temporary, initial+"\n"+scissors+"\n"+below)
	if err = errors.Join(err, temporary.Close()); err == nil {
		err = h.runEditor(file)
	}
	if err != nil {
		return "", file, fmt.Errorf("%w; nothing was written", err)
	}
	edited, err := os.ReadFile(file)
	if err != nil {
		return "", file, err
	}
	if len(edited) > source.MaxFile {
		return "", file, errors.New("the text is larger than 1 MiB; nothing was written")
	}
	text = aboveScissors(string(edited))
	switch {
	case text == "":
		_ = os.Remove(file)
		return "", "", errors.New("the text is empty; nothing was written")
	case initial != "" && text == strings.TrimSpace(initial):
		_ = os.Remove(file)
		return "", "", errors.New("the template was not changed; nothing was written")
	case strings.Contains(initial, "TODO") && strings.Contains(text, "TODO"):
		return text, file, errors.New("the text still has parts of the template to fill in, TODO; nothing was written")
	}
	return text, file, nil
}

func aboveScissors(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	above, _, _ := strings.Cut("\n"+text, "\n"+scissors)
	return strings.TrimSpace(above)
}

// runEditor runs the program that $VISUAL or $EDITOR names, by the shell, as git
// does. Until it ends an interrupt is the editor's own affair; after that one ends
// this process immediately.
func (h *Host) runEditor(file string) error {
	editor := h.editor()
	cmd := editorCommand(runtime.GOOS, editor, file)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = h.Stdin, diag.Behind(h.Stdout), diag.Behind(h.Stderr) // its own program draws there
	if !isTerminal(h.Stdout) {
		cmd.Stdout = cmd.Stderr
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("the editor %s can't be started: %w; set VISUAL or EDITOR", editor, err)
	}
	signal.Ignore(os.Interrupt)
	defer signal.Reset(os.Interrupt)
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("the editor %s ended with an error: %w", editor, err)
	}
	return nil
}

// editorCommand is the command that opens a file. Windows has no shell that reads what
// people put into EDITOR, so there it is a program's path, or a program and arguments.
func editorCommand(system, editor, file string) *exec.Cmd {
	if system != "windows" {
		return exec.Command("sh", "-c", editor+` "$@"`, editor, file)
	}
	words := []string{editor}
	if _, err := exec.LookPath(editor); err != nil {
		words = strings.Fields(editor)
	}
	return exec.Command(words[0], append(words[1:], file)...)
}

// editor is the user's editor.
func (h *Host) editor() string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if editor := strings.TrimSpace(h.Getenv(name)); editor != "" {
			return editor
		}
	}
	if runtime.GOOS == "windows" {
		return "notepad"
	}
	return "vi"
}

func (h *Host) hasEditor() bool { return h.Getenv("VISUAL") != "" || h.Getenv("EDITOR") != "" }

// interactive reports whether a person can be asked: standard input and output are a
// terminal.
func (h *Host) interactive() bool { return isTerminal(h.Stdin) && isTerminal(h.Stdout) }

func isTerminal(stream any) bool {
	file, ok := stream.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(file.Fd()))
}

// keep puts a text that was typed, and could not be written, into a file, and says
// which. file is one that it is in already, or "".
func (h *Host) keep(text, file string) {
	if text == "" && file == "" {
		return
	}
	if file == "" {
		temporary, err := os.CreateTemp("", "allclear-*.md")
		if err == nil {
			file = temporary.Name()
			_, err = io.WriteString(temporary, text)
			err = errors.Join(err, temporary.Close())
		}
		if err != nil {
			fmt.Fprintf(h.Stderr, "the text can't be kept in a file: %v; here it is:\n%s\n", err, printableText(text))
			return
		}
	}
	fmt.Fprintf(h.Stderr, "the text is kept in %s; use it with -F %s\n", diag.Printable(file), shellWord(file))
}
