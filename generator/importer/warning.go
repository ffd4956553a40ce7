package importer

import (
	"maps"
	"slices"
	"strings"

	"allclear/generator/check"
	"allclear/generator/diag"
	"allclear/generator/source"
)

// sourceWarnings are warnings about the times of an event. A writer can act on
// them while it goes on; a source that is moved says what it says.
var sourceWarnings = []string{
	"incident-without-length", "reopened", "postmortem-before-resolved", "maintenance-resumed",
	"announced-after-window", "window-too-long", "year-between-updates", "update-repeated", "update-without-text",
}

// quiet switches off, in new files, the warnings about what the source says, so
// that `check --strict` passes. Each is a line of the report.
func (t *Target) quiet(files []*pendingFile, site *source.Document, report *Report) {
	content := &source.Content{Name: t.name, Site: site, Static: t.content.Static}
	byName := map[string]*pendingFile{}
	for _, f := range files {
		if !f.append && f.event.Event != nil {
			content.Documents = append(content.Documents, f.document)
			byName[f.document.File.Name()] = f
		}
	}
	_, found := check.Site(content, t.options())
	codes := map[*pendingFile]map[int]string{} // by line
	for _, d := range found.Sorted() {
		f := byName[d.Position.File]
		if f == nil || !canDisable(f.text, d.Position.Line) || d.Rule.Level == diag.Error || !slices.Contains(sourceWarnings, d.Rule.Code) {
			continue
		}
		if codes[f] == nil {
			codes[f] = map[int]string{}
		}
		codes[f][d.Position.Line] = strings.TrimPrefix(codes[f][d.Position.Line]+", "+d.Rule.Code, ", ")
		report.Note(f.where, "check would warn: %s [%s]; the source says no more, so the warning is switched off in the file", d.Message, d.Rule.Code)
	}
	for f, lines := range codes {
		f.text = withDirectives(f.text, lines)
	}
}

// canDisable reports whether a comment can be above a line. Above the first
// heading it would be a text without a status.
func canDisable(text []byte, line int) bool {
	lines := strings.SplitAfter(string(text), "\n")
	end := endOfFrontMatter(lines)
	return line > 0 && (line <= end || line > end+1 && strings.TrimSpace(strings.Join(lines[end+1:line-1], "")) != "")
}

// endOfFrontMatter is the index of the line that closes the front matter.
func endOfFrontMatter(lines []string) int {
	end := 1
	for end < len(lines) && lines[end] != "---\n" {
		end++
	}
	return end
}

// withDirectives puts a comment that switches off warnings above lines.
func withDirectives(text []byte, codes map[int]string) []byte {
	lines := strings.SplitAfter(string(text), "\n")
	end := endOfFrontMatter(lines)
	for _, line := range slices.Backward(slices.Sorted(maps.Keys(codes))) {
		comment := "# allclear-disable-next-line " + codes[line] + "\n"
		if line > end {
			comment = "<!-- allclear-disable-next-line " + codes[line] + " -->\n"
		}
		lines = slices.Insert(lines, line-1, comment)
	}
	return []byte(strings.Join(lines, ""))
}
