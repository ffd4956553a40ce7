package preview

import (
	"fmt"
	"html"
	"net/http"
	"strings"

	"allclear/generator/diag"
)

// problems is what is wrong, as HTML; everything that content says in it is
// escaped. err is what is no fault of the content, or nil.
func problems(found diag.List, err error) string {
	var b strings.Builder
	heading := found.Summary()
	if err != nil {
		heading = "The site can't be built"
	}
	fmt.Fprintf(&b, "<h1>%s</h1>\n", shown(heading))
	if err != nil {
		fmt.Fprintf(&b, "<p class=\"message\">%s</p>\n", shown(err.Error()))
	}
	b.WriteString("<ol>\n")
	for _, d := range found {
		problem(&b, d)
	}
	b.WriteString("</ol>\n")
	return b.String()
}

func problem(b *strings.Builder, d diag.Diagnostic) {
	fmt.Fprintf(b, "<li class=%q>\n<p class=\"position\">%s</p>\n", d.Rule.Level, shown(d.Position.String()))
	fmt.Fprintf(b, "<p class=\"message\"><b>%s:</b> %s <span class=\"code\">[%s]</span></p>\n", d.Rule.Level, shown(d.Message), shown(d.Rule.Code))
	if d.Excerpt != "" {
		fmt.Fprintf(b, "<pre><span class=\"line\">%d</span> %s</pre>\n", d.Position.Line, excerpt(d))
	}
	if d.Hint != "" {
		fmt.Fprintf(b, "<p class=\"hint\">hint: %s</p>\n", shown(d.Hint))
	}
	b.WriteString("</li>\n")
}

// excerpt is the line itself, the column marked.
func excerpt(d diag.Diagnostic) string {
	line := []rune(d.Excerpt)
	at := d.Position.Column - 1
	if at < 0 || at >= len(line) {
		return shown(d.Excerpt)
	}
	return shown(string(line[:at])) + "<mark>" + shown(string(line[at:at+1])) + "</mark>" + shown(string(line[at+1:]))
}

// shown escapes a text for HTML, line by line, with what nobody could see
// made visible.
func shown(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = html.EscapeString(diag.Printable(strings.ReplaceAll(line, "\t", "    ")))
	}
	return strings.Join(lines, "\n")
}

// serveProblems answers with a page that holds the problems alone, and is
// loaded again when they change.
func serveProblems(w http.ResponseWriter, status int, problems string, generation int64) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	fmt.Fprintf(w, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Preview: something is wrong</title>
<link rel="stylesheet" href="%s">
</head>
<body>
<main class="problems">
%s</main>
%s</body>
</html>
`, stylePath, problems, scriptElement(generation))
}
