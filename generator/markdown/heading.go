package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"allclear/generator/diag"

	"github.com/yuin/goldmark/ast"
)

var (
	ruleHeadingMisplaced = rules.Declare(diag.Rule{
		Code:  "heading-misplaced",
		Title: "A heading of the first or second level is an update heading, at the start of a line",
		Why:   "A ## elsewhere looks like a new update to its writer, but readers and the API would get it as part of the one before.",
	})
	ruleHeadingNoSpace = rules.Declare(diag.Rule{
		Code:  "heading-no-space",
		Title: "A space follows the ## of an update heading",
		Why:   "Without it Markdown reads the line as text, and the update becomes part of the one before.",
	})
	ruleUpdateInText = rules.Declare(diag.Rule{
		Code: "update-in-text", Level: diag.Warning,
		Title: "An update begins with ##",
		Why:   "A line with a status that has no ## is text: readers see the words, but the event keeps its status.",
	})
	ruleHeadingInCode = rules.Declare(diag.Rule{
		Code:  "heading-in-code",
		Title: "No update heading is inside a code block",
		Why:   "A fence that is never closed swallows every update below it.",
	})
)

// heading reports a heading of the first or second level. Update headings are
// not part of the text, so one that is here is in the wrong place or written in
// the wrong way.
func (i *inspection) heading(n *ast.Heading) {
	if n.Level > 2 {
		return
	}
	offset, atx := start(n, i.src)
	title := words(n, i.src)
	var message, hint string
	switch {
	case n.Parent().Kind() != ast.KindDocument:
		message = fmt.Sprintf("the heading %q is inside a list or a quote", firstLine(title))
		hint = "an update heading is at the start of a line, outside lists and quotes: " + i.repair(title)
	case !atx:
		line := map[int]string{1: "===", 2: "---"}[n.Level]
		message = fmt.Sprintf("the line of %c below %q makes it a heading", line[0], firstLine(title))
		hint = i.repair(title) + "\nif it is text, put a blank line before the " + line
	case n.Level == 1:
		message = fmt.Sprintf("# is for the page's title, and %q is inside an update", firstLine(title))
		hint = i.repair(title)
	case offset == 0 || i.src[offset-1] == '\n':
		message = fmt.Sprintf("## begins an update, and %q is inside a text", firstLine(title))
		hint = i.repair(title)
	default:
		message = fmt.Sprintf("the update heading %q is not at the start of its line", firstLine(title))
		hint = "remove the spaces before the ##: " + i.repair(title)
	}
	i.report(offset, ruleHeadingMisplaced, message, hint)
}

// repair is a hint with the line that the writer probably meant.
func (i *inspection) repair(title string) string {
	if line := "## " + title; i.isUpdateHeading(line) {
		return fmt.Sprintf("write `%s` on a line of its own", firstLine(line))
	}
	return fmt.Sprintf("an update begins with ##, a heading inside it with ###: `%s`", firstLine("### "+title))
}

// start is where a heading begins, and whether a # makes it one. It goes back
// from the heading's words, since goldmark counts the columns of a tab before
// the # and so gives a position that is too far, even beyond the end of the
// text.
func start(n *ast.Heading, src []byte) (offset int, atx bool) {
	if n.Lines().Len() == 0 {
		before := src[:min(n.Pos()+1, len(src))]
		before = before[:bytes.LastIndexByte(before, '#')+1]
		return len(bytes.TrimRight(before, "#")), true
	}
	words := n.Lines().At(0).Start
	marks := bytes.TrimRight(src[:words], " \t")
	if len(marks) == words || !bytes.HasSuffix(marks, []byte("#")) {
		return words, false
	}
	return len(bytes.TrimRight(marks, "#")), true
}

// paragraph reports lines that would be update headings if a space followed
// their ##, or if they began with it.
func (i *inspection) paragraph(n *ast.Paragraph) {
	if n.Parent().Kind() != ast.KindDocument {
		return
	}
	for j := range n.Lines().Len() {
		segment := n.Lines().At(j)
		line := bytes.TrimSpace(segment.Value(i.src))
		word, ok := bytes.CutPrefix(line, []byte("##"))
		if !ok {
			if heading, ok := i.meantAsHeading(string(line)); ok {
				i.report(segment.Start, ruleUpdateInText,
					fmt.Sprintf("%q is text, and begins no update", firstLine(string(line))),
					fmt.Sprintf("write `%s` on a line of its own", firstLine(heading)))
			}
			continue
		}
		if len(word) == 0 || word[0] == '#' {
			continue
		}
		i.report(segment.Start, ruleHeadingNoSpace,
			fmt.Sprintf("no space follows the ## of %q", firstLine(string(line))),
			fmt.Sprintf("write `%s`, or \\## if it is text", firstLine("## "+string(word))))
	}
}

// meantAsHeading is the update heading that a line of text was meant as: it has
// a status and a time, or a status alone with emphasis.
func (i *inspection) meantAsHeading(line string) (string, bool) {
	words, stressed := line, false
	if m := stressedStart.FindStringSubmatch(line); m != nil {
		words, stressed = strings.TrimSpace(m[1]+m[2]), true
	}
	if !stressed && !strings.ContainsFunc(words, unicode.IsDigit) || words == "" || !unicode.IsLetter(rune(words[0])) {
		return "", false
	}
	heading := "## " + words
	return heading, i.isUpdateHeading(heading)
}

// stressedStart is a line whose first words have emphasis: they and the rest,
// without the colon that often stands after a status.
var stressedStart = regexp.MustCompile(`^(?:\*\*?|__?)([^*_]+?):?(?:\*\*?|__?):?(.*)$`)

// code reports lines of a code block that would begin an update outside it.
func (i *inspection) code(n ast.Node) {
	hint := "remove the spaces before it; if it is a sample, put one more before its ##"
	if _, ok := n.(*ast.FencedCodeBlock); ok {
		hint = fmt.Sprintf("close the fence with %s on a line before it; if it is a sample, put a space before its ##", fence(i.src, n.Pos()))
	}
	for j := range n.Lines().Len() {
		segment := n.Lines().At(j)
		line := strings.TrimRight(string(segment.Value(i.src)), "\n")
		if strings.HasPrefix(line, "##") && i.isUpdateHeading(line) {
			i.report(segment.Start, ruleHeadingInCode,
				fmt.Sprintf("the update heading %q is inside a code block", firstLine(line)), hint)
		}
	}
}

// fence is the mark that closes the fenced code block that begins at an offset,
// or up to three bytes before it if there is a tab before the fence.
func fence(src []byte, offset int) string {
	before := src[:min(max(offset, 0)+1, len(src))]
	last := bytes.LastIndexAny(before, "`~")
	if last < 0 {
		return "```"
	}
	mark := string(src[last])
	rest := src[len(bytes.TrimRight(before[:last+1], mark)):]
	return string(rest[:len(rest)-len(bytes.TrimLeft(rest, mark))])
}
