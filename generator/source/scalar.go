package source

import (
	"regexp"
	"strings"
)

// plainScalar is text that needs no quotes for certain. Other text is given to
// the reader, to see whether it is read as the same.
var plainScalar = regexp.MustCompile(`^\pL[\pL\pN ]*$`)

// notText is a scalar that YAML 1.1 or 1.2 reads as something other than text.
var notText = regexp.MustCompile(`(?i)^(|~|null|true|false|yes|no|on|off|y|n|[-+.0-9][-+.,:_0-9a-fxo]*|[-+]?\.(inf|nan))$`)

// FormatScalar writes a line of text as YAML, with quotes only if it needs them.
func FormatScalar(line string) string {
	if notText.MatchString(line) {
		return QuoteScalar(line)
	}
	if plainScalar.MatchString(line) || isPlain(line) {
		return line
	}
	return QuoteScalar(line)
}

// isPlain reports whether YAML reads a text without quotes as that text.
func isPlain(text string) bool {
	value, found := ParseYAML("", []byte("key: "+text+"\n"))
	if len(found) > 0 || len(value.Fields) != 1 {
		return false
	}
	read := value.Fields[0].Value
	return read.Kind == KindScalar && read.Text == text && read.Comment == ""
}

// QuoteScalar writes a line of text as YAML in quotes.
func QuoteScalar(line string) string {
	if strings.ContainsAny(line, `"\`) && !strings.Contains(line, "'") {
		return "'" + line + "'"
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(line) + `"`
}
