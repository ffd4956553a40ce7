package oracle

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// lawVerdict: the verdict that a person sees is the overall status or, where
// that is worse, the worst open incident, which it names. It is one everywhere.
// An open incident is never green. Canned sentences don't speak for a writer.
func lawVerdict(f *finder) {
	f.verdicts()
	f.verdictNames()
	f.icons()
	f.overallStatus()
	f.openNeverGreen()
	f.canned()
	f.pictureTexts()
	f.linkedDataVerdict()
}

// verdictPlace is where a verdict stands and what all of that place says.
type verdictPlace struct{ file, says string }

func (f *finder) verdictPlaces() []verdictPlace {
	var places []verdictPlace
	if p := f.b.page("index.html"); p != nil {
		places = append(places,
			verdictPlace{"index.html", p.around()}, verdictPlace{"index.html description", p.head("meta", "description")},
			verdictPlace{"index.html og:description", p.head("meta", "og:description")})
		if title := p.head("title", ""); verdictOf(title) != "" {
			places = append(places, verdictPlace{"index.html title", title})
		}
	}
	if p := f.b.page("embed/index.html"); p != nil {
		places = append(places, verdictPlace{"embed/index.html", words(p.Main)})
	}
	text, _, _ := f.b.statusText()
	_, message, _ := f.b.badge("badge.json")
	_, picture, _ := f.b.badge("badge.svg")
	return append(places, verdictPlace{"status.txt", text}, verdictPlace{"badge.json", message}, verdictPlace{"badge.svg", picture})
}

// verdicts holds every place's sentence against what is true and against the
// first one.
func (f *finder) verdicts() {
	mildest, forIncident := f.m.verdict()
	if f.excused(f.m.listed()) {
		return
	}
	first := ""
	for _, place := range f.verdictPlaces() {
		said := verdictOf(place.says)
		if first == "" {
			first = said
		}
		switch {
		case badness(said) < badness(mildest):
			f.add("a verdict too mild", place.file, place.says, "%s", mildest)
		case !forIncident && said != mildest:
			f.add("a verdict too bad", place.file, place.says, "%s", mildest)
		case said != first:
			f.add("two verdicts", place.file, place.says, "%s as index.html has it", first)
		}
	}
}

// verdictNames looks for the name of the incident that makes the verdict.
func (f *finder) verdictNames() {
	if _, forIncident := f.m.verdict(); !forIncident {
		return
	}
	worst, _ := f.m.worstOpen()
	for _, place := range f.verdictPlaces() {
		if strings.HasPrefix(place.file, "badge") || strings.Contains(place.file, "title") || strings.Contains(place.file, "description") {
			continue // these have room for the verdict alone
		}
		says := place.says
		if place.file == "status.txt" {
			says = string(f.b.Files["status.txt"])
		}
		if !slices.ContainsFunc(worst, func(t *Told) bool { return strings.Contains(says, t.Title) }) {
			f.add("a verdict does not name its incident", place.file, place.says, "%s", worst[0].Title)
		}
	}
}

// icons: green only where all is well.
func (f *finder) icons() {
	mildest, _ := f.m.verdict()
	well := mildest == "All Systems Operational"
	if f.excused(f.m.listed()) {
		return
	}
	for _, name := range []string{"index.html", "embed/index.html"} {
		p := f.b.page(name)
		if p == nil {
			continue
		}
		icon := p.head("icon", "")
		if !well && (icon == "operational" || icon == "" && name == "index.html") {
			f.add("a green icon", name, icon, "the icon of %s", mildest)
		}
		if mildest != "Service Under Maintenance" && icon == "maintenance" {
			f.add("maintenance speaks over an incident", name, icon, "the icon of %s", mildest)
		}
	}
	for _, name := range []string{"badge.json", "badge.svg"} {
		if _, message, color := f.b.badge(name); !well && slices.Contains(greens, color) {
			f.add("a green badge", name, message+" in green", "the colour of %s", mildest)
		}
	}
	if p := f.b.page("index.html"); p != nil && !well {
		if h1 := first(p.Main, func(n *html.Node) bool { return level(n) == 1 }); h1 != nil && h1.Parent != p.Main && greenAround(p, h1) {
			f.add("a green banner", "index.html", words(h1), "the colour of %s", mildest)
		}
	}
}

