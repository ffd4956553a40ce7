package compose

import (
	"regexp"
	"strings"
	"unicode"

	"allclear/generator/source"
)

// plainScalar is text that needs no quotes for certain. Other text is given to
// the reader, to see whether it is read as the same.
var plainScalar = regexp.MustCompile(`^\pL[\pL\pN ]*$`)

// notText is a scalar that YAML 1.1 or 1.2 reads as something other than text.
var notText = regexp.MustCompile(`(?i)^(|~|null|true|false|yes|no|on|off|y|n|[-+.0-9][-+.,:_0-9a-fxo]*|[-+]?\.(inf|nan))$`)

// scalar writes a line of text as YAML, with quotes only if it needs them.
func scalar(s string) string {
	s = oneLine(s)
	if notText.MatchString(s) {
		return quoted(s)
	}
	if plainScalar.MatchString(s) || isPlain(s) {
		return s
	}
	return quoted(s)
}

// isPlain reports whether YAML reads a text without quotes as that text.
func isPlain(text string) bool {
	value, found := source.ParseYAML("", []byte("key: "+text+"\n"))
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

// item is a scalar inside [ ] or { }, where commas and brackets need quotes too.
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

// Clean makes line ends LF and drops the characters that no content file may
// have: broken UTF-8, control characters, and others that no editor shows.
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
