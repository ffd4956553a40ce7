package compose

import (
	"regexp"
	"strings"
	"unicode"

	"allclear/generator/source"
)

// plainScalar is text that nobody could take for anything but text; what
// looks stranger is given to the reader to see what becomes of it.
var plainScalar = regexp.MustCompile(`^\pL[\pL\pN ]*$`)

// notText is what YAML 1.1 or 1.2 reads as something other than text.
var notText = regexp.MustCompile(`(?i)^(|~|null|true|false|yes|no|on|off|y|n|[-+.0-9][-+.,:_0-9a-fxo]*|[-+]?\.(inf|nan))$`)

// scalar writes a line of text as YAML, with quotes only where they are needed.
func scalar(s string) string {
	s = oneLine(s)
	if notText.MatchString(s) {
		return quoted(s)
	}
	if plainScalar.MatchString(s) || readsAs(s, s) {
		return s
	}
	return quoted(s)
}

// readsAs reports whether YAML reads a value as a text, alone and in a list.
func readsAs(written, text string) bool {
	value, found := source.ParseYAML("", []byte("key: "+written+"\n"))
	if len(found) > 0 || len(value.Fields) != 1 {
		return false
	}
	read := value.Fields[0].Value
	return read.Kind == source.KindScalar && read.Text == text && read.Comment == ""
}

func quoted(s string) string {
	if strings.ContainsAny(s, `"\`) && !strings.Contains(s, "'") {
		return "'" + s + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// item is a scalar inside [ ] or { }, where commas and brackets count too.
func item(s string) string {
	written := scalar(s)
	if written[0] != '"' && written[0] != '\'' && strings.ContainsAny(written, ",[]{}") {
		return quoted(oneLine(s))
	}
	return written
}

func list(items []string) string {
	if len(items) == 0 {
		return ""
	}
	written := make([]string, len(items))
	for i, s := range items {
		written[i] = item(s)
	}
	return "[" + strings.Join(written, ", ") + "]"
}

// oneLine is a text on one line.
func oneLine(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(Clean(s), "\n", " "))
}

// Clean makes line ends LF and drops what no file of the content may hold:
// broken UTF-8, control characters, and what an editor would not show.
func Clean(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n", "\u0085", "\n").Replace(s)
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\ufeff', r == '\ufffe', r == '\uffff', unicode.IsControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
