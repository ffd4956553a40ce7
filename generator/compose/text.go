package compose

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"allclear/generator/markdown"
	"allclear/generator/source"
)

// renderer reads Markdown as a site does, which decides what must be escaped.
var renderer = sync.OnceValue(func() *markdown.Renderer {
	return markdown.New(markdown.Options{
		SiteURL: "https://status.example.com", BasePath: "/", IsUpdateHeading: source.IsUpdateHeading, RepairHeading: source.RepairHeading,
	})
})

// Read gives the plain text that a site makes of Markdown, and the findings
// that it reports.
func Read(text string) (plain string, findings []markdown.Finding) {
	read, findings := renderer().Render([]byte(text))
	return read.Plain, findings
}

// Text writes plain text as Markdown with the same meaning: what looks like
// markup is escaped, line breaks stay, and lines that a person meant as a list
// become a list. The plain text that a site makes of it differs by blanks only.
func Text(plain string) string {
	text := strings.Join(blocks(plain, listLength), "\n\n")
	read, findings := Read(text)
	if len(findings) == 0 && slices.Equal(strings.Fields(read), strings.Fields(Clean(plain))) {
		return text
	}
	// Neighbouring lists are read as one list and numbered again.
	return strings.Join(blocks(plain, func([]string) int { return 0 }), "\n\n")
}

// blocks cuts text into paragraphs and lists, each as Markdown; listed counts
// the lines at the start that are items of one list.
func blocks(plain string, listed func(lines []string) int) []string {
	var blocks []string
	for _, paragraph := range blankLines.Split(strings.TrimSpace(Clean(plain)), -1) {
		lines := strings.Split(paragraph, "\n")
		for i := range lines {
			lines[i] = strings.TrimSpace(lines[i])
		}
		for len(lines) > 0 && lines[0] != "" {
			n := listed(lines)
			if list := strings.Join(lines[:n], "\n"); n > 0 && readsAs(list, list) {
				blocks, lines = append(blocks, list), lines[n:]
				continue
			}
			n = max(n, 1)
			for n < len(lines) && listed(lines[n:]) == 0 {
				n++
			}
			blocks, lines = append(blocks, escaped(lines[:n])), lines[n:]
		}
	}
	return blocks
}

var (
	blankLines = regexp.MustCompile(`\n[ \t\n]*\n`)
	bullet     = regexp.MustCompile(`^- \S`)
	numbered   = regexp.MustCompile(`^1\. \S`)
	furtherNo  = regexp.MustCompile(`^\d{1,3}\. \S`)
)

// listLength counts the lines at the start that are items of one list.
func listLength(lines []string) int {
	more := bullet
	switch {
	case bullet.MatchString(lines[0]):
	case numbered.MatchString(lines[0]):
		more = furtherNo
	default:
		return 0
	}
	n := 1
	for n < len(lines) && more.MatchString(lines[n]) {
		n++
	}
	return n
}

// readsAs reports whether Markdown is read as a plain text, without findings.
func readsAs(text, plain string) bool {
	read, findings := Read(text)
	return len(findings) == 0 && read == plain
}

// escaped writes lines of text, with no more backslashes than needed.
func escaped(lines []string) string {
	plain := strings.Join(lines, "\n")
	for _, escape := range []func(string) string{
		listMark,
		lineStart,
		func(s string) string { return lineStart(outsideAddresses(s, fewMarks, unchanged)) },
		func(s string) string { return lineStart(outsideAddresses(s, everyMark, unchanged)) },
		func(s string) string { return lineStart(outsideAddresses(s, everyMark, inBrackets)) },
		func(s string) string { return lineStart(everyMark(s)) },
	} {
		var b strings.Builder
		for i, line := range lines {
			line = escape(line)
			b.WriteString(line)
			switch {
			case i == len(lines)-1:
			case strings.HasSuffix(line, `\`):
				b.WriteString("  \n") // another backslash would be read as an escape
			default:
				b.WriteString("\\\n")
			}
		}
		if text := b.String(); readsAs(text, plain) {
			return text
		}
	}
	return codeBlock(plain)
}

var listItem = regexp.MustCompile(`^([-+*]|\d{1,9}[.)])([ \t]|$)`)

// listMark escapes the mark that makes a line a list item.
func listMark(line string) string {
	if listItem.MatchString(line) {
		return lineStart(line)
	}
	return line
}

var startMark = regexp.MustCompile(`^(#{1,6}|[-+=>]|\d{1,9}([.)]))`)

// lineStart escapes the mark that makes a line a heading, a list item, a quote,
// a rule or the underline of a heading.
func lineStart(line string) string {
	m := startMark.FindStringSubmatchIndex(line)
	switch {
	case m == nil:
		return line
	case m[4] >= 0:
		return line[:m[4]] + `\` + line[m[4]:]
	}
	return `\` + line
}

// fewMarks escapes the characters that most often are markup, everyMark all
// that can be.
func fewMarks(line string) string  { return escapedMarks(line, "\\`*_[<~") }
func everyMark(line string) string { return escapedMarks(line, "\\`*_[]<>~|&#!{}") }

func unchanged(address string) string  { return address }
func inBrackets(address string) string { return "<" + address + ">" }

func escapedMarks(line, marks string) string {
	var b strings.Builder
	for _, r := range line {
		if strings.ContainsRune(marks, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

var address = regexp.MustCompile(`https?://[^\s<>]*[^\s<>.,;:!?)'"\]]`)

// outsideAddresses escapes the marks of a line, but not those in addresses, so
// that readers can follow them.
func outsideAddresses(line string, escape, write func(string) string) string {
	var b strings.Builder
	end := 0
	for _, m := range address.FindAllStringIndex(line, -1) {
		b.WriteString(escape(line[end:m[0]]) + write(line[m[0]:m[1]]))
		end = m[1]
	}
	return b.String() + escape(line[end:])
}

var fences = regexp.MustCompile("`{3,}")

// codeBlock shows text that has more marks than a paragraph can escape. A line
// that would begin an update is indented by one column.
func codeBlock(plain string) string {
	fence := "```"
	for _, run := range fences.FindAllString(plain, -1) {
		fence = max(fence, run+"`")
	}
	lines := strings.Split(plain, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "##") {
			lines[i] = " " + line
		}
	}
	return fence + "\n" + strings.Join(lines, "\n") + "\n" + fence
}
