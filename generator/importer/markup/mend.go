package markup

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"allclear/generator/compose"
	"allclear/generator/diag"
	"allclear/generator/markdown"
	"allclear/generator/source"
)

// renderer finds what a text may not hold, as a site would.
var renderer = sync.OnceValue(func() *markdown.Renderer {
	return markdown.New(markdown.Options{SiteURL: "https://status.example.com", BasePath: "/", IsUpdateHeading: source.IsUpdateHeading})
})

// Bounds on what is mended; a text with more to mend comes in as plain text.
const (
	maxRounds = 20  // a mend may bring another mistake to light
	maxMends  = 300 // in one round
)

// FromMarkdown writes another tool's Markdown as an update may hold it, at most
// 63 KiB. What can't be mended comes in as plain text. note is told what could
// not be carried.
func FromMarkdown(text string, note func(what string)) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	if mended, ok := mend(text, note); ok {
		return bounded(mended, note)
	}
	note("its markup could not be carried: it comes in as plain text")
	return bounded(compose.Text(text), note)
}

// mend makes Markdown fit for an update: headings stand below an update's,
// HTML becomes Markdown or text, links that lead nowhere become text. It
// reports false where it can't.
func mend(text string, note func(what string)) (string, bool) {
	text = demote(strings.Trim(compose.Clean(text), "\n"))
	for range maxRounds {
		_, findings := renderer().Render("", []byte(text))
		findings = slices.DeleteFunc(findings, func(f markdown.Finding) bool { return f.Rule.Level != diag.Error })
		if len(findings) == 0 {
			return text, true
		}
		mended, ok := mendAll(text, findings, note)
		if !ok || mended == text || len(findings) > maxMends {
			return text, false
		}
		text = mended
	}
	return text, false
}

// mendAll mends each mistake in order. One inside of what was mended before it
// is looked at in the next round.
func mendAll(text string, findings []markdown.Finding, note func(string)) (string, bool) {
	done, rest := "", text
	for _, f := range findings[:min(len(findings), maxMends)] {
		ahead := f.Offset - (len(text) - len(rest))
		if ahead < 0 || ahead > len(rest) {
			continue
		}
		mended, left, ok := mendFinding(done+rest[:ahead], rest[ahead:], f.Rule.Code, note)
		if !ok {
			return text, false
		}
		done, rest = mended, left
	}
	return done + rest, true
}

var tooHigh = regexp.MustCompile(`^( {0,3})#{1,2}([ \t]|$)`)

// demote puts headings of the first and second level, which begin updates
// here, onto the third. Inside fenced code # is text.
func demote(text string) string {
	lines := strings.Split(text, "\n")
	fence := ""
	for i, line := range lines {
		trimmed := strings.TrimLeft(line, " \t>")
		switch run := Fence(trimmed); {
		case fence == "" && run != "":
			fence = run
		case fence != "" && strings.HasPrefix(run, fence) && strings.Trim(trimmed, fence[:1]+" \t") == "":
			fence = ""
		case fence == "":
			lines[i] = tooHigh.ReplaceAllString(line, "$1###$2")
		}
	}
	return strings.Join(lines, "\n")
}

// Fence is the run of marks that opens or closes a code block, if any.
func Fence(line string) string {
	for _, mark := range []string{"`", "~"} {
		if n := len(line) - len(strings.TrimLeft(line, mark)); n >= 3 {
			return line[:n]
		}
	}
	return ""
}

// mendFinding mends one mistake, which begins at rest. It returns the text up
// to where it was mended, and what follows, untouched.
func mendFinding(before, rest, code string, note func(string)) (done, left string, ok bool) {
	switch code {
	case "raw-html":
		return mendHTML(before, rest, note)
	case "heading-no-space":
		if i := strings.Index(rest, "##"); i >= 0 {
			return before + rest[:i] + `\##`, rest[i+2:], true
		}
	case "heading-in-code":
		return before + " ", rest, true
	case "heading-misplaced":
		return mendHeading(before, rest)
	case "refused-link":
		return mendLink(before, rest, note)
	}
	return "", "", false
}

var underline = regexp.MustCompile(`(?m)^([ \t>]*)(-+|=+)[ \t]*$`)

// mendHeading makes a heading one of the third level: # in a list or a quote,
// or a line of - or = below a text.
func mendHeading(before, rest string) (done, left string, ok bool) {
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

// mendLink leaves out a link that leads nowhere, and keeps its text.
func mendLink(before, rest string, note func(string)) (done, left string, ok bool) {
	if m := linkForm.FindStringSubmatch(rest); m != nil {
		note(fmt.Sprintf("the link to %q is left out, its text stays", Short(m[2])))
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

// mendHTML writes the HTML that begins at rest as Markdown, from a tag to the
// one that closes it; what is no HTML becomes text.
func mendHTML(before, rest string, note func(string)) (done, left string, ok bool) {
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
		return mendSingle(before, rest[len(m[0]):], name, single)
	}
	end := closing(rest, name)
	if name == "img" {
		end = len(m[0])
	}
	if m[1] == "/" || end < 0 {
		if m[1] != "/" && name != "p" {
			note(fmt.Sprintf("a <%s> that is never closed is left out", name))
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

// mendSingle writes a tag that has no other: a line break, or a rule.
func mendSingle(before, after, name, single string) (done, left string, ok bool) {
	after = strings.TrimLeft(after, " \t")
	if name == "br" {
		after = strings.TrimPrefix(after, "\n")
		if after == "" || after[0] == '\n' || strings.HasSuffix(before, "\n") || before == "" {
			single = "\n" // a break at the end of a paragraph is none
		}
		before = strings.TrimRight(before, " \t")
	}
	return before + single, after, true
}

// closing is where the element that opens at the start of a text ends, -1
// where it never does.
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
