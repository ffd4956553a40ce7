// Package testdiff holds what `allclear diff --format json` says against the files
// of two builds: all that differs is said, and nothing else is. It reads the files
// in its own way, and knows nothing of how the difference was found. The program
// never imports it.
package testdiff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Site is a built site: its files by their path below the output folder.
type Site map[string][]byte

// report is what the test reads of the JSON.
type report struct {
	Files     []string
	Polled    []string
	Time      []string `json:"polled_time"`
	Addresses struct {
		Gained, Lost []string
		Redirected   map[string]string
	}
	Words []struct {
		Before, After string
		Pages         []string
	}
	Entries []struct {
		Kind  string `json:"change"`
		ID    string
		Title string
	} `json:"feed_entries"`
	Calendar []struct {
		ID   string
		Kind string `json:"change"`
	}
}

// Lies lists where a report is not true, or says less than the files do. Words of
// withdrawn texts may be missing.
func Lies(before, after Site, text []byte) []string {
	var r report
	if err := json.Unmarshal(text, &r); err != nil {
		return []string{err.Error()}
	}
	var all any
	_ = json.Unmarshal(text, &all)
	c := &checker{before: before, after: after, report: r, said: " " + strings.Join(words(strings.Join(texts(all), " ")), " ") + " "}
	c.files()
	c.addresses()
	c.words()
	c.entries()
	c.calendar()
	return c.found
}

type checker struct {
	before, after Site
	report        report
	said          string // all texts of the report, as words
	found         []string
}

func (c *checker) lie(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

// same compares two lists as sets.
func (c *checker) same(what string, said, true []string) {
	for _, s := range said {
		if !slices.Contains(true, s) {
			c.lie("%s: %s is said, and is not so", what, s)
		}
	}
	for _, s := range true {
		if !slices.Contains(said, s) {
			c.lie("%s: %s is not said", what, s)
		}
	}
}

// polled is the list of README's "What clients that poll": every document of the
// API with a short address, and what is like it.
var polled = regexp.MustCompile(`^(api/v2/[a-z]+(-maintenances)?\.json|api/v2/(incidents/unresolved|scheduled-maintenances/(active|upcoming))\.json|status\.txt|badge\.json)$`)

func (c *checker) files() {
	var changed, documents []string
	for name, text := range c.after {
		old, was := c.before[name]
		if !was || bytes.Equal(old, text) || name == "_redirects" {
			continue
		}
		changed = append(changed, name)
		if polled.MatchString(name) && name != "api/v2/history.json" && name != "api/v2/freshness.json" {
			documents = append(documents, name)
		}
	}
	c.same("files", c.report.Files, changed)
	c.same("polled", slices.Concat(c.report.Polled, c.report.Time), documents)
}

// redirects are the lines of _redirects.
func (s Site) redirects() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(string(s["_redirects"])) {
		if f := strings.Fields(line); len(f) == 3 {
			all[f[0]] = f[1]
		}
	}
	return all
}

func (c *checker) addresses() {
	state := func(s Site) map[string]string {
		all := map[string]string{}
		for name := range s {
			if !strings.HasPrefix(name, "_") {
				all["/"+strings.TrimSuffix(name, "index.html")] = ""
			}
		}
		maps.Copy(all, s.redirects())
		return all
	}
	was, is := state(c.before), state(c.after)
	var gained, lost, redirected, saidRedirected []string
	for address, to := range is {
		from, had := was[address]
		switch {
		case to == "" && (!had || from != ""):
			gained = append(gained, address)
		case to != "" && to != from:
			redirected = append(redirected, address+" → "+to)
		}
	}
	for address := range was {
		if _, has := is[address]; !has {
			lost = append(lost, address)
		}
	}
	for from, to := range c.report.Addresses.Redirected {
		saidRedirected = append(saidRedirected, from+" → "+to)
	}
	c.same("gained", c.report.Addresses.Gained, gained)
	c.same("lost", c.report.Addresses.Lost, lost)
	c.same("redirected", saidRedirected, redirected)
}

var (
	unseen = regexp.MustCompile(`(?s)<script.*?</script>|<style.*?</style>|<!--.*?-->`)
	tags   = regexp.MustCompile(`<[^>]*>`)
)

// words are the words that a person reads.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) })
}

