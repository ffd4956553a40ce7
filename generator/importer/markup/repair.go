package markup

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"allclear/generator/compose"
	"allclear/generator/diag"
	"allclear/generator/markdown"
)

// Bounds on repairs; a text that needs more becomes plain text.
const (
	maxRounds  = 20  // a repair may reveal another mistake
	maxRepairs = 300 // in one round
)

// FromMarkdown writes another tool's Markdown as an update may have it, 63 KiB
// at most. It calls note for everything that it leaves out or changes.
func FromMarkdown(text string, note Note) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	if repaired, ok := repair(text, note); ok {
		return bounded(repaired, note)
	}
	return plainText(text, note)
}

// plainText gives up the markup of a text that can't be repaired.
func plainText(text string, note Note) string {
	note("its markup can't be imported: it becomes plain text")
	return bounded(fromPlain(text), note)
}

// fromPlain writes plain text as an update may have it.
func fromPlain(text string) string {
	text = compose.Text(text)
	if repaired, ok := repair(text, func(string, ...any) {}); ok {
		return repaired
	}
	return text
}

// repair makes Markdown fit for an update: headings go below the update's own,
// HTML becomes Markdown or text, and links that lead nowhere become text. It
// reports false if it can't.
func repair(text string, note Note) (string, bool) {
	text = demote(strings.Trim(compose.Clean(text), "\n"))
	for range maxRounds {
		_, findings := compose.Read(text)
		findings = slices.DeleteFunc(findings, func(f markdown.Finding) bool { return f.Rule.Level != diag.Error })
		if len(findings) == 0 {
			return text, true
		}
		repaired, ok := repairAll(text, findings, note)
		if !ok || repaired == text || len(findings) > maxRepairs {
			return text, false
		}
		text = repaired
	}
	return text, false
}

// repairAll repairs the mistakes in order. A mistake inside text that an
// earlier repair changed waits for the next round.
func repairAll(text string, findings []markdown.Finding, note Note) (string, bool) {
	done, rest := "", text
	for _, f := range findings[:min(len(findings), maxRepairs)] {
		ahead := f.Offset - (len(text) - len(rest))
		if ahead < 0 || ahead > len(rest) {
			continue
		}
		repaired, left, ok := repairFinding(done+rest[:ahead], rest[ahead:], f.Rule.Code, note)
		if !ok {
			return text, false
		}
		done, rest = repaired, left
	}
	return done + rest, true
}

var tooHigh = regexp.MustCompile(`^( {0,3})#{1,2}([ \t]|$)`)

// demote moves headings of the first and second level, which begin updates
// here, to the third. Inside fenced code # is text.
func demote(text string) string {
	lines := strings.Split(text, "\n")
	var code CodeScanner
	for i, line := range lines {
		if !code.Inside(strings.TrimLeft(line, " \t>")) {
			lines[i] = tooHigh.ReplaceAllString(line, "$1###$2")
		}
	}
	return strings.Join(lines, "\n")
}

// CodeScanner follows fenced code blocks line by line.
type CodeScanner struct{ fence string } // that is open, else ""

// Inside takes the next line, without the blanks before it, and reports
// whether it is part of a code block.
func (c *CodeScanner) Inside(line string) bool {
	run := fenceOf(line)
	switch {
	case c.fence == "":
		c.fence = run
		return run != ""
	case strings.HasPrefix(run, c.fence) && strings.Trim(line, c.fence[:1]+" \t") == "":
		c.fence = ""
	}
	return true
}

// fenceOf is the run of marks that opens or closes a code block, "" if a line
// has none.
func fenceOf(line string) string {
	for _, mark := range []string{"`", "~"} {
		if n := len(line) - len(strings.TrimLeft(line, mark)); n >= 3 {
			return line[:n]
		}
	}
	return ""
}

// repairFinding repairs one mistake, which begins at rest. It returns the text
// up to the end of the repair, and the untouched rest.
func repairFinding(before, rest, code string, note Note) (done, left string, ok bool) {
	switch code {
	case "raw-html":
		return repairHTML(before, rest, note)
	case "heading-no-space":
		if i := strings.Index(rest, "##"); i >= 0 {
			return before + rest[:i] + `\##`, rest[i+2:], true
		}
	case "heading-in-code":
		return before + " ", rest, true
	case "heading-misplaced":
		return repairHeading(before, rest)
	case "update-in-text":
		return maskLine(before, rest)
	case "refused-link":
		return repairLink(before, rest, note)
	}
	return "", "", false
}

// maskLine makes a line that says a status and a time the text that it is in
// its source: its first letter becomes a character reference, which no heading
// has and every page shows as the letter.
func maskLine(before, rest string) (done, left string, ok bool) {
	for i, r := range rest {
		switch {
		case r == '\n':
			return "", "", false
		case unicode.IsLetter(r), r == '{':
			return before + rest[:i] + fmt.Sprintf("&#%d;", r), rest[i+utf8.RuneLen(r):], true
		}
	}
	return "", "", false
}

