package oracle

import "time"

// linked is the JSON-LD of an event's page.
type linked struct {
	Headline  string     `json:"headline"`
	Published time.Time  `json:"datePublished"`
	Modified  time.Time  `json:"dateModified"`
	Ends      *time.Time `json:"coverageEndTime"`
	Updates   []struct {
		Body string `json:"articleBody"`
	} `json:"liveBlogUpdate"`
}

// lawLinkedData: what machines read in an event's page is what people read in
// it: its title, its first and its newest update, and an end only once it is
// over.
func lawLinkedData(f *finder) {
	for _, t := range f.m.events {
		name := t.Path() + "index.html"
		p := f.b.page(name)
		if p == nil || t.betterWordsNear(f.m) {
			continue
		}
		if _, event := f.b.eventDocument(t); event != nil && sequence(event) != t.sequence() {
			continue // law 14 looks at these
		}
		var said linked
		if !linkedData(p, &said) {
			f.add("JSON-LD that can't be read", name, p.head("ld", ""), "JSON")
			continue
		}
		first, last := t.updates[0], t.updates[len(t.updates)-1]
		f.same("headline", name, said.Headline, t.Title)
		f.same("datePublished", name, instant(&said.Published), instant(&first.At))
		if !last.Better {
			f.same("dateModified", name, instant(&said.Modified), instant(&last.At))
		}
		if (said.Ends == nil) != t.open() {
			f.add("coverageEndTime", name, instant(said.Ends), "an end: %v", !t.open())
		}
	}
}
