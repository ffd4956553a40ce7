package importer

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"allclear/generator/diag"
	"allclear/generator/markdown"
	"allclear/generator/source"
)

// renderer finds what a text may not hold, as a site would.
var renderer = sync.OnceValue(func() *markdown.Renderer {
	return markdown.New(markdown.Options{SiteURL: "https://status.example.com", BasePath: "/", IsUpdateHeading: source.IsUpdateHeading})
})

// maxMends bounds how often a text is looked at anew after a mend.
const maxMends = 200

// mend makes Markdown fit for an update: headings stand below an update's,
// HTML becomes Markdown or text, links that lead nowhere become text. It
// reports false where it can't.
func mend(text string, note func(what string)) (string, bool) {
	text = strings.Trim(clean(text), "\n")
	text = demote(text)
	for range maxMends {
		_, findings := renderer().Render("", []byte(text))
		i := firstError(findings)
		if i < 0 {
			return text, true
		}
		mended, ok := mendFinding(text, findings[i], note)
		if !ok || mended == text {
			return text, false
		}
		text = mended
	}
	return text, false
}

func firstError(findings []markdown.Finding) int {
	for i, f := range findings {
		if f.Rule.Level == diag.Error {
			return i
		}
	}
	return -1
}

var tooHigh = regexp.MustCompile(`^( {0,3})#{1,2}([ \t]|$)`)

// demote puts headings of the first and second level, which begin updates
// here, onto the third. Inside fenced code # is text.
func demote(text string) string {
	lines := strings.Split(text, "\n")
	fence := ""
	for i, line := range lines {
		trimmed := strings.TrimLeft(line, " \t>")
		switch run := fenceOf(trimmed); {
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

// fenceOf is the run of marks that opens or closes a code block, if any.
func fenceOf(line string) string {
	for _, mark := range []string{"`", "~"} {
		if n := len(line) - len(strings.TrimLeft(line, mark)); n >= 3 {
			return line[:n]
		}
	}
	return ""
}

// mendFinding mends one mistake at its place.
func mendFinding(text string, f markdown.Finding, note func(string)) (string, bool) {
	if f.Offset > len(text) {
		return text, false
	}
	before, rest := text[:f.Offset], text[f.Offset:]
	switch f.Rule.Code {
	case "raw-html":
		mended, ok := mendHTML(before, rest, note)
		return mended, ok
	case "heading-no-space":
		if i := strings.Index(rest, "##"); i >= 0 {
			return before + rest[:i] + `\` + rest[i:], true
		}
	case "heading-in-code":
		return before + " " + rest, true
	case "heading-misplaced":
		return mendHeading(before, rest)
	case "refused-link":
		return mendLink(before, rest, note)
	}
	return text, false
}

var underline = regexp.MustCompile(`(?m)^([ \t>]*)(-+|=+)[ \t]*$`)

// mendHeading makes a heading one of the third level: # in a list or a quote,
// or a line of - or = below a text.
func mendHeading(before, rest string) (string, bool) {
	if marks := len(rest) - len(strings.TrimLeft(rest, "#")); marks == 1 || marks == 2 {
		return before + "###" + rest[marks:], true
	}
	at := underline.FindStringSubmatchIndex(rest)
	if at == nil {
		return "", false
	}
	if !strings.Contains(strings.TrimRight(rest[:at[0]], "\n"), "\n") {
		return before + "### " + rest[:at[0]] + strings.TrimPrefix(rest[at[1]:], "\n"), true
	}
	return before + rest[:at[0]] + "\n" + rest[at[0]:], true // several lines: a rule below them
}

var (
	linkForm = regexp.MustCompile(`^!?\[((?:[^\[\]\\]|\\.)*)\]\(([^()\n]*)\)`)
	autoForm = regexp.MustCompile(`^<([^<>\s]*)>`)
)

// mendLink leaves out a link that leads nowhere, and keeps its text.
func mendLink(before, rest string, note func(string)) (string, bool) {
	if m := linkForm.FindStringSubmatch(rest); m != nil {
		note(fmt.Sprintf("the link to %q is left out, its text stays", short(m[2])))
		return before + m[1] + rest[len(m[0]):], true
	}
	for _, at := range []int{len(before), max(len(before)-1, 0)} {
		all := before + rest
		if m := autoForm.FindStringSubmatch(all[at:]); m != nil {
			return all[:at] + "`" + m[1] + "`" + all[at+len(m[0]):], true
		}
	}
	return "", false
}

var (
	tagAt      = regexp.MustCompile(`^<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*|/)?)>`)
	commentAt  = regexp.MustCompile(`(?s)^<!--.*?(?:-->|$)`)
	singleTags = map[string]string{"br": "\\\n", "hr": "\n\n---\n\n", "wbr": ""}
)

// mendHTML writes the HTML that begins at rest as Markdown, from a tag to the
// one that closes it; what is no HTML becomes text.
func mendHTML(before, rest string, note func(string)) (string, bool) {
	indent := len(rest) - len(strings.TrimLeft(rest, " "))
	before, rest = before+rest[:indent], rest[indent:]
	if c := commentAt.FindString(rest); c != "" {
		note("a comment is left out")
		return before + rest[len(c):], true
	}
	m := tagAt.FindStringSubmatch(rest)
	if m == nil || !isElement(m[2]) {
		i := strings.Index(rest, "<")
		if i < 0 {
			return "", false
		}
		return before + rest[:i] + `\` + rest[i:], true
	}
	name := strings.ToLower(m[2])
	if single, ok := singleTags[name]; ok {
		after := strings.TrimLeft(rest[len(m[0]):], " \t")
		if name == "br" {
			after = strings.TrimPrefix(after, "\n")
			if after == "" || after[0] == '\n' || strings.HasSuffix(before, "\n") || before == "" {
				single = "\n" // a break at the end of a paragraph is none
			}
			before = strings.TrimRight(before, " \t")
		}
		return before + single + after, true
	}
	end := closing(rest, name)
	if m[1] == "/" || end < 0 {
		end = len(m[0]) // a tag without its other: its text stays
		if m[1] != "/" && name != "p" && name != "img" {
			note(fmt.Sprintf("a <%s> that is never closed is left out", name))
		}
		if name != "img" {
			return before + rest[end:], true
		}
	}
	root, err := parseHTML(rest[:end], "", note)
	if err != nil {
		return "", false
	}
	written, err := convert(root)
	if err != nil {
		return "", false
	}
	written = demote(strings.TrimSpace(written))
	if hasElement(rest[:end], blocks) {
		before = strings.TrimRight(before, " ")
		written = "\n" + written + "\n"
	}
	return before + written + rest[end:], true
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
