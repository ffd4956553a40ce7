package compare

import (
	"fmt"
	"io"
	"strings"
)

// maxMarkdown is how many bytes a report in Markdown has at most. GitHub refuses
// comments of more than 65,536 characters.
const maxMarkdown = 60_000

// markdownText escapes what Markdown and HTML would take for markup, and breaks
// up what a forge would make a link or a mention of.
var markdownText = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;",
	"#", `\#`, "|", `\|`, "~", `\~`, "!", `\!`, "@", "@\u200b", "://", ":\u200b//", "www.", "www\u200b.",
)

// code is a text as code, in which nothing is markup.
func code(s string) string { return "`" + strings.ReplaceAll(s, "`", "'") + "`" }

// Markdown prints the report for a comment on a pull request, with at most 60 KB.
func (r *Report) Markdown(w io.Writer) error {
	mark := style{
		added: [2]string{"<ins>", "</ins>"}, removed: [2]string{"<del>", "</del>"},
		strong: func(s string) string { return "**" + s + "**" }, escape: markdownText.Replace, quote: code,
		list: "- ", block: "  - ", text: "  > ", textEnd: "  ",
	}
	var b strings.Builder
	fmt.Fprintf(&b, "### What this change publishes\n\n%s → %s, as of %s\n", code(r.From), code(r.To), at(r.At))
	for _, s := range r.sections(mark) {
		fmt.Fprintf(&b, "\n#### %s\n\n", s.title)
		for _, line := range s.lines {
			b.WriteString(line + "\n")
		}
	}
	_, err := io.WriteString(w, cut(b.String(), maxMarkdown))
	return err
}

// cut ends a text at a line's end, if it is longer than a number of bytes, and
// says so.
func cut(text string, size int) string {
	if len(text) <= size {
		return text
	}
	note := "\n**The rest is cut here, since the whole has %d bytes: run `allclear diff` to read it.**\n"
	kept := text[:size-len(note)-10]
	kept = kept[:strings.LastIndexByte(kept, '\n')+1]
	return kept + fmt.Sprintf(note, len(text))
}
