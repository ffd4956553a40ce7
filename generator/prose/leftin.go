package prose

import (
	"regexp"

	"allclear/generator/diag"
)

var (
	ruleLeftIn = rules.Declare(diag.Rule{
		Code: "left-in-text", Level: diag.Warning,
		Title: "A text has no notes to its writer and no placeholders of other tools",
		Why:   "Nothing fills them in: readers and subscribers would get TODO or {{name}} as it is.",
	})
	ruleForeignLink = rules.Declare(diag.Rule{
		Code: "foreign-link", Level: diag.Warning,
		Title: "A link is written as in Markdown",
		Why:   "A link copied from Slack, Jira or a wiki shows its brackets and leads nowhere.",
	})
)

var leftIn = regexp.MustCompile(`\b(?:TODO|FIXME|TBD|TBA|TKTK|XXX)\b` +
	`|(?i:lorem ipsum)` +
	`|\{\{[^{}]*\}\}|\{%[^{}]*%\}|\$\{[A-Za-z_][\w.]*\}|(?:^|[^/\w])\{[a-z_]{3,}\}|%[A-Z_]{3,}%` +
	`|\b(?:XX|HH|hh|__|\?\?):(?:XX|MM|mm|__|\?\?)` +
	`|\[(?:INSERT|ADD|YOUR|PLACEHOLDER|FILL|NAME|TIME|DATE|LINK|SERVICE|COMPONENT|CAUSE|REASON|REGION|IMPACT|ETA|insert|your|link here)\b[^\]]*\]`)

func (r *reader) leftIn(line string, offset int) {
	r.first(leftIn, line, offset, ruleLeftIn, `"%" was left in the text`, "write what readers should see, or delete it")
}

var (
	slackLink = regexp.MustCompile(`<(https?://[^|>\s]+)\|([^>]+)>`)
	jiraLink  = regexp.MustCompile(`\[([^\]|\[]+)\|(https?://[^\]\s]+)\]`)
	wikiLink  = regexp.MustCompile(`\[(https?://[^\]\s]+) ([^\]]+)\](?:[^(\[]|$)`)
	restLink  = regexp.MustCompile("`([^`<]+) <(https?://[^>\\s]+)>`_+")
	slackName = regexp.MustCompile(`<[@#][A-Z0-9]{6,}(?:\|[^>]*)?>`)
)

// foreignLinks finds links in the form of other tools.
func (r *reader) foreignLinks(line string, offset int) {
	for _, form := range []struct {
		pattern    *regexp.Regexp
		text, link int
	}{{slackLink, 2, 1}, {jiraLink, 1, 2}, {wikiLink, 2, 1}, {restLink, 1, 2}} {
		if at := form.pattern.FindStringSubmatchIndex(line); at != nil {
			m := form.pattern.FindStringSubmatch(line)
			r.report(ruleForeignLink, offset+at[0], diag.Short(m[0])+" is not a link in Markdown", "write\n["+m[form.text]+"]("+m[form.link]+")")
		}
	}
	r.first(slackName, line, offset, ruleForeignLink, "% is a name in Slack, which readers can't see", "write the name, or delete it")
}
