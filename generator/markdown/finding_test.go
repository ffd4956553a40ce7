package markdown_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// findings are "offset code" of each finding.
func findings(src string) []string {
	_, found := newRenderer().Render([]byte(src))
	var got []string
	for _, f := range found {
		got = append(got, fmt.Sprintf("%d %s", f.Offset, f.Rule.Code))
	}
	return got
}

func TestFindingsHaveTheirPosition(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      []string
	}{
		{"inline HTML", "a <b onclick=x>c</b>", []string{"2 raw-html", "16 raw-html"}},
		{"a block of HTML", "a\n\n<script>\nx\n</script>\n\nb", []string{"3 raw-html"}},
		{"a comment", "a\n\n<!-- x -->", []string{"3 raw-html"}},
		{"an escaped angle", "a \\<b> `<c>` 5 < 6", nil},
		{"javascript", "ab [c](javascript:alert(1))", []string{"3 refused-link"}},
		{"javascript in entities", "[c](java&#115;cript&colon;alert)", []string{"0 refused-link"}},
		{"javascript in a definition", "[c][d]\n\n[d]: JavaScript:alert(1)", []string{"0 refused-link"}},
		{"a tab within the scheme", "[c](java&#9;script:alert)", []string{"0 refused-link"}},
		{"a space before the scheme", "[c](< javascript:alert>)", []string{"0 refused-link"}},
		{"an invisible character", "[c](java&#x200b;script:alert)", []string{"0 refused-link"}},
		{"vbscript, data, file, ftp", "[a](vbscript:a) [b](data:text/html,x) [c](file:///etc) [d](ftp://example.com)", []string{"0 refused-link", "16 refused-link", "38 refused-link", "55 refused-link"}},
		{"an automatic link", "ab <ftp://example.com/a>", []string{"4 refused-link"}},
		{"a bare ftp address is text", "see ftp://example.com", nil},
		{"a host without a scheme", "[a](//example.com)", []string{"0 refused-link"}},
		{"backslashes", "[a](/\\\\example.com)", []string{"0 refused-link"}},
		{"backslash in an automatic link", "<https:\\\\example.com>", []string{"1 refused-link"}},
		{"a scheme without a host", "[a](https:example.com) [b](https:///example.com)", []string{"0 refused-link", "23 refused-link"}},
		{"a user before the host", "[a](https://example.com@example.org/)", []string{"0 refused-link"}},
		{"out of the site", "[a](../x) [b](/a/../../b) [c](a/%2E%2e/%2e./b)", []string{"0 refused-link", "10 refused-link", "26 refused-link"}},
		{"an empty address", "[a]()", []string{"0 refused-link"}},
		{"a picture as data", "![a](data:image/png;base64,AA)", []string{"0 refused-link"}},
		{"a picture by mail", "![a](mailto:a@example.com)", []string{"0 refused-link"}},
		{"a remote picture", "see ![a](https://example.com/a.png)", []string{"4 remote-image"}},
		{"a picture without words", "![ ](a.png)", []string{"0 missing-alt"}},
		{"H1", "a\n\n# B", []string{"3 heading-misplaced"}},
		{"setext =", "a\n\nB\n===", []string{"3 heading-misplaced"}},
		{"setext -", "a\n\nIdentified\n---\n", []string{"3 heading-misplaced"}},
		{"an indented ##", "a\n\n  ## Identified", []string{"5 heading-misplaced"}},
		{"## in a quote", "> a\n>\n> ## Identified", []string{"8 heading-misplaced"}},
		{"## in a list", "- ## Identified", []string{"2 heading-misplaced"}},
		{"## behind a tab in a list", "- a\n\t## Identified\n", []string{"5 heading-misplaced"}},
		{"## behind a tab in a quote", ">\t#  a #\n", []string{"2 heading-misplaced"}},
		{"a # alone behind a tab, at the end", "- a\n\t#", []string{"5 heading-misplaced"}},
		{"a ## alone behind a tab", "- a\n\t##\n\nb", []string{"5 heading-misplaced"}},
		{"setext behind a tab in a list", "- a\n\n\tb\n\t---\n", []string{"6 heading-misplaced"}},
		{"### anywhere", "### a\n\n> ### b", nil},
		{"no space", "text\n##Identified", []string{"5 heading-no-space"}},
		{"no space, escaped", "\\##Identified", nil},
		{"no space in code", "```\n##Identified\n```", nil},
		{"in an unclosed fence", "```\na\n## Identified\n\nb\n## Resolved", []string{"6 heading-in-code", "23 heading-in-code"}},
		{"in an indented block", "a\n\n    ## Identified", []string{"7 heading-in-code"}},
		{"in a fence in a list", "- a\n  ```\n  ## Identified\n  ```", []string{"12 heading-in-code"}},
		{"another ## in a fence", "```\n## comment\n ## Identified\n```", nil},
		{"an update in bold", "a\n\n**Identified**\n\n__Identified:__\n\n*Identified*", []string{"3 update-in-text", "19 update-in-text", "36 update-in-text"}},
		{"a word in bold", "**Identified** it is.\n\n**Cause**\n\nIdentified", nil},
		{"several, in their order", "<b> [c](x:y)\n\n# D", []string{"0 raw-html", "4 refused-link", "14 heading-misplaced"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, findings(c.src)); diff != "" {
				t.Errorf("findings of %q (-want +got):\n%s", c.src, diff)
			}
		})
	}
}

