package compare

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
)

// style is how a report marks what is new and gone.
type style struct {
	added, removed    [2]string // before and after a text
	strong            func(string) string
	escape            func(string) string // for text of the site
	quote             func(string) string // an id, an address or the name of a file
	list, block, text string              // before a line of a list, of what belongs to it, and of a text
	textEnd           string              // after a line of a text, so that the next one is not joined to it
	signs             map[Kind]string     // before a thing that changes
}

// section is a heading and its lines.
type section struct {
	title string
	lines []string
}

// Text prints the report for a terminal. Only its own colours go past a
// [diag.Door].
func (r *Report) Text(w io.Writer, color bool) error {
	mark := style{
		added: [2]string{"{+", "+}"}, removed: [2]string{"[-", "-]"},
		strong: func(s string) string { return s }, escape: func(s string) string { return s }, quote: func(s string) string { return s },
		list: "  ", block: "    ", text: "    ", signs: map[Kind]string{Added: "+ ", Removed: "- ", Changed: "~ "},
	}
	if color {
		mark.added, mark.removed = [2]string{"\x1b[32m", "\x1b[0m"}, [2]string{"\x1b[9;31m", "\x1b[0m"}
		mark.escape = func(s string) string { return strings.ReplaceAll(s, "\x1b", `\x1b`) }
		mark.quote = mark.escape
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s → %s, as of %s\n", mark.escape(r.From), mark.escape(r.To), at(r.At))
	for _, s := range r.sections(mark) {
		fmt.Fprintf(&b, "\n%s\n", strings.Join(append([]string{s.title}, s.lines...), "\n"))
	}
	return paint(w, b.String())
}

// paint writes a text whose escape sequences are all colours of the report.
func paint(w io.Writer, text string) error {
	for text != "" {
		plain, rest, colored := strings.Cut(text, "\x1b")
		if _, err := io.WriteString(w, plain); err != nil || !colored {
			return err
		}
		end := strings.IndexByte(rest, 'm') + 1
		if _, err := io.WriteString(diag.Behind(w), "\x1b"+rest[:end]); err != nil {
			return err
		}
		text = rest[end:]
	}
	return nil
}

// sections are the parts of the report that say something.
func (r *Report) sections(m style) []section {
	all := []section{
		{"Verdict", r.verdict(m)},
		{"Components", items(m, r.Components)},
		{"What readers see", r.events(m)},
		{"Announcements", items(m, r.Notices)},
		{"What subscribers get", r.entries(m)},
		{"What clients that poll see change", lists(m, "", r.Polled)},
		{"Calendar", items(m, r.Calendar)},
		{"Uptime", r.figures(m)},
		{"Addresses", r.addresses(m)},
	}
	all = slices.DeleteFunc(all, func(s section) bool { return len(s.lines) == 0 })
	if len(all) == 0 {
		line := "Readers, subscribers and clients will see no change."
		if n := len(r.Files); n > 0 {
			line = "Only the look or the words of pages change: " + count(n, "file") + "."
		}
		all = append(all, section{line, lists(m, "", some(r.Files, 20))})
	}
	return all
}

func (r *Report) verdict(m style) []string {
	var lines []string
	for _, c := range []struct {
		name string
		*Change
	}{{"banner", r.Verdict}, {"indicator", r.Indicator}} {
		if c.Change != nil {
			lines = append(lines, m.list+c.name+": "+m.arrow(c.Before, c.After))
		}
	}
	return lines
}

// arrow says what became of a short text.
func (m style) arrow(before, after string) string {
	switch {
	case before == "":
		return m.wrap(m.added, after)
	case after == "":
		return m.wrap(m.removed, before)
	}
	return m.escape(before) + " → " + m.strong(m.escape(after))
}

func (m style) wrap(around [2]string, text string) string {
	if strings.TrimSpace(text) == "" {
		return m.escape(text)
	}
	return around[0] + m.escape(text) + around[1]
}

func items(m style, all []Item) []string {
	var lines []string
	for _, i := range all {
		lines = append(lines, m.list+m.signs[i.Kind]+m.strong(m.escape(i.Name))+" ("+string(i.Kind)+")")
		lines = append(lines, m.properties(i)...)
	}
	return lines
}

// properties says each property that changes. A long text is compared word by word.
func (m style) properties(i Item) []string {
	var lines []string
	for _, p := range i.Fields {
		switch {
		case p.Name == "text" || p.Name == "description":
			lines = append(lines, m.lines(p.Change)...)
		case i.Kind != Changed && (p.Name == "name" || p.Name == "title" || p.Name == "summary" || p.Name == "address"):
		case i.Kind != Changed:
			lines = append(lines, m.block+p.Name+": "+m.escape(moment(p.Before+p.After)))
		default:
			lines = append(lines, m.block+p.Name+": "+m.arrow(moment(p.Before), moment(p.After)))
		}
	}
	return lines
}

// lines are a text with what is new and gone in it.
func (m style) lines(c Change) []string {
	var b strings.Builder
	switch {
	case c.Before == "":
		b.WriteString(m.escape(c.After))
	case c.After == "":
		for line := range strings.Lines(c.Before) {
			b.WriteString(m.wrap(m.removed, strings.TrimSuffix(line, "\n")) + "\n")
		}
	default:
		for _, p := range words(c.Before, c.After) {
			switch p.kind {
			case Added:
				b.WriteString(m.wrap(m.added, p.text))
			case Removed:
				b.WriteString(m.wrap(m.removed, p.text))
			default:
				b.WriteString(m.escape(p.text))
			}
		}
	}
	var lines []string
	for line := range strings.SplitSeq(strings.TrimSpace(b.String()), "\n") {
		lines = append(lines, m.line(line))
	}
	return lines
}

// line is one line of a text.
func (m style) line(text string) string {
	if text == "" {
		return strings.TrimRight(m.text, " ")
	}
	return m.text + text + m.textEnd
}

func (r *Report) events(m style) []string {
	var lines []string
	for _, e := range r.Events {
		lines = append(lines, items(m, []Item{e.Item})...)
		lines = append(lines, m.block+"page: "+m.quote(e.Address))
		for _, u := range e.Updates {
			lines = append(lines, m.block+m.signs[u.Kind]+m.escape(u.Name)+" ("+string(u.Kind)+", update "+m.quote(u.ID)+")")
			u.Fields = slices.DeleteFunc(slices.Clone(u.Fields), func(p Property) bool {
				return u.Kind != Changed && (p.Name == "status" || p.Name == "time")
			})
			for _, line := range m.properties(u) {
				lines = append(lines, indented(line))
			}
		}
	}
	return lines
}

// indented is a line of the update of an event.
func indented(line string) string {
	if line == "" {
		return ""
	}
	return "  " + line
}

func (r *Report) entries(m style) []string {
	var lines []string
	for _, e := range r.Entries {
		lines = append(lines, m.list+m.signs[e.Kind]+m.strong(m.escape(e.Title))+" ("+strings.TrimSpace(e.Language+" "+string(e.Kind))+", dated "+moment(e.At)+")")
		lines = append(lines, m.lines(Change{e.Before, e.Text})...)
	}
	return lines
}

func (r *Report) figures(m style) []string {
	var lines []string
	for _, f := range r.Uptime {
		line := m.list + m.escape(f.Component) + ", " + f.Period + ": " + percent(f.Before) + " → " + m.strong(percent(f.After))
		if len(f.Why) > 0 {
			line += ", because of " + m.escape(strings.Join(some(f.Why, 5), "; "))
		}
		lines = append(lines, line)
	}
	return lines
}

func percent(f *float64) string {
	if f == nil {
		return "no figure"
	}
	return fmt.Sprintf("%.4f %%", *f*100)
}

func (r *Report) addresses(m style) []string {
	a := r.Addresses
	lines := lists(m, m.sign(Added), some(a.Gained, 20))
	lines = append(lines, lists(m, m.sign(Removed), some(a.Lost, 100))...)
	for _, from := range sorted(a.Redirected, nil) {
		lines = append(lines, m.list+"→ "+m.quote(from)+" leads to "+m.quote(a.Redirected[from]))
	}
	return lines
}

// sign is what stands before an address that the site gains or loses.
func (m style) sign(k Kind) string { return cmp.Or(m.signs[k], string(k)+": ") }

func lists(m style, sign string, all []string) []string {
	var lines []string
	for _, s := range all {
		lines = append(lines, m.list+sign+m.quote(s))
	}
	return lines
}

// some are the first n of a list, and how many more there are.
func some(all []string, n int) []string {
	if len(all) <= n+1 {
		return all
	}
	return append(slices.Clone(all[:n]), fmt.Sprintf("and %d more", len(all)-n))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// moment is a time as people read it, in its own zone; other text is unchanged.
func moment(text string) string {
	for _, layout := range []string{time.RFC3339, "20060102T150405Z"} {
		if t, err := time.Parse(layout, text); err == nil {
			zone := t.Format("MST")
			if strings.ContainsAny(zone, "+-") || zone == "" {
				zone = t.Format("-07:00")
			}
			return t.Format("2006-01-02 15:04 ") + zone
		}
	}
	return text
}

// at is an instant as reports write it.
func at(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 MST") }
