package cstate

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"allclear/generator/importer"
	"allclear/generator/importer/markup"
)

// This file takes Hugo's shortcodes out of a text. What they enclose and the
// times that they show stay. track, which says when a part was written, is left
// for body.go.

var (
	shortcode     = regexp.MustCompile(`\{\{[<%][ \t\n]*(/\*)?[ \t\n]*(/?)[ \t]*([\w./-]*)((?:"(?:[^"\\]|\\.)*"|` + "`[^`]*`" + `|[^"` + "`" + `{}])*?)[ \t\n]*/?(?:\*/)?[ \t\n]*[%>]\}\}`)
	shortcodeLink = regexp.MustCompile(`!?\[([^\[\]]*)\]\([ \t]*\{\{[<%][^{}]*[%>]\}\}[^()\n]*\)`)
	shortcodeWord = regexp.MustCompile(`(?:([\w-]+)=)?(?:"((?:[^"\\]|\\.)*)"|` + "`([^`]*)`" + `|([^\s"` + "`" + `]+))`)
	silentBlock   = regexp.MustCompile(`(?s)\{\{%[ \t]*comment[ \t]*%\}\}.*?\{\{%[ \t]*/comment[ \t]*%\}\}|\{\{<[ \t]*comment[ \t]*>\}\}.*?\{\{<[ \t]*/comment[ \t]*>\}\}`)
)

// shownParameters are parameters whose words a page shows.
var shownParameters = []string{"title", "text", "caption", "alt", "content", "message"}

// prepare makes the text of a page plain Markdown with no shortcodes but track.
func (c *cstate) prepare(f *hugoFile) {
	if strings.TrimSpace(f.body) == "" {
		field, _ := f.field("description")
		f.body, f.bodyLine = field.Value.Text, field.KeyAt.Line
	}
	f.body = strings.ReplaceAll(f.body, "<!--more-->", "")
	f.body = c.withoutShortcodes(f)
	if !isHTML(f.file) {
		if !markups[strings.ToLower(path.Ext(f.file))] {
			f.notes.Note(f.file, "its text is in %s: it is read as Markdown", strings.TrimPrefix(path.Ext(f.file), "."))
		}
		return
	}
	// The converter must not see the angle brackets of track.
	var tracks []string
	body := trackMark.ReplaceAllStringFunc(f.body, func(mark string) string {
		tracks = append(tracks, mark)
		return fmt.Sprintf("ALLCLEARTRACK%dEND", len(tracks)-1)
	})
	f.body = markup.FromHTML(body, "", f.notes.At(f.at(f.bodyLine), ""))
	for n, mark := range tracks {
		f.body = strings.Replace(f.body, fmt.Sprintf("ALLCLEARTRACK%dEND", n), mark, 1)
	}
}

// withoutShortcodes is the text of a page without the shortcodes of others than
// cState. It notes their names.
func (c *cstate) withoutShortcodes(f *hugoFile) string {
	if !strings.Contains(f.body, "{{<") && !strings.Contains(f.body, "{{%") {
		return f.body
	}
	var names []string
	named := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	text := silentBlock.ReplaceAllStringFunc(f.body, func(string) string { named("comment"); return "" })
	text = shortcodeLink.ReplaceAllStringFunc(text, func(link string) string {
		named(shortcode.FindStringSubmatch(link)[3])
		return shortcodeLink.FindStringSubmatch(link)[1]
	})
	text = shortcode.ReplaceAllStringFunc(text, func(code string) string {
		m := shortcode.FindStringSubmatch(code)
		switch {
		case m[1] != "": // {{</* shown as it is */>}}
			return strings.NewReplacer("/*", "", "*/", "", "{{<", "{ {<", "{{%", "{ {%").Replace(code)
		case trackMark.MatchString(code):
			return code
		}
		named(m[3])
		if m[2] != "" {
			return ""
		}
		return c.shown(m[4])
	})
	if len(names) > 0 {
		f.notes.Note(f.at(f.bodyLine), "the shortcodes %s are left out, their text and times stay", strings.Join(names, ", "))
	}
	return text
}

// shown is what stays of a shortcode's parameters: times, and words that a page
// shows.
func (c *cstate) shown(parameters string) string {
	var words []string
	for _, m := range shortcodeWord.FindAllStringSubmatch(parameters, -1) {
		value := strings.ReplaceAll(m[2]+m[3]+m[4], `\"`, `"`)
		at, ok := parseTime(value, c.zone)
		switch {
		case ok && !at.dateOnly:
			words = append(words, importer.Stamp(at.Time))
		case ok:
			words = append(words, value)
		case slices.Contains(shownParameters, strings.ToLower(m[1])):
			words = append(words, value+" ")
		}
	}
	return strings.Join(words, " ")
}