func TestHintsSayTheExactRepair(t *testing.T) {
	for _, c := range []struct{ name, src, heading, hint string }{
		{"setext -", "Identified\n---", "## Identified", "if it is text, put a blank line before the ---"},
		{"setext =", "Causes\n===", "### Causes", "if it is text, put a blank line before the ==="},
		{"H1", "# Causes", "### Causes", ""},
		{"## where no update can begin", "a\n\n## Causes", "### Causes", ""},
		{"comment", "<!-- a -->", "", "remove the comment: every word of an update is published"},
		{"indented", " ## Identified", "## Identified", ""},
		{"list", "- ## Identified", "## Identified", ""},
		{"no space", "##Identified", "## Identified", "or \\## if it is text"},
		{"fence", "~~~~\n## Identified", "", "close the fence with ~~~~ on a line before it; if it is a sample, put a space before its ##"},
		{"fence behind a tab", "- a\n\n\t~~~~ sh\n\t## Identified", "", "close the fence with ~~~~ on a line before it; if it is a sample, put a space before its ##"},
		{"indented code", "    ## Identified", "## Identified", "if it is a sample, put one more space before its ##"},
		{"out of the site", "[a](../history/)", "", "links without a host begin at the site's root, on every page: history/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, found := newRenderer().Render([]byte(c.src))
			if len(found) != 1 {
				t.Fatalf("%d findings: %+v", len(found), found)
			}
			if diff := cmp.Diff(c.heading+"|"+c.hint, found[0].Heading+"|"+found[0].Hint); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRawHTMLIsShownAsText(t *testing.T) {
	text, _ := newRenderer().Render([]byte("a <b onclick=\"x\">c\n\n<script>alert(1)</script>"))
	want := "<p>a &lt;b onclick=&quot;x&quot;&gt;c</p>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
	if diff := cmp.Diff(want, text.HTML); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff("a <b onclick=\"x\">c\n\n<script>alert(1)</script>", text.Plain); diff != "" {
		t.Error(diff)
	}
}

func TestWhatWouldKeepTheBuildBusyIsRefused(t *testing.T) {
	staircase := func() string {
		var b strings.Builder
		for depth := 0; b.Len() < 8000; depth += 16 {
			b.WriteString(strings.Repeat("  ", depth) + strings.Repeat("- ", 16) + "a\n")
		}
		return b.String() + strings.Repeat("\n", 50000)
	}
	for _, c := range []struct {
		name, src string
		want      []string
	}{
		{"too long", strings.Repeat("a ", 33<<10), []string{"0 update-too-long"}},
		{"as long as may be", strings.Repeat("a ", 32<<10), nil},
		{"quotes", "a\n\n" + strings.Repeat(">", 40), []string{"3 too-nested"}},
		{"quotes and tabs", strings.Repeat(">\t", 40), []string{"0 too-nested"}},
		{"numbers", strings.Repeat("1. ", 40), []string{"0 too-nested"}},
		{"a staircase of lists", staircase(), []string{"100 too-nested"}},
		{"a list as a person nests it", "- a\n  - b\n    - c\n      - d\n\n        > e", nil},
		{"a long rule", "a\n\n" + strings.Repeat("- ", 50), nil},
		{"brackets", "a\n\n" + strings.Repeat("[a](", 3000), []string{"3 too-nested"}},
		{"backticks", "a\n\n" + strings.Repeat("\\```", 200), []string{"3 too-nested"}},
		{"stars in a list", "- " + strings.Repeat("*a_ ", 3000), []string{"2 too-nested"}},
		{"stars in a heading", "### " + strings.Repeat("*a_ ", 3000), []string{"0 too-nested"}},
		{"stars in a code block", "```\n" + strings.Repeat("*a_ ", 3000) + "\n```", nil},
		{"columns", strings.Repeat("a|", 70) + "\n" + strings.Repeat("-|", 70), []string{"141 too-nested"}},
		{"cells", strings.Repeat("a|", 60) + "\n" + strings.Repeat("-|", 60) + strings.Repeat("\na", 200), []string{"566 too-nested"}},
		{"a table as a person writes it", "a|b\n-|-" + strings.Repeat("\n`x`|y", 500), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, findings(c.src)); diff != "" {
				t.Error(diff)
			}
			text, found := newRenderer().Render([]byte(c.src))
			if len(found) > 0 && text.HTML+text.FeedHTML+text.Plain != "" {
				t.Error("a refused update has text")
			}
		})
	}
}
