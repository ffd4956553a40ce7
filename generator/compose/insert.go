package compose

import (
	"bytes"
	"strings"
)

// Append adds the text of a section to the end of a file, with one blank line
// between and in the file's own line ends. No byte that is there changes. line is
// the line of the section's heading, from 1.
func Append(file, section []byte) (text []byte, line int) {
	end := lineEnd(file)
	text = bytes.Clone(file)
	if n := len(text); n > 0 && text[n-1] != '\n' && text[n-1] != '\r' {
		text = append(text, end...)
	}
	lines := splitLines(text)
	if n := len(lines); n > 0 && strings.TrimSpace(lines[n-1]) != "" {
		text = append(text, end...)
	}
	line = len(splitLines(text)) + 1
	return append(text, withLineEnd(strings.Trim(string(section), "\n")+"\n", end)...), line
}

// AddKeys adds lines to the end of a file's front matter, in its own line ends.
func AddKeys(file []byte, lines ...string) []byte {
	var b strings.Builder
	fences := 0
	for _, line := range splitLines(file) {
		if strings.TrimSpace(strings.TrimPrefix(line, "\ufeff")) == "---" && fences < 2 {
			if fences++; fences == 2 {
				b.WriteString(withLineEnd(strings.Join(lines, "\n")+"\n", lineEnd(file)))
			}
		}
		b.WriteString(line)
	}
	return []byte(b.String())
}

// lineEnd is the line end that most lines of a file have.
func lineEnd(file []byte) string {
	crlf := bytes.Count(file, []byte("\r\n"))
	lf, cr := bytes.Count(file, []byte("\n"))-crlf, bytes.Count(file, []byte("\r"))-crlf
	switch {
	case crlf > lf && crlf >= cr:
		return "\r\n"
	case cr > lf:
		return "\r"
	}
	return "\n"
}

func withLineEnd(text, end string) string { return strings.ReplaceAll(text, "\n", end) }

// splitLines divides a file after each line end.
func splitLines(file []byte) []string {
	var lines []string
	for len(file) > 0 {
		n := bytes.IndexAny(file, "\r\n") + 1
		switch {
		case n == 0:
			n = len(file)
		case file[n-1] == '\r' && n < len(file) && file[n] == '\n':
			n++
		}
		lines, file = append(lines, string(file[:n])), file[n:]
	}
	return lines
}
