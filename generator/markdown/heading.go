package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"allclear/generator/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
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
		Code:  "update-in-text",
		Title: "A line that says a status and a time is an update heading, and begins with ##",
		Why:   "Without the ## it is text: readers see the words, but the event keeps its status.",
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
	offset, atx := start(n, i.src)
	title := words(n, i.src)
	if n.Level > 2 {
		if heading := i.repairHeading(title, false); heading != "" {
			i.instead(offset, ruleUpdateInText, fmt.Sprintf("%q is a heading inside the update above, and begins no update", firstLine(title)), heading, true)
		}
		return
	}
	var message string
	certain := i.isUpdateHeading("## " + title)
	switch {
	case n.Parent().Kind() != ast.KindDocument:
		message = fmt.Sprintf("the heading %q is inside a list or a quote", firstLine(title))
	case !atx:
		line := map[int]string{1: "===", 2: "---"}[n.Level]
		message = fmt.Sprintf("the line of %c below %q makes it a heading", line[0], firstLine(title))
		f := i.instead(offset, ruleHeadingMisplaced, message, i.repaired(title), certain && n.Lines().Len() == 1)
		f.Follow = n.Lines().Len()
		f.Hint = "if it is text, put a blank line before the " + line
		return
	case n.Level == 1:
		message = fmt.Sprintf("# is for the page's title, and %q is inside an update", firstLine(title))
		certain = true
	case offset == 0 || i.src[offset-1] == '\n':
		message = fmt.Sprintf("## begins an update, and %q is inside a text", firstLine(title))
	default:
		message = fmt.Sprintf("the update heading %q is not at the start of its line", firstLine(title))
	}
	i.instead(offset, ruleHeadingMisplaced, message, i.repaired(title), certain)
}

// repaired is the line that was most likely meant: an update heading, or a
// heading inside an update.
func (i *inspection) repaired(title string) string {
	if heading := i.repairHeading(title, true); heading != "" {
		return heading
	}
	if line := "## " + title; i.isUpdateHeading(line) {
		return line
	}
	return "### " + title
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
	top := n.Parent().Kind() == ast.KindDocument
	i.meantAsUpdates(n.Lines(), top)
	if !top {
		return
	}
	for j := range n.Lines().Len() {
		segment := n.Lines().At(j)
		line := bytes.TrimSpace(segment.Value(i.src))
		word, ok := bytes.CutPrefix(line, []byte("##"))
		if !ok || len(word) == 0 || word[0] == '#' {
			continue
		}
		heading := "## " + string(word)
		f := i.instead(segment.Start, ruleHeadingNoSpace, fmt.Sprintf("no space follows the ## of %q", firstLine(string(line))), heading, i.isUpdateHeading(heading))
		f.Hint = "or \\## if it is text"
	}
}

// meantAsUpdates reports the lines of a text that say a status and a time, a
// status alone with emphasis, or only attributes.
func (i *inspection) meantAsUpdates(lines *text.Segments, top bool) {
	for j := range lines.Len() {
		segment := lines.At(j)
		line := strings.TrimSpace(string(segment.Value(i.src)))
		if len(line) > maxUpdateLine || line == "" || strings.HasPrefix(line, "##") {
			continue
		}
		alone := top && stressed.MatchString(line)
		attributes := top && onlyAttributes.MatchString(line)
		if !alone && !attributes && !strings.ContainsFunc(line, unicode.IsDigit) {
			continue
		}
		heading := i.repairHeading(line, alone)
		if heading == "" && attributes && i.isUpdateHeading("## Resolved "+line) {
			heading = "## " + line
		}
		if heading != "" {
			i.instead(segment.Start, ruleUpdateInText, fmt.Sprintf("%q is text, and begins no update", firstLine(line)), heading, true)
		}
	}
}

// maxUpdateLine is the length of a line, in bytes, above which it is no heading.
const maxUpdateLine = 200

var (
	stressed       = regexp.MustCompile(`^(?:\*\*?[^*]+\*\*?|__?[^_]+__?):?$`)
	onlyAttributes = regexp.MustCompile(`^\{[^{}]*[=#][^{}]*\}$`)
)

// code reports lines of a code block that would begin an update outside it.
func (i *inspection) code(n ast.Node) {
	hint := "if it is a sample, put one more space before its ##"
	if _, ok := n.(*ast.FencedCodeBlock); ok {
		hint = fmt.Sprintf("close the fence with %s on a line before it; if it is a sample, put a space before its ##", fence(i.src, n.Pos()))
	}
	for j := range n.Lines().Len() {
		segment := n.Lines().At(j)
		line := strings.TrimRight(string(segment.Value(i.src)), "\n")
		if !strings.HasPrefix(line, "##") || !i.isUpdateHeading(line) {
			continue
		}
		message := fmt.Sprintf("the update heading %q is inside a code block", firstLine(line))
		if _, fenced := n.(*ast.FencedCodeBlock); fenced {
			i.report(segment.Start, ruleHeadingInCode, message, hint)
		} else {
			i.instead(segment.Start, ruleHeadingInCode, message, line, false).Hint = hint
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
