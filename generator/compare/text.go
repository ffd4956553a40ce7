package compare

import (
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

// properties says each property that changes, in lines that begin alike. A long
// text is compared word by word.
func (m style) properties(block string, i Item) []string {
	var lines []string
	for _, p := range i.Fields {
		switch {
		case p.Name == "text" || p.Name == "description":
			lines = append(lines, m.lines(p.Change)...)
		case strings.HasPrefix(p.Name, "text (") && i.Kind == Changed && p.Before == "":
			lines = append(lines, block+p.Name+", new:")
			lines = append(lines, m.lines(p.Change)...)
		case strings.HasPrefix(p.Name, "text ("):
			lines = append(lines, block+p.Name+":")
			lines = append(lines, m.lines(p.Change)...)
		case i.Kind != Changed && (p.Name == "name" || p.Name == "title" || p.Name == "summary" || p.Name == "address"):
		case i.Kind != Changed:
			lines = append(lines, block+p.Name+": "+m.escape(moment(p.Before+p.After)))
		default:
			lines = append(lines, block+p.Name+": "+m.arrow(moment(p.Before), moment(p.After)))
		}
	}
	return lines
}

// lines are a text with what is new and gone in it.
func (m style) lines(c Change) []string {
	var lines []string
	for _, line := range m.inline(c) {
		lines = append(lines, m.line(line))
	}
	return lines
}

// inline are the lines of a text with what is new and gone in it.
func (m style) inline(c Change) []string {
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
	return strings.Split(strings.TrimSpace(b.String()), "\n")
}

// line is one line of a text.
func (m style) line(text string) string {
	if text == "" {
		return strings.TrimRight(m.text, " ")
	}
	return m.text + text + m.textEnd
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
