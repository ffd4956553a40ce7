package compose

import (
	"strings"
	"unicode"

	"allclear/generator/source"
)

// scalar writes a line of text as YAML, with quotes only if it needs them.
func scalar(s string) string { return source.FormatScalar(oneLine(s)) }

// item is a scalar inside [ ] or { }, where commas and brackets need quotes too.
func item(s string) string {
	written := scalar(s)
	if written[0] != '"' && written[0] != '\'' && strings.ContainsAny(written, ",[]{}") {
		return source.QuoteScalar(oneLine(s))
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
