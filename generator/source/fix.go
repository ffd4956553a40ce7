package source

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"allclear/generator/diag"
)

// ApplyFixes replaces lines of a file's text as fixes say, and describes the
// change as a diff. Nothing else changes, not even a line end. Of two fixes of one
// line only the first is applied.
func ApplyFixes(text []byte, fixes []diag.Fix) (fixed []byte, hunks string) {
	lines := bytes.SplitAfter(text, []byte("\n"))
	end := "\n"
	if bytes.HasSuffix(lines[0], []byte("\r\n")) {
		end = "\r\n"
	}
	slices.SortStableFunc(fixes, func(a, b diag.Fix) int { return a.First - b.First })
	var b strings.Builder
	next, added := 1, 0
	for _, fix := range fixes {
		if fix.First < next || fix.Last > len(lines) || fix.Last < fix.First-1 {
			continue
		}
		for ; next < fix.First; next++ {
			fixed = append(fixed, lines[next-1]...)
		}
		fmt.Fprintf(&b, "@@ -%d,%d +%d,%d @@\n", fix.First, fix.Last-fix.First+1, fix.First+added, len(fix.Lines))
		last := ""
		for ; next <= fix.Last; next++ {
			last = string(lines[next-1])
			b.WriteString("-" + strings.TrimRight(last, "\r\n") + "\n")
		}
		for i, line := range fix.Lines {
			b.WriteString("+" + line + "\n")
			if i == len(fix.Lines)-1 && last != "" && !strings.HasSuffix(last, "\n") {
				fixed = append(fixed, line...) // the file's last line has no line end
			} else {
				fixed = append(fixed, line+end...)
			}
		}
		added += len(fix.Lines) - (fix.Last - fix.First + 1)
	}
	for ; next <= len(lines); next++ {
		fixed = append(fixed, lines[next-1]...)
	}
	return fixed, b.String()
}
