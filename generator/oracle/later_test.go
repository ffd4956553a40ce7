package oracle

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// later is the site as a browser shows it at a later instant, if nobody builds
// it again: each template has taken the place of the element before it once its
// time has come, as the script of the theme does.
func (b *Build) later(at time.Time) *Build {
	content, _ := without(nil, b.Content, b.Now)
	next := newBuild(content.before, at)
	next.model = reason(content.before, at)
	for _, name := range append(b.paths("components/*/index.html"), "index.html", "embed/index.html") {
		if b.isAlias(name) || b.page(name) == nil {
			continue
		}
		root, err := html.Parse(bytes.NewReader(b.Files[name]))
		if err != nil {
			panic(err)
		}
		for _, template := range templates(root) {
			from, err := time.Parse(time.RFC3339, attribute(template, "data-from"))
			if err == nil && !from.After(at) {
				take(template)
			}
		}
		next.Files[name] = nil
		next.pages[name] = newPage(name, root)
	}
	return next
}

// templates lists the templates with an instant, in the order of the document;
// those inside another one come once that has been taken.
func templates(root *html.Node) []*html.Node {
	var found []*html.Node
	for n := range root.Descendants() {
		if n.DataAtom == atom.Template && attribute(n, "data-from") != "" {
			found = append(found, n)
		}
	}
	return found
}

// take puts the content of a template in the place of the element before it,
// or after that where it is to be added.
func take(template *html.Node) {
	parent := template.Parent
	adds := slices.ContainsFunc(template.Attr, func(a html.Attribute) bool { return a.Key == "data-add" })
	if before := previousElement(template); before != nil && !adds {
		parent.RemoveChild(before)
	}
	for child := template.FirstChild; child != nil; child = template.FirstChild {
		template.RemoveChild(child)
		parent.InsertBefore(child, template)
	}
	parent.RemoveChild(template)
}

func previousElement(n *html.Node) *html.Node {
	for n = n.PrevSibling; n != nil && n.Type != html.ElementNode; n = n.PrevSibling {
	}
	return n
}

// comings are the instants, known now, at which the clock will begin or
// complete a maintenance.
func (m *Model) comings() []time.Time {
	var all []time.Time
	for _, t := range m.events {
		for _, at := range []time.Time{t.from, t.until} {
			if t.Maintenance && at.After(m.now) {
				all = append(all, at)
			}
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	all = slices.CompactFunc(all, time.Time.Equal)
	return all[:min(len(all), 3)]
}

// lawLater: where the clock alone changes something, the page that is open in
// a browser says then what is true then, in every place. What it says wrongly
// now is for other laws.
func lawLater(f *finder) {
	now := f.pagesNow(f.b)
	for _, at := range f.m.comings() {
		if slices.ContainsFunc(f.m.listed(), func(c *Component) bool { return f.m.retired(c, at) }) {
			continue // a midnight, at which the site is built anyway
		}
		for _, v := range f.pagesNow(f.b.later(at)) {
			if !slices.ContainsFunc(now, func(o Violation) bool { return o.Class == v.Class && o.Says == v.Says }) {
				v.File += ", by " + at.UTC().Format(time.RFC3339)
				f.found = append(f.found, v)
			}
		}
	}
}

// pagesNow is all that the pages of a build say wrongly about its instant.
func (f *finder) pagesNow(b *Build) []Violation {
	then := &finder{law: f.law, b: b, m: b.truth(), c: b.Content}
	for _, component := range then.m.listed() {
		then.statusOnPages(component, then.m.componentStatus(component, then.m.at))
	}
	then.groupsOnIndex()
	then.verdictsOnPages()
	then.underTheRightHeading()
	return then.found
}

// verdictsOnPages looks at the verdict of the index and of the frame.
func (f *finder) verdictsOnPages() {
	mildest, forIncident := f.m.verdict()
	for _, name := range []string{"index.html", "embed/index.html"} {
		p := f.b.page(name)
		if p == nil {
			continue
		}
		said := verdictOf(words(p.Main))
		if name == "index.html" {
			said = verdictOf(p.around())
		}
		if badness(said) < badness(mildest) || !forIncident && said != mildest {
			f.add("the verdict", name, said, "%s", mildest)
		}
	}
}

// underTheRightHeading: on the index, work that is going on is not below
// "Scheduled maintenance", nor the other way round, and what is over is below
// neither.
func (f *finder) underTheRightHeading() {
	p := f.b.page("index.html")
	if p == nil {
		return
	}
	for _, t := range f.m.events {
		if !t.Maintenance {
			continue
		}
		want := map[string]string{"scheduled": "Scheduled maintenance", "in_progress": "Maintenance in progress", "verifying": "Maintenance in progress"}[t.status()]
		var said []string
		for _, i := range f.b.events(p) {
			if i.id == t.ID && strings.Contains(i.under, "aintenance") {
				said = append(said, i.under)
			}
		}
		if got := strings.Join(said, ", "); got != want {
			f.add("a heading", "index.html", t.ID+" below "+got, "below %q", want)
		}
	}
}