// shown is a page without its templates, which may stand in each other.
func shown(markup string) string {
	var b strings.Builder
	depth := 0
	for i, part := range strings.Split(markup, "<template") {
		ends := strings.Split(part, "</template>")
		if i > 0 {
			depth++
		}
		for j, text := range ends {
			if j > 0 {
				depth--
			}
			if depth == 0 {
				b.WriteString(text)
			}
		}
	}
	return b.String()
}

// page is the words of a page, and how often each is there.
func page(markup []byte) map[string]int {
	count := map[string]int{}
	for _, w := range words(html.UnescapeString(tags.ReplaceAllString(unseen.ReplaceAllString(shown(string(markup)), " "), " "))) {
		count[w]++
	}
	return count
}

// words: each word that pages have more often or less often than before is in the
// report, and each text that the report has is on its pages.
func (c *checker) words() {
	for name, text := range c.after {
		old, was := c.before[name]
		if !was || path.Ext(name) != ".html" || c.after.redirects()["/"+strings.TrimSuffix(name, "index.html")] != "" {
			continue
		}
		a, b := page(old), page(text)
		for word, n := range b {
			if n > a[word] && !strings.Contains(c.said, " "+word+" ") {
				c.lie("%s has got the word %q, which is not said", name, word)
			}
		}
		withdrawn := strings.Contains(c.said, " withdrawn ")
		for word, n := range a {
			if n > b[word] && !withdrawn && !strings.Contains(c.said, " "+word+" ") {
				c.lie("%s has lost the word %q, which is not said", name, word)
			}
		}
	}
	for _, w := range c.report.Words {
		for _, address := range w.Pages {
			name := strings.TrimPrefix(address, "/")
			if name == "" || strings.HasSuffix(name, "/") {
				name += "index.html"
			}
			c.stands(w.Before, name, c.before)
			c.stands(w.After, name, c.after)
		}
	}
}

// stands looks for each word of a text on a page; those of an attribute are in the
// markup alone.
func (c *checker) stands(text, name string, s Site) {
	if strings.HasPrefix(text, "withdrawn: ") {
		return
	}
	markup := " " + strings.Join(words(html.UnescapeString(string(s[name]))), " ") + " "
	for _, word := range words(text) {
		if !strings.Contains(markup, " "+word+" ") {
			c.lie("%s does not have %q", name, text)
			return
		}
	}
}

func (c *checker) entries() {
	read := func(s Site) map[string]string {
		var feed struct{ Items []map[string]any }
		_ = json.Unmarshal(s["feed.json"], &feed)
		all := map[string]string{}
		for _, i := range feed.Items {
			all[fmt.Sprint(i["id"])] = fmt.Sprint(i)
		}
		return all
	}
	was, is := read(c.before), read(c.after)
	var said, true []string
	for _, e := range c.report.Entries {
		said = append(said, e.Kind+" "+e.ID)
	}
	for id, text := range is {
		switch old, had := was[id]; {
		case !had:
			true = append(true, "new "+id)
		case old != text:
			true = append(true, "changed "+id)
		}
	}
	for id := range was {
		if _, has := is[id]; !has && (len(is) < len(was) || slices.Contains(said, "gone "+id)) {
			true = append(true, "gone "+id) // else a newer one has taken its place
		}
	}
	c.same("entries", said, true)
}

var uid = regexp.MustCompile(`(?s)BEGIN:VEVENT.*?UID:(.*?)\r\n.*?END:VEVENT`)

func (c *checker) calendar() {
	read := func(s Site) map[string]string {
		all := map[string]string{}
		text := strings.ReplaceAll(string(s["maintenance.ics"]), "\r\n ", "")
		for _, m := range uid.FindAllStringSubmatch(text, -1) {
			all[m[1]] = stamp.ReplaceAllString(m[0], "")
		}
		return all
	}
	was, is := read(c.before), read(c.after)
	var said, true []string
	for _, e := range c.report.Calendar {
		said = append(said, e.ID)
	}
	for id := range was {
		if was[id] != is[id] {
			true = append(true, id)
		}
	}
	for id := range is {
		if _, had := was[id]; !had {
			true = append(true, id)
		}
	}
	c.same("calendar", said, true)
}

// stamp are the counters of an appointment, which follow from the rest.
var stamp = regexp.MustCompile(`(DTSTAMP|LAST-MODIFIED|CREATED|SEQUENCE)[^\r]*\r\n`)

// texts are all strings of a JSON document.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, e := range v {
			all = append(all, texts(e)...)
		}
		return all
	case map[string]any:
		var all []string
		for _, e := range v {
			all = append(all, texts(e)...)
		}
		return all
	}
	return nil
}
