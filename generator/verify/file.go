package verify

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"allclear/generator/output"
)

// checkFile asks for a file and compares the answer. The error is one of the
// build.
func (c *checker) checkFile(ctx context.Context, path string) error {
	a, asked := c.answers[path]
	if !asked {
		a = c.get(ctx, path, asGzip())
	}
	if a == nil {
		return nil
	}
	c.files.Add(1)
	switch {
	case a.Status == 200:
		if err := c.compareBody(path, a); err != nil {
			return err
		}
		c.compareHeaders(path, a)
		c.compareType(path, a)
		c.checkCompression(path, a)
	case a.Status == 404 || a.Status == 410:
		c.found.add(c.softened(missing), path, fmt.Sprintf("the file is missing (%d)", a.Status), "")
	case a.Status/100 == 3:
		if to, known := c.redirected(path, a); !known {
			c.found.add(redirect, path, fmt.Sprintf("the host redirects the file (%d)", a.Status), "to "+quoted(to))
		}
	default:
		c.found.add(status, path, fmt.Sprintf("the host answers with %d", a.Status), "")
	}
	return nil
}

// softened is a kind of finding about the content: a note for as long as the
// newest change of it may be on its way.
func (c *checker) softened(k *Kind) *Kind {
	if age := c.o.Build.Now.Sub(c.o.Newest); !c.o.Newest.IsZero() && age.Abs() <= c.o.Grace { // clocks differ
		return pending
	}
	return k
}

// compareBody compares a file with the older and the newer build.
func (c *checker) compareBody(path string, a *answer) error {
	if a.encoding != "" && a.encoding != "gzip" && a.encoding != "identity" {
		c.found.add(encoding, path, "the answer is in an encoding that was not asked for", quoted(a.encoding))
		return nil
	}
	if a.err != nil {
		c.found.add(truncated, path, "the compressed answer is damaged or cut off", a.err.Error())
		return nil
	}
	if c.elsewhere || path == heartbeatPath && c.then == c.now {
		return nil
	}
	then, err := c.then.body(path)
	if err != nil {
		return err
	}
	now, err := c.now.body(path)
	if err != nil {
		return err
	}
	isThen, isNow := then != nil && bytes.Equal(a.text, then), now != nil && bytes.Equal(a.text, now)
	switch {
	case isThen && !isNow:
		c.older.Add(1)
	case isNow && !isThen:
		c.newer.Add(1)
	case !isThen && then != nil && bytes.HasPrefix(then, a.text):
		c.found.add(truncated, path, "the file is cut off", fmt.Sprintf("%d bytes of %d", len(a.text), len(then)))
	case !isThen:
		c.found.add(c.softened(changed), path, "the file is not as a build makes it", difference(a.text, then))
	}
	return nil
}

// difference says where two texts differ first.
func difference(got, want []byte) string {
	if !utf8.Valid(got) || !utf8.Valid(want) {
		return fmt.Sprintf("%d bytes instead of %d", len(got), len(want))
	}
	gotLines, wantLines := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i, line := range wantLines {
		if i >= len(gotLines) {
			break
		}
		if gotLines[i] != line {
			from := commonPrefix(gotLines[i], line)
			return fmt.Sprintf("line %d has %s instead of %s", i+1, quoted(from(gotLines[i])), quoted(from(line)))
		}
	}
	return fmt.Sprintf("%d lines instead of %d", len(gotLines), len(wantLines))
}

// commonPrefix returns what shortens two lines to where they differ, with a few
// characters before.
func commonPrefix(a, b string) func(string) string {
	const before = 20
	x, y := []rune(a), []rune(b)
	at := 0
	for at < min(len(x), len(y)) && x[at] == y[at] {
		at++
	}
	at = max(0, at-before)
	return func(line string) string { return string([]rune(line)[at:]) }
}

// compareHeaders compares with the rule of _headers for the path.
func (c *checker) compareHeaders(path string, a *answer) {
	for _, h := range c.then.Output.HeadersOf("/" + path) {
		got := a.Header(h.Name)
		switch {
		case got == h.Value, h.Name == "Access-Control-Allow-Headers", h.Name == "Access-Control-Max-Age": // for preflights
		case h.Name == "Access-Control-Allow-Origin":
			if got != origin {
				c.compareHeader(access, path, h, got)
			}
		case h.Name == "Cache-Control":
			if asked, ok := maxAge(got); !ok || asked > seconds(h.Value) {
				c.compareHeader(cache, path, h, got)
			}
		default:
			c.compareHeader(header, path, h, got)
		}
	}
}

