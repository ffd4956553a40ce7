package diag

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Door is a writer through which a command prints everything. What a terminal
// would obey and what a person could not see becomes visible, as \x1b or \u202e,
// so that text of a stranger can neither control the terminal nor hide in it. In
// the log of a CI runner, it also keeps a line from being a command of the
// runner: of a :: at the start of a line and of ##[ anywhere, the last
// character becomes \u003a or \u005b. JSON stays the same document.
//
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
type Door struct {
	to     io.Writer
	runner bool

	mutex  sync.Mutex
	blank  bool // the line has only blanks so far, and perhaps a colon
	colon  bool // it has one colon after them
	hashes int  // characters of ##, or of ##vso, that the line ends with
}

// NewDoor makes a door in front of a writer. runner means that the output is
// read by a CI runner.
func NewDoor(to io.Writer, runner bool) *Door { return &Door{to: to, runner: runner, blank: true} }

// Write writes a text whose characters are whole.
func (d *Door) Write(text []byte) (int, error) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	var b strings.Builder
	b.Grow(len(text))
	for rest := text; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, rest[0])
			d.next('\\')
		case r != '\n' && r != '\t' && hidden(r):
			writeEscape(&b, r)
			d.next('\\')
		case d.next(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.Write(rest[:size])
		}
		rest = rest[size:]
	}
	if _, err := io.WriteString(d.to, b.String()); err != nil {
		return 0, err
	}
	return len(text), nil
}

// next takes the next character of a line, and reports whether it would complete
// a command of the runner.
func (d *Door) next(r rune) bool {
	command := false
	switch {
	case !d.runner:
	case r == ':' && d.colon, r == '[' && d.hashes >= 2:
		command = true
	}
	switch {
	case r == '\n':
		d.blank, d.colon = true, false
	case d.blank && !d.colon && r == ':':
		d.colon = true
	case d.colon || !unicode.IsSpace(r):
		d.blank, d.colon = false, false
	}
	switch {
	case r == '#' || d.hashes >= 2 && unicode.IsLetter(r): // Azure's is ##vso[
		d.hashes++
	default:
		d.hashes = 0
	}
	return command
}

// Fd is the file descriptor behind the door, so that one can ask whether it is
// a terminal.
func (d *Door) Fd() uintptr {
	if file, ok := d.to.(interface{ Fd() uintptr }); ok {
		return file.Fd()
	}
	return ^uintptr(0)
}

// Behind is what is behind the door, for the program's own colours and commands
// of the runner. Nothing that comes from outside the program may be written to
// it.
func Behind(w io.Writer) io.Writer {
	if d, ok := w.(*Door); ok {
		return d.to
	}
	return w
}

// Printable escapes what a terminal would obey and what a person could not see:
// control characters, bidi marks and other formatting characters.
func Printable(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for rest := s; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, rest[0])
		case hidden(r):
			writeEscape(&b, r)
		default:
			b.WriteString(rest[:size])
		}
		rest = rest[size:]
	}
	return b.String()
}

// writeEscape writes a character as \x1b, or as JSON escapes it.
func writeEscape(b *strings.Builder, r rune) {
	switch high, low := utf16.EncodeRune(r); {
	case r < ' ':
		fmt.Fprintf(b, `\x%02x`, r)
	case high != unicode.ReplacementChar:
		fmt.Fprintf(b, `\u%04x\u%04x`, high, low)
	default:
		fmt.Fprintf(b, `\u%04x`, r)
	}
}

// hidden reports whether a character is one that a person can't see. The
// joiners of Persian, Hindi and emoji are not among them.
func hidden(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != nonJoiner && r != joiner || r == '\u2028' || r == '\u2029'
}
