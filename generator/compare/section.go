package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// section is a heading and its lines.
type section struct {
	title string
	lines []string
}

// sections are the parts of the report that say something.
func (r *Report) sections(m style) []section {
	all := []section{
		{"Verdict", r.verdict(m)},
		{"Site", m.properties(m.list, Item{Kind: Changed, Fields: r.Site})},
		{"Components", items(m, r.Components)},
		{"What readers see", r.events(m)},
		{"Announcements", items(m, r.Notices)},
		{"What nobody sees yet, and its time will publish", items(m, r.Coming)},
		{"What pages say besides", r.pages(m)},
		{"What subscribers get", r.entries(m)},
		{"What clients that poll see change", r.polled(m)},
		{"Calendar", items(m, r.Calendar)},
		{"Uptime", r.figures(m)},
		{"Addresses", r.addresses(m)},
		{"Files", r.look(m)},
	}
	all = slices.DeleteFunc(all, func(s section) bool { return len(s.lines) == 0 })
	if len(all) == 0 {
		all = append(all, section{"Readers, subscribers and clients will see no change.", nil})
	}
	if len(r.Unseen) > 0 {
		all = append(all, section{"Not compared", lists(m, "", r.Unseen)})
	}
	return all
}

func (r *Report) verdict(m style) []string {
	var lines []string
	for _, c := range []struct {
		name string
		*Change
	}{{"banner", r.Verdict}, {"indicator of the API", r.Indicator}, {"description of the API", r.Description}} {
		if c.Change != nil {
			lines = append(lines, m.list+c.name+": "+m.arrow(c.Before, c.After))
		}
	}
	return lines
}

func items(m style, all []Item) []string {
	var lines []string
	for _, i := range all {
		lines = append(lines, m.list+m.signs[i.Kind]+m.strong(m.escape(i.Name))+" ("+string(i.Kind)+")")
		lines = append(lines, m.properties(m.block, i)...)
	}
	return lines
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
			for _, line := range m.properties(m.block, u) {
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
	sent := false
	for _, e := range r.Entries {
		sent = sent || e.Kind == Added
		lines = append(lines, m.list+m.signs[e.Kind]+m.strong(m.escape(e.Title))+" ("+strings.TrimSpace(e.Language+" "+string(e.Kind))+", dated "+moment(e.At)+")")
		lines = append(lines, m.properties(m.block, Item{Kind: Changed, Fields: e.Fields})...)
		switch {
		case e.Kind == Removed:
			lines = append(lines, m.lines(Change{Before: e.Text})...)
		case e.Kind == Added || e.Before != e.Text:
			lines = append(lines, m.lines(Change{e.Before, e.Text})...)
		}
	}
	if len(lines) > 0 && !sent {
		lines = append(lines, m.list+"nothing new is sent: who has these entries already may not see the change")
	}
	return lines
}

// polled names the documents that clients poll; most lists change in the time of
// the newest update alone.
func (r *Report) polled(m style) []string {
	lines := lists(m, "", r.Polled)
	if len(r.PolledTime) > 0 {
		var quoted []string
		for _, name := range r.PolledTime {
			quoted = append(quoted, m.quote(name))
		}
		lines = append(lines, m.list+"page.updated_at alone: "+strings.Join(quoted, ", "))
	}
	return lines
}

// figures says the figures that move, those of one component and with the same
// change in one line.
func (r *Report) figures(m style) []string {
	var lines []string
	for i := 0; i < len(r.Uptime); {
		f := r.Uptime[i]
		var parts []string
		for i < len(r.Uptime) && r.Uptime[i].Component == f.Component {
			g := r.Uptime[i]
			periods := []string{g.Period}
			for i++; i < len(r.Uptime) && r.Uptime[i].Component == g.Component && same(r.Uptime[i].Before, g.Before) && same(r.Uptime[i].After, g.After); i++ {
				periods = append(periods, r.Uptime[i].Period)
			}
			parts = append(parts, percent(g.Before)+" → "+m.strong(percent(g.After))+" ("+strings.Join(periods, ", ")+")")
		}
		why := "because outages count in another way, or from another day"
		if len(f.Why) > 0 {
			why = "because of " + m.escape(strings.Join(some(f.Why, 5), "; "))
		}
		lines = append(lines, m.list+m.escape(f.Component)+": "+strings.Join(parts, ", ")+", "+why)
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
	lines := lists(m, m.sign(Added), some(folded(a.Gained, r.languages), 20))
	lines = append(lines, lists(m, m.sign(Removed), some(folded(a.Lost, r.languages), 100))...)
	var redirected []string
	for _, from := range sorted(a.Redirected, nil) {
		redirected = append(redirected, m.list+"→ "+m.quote(from)+" leads to "+m.quote(a.Redirected[from]))
	}
	return append(lines, some(redirected, 100)...)
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

// look says what changes in files besides words.
func (r *Report) look(m style) []string {
	lines := lists(m, m.signs[Changed], some(r.Look.Files, 20))
	for _, n := range []struct {
		pages int
		what  string
	}{
		{r.Look.Moved, "words stand in another order"},
		{r.Look.Later, "nothing changes now, but what the clock will show later"},
		{r.Look.Markup, "nothing changes but the markup, or words that a script shows"},
	} {
		if n.pages > 0 {
			lines = append(lines, m.list+"on "+count(n.pages, "page")+" "+n.what)
		}
	}
	if len(r.Look.Others) > 0 {
		lines = append(lines, m.list+"and, with what is said above, "+strings.Join(r.Look.Others, ", "))
	}
	return lines
}