func (c *checker) compareHeader(k *Kind, path string, want output.Header, got string) {
	if got == "" {
		c.found.add(k, path, "the header "+want.Name+" is missing", "")
		return
	}
	c.found.add(k, path, "the header "+want.Name+" is not that of _headers", fmt.Sprintf("%s instead of %s", quoted(got), quoted(want.Value)))
}

// maxAge is how many seconds a cache may keep an answer; 0 if it must ask each time.
func maxAge(control string) (int, bool) {
	control = strings.ToLower(control)
	if strings.Contains(control, "no-cache") || strings.Contains(control, "no-store") {
		return 0, true
	}
	for directive := range strings.SplitSeq(control, ",") {
		if value, ok := strings.CutPrefix(strings.TrimSpace(directive), "max-age="); ok {
			n, err := strconv.Atoi(value)
			return n, err == nil
		}
	}
	return 0, false
}

func seconds(control string) int {
	n, _ := maxAge(control)
	return n
}

// alike are types that mean the same.
var alike = map[string][]string{
	"application/atom+xml":      {"application/xml", "text/xml"},
	"application/manifest+json": {"application/json"},
	"application/rss+xml":       {"application/xml", "text/xml"},
	"application/xml":           {"text/xml"},
	"image/x-icon":              {"image/vnd.microsoft.icon"},
	"text/javascript":           {"application/javascript"},
}

// compareType compares the type of an answer with that of the file's name, and its
// character set. Calendars and tables are UTF-8 if the type says none (RFC 5545, RFC
// 7111), and pages say it themselves.
func (c *checker) compareType(path string, a *answer) {
	name := c.then.routes[path].Path
	known := output.KnownType(name)
	if known == "" {
		return
	}
	want, _, _ := mime.ParseMediaType(known)
	got, parameters, err := mime.ParseMediaType(a.Header("Content-Type"))
	if err != nil || got != want && !slices.Contains(alike[want], got) {
		c.found.add(mediaType, path, "the type is not "+want, quoted(a.Header("Content-Type")))
		return
	}
	switch set := strings.ToLower(parameters["charset"]); {
	case set == "" && (want == "text/plain" || want == "text/markdown"):
		c.found.add(charset, path, "the type does not say charset=utf-8", quoted(a.Header("Content-Type")))
	case set != "" && set != "utf-8" && set != "utf8":
		c.found.add(charset, path, "the type says another character set", quoted(set))
	}
}

// minCompressed is how many bytes a text has that is worth compressing.
const minCompressed = 4 << 10

// checkCompression notes large texts that are not compressed, and compressed ones
// that a cache could give to clients that can't read them.
func (c *checker) checkCompression(path string, a *answer) {
	kind, _, _ := mime.ParseMediaType(output.KnownType(c.then.routes[path].Path))
	text := strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "json") || strings.HasSuffix(kind, "xml")
	if text && a.encoding == "" && len(a.text) >= minCompressed {
		c.found.add(compression, path, "large texts are not compressed", "")
	}
	if a.encoding == "gzip" && !strings.Contains(strings.ToLower(a.Header("Vary")), "accept-encoding") && a.Header("Vary") != "*" {
		c.found.add(vary, path, "what is compressed does not say Vary: Accept-Encoding", "")
	}
}

// redirected says where an answer leads, and whether it may: an old path to its
// new one, and name.html to name on hosts that do so.
func (c *checker) redirected(path string, a *answer) (to string, known bool) {
	to = a.Header("Location")
	from, err := url.Parse(a.URL)
	if err != nil {
		return to, false
	}
	target, err := from.Parse(to)
	if err != nil || target.Host != from.Host || target.Scheme != from.Scheme {
		return to, false
	}
	short := strings.TrimSuffix(strings.TrimSuffix(from.Path, ".htm"), ".html")
	if short != from.Path && target.Path == short {
		return to, true
	}
	for _, r := range c.then.Output.Redirects {
		if strings.Trim(r.From, "/") != strings.Trim((&url.URL{Path: path}).EscapedPath(), "/") {
			continue
		}
		if below, err := url.PathUnescape(r.To); err == nil && strings.HasSuffix(target.Path, below) {
			return to, true
		}
	}
	return to, false
}
