package preview

import (
	"fmt"
	"html"
	"net/http"
	"strings"

	"allclear/generator/diag"
)

// problems is the HTML of what is wrong. Everything in it that comes from the
// content is escaped. err is an error outside the content, or nil.
func problems(found diag.List, err error) string {
	var b strings.Builder
	heading := found.Summary()
	if err != nil {
		heading = "The site could not be built"
	}
	fmt.Fprintf(&b, "<h1>%s</h1>\n", escaped(heading))
	if err != nil {
		fmt.Fprintf(&b, "<p class=\"message\">%s</p>\n", escaped(err.Error()))
	}
	b.WriteString("<ol>\n")
	for _, d := range found {
		problem(&b, d)
	}
	b.WriteString("</ol>\n")
	return b.String()
}

func problem(b *strings.Builder, d diag.Diagnostic) {
	fmt.Fprintf(b, "<li class=%q>\n<p class=\"position\">%s</p>\n", d.Rule.Level, escaped(d.Position.String()))
	fmt.Fprintf(b, "<p class=\"message\"><b>%s:</b> %s <span class=\"code\">[%s]</span></p>\n", d.Rule.Level, escaped(d.Message), escaped(d.Rule.Code))
	if d.Excerpt != "" {
		fmt.Fprintf(b, "<pre><span class=\"line\">%d</span> %s</pre>\n", d.Position.Line, excerpt(d))
	}
	if d.Hint != "" {
		fmt.Fprintf(b, "<p class=\"hint\">hint: %s</p>\n", escaped(d.Hint))
	}
	b.WriteString("</li>\n")
}

// excerpt is the excerpt with its column marked.
func excerpt(d diag.Diagnostic) string {
	line := []rune(d.Excerpt)
	at := d.Mark - 1
	if at < 0 || at >= len(line) {
		return escaped(d.Excerpt)
	}
	return escaped(string(line[:at])) + "<mark>" + escaped(string(line[at:at+1])) + "</mark>" + escaped(string(line[at+1:]))
}

// escaped escapes a text for HTML and makes invisible characters visible.
func escaped(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = html.EscapeString(diag.Printable(strings.ReplaceAll(line, "\t", "    ")))
	}
	return strings.Join(lines, "\n")
}

// serveProblems serves a page of only the problems, which is loaded again when they
// change.
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
<title>Preview: the site has errors</title>
<link rel="stylesheet" href="%s">
</head>
<body>
<main class="problems">
%s</main>
%s</body>
</html>
`, stylePath, problems, scriptElement(generation))
}
