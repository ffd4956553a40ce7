package check

import (
	"fmt"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/source"
)

// replaced returns a diagnostic with its line as the hint, in which another text
// stands in place of the one at its position. certain is that nothing else can
// have been meant. Of a line that is too long to paste, it is only the text.
func replaced(file *source.File, d diag.Diagnostic, old, with string, certain bool) diag.Diagnostic {
	line := file.Line(d.Position.Line)
	changed := replaceAt(line, d.Position.Column, old, with)
	if line == "" || len(line) > maxPasted || changed == line {
		return d.WithHint("write %s", with)
	}
	d = d.Replaced(changed, certain)
	if !certain {
		d.Hint = fmt.Sprintf("did you mean %q? %s", with, d.Hint)
	}
	return d
}

// replaceAt is a line with another text in place of one that is at or after a
// column.
func replaceAt(line string, column int, old, with string) string {
	runes := []rune(line)
	column = min(max(column-1, 0), len(runes))
	before, rest := string(runes[:column]), string(runes[column:])
	return before + strings.Replace(rest, old, with, 1)
}

// withoutItem returns a diagnostic with its line as the hint, without the item of
// a list at its position.
func withoutItem(file *source.File, d diag.Diagnostic) diag.Diagnostic {
	line := []rune(file.Line(d.Position.Line))
	at := d.Position.Column - 1
	if at < 0 || at >= len(line) || len(line) > maxPasted {
		return d.WithHint("delete one of the two")
	}
	end := at
	for end < len(line) && !strings.ContainsRune(",]}", line[end]) {
		end++
	}
	before := strings.TrimRight(string(line[:at]), " ,")
	if strings.HasSuffix(before, "-") {
		return d.WithHint("delete one of the two")
	}
	return d.Replaced(before+string(line[end:]), true)
}

// renames are keys that were misspelt, by their position, and what was meant.
type renames map[diag.Position]string

// applied is a value with the keys as they were meant.
func (r renames) applied(v source.Value) source.Value {
	if len(v.Fields) > 0 {
		fields := make([]source.Field, len(v.Fields))
		for i, f := range v.Fields {
			if key, ok := r[f.KeyAt]; ok {
				f.Key = key
			}
			f.Value = r.applied(f.Value)
			fields[i] = f
		}
		v.Fields = fields
	}
	if len(v.Items) > 0 {
		items := make([]source.Value, len(v.Items))
		for i, item := range v.Items {
			items[i] = r.applied(item)
		}
		v.Items = items
	}
	return v
}

// of are the diagnostics about the keys that were renamed.
func (r renames) of(list diag.List) diag.List {
	var kept diag.List
	for _, d := range list {
		if _, ok := r[d.Position]; ok && d.Rule == ruleUnknownKey {
			kept.Add(d)
		}
	}
	return kept
}

// restOf is a line from a column on.
func restOf(line string, column int) string {
	runes := []rune(line)
	return string(runes[min(max(column-1, 0), len(runes)):])
}
