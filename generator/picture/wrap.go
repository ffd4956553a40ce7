package picture

import "strings"

// wrap cuts a text into lines of a width at most, at blanks, and inside of a
// word only where the word alone is too wide. Where there are more than
// atMost, the last one ends in an ellipsis.
func wrap(text string, width, atMost int, measure func(string) int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(line + " " + word)
		if measure(longer) <= width {
			line = longer
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; measure(line) > width; {
			head := fit(line, width, measure)
			lines = append(lines, head)
			line = line[len(head):]
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(lines) <= atMost {
		return lines
	}
	room := width - measure("…")
	last := strings.TrimRight(fit(lines[atMost-1]+" "+lines[atMost], room, measure), " ")
	return append(lines[:atMost-1], last+"…")
}

// fit is as much of the beginning of a text as goes into a width, one letter
// at least.
func fit(text string, width int, measure func(string) int) string {
	end := 0
	for i := range text + " " {
		if i > 0 && end > 0 && measure(text[:i]) > width {
			break
		}
		end = i
	}
	return text[:end]
}