// greenAround reports whether the part of a page that a heading stands in is
// green.
func greenAround(p *Page, h1 *html.Node) bool {
	n := h1
	for n.Parent != nil && n.Parent != p.Main {
		n = n.Parent
	}
	return green(n)
}

// overallStatus: the API is exact.
func (f *finder) overallStatus() {
	indicator, description := f.m.overall()
	if f.excused(f.m.listed()) {
		return
	}
	for _, name := range []string{"api/v2/status.json", "api/v2/summary.json"} {
		doc, ok := document[apiList](f.b, name)
		if !ok || doc.Status == nil {
			f.add("no overall status", name, "", "%s", description)
			continue
		}
		if doc.Status.Indicator != indicator || doc.Status.Description != description {
			f.add("the overall status", name, doc.Status.Indicator+" "+doc.Status.Description, "%s %s", indicator, description)
		}
	}
}

// openNeverGreen: wherever an open incident is linked to, nothing there is
// green, nor on its own page before its timeline.
func (f *finder) openNeverGreen() {
	for _, name := range f.b.htmlPaths() {
		p := f.b.page(name)
		for _, i := range f.b.events(p) {
			if t := f.m.event(i.id); t != nil && !t.Maintenance && t.open() && green(i.node) {
				f.add("an open incident in green", name, i.text, "any other colour")
			}
		}
	}
	for _, t := range f.m.events {
		if t.Maintenance || !t.open() {
			continue
		}
		name := t.Path() + "index.html"
		if p := f.b.page(name); p != nil && green(p.lead()) {
			f.add("an open incident in green", name, words(p.lead()), "any other colour")
		}
	}
}

// event finds an event that the public can see.
func (m *Model) event(id string) *Told {
	for _, t := range m.events {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// cannedSentences were written by nobody who knew what was going on.
var cannedSentences = []string{
	"The cause is being looked for", "The cause is known, and a fix is being worked on", "A fix is in place and is being watched",
	"The work is done and is being checked",
}

func (f *finder) canned() {
	for _, name := range f.b.htmlPaths() {
		text := words(f.b.page(name).Main)
		for _, sentence := range cannedSentences {
			if strings.Contains(text, sentence) {
				f.add("a canned sentence", name, sentence, "nothing: only the writer knows")
			}
		}
	}
}

// pictureTexts: what a social picture says in words is the event's present
// status and severity.
func (f *finder) pictureTexts() {
	for _, t := range f.m.events {
		p := f.b.page(t.Path() + "index.html")
		if p == nil {
			continue
		}
		alt := p.head("meta", "og:image:alt")
		if alt == "" || t.betterWordsNear(f.m) {
			continue
		}
		status := strings.ReplaceAll(t.status(), "_", " ")
		if !strings.Contains(strings.ToLower(alt), status) || !strings.Contains(alt, t.Title) {
			f.add("a picture's text", p.Path, alt, "%s: %s", status, t.Title)
		}
		if !t.Maintenance && t.severity() != "none" && !strings.Contains(strings.ToLower(alt), t.severity()) {
			f.add("a picture's text", p.Path, alt, "%s", t.severity())
		}
	}
}

// linkedDataVerdict: what machines read in a page is JSON, and no text in it
// says that all is well while it is not.
func (f *finder) linkedDataVerdict() {
	mildest, _ := f.m.verdict()
	for _, name := range []string{"index.html"} {
		p := f.b.page(name)
		if p == nil {
			continue
		}
		var value any
		if !linkedData(p, &value) {
			f.add("JSON-LD that can't be read", name, p.head("ld", ""), "JSON")
			continue
		}
		eachText(value, func(_, text string) {
			if said := verdictOf(text); said != "" && badness(said) < badness(mildest) {
				f.add("a verdict too mild", name+" JSON-LD", text, "%s", mildest)
			}
		})
	}
}