var underline = regexp.MustCompile(`(?m)^([ \t>]*)(-+|=+)[ \t]*$`)

// repairHeading makes a heading one of the third level: # in a list or a quote,
// or a line of - or = below a text.
func repairHeading(before, rest string) (done, left string, ok bool) {
	if marks := len(rest) - len(strings.TrimLeft(rest, "#")); marks == 1 || marks == 2 {
		return before + "###", rest[marks:], true
	}
	at := underline.FindStringSubmatchIndex(rest)
	if at == nil {
		return "", "", false
	}
	if !strings.Contains(strings.TrimRight(rest[:at[0]], "\n"), "\n") {
		return before + "### " + rest[:at[0]], strings.TrimPrefix(rest[at[1]:], "\n"), true
	}
	return before + rest[:at[0]] + "\n", rest[at[0]:], true // several lines: a rule below them
}

var (
	linkForm = regexp.MustCompile(`^!?\[((?:[^\[\]\\]|\\.)*)\]\(([^()\n]*)\)`)
	autoForm = regexp.MustCompile(`^<([^<>\s]*)>`)
)

// repairLink leaves out a link that leads nowhere, and keeps its text.
func repairLink(before, rest string, note Note) (done, left string, ok bool) {
	if m := linkForm.FindStringSubmatch(rest); m != nil {
		note("the link to %q is left out, its text stays", Short(m[2]))
		return before + m[1], rest[len(m[0]):], true
	}
	for _, at := range []int{len(before), max(len(before)-1, 0)} {
		all := before + rest
		if m := autoForm.FindStringSubmatch(all[at:]); m != nil {
			return all[:at] + "`" + m[1] + "`", all[at+len(m[0]):], true
		}
	}
	return "", "", false
}

var (
	tagAt      = regexp.MustCompile(`^<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*|/)?)>`)
	commentAt  = regexp.MustCompile(`(?s)^<!--.*?(?:-->|$)`)
	singleTags = map[string]string{"br": "\\\n", "hr": "\n\n---\n\n", "wbr": ""}
)

// repairHTML writes the HTML that begins at rest as Markdown, from a tag to the
// one that closes it. A < that begins no HTML becomes text.
func repairHTML(before, rest string, note Note) (done, left string, ok bool) {
	indent := len(rest) - len(strings.TrimLeft(rest, " "))
	before, rest = before+rest[:indent], rest[indent:]
	if c := commentAt.FindString(rest); c != "" {
		note("a comment is left out")
		return before, rest[len(c):], true
	}
	m := tagAt.FindStringSubmatch(rest)
	if m == nil || !isElement(m[2]) {
		i := strings.Index(rest, "<")
		if i < 0 {
			return "", "", false
		}
		return before + rest[:i] + `\<`, rest[i+1:], true
	}
	name := strings.ToLower(m[2])
	if single, ok := singleTags[name]; ok {
		return repairSingle(before, rest[len(m[0]):], name, single)
	}
	end := closing(rest, name)
	if name == "img" {
		end = len(m[0])
	}
	if m[1] == "/" || end < 0 {
		if m[1] != "/" && name != "p" {
			note("a <%s> that is never closed is left out", name)
		}
		return before, rest[len(m[0]):], true // its text stays
	}
	root, err := parseHTML(rest[:end], "", note)
	if err != nil {
		return "", "", false
	}
	written, err := convert(root)
	if err != nil {
		return "", "", false
	}
	written = demote(strings.TrimSpace(written))
	if hasElement(rest[:end], blocks) {
		before = strings.TrimRight(before, " ")
		written = "\n" + written + "\n"
	}
	return before + written, rest[end:], true
}

// repairSingle writes a tag that no other one closes: a line break, or a rule.
func repairSingle(before, after, name, single string) (done, left string, ok bool) {
	after = strings.TrimLeft(after, " \t")
	if name == "br" {
		after = strings.TrimPrefix(after, "\n")
		if after == "" || after[0] == '\n' || strings.HasSuffix(before, "\n") || before == "" {
			single = "\n" // a break at the end of a paragraph shows nothing
		}
		before = strings.TrimRight(before, " \t")
	}
	return before + single, after, true
}

// closing is the end of the element that opens at the start of a text, -1 if it
// is never closed.
func closing(text, name string) int {
	depth := 0
	for _, m := range tag.FindAllStringSubmatchIndex(text, -1) {
		switch {
		case !strings.EqualFold(text[m[4]:m[5]], name):
		case m[2] == m[3]:
			depth++
		default:
			if depth--; depth == 0 {
				return m[1]
			}
		}
	}
	return -1
}
